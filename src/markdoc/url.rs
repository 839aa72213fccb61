//! Which addresses a page may lead to: one list for links, images and the attributes
//! of every tag.

/// Schemes that a link may have. An address without one is relative, or begins with `/`,
/// `?` or `#`.
const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// The address, if it leads where a page may lead; `None` for every scheme that is not
/// listed here, so for everything that can run.
///
/// The scheme is looked for as a browser would find it, without the control characters
/// and spaces that it drops (`java\nscript:`). `//host` is none: it looks as if it led to
/// the page's own site, and on a page that was opened from a disk it is a share of the
/// network.
pub fn safe_url(address: &str) -> Option<&str> {
    let mut scheme = String::new();
    let mut shown = address.chars().filter(|c| !is_dropped(*c));
    if matches!((shown.next(), shown.next()), (Some('/' | '\\'), Some('/' | '\\'))) {
        return None;
    }
    for c in address.chars().filter(|c| !is_dropped(*c)) {
        match c {
            '/' | '?' | '#' | '\\' => break,
            ':' => {
                let is_safe = SCHEMES.iter().any(|safe| scheme.eq_ignore_ascii_case(safe));
                return is_safe.then_some(address.trim());
            }
            c => scheme.push(c),
        }
    }
    Some(address.trim())
}

/// The site that the addresses of a page without a scheme lead to: `https://docs.example.org/v1.4.x`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base(String);

impl Base {
    /// The site at this address, if it is one of the web.
    pub fn new(address: &str) -> Option<Self> {
        let address = safe_url(address)?.trim_end_matches('/');
        let host = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"))?;
        (!host.is_empty() && !host.starts_with('/') && !host.contains(['?', '#', ' ']))
            .then(|| Self(address.to_owned()))
    }

    /// Where a link leads. One within the page, or with a scheme, stays; one that names a
    /// version itself (`/v1.3.x/…`) begins where the site does.
    pub fn link(&self, address: &str) -> String {
        let root = if names_version(address) { self.root() } else { &self.0 };
        resolved(root, address)
    }

    /// Where an image lies: a docs site of several versions has one folder of images.
    pub fn image(&self, address: &str) -> String {
        resolved(self.root(), address)
    }

    /// The address without its path.
    fn root(&self) -> &str {
        let host = self.0.find("//").map_or(0, |slashes| slashes + 2);
        let end = self.0[host..].find('/').map_or(self.0.len(), |slash| host + slash);
        &self.0[..end]
    }
}

fn resolved(root: &str, address: &str) -> String {
    let first = address.split(['/', '?', '#']).next().unwrap_or_default();
    if first.contains(':') || address.is_empty() || address.starts_with(['#', '?']) {
        return address.to_owned();
    }
    let mut path = address;
    while let Some(rest) = ["/", "./", "../"].iter().find_map(|start| path.strip_prefix(start)) {
        path = rest;
    }
    [root, "/", path].concat()
}

/// Whether an address begins with a version, `/v1.3.x/deployment`, and not with a word that begins
/// like one: `/v2ray`.
fn names_version(address: &str) -> bool {
    let first = address.trim_start_matches('/').split(['/', '?', '#']).next();
    let version = first.and_then(|first| first.strip_prefix('v')).unwrap_or_default();
    version.starts_with(|digit: char| digit.is_ascii_digit())
        && version.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'x'))
}

/// Control characters and white space inside, which browsers drop or which hide a scheme
/// from a reader of the source.
fn is_dropped(c: char) -> bool {
    matches!(c, '\0'..=' ' | '\u{7f}'..='\u{a0}' | '\u{1680}' | '\u{180e}' | '\u{2000}'..='\u{2029}')
        || matches!(c, '\u{202a}'..='\u{202f}' | '\u{205f}'..='\u{206f}' | '\u{3000}' | '\u{feff}' | '\u{ad}')
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

    use super::*;

    #[test]
    fn what_leads_elsewhere_than_to_the_web_is_no_address() {
        for (address, is_safe) in [
            ("https://example.org/a", true),
            ("HTTP://example.org", true),
            ("mailto:a@example.org", true),
            ("tel:+491234", true),
            ("/deployment#upgrade", true),
            ("a:b", false),
            ("a/b:c", true),
            ("#a:b", true),
            ("?a=b:c", true),
            ("", true),
            ("javascript:alert(1)", false),
            (" JaVaScRiPt:alert(1)", false),
            ("java\nscript:alert(1)", false),
            ("java\u{200b}script:alert(1)", false),
            ("\u{3000}javascript:alert(1)", false),
            ("data:text/html,x", false),
            ("blob:https://example.org/1", false),
            ("file:///etc/passwd", false),
            ("//example.org", false),
            ("\\\\example.org", false),
            ("/\\example.org", false),
            ("/\t/example.org", false),
        ] {
            assert_eq!(safe_url(address).is_some(), is_safe, "{address:?}");
        }
    }

    #[test]
    fn an_address_without_a_scheme_leads_to_the_base() {
        let base = Base::new("https://docs.example.org/v1.4.x/").unwrap();
        for (address, link) in [
            ("/deployment", "https://docs.example.org/v1.4.x/deployment"),
            ("deployment/upgrade#now", "https://docs.example.org/v1.4.x/deployment/upgrade#now"),
            ("../deployment", "https://docs.example.org/v1.4.x/deployment"),
            ("/v1.3.x/deployment", "https://docs.example.org/v1.3.x/deployment"),
            ("v2?q=a", "https://docs.example.org/v2?q=a"),
            ("/v1.3.x", "https://docs.example.org/v1.3.x"),
            ("/v2ray/setup", "https://docs.example.org/v1.4.x/v2ray/setup"),
            ("/vx/setup", "https://docs.example.org/v1.4.x/vx/setup"),
            ("#now", "#now"),
            ("?q=a", "?q=a"),
            ("", ""),
            ("mailto:a@example.org", "mailto:a@example.org"),
            ("https://example.com/a", "https://example.com/a"),
        ] {
            assert_eq!(base.link(address), link);
        }
        assert_eq!(base.image("/images/a.png"), "https://docs.example.org/images/a.png");
        assert_eq!(base.image("https://example.com/a.png"), "https://example.com/a.png");
    }

    #[test]
    fn a_base_is_an_address_of_the_web() {
        for address in
            ["", "docs.example.org", "https://", "javascript:alert(1)", "https:///a", "https://a?b", "//a"]
        {
            assert_eq!(Base::new(address), None, "{address}");
        }
        assert!(Base::new("http://localhost:8080").is_some());
    }
}
