//! German, with the formal address, as handbooks have it.

use super::Words;
use crate::environment::Objection;
use crate::environment::value::ValueType;
use crate::progress::{Evidence, Figures, Lack, Mark, Review, StepState, Verdict};
use crate::saved::{Trouble, Unreadable};

/// German.
pub static GERMAN: Words = Words {
    lang: "de",

    eyebrow: "Upgrade-Checkliste",
    guides: "Version",

    environment: "Ihre Umgebung",
    environment_hint: "Wählen Sie aus, dann bleiben nur die Schritte und Befehle, die Sie brauchen. Was offen bleibt, wird für jeden Fall gezeigt.",
    values: "Werte in den Befehlen",
    values_hint: "Sie stehen in jedem Befehl weiter unten, so maskiert, wie es dessen Sprache verlangt. Nach Passwörtern wird nie gefragt.",
    undecided: "Alle zeigen",
    default: "Vorgabe",
    needed: "Nötig",
    suggested: "Vorschlag",
    most_instead_of: "(mehr geht nicht) statt",
    use_it: "Übernehmen",
    in_use: "(übernommen)",

    phases: "Phasen",
    next: "Als Nächstes",
    failed: "Es schlug fehl: weiter bei",
    finished: "Alles ist erledigt",
    finished_without_proof: "Alles ist abgehakt, aber nicht jede Ausgabe ist wie erwartet",
    progress: "Fortschritt",
    glance: "Das ganze Upgrade auf einen Blick",
    print: "Drucken",
    print_question: "Was offen bleibt, wird für jeden Fall gedruckt, auf vielen Seiten. Wählen Sie zuerst aus, und nur das Ihre wird gedruckt.",
    print_all: "Jeden Fall drucken",
    download: "Herunterladen",
    download_markdown: "Aufgabenliste (Markdown)",
    download_text: "Nur Text",
    download_script: "Skript, das vorher fragt (sh)",
    download_script_later: "Für ein Skript muss zuerst alles ausgewählt sein.",
    download_json: "Für andere Programme (JSON)",
    no_runbook: "Die Datei konnte nicht geschrieben werden, weil ein Teil des Programms nicht zu laden war. Verloren ist nichts: Bitte versuchen Sie es noch einmal, oder laden Sie die Seite neu.",
    start_over: "Neu anfangen",
    start_over_question: "Alle Haken, Notizen und Antworten dieses Durchlaufs vergessen? Das lässt sich nicht rückgängig machen. Um sie zu behalten, weiter oben einen neuen Durchlauf beginnen.",
    start_over_yes: "Ja, neu anfangen",

    copy: "Kopieren",
    copied: "Kopiert",
    copy_failed: "Nicht kopiert: bitte markieren und von Hand kopieren",
    expect: "Erwartet",
    caution: "Vorsicht",
    original: "Wie auf der Originalseite",
    paste: "Ausgabe einfügen",
    output: "Ausgabe dieses Befehls. Sie bleibt in Ihrem Browser; bitte keine Passwörter",

    verify: "Prüfen",
    undo: "Rückgängig machen",
    added: "Ergänzung zur Originalseite",
    source: "Quelle",
    only: "Nur für",
    only_some: "Nur in manchen Fällen",
    table: "Tabelle",

    details: "Einzelheiten:",
    after: "Nach",
    note: "Ihre Notiz",
    add_note: "Notiz",
    not_applicable: "Trifft hier nicht zu",
    reopen: "Wieder öffnen",
    why_not: "Warum es hier nicht zutrifft",
    changed: "Dieser Schritt hat sich geändert, seit Sie darüber entschieden haben. Bitte lesen Sie ihn noch einmal und bestätigen oder öffnen Sie ihn.",
    renew: "Erneut erledigt",
    gate: "Start oder Stopp",
    regardless: "Trotzdem weitermachen? Sagen Sie, warum",
    reason: "Grund",
    evidence: "Ausgabe",
    nothing: "nichts",

    keys: "Tastenkürzel",
    keys_on: "Einzelne Tasten führen durch die Checkliste",
    key_next_open: "Nächster offener Schritt",
    key_next: "Nächster Schritt",
    key_previous: "Voriger Schritt",
    key_done: "Erledigt oder nicht",

    filter: "Angezeigte Schritte",
    search: "Schritte durchsuchen",
    show: "Zeigen",
    show_all: "Alle",
    show_open: "Offene",
    show_undecided: "Zu prüfende",
    show_ours: "Unsere",
    area: "Bereich",
    everywhere: "Überall",
    show_everything: "Alle Schritte zeigen",
    ours: "Betrifft uns",

    run: "Durchlauf",
    first_run: "Erster Durchlauf",
    run_name: "Name dieses Durchlaufs",
    other_runs: "Andere Durchläufe",
    new_run: "Ein weiterer Durchlauf dieser Checkliste",
    new_run_example: "Produktion",
    start_run: "Beginnen",
    delete_run: "Diesen Durchlauf löschen",
    deleted_runs: "Gelöschte Durchläufe",
    deleted: "Gelöscht",
    restore_run: "Zurückholen",
    forget_run: "Endgültig löschen",
    run_deleted: "Der Durchlauf wurde gelöscht. Sie können ihn jederzeit zurückholen.",
    run_deleted_elsewhere: "Dieser Durchlauf wurde gelöscht, vielleicht in einem anderen Tab. Nichts davon ist verloren.",
    other_runs_unsaved: "Was Sie in einem anderen Durchlauf getan haben, ließ sich noch nicht speichern. Lassen Sie die Seite offen, bis dieser Hinweis verschwindet.",
    take_back: "Rückgängig",

    save_file: "Als Datei speichern",
    read_file: "Datei öffnen",
    copy_tasks: "Als Aufgabenliste kopieren",
    copy_link: "Link mit Ihrer Auswahl kopieren",
    copy_link_with_values: "… und mit Ihren Werten",
    copied_tasks: "Die Aufgabenliste ist in der Zwischenablage, als Markdown.",
    copied_link: "Der Link ist in der Zwischenablage.",
    copy_refused: "Der Browser lässt das Kopieren nicht zu.",
    from_file: "aus einer Datei",
    file_changes: "Was diese Datei ändern würde",
    file_refused: "Diese Datei kann nicht übernommen werden.",
    link_changes: "Was dieser Link ändern würde",
    link_taken: "Ihre Auswahl stammt aus dem Link.",
    no_changes: "Darin steht nichts, was nicht schon hier ist.",
    newer_alone: "Darin steht dasselbe wie hier, aber zu anderer Zeit entschieden.",
    newer_here: "Was bleibt, wurde hier später entschieden. Was die Datei sagt, zeigt sie als eigener Durchlauf.",
    take_offer: "Übernehmen",
    open_offer: "Als eigenen Durchlauf öffnen",
    of_another_run: ["Diese Datei ist vom Durchlauf „", "“, und gezeigt wird hier „", "“."],
    older_answer: [": bleibt ", ", die Datei sagt "],
    leave_offer: "Nicht übernehmen",

    archived: "Nicht mehr in dieser Checkliste",
    archived_hint: "Was Sie mit Schritten getan haben, die es auf der Seite nicht mehr gibt. Es bleibt erhalten und zählt nicht mit.",

    done_by: "Ausgeführt von",
    checked_by: "Geprüft von",
    window: "Wartungsfenster",
    undo_sheet: "Zurück auf einem Blatt",
    undo_sheet_hint: "So nehmen Sie das Upgrade zurück, vom letzten Schritt zum ersten.",
    only_then: "Erst danach, was sonst begonnen wurde:",
    links: "Links",
    time: "Uhrzeit",
    initials: "Kürzel",
    sign_off: "Abnahme",
    name: "Name",
    date: "Datum",
    signature: "Unterschrift",

    dismiss: "Schließen",
    not_saved: "Nicht gespeichert",
    save_it: "Als Datei speichern",
    save_aside: "Das Beiseitegelegte speichern",
    damaged: "Die Checkliste wurde unterwegs beschädigt. Bitte laden Sie die Seite neu.",
    no_place: "Auf dieser Seite ist kein Platz für eine Checkliste.",

    no_such_guide,
    no_guides_at,
    state,
    still,
    marked_for,
    marked_for_short,
    severity,
    minutes,
    about_minutes,
    extent,
    effect,
    figures,
    percent,
    left,
    review,
    shown,
    outputs,
    between,
    more,
    change,
    gone,
    file_damaged,
    link_unknown,
    stale,
    lack,
    go,
    open_before,
    verdict,
    scope,
    restart,
    reconnect,
    verified,
    invalid,
    objection,
    unreadable,
    trouble,
};

