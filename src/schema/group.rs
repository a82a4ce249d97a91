//! Groups that run a curriculum, `groups/NAME.yml`.

use schemars::JsonSchema;

use super::curriculum::CrisisLine;
use super::kinds::{Date, Hours, OneOrMore, Text};

/// A group that runs the course. Who is in it has no place here.
#[derive(JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "A group", extend("anyOf" = [{ "required": ["starts"] }, { "required": ["dates"] }]))]
pub struct Group {
    /// The day of the first session, such as `2026-12-01`. The others follow week by week.
    pub starts: Option<Date>,
    /// The day of the week, where `starts` is not on it.
    pub weekday: Option<Weekday>,
    /// All days, where they are not weekly.
    pub dates: Option<OneOrMore<Date>>,
    /// When it begins, or begins and ends: `18:00-19:30`.
    pub time: Option<Hours>,
    /// Days without a session; the ones after it move back.
    pub skip: Option<OneOrMore<Date>>,
    /// Where the group meets. Members read it.
    pub place: Option<Text>,
    /// Your initials.
    pub facilitators: Option<OneOrMore<Text>>,
    /// How members reach you. Members read it.
    pub contact: Option<Text>,
    /// Crisis lines of the place. They come before the course's.
    pub crisis: Option<Vec<CrisisLine>>,
    /// Members see the sessions up to this number, with their handouts, and nothing of the later ones.
    #[schemars(range(min = 0, max = 999))]
    pub released: Option<i32>,
}

/// A day of the week.
#[derive(JsonSchema)]
#[expect(missing_docs, reason = "the days of the week need no words")]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}
