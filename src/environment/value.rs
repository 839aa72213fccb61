//! The types of value that a page asks for. A text goes in; a value that was checked once,
//! and carries that in its type, or what it should have been comes out.
//!
//! Start with [`ValueType::parse`]. What is checked here is what holds wherever the value
//! lands; what only one language cannot say, its writer in [`crate::snippet`] refuses.

use std::cmp::Ordering;
use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

use crate::words::ENGLISH;

/// What kind of value an input takes; the `type` of the tag `input`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueType {
    /// The name of a database, a role or a user.
    Identifier,
    /// Any text.
    Text,
    /// A DNS name or an IP address.
    Host,
    /// A TCP port.
    Port,
    /// A count of anything.
    Number,
    /// A path on the machine where the commands run.
    Path,
    /// An amount of memory.
    Size,
    /// The name that a cloud or a cluster gave to a thing.
    Resource,
    /// The version of a program.
    Version,
}

/// A value that was checked.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each holds the type of its name")]
pub enum TypedValue {
    Identifier(Identifier),
    Text(Text),
    Host(Host),
    Port(Port),
    Number(Number),
    Path(FilePath),
    Size(ByteSize),
    Resource(Resource),
    Version(Version),
}

/// A text is not a value of this type. [`crate::words`] has the sentence for the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidValue(pub ValueType);

/// The name of a database, a role or a user: one line, not empty. How long it may be, and
/// which characters it may hold, each database says for itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identifier(String);

/// Any text, exactly as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text(String);

/// A DNS name, an IPv4 address, or an IPv6 address without brackets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Host(String);

/// A TCP port, 1 to 65535.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Port(u16);

/// A whole number, none included, of which JavaScript holds each exactly: up to 2⁵³ − 1
/// (<https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Number/MAX_SAFE_INTEGER>).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number(u64);

/// An absolute path, or one below the home directory (`~/…`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilePath(String);

/// An amount of memory, more than none.
///
/// A unit is a power of 1024, as PostgreSQL has it ("the multiplier for memory units is
/// 1024, not 1000", <https://www.postgresql.org/docs/15/config-setting.html>) and MySQL's
/// suffixes `K`, `M` and `G` do (<https://dev.mysql.com/doc/refman/8.0/en/using-system-variables.html>).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ByteSize(u64);

/// The name that a cloud or a cluster gave to a thing: letters, digits and `.` `_` `-`
/// `(` `)`, starting with a letter or a digit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resource(String);

/// The version of a released program: three numbers, such as `1.4.8`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version(String);

impl ValueType {
    /// Every type.
    pub const ALL: [Self; 9] = [
        Self::Identifier,
        Self::Text,
        Self::Host,
        Self::Port,
        Self::Number,
        Self::Path,
        Self::Size,
        Self::Resource,
        Self::Version,
    ];

    /// The type that a page names.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|value_type| value_type.name() == name)
    }

    /// A value of this type, to be taken where any is as good as another.
    pub fn sample(self) -> &'static str {
        match self {
            Self::Port | Self::Number => "1",
            Self::Path => "/a",
            Self::Size => "1GB",
            Self::Version => "1.0.0",
            Self::Identifier | Self::Text | Self::Host | Self::Resource => "a",
        }
    }

    /// The name that a page uses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Identifier => "identifier",
            Self::Text => "text",
            Self::Host => "host",
            Self::Port => "port",
            Self::Number => "number",
            Self::Path => "path",
            Self::Size => "size",
            Self::Resource => "resource",
            Self::Version => "version",
        }
    }

    /// Whether this can be the least or the greatest value of the type: a size, a number, or
    /// the numbers that a version begins with. Other types have neither.
    pub fn takes_bound(self, text: &str) -> bool {
        match self {
            Self::Size | Self::Number => self.parse(text).is_ok(),
            Self::Version => text.split('.').count() <= 3 && numbers(text).all(|number| number.is_some()),
            _ => false,
        }
    }

    /// The value that a reader typed. Space around it is dropped, except around a
    /// [`Text`], where it may be meant.
    pub fn parse(self, text: &str) -> Result<TypedValue, InvalidValue> {
        let trimmed = text.trim();
        match self {
            Self::Identifier => Identifier::parse(trimmed).map(TypedValue::Identifier),
            Self::Text => Ok(TypedValue::Text(Text(text.to_owned()))),
            Self::Host => Host::parse(trimmed).map(TypedValue::Host),
            Self::Port => Port::parse(trimmed).map(TypedValue::Port),
            Self::Number => Number::parse(trimmed).map(TypedValue::Number),
            Self::Path => FilePath::parse(trimmed).map(TypedValue::Path),
            Self::Size => ByteSize::parse(trimmed).map(TypedValue::Size),
            Self::Resource => Resource::parse(trimmed).map(TypedValue::Resource),
            Self::Version => Version::parse(trimmed).map(TypedValue::Version),
        }
    }
}

