//! Stand-ins for programs that reach a container, a cluster or a cloud: each notes its
//! arguments exactly, and what it was to run in a container runs here.

#![allow(dead_code, reason = "each suite uses its own part of this")]

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use super::servers::Home;

/// Programs in a home that note how they are called.
pub struct StandIns<'a> {
    home: &'a Home,
    text: String,
}

/// What each of them does first. Arguments are noted each with a NUL behind it, as no
/// argument holds one, and their number before them.
const NOTE: &str = r#"#!/bin/sh
program=${0##*/}
printf '%s\0' "$#" "$program" "$@" >> '@home@/calls'
"#;

/// What some of them answer where a command goes on with the answer.
const ANSWERS: &str = r#"case "$program $*" in
gcloud*csv*) printf 'max_connections=100\nlong_query_time=1,2\n' ;;
helm*list*json*) printf '[{"name":"openmetadata-dependencies","chart":"openmetadata-dependencies-1.3.4"}]\n' ;;
aws*DBParameterGroupName*text* | aws*DBClusterParameterGroup\ *text*) echo default.mysql8.0 ;;
aws*DBParameterGroupFamily*text*) echo mysql8.0 ;;
aws*DBClusterMembers\[\].DBInstanceIdentifier*text*) echo the-writer the-reader ;;
aws*IsClusterWriter*text*) echo the-writer ;;
aws*DBInstanceClass*text*) echo db.r6g.large ;;
aws*DBSubnetGroup*text*) echo the-subnets ;;
aws*VpcSecurityGroupId*text*) echo sg-1 sg-2 ;;
esac
"#;

/// What `docker compose exec`, `docker run`, `kubectl exec` and `kubectl run` do then; `@variables@` are
/// the container's. Of what runs on the machine, `pgrep` finds nothing.
const ENTER: &str = r#"case $program in
docker)
    while [ "$#" -gt 0 ] && [ "$1" != exec ] && [ "$1" != run ]; do shift; done
    [ "$#" -gt 0 ] || exit 0
    shift
    entrypoint=
    while :; do
        case $1 in
        -T | -i | -t | -it | --rm | --interactive) shift ;;
        --entrypoint) entrypoint=$2 && shift 2 ;;
        -e | --env) export "$2" && shift 2 ;;
        -u | --user | -w | --workdir | --network | --volumes-from) shift 2 ;;
        -*) echo "docker: what is $1?" >&2 && exit 64 ;;
        *) break ;;
        esac
    done
    shift
    [ -z "$entrypoint" ] || set -- "$entrypoint" "$@"
    ;;
kubectl)
    while [ "$#" -gt 0 ] && [ "$1" != -- ]; do shift; done
    [ "$#" -gt 0 ] || exit 0
    shift
    ;;
pgrep) exit 1 ;;
*) exit 0 ;;
esac
exec env @variables@ PATH='@home@/container':"$PATH" "$@"
"#;

/// MariaDB's clients where a container has MySQL's: its server is behind its own socket, and
/// its `mysqldump` knows one option more.
const MYSQL: &str = r#"#!/bin/sh
if [ "$*" = --version ]; then exec '@home@/bin/'"${0##*/}" --version; fi
for argument; do
    shift
    case $argument in
    --set-gtid-purged=OFF | --host=*) ;;
    *) set -- "$@" "$argument" ;;
    esac
done
exec '@home@/bin/'"${0##*/}" --defaults-file='@home@/container/my.cnf' "$@"
"#;

impl<'a> StandIns<'a> {
    /// Programs that do nothing else.
    pub fn noting(home: &'a Home, programs: &[&str]) -> Self {
        Self::install(home, programs, [NOTE, ANSWERS].concat())
    }

    /// Programs that run what they are to run in a container, with these variables.
    pub fn entering(home: &'a Home, programs: &[&str], variables: &[(&str, String)]) -> Self {
        let variables: Vec<String> = variables
            .iter()
            .map(|(name, value)| format!("{name}='{}'", value.replace('\'', "'\\''")))
            .collect();
        let enter = ENTER.replace("@variables@", &variables.join(" "));
        let installed = Self::install(home, programs, [NOTE, &enter].concat());
        let container = home.folder("container");
        std::fs::write(container.join("my.cnf"), in_home(home, "[client]\nsocket=@home@/socket\n")).unwrap();
        for client in ["mysql", "mysqldump"] {
            write_program(&container.join(client), &in_home(home, MYSQL));
        }
        installed
    }

    /// Puts one of them elsewhere, under another name.
    pub fn put(&self, file: &Path) {
        write_program(file, &self.text);
    }

    fn install(home: &'a Home, programs: &[&str], text: String) -> Self {
        let stand_ins = Self { home, text: in_home(home, &text) };
        for program in programs {
            stand_ins.put(&home.path().join("bin").join(program));
        }
        stand_ins
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

fn in_home(home: &Home, text: &str) -> String {
    text.replace("@home@", home.path().to_str().unwrap())
}

/// Puts a program into a file.
pub fn write_program(file: &Path, text: &str) {
    std::fs::write(file, text).unwrap();
    std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o755)).unwrap();
}
