# What every script begins with, once it says how many `_steps` it has. Its names begin with _, so
# that a command of the page may have any other.
set -eu
# Where the shell can, a pipe fails if any part of it does.
# shellcheck disable=SC3040
(set -o pipefail) 2>/dev/null && set -o pipefail

if ! [ -f "$0" ]; then
    echo 'Save this script to a file and run that: it reads your answers from its input.' >&2
    exit 2
fi

# What this script is called, for a shell.
_script=$0
case $0 in
    *[!0-9A-Za-z./_-]*) _script="'$(printf '%s\n' "$0" | sed "s/'/'\\\\''/g")'" ;;
esac

# Where it is, wherever a command goes.
case $0 in
    /*) _itself=$0 ;;
    *) _itself=$PWD/$0 ;;
esac

# --from STEP: the step to go on from; those before it are taken as done.
_from=0
if [ $# -eq 2 ] && [ "$1" = --from ]; then
    case $2 in '' | 0* | *[!0-9]* | ??????*) ;; *) _from=$2; set -- ;; esac
fi
if [ $# -gt 0 ] || [ "$_from" -gt "$_steps" ]; then
    printf 'Usage: sh %s [--from STEP], where STEP is a number from 1 to %s.\n' "$_script" "$_steps" >&2
    exit 2
fi

# What a command prints stays on the screen: no pager waits there for a key.
PAGER=cat PSQL_PAGER=cat AWS_PAGER=
export PAGER PSQL_PAGER AWS_PAGER

_step=start
_at_end=no
_number=0
_ran=yes
_looks=yes
_some=no
_output=
_undo_of_step=
_only_by_words=no
_undo=
_undo_then=
_later_of_step=
_later=
_takes_back=no
_changed=no
_skipped=

# At the end, however it comes: says why it stopped, and how to take back what was begun.
_finish() {
    _status=$?
    trap - EXIT
    if [ -n "$_output" ]; then
        printf '%s\n' "$_output"
    fi
    if [ "$_number" -lt "$_from" ]; then
        # Asked about a step that is passed over, before it comes to what was begun.
        printf '\nNothing was run. To go on: sh %s --from %s\n' "$_script" "$_from" >&2
        exit "$_status"
    fi
    if [ "$_at_end" = no ]; then
        printf '\nStopped in “%s” (exit %s). Nothing after it was run.\n' "$_step" "$_status" >&2
        # A command may have left with 0.
        [ "$_status" -ne 0 ] || _status=1
        if [ "$_number" -gt 0 ]; then
            printf 'To go on from this step: sh %s --from %s\n' "$_script" "$_number" >&2
        fi
    fi
    _tell_skipped
    if [ -n "$_undo" ]; then
        printf '\nTo take back what was begun, the last first; of what was done in part, only that part:\n\n%s\n' "$_undo"
        if [ -n "$_undo_then" ]; then
            printf 'Only once that is done, what else was begun:\n\n%s\n' "$_undo_then"
        fi
    fi
    if [ "$_status" -ne 0 ] && [ "$_changed" = yes ] && [ -n "$_later" ]; then
        printf '\nWhat a later step would have taken back:\n\n%s\n' "$_later"
    fi
    exit "$_status"
}

# _guard: stops at a failure, and tells of it, whatever a command switched off.
_guard() {
    set -eu
    trap _finish EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
}
_guard

# _begin TITLE [WORDS]: says which step comes now.
_begin() {
    _step=$1
    _number=$((_number + 1))
    _ran=yes
    _looks=yes
    _some=no
    _undo_of_step=
    _later_of_step=
    _takes_back=no
    if _reached; then
        printf '\n== %s/%s %s\n' "$_number" "$_steps" "$_step"
        if [ $# -gt 1 ]; then printf '%s\n' "$2"; fi
    fi
}

# _reached: whether the step is to be gone through.
_reached() {
    [ "$_number" -ge "$_from" ]
}

# _next_reached: whether the next step is.
_next_reached() {
    [ "$_number" -ge $((_from - 1)) ]
}

# _undo_with <<TEXT: how this step is taken back, kept for when its first change begins, which it
# has where the step is taken as done.
_undo_with() {
    _only_by_words=no
    _undo_of_step=$(cat)
    _reached || _begun
}

# _undo_by_words <<TEXT: the same where no command takes it back, as there is another way to go
# before anything else is taken back.
_undo_by_words() {
    _only_by_words=yes
    _undo_of_step=$(cat)
    _reached || _begun
}

# _undo_later <<TEXT: what later steps take back of this one, kept for when its first change begins.
_undo_later() {
    _later_of_step=$(cat)
}

# _begun: from now on there is something to take back.
_begun() {
    _changed=yes
    case $_later in
        *"$_later_of_step"*) ;;
        *) _later="$_later_of_step${_later:+

$_later}" ;;
    esac
    if [ -n "$_undo_of_step" ]; then
        if [ "$_only_by_words" = yes ]; then
            _undo_then=$_undo$_undo_then
            _undo=
        fi
        # What is passed over was only said to be done.
        _undo="$_step$(_reached || echo ' (taken as done)')
$_undo_of_step

$_undo"
        _undo_of_step=
    fi
    # What such a step takes back, no later one does.
    if [ "$_takes_back" = yes ]; then _later=; fi
}

# _skip: leaves out something of this step and what verifies it, and remembers it.
_skip() {
    _ran=$_some
    case $_skipped in
        *"$_number $_step") ;;
        *) _skipped="${_skipped:+$_skipped
}$_number $_step" ;;
    esac
}

# _tell_skipped: says of which steps something was skipped.
_tell_skipped() {
    if [ -n "$_skipped" ]; then
        printf '\nSkipped, in whole or in part:\n\n%s\n' "$_skipped"
    fi
}

# _confirm WHAT NUMBER: whether to run the commands that follow, up to their number. A step of which
# nothing was run has nothing to look at either, unless it was done before.
_confirm() {
    while :; do
        printf '\n%s\nRun this? [y]es, [v]iew it, [d]one already, [s]kip, [q]uit: ' "$1"
        read -r _answer || { echo; exit 1; }
        case $_answer in
            y | yes) _ran=yes; _looks=yes; _some=yes; _begun; return 0 ;;
            v | view) echo; sed -n "/' $2; then\$/,/^fi # $2\$/{//!p;}" "$_itself" ;;
            d | 'done') _ran=yes; _looks=yes; _some=yes; _begun; return 1 ;;
            s | skip) _skip; _looks=$_some; return 1 ;;
            q | quit) exit 1 ;;
        esac
    done
}

# _wanted: whether to go through a step that not everybody needs.
_wanted() {
    while :; do
        printf 'Do you need this step? [y/n] '
        read -r _answer || { echo; exit 1; }
        case $_answer in
            y | yes) return 0 ;;
            n | no) return 1 ;;
        esac
    done
}

# _ended STATUS: stops if a command failed where the shell itself goes on, as after the first
# part of a && b.
_ended() {
    _guard
    [ "$1" -eq 0 ] || exit "$1"
}

# _worked STATUS: whether a command did that is only to look, and is tried again if it did not. From
# here on a failure stops the script again.
_worked() {
    set -e
    [ "$1" -ne 0 ] || return 0
    [ -z "$_output" ] || printf '%s\n' "$_output"
    _output=
    printf 'It failed (exit %s).\n' "$1" >&2
    _look_again
    return 1
}

# _look_again: whether to look once more at what may take a while; who does not want to stops here.
_look_again() {
    while :; do
        printf 'Look again? [y/n] '
        read -r _answer || { echo; exit 1; }
        case $_answer in
            y | yes) return 0 ;;
            n | no) exit 1 ;;
        esac
    done
}

# _as_it_should_be WHAT: whether what is shown is that, which only the reader can say; if not, it is
# shown again.
_as_it_should_be() {
    while :; do
        printf '\n%s\nIs it as it should be? [y]es, look [a]gain, [q]uit: ' "$1"
        read -r _answer || { echo; exit 1; }
        case $_answer in
            y | yes) return 0 ;;
            a | again) return 1 ;;
            q | quit) exit 1 ;;
        esac
    done
}

# _by_hand WHAT [command]: waits until it is done. Who quits may have begun it. Who skips it is still
# shown what the step looks at by itself, unless it is a command.
_by_hand() {
    while :; do
        printf '\nBy hand: %s\nDone? [y]es, [s]kip, [q]uit: ' "$1"
        read -r _answer || { echo; exit 1; }
        case $_answer in
            y | yes) _ran=yes; _looks=yes; _some=yes; _begun; return 0 ;;
            s | skip) _skip; [ $# -lt 2 ] || _looks=$_some; return 0 ;;
            q | quit) _begun; exit 1 ;;
        esac
    done
}

# _finished: goes on when what stands above is done.
_finished() {
    while :; do
        printf 'Done, or not for you? [y/n] '
        read -r _answer || { echo; exit 1; }
        case $_answer in
            y | yes) return 0 ;;
            n | no) exit 1 ;;
        esac
    done
}

# _show <<TEXT: what is to be read, or put into a file.
_show() {
    echo
    cat
}

# _expect TEXT [again]: stops unless the output says it, or asks whether to look again; as the page
# judges one that is pasted into it: in whole lines, in rows of which each cell is it, or as a named
# value, the only one of its kind; and in none with an error of a client or another number.
_expect() {
    printf '%s\n' "$_output"
    if printf '%s\n' "$_output" | LC_ALL=C WANTED=$1 awk '
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
        # Keeps a value that has a name, between which this stands.
        function keep(member, sign, quote,    at, name, value) {
            at = index(member, sign)
            name = trimmed(substr(member, 1, at - 1))
            value = trimmed(substr(member, at + 1))
            if (sub(/^@@/, "", name)) sub(/^[^.]*[.]/, "", name)
            if (name !~ "^" quote "[A-Za-z][A-Za-z0-9_-]*" quote "$" || value == "") return
            place[++kept] = count
            names[kept] = tolower(name)
            values[kept] = value
        }
        # Whether a value is another of the same kind.
        function other(value,    n, like) {
            for (n = 1; n <= size; n++) {
                if (is(value, wanted[n] "")) return 0
                if (kind(value) == kind(wanted[n])) like = 1
            }
            return like
        }
        # A number, a size or a version, and nothing else.
        function figure(value) {
            return kind(value) != "word" && value ~ /^["v+-]*[0-9A-Za-z.]*["v+-]*$/
        }
        function row(rest, text,    at, gap, some) {
            while (text != "" && (at = index(rest, text)) > 0) {
                gap = substr(rest, 1, at - 1)
                if (gap ~ /[^ \t|]/ || (some && gap == "")) return 0
                some = 1
                rest = substr(rest, at + length(text))
            }
            return some && rest !~ /[^ \t|]/
        }
        # An error as clients print it, behind their name or a place.
        function fails(line,    parts, many, part, i) {
            many = split(line, parts, ":")
            for (i = 1; i <= many; i++) {
                part = tolower(trimmed(parts[i]))
                sub(/^got[ \t]+/, "", part)
                if (part ~ /^(error|fatal)([ \t]|$)/) return 1
                if (part == "" || part ~ /[ \t]/) break
            }
            return line ~ /^curl: [(]/
        }
        # Whether a line is an error, or holds another number and nothing else.
        function contradicts(line,    cells, many, i) {
            for (i = 1; i <= size; i++) if (row(line, wanted[i] "")) return 0
            if (fails(line)) return 1
            many = split(line, cells, /[ \t|]+/)
            for (i = 1; i <= many; i++) if (cells[i] != "" && !figure(cells[i])) return 0
            for (i = 1; i <= many; i++) if (cells[i] != "" && other(cells[i])) return 1
            return 0
        }
        function says(number, text,    i) {
            if (row(lines[number], text)) return 1
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
            keep(line, ":")
            many = split(line, members, /[][{},]/)
            for (i = 1; i <= many; i++) keep(members[i], ":", "\"")
            # A row of a name and a figure, which more than one space parts.
            gsub(/^[| \t]+|[| \t]+$/, "", line)
            if (line !~ /[|\t]|  /) next
            if (gsub(/[| \t]+/, "|", line) == 1 && figure(substr(line, index(line, "|") + 1))) keep(line, "|")
        }
        END {
            size = split(ENVIRON["WANTED"], wanted, "\n")
            for (i = 1; i <= count; i++) if (contradicts(lines[i])) exit 1
            for (i = 1; i <= kept; i++) {
                if (!other(values[i])) continue
                if (figure(values[i])) exit 1
                unclear = 1
            }
            for (first = 0; size > 0 && first + size <= count; first++) {
                for (n = 1; n <= size && says(first + n, wanted[n] ""); n++) continue
                if (n > size) exit 0
            }
            exit 1
        }'
    then
        _output=
        printf 'As expected: %s\n' "$1"
    else
        _output=
        printf 'Expected: %s\n' "$1" >&2
        [ "${2-}" = again ] || exit 1
        _look_again
        return 1
    fi
}
