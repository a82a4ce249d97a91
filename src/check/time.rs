//! Time: an agenda fits the meeting, and a long one has a break.

use super::subject::Subject;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Curriculum, ItemKind, Minutes, SessionPlan};
use crate::source::Span;

/// The length, in minutes, above which a session needs a break.
const LONG: u32 = 90;

/// Each session's agenda, with what opens and closes it, takes no longer than the group meets. A range fits when its
/// shortest does.
pub fn sessions_fit(&Subject { curriculum, .. }: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(meeting) = &curriculum.session_minutes else { return Vec::new() };
    let too_long = curriculum.sessions.iter().filter_map(|session| {
        let planned = planned(curriculum, session);
        let meets = meeting.value;
        (planned.low > meets.high).then(|| {
            let shorten = shortest(curriculum, session);
            let help = if shorten <= meets.high {
                "shorten an item, or mark one with `can_drop: true`".to_owned()
            } else {
                format!("even at its shortest (`at_least`, `can_drop`) it takes {shorten}: move something to another session")
            };
            Diagnostic::new(Code::SessionTooLong, span(session), format!("this session is planned for {planned} minutes, but the group meets for {meets}"))
                .help(help)
        })
    });
    too_long.collect()
}

/// A session of more than 90 minutes has an item of the kind `break`.
pub fn breaks(&Subject { curriculum, .. }: &Subject<'_>) -> Vec<Diagnostic> {
    let without = curriculum.sessions.iter().filter_map(|session| {
        let planned = planned(curriculum, session);
        let has_break = curriculum.agenda(session).any(|item| item.kind == Some(ItemKind::Break));
        (planned.low > LONG && !has_break).then(|| {
            Diagnostic::new(Code::NoBreak, span(session), format!("this session takes {planned} minutes and has no break"))
                .help("add an item with `kind: break` near the middle; ten minutes are enough")
        })
    });
    without.collect()
}

fn span(session: &SessionPlan) -> Span {
    session.title.span.clone()
}

/// The sum of all timed items.
fn planned(curriculum: &Curriculum, session: &SessionPlan) -> Minutes {
    curriculum.agenda(session).filter_map(|item| item.minutes.as_ref()).map(|minutes| minutes.value).sum()
}

/// The shortest that a session can be cut to, in minutes.
fn shortest(curriculum: &Curriculum, session: &SessionPlan) -> u32 {
    let each = curriculum.agenda(session).map(|item| match (&item.minutes, item.can_drop) {
        (_, true) | (None, _) => 0,
        (Some(minutes), false) => item.at_least.unwrap_or(minutes.value.low).min(minutes.value.low),
    });
    each.sum()
}
