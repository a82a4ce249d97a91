//! A group that runs a curriculum: when and where it meets, and how far it has come. No member's name has a place in it.

use super::{CrisisLine, Date, Slug};
use crate::audience::{Member, Prose};
use crate::source::SourcePath;

/// A group that runs a curriculum.
#[derive(Clone, Debug)]
pub struct RunningGroup {
    /// Its name: that of its file, and of `--group`.
    pub name: Slug,
    /// The file.
    pub file: SourcePath,
    /// The day of the first session.
    pub starts: Option<Date>,
    /// The day of the week on which it meets, 0 for Monday.
    pub weekday: Option<u32>,
    /// The days of all sessions, where they are not weekly.
    pub dates: Vec<Date>,
    /// Days on which it does not meet.
    pub skip: Vec<Date>,
    /// When it begins and ends.
    pub time: Option<Hours>,
    /// Where.
    pub place: Option<Prose<Member>>,
    /// The facilitators' initials.
    pub facilitators: Vec<String>,
    /// How members reach the facilitators.
    pub contact: Option<Prose<Member>>,
    /// Crisis lines of the place; they stand before the course's.
    pub crisis: Vec<CrisisLine>,
    /// Up to which number members see the sessions; all where left out.
    pub released: Option<u32>,
}

impl RunningGroup {
    /// The day of the nth session, from 0: from the list of days, or week by week from the first, leaving out days without one.
    pub fn day(&self, nth: usize) -> Option<Date> {
        if !self.dates.is_empty() {
            return self.dates.get(nth).copied();
        }
        let first = self.starts?;
        let wait = self.weekday.map_or(0, |weekday| (weekday + 7 - first.weekday()) % 7);
        let weeks = (0..520).map(|week| first.plus_days(i64::from(wait) + 7 * week));
        weeks.filter(|day| !self.skip.contains(day)).nth(nth)
    }
}

/// A stretch of a day, in minutes after midnight.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Hours {
    /// When it begins.
    pub from: u32,
    /// When it ends, where that is said.
    pub to: Option<u32>,
}

impl Hours {
    /// Reads `18:00` or `18:00-19:30`.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.replace('–', "-");
        let (from, to) = text.split_once('-').map_or((text.as_str(), None), |(from, to)| (from, Some(to)));
        let hours = Self {
            from: minute_of_day(from)?,
            to: match to {
                Some(to) => Some(minute_of_day(to)?),
                None => None,
            },
        };
        hours.to.is_none_or(|to| to > hours.from).then_some(hours)
    }
}

/// Reads `18:00` as minutes after midnight.
fn minute_of_day(text: &str) -> Option<u32> {
    let (hour, minute) = text.trim().split_once(':')?;
    let number = |digits: &str, below: u32| digits.parse::<u32>().ok().filter(|n| *n < below && digits.len() <= 2);
    Some(number(hour, 24)? * 60 + number(minute, 60).filter(|_| minute.len() == 2)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(starts: &str, weekday: Option<u32>, skip: &[&str]) -> RunningGroup {
        RunningGroup {
            name: Slug::new("tuesday").unwrap(),
            file: SourcePath::new("groups/tuesday.yml"),
            starts: Date::read(starts),
            weekday,
            dates: Vec::new(),
            skip: skip.iter().filter_map(|day| Date::read(day)).collect(),
            time: None,
            place: None,
            facilitators: Vec::new(),
            contact: None,
            crisis: Vec::new(),
            released: None,
        }
    }

    #[test]
    fn it_meets_week_by_week() {
        let days = |group: &RunningGroup| (0..3).filter_map(|n| group.day(n)).map(|day| day.to_string()).collect::<Vec<_>>();
        assert_eq!(days(&group("2026-12-15", None, &["2026-12-22", "2026-12-29"])), ["2026-12-15", "2027-01-05", "2027-01-12"]);
        // The first Thursday on or after a Tuesday.
        assert_eq!(days(&group("2026-12-15", Some(3), &[])), ["2026-12-17", "2026-12-24", "2026-12-31"]);
    }

    #[test]
    fn hours_are_read() {
        assert_eq!(Hours::read("18:00"), Some(Hours { from: 1080, to: None }));
        assert_eq!(Hours::read("18:00 – 19:30"), Some(Hours { from: 1080, to: Some(1170) }));
        for wrong in ["18", "25:00", "18:60", "19:00-18:00", "6 pm", "18:0", "18:00-"] {
            assert_eq!(Hours::read(wrong), None, "{wrong}");
        }
    }
}
