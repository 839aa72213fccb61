//! The ids that links know a heading by.

use super::{Kind, Node};
use crate::lower_case::lower_case;

/// The ids of a heading by its words: the docs site's, and GitHub's. The docs site leaves
/// out what is written as code, and keeps punctuation; GitHub keeps the code.
pub fn heading_ids(text: &str, without_code: &str) -> [String; 2] {
    let asked = without_code.replace('?', "");
    let docs_site = asked.split_whitespace().collect::<Vec<_>>().join("-");
    let is_kept = |character: &char| character.is_alphanumeric() || matches!(character, ' ' | '-' | '_');
    let github: String = text.trim().chars().filter(is_kept).collect();
    [lower_case(&docs_site), lower_case(&github.replace(' ', "-"))]
}

/// The ids of a heading in the tree.
pub fn heading_ids_of(heading: &Node) -> [String; 2] {
    // Only the heading's own texts count, as the docs site reads them.
    let children = match heading.children.as_slice() {
        [inline] if inline.kind == Kind::Inline => &inline.children,
        children => children,
    };
    let own: Vec<&str> = children
        .iter()
        .map(|child| child.string("content").filter(|_| child.kind == Kind::Text))
        .map(Option::unwrap_or_default)
        .collect();
    heading_ids(&heading.text(), &own.join(" "))
}

/// Whether a link to `#fragment` means a heading of these words.
pub fn is_heading_id(fragment: &str, text: &str, without_code: &str) -> bool {
    let fragment = lower_case(fragment);
    heading_ids(text, without_code).iter().any(|id| !id.is_empty() && *id == fragment)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_has_the_ids_of_the_docs_site_and_of_github() {
        for (text, without_code, docs_site, github) in [
            ("Upgrade Process", "Upgrade Process", "upgrade-process", "upgrade-process"),
            ("2. Stop, then wait", "2. Stop, then wait", "2.-stop,-then-wait", "2-stop-then-wait"),
            ("What's new ? Now", "What's new ? Now", "what's-new-now", "whats-new--now"),
            ("Raise work_mem (Postgres)", "Raise  (Postgres)", "raise-(postgres)", "raise-work_mem-postgres"),
            ("🚀 Go", "🚀 Go", "🚀-go", "-go"),
        ] {
            assert_eq!(heading_ids(text, without_code), [docs_site, github], "{text}");
        }
    }
}