fn state(state: StepState) -> &'static str {
    match state {
        StepState::Todo => "Offen",
        StepState::Done => "Erledigt",
        StepState::NotApplicable => "Trifft nicht zu",
        StepState::Changed => "Geändert",
    }
}

fn still(mark: Option<Mark>) -> &'static str {
    match mark {
        Some(Mark::NotApplicable) => "Trifft weiterhin nicht zu",
        Some(Mark::Ours) => "Betrifft uns weiterhin",
        _ => "Weiterhin erledigt",
    }
}

fn marked_for(mark: Option<Mark>, choices: &[String]) -> String {
    let decided = match mark {
        Some(Mark::NotApplicable) => "Beiseitegelegt für ",
        _ => "Abgehakt für ",
    };
    [decided, &choices.join(", "), ". Mit Ihrer jetzigen Auswahl ist dieser Schritt ein anderer."].concat()
}

fn marked_for_short(choices: &[String]) -> String {
    ["entschieden für ", &choices.join(", ")].concat()
}

fn severity(severity: &str) -> String {
    match severity {
        "required" => "Erforderlich",
        "recommended" => "Empfohlen",
        "optional" => "Optional",
        other => other,
    }
    .to_owned()
}

fn minutes(minutes: u32) -> String {
    [&minutes.to_string(), " Min."].concat()
}

