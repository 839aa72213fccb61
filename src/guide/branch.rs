//! Whom a branch of an `if` tag is for.

use super::declare::Inputs;
use super::locals::Locals;
use super::scenario::Audience;
use crate::markdoc::Guard;

impl<'a> Guard<'a> {
    /// The part of an audience that the guards let through.
    pub(super) fn narrow(
        guards: &[Guard<'a>],
        inputs: &Inputs<'_>,
        audience: &Audience,
        locals: &Locals<'_>,
    ) -> Audience {
        guards.iter().fold(audience.clone(), |audience, guard| {
            let (yes, no) = inputs.split(&audience, guard.condition(), locals);
            if guard.holds() { yes } else { no }
        })
    }
}
