//! What looks like the data of a person, in a text that anybody could read. Only what is plain: a number may be that of a
//! clinic, and a name that of a poet.

use std::ops::Range;

use super::passage::{Passage, Run};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::texts::Role;

/// What stands before a date of birth, in small letters.
const BIRTH: &[&str] =
    &["dob", "d.o.b.", "date of birth", "birth date", "birthdate", "fecha de nacimiento", "date de naissance", "geburtsdatum", "data di nascita"];
/// What stands before a number by which a person is known.
const NUMBERS: &[&str] = &["ssn", "social security number", "mrn", "medical record number", "chart number"];
/// What stands before the name of a person in care.
const NAMES: &[&str] =
    &["client", "client name", "client's name", "patient", "patient name", "patient's name", "name of client", "name of the client", "paciente"];
/// Where people have mailboxes of their own. A clinic has its own address.
const MAILBOXES: &[&str] = &[
    "gmail.com",
    "googlemail.com",
    "yahoo.com",
    "hotmail.com",
    "outlook.com",
    "live.com",
    "icloud.com",
    "me.com",
    "aol.com",
    "msn.com",
    "gmx.de",
    "gmx.net",
    "web.de",
    "t-online.de",
    "orange.fr",
    "free.fr",
    "yahoo.fr",
    "yahoo.es",
    "hotmail.es",
    "hotmail.fr",
];
/// Parts of an address that is a group's or an office's.
const SHARED: &[&str] = &[
    "group", "grupo", "groupe", "gruppe", "help", "ayuda", "hilfe", "aide", "info", "contact", "kontakt", "team", "clinic", "center", "centre", "counsel",
    "therap", "support", "office", "program", "class", "session", "hello", "mail", "admin", "recovery", "wellness", "health", "skills", "steady",
];

/// How many places are told in one file: who has so many mends these first.
const MOST: usize = 20;

/// A warning for each place with such data. How members reach the group is no such place.
pub(super) fn problems(row: &[Passage<'_>]) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for passage in row.iter().filter(|passage| !matches!(passage.text.role, Role::Contact | Role::Citation)) {
        for run in &passage.runs {
            let found = found(run).into_iter().take(MOST - problems.len());
            problems.extend(found.map(|(what, range)| problem(what, passage.place(run, range))));
        }
        // Addresses stand in links as well, whose words do not show them.
        let written = mailboxes(&passage.text.text.value).take(MOST - problems.len());
        problems.extend(written.map(|range| problem("a person's own e-mail address", passage.text.text.at(range.start, range.len()))));
    }
    problems
}

/// What a run of words holds of that kind.
fn found(run: &Run<'_>) -> Vec<(&'static str, Range<usize>)> {
    let mut found = Vec::new();
    let text = run.text();
    // Most texts have neither enough digits nor colons, and need no second look.
    let (has_digits, has_colon) = (text.bytes().filter(u8::is_ascii_digit).count() >= 3, text.contains(':'));
    if !has_digits && !has_colon {
        return found;
    }
    let small = text.to_ascii_lowercase();
    if has_digits {
        found.extend(after(text, &small, BIRTH).filter(|rest| starts_with_date(rest.1)).map(|(range, _)| ("a date of birth", range)));
        found.extend(after(text, &small, NUMBERS).filter(|rest| digits_first(rest.1) >= 5).map(|(range, _)| ("the number of a person", range)));
    }
    if has_colon {
        found.extend(names(text, &small).map(|range| ("the name of a person in care", range)));
    }
    found
}

fn problem(what: &str, place: Span) -> Diagnostic {
    Diagnostic::new(Code::PersonalData, place, format!("this looks like {what}, and everybody who gets this page can read it"))
        .help("take it away, or make one up for an example; how members reach you goes under `contact` in the file of the group")
}

/// Where one of these words stands with a colon, a number sign or a space behind it, and what follows. `small` is the text in
/// small letters, byte for byte.
fn after<'r>(text: &'r str, small: &'r str, cues: &'static [&'static str]) -> impl Iterator<Item = (Range<usize>, &'r str)> {
    cues.iter().filter_map(move |cue| {
        let at = small.find(cue)?;
        let end = at + cue.len();
        let whole = !text.get(..at)?.ends_with(char::is_alphanumeric) && !text.get(end..)?.starts_with(char::is_alphanumeric);
        whole.then_some(())?;
        let rest = text.get(end..)?;
        Some((at..end, rest.trim_start_matches([' ', ':', '#', '.', '\u{a0}'])))
    })
}

/// How many digits a text begins with, hyphens between them left out.
fn digits_first(text: &str) -> usize {
    text.chars().take_while(|c| c.is_ascii_digit() || *c == '-').filter(char::is_ascii_digit).count()
}

/// Whether a text begins with a whole date: 3/12/1985, 1985-03-12, 12 March 1985, March 12, 1985.
fn starts_with_date(text: &str) -> bool {
    let head: String = text.chars().take(24).collect();
    let parts: Vec<&str> = head.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).take(4).collect();
    let number = |part: &&str| part.chars().next().is_some_and(|c| c.is_ascii_digit());
    let year = |part: &&str| part.len() == 4 && part.chars().all(|c| c.is_ascii_digit());
    let numbers = parts.iter().take(3).filter(|part| number(part)).count();
    let month = parts.iter().take(3).any(|part| part.len() > 2 && part.chars().all(char::is_alphabetic));
    (numbers == 3 && head.starts_with(|c: char| c.is_ascii_digit())) || (numbers == 2 && month && parts.iter().take(4).any(year))
}

/// Names behind `Client:` and the like: two words with capitals, or one where the word `name` asks for it.
fn names<'r>(text: &'r str, small: &'r str) -> impl Iterator<Item = Range<usize>> + 'r {
    after(text, small, NAMES).filter_map(move |(range, rest)| {
        let colon = text.get(range.end..)?.trim_start().starts_with(':');
        let is_name = |word: &&str| word.chars().count() > 1 && word.starts_with(char::is_uppercase) && word.chars().all(char::is_alphabetic);
        let capitals = rest.split(' ').take(2).map(|word| word.trim_end_matches(['.', ',', ';'])).take_while(is_name);
        let asked = text.get(range.clone())?.to_ascii_lowercase().contains("name");
        (colon && capitals.count() >= if asked { 1 } else { 2 }).then_some(range)
    })
}

/// E-mail addresses of people: two names, or a name and a number, at a house of private mailboxes.
fn mailboxes(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.match_indices('@').filter_map(|(at, _)| {
        let inside = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+');
        let local: &str = text.get(..at)?.rsplit(|c: char| !inside(c)).next()?;
        let house = text.get(at + 1..)?.split(|c: char| !inside(c)).next()?.trim_end_matches('.').to_ascii_lowercase();
        let small = local.to_ascii_lowercase();
        let person = small.contains(['.', '_']) || small.ends_with(|c: char| c.is_ascii_digit());
        let private = MAILBOXES.contains(&house.as_str()) && person && !SHARED.iter().any(|word| small.contains(word));
        private.then(|| at - local.len()..at + 1 + house.len())
    })
}
