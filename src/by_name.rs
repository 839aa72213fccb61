//! Values by name, for the few that an object or a page has.
//!
//! A sorted list: for each type of value a `BTreeMap` is 3 KB more to download.

/// Values, in the order of their names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ByName<T> {
    entries: Vec<(String, T)>,
}

impl<T> ByName<T> {
    /// The value of that name.
    pub fn get(&self, name: &str) -> Option<&T> {
        let place = self.place(name).ok()?;
        self.entries.get(place).map(|(_, value)| value)
    }

    /// The value of that name, to be changed.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut T> {
        let place = self.place(name).ok()?;
        self.entries.get_mut(place).map(|(_, value)| value)
    }

    /// Gives a name its value, in place of the one that it had.
    pub fn insert(&mut self, name: String, value: T) {
        match self.place(&name) {
            Ok(place) => self.entries[place].1 = value,
            Err(place) => self.entries.insert(place, (name, value)),
        }
    }

    /// Every name and its value.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &T)> {
        self.entries.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// Every value, to be changed.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.entries.iter_mut().map(|(_, value)| value)
    }

    fn place(&self, name: &str) -> Result<usize, usize> {
        self.entries.binary_search_by(|(other, _)| other.as_str().cmp(name))
    }
}

impl<T> Default for ByName<T> {
    fn default() -> Self {
        Self { entries: Vec::new() }
    }
}

/// Of two values of one name the later stays.
impl<T> FromIterator<(String, T)> for ByName<T> {
    fn from_iter<I: IntoIterator<Item = (String, T)>>(entries: I) -> Self {
        let mut by_name = Self::default();
        entries.into_iter().for_each(|(name, value)| by_name.insert(name, value));
        by_name
    }
}

#[cfg(test)]
mod tests {
    use super::ByName;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn it_holds_what_a_map_holds(entries: Vec<(String, u8)>, name: String) {
            let (map, mut by_name): (BTreeMap<_, _>, ByName<_>) =
                (entries.iter().cloned().collect(), entries.iter().cloned().collect());
            let in_order: Vec<_> = map.iter().map(|(name, value)| (name.as_str(), value)).collect();
            prop_assert_eq!(by_name.iter().collect::<Vec<_>>(), in_order);
            for name in map.keys().chain([&name]) {
                prop_assert_eq!(by_name.get(name), map.get(name));
                prop_assert_eq!(by_name.get_mut(name).copied(), map.get(name).copied());
            }
        }
    }
}
