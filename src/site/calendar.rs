//! The calendar of a group, to add to one's own. It says when, and nothing of what or where.

use ics::properties::{DtEnd, DtStart, Summary};
use ics::{Event, ICalendar};

use super::page::short_hash;
use crate::model::{Curriculum, Date};

/// The address of the calendar on a site.
pub const URL: &str = "calendar.ics";

/// How long a session is where nothing says so, in minutes.
const USUAL: u32 = 90;

/// The calendar of the group that a site is made for; `name` is what each day is called.
pub fn calendar(curriculum: &Curriculum, name: &str) -> Option<Vec<u8>> {
    let group = curriculum.running_group()?;
    let mut calendar = ICalendar::new("2.0", "-//calendar//EN");
    let mut empty = true;
    for session in curriculum.sessions.iter().filter(|session| !session.elective) {
        let Some(day) = curriculum.day_of(session) else { continue };
        // The same input gives the same file: the stamp is the day itself, the name a hash of the group and the session.
        let stamp = format!("{}T000000Z", digits(day));
        let mut event = Event::new(format!("{}@calendar", short_hash(&format!("{}/{}/{}", curriculum.slug, group.name, session.slug))), stamp);
        match group.time {
            Some(time) => {
                let length = curriculum.session_minutes.as_ref().map_or(USUAL, |minutes| minutes.value.high);
                event.push(DtStart::new(at(day, time.from)));
                event.push(DtEnd::new(at(day, time.to.unwrap_or(time.from + length).min(24 * 60 - 1))));
            }
            None => event.push(DtStart::new(digits(day))),
        }
        event.push(Summary::new(ics::escape_text(name.to_owned())));
        calendar.add_event(event);
        empty = false;
    }
    let mut bytes = Vec::new();
    calendar.write(&mut bytes).ok()?;
    (!empty).then_some(bytes)
}

fn digits(day: Date) -> String {
    day.to_string().replace('-', "")
}

/// A day and minutes after midnight, by the clock of the place.
fn at(day: Date, minutes: u32) -> String {
    format!("{}T{:02}{:02}00", digits(day), minutes / 60, minutes % 60)
}