fn about_minutes(minutes: u32) -> String {
    match minutes {
        1 => "Etwa eine Minute".to_owned(),
        _ => ["Etwa ", &minutes.to_string(), " Minuten"].concat(),
    }
}

fn extent(steps: usize, minutes: u32) -> String {
    let count = steps.to_string();
    let noun = if steps == 1 { " Schritt" } else { " Schritte" };
    match minutes {
        0 => [&count, noun].concat(),
        1 => [&count, noun, ", etwa eine Minute"].concat(),
        2..90 => [&count, noun, ", etwa ", &minutes.to_string(), " Minuten"].concat(),
        _ => [&count, noun, ", etwa ", &minutes.div_ceil(60).to_string(), " Stunden"].concat(),
    }
}

fn effect(changed: usize, before: usize, now: usize) -> String {
    let changes = match changed {
        0 if before == now => "Kein Schritt ist anders.".to_owned(),
        1 => "1 Schritt ist anders.".to_owned(),
        _ => [&changed.to_string(), " Schritte sind anders."].concat(),
    };
    match before == now {
        true => changes,
        false => {
            [&changes, " Jetzt sind es ", &now.to_string(), ", vorher ", &before.to_string(), "."].concat()
        }
    }
}

fn figures(figures: Figures) -> String {
    let Figures { done, not_applicable, .. } = figures;
    let (done, of) = (done.to_string(), figures.applicable().to_string());
    match not_applicable {
        0 => [&done, " von ", &of, " erledigt"].concat(),
        _ => [&done, " von ", &of, " erledigt, ", &not_applicable.to_string(), " nicht zutreffend"].concat(),
    }
}

fn percent(percent: u8) -> String {
    [&percent.to_string(), "\u{a0}%"].concat()
}

fn left(minutes: u32) -> String {
    match minutes {
        1 => "noch etwa eine Minute".to_owned(),
        2..90 => ["noch etwa ", &minutes.to_string(), " Minuten"].concat(),
        _ => ["noch etwa ", &minutes.div_ceil(60).to_string(), " Stunden"].concat(),
    }
}

