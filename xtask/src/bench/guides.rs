//! Guides of any length, the same for all contenders: as text, and compiled as the app takes
//! them.

use crate::command::upgrade_checklist;
use anyhow::Result;
use std::fmt::Write;
use std::path::PathBuf;
use xshell::Shell;

/// How many steps a phase has, and a group in it.
const PHASE: usize = 50;
const GROUP: usize = 10;

/// Writes a guide for each number of steps into a folder, as `10.md` and `10.bin`.
pub fn write(shell: &Shell, sizes: &[usize]) -> Result<PathBuf> {
    let folder = shell.current_dir().join("target/bench/guides");
    shell.remove_path(&folder)?;
    for steps in sizes {
        let (text, alone) = (folder.join(format!("{steps}.md")), folder.join(steps.to_string()));
        let compiled = folder.join(format!("{steps}.bin"));
        shell.write_file(&text, guide(*steps))?;
        shell.create_dir(&alone)?;
        shell.copy_file(&text, &alone)?;
        upgrade_checklist(shell, "compile").arg(alone).arg("-o").arg(compiled).quiet().run()?;
    }
    Ok(folder)
}

/// A guide of so many steps, each with a text, a list, and a command for either database.
fn guide(steps: usize) -> String {
    let mut text = format!("---\nid: generated-{steps}\ntitle: A guide of {steps} steps\n---\n\n{INPUTS}");
    for step in 0..steps {
        if step % PHASE == 0 {
            let _ = write!(text, "\n# Phase {}\n", step / PHASE + 1);
        }
        if step % GROUP == 0 {
            let _ = write!(text, "\n## Group {}\n\nWhat belongs together.\n", step / GROUP + 1);
        }
        text += &STEP.replace("NUMBER", &(step + 1).to_string());
    }
    text
}

const INPUTS: &str = r#"{% choice name="engine" label="Database" %}
{% option value="mysql" label="MySQL" /%}
{% option value="postgres" label="PostgreSQL" /%}
{% /choice %}

{% input name="database" type="identifier" label="Database name" default="openmetadata_db" /%}
"#;

const STEP: &str = r#"
### Step NUMBER {% #step-NUMBER %}

Before the table `table_NUMBER` is changed, look at **what it holds** and read [why](/docs/NUMBER):

- Its rows are counted.
- Nothing else writes to it.

{% if equals($engine, "mysql") %}

```mysql {% title="Change it" %}
USE {% $database %};
ALTER TABLE table_NUMBER ADD COLUMN note TEXT;
```

{% else /%}

```pgsql {% title="Change it" %}
SET search_path TO {% $database %};
ALTER TABLE table_NUMBER ADD COLUMN note text;
```

{% /if %}
"#;

#[cfg(test)]
mod tests {
    use super::{PHASE, guide};

    #[test]
    fn a_guide_has_as_many_steps_as_it_should() {
        for (steps, phases) in [(1, 1), (PHASE, 1), (PHASE + 1, 2), (1000, 1000 / PHASE)] {
            let text = guide(steps);
            let count = |start: &str| text.lines().filter(|line| line.starts_with(start)).count();
            assert_eq!((count("### Step "), count("# Phase ")), (steps, phases), "{steps} steps");
        }
    }
}
