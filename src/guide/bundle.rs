//! Several guides in one file: what `compile` writes and the app carries.
//!
//! The bytes are those of [`encode`](crate::markdoc::encode): a version, then each guide's
//! id, title and document.

use std::cmp::Ordering;
use std::rc::Rc;

use super::Meta;
use crate::markdoc::Document;
use crate::markdoc::encode::{DecodeError, Reader, Writer};

/// The guides that are shipped together, the newest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bundle {
    guides: Vec<GuideSource>,
}

/// A guide before it meets a reader's environment.
#[derive(Clone, Debug, PartialEq)]
pub struct GuideSource {
    /// Names the guide in storage and on the command line.
    pub id: String,
    /// What a reader chooses it by.
    pub title: String,
    /// The page, its partials included. Shared, as every run of the guide looks at it.
    pub document: Rc<Document>,
}

impl Bundle {
    /// The guides in the order in which a reader is offered them: see
    /// [`sort_newest_first`].
    pub fn new(mut guides: Vec<GuideSource>) -> Self {
        sort_newest_first(&mut guides, |guide| guide.id.clone());
        Self { guides }
    }

    /// The guides, the newest first.
    pub fn guides(&self) -> &[GuideSource] {
        &self.guides
    }

    /// The bundle as bytes.
    pub fn encode(&self) -> Vec<u8> {
        let mut writer = Writer::new();
        writer.list(&self.guides, |writer, guide| {
            writer.string(&guide.id);
            writer.string(&guide.title);
            writer.document(&guide.document);
        });
        writer.finish()
    }

    /// The bundle that [`Bundle::encode`] was given, its documents without positions.
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut reader = Reader::new(bytes)?;
        let guides = reader.list(|reader| {
            Ok(GuideSource {
                id: reader.string()?,
                title: reader.string()?,
                document: reader.document()?.into(),
            })
        })?;
        reader.finish()?;
        Ok(Self { guides })
    }
}

/// Puts guides in order by their ids: words in the order of the alphabet and numbers from
/// high to low, so that a product's newest version comes first, and 1.10 before 1.9. Where
/// one id continues the other, the longer is the newer: 1.4.1 comes before 1.4.
pub fn sort_newest_first<T>(guides: &mut [T], id: impl Fn(&T) -> String) {
    // They are few, and a general sort is 5 KB of WebAssembly.
    for end in 1..guides.len() {
        let mut at = end;
        while at > 0 && newest_first(&id(&guides[at - 1]), &id(&guides[at])).is_gt() {
            guides.swap(at - 1, at);
            at -= 1;
        }
    }
}

/// The newest of guides in that order; of one in several languages (`tool-2.0`, `tool-2.0-de`) the
/// one in the first of these languages that it is in. `de` will do for `de-AT`.
pub fn newest<'a>(guides: &'a [GuideSource], langs: [&str; 2]) -> Option<&'a GuideSource> {
    let first = guides.first()?;
    let goes_on = |one: &str, other: &str| one.strip_prefix(other).is_some_and(|rest| rest.starts_with('-'));
    let is_same = |guide: &&GuideSource| goes_on(&first.id, &guide.id) || goes_on(&guide.id, &first.id);
    let same = [first].into_iter().chain(guides.iter().filter(is_same));
    let same: Vec<_> = same.map(|guide| (guide, Meta::read(&guide.document).0.lang)).collect();
    let in_any = |part: fn(&str) -> &str, lang: &str| {
        let speaks = |spoken: &&str| part(spoken).eq_ignore_ascii_case(part(lang));
        same.iter().find(|(_, spoken)| spoken.as_deref().filter(speaks).is_some())
    };
    let spoken = langs.iter().find_map(|lang| in_any(|lang| lang, lang).or_else(|| in_any(primary, lang)));
    Some(spoken.map_or(first, |(guide, _)| guide))
}

/// The language itself, of whatever country: `de` of `de-AT`.
fn primary(lang: &str) -> &str {
    lang.split(['-', '_']).next().unwrap_or_default()
}