fn review(review: Review) -> String {
    let Review { undecided, ours, done, not_ours } = review;
    let all = undecided + ours + done + not_ours;
    let counts = [
        (undecided, " zu prüfen"),
        (ours, " zu erledigen"),
        (done, " erledigt"),
        (not_ours, " nicht zutreffend"),
    ];
    let parts = counts.iter().filter(|(count, _)| *count > 0);
    let parts: Vec<String> = parts.map(|(count, what)| [&count.to_string(), *what].concat()).collect();
    let noun = if all == 1 { " Änderung: " } else { " Änderungen: " };
    [&all.to_string(), noun, &parts.join(", ")].concat()
}

fn shown(shown: usize, all: usize) -> String {
    match shown {
        0 => "Kein Schritt passt dazu.".to_owned(),
        1 => ["1 von ", &all.to_string(), " Schritten wird gezeigt."].concat(),
        _ => [&shown.to_string(), " von ", &all.to_string(), " Schritten werden gezeigt."].concat(),
    }
}

fn outputs(kept: usize, good: usize) -> String {
    match (kept, kept - good.min(kept)) {
        (0, _) => "Keine Ausgabe wurde aufbewahrt.".to_owned(),
        (1, 0) => "Eine Ausgabe wurde aufbewahrt, wie erwartet.".to_owned(),
        (1, _) => "Eine Ausgabe wurde aufbewahrt, nicht wie erwartet.".to_owned(),
        (_, 0) => [&kept.to_string(), " Ausgaben wurden aufbewahrt, alle wie erwartet."].concat(),
        (_, bad) => {
            let bad = bad.to_string();
            [&kept.to_string(), " Ausgaben wurden aufbewahrt, davon ", &bad, " nicht wie erwartet."].concat()
        }
    }
}

fn between(from: &str, to: &str) -> String {
    if from == to { [from, "."].concat() } else { ["Von ", from, " bis ", to, "."].concat() }
}

fn more(changes: usize) -> String {
    ["und ", &changes.to_string(), " weitere"].concat()
}

fn change(former: &str, present: &str) -> &'static str {
    match (former, present) {
        ("", _) => "Neu:",
        (_, "") => "Weggefallen:",
        _ => "Umformuliert:",
    }
}

fn gone(passages: usize) -> String {
    match passages {
        1 => "Ein Absatz ist weggefallen oder lautet jetzt anders. Sein früherer Wortlaut wurde nicht aufbewahrt."
            .to_owned(),
        _ => {
            let number = passages.to_string();
            let gone = " Absätze sind weggefallen oder lauten jetzt anders. Ihr früherer Wortlaut wurde nicht aufbewahrt.";
            [&number, gone].concat()
        }
    }
}

fn file_damaged(places: &[String]) -> String {
    ["Nicht alles in dieser Datei ist lesbar. Weggelassen wird: ", &super::some_of(places, more), "."]
        .concat()
}

fn link_unknown(names: &[String]) -> String {
    ["Diese Checkliste kann nicht verwenden, was der Link angibt: ", &super::some_of(names, more)].concat()
}

fn stale(hours: u32) -> String {
    let ago = match hours {
        1 => "einer Stunde".to_owned(),
        _ => [&hours.to_string(), " Stunden"].concat(),
    };
    ["Vor mehr als ", &ago, " erledigt: zu lange her für das, was folgt. Bitte erneut erledigen."].concat()
}

fn lack(lack: Lack) -> &'static str {
    match lack {
        Lack::Open => "noch offen",
        Lack::Stale => "zu lange her",
        Lack::Waived => "ohne Grund ausgelassen",
        Lack::Disproved => "die Ausgabe ist nicht die erwartete",
        Lack::Failed => "ist erledigt, also schlug dieser Schritt fehl",
    }
}

fn go(go: bool, state: StepState) -> &'static str {
    match (go, state) {
        (true, _) => "Bereit.",
        (false, StepState::Done) => "Trotzdem erledigt.",
        (false, _) => "Stopp.",
    }
}

fn open_before(open: usize) -> String {
    match open {
        0 => "Nichts vor diesem Schritt steht im Weg.".to_owned(),
        1 => "Ein Schritt davor steht im Weg.".to_owned(),
        _ => [&open.to_string(), " Schritte davor stehen im Weg."].concat(),
    }
}

