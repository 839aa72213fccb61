//! The commands of the shipped guide for tools that reach a cluster or a cloud.
//!
//! Stand-ins note the exact arguments that each command gives them, for a reader with the
//! guide's own values and for one whose values need quotes; what they note is compared with
//! `tests/data/calls`, a line a call (`UPDATE_EXPECT=1 cargo test --test tools` writes it
//! anew). `cargo xtask test --cloud` gives the same calls to the real tools, without an
//! account: a command that says `verified="parsed"` must be understood by its tool. Docker Compose
//! gets a file with the services that OpenMetadata's has.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "support/guide.rs"]
mod guide;
#[path = "support/pages.rs"]
mod pages;
#[path = "support/servers.rs"]
mod servers;
#[path = "support/standins.rs"]
mod standins;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use expect_test::expect_file;
use guide::{combinations, guide_for, shipped};
use servers::{Home, free_port, poll};
use standins::{StandIns, write_program};
use upgrade_checklist::guide::{Role, Snippet};
use upgrade_checklist::snippet::Language;

/// The tools, each with how it says that it understood a command which it cannot carry out,
/// as it has no account, or no server that answers. (Amazon's sends only what it has compared
/// with its own description; who plays Amazon cannot play all of it.)
const TOOLS: [(&str, &[&str]); 6] = [
    ("aws", &["An error occurred (", "invalid XML received"]),
    ("az", &["az login"]),
    ("gcloud", &["gcloud auth login"]),
    ("kubectl", &["was refused", "connection refused"]),
    ("helm", &["cluster unreachable"]),
    ("docker", &["failed to connect to the docker API", "Cannot connect to the Docker daemon"]),
];

/// A reader with the values that the guide offers, and one whose values need quotes.
const READERS: [(&str, &[(&str, &str)]); 2] = [
    ("default", &[]),
    (
        "hostile",
        &[
            ("database", "--all \"Open\" `Meta`; $x \\ é"),
            ("user", "o'hara \"om\" $x"),
            ("admin_user", "the \"boss\"'s `id` \\"),
            ("backup_dir", "~/it's a $HOME"),
            ("compose_file", "/it's/a \"file\" $(id).yml"),
            ("install_dir", "~/it's \"here\""),
            ("memory", "37MB"),
            ("memory_before", "13MB"),
            ("server_memory_before", "14MB"),
        ],
    ),
];

/// What a snippet gave to the tools.
#[derive(PartialEq)]
struct Recorded {
    /// Its step, number and title.
    title: String,
    verified: String,
    calls: Vec<Vec<String>>,
}

#[test]
fn every_tool_gets_exactly_these_arguments() {
    for (reader, recorded) in record() {
        let mut text = String::new();
        for recorded in recorded {
            let Recorded { title, verified, calls } = recorded;
            // What the tool was never given, it cannot have parsed.
            assert!(
                verified != "parsed" || !calls.is_empty(),
                "{title} says it was parsed, and calls no tool"
            );
            writeln!(text, "# {title}: {verified}").unwrap();
            for call in calls {
                let (program, arguments) = call.split_first().unwrap();
                writeln!(text, "{program} {}", serde_json::to_string(arguments).unwrap()).unwrap();
            }
        }
        expect_file![format!("data/calls/{reader}.txt")].assert_eq(&text);
    }
}

