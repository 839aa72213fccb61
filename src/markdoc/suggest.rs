//! What a misspelt name was meant to be.

/// The one of `names` that a misspelt name was most likely meant to be. Nothing in the app:
/// whoever reads there cannot mend the page.
pub fn suggest<'a>(name: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    #[cfg(feature = "parser")]
    {
        let lower = name.to_lowercase();
        let distance = |other: &str| strsim::damerau_levenshtein(&lower, &other.to_lowercase());
        let nearest = names.map(|other| (distance(other), other)).min()?;
        let length = name.chars().count();
        (nearest.0 <= 1 + length / 5 && nearest.0 < length).then_some(nearest.1)
    }
    #[cfg(not(feature = "parser"))]
    {
        let _ = (name, names);
        None
    }
}