/// The value as a reader would type it; parsing it gives the same value.
impl fmt::Display for TypedValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Identifier(name) => f.write_str(&name.0),
            Self::Text(text) => f.write_str(&text.0),
            Self::Host(host) => f.write_str(&host.0),
            Self::Port(port) => port.0.fmt(f),
            Self::Number(number) => number.0.fmt(f),
            Self::Path(path) => f.write_str(&path.0),
            Self::Size(size) => match size.with_unit() {
                Some(text) => f.write_str(&text),
                None => size.0.fmt(f),
            },
            Self::Resource(name) => f.write_str(&name.0),
            Self::Version(version) => f.write_str(&version.0),
        }
    }
}

/// The sentence in English, as the native command says it.
impl fmt::Display for InvalidValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str((ENGLISH.invalid)(self.0))
    }
}

impl std::error::Error for InvalidValue {}

impl Identifier {
    /// The name itself, unquoted.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn parse(text: &str) -> Result<Self, InvalidValue> {
        if text.is_empty() || text.contains(char::is_control) {
            return Err(InvalidValue(ValueType::Identifier));
        }
        Ok(Self(text.to_owned()))
    }
}

impl Text {
    /// The text itself, unquoted.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Host {
    /// The name or address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn parse(text: &str) -> Result<Self, InvalidValue> {
        // A URL writes an IPv6 address in brackets; no client's own option does.
        let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
        if bare.parse::<Ipv6Addr>().is_ok() {
            return Ok(Self(bare.to_owned()));
        }
        if text.parse::<Ipv4Addr>().is_ok() || is_dns_name(text) {
            return Ok(Self(text.to_owned()));
        }
        Err(InvalidValue(ValueType::Host))
    }
}

/// Labels of letters, digits, `-` and the `_` that container networks add. The last one is
/// not a number, so a mistyped IPv4 address is no name.
fn is_dns_name(text: &str) -> bool {
    let name = text.strip_suffix('.').unwrap_or(text);
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    let last = name.rsplit('.').next().unwrap_or_default();
    name.len() <= 253 && name.split('.').all(is_label) && !last.bytes().all(|byte| byte.is_ascii_digit())
}

impl Port {
    /// The number.
    pub fn get(self) -> u16 {
        self.0
    }

    fn parse(text: &str) -> Result<Self, InvalidValue> {
        match digits(text) {
            Some(number @ 1..=65535) => Ok(Self(number as u16)),
            _ => Err(InvalidValue(ValueType::Port)),
        }
    }
}

impl Number {
    const MAX: u64 = (1 << 53) - 1;

    /// The number.
    pub fn get(self) -> u64 {
        self.0
    }

    /// How it compares with a bound, where that is a number.
    pub fn compared_with(self, bound: &str) -> Option<Ordering> {
        Some(self.0.cmp(&digits(bound)?))
    }

    fn parse(text: &str) -> Result<Self, InvalidValue> {
        let number = digits(text).filter(|number| *number <= Self::MAX);
        number.map(Self).ok_or(InvalidValue(ValueType::Number))
    }
}

