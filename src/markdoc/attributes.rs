//! The attributes of a node. Most have one or none, which then stand in the node itself.

use std::borrow::Cow;
use std::fmt;
use std::ops::{Deref, DerefMut};

use super::{Span, Value};

/// An attribute's name. Most are Markdoc's own and cost nothing to write down.
pub type Name = Cow<'static, str>;

/// Names and values in the order written, as a slice; and what of them the author annotated.
#[derive(Clone, Default)]
pub struct Attributes {
    /// The only one.
    one: Option<(Name, Value)>,
    /// All of them, once they are more or annotated.
    all: Option<Box<All>>,
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
    /// Adds one behind the others.
    #[inline]
    pub fn push(&mut self, name: impl Into<Name>, value: Value) {
        let attribute = (name.into(), value);
        if self.is_empty() && self.all.is_none() {
            self.one = Some(attribute);
        } else {
            self.all().attributes.push(attribute);
        }
    }

    /// Adds one before the others.
    pub fn insert_first(&mut self, name: impl Into<Name>, value: Value) {
        self.all().attributes.insert(0, (name.into(), value));
    }

    /// Takes all away. What was annotated stays known.
    pub fn clear(&mut self) {
        self.one = None;
        if let Some(all) = &mut self.all {
            all.attributes.clear();
        }
    }

    /// What the author annotated (`{% #id .class key=value %}`), each with its own place; the
    /// values stand among the attributes too.
    pub fn annotations(&self) -> &[Annotation] {
        self.all.as_deref().map_or(&[], |all| &all.annotations)
    }

    /// The same, to be changed.
    pub fn annotations_mut(&mut self) -> &mut [Annotation] {
        self.all.as_deref_mut().map_or(&mut [], |all| &mut all.annotations)
    }

    /// Notes that an attribute was annotated.
    pub fn annotate(&mut self, annotation: Annotation) {
        self.all().annotations.push(annotation);
    }

    fn all(&mut self) -> &mut All {
        let one = self.one.take();
        let all = self.all.get_or_insert_default();
        all.attributes.extend(one);
        all
    }
}

impl Deref for Attributes {
    type Target = [(Name, Value)];

    fn deref(&self) -> &Self::Target {
        self.all.as_deref().map_or(self.one.as_slice(), |all| &all.attributes)
    }
}

impl DerefMut for Attributes {
    fn deref_mut(&mut self) -> &mut Self::Target {
        self.all.as_deref_mut().map_or(self.one.as_mut_slice(), |all| &mut all.attributes)
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