fn verdict(kept: &Evidence, expected: &str, changed: &str) -> String {
    match kept.verdict {
        _ if kept.expected != expected => {
            let now = ". Jetzt wird ";
            ["Verglichen mit ", &kept.expected, now, expected, " erwartet: bitte neu einfügen."].concat()
        }
        _ if !changed.is_empty() => {
            ["Seit dem Einfügen geändert: ", changed, ". Bitte neu einfügen."].concat()
        }
        Verdict::Expected => "Wie erwartet.".to_owned(),
        Verdict::Among => "Das Erwartete steht darin, neben anderen Zeilen.".to_owned(),
        Verdict::Other => ["Nicht wie erwartet. Erwartet wird ", expected, "."].concat(),
    }
}

fn scope(scope: &str) -> String {
    match scope {
        "session" => "Ändert nur diese Sitzung".to_owned(),
        "role" => "Ändert eine Rolle in einer Datenbank".to_owned(),
        "database" => "Ändert eine Datenbank".to_owned(),
        "server" => "Ändert den ganzen Server".to_owned(),
        "files" => "Schreibt Dateien".to_owned(),
        "nothing" => "Ändert nichts".to_owned(),
        other => ["Ändert: ", other].concat(),
    }
}

fn restart(restart: bool) -> &'static str {
    if restart { "Neustart nötig" } else { "Kein Neustart" }
}

fn reconnect(reconnect: bool) -> &'static str {
    if reconnect { "Nur für neue Verbindungen" } else { "Auch für offene Verbindungen" }
}

fn verified(verified: &str) -> String {
    match verified {
        "ran" => "In unseren Tests ausgeführt",
        "parsed" => "Vom Werkzeug des Herstellers angenommen, nicht ausgeführt",
        "documented" => "Aus der Dokumentation",
        other => other,
    }
    .to_owned()
}

fn invalid(value_type: ValueType) -> &'static str {
    match value_type {
        ValueType::Identifier => "Ein Name ist eine Zeile Text und nicht leer.",
        ValueType::Text => "Jeder Text ist möglich.",
        ValueType::Host => "Ein Host ist ein DNS-Name wie db.example.com oder eine IP-Adresse, ohne Port.",
        ValueType::Port => "Ein Port ist eine ganze Zahl von 1 bis 65535.",
        ValueType::Number => "Hier wird eine ganze Zahl gebraucht, nur in Ziffern.",
        ValueType::Path => "Ein Pfad ist eine Zeile, die mit / oder ~/ beginnt.",
        ValueType::Size => {
            "Eine Größe ist eine ganze Zahl mit kB, MB oder GB, etwa 20MB, oder nur die Zahl der Bytes."
        }
        ValueType::Resource => {
            "Ein solcher Name beginnt mit einem Buchstaben oder einer Ziffer und enthält nur diese und . _ - ( )."
        }
        ValueType::Version => "Eine Version sind drei Zahlen mit Punkten dazwischen, etwa 1.4.8.",
    }
}

fn objection(objection: &Objection) -> String {
    match objection {
        Objection::Invalid(value_type) => invalid(*value_type),
        Objection::AtLeast(least) => return ["Mindestens ", least, "."].concat(),
        Objection::AtMost(most) => return ["Höchstens ", most, "."].concat(),
        Objection::NoAnswer(answer) => return ["„", answer, "“ gehört nicht zu den Antworten."].concat(),
        Objection::Impossible(option, others) => {
            let others = match others.is_empty() {
                true => "Ihren anderen Antworten".to_owned(),
                false => ["„", &others.join("“ und „"), "“"].concat(),
            };
            let why = ", deshalb wird jede mögliche Variante gezeigt.";
            return ["„", option, "“ passt nicht zu ", &others, why].concat();
        }
        Objection::Missing(label) => {
            return ["Füllen Sie oben „", label, "“ aus, dann ist dieser Befehl vollständig."].concat();
        }
        Objection::Of(label, why) => return [label, ": ", &self::objection(why)].concat(),
        Objection::Nothing => "Dieser Wert lässt sich hier nicht schreiben.",
        Objection::Control => "Dieser Wert enthält einen Zeilenumbruch oder ein anderes Steuerzeichen.",
        Objection::Home => "Nur eine Shell kennt ~: geben Sie den Pfad von / an ein.",
        Objection::Unquotable => {
            "Für die Sprache dieses Befehls lässt sich kein Wert in Anführungszeichen setzen: hier kann nur ein einfaches Wort stehen, ohne Leer- und Sonderzeichen."
        }
        Objection::Inexact => "Diese Größe ist keine ganze Zahl von kB.",
        Objection::Option => "Ein Wert, der mit - beginnt, würde für eine Option gehalten.",
        Objection::Connection => {
            "Ein Name mit = oder :// steht in keinem Befehl: PostgreSQLs Programme halten ihn für eine Adresse."
        },
        Objection::LongForMySql => "MySQL erlaubt höchstens 64 Zeichen in einem Namen.",
        Objection::BeyondMySql => {
            "MySQL erlaubt in einem Namen keine Emojis und keine anderen Zeichen jenseits von U+FFFF."
        }
        Objection::LongForPostgres => "PostgreSQL erlaubt höchstens 63 Bytes in einem Namen.",
        Objection::Author(why) => why,
    }
    .to_owned()
}

