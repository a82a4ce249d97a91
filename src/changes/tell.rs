//! Changes in words, for a terminal or a mail to a co-facilitator.

use std::fmt::Write as _;

use super::found::{CourseChanges, Differs, Reread, Sheet, State};

/// How many places of a sheet are shown.
const PLACES: usize = 3;

/// What is to be done after a change, course by course.
pub fn text(courses: &[CourseChanges]) -> String {
    courses.iter().map(course).collect::<Vec<_>>().join("\n")
}

fn course(changes: &CourseChanges) -> String {
    let title = &changes.course;
    match changes.state {
        State::Added => return format!("{title}\n  This course is new: print and read all of it.\n"),
        State::Removed => return format!("{title}\n  This course is gone: take its handouts out of your folders.\n"),
        State::Changed => {}
    }
    if changes.is_nothing() {
        return format!("{title}\n  Nothing to print again, nothing to read again.\n");
    }
    let mut text = format!("{title}\n");
    if !changes.first.is_empty() {
        text.push_str("\n  First of all\n");
    }
    for first in &changes.first {
        let _ = writeln!(text, "    {}", first.what);
        places(&mut text, &first.changes, usize::MAX);
    }
    if changes.print_all.is_empty() {
        list(&mut text, "Print again", &changes.reprint);
    } else {
        let _ = writeln!(text, "\n  Print every sheet again: {} changed, and every sheet shows that.", changes.print_all.join(" and "));
        list(&mut text, "Of these, other words changed too", &changes.reprint);
    }
    list(&mut text, "Print for the first time", &changes.added);
    list(&mut text, "Take out of your folders", &changes.removed);
    if !changes.moved.is_empty() {
        text.push_str("\n  Given out in another session (its number stands at the edge of the sheet)\n");
    }
    for moved in &changes.moved {
        let session = |number: Option<u32>| number.map_or("none with a number".to_owned(), |number| format!("session {number}"));
        let _ = writeln!(text, "    {}: was {}, now {}", moved.title, session(moved.was), session(moved.now));
    }
    if changes.print_all.is_empty() && changes.reprint.is_empty() && changes.added.is_empty() {
        text.push_str("\n  Nothing to print again.\n");
    }
    if !changes.reread.is_empty() {
        text.push_str("\n  Read again\n");
    }
    changes.reread.iter().for_each(|reread| self::reread(&mut text, reread));
    text
}

fn list(text: &mut String, head: &str, sheets: &[Sheet]) {
    if !sheets.is_empty() {
        let _ = writeln!(text, "\n  {head}");
    }
    for sheet in sheets {
        let session = sheet.session.map(|number| format!(" (session {number})")).unwrap_or_default();
        let _ = writeln!(text, "    {}{session}", sheet.title);
        places(text, &sheet.changes, PLACES);
    }
}

fn places(text: &mut String, changes: &[Differs], most: usize) {
    for place in changes.iter().take(most) {
        for (head, words) in [("was", &place.was), ("now", &place.now)] {
            let _ = writeln!(text, "      {head}: {}", words.as_deref().unwrap_or("(nothing)"));
        }
    }
    match changes.len().saturating_sub(most) {
        0 => {}
        1 => text.push_str("      … and one more place\n"),
        more => {
            let _ = writeln!(text, "      … and {more} more places");
        }
    }
}

fn reread(text: &mut String, reread: &Reread) {
    let title = match (reread.kind, reread.number) {
        ("session", Some(number)) => format!("Session {number}, {}", reread.title),
        ("session", None) => format!("Extra session, {}", reread.title),
        ("course", _) => "The course".to_owned(),
        ("every session", _) => "Every session".to_owned(),
        ("group", _) => format!("The group {}", reread.title),
        ("module", _) => format!("Module {}", reread.title),
        ("handout", _) => format!("Handout {}", reread.title),
        _ => format!("Guide, {}", reread.title),
    };
    let state = match reread.state {
        State::Added => " (new)",
        State::Removed => " (gone)",
        State::Changed => "",
    };
    let minutes = reread.minutes.as_ref().map(|(was, now)| format!(": {was} minutes, now {now}")).unwrap_or_default();
    let _ = writeln!(text, "    {title}{state}{minutes}");
    for part in &reread.parts {
        let _ = writeln!(text, "      {part}");
    }
}
