//! What the tags of OpenMetadata's documentation say: a tag goes in, its meaning comes out,
//! the same for the checklist and for plain HTML.
//!
//! Start with [`DocsTag::read`]. Tags that only lay a page out (`codePreview`,
//! `tilesContainer`, `apiPageContainer`…) are not here: what they hold stands on its own.

use super::{Kind, Node, Value};

/// What a tag of the documentation means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DocsTag<'a> {
    /// A passage apart from the text: `Note`, `Tip`, `Warning`, `Important`.
    Note(&'a str),
    /// Leads to another page. What the tag holds says more.
    Card {
        /// What the card is called.
        title: &'a str,
        /// Where it leads.
        href: Option<&'a str>,
        /// What its attributes say besides.
        words: String,
    },
    /// What a connector is and can do.
    Connector {
        /// Its name.
        name: &'a str,
        /// Its stage and platform.
        words: String,
        /// Lists of features, each with what it says about them.
        features: Vec<(&'static str, String)>,
    },
    /// A passage with a number: what marked code means, or a step among others.
    Numbered {
        /// The number that the code is marked with.
        number: Option<u32>,
        /// What it is called.
        title: String,
    },
    /// A passage with a title.
    Title(&'a str),
    /// A tag that nobody knows, with a title.
    Unknown(&'a str),
    /// One file in several fences, each with the number of the passage that explains it.
    Code {
        /// The file's name.
        file: Option<&'a str>,
    },
    /// One thing in several languages, of which a reader needs one.
    Languages {
        /// What it is.
        title: Option<&'a str>,
    },
    /// An image.
    Image {
        /// Where it lies.
        src: &'a str,
        /// What it shows.
        alt: &'a str,
        /// What stands below it.
        caption: Option<&'a str>,
    },
    /// A film or a tour on another site, to which it is only linked.
    Film {
        /// What a reader follows.
        words: &'static str,
        /// Where it is, if its name is one.
        href: Option<String>,
        /// What stands below it.
        caption: Option<&'a str>,
    },
    /// A sign, as a text.
    Icon(&'a str),
    /// A line across the page.
    Rule,
    /// Only for the readers of an edition.
    Edition(&'static str),
}

/// The films' sites: the tag, its attribute, the address before the name, and what a reader
/// follows.
const FILMS: [(&str, &str, &str, &str); 2] = [
    ("youtube", "videoId", "https://www.youtube.com/watch?v=", "Watch on YouTube"),
    ("storyLane", "demoId", "https://app.storylane.io/share/", "Take the tour on Storylane"),
];

impl<'a> DocsTag<'a> {
    /// What a node means, if it is such a tag.
    pub fn read(node: &'a Node) -> Option<Self> {
        let text = |name| node.string(name).filter(|text| !text.is_empty());
        let words = |names: &[&str]| {
            let said: Vec<&str> = names.iter().filter_map(|name| node.string(name)).collect();
            said.join(" · ")
        };
        let card = |title, href, about: &[&str]| Self::Card {
            title: node.string(title).unwrap_or_default(),
            href: node.string(href),
            words: words(about),
        };
        Some(match node.tag()? {
            "note" => Self::Note(text("noteType").unwrap_or("Note")),
            "inlineCallout" => card("bold", "href", &[]),
            "tile" => card("title", "link", &["description"]),
            "connectorInfoCard" => card("name", "href", &["stage", "platform"]),
            "connectorDetailsHeader" => Self::Connector {
                name: node.string("name").unwrap_or_default(),
                words: words(&["stage", "platform"]),
                features: features(node),
            },
            "codeInfo" => Self::Numbered { number: number(node), title: String::new() },
            "step" => Self::Numbered { number: number(node), title: step_title(node) },
            "stepDescription" => Self::Title(text("title")?),
            "codeBlock" => Self::Code { file: text("fileName") },
            "codeWithLanguageSelector" => Self::Languages { title: text("title") },
            "image" => Self::Image {
                src: node.string("src").unwrap_or_default(),
                alt: node.string("alt").unwrap_or_default(),
                caption: text("caption"),
            },
            "icon" => Self::Icon(sign(text("iconName")?)),
            "divider" => Self::Rule,
            "collateContent" => Self::Edition("Collate"),
            // What questions are called is said elsewhere.
            "choice" | "option" | "input" => return None,
            name => match FILMS.into_iter().find(|(film, ..)| *film == name) {
                Some((_, attribute, site, words)) => {
                    Self::Film { words, href: film(node, attribute, site), caption: text("caption") }
                }
                // A tab, say: without its title nobody would know what it is about.
                None => Self::Unknown(text("title").or_else(|| text("label"))?),
            },
        })
    }

    /// Whether it stands on its own even in a line of text.
    pub fn is_block(&self) -> bool {
        use DocsTag::{Edition, Film, Icon, Image, Unknown};
        !matches!(self, Image { .. } | Film { .. } | Icon(_) | Edition(_) | Unknown(_))
    }
}

/// The number that ties an explanation to its code.
pub fn number(node: &Node) -> Option<u32> {
    match node.attribute("srNumber") {
        Some(Value::Number(number)) if *number >= 0.0 => Some(*number as u32),
        _ => None,
    }
}

/// What a step is called: its own title, that of its description, or its first heading.
pub fn step_title(step: &Node) -> String {
    let of_description = || {
        step.descendants().find_map(|node| match node.tag() {
            Some("stepDescription") => node.string("title").map(str::to_owned),
            _ => None,
        })
    };
    let of_heading = || step.descendants().find(|node| node.kind == Kind::Heading).map(Node::text);
    let title = step.string("title").map(str::to_owned).or_else(of_description).or_else(of_heading);
    title.map(|title| title.trim().to_owned()).unwrap_or_default()
}

fn features(node: &Node) -> Vec<(&'static str, String)> {
    let lists = [
        ("availableFeatures", "Available"),
        ("availableFeaturesCollate", "Available in Collate"),
        ("unavailableFeatures", "Not available"),
    ];
    let said = lists.into_iter().filter_map(|(name, label)| {
        let Value::Array(items) = node.attribute(name)? else { return None };
        let items = items.iter().filter_map(|item| match item {
            Value::String(feature) => Some(feature.as_str()),
            _ => None,
        });
        let items: Vec<&str> = items.collect();
        (!items.is_empty()).then(|| (label, items.join(", ")))
    });
    said.collect()
}

/// The signs that stand in tables for yes and no; the names of others are words.
fn sign(icon: &str) -> &str {
    match icon {
        "check" | "done" | "check_circle" => "✓",
        "cross" | "close" | "cancel" => "✗",
        other => other,
    }
}

fn film(node: &Node, attribute: &str, site: &str) -> Option<String> {
    let name = node.string(attribute)?;
    let is_name = |character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | '_');
    if name.is_empty() || !name.chars().all(is_name) {
        return None;
    }
    let from = node.string("start").map(seconds).filter(|start| *start > 0);
    let from = from.map(|start| ["&t=", &start.to_string()].concat());
    Some([site, name, &from.unwrap_or_default()].concat())
}

/// `1:30` in seconds.
fn seconds(time: &str) -> u32 {
    time.split(':').fold(0, |sum: u32, part| {
        sum.saturating_mul(60).saturating_add(part.trim().parse().unwrap_or_default())
    })
}
