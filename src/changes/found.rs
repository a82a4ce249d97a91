//! What is told of two versions: values, to be drawn as text or as JSON.

use serde::Serialize;

/// What differs in a course.
#[derive(Serialize, Default, PartialEq, Eq, Debug)]
pub struct CourseChanges {
    /// Its name.
    pub course: String,
    /// Whether the course itself is new or gone; then the lists are empty.
    pub state: State,
    /// What comes before all else: whom to call, the promises, what to do when someone is not safe.
    pub first: Vec<First>,
    /// What changed on every sheet, so that all must be printed again.
    pub print_all: Vec<String>,
    /// Sheets whose printed words changed.
    pub reprint: Vec<Sheet>,
    /// Sheets that are new.
    pub added: Vec<Sheet>,
    /// Sheets that are gone.
    pub removed: Vec<Sheet>,
    /// Handouts that another session gives out, whose number stands at the edge of the sheet.
    pub moved: Vec<Moved>,
    /// What facilitators read again.
    pub reread: Vec<Reread>,
}

impl CourseChanges {
    /// Whether there is nothing to do.
    pub fn is_nothing(&self) -> bool {
        *self == Self { course: self.course.clone(), ..Self::default() }
    }
}

/// Whether a thing was there before, and is there now.
#[derive(Serialize, Clone, Copy, Default, PartialEq, Eq, Debug)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Both.
    #[default]
    Changed,
    /// Only now.
    Added,
    /// Only before.
    Removed,
}

/// What comes before all else.
#[derive(Serialize, PartialEq, Eq, Debug)]
pub struct First {
    /// What it is.
    pub what: String,
    /// What differs in it.
    pub changes: Vec<Differs>,
}

/// A place that differs.
#[derive(Serialize, PartialEq, Eq, Debug)]
pub struct Differs {
    /// The words before, where there were any.
    pub was: Option<String>,
    /// The words now, where there are any.
    pub now: Option<String>,
}

/// A handout or a page for members, as it is printed.
#[derive(Serialize, PartialEq, Eq, Debug)]
pub struct Sheet {
    /// `handout` or `page`.
    pub kind: &'static str,
    /// Its title now, or, where it is gone, before.
    pub title: String,
    /// The number of the session that gives it out.
    pub session: Option<u32>,
    /// What differs.
    pub changes: Vec<Differs>,
}

/// A handout that another session gives out.
#[derive(Serialize, PartialEq, Eq, Debug)]
pub struct Moved {
    /// Its title.
    pub title: String,
    /// The number of the session before.
    pub was: Option<u32>,
    /// The number of the session now.
    pub now: Option<u32>,
}

/// Something for facilitators that changed.
#[derive(Serialize, PartialEq, Eq, Debug)]
pub struct Reread {
    /// `course`, `every session`, `session`, `module`, `handout`, `guide page` or `group`.
    pub kind: &'static str,
    /// Its title; empty for the course.
    pub title: String,
    /// The number of a session.
    pub number: Option<u32>,
    /// Whether it is new, gone or changed.
    pub state: State,
    /// How long a session takes, before and now, where that differs.
    pub minutes: Option<(String, String)>,
    /// The parts that changed, in words.
    pub parts: Vec<String>,
}
