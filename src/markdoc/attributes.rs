//! The attributes of a node. Most have one or none, which then stand in the node itself.

use std::borrow::Cow;
use std::fmt;
use std::ops::{Deref, DerefMut};

use super::{Span, Value};

/// An attribute's name. Most are Markdoc's own and cost nothing to write down.
pub type Name = Cow<'static, str>;

/// Names and values in the order written, as a slice; and what of them the author annotated.
#[derive(Clone, Default)]
pub struct Attributes(Kept);

#[derive(Clone, Default)]
enum Kept {
    #[default]
    Nothing,
    One((Name, Value)),
    /// Once they are more, or annotated.
    All(Box<All>),
}

#[derive(Clone, Default)]
struct All {
    attributes: Vec<(Name, Value)>,
    annotations: Vec<Annotation>,
}

/// One attribute that an annotation gave to a node.
#[derive(Clone, Debug, PartialEq)]
pub struct Annotation {
    /// The attribute's name; of a class `.name`, with the value `true`.
    pub name: String,
    /// Its value.
    pub value: Value,
    /// Where it stands.
    pub span: Span,
}

impl Attributes {
    /// One attribute.
    #[inline]
    pub fn one(name: impl Into<Name>, value: Value) -> Self {
        Self(Kept::One((name.into(), value)))
    }

    /// Adds one behind the others.
    #[inline]
    pub fn push(&mut self, name: impl Into<Name>, value: Value) {
        match &self.0 {
            Kept::Nothing => *self = Self::one(name, value),
            _ => self.push_more(name.into(), value),
        }
    }

    #[inline(never)]
    fn push_more(&mut self, name: Name, value: Value) {
        self.with_all(|all| all.attributes.push((name, value)));
    }

    /// Adds one before the others.
    pub fn insert_first(&mut self, name: impl Into<Name>, value: Value) {
        self.with_all(|all| all.attributes.insert(0, (name.into(), value)));
    }

    /// Takes all away. What was annotated stays known.
    pub fn clear(&mut self) {
        match &mut self.0 {
            Kept::All(all) => all.attributes.clear(),
            kept => *kept = Kept::Nothing,
        }
    }

    /// What the author annotated (`{% #id .class key=value %}`), each with its own place; the
    /// values stand among the attributes too.
    pub fn annotations(&self) -> &[Annotation] {
        match &self.0 {
            Kept::All(all) => &all.annotations,
            _ => &[],
        }
    }

    /// The same, to be changed.
    pub fn annotations_mut(&mut self) -> &mut [Annotation] {
        match &mut self.0 {
            Kept::All(all) => &mut all.annotations,
            _ => &mut [],
        }
    }

    /// Makes room for the first that are annotated, which are so many. Mostly no more follow.
    pub fn reserve(&mut self, annotated: usize) {
        self.with_all(|all| {
            if all.annotations.is_empty() {
                all.attributes.reserve_exact(annotated);
                all.annotations.reserve_exact(annotated);
            }
        });
    }

    /// Notes that an attribute was annotated.
    pub fn annotate(&mut self, annotation: Annotation) {
        self.with_all(|all| all.annotations.push(annotation));
    }

    fn with_all(&mut self, edit: impl FnOnce(&mut All)) {
        let mut all = match std::mem::take(&mut self.0) {
            Kept::Nothing => Box::default(),
            Kept::One(attribute) => Box::new(All { attributes: vec![attribute], ..All::default() }),
            Kept::All(all) => all,
        };
        edit(&mut all);
        self.0 = Kept::All(all);
    }
}

impl Deref for Attributes {
    type Target = [(Name, Value)];

    fn deref(&self) -> &Self::Target {
        match &self.0 {
            Kept::Nothing => &[],
            Kept::One(attribute) => std::slice::from_ref(attribute),
            Kept::All(all) => &all.attributes,
        }
    }
}

impl DerefMut for Attributes {
    fn deref_mut(&mut self) -> &mut Self::Target {
        match &mut self.0 {
            Kept::Nothing => &mut [],
            Kept::One(attribute) => std::slice::from_mut(attribute),
            Kept::All(all) => &mut all.attributes,
        }
    }
}

impl<'a> IntoIterator for &'a Attributes {
    type Item = &'a (Name, Value);
    type IntoIter = std::slice::Iter<'a, (Name, Value)>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl FromIterator<(Name, Value)> for Attributes {
    fn from_iter<T: IntoIterator<Item = (Name, Value)>>(attributes: T) -> Self {
        let mut all = Self::default();
        attributes.into_iter().for_each(|(name, value)| all.push(name, value));
        all
    }
}

impl PartialEq for Attributes {
    fn eq(&self, other: &Self) -> bool {
        **self == **other && self.annotations() == other.annotations()
    }
}

impl fmt::Debug for Attributes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(&**self).entries(self.annotations()).finish()
    }
}
