//! Reads the groups that run a curriculum, `groups/NAME.yml`.

use super::curriculum::crisis_line;
use super::fields::{self, Keys, Problems};
use super::names::slug;
use super::yaml::{self, Yaml};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Date, Hours, RunningGroup};
use crate::source::{SourcePath, Sources, Span};

pub(super) const GROUP_KEYS: &[&str] = &["starts", "weekday", "dates", "time", "skip", "place", "facilitators", "contact", "crisis", "released"];
pub(super) const WEEKDAYS: &[(&str, u32)] = &[("Monday", 0), ("Tuesday", 1), ("Wednesday", 2), ("Thursday", 3), ("Friday", 4), ("Saturday", 5), ("Sunday", 6)];

/// Keys under which someone might write down who is in the group. Such a list does not belong in a file that makes websites.
const PEOPLE: &[&str] = &[
    "members",
    "member",
    "names",
    "name",
    "participants",
    "participant",
    "clients",
    "client",
    "patients",
    "patient",
    "attendees",
    "people",
    "attendance",
    "roster",
    "emails",
    "phones",
];

/// Reads all groups of the curriculum in `folder`.
pub fn groups(folder: &SourcePath, sources: &Sources, problems: &mut Problems) -> Vec<RunningGroup> {
    let place = folder.join("groups");
    let files = sources.texts_in(&place).filter(|file| file.parent() == place && file.ending() == "yml");
    files.filter_map(|file| group(file, sources.text(file)?, problems)).collect()
}

fn group(file: &SourcePath, text: &str, problems: &mut Problems) -> Option<RunningGroup> {
    let name = slug(file.stem(), "a group's file", Span::of_file(file), problems)?;
    let node = yaml::parse(&Yaml { file, text, lines_before: 0 }, problems)?;
    let elsewhere = |key: &str| {
        PEOPLE
            .contains(&key.to_lowercase().as_str())
            .then_some("who is in the group has no place in copebook's files: keep it in the clinic's own records, and take this line away")
    };
    let keys = Keys::of(&node, "a group", GROUP_KEYS, elsewhere, problems)?;
    let starts = keys.date("starts", problems);
    let dates = days(&keys, "dates", problems);
    if starts.is_none() && dates.is_empty() && keys.place("starts").or(keys.place("dates")).is_none() {
        problems.push(
            Diagnostic::new(Code::MissingKey, keys.span().clone(), "this group does not say when it meets")
                .help("add the day of the first session, `starts: 2026-12-01`, or all days, `dates: [2026-12-01, 2026-12-08]`"),
        );
    }
    Some(RunningGroup {
        name,
        file: file.clone(),
        starts,
        weekday: keys.choice("weekday", WEEKDAYS, problems),
        dates,
        skip: days(&keys, "skip", problems),
        time: time(&keys, problems),
        place: keys.prose("place", problems),
        facilitators: keys.one_or_more("facilitators", problems).into_iter().map(|initials| initials.value).collect(),
        contact: keys.prose("contact", problems),
        crisis: keys.each("crisis", "{ name: 988 Suicide & Crisis Lifeline, call: \"988\" }", problems, crisis_line),
        released: keys.number("released", 0, 999, problems).map(i32::unsigned_abs),
    })
}

/// A list of days.
fn days(keys: &Keys<'_>, key: &str, problems: &mut Problems) -> Vec<Date> {
    let mut days = Vec::new();
    for day in keys.one_or_more(key, problems) {
        match Date::read(&day.value) {
            Some(day) => days.push(day),
            None => problems.push(
                Diagnostic::new(Code::WrongValue, day.span, format!("`{}` is not a day", day.value))
                    .help(format!("write year, month and day: `{key}: [2026-12-22, 2026-12-29]`")),
            ),
        }
    }
    days
}

fn time(keys: &Keys<'_>, problems: &mut Problems) -> Option<Hours> {
    let node = keys.get("time", problems)?;
    let hours = fields::scalar(node).and_then(Hours::read);
    if hours.is_none() {
        problems.push(
            Diagnostic::new(Code::WrongValue, node.span.clone(), "`time` is when the group begins, or begins and ends")
                .help("write hours and minutes of the day: `time: 18:00`, or `time: 18:00-19:30`"),
        );
    }
    hours
}
