//! The checklist's own tags and annotations, as schemas beside those of the docs site.

use super::snippets::ANNOTATIONS;
use crate::environment::value::ValueType;
use crate::markdoc::{Schema, Schemas, Type};

/// What a page may use: Markdoc's own, the docs site's, and ours.
pub fn schemas() -> Schemas {
    use Type::{Array, Boolean, Number, String as Text};
    let mut schemas = Schemas::docs_site();
    schemas
        .add(Schema::new("choice").require("name", &[Text]).require("label", &[Text]).with("hint", &[Text]));
    schemas.add(
        Schema::new("option")
            .closing_itself()
            .require("value", &[Text])
            .require("label", &[Text])
            .with("hint", &[Text]),
    );
    schemas.add(
        Schema::new("input")
            .closing_itself()
            .require("name", &[Text])
            .require("label", &[Text])
            .allow("type", &ValueType::ALL.map(ValueType::name))
            .with_each(&["default", "min", "max"], &[Text, Number])
            .with("hint", &[Text])
            .with("suggest", &[Text, Array]),
    );
    schemas.add(
        Schema::new("let")
            .closing_itself()
            .require("name", &[Text])
            .require("value", &[Text, Number, Boolean]),
    );
    // The docs site has a `step` of its own, without a title.
    schemas.add(step(Schema::new("step")).with_each(&["id", "title"], &[Text]));
    schemas.add(Schema::new("verify"));
    schemas.add(Schema::new("undo"));
    schemas.add(Schema::new("added").with_each(&["reason", "source"], &[Text]));
    for node in ["heading", "item"] {
        schemas.add_node(step(Schema::new(node)));
    }
    let [title, scope, restart, reconnect, verified, expect, caution] = ANNOTATIONS;
    schemas.add_node(
        Schema::new("fence")
            .with_each(&[title, caution], &[Text])
            .allow(scope, &["nothing", "files", "session", "role", "database", "server"])
            .with_each(&[restart, reconnect], &[Boolean])
            .allow(verified, &["ran", "parsed", "documented"])
            .with(expect, &[Text, Number]),
    );
    for function in ["bytes", "kib", "mb", "text", "times", "join"] {
        schemas.add_function(function);
    }
    return schemas;

    /// What can be said about a step, wherever it is said.
    fn step(schema: Schema) -> Schema {
        schema
            .allow("severity", &["required", "recommended", "optional"])
            .with("minutes", &[Number])
            .with_each(&["needs", "aliases"], &[Text, Array])
            .with("stale", &[Number, Boolean])
            .with("gate", &[Boolean])
            .with("failed", &[Text])
    }
}
