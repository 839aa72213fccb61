set -eu
# Where the shell can, a pipe fails if any part of it does.
# shellcheck disable=SC3040
(set -o pipefail) 2>/dev/null && set -o pipefail

if ! [ -f "$0" ]; then
    echo 'Save this script to a file and run that: it reads your answers from its input.' >&2
    exit 2
fi

# What this script is called, for a shell.
script=$0
case $0 in
    *[!0-9A-Za-z./_-]*) script="'$(printf '%s\n' "$0" | sed "s/'/'\\\\''/g")'" ;;
esac

# --from STEP: the step to go on from; those before it are taken as done.
from=0
if [ $# -eq 2 ] && [ "$1" = --from ]; then
    case $2 in '' | 0* | *[!0-9]* | ??????*) ;; *) from=$2; set -- ;; esac
fi
if [ $# -gt 0 ] || [ "$from" -gt "$steps" ]; then
    printf 'Usage: sh %s [--from STEP], where STEP is a number from 1 to %s.\n' "$script" "$steps" >&2
    exit 2
fi

# What a command prints stays on the screen: no pager waits there for a key.
PAGER=cat PSQL_PAGER=cat AWS_PAGER=
export PAGER PSQL_PAGER AWS_PAGER

step=start
number=0
ran=yes
some=no
output=
undo_of_step=
only_by_words=no
undo=
later=
changed=no

# At the end, however it comes: says why it stopped, and how to take back what was begun.
finish() {
    status=$?
    trap - EXIT
    if [ -n "$output" ]; then
        printf '%s\n' "$output"
    fi
    if [ "$status" -ne 0 ]; then
        printf '\nStopped in “%s” (exit %s). Nothing after it was run.\n' "$step" "$status" >&2
        if [ "$number" -gt 0 ]; then
            printf 'To go on from this step: sh %s --from %s\n' "$script" "$number" >&2
        fi
    fi
    if [ -n "$undo" ]; then
        printf '\nTo take back what was begun, the last first:\n\n%s\n' "$undo"
    fi
    if [ "$status" -ne 0 ] && [ "$changed" = yes ] && [ -n "$later" ]; then
        printf '\nWhat a later step would have taken back:\n\n%s\n' "$later"
    fi
    exit "$status"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# begin TITLE [WORDS]: says which step comes now.
begin() {
    step=$1
    number=$((number + 1))
    ran=yes
    some=no
    undo_of_step=
    if reached; then
        printf '\n== %s/%s %s\n' "$number" "$steps" "$step"
        if [ $# -gt 1 ]; then printf '%s\n' "$2"; fi
    fi
}

# reached: whether the step is to be gone through.
reached() {
    [ "$number" -ge "$from" ]
}

# undo_with <<TEXT: how this step is taken back, kept for when its first change begins, which it
# has where the step is taken as done.
undo_with() {
    only_by_words=no
    undo_of_step=$(cat)
    reached || begun
}

# undo_by_words <<TEXT: the same where no command takes it back, as there is another way to go
# before anything else is taken back.
undo_by_words() {
    only_by_words=yes
    undo_of_step=$(cat)
    reached || begun
}

# undo_later <<TEXT: what later steps take back.
undo_later() {
    later=$(cat)
}

# begun: from now on there is something to take back.
begun() {
    changed=yes
    if [ -n "$undo_of_step" ]; then
        if [ "$only_by_words" = yes ] && [ -n "$undo" ]; then
            undo="Only once that is done, what else was begun:

$undo"
        fi
        undo="$step
$undo_of_step

$undo"
        undo_of_step=
    fi
}

# confirm WHAT: whether to run the commands that follow. A step of which nothing was run has
# nothing to look at either.
confirm() {
    while :; do
        printf '\n%s\nRun this? [y]es, [s]kip, [q]uit: ' "$1"
        read -r answer || { echo; exit 1; }
        case $answer in
            y | yes) ran=yes; some=yes; begun; return 0 ;;
            s | skip) ran=$some; return 1 ;;
            q | quit) exit 1 ;;
        esac
    done
}

# wanted: whether to go through a step that not everybody needs.
wanted() {
    while :; do
        printf 'Do you need this step? [y/n] '
        read -r answer || { echo; exit 1; }
        case $answer in
            y | yes) return 0 ;;
            n | no) return 1 ;;
        esac
    done
}

# ended STATUS: stops if a command failed where the shell itself goes on, as after the first
# part of a && b.
ended() {
    [ "$1" -eq 0 ] || exit "$1"
}

# by_hand WHAT: waits until it is done. Who quits may have begun it.
by_hand() {
    while :; do
        printf '\nBy hand: %s\nDone? [y]es, [s]kip, [q]uit: ' "$1"
        read -r answer || { echo; exit 1; }
        case $answer in
            y | yes) begun; return 0 ;;
            s | skip) return 0 ;;
            q | quit) begun; exit 1 ;;
        esac
    done
}

# finished: goes on when what stands above is done.
finished() {
    while :; do
        printf 'Done, or not for you? [y/n] '
        read -r answer || { echo; exit 1; }
        case $answer in
            y | yes) return 0 ;;
            n | no) exit 1 ;;
        esac
    done
}

# show <<TEXT: what is to be read, or put into a file.
show() {
    echo
    cat
}

# expect TEXT: stops unless the output has it, as a word of its own.
expect() {
    printf '%s\n' "$output"
    seen=" $(printf '%s' "$output" | tr -s '[:space:]' '[ *]') "
    output=
    case $seen in
        *[!0-9A-Za-z]"$1"[!0-9A-Za-z]*) printf 'As expected: %s\n' "$1" ;;
        *) printf 'Expected: %s\n' "$1" >&2; exit 1 ;;
    esac
}