impl FilePath {
    /// The path as it was typed, `~` and all.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What follows the `~`, for a path below the home directory: empty, or from a `/` on.
    pub fn below_home(&self) -> Option<&str> {
        self.0.strip_prefix('~')
    }

    fn parse(text: &str) -> Result<Self, InvalidValue> {
        let rooted = text.starts_with('/') || text == "~" || text.starts_with("~/");
        if !rooted || text.contains(char::is_control) {
            return Err(InvalidValue(ValueType::Path));
        }
        Ok(Self(text.to_owned()))
    }
}

impl ByteSize {
    /// The bytes in all.
    pub fn bytes(self) -> u64 {
        self.0
    }

    /// The units of 1024 bytes, where it is a whole number of them.
    pub fn kib(self) -> Option<u64> {
        self.0.is_multiple_of(1 << 10).then_some(self.0 >> 10)
    }

    /// As PostgreSQL writes it: `20MB`, or `kB` where it is not a whole number of those;
    /// nothing where it is not even that, as PostgreSQL counts such memory in whole `kB`.
    pub fn with_unit(self) -> Option<String> {
        if self.0.is_multiple_of(1 << 20) {
            return Some((self.0 >> 20).to_string() + "MB");
        }
        self.kib().map(|kib| kib.to_string() + "kB")
    }

    /// So many times as much, rounded up to whole units of 1024 × 1024 bytes.
    pub fn times(self, factor: f64) -> Option<Self> {
        const MEBIBYTE: u64 = 1 << 20;
        // What is too much for a number of bytes becomes the largest, which has no multiple.
        ((self.0 as f64 * factor).ceil() as u64).checked_next_multiple_of(MEBIBYTE).map(Self)
    }

    fn parse(text: &str) -> Result<Self, InvalidValue> {
        let invalid = InvalidValue(ValueType::Size);
        let split = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        let (number, unit) = text.split_at(split);
        let exponent = match unit.trim_start().to_ascii_lowercase().as_str() {
            "" | "b" => 0,
            "k" | "kb" | "kib" => 10,
            "m" | "mb" | "mib" => 20,
            "g" | "gb" | "gib" => 30,
            "t" | "tb" | "tib" => 40,
            _ => return Err(invalid),
        };
        let bytes = digits(number).and_then(|number| number.checked_mul(1 << exponent));
        bytes.filter(|&bytes| bytes > 0).map(Self).ok_or(invalid)
    }
}

impl Resource {
    /// The name itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn parse(text: &str) -> Result<Self, InvalidValue> {
        let allowed =
            |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b'(' | b')');
        if text.starts_with(|c: char| c.is_ascii_alphanumeric()) && text.bytes().all(allowed) {
            return Ok(Self(text.to_owned()));
        }
        Err(InvalidValue(ValueType::Resource))
    }
}

impl Version {
    /// The numbers with points between them.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// How it compares with a bound of one to three numbers, as far as these go: each 1.4.x is
    /// equal to `1.4`.
    pub fn compared_with(&self, bound: &str) -> Ordering {
        let bound = numbers(bound);
        numbers(&self.0).take(bound.clone().count()).cmp(bound)
    }

    fn parse(text: &str) -> Result<Self, InvalidValue> {
        // A repository often has its tags as `v1.4.8`.
        let text = text.strip_prefix('v').unwrap_or(text);
        // No release is named 1.4.08.
        let is_padded = |number: &str| number.len() > 1 && number.starts_with('0');
        if text.split('.').count() == 3
            && numbers(text).all(|number| number.is_some())
            && !text.split('.').any(is_padded)
        {
            return Ok(Self(text.to_owned()));
        }
        Err(InvalidValue(ValueType::Version))
    }
}

/// The numbers of a version; `None` for what is none.
fn numbers(version: &str) -> impl Iterator<Item = Option<u64>> + Clone + '_ {
    version.split('.').map(digits)
}

/// A number of digits alone: `parse` would take a `+` too.
fn digits(text: &str) -> Option<u64> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}
