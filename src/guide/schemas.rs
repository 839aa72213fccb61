//! The checklist's own tags, as schemas beside those of the docs site.

use crate::markdoc::{Schema, Schemas, Type};

/// Every tag, annotation and function that a guide understands.
pub fn schemas() -> Schemas {
    use Type::{Array, Boolean, Number, String as Text};
    let mut schemas = Schemas::docs_site();
    schemas.add(Schema::new("choice").with_each(&["primary", "name", "label", "hint"], &[Text]));
    schemas.add(
        Schema::new("option").closing_itself().with_each(&["primary", "value", "label", "hint"], &[Text]),
    );
    schemas.add(
        Schema::new("input")
            .closing_itself()
            .with_each(&["primary", "name", "label", "hint"], &[Text])
            .allow("type", &["identifier", "text", "host", "port", "path", "size", "resource"])
            .with("default", &[Text, Number]),
    );
    let step = |name: &str| {
        Schema::new(name)
            .with("severity", &[Text])
            .with("minutes", &[Number])
            .with_each(&["needs", "aliases"], &[Text, Array])
    };
    schemas.add(step("step").with("title", &[Text]));
    schemas.add_node(step("heading"));
    schemas.add_node(step("item"));
    schemas.add(Schema::new("verify"));
    schemas.add(Schema::new("undo"));
    schemas.add(Schema::new("added").with_each(&["reason", "source"], &[Text]));
    schemas.add_node(
        Schema::new("fence")
            .with_each(&["title", "scope", "expect", "caution"], &[Text])
            .allow("verified", &["ran", "parsed", "documented"])
            .with_each(&["restart", "reconnect"], &[Boolean]),
    );
    for function in ["bytes", "kib", "mb", "text"] {
        schemas.add_function(function);
    }
    schemas
}
