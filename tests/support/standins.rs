//! Stand-ins for programs that reach a container, a cluster or a cloud: each notes its
//! arguments exactly, and what it was to run in a container runs here.

use std::os::unix::fs::PermissionsExt;

use super::servers::Home;

/// Programs in a home that note how they are called.
pub struct StandIns<'a> {
    home: &'a Home,
}

/// Reads as a POSIX shell does; `@…@` is filled in. Arguments are noted each with a NUL
/// behind it, as no argument holds one, and their number before them.
const PROGRAM: &str = r#"#!/bin/sh
program=${0##*/}
printf '%s\0' "$#" "$program" "$@" >> '@home@/calls'
case $program in
docker)
    while [ "$#" -gt 0 ] && [ "$1" != exec ]; do shift; done
    [ "$#" -gt 0 ] || exit 0
    shift
    while :; do
        case $1 in
        -T | -i | -t | -it | --interactive=*) shift ;;
        -e | --env) export "$2" && shift 2 ;;
        -u | --user | -w | --workdir) shift 2 ;;
        -*) echo "docker: what is $1?" >&2 && exit 64 ;;
        *) break ;;
        esac
    done
    shift
    ;;
kubectl)
    while [ "$#" -gt 0 ] && [ "$1" != -- ]; do shift; done
    [ "$#" -gt 0 ] || exit 0
    shift
    ;;
*) exit 0 ;;
esac
exec env @variables@ "$@"
"#;

impl<'a> StandIns<'a> {
    /// Puts them before the real ones. A container's shell has these variables.
    pub fn new(home: &'a Home, programs: &[&str], variables: &[(&str, String)]) -> Self {
        let variables: Vec<String> = variables
            .iter()
            .map(|(name, value)| format!("{name}='{}'", value.replace('\'', "'\\''")))
            .collect();
        let text = PROGRAM
            .replace("@home@", home.path().to_str().unwrap())
            .replace("@variables@", &variables.join(" "));
        for program in programs {
            let path = home.path().join("bin").join(program);
            std::fs::write(&path, &text).unwrap();
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        }
        Self { home }
    }

    /// The calls since the last time that this was asked: the program and its arguments.
    pub fn take_calls(&self) -> Vec<Vec<String>> {
        let file = self.home.path().join("calls");
        let noted = std::fs::read_to_string(&file).unwrap_or_default();
        let _ = std::fs::remove_file(&file);
        let mut words = noted.split_terminator('\0').map(str::to_owned);
        let mut calls = Vec::new();
        while let Some(count) = words.next() {
            let count: usize = count.parse().unwrap();
            calls.push(words.by_ref().take(count + 1).collect());
        }
        calls
    }
}
