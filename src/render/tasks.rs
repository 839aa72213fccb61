//! Where a checklist stands, as a Markdown task list to paste into a ticket: titles and what
//! was done, no commands.

use super::markdown::escaped;
use super::{Task, labelled};
use crate::guide::{Entry, Guide, Section, Step, plain};

/// The task list of a guide: its title, what is said of the whole, and a task for each step.
pub fn tasks(guide: &Guide, facts: &[String], task: &dyn Fn(&Step) -> Task) -> String {
    let mut out = ["# ", &escaped(&guide.title), "\n"].concat();
    for fact in facts {
        out.push_str(&["\n", &escaped(fact), "  "].concat());
    }
    for phase in &guide.phases {
        section(phase, "\n\n## ", task, &mut out);
    }
    out.push('\n');
    out
}

fn section(section: &Section, heading: &str, task: &dyn Fn(&Step) -> Task, out: &mut String) {
    out.push_str(heading);
    out.push_str(&escaped(&labelled(&plain(&section.title), section.only.as_deref())));
    out.push('\n');
    for entry in &section.entries {
        match entry {
            Entry::Section(group) => self::section(group, "\n\n### ", task, out),
            Entry::Step(step) => item(step, task(step), out),
            Entry::Text(_) => {}
        }
    }
}

fn item(step: &Step, task: Task, out: &mut String) {
    let title = escaped(&labelled(&step.title_text(), step.only.as_deref()));
    let title = if task.struck { ["~~", &title, "~~"].concat() } else { title };
    out.push_str(if task.ticked { "\n- [x] " } else { "\n- [ ] " });
    out.push_str(&title);
    if !task.remark.is_empty() {
        out.push_str(&[" (", &escaped(&task.remark), ")"].concat());
    }
    for line in task.note.lines().map(str::trim).filter(|line| !line.is_empty()) {
        out.push_str(&["\n  ", &escaped(line), "  "].concat());
    }
}
