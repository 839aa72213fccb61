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

# Where it is, wherever a command goes.
case $0 in
    /*) itself=$0 ;;
    *) itself=$PWD/$0 ;;
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
looks=yes
some=no
output=
undo_of_step=
only_by_words=no
undo=
undo_then=
later_of_step=
later=
takes_back=no
changed=no
skipped=

# At the end, however it comes: says why it stopped, and how to take back what was begun.
finish() {
    status=$?
    trap - EXIT
    if [ -n "$output" ]; then
        printf '%s\n' "$output"
    fi
    if [ "$number" -lt "$from" ]; then
        # Asked about a step that is passed over, before it comes to what was begun.
        printf '\nNothing was run. To go on: sh %s --from %s\n' "$script" "$from" >&2
        exit "$status"
    fi
    if [ "$status" -ne 0 ]; then
        printf '\nStopped in “%s” (exit %s). Nothing after it was run.\n' "$step" "$status" >&2
        if [ "$number" -gt 0 ]; then
            printf 'To go on from this step: sh %s --from %s\n' "$script" "$number" >&2
        fi
    fi
    tell_skipped
    if [ -n "$undo" ]; then
        printf '\nTo take back what was begun, the last first; of what was done in part, only that part:\n\n%s\n' "$undo"
        if [ -n "$undo_then" ]; then
            printf 'Only once that is done, what else was begun:\n\n%s\n' "$undo_then"
        fi
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
    looks=yes
    some=no
    undo_of_step=
    later_of_step=
    takes_back=no
    if reached; then
        printf '\n== %s/%s %s\n' "$number" "$steps" "$step"
        if [ $# -gt 1 ]; then printf '%s\n' "$2"; fi
    fi
}

# reached: whether the step is to be gone through.
reached() {
    [ "$number" -ge "$from" ]
}

# next_reached: whether the next step is.
next_reached() {
    [ "$number" -ge $((from - 1)) ]
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

# undo_later <<TEXT: what later steps take back of this one, kept for when its first change begins.
undo_later() {
    later_of_step=$(cat)
}

# begun: from now on there is something to take back.
begun() {
    changed=yes
    case $later in
        *"$later_of_step"*) ;;
        *) later="$later_of_step${later:+

$later}" ;;
    esac
    if [ -n "$undo_of_step" ]; then
        if [ "$only_by_words" = yes ]; then
            undo_then=$undo$undo_then
            undo=
        fi
        # What is passed over was only said to be done.
        undo="$step$(reached || echo ' (taken as done)')
$undo_of_step

$undo"
        undo_of_step=
    fi
    # What such a step takes back, no later one does.
    if [ "$takes_back" = yes ]; then later=; fi
}

# skip: leaves out something of this step and what verifies it, and remembers it.
skip() {
    ran=$some
    case $skipped in
        *"$number $step") ;;
        *) skipped="${skipped:+$skipped
}$number $step" ;;
    esac
}

# tell_skipped: says of which steps something was skipped.
tell_skipped() {
    if [ -n "$skipped" ]; then
        printf '\nSkipped, in whole or in part:\n\n%s\n' "$skipped"
    fi
}

# confirm WHAT NUMBER: whether to run the commands that follow, up to their number. A step of which
# nothing was run has nothing to look at either, unless it was done before.
confirm() {
    while :; do
        printf '\n%s\nRun this? [y]es, [v]iew it, [d]one already, [s]kip, [q]uit: ' "$1"
        read -r answer || { echo; exit 1; }
        case $answer in
            y | yes) ran=yes; looks=yes; some=yes; begun; return 0 ;;
            v | view) echo; sed -n "/' $2; then\$/,/^fi # $2\$/{//!p;}" "$itself" ;;
            d | 'done') ran=yes; looks=yes; some=yes; begun; return 1 ;;
            s | skip) skip; looks=$some; return 1 ;;
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

# worked STATUS: whether a command did that is only to look, and is tried again if it did not. From
# here on a failure stops the script again.
worked() {
    set -e
    [ "$1" -ne 0 ] || return 0
    [ -z "$output" ] || printf '%s\n' "$output"
    output=
    printf 'It failed (exit %s).\n' "$1" >&2
    look_again
    return 1
}

# look_again: whether to look once more at what may take a while; who does not want to stops here.
look_again() {
    while :; do
        printf 'Look again? [y/n] '
        read -r answer || { echo; exit 1; }
        case $answer in
            y | yes) return 0 ;;
            n | no) exit 1 ;;
        esac
    done
}

# as_it_should_be WHAT: whether what is shown is that, which only the reader can say; if not, it is
# shown again.
as_it_should_be() {
    while :; do
        printf '\n%s\nIs it as it should be? [y]es, look [a]gain, [q]uit: ' "$1"
        read -r answer || { echo; exit 1; }
        case $answer in
            y | yes) return 0 ;;
            a | again) return 1 ;;
            q | quit) exit 1 ;;
        esac
    done
}

# by_hand WHAT [command]: waits until it is done. Who quits may have begun it. Who skips it is still
# shown what the step looks at by itself, unless it is a command.
by_hand() {
    while :; do
        printf '\nBy hand: %s\nDone? [y]es, [s]kip, [q]uit: ' "$1"
        read -r answer || { echo; exit 1; }
        case $answer in
            y | yes) ran=yes; looks=yes; some=yes; begun; return 0 ;;
            s | skip) skip; [ $# -lt 2 ] || looks=$some; return 0 ;;
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

# expect TEXT [again]: stops unless the output says it, or asks whether to look again; as the page
# judges one that is pasted into it: in whole lines, in rows of which each cell is it, or as a named
# value, the only one of its kind.
expect() {
    printf '%s\n' "$output"
    if printf '%s\n' "$output" | LC_ALL=C WANTED=$1 awk '
        function trimmed(text) {
            gsub(/^[ \t\r]+|[ \t\r]+$/, "", text)
            return text ""
        }
        function is(value, text) {
            return value == text || value == "\"" text "\""
        }
        # A word, a number or a size, or a version, quoted or not.
        function kind(value) {
            sub(/^["v+-]+/, "", value)
            return value !~ /^[0-9]/ ? "word" : value ~ /[.]/ ? "version" : "number"
        }
        # Keeps a value that has a name.
        function keep(member, quote,    at, name, value) {
            at = index(member, ":")
            name = trimmed(substr(member, 1, at - 1))
            value = trimmed(substr(member, at + 1))
            if (name !~ "^" quote "[A-Za-z][A-Za-z0-9_-]*" quote "$" || value == "") return
            place[++kept] = count
            names[kept] = tolower(name)
            values[kept] = value
        }
        function says(number, text,    cells, cell, size, some, i) {
            if (lines[number] == text) return 1
            size = split(lines[number], cells, /[|\t]/)
            for (i = 1; i <= size && size > 1; i++) {
                cell = trimmed(cells[i])
                if (cell == "") continue
                some = cell == text
                if (!some) break
            }
            if (some) return 1
            for (i = 1; i <= kept && !unclear; i++) {
                if (place[i] != number || names[i] ~ /error|fail|fatal|warn/) continue
                if (is(values[i], text)) return 1
            }
            return 0
        }
        {
            line = trimmed($0)
            if (line == "") next
            lines[++count] = line
            keep(line, "")
            size = split(line, members, /[][{},]/)
            for (i = 1; i <= size; i++) keep(members[i], "\"")
        }
        END {
            size = split(ENVIRON["WANTED"], wanted, "\n")
            for (i = 1; i <= kept; i++) {
                like = same = 0
                for (n = 1; n <= size; n++) {
                    if (is(values[i], wanted[n] "")) same = 1
                    if (kind(values[i]) == kind(wanted[n])) like = 1
                }
                if (like && !same) unclear = 1
            }
            for (first = 0; size > 0 && first + size <= count; first++) {
                for (n = 1; n <= size && says(first + n, wanted[n] ""); n++) continue
                if (n > size) exit 0
            }
            exit 1
        }'
    then
        output=
        printf 'As expected: %s\n' "$1"
    else
        output=
        printf 'Expected: %s\n' "$1" >&2
        [ "${2-}" = again ] || exit 1
        look_again
        return 1
    fi
}