#[test]
#[ignore = "needs the tools of the clouds: cargo xtask test --cloud"]
fn the_real_tools_understand_every_command_that_says_so() {
    let home = Home::new();
    let cloud = Cloud::start(&home);
    let mut tried = BTreeSet::new();
    let mut wrong = Vec::new();
    for (reader, recorded) in record() {
        for Recorded { title, verified, calls } in recorded {
            for call in calls {
                if !tried.insert(call.clone()) {
                    continue;
                }
                let parsed = cloud.understands(&call);
                println!(
                    "{verified:<10} {} {call:?}",
                    if parsed.is_ok() { "understood" } else { "REFUSED   " }
                );
                match (&parsed, verified.as_str()) {
                    (Err(why), "parsed") => wrong.push(format!("{reader}: {title}\n{call:?}\n{why}")),
                    (Ok(()), "documented") => println!("           could say that it was parsed: {title}"),
                    _ => {}
                }
                // A tool that understands anything understands nothing. (Asked for its version it
                // reads no further.)
                let reads_no_further = call.iter().any(|argument| argument == "--version");
                let bogus = with_bogus_option(&call);
                if parsed.is_ok() && !reads_no_further && cloud.understands(&bogus).is_ok() {
                    wrong.push(format!("{reader}: {title}\n{bogus:?} is understood too"));
                }
            }
        }
    }
    assert!(!tried.is_empty() && wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
#[ignore = "needs the tools of the clouds: cargo xtask test --cloud"]
fn compose_understands_every_file_that_is_laid_over_its_own() {
    let home = Home::new();
    let own = home.path().join("own.yml");
    std::fs::write(&own, COMPOSE).unwrap();
    let config = |file: &str| {
        let over = home.path().join("over.yml");
        std::fs::write(&over, file).unwrap();
        let mut compose = Command::new("docker-compose");
        compose.arg("--file").arg(&own).arg("--file").arg(&over).args(["config", "--quiet"]);
        let output = compose.output().expect("docker-compose is installed by cargo xtask test --cloud");
        (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let document = shipped();
    let mut tried = BTreeSet::new();
    for (_, values) in READERS {
        for choices in combinations(&document) {
            for step in guide_for(&document, &answers(&choices, values)).steps() {
                for snippet in step.snippets() {
                    let is_file = Language::from_fence(&snippet.language) == Language::Compose;
                    let Some(file) = snippet.text().filter(|_| is_file) else { continue };
                    if !tried.insert(file.clone()) {
                        continue;
                    }
                    let (understood, said) = config(&file);
                    assert!(understood && said.is_empty(), "{}: {said}\n{file}", snippet.id);
                    // A key that Compose does not know, where one of its own stands.
                    let bogus = file.replace("command:", "comand:").replace("environment:", "environ:");
                    assert!(bogus != file && !config(&bogus).0, "{bogus} is understood too");
                }
            }
        }
    }
    assert!(tried.len() > 3, "{tried:?}");
}

#[test]
fn the_chart_goes_back_with_values_that_nobody_changed_for_the_new_version() {
    let recorded = record();
    let calls = recorded.iter().flat_map(|(_, all)| all).flat_map(|recorded| &recorded.calls);
    let mut values: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let is_of_chart = |call: &&Vec<String>| call.iter().any(|word| word == "open-metadata/openmetadata");
    for call in calls.filter(is_of_chart) {
        let after = |name: &'static str| {
            call.iter().zip(&call[1..]).filter(move |(option, _)| *option == name).map(|(_, given)| &**given)
        };
        for version in after("--version") {
            values.entry(version).or_default().extend(after("--values"));
        }
    }
    let [old, new] = ["1.3.4", "1.4.8"].map(|version| &values[version]);
    assert!(!old.is_empty() && !new.is_empty() && old.is_disjoint(new), "{values:?}");
}

/// Of a pod that was stopped meanwhile there is no log any more.
#[test]
fn what_was_kept_stays_though_nothing_is_left_to_be_kept_again() {
    let (document, home) = (shipped(), Home::new());
    let program = |name: &str, text: &str| {
        let text = text.replace("@home@", home.path().to_str().unwrap());
        write_program(&home.path().join("bin").join(name), &text);
    };
    for (tool, _) in TOOLS {
        program(tool, "#!/bin/sh\n[ ! -e '@home@/gone' ] && echo \"$*\"\n");
    }
    program("date", "#!/bin/sh\n[ -e '@home@/gone' ] && echo 20240514T041500Z || echo 20240514T031500Z\n");
    let (folder, gone) = (home.folder("openmetadata-backup"), home.path().join("gone"));
    let files = || -> BTreeMap<_, _> {
        let entries = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
        entries.map(|file| (file.clone(), std::fs::read(file).unwrap())).collect()
    };
    let (_, values) = READERS[0];
    let mut keeping = BTreeSet::new();
    for choices in combinations(&document) {
        for snippet in
            guide_for(&document, &answers(&choices, values)).steps().iter().flat_map(|step| step.snippets())
        {
            let is_files = snippet.facts.scope.as_deref() == Some("files");
            let Some(code) = code_for_tools(snippet).filter(|code| is_files && keeping.insert(code.clone()))
            else {
                continue;
            };
            let run = || home.command("dash").args(["-c", &code]).stdin(Stdio::null()).output().unwrap();
            run();
            let kept = files();
            std::fs::write(&gone, "").unwrap();
            run();
            let left = files();
            for (file, bytes) in kept {
                // What is written anew before it takes the place of what is kept.
                let is_draft =
                    ["all", "now", "partial"].iter().any(|end| file.extension().is_some_and(|is| is == *end));
                assert!(is_draft || left[&file] == bytes, "{}: {}\n{code}", snippet.id, file.display());
            }
            std::fs::remove_file(&gone).unwrap();
            left.into_keys().for_each(|file| drop(std::fs::remove_file(file)));
        }
    }
    assert!(keeping.len() > 5, "{keeping:?}");
}

/// What a reader answers.
fn answers<'a>(choices: &'a [(String, String)], values: &'a [(&str, &str)]) -> Vec<(&'a str, String)> {
    let choices = choices.iter().map(|(name, answer)| (name.as_str(), answer.clone()));
    choices.chain(values.iter().map(|(name, value)| (*name, (*value).to_owned()))).collect()
}

/// The call with an option that no tool has, where the tool itself reads it: what follows
/// `--`, or the name of a container, is another's.
fn with_bogus_option(call: &[String]) -> Vec<String> {
    let place = |words: &[&str]| call.iter().position(|argument| words.contains(&argument.as_str()));
    let end = match call[0].as_str() {
        "docker" => place(&["exec", "run"]).map(|entering| entering + 1),
        _ => place(&["--"]),
    };
    let end = end.unwrap_or(call.len());
    [&call[..end], &["--no-such-option".to_owned()], &call[end..]].concat()
}

/// What every snippet that calls a tool gives to it, for each reader and each combination
/// of choices, once.
fn record() -> Vec<(&'static str, Vec<Recorded>)> {
    let document = shipped();
    let home = Home::new();
    let stand_ins = StandIns::noting(&home, &TOOLS.map(|(tool, _)| tool));
    // One moment for all backups, or their number would depend on how fast this machine is.
    write_program(&home.path().join("bin/date"), "#!/bin/sh\necho 20240514T031500Z\n");
    // What is waited for never comes.
    write_program(&home.path().join("bin/sleep"), "#!/bin/sh\n");
    let combinations = combinations(&document);
    let mut seen = BTreeSet::new();
    let recorded = READERS.map(|(reader, values)| {
        let mut all = Vec::new();
        for choices in &combinations {
            let guide = guide_for(&document, &answers(choices, values));
            for snippet in guide.steps().iter().flat_map(|step| step.snippets()) {
                if let Some(code) = code_for_tools(snippet)
                    && seen.insert(code.clone())
                {
                    all.push(run(&home, &stand_ins, snippet, &code));
                }
            }
        }
        (reader, all)
    });
    recorded.into()
}

/// A shell's commands, if they call a tool: a word of its name that starts a command.
fn code_for_tools(snippet: &Snippet) -> Option<String> {
    let is_shell = Language::from_fence(&snippet.language) == Language::Shell;
    let code = snippet.text().filter(|_| is_shell && snippet.role != Role::Original)?;
    let starts = |line: &str, tool: &str| {
        line.trim_start().strip_prefix(tool).is_some_and(|rest| rest.starts_with(' '))
    };
    let pieces = || code.split(['\n', '|', ';', '(']);
    TOOLS.iter().any(|(tool, _)| pieces().any(|piece| starts(piece, tool))).then(|| code.clone())
}

fn run(home: &Home, stand_ins: &StandIns<'_>, snippet: &Snippet, code: &str) -> Recorded {
    let mut shell = home.command("dash");
    let output = shell.args(["-c", code]).stdin(Stdio::null()).output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(!errors.contains("syntax error"), "{}: {errors}\n{code}", snippet.id);
    let title = snippet.facts.title.as_deref().unwrap_or("(untitled)");
    Recorded {
        title: format!("{} {title}", snippet.id),
        verified: snippet.facts.verified.clone().unwrap_or_else(|| "not said".to_owned()),
        calls: without(stand_ins.take_calls(), home),
    }
}

/// The calls with the reader's home by a name that is always the same.
fn without(mut calls: Vec<Vec<String>>, home: &Home) -> Vec<Vec<String>> {
    let path = home.path().to_str().unwrap();
    for argument in calls.iter_mut().flatten() {
        *argument = argument.replace(path, "/home/reader");
    }
    calls
}

/// The tools without an account, and Amazon's with a service that plays Amazon.
struct Cloud<'a> {
    home: &'a Home,
    moto: Child,
    endpoint: String,
}

impl<'a> Cloud<'a> {
    fn start(home: &'a Home) -> Self {
        let port = free_port().to_string();
        let mut server = Command::new("moto_server");
        server.args(["--host", "127.0.0.1", "--port", &port]).stdout(Stdio::null()).stderr(Stdio::null());
        let moto = server.spawn().expect("moto_server is installed by cargo xtask test --cloud");
        let cloud = Self { home, moto, endpoint: format!("http://127.0.0.1:{port}") };
        let answers = || cloud.understands(&["aws", "rds", "describe-db-instances"].map(str::to_owned)).ok();
        poll(answers).expect("moto_server answers");
        cloud
    }

    /// Whether the tool understands the call; else what it says.
    fn understands(&self, call: &[String]) -> Result<(), String> {
        let (program, arguments) = call.split_first().unwrap();
        let (_, understood) = TOOLS.iter().find(|(tool, _)| tool == program).unwrap();
        let folder = |name: &str| self.home.path().join(name);
        // `docker` starts this program for `docker compose`.
        let (program, arguments) = match arguments.split_first() {
            Some((first, rest)) if program == "docker" && first == "compose" => ("docker-compose", rest),
            _ => (program.as_str(), arguments),
        };
        let output = Command::new(program)
            .args(self.with_files(arguments))
            .current_dir(self.home.path())
            .env("AWS_ACCESS_KEY_ID", "none")
            .env("AWS_SECRET_ACCESS_KEY", "none")
            .env("AWS_DEFAULT_REGION", "eu-west-1")
            .env("AWS_ENDPOINT_URL", &self.endpoint)
            .env("AWS_MAX_ATTEMPTS", "1")
            .env("AZURE_CONFIG_DIR", folder("azure"))
            .env("AZURE_CORE_COLLECT_TELEMETRY", "false")
            .env("AZURE_EXTENSION_USE_DYNAMIC_INSTALL", "no")
            .env("CLOUDSDK_CONFIG", folder("gcloud"))
            .env("CLOUDSDK_CORE_DISABLE_USAGE_REPORTING", "true")
            .env("CLOUDSDK_CORE_DISABLE_PROMPTS", "true")
            .env("KUBECONFIG", kubeconfig(self.home.path()))
            .stdin(Stdio::null())
            .output()
            .map_err(|why| format!("{program} cannot be run: {why}"))?;
        let said = String::from_utf8_lossy(&output.stderr);
        let answered = output.status.success() || understood.iter().any(|words| said.contains(words));
        if answered { Ok(()) } else { Err(format!("{}: {said}", output.status)) }
    }
}

impl Cloud<'_> {
    /// The arguments with files that are there: of the rest, a tool that cannot read one says
    /// nothing.
    fn with_files(&self, arguments: &[String]) -> Vec<String> {
        let mut arguments = arguments.to_vec();
        for at in 1..arguments.len() {
            let (name, text) = match arguments[at - 1].as_str() {
                "--file" => ("compose.yml", COMPOSE),
                "--env-file" => ("compose.env", ""),
                _ => continue,
            };
            let file = self.home.path().join(name);
            std::fs::write(&file, text).unwrap();
            arguments[at] = file.to_str().unwrap().to_owned();
        }
        arguments
    }
}

/// The services that OpenMetadata's Compose files have.
const COMPOSE: &str = "services:
  mysql: {image: none}
  postgresql: {image: none}
  execute-migrate-all: {image: none}
  openmetadata-server: {image: none}
  ingestion: {image: none}
";

impl Drop for Cloud<'_> {
    fn drop(&mut self) {
        let _ = self.moto.kill();
        let _ = self.moto.wait();
    }
}

/// A cluster where nothing answers.
fn kubeconfig(folder: &Path) -> std::path::PathBuf {
    let file = folder.join("kubeconfig");
    let text = "apiVersion: v1\nkind: Config\ncurrent-context: none\n\
                clusters: [{name: none, cluster: {server: 'http://127.0.0.1:1'}}]\n\
                contexts: [{name: none, context: {cluster: none, user: none}}]\nusers: [{name: none, user: {}}]\n";
    std::fs::write(&file, text).unwrap();
    file
}