fn newest_first(one: &str, other: &str) -> Ordering {
    let (mut one_rest, mut other_rest) = (one, other);
    loop {
        if one_rest.is_empty() || other_rest.is_empty() {
            return other_rest.len().cmp(&one_rest.len());
        }
        let (one_part, other_part) = (first_part(one_rest), first_part(other_rest));
        let order = match (number(one_part), number(other_part)) {
            (Some(one), Some(other)) => other.cmp(&one),
            _ => one_part.cmp(other_part),
        };
        if order != Ordering::Equal {
            return order;
        }
        one_rest = &one_rest[one_part.len()..];
        other_rest = &other_rest[other_part.len()..];
    }
}

/// The digits, or the text up to the next digit, with which a text begins.
fn first_part(text: &str) -> &str {
    let digits = text.starts_with(|character: char| character.is_ascii_digit());
    let end = text.find(|character: char| character.is_ascii_digit() != digits);
    &text[..end.unwrap_or(text.len())]
}

/// The digits without leading zeros: of two such texts the longer is the larger number.
fn number(part: &str) -> Option<(usize, &str)> {
    let digits = part.starts_with(|character: char| character.is_ascii_digit());
    let significant = part.trim_start_matches('0');
    digits.then_some((significant.len(), significant))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

    use super::*;
    use crate::markdoc::{Kind, Node, Span};

    fn guide(id: &str) -> GuideSource {
        let mut document = Document { front_matter: Some(format!("id: {id}")), ..Document::default() };
        document.children.push(Node::new(Kind::Hr, Span::default()));
        GuideSource { id: id.to_owned(), title: format!("Upgrade to {id}"), document: document.into() }
    }

    #[test]
    fn the_newest_version_of_a_product_comes_first() {
        for order in [
            &["openmetadata-1.10.0", "openmetadata-1.9.2", "openmetadata-1.9", "openmetadata-1.4.0"][..],
            &["airflow-2", "airflow-1", "openmetadata-1", "zookeeper"],
            &["v99999999999999999999999", "v9", "v007", "v"],
        ] {
            let backwards = order.iter().rev().map(|id| guide(id)).collect();
            let bundle = Bundle::new(backwards);
            let ids: Vec<&str> = bundle.guides().iter().map(|guide| guide.id.as_str()).collect();
            assert_eq!(ids, order);
        }
    }

    #[test]
    fn of_a_version_in_several_languages_the_readers_own_is_shown() {
        let guides = |guides: &[(&str, &str)]| {
            let guide = |(id, lang): &(&str, &str)| {
                let front_matter = Some(format!("id: {id}\nlang: {lang}"));
                let document = Document { front_matter, ..Document::default() };
                GuideSource { document: document.into(), ..guide(id) }
            };
            Bundle::new(guides.iter().map(guide).collect())
        };
        let both = [("tool-2.0", "en"), ("tool-2.0-de", "de"), ("tool-1.9", "fr")];
        let many = [("t", "en"), ("t-de", "de"), ("t-pt", "pt"), ("t-pt-br", "pt-BR"), ("t-zh", "zh-Hans")];
        for (known, lang, shown) in [
            (&both[..], "en", Some("tool-2.0")),
            (&both, "de", Some("tool-2.0-de")),
            (&both, "de-AT", Some("tool-2.0-de")),
            // An older version is no translation.
            (&both, "fr", Some("tool-2.0")),
            (&both, "", Some("tool-2.0")),
            (&many, "pt", Some("t-pt")),
            (&many, "pt-br", Some("t-pt-br")),
            (&many, "pt-PT", Some("t-pt")),
            (&many, "zh_TW", Some("t-zh")),
            (&many, "ja", Some("t")),
            (&[("tool-1.4", "en"), ("tool-1.4.1", "de")], "en", Some("tool-1.4.1")),
            (&[], "en", None),
        ] {
            let bundle = guides(known);
            // The words of the program are English where it does not speak a language.
            let found = newest(bundle.guides(), [lang, "en"]);
            assert_eq!(found.map(|guide| guide.id.as_str()), shown, "{lang}");
        }
    }

    #[test]
    fn what_was_encoded_is_decoded() {
        let bundle = Bundle::new(vec![guide("one"), guide("two")]);
        let bytes = bundle.encode();
        for end in 0..bytes.len() {
            assert_eq!(Bundle::decode(&bytes[..end]), Err(DecodeError::Truncated));
        }
        assert_eq!(Bundle::decode(&bytes), Ok(bundle));
        assert_eq!(Bundle::decode(&[&bytes[..], &[0]].concat()), Err(DecodeError::Malformed));
    }
}
