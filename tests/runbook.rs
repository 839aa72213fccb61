//! What is saved as a file, or copied, says all that the page does: whom a part is for, which
//! answer is not in use, and a command wherever it stands.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::Value;
use upgrade_checklist::environment::Environment;
use upgrade_checklist::guide::{self, Guide};
use upgrade_checklist::markdoc;
use upgrade_checklist::render::{Format, Task, record, render, tasks};

const FOR_SOME: &str = r#"{% choice name="engine" label="Database" %}
{% option value="mysql" label="MySQL" /%}
{% option value="postgres" label="PostgreSQL" /%}
{% /choice %}

{% choice name="os" label="System" %}
{% option value="debian" label="Debian" /%}
{% option value="fedora" label="Fedora" /%}
{% /choice %}

{% if equals($engine, "mysql") %}

# First

## Set it {% #set-it %}

For MySQL.

{% /if %}

# Rest

{% if equals($engine, "postgres") %}

## Group

### Inner {% #inner %}

For PostgreSQL.

{% if equals($os, "debian") %}

### Other {% #other %}

For Debian.

{% /if %}

## Direct {% #direct %}

Without a group.

{% /if %}
"#;

#[test]
fn json_says_whom_phases_and_the_steps_of_groups_are_for() {
    let runbook: Value = serde_json::from_str(&written(FOR_SOME, &[], Format::Json)).unwrap();
    let phases = runbook["phases"].as_array().unwrap();
    let only = |value: &Value| value["only"].as_str().unwrap_or("everyone").to_owned();
    let all: Vec<_> = phases
        .iter()
        .map(|phase| (only(phase), phase["steps"].as_array().unwrap().iter().map(only).collect::<Vec<_>>()))
        .collect();
    let expected =
        [("MySQL", vec!["everyone"]), ("everyone", vec!["PostgreSQL", "PostgreSQL, Debian", "PostgreSQL"])];
    let expected = expected.map(|(phase, steps)| (phase.to_owned(), steps));
    assert_eq!(all.len(), expected.len());
    for ((phase, steps), (expected, of_steps)) in all.into_iter().zip(expected) {
        assert_eq!((phase, steps), (expected, of_steps.into_iter().map(str::to_owned).collect()));
    }
}

#[test]
fn a_copied_task_list_says_whom_sections_and_steps_are_for() {
    let list = tasks(&built(FOR_SOME, &[]), &[], &|_| Task::default());
    let lines: Vec<&str> = list.lines().filter(|line| !line.is_empty()).skip(1).collect();
    let expected = [
        "## First (MySQL)",
        "- [ ] Set it",
        "## Rest",
        "### Group (PostgreSQL)",
        "- [ ] Inner",
        "- [ ] Other (Debian)",
        "- [ ] Direct (PostgreSQL)",
    ];
    assert_eq!(lines, expected);
}

#[test]
fn an_answer_that_is_not_in_use_is_said_with_the_reason() {
    let page = "{% input name=\"port\" type=\"port\" label=\"Port\" default=3306 /%}\n\n# A\n\n## B {% #b %}\n\nC.\n";
    let answers = [("port", "33o6")];
    let said = "Port: 33o6 (not used: A port is a whole number from 1 to 65535)";
    for format in [Format::Markdown, Format::Text, Format::Script] {
        let text = written(page, &answers, format);
        assert!(text.contains(said) && !text.contains("(default)"), "{text}");
    }
    let runbook: Value = serde_json::from_str(&written(page, &answers, Format::Json)).unwrap();
    assert_eq!(runbook["inputs"][0]["value"], Value::Null);
}

#[test]
fn a_command_in_a_table_stays_one() {
    let page = "# A\n\n## B {% #b %}\n\n{% table %}\n- What\n- Command\n---\n- Restart on every node\n- ```sh {% title=\"Restart\" %}\n  for node in node-one.example.com node-two.example.com node-three.example.com; do\n    ssh \"$node\" reboot\n  done\n  ```\n{% /table %}\n";
    let command = "for node in node-one.example.com node-two.example.com node-three.example.com; do\n  ssh \"$node\" reboot\ndone";
    let runbook: Value = serde_json::from_str(&written(page, &[], Format::Json)).unwrap();
    let text = runbook["phases"][0]["steps"][0]["text"].as_str().unwrap().to_owned();
    for form in [written(page, &[], Format::Markdown), written(page, &[], Format::Text), text] {
        let start = form.lines().find(|line| line.trim_start().starts_with("for node")).unwrap();
        let indent = &start[..start.len() - start.trim_start().len()];
        let indented = command.lines().map(|line| [indent, line].concat()).collect::<Vec<_>>().join("\n");
        assert!(form.contains(&indented), "{form}");
    }
}

#[test]
fn what_was_done_stands_in_what_is_saved() {
    let page = "# A\n\n## B {% #b %}\n\nFirst.\n\n## C {% #c %}\n\nThen.\n\n## D {% #d %}\n\nLast.\n";
    let guide = built(page, &[]);
    let note = "in s3://backups\n\nkept, however long the line is on which somebody says where and why";
    let task = |step: &guide::Step| match step.id.as_str() {
        "b" => {
            Task { ticked: true, remark: "Done, 3:04".to_owned(), note: note.to_owned(), ..Task::default() }
        }
        "d" => Task { ticked: true, struck: true, remark: "Not for us".to_owned(), ..Task::default() },
        _ => Task::default(),
    };
    let markdown = record(&guide, Format::Markdown, &[], &task);
    assert!(markdown.contains("- [x] **B**\n\n  *Done, 3:04*\n\n  > in s3://backups\\\n"), "{markdown}");
    assert!(markdown.contains("- [x] ~~**D**~~\n\n  *Not for us*\n"), "{markdown}");

    let text = record(&guide, Format::Text, &[], &task);
    let expected = "[x] B\n    Done, 3:04\n    > in s3://backups\n    > kept, however long the line is on which somebody says where and why\n\n    First.\n\n[ ] C\n\n    Then.\n\n[x] D\n    Not for us\n\n    Last.\n";
    assert!(text.ends_with(expected), "{text}");

    let runbook: Value = serde_json::from_str(&record(&guide, Format::Json, &[], &task)).unwrap();
    let steps = &runbook["phases"][0]["steps"];
    let expected =
        serde_json::json!({ "ticked": true, "applies": true, "remark": "Done, 3:04", "note": note });
    assert_eq!((&steps[0]["record"], &steps[1]["record"]), (&expected, &Value::Null));
    assert_eq!(steps[2]["record"]["applies"], false);
}

fn written(page: &str, answers: &[(&str, &str)], format: Format) -> String {
    render(&built(page, answers), format, &[])
}

fn built(page: &str, answers: &[(&str, &str)]) -> Guide {
    let (document, problems) = markdoc::parse("page.md", page);
    assert_eq!(problems, []);
    let environment: Environment = answers.iter().copied().collect();
    guide::build(&document, &environment)
}
