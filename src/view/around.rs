//! What stands around a checklist and is kept nowhere: what its reader is told, the runs beside it,
//! what is offered, what was copied last, whether single keys go through it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use yew::AttrValue;

use super::{Notice, Offer, Store, Topic, Wish};
use crate::saved::KnownRun;

/// All of that. Each part is told by a topic of its own.
#[derive(Default)]
pub(super) struct Around {
    notices: RefCell<Vec<Notice>>,
    runs: RefCell<KnownRuns>,
    /// What the run is to be called that the reader may start.
    new_run: RefCell<String>,
    offered: RefCell<Option<Rc<Offer>>>,
    keys_off: Cell<bool>,
    copied: RefCell<Option<Copied>>,
}

/// The runs that there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnownRuns {
    /// The id of the one that is shown.
    pub shown: String,
    /// All that are kept.
    pub runs: Rc<[KnownRun]>,
}

/// The id and the text of the snippet that was copied last, and whether that worked.
type Copied = ((AttrValue, String), bool);

impl Store {
    /// What the reader is told.
    pub fn notices(&self) -> Vec<Notice> {
        self.around().notices.borrow().clone()
    }

    /// Tells the reader something, or stops telling it: there is one notice of a kind.
    pub fn notify(&self, kind: &'static str, notice: Option<Notice>) {
        let mut notices = self.around().notices.borrow_mut();
        if notices.iter().find(|known| known.kind == kind) == notice.as_ref() {
            return;
        }
        notices.retain(|known| known.kind != kind);
        notices.extend(notice);
        drop(notices);
        // That nothing is saved stands beside the figures, too.
        self.tell(&[Topic::Notices, Topic::Figures]);
    }

    /// Whether the reader is told that what they do is in this page only.
    pub(super) fn is_unsaved(&self) -> bool {
        let offers_file = |notice: &Notice| matches!(notice.remedy, Some((_, Wish::SaveFile)));
        self.around().notices.borrow().iter().any(offers_file)
    }

    /// The runs that there are.
    pub fn runs(&self) -> KnownRuns {
        self.around().runs.borrow().clone()
    }

    /// Tells which runs there are.
    pub fn set_runs(&self, runs: KnownRuns) {
        if *self.around().runs.borrow() != runs {
            *self.around().runs.borrow_mut() = runs;
            self.tell(&[Topic::Runs]);
        }
    }

    /// What the run is to be called that the reader may start.
    pub(super) fn new_run(&self) -> String {
        self.around().new_run.borrow().clone()
    }

    /// Calls it otherwise.
    pub(super) fn set_new_run(&self, name: String) {
        self.around().new_run.replace(name);
        self.tell(&[Topic::Runs]);
    }

    /// What is offered from elsewhere.
    pub fn offered(&self) -> Option<Rc<Offer>> {
        self.around().offered.borrow().clone()
    }

    /// Offers something else, or nothing.
    pub(super) fn set_offer(&self, offer: Option<Rc<Offer>>) {
        self.around().offered.replace(offer);
        self.tell(&[Topic::Offer]);
    }

    /// Whether single keys go through the checklist.
    pub fn has_keys(&self) -> bool {
        !self.around().keys_off.get()
    }

    /// Lets them, or not.
    pub fn use_keys(&self, on: bool) {
        self.around().keys_off.set(!on);
        self.tell(&[Topic::Keys]);
    }

    /// Whether this text of a snippet was copied, if that was copied last.
    pub(super) fn outcome_of_copying(&self, id: &str, text: &str) -> Option<bool> {
        let copied = self.around().copied.borrow();
        let ((known, copied), worked) = copied.as_ref()?;
        (**known == *id && copied == text).then_some(*worked)
    }

    /// Something was copied; or nothing is any longer, as something else will be.
    pub(super) fn set_copied(&self, copied: Option<Copied>) {
        let topic = |((id, _), _): &Copied| Topic::Copied(id.clone());
        let last = &self.around().copied;
        let topics = [copied.as_ref().map(topic), last.borrow().as_ref().map(topic)];
        last.replace(copied);
        topics.into_iter().flatten().for_each(|topic| self.tell(&[topic]));
    }
}

impl KnownRuns {
    /// The run that is shown next where the one that is shown is put away.
    pub fn next(&self) -> Option<&KnownRun> {
        self.runs.iter().find(|other| other.id != self.shown && !other.deleted)
    }
}
