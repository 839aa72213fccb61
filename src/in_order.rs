//! What one list has of another, where both have it in one order, as two guides of one page have
//! their steps: each is looked for behind the one before.

/// The first that fits in what is left of a list; only what stands behind it is left then.
pub(crate) fn in_order<'a, T>(rest: &mut &'a [T], fits: impl FnMut(&T) -> bool) -> Option<&'a T> {
    let place = rest.iter().position(fits)?;
    let (found, behind) = rest.get(place..)?.split_first()?;
    *rest = behind;
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::in_order;

    #[test]
    fn what_is_missing_hides_nothing_behind_it() {
        let mut rest: &[u8] = &[1, 3, 4, 6];
        let found = [1, 2, 4, 3, 6, 6].map(|wanted| in_order(&mut rest, |it| *it == wanted).copied());
        assert_eq!(found, [Some(1), None, Some(4), None, Some(6), None]);
    }
}