fn no_such_guide(name: &str, names: &[String]) -> String {
    ["Auf dieser Seite gibt es keine Checkliste „", name, "“. Es gibt: ", &super::some_of(names, more)]
        .concat()
}

fn no_guides_at(address: &str) -> String {
    [address, " ist keine Datei, die `upgrade-checklist compile` dieser Version schrieb."].concat()
}

fn unreadable(why: &Unreadable) -> String {
    match why {
        Unreadable::TooLarge { bytes } => {
            let megabytes = (bytes / (1024 * 1024)).to_string();
            let why = " MB groß, mehr als jede Checkliste braucht.";
            ["Der gespeicherte Fortschritt ist ", &megabytes, why].concat()
        }
        Unreadable::CutShort => "Der gespeicherte Fortschritt bricht ab; ein Teil fehlt.".to_owned(),
        Unreadable::NotJson => "Der gespeicherte Fortschritt ist beschädigt und nicht lesbar.".to_owned(),
        Unreadable::NotSaved => "Was hier gespeichert ist, ist kein Fortschritt einer Checkliste.".to_owned(),
        Unreadable::Newer { schema } => {
            let schema = schema.to_string();
            let before = "Den Fortschritt hat eine neuere Version dieser Seite gespeichert (Schema ";
            [before, &schema, "). Er bleibt, wie er ist."].concat()
        }
        Unreadable::OtherGuide { guide } => {
            ["Der gespeicherte Fortschritt gehört zu einer anderen Checkliste, „", guide, "“."].concat()
        }
    }
}

fn trouble(trouble: &Trouble) -> String {
    match trouble {
        Trouble::Forbidden => {
            "Der Browser lässt diese Seite nichts speichern, wie in manchen privaten Fenstern. Ihr Fortschritt bleibt, bis Sie die Seite schließen."
                .to_owned()
        }
        Trouble::Full => {
            "Der Speicher des Browsers für diese Website ist voll. Was Sie jetzt tun, bleibt, bis Sie die Seite schließen, wird aber nicht gespeichert."
                .to_owned()
        }
        Trouble::Removed => {
            "Was in diesem Browser gespeichert war, wurde entfernt, während die Seite offen war. Es wurde wieder gespeichert, so wie die Seite es zeigt."
                .to_owned()
        }
        Trouble::SetAside { why: Some(why), key } => [
            &unreadable(why),
            " Er wurde im Speicher des Browsers unter „",
            key,
            "“ beiseitegelegt, und diese Seite beginnt von vorn.",
        ]
        .concat(),
        Trouble::SetAside { why: None, key } => [
            "Ein Teil des gespeicherten Fortschritts war beschädigt. Alles andere wurde wiederhergestellt, und das Ganze liegt im Speicher des Browsers unter „",
            key,
            "“.",
        ]
        .concat(),
        Trouble::ReadOnly { why } => [&unreadable(why), " Was Sie jetzt tun, wird nicht gespeichert."].concat(),
    }
}
