//! What the tags of OpenMetadata's documentation say: a tag goes in, its meaning comes out,
//! the same for the checklist and for plain HTML.
//!
//! Start with [`DocsTag::read`]. Tags that only lay a page out (`codePreview`,
//! `tilesContainer`, `apiPageContainer`…) are not here: what they hold stands on its own.

use super::{Kind, Node, Scope, Value};

/// What a tag of the documentation means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DocsTag {
    /// A passage apart from the text: `Note`, `Tip`, `Warning`, `Important`.
    Note(String),
    /// Leads to another page. What the tag holds says more.
    Card {
        /// What the card is called.
        title: String,
        /// Where it leads.
        href: Option<String>,
        /// What its attributes say besides.
        words: String,
    },
    /// What a connector is and can do.
    Connector {
        /// Its name.
        name: String,
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
    Title(String),
    /// A tag that nobody knows, with a title.
    Unknown(String),
    /// One file in several fences, each with the number of the passage that explains it.
    Code {
        /// The file's name.
        file: Option<String>,
    },
    /// One thing in several languages, of which a reader needs one.
    Languages {
        /// What it is.
        title: Option<String>,
    },
    /// An image.
    Image {
        /// Where it lies.
        src: Option<String>,
        /// What it shows.
        alt: String,
        /// What stands below it.
        caption: Option<String>,
    },
    /// A film or a tour on another site, to which it is only linked.
    Film {
        /// What a reader follows.
        words: &'static str,
        /// Where it is, if its name is one.
        href: Option<String>,
        /// What stands below it.
        caption: Option<String>,
    },
    /// A sign, as a text.
    Icon(String),
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

impl DocsTag {
    /// What a node means, if it is such a tag, to a reader for whom variables are worth this.
    pub fn read(node: &Node, scope: &dyn Scope) -> Option<Self> {
        let text = |name: &str| match worth(node, name, scope) {
            Some(Value::String(text)) if !text.is_empty() => Some(text),
            _ => None,
        };
        let number = || as_number(&worth(node, "srNumber", scope)?);
        let words = |names: &[&str]| {
            let said: Vec<String> = names.iter().filter_map(|name| text(name)).collect();
            said.join(" · ")
        };
        let card = |title, href, about: &[&str]| Self::Card {
            title: text(title).unwrap_or_default(),
            href: text(href),
            words: words(about),
        };
        Some(match node.tag()? {
            "note" => Self::Note(text("noteType").unwrap_or_else(|| "Note".to_owned())),
            "inlineCallout" => card("bold", "href", &[]),
            "tile" => card("title", "link", &["description"]),
            "connectorInfoCard" => card("name", "href", &["stage", "platform"]),
            "connectorDetailsHeader" => Self::Connector {
                name: text("name").unwrap_or_default(),
                words: words(&["stage", "platform"]),
                features: features(node, scope),
            },
            "codeInfo" => Self::Numbered { number: number(), title: String::new() },
            "step" => {
                Self::Numbered { number: number(), title: text("title").unwrap_or_else(|| step_title(node)) }
            }
            "stepDescription" => Self::Title(text("title")?),
            "codeBlock" => Self::Code { file: text("fileName") },
            "codeWithLanguageSelector" => Self::Languages { title: text("title") },
            "image" => Self::Image {
                src: text("src"),
                alt: text("alt").unwrap_or_default(),
                caption: text("caption"),
            },
            "icon" => Self::Icon(sign(&text("iconName")?).to_owned()),
            "divider" => Self::Rule,
            "collateContent" => Self::Edition("Collate"),
            // What questions are called is said elsewhere.
            "choice" | "option" | "input" => return None,
            name => match FILMS.into_iter().find(|(film, ..)| *film == name) {
                Some((_, attribute, site, words)) => {
                    let start = worth(node, "start", scope);
                    let href = text(attribute).and_then(|name| film(&name, start, site));
                    Self::Film { words, href, caption: text("caption") }
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
    as_number(node.attribute("srNumber")?)
}

fn as_number(value: &Value) -> Option<u32> {
    match value {
        Value::Number(number) if *number >= 0.0 => Some(*number as u32),
        _ => None,
    }
}

/// What an attribute is worth.
fn worth(node: &Node, name: &str, scope: &dyn Scope) -> Option<Value> {
    Some(node.attribute(name)?.evaluate(scope))
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

fn features(node: &Node, scope: &dyn Scope) -> Vec<(&'static str, String)> {
    let lists = [
        ("availableFeatures", "Available"),
        ("availableFeaturesCollate", "Available in Collate"),
        ("unavailableFeatures", "Not available"),
    ];
    let said = lists.into_iter().filter_map(|(name, label)| {
        let Some(Value::Array(items)) = worth(node, name, scope) else { return None };
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

fn film(name: &str, start: Option<Value>, site: &str) -> Option<String> {
    let is_name = |character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | '_');
    if !name.chars().all(is_name) {
        return None;
    }
    let from = match start {
        Some(Value::String(time)) => seconds(&time),
        start => start.as_ref().and_then(as_number).unwrap_or_default(),
    };
    let from = if from > 0 { ["&t=", &from.to_string()].concat() } else { String::new() };
    Some([site, name, &from].concat())
}

/// `1:30` in seconds.
fn seconds(time: &str) -> u32 {
    time.split(':').fold(0, |sum: u32, part| {
        sum.saturating_mul(60).saturating_add(part.trim().parse().unwrap_or_default())
    })
}
