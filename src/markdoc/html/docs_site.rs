//! The tags of OpenMetadata's documentation as plain HTML.

use super::{Attributes, Renderer};
use crate::markdoc::docs_site::{DocsTag, number};
use crate::markdoc::{Kind, Node, Value};

impl Renderer<'_> {
    /// The elements of such a tag.
    pub(super) fn docs_tag(&mut self, tag: &DocsTag, node: &Node) {
        match tag {
            DocsTag::Note(kind) => self.element("aside", with("data-kind", kind), |out| {
                out.label(kind);
                out.nodes(&node.children);
            }),
            DocsTag::Card { title, href, words } => self.element("section", with("class", "card"), |out| {
                out.element("p", Attributes::default(), |out| {
                    out.element("strong", Attributes::default(), |out| out.link(title, href.as_deref()));
                });
                out.paragraph(words);
                out.nodes(&node.children);
            }),
            DocsTag::Connector { name, words, features } => {
                self.label(name);
                self.paragraph(words);
                self.element("ul", Attributes::default(), |out| {
                    for (label, features) in features {
                        out.element("li", Attributes::default(), |out| {
                            out.element("strong", Attributes::default(), |out| out.words(label));
                            out.words(&[": ", features].concat());
                        });
                    }
                });
                self.nodes(&node.children);
            }
            DocsTag::Numbered { number, title } => {
                let number = number.map(|number| number.to_string()).unwrap_or_default();
                self.element("section", with("data-number", &number), |out| {
                    match node.attribute("title") {
                        Some(_) => out.label(title),
                        // The title of a description, or of a heading, is written where it stands.
                        None if title.is_empty() => out.label(&number),
                        None => {}
                    }
                    out.nodes(&node.children);
                });
            }
            DocsTag::Title(title) => {
                self.label(title);
                self.nodes(&node.children);
            }
            DocsTag::Unknown(title) if node.children.iter().all(is_inline) => {
                self.element("strong", Attributes::default(), |out| out.words(title));
                if !node.children.is_empty() {
                    self.words(" ");
                }
                self.nodes(&node.children);
            }
            DocsTag::Unknown(title) => {
                self.label(title);
                self.nodes(&node.children);
            }
            DocsTag::Code { file } => self.element("figure", Attributes::default(), |out| {
                out.caption(file.as_deref());
                match node.children.iter().all(|child| child.kind == Kind::Fence) {
                    true => out.file(&node.children),
                    false => out.nodes(&node.children),
                }
            }),
            DocsTag::Languages { title } => self.element("figure", Attributes::default(), |out| {
                out.caption(title.as_deref());
                node.children.iter().for_each(|child| out.foldable(child));
            }),
            DocsTag::Image { src, alt, caption } => self.figure(node, caption.as_deref(), |out| {
                let mut attributes = Attributes::default();
                attributes.push("src", src.as_deref().and_then(|src| out.address("src", src)));
                attributes.push("alt", Some(Value::String(alt.clone())));
                out.element("img", attributes, |_| {});
            }),
            DocsTag::Film { words, href, caption } => {
                self.figure(node, caption.as_deref(), |out| out.link(words, href.as_deref()));
            }
            DocsTag::Icon(sign) => {
                self.words(sign);
                self.nodes(&node.children);
            }
            DocsTag::Rule => {
                self.element("hr", Attributes::default(), |_| {});
                self.nodes(&node.children);
            }
            DocsTag::Edition(edition) => {
                let is_inline = node.children.first().is_some_and(is_inline);
                let name = if is_inline { "span" } else { "div" };
                self.element(name, with("data-edition", edition), |out| {
                    match is_inline {
                        true => out.words(&["(", edition, ": "].concat()),
                        false => out.label(edition),
                    }
                    out.nodes(&node.children);
                    if is_inline {
                        out.words(")");
                    }
                });
            }
        }
    }

    /// What a checklist says of a step beside its text, with its name above it: how to see that
    /// it took effect, how to take it back.
    pub(super) fn labelled(&mut self, name: &str, node: &Node) {
        let label = if name == "undo" { "Undo" } else { "Verify" };
        self.element("section", with("class", name), |out| {
            out.label(label);
            out.nodes(&node.children);
        });
    }

    /// What stands for a partial that is not there.
    pub(super) fn missing_partial(&mut self, file: &str) {
        self.element("p", with("data-missing", file), |out| {
            out.words("A part of this page is missing: ");
            out.element("code", Attributes::default(), |out| out.words(file));
        });
    }

    /// Fences that are one file, to be copied whole, and below it which lines are explained by
    /// which number.
    fn file(&mut self, fences: &[Node]) {
        let mut explained = Vec::new();
        let language = fences.first().and_then(|fence| fence.string("language")).unwrap_or_default();
        self.element("pre", with("data-language", language), |out| {
            let mut line = 1;
            for fence in fences {
                let start = out.out.len();
                out.inside(fence);
                let lines = out.out.get(start..).unwrap_or_default().matches('\n').count();
                explained.extend(number(fence).map(|number| (number, line, line + lines.max(1) - 1)));
                line += lines;
            }
        });
        for (number, first, last) in explained {
            let lines = match first == last {
                true => format!("Line {first}: see {number}"),
                false => format!("Lines {first} to {last}: see {number}"),
            };
            self.paragraph(&lines);
        }
    }

    /// The same in one of several languages.
    fn foldable(&mut self, node: &Node) {
        match node.string("language").filter(|_| node.kind == Kind::Fence) {
            Some(language) => self.element("details", Attributes::default(), |out| {
                out.element("summary", Attributes::default(), |out| out.words(language));
                out.node(node);
            }),
            None => self.node(node),
        }
    }

    fn figure(&mut self, node: &Node, caption: Option<&str>, inside: impl FnOnce(&mut Self)) {
        match caption {
            Some(_) => self.element("figure", Attributes::default(), |out| {
                inside(out);
                out.caption(caption);
            }),
            None => inside(self),
        }
        // What a tag holds that holds nothing is kept.
        self.nodes(&node.children);
    }

    fn caption(&mut self, caption: Option<&str>) {
        if let Some(caption) = caption {
            self.element("figcaption", Attributes::default(), |out| out.words(caption));
        }
    }

    fn label(&mut self, words: &str) {
        if !words.is_empty() {
            self.element("p", Attributes::default(), |out| {
                out.element("strong", Attributes::default(), |out| out.words(words));
            });
        }
    }

    fn paragraph(&mut self, words: &str) {
        if !words.is_empty() {
            self.element("p", Attributes::default(), |out| out.words(words));
        }
    }

    /// A link, or only its words where it has no address; one that nobody may follow is shown.
    fn link(&mut self, words: &str, href: Option<&str>) {
        let mut attributes = Attributes::default();
        match (href, href.and_then(|href| self.address("href", href))) {
            (Some(refused), None) if words.is_empty() => self.words(refused),
            (Some(refused), None) => self.words(&[words, " (", refused, ")"].concat()),
            (None, _) => self.words(words),
            (Some(_), address) => {
                attributes.push("href", address);
                self.element("a", attributes, |out| out.words(words));
            }
        }
    }

    fn words(&mut self, words: &str) {
        super::escape(words, &mut self.out);
    }

    /// Whether a paragraph holds something that cannot stand in a `p`.
    pub(super) fn holds_blocks(&self, node: &Node) -> bool {
        let is_block = |child: &Node| DocsTag::read(child, self).is_some_and(|tag| tag.is_block());
        let mut children = node.children.iter();
        children.any(|child| is_block(child) || child.kind == Kind::Inline && self.holds_blocks(child))
    }
}

fn is_inline(node: &Node) -> bool {
    use Kind::{Code, Em, Image, Inline, Link, S, Strong, Text};
    matches!(node.kind, Text | Inline | Code | Em | Strong | S | Link | Image)
}

fn with(name: &str, value: &str) -> Attributes {
    let mut attributes = Attributes::default();
    if !value.is_empty() {
        attributes.push(name, Some(Value::String(value.to_owned())));
    }
    attributes
}
