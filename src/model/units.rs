//! Small values: minutes, dates, titles.

use crate::source::Spanned;

/// A name for both audiences: one line of plain text.
pub type Title = Spanned<String>;

/// A length of time in minutes, exact or a range.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Minutes {
    /// The shortest, in minutes.
    pub low: u32,
    /// The longest, in minutes; the same as `low` when exact.
    pub high: u32,
}

impl Minutes {
    /// An exact number of minutes.
    pub fn exactly(minutes: u32) -> Self {
        Self { low: minutes, high: minutes }
    }

    /// Reads `10`, `20-30`, `20–30` or `20 to 30`; from 1 to 999, the smaller first.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.replace('–', "-").replace(" to ", "-");
        let (low, high) = text.split_once('-').unwrap_or((&text, &text));
        let number = |digits: &str| {
            let digits = digits.trim();
            let plain = (1..=3).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0');
            plain.then(|| digits.parse().ok()).flatten()
        };
        let minutes = Self { low: number(low)?, high: number(high)? };
        (minutes.low <= minutes.high).then_some(minutes)
    }
}

impl std::fmt::Display for Minutes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.low == self.high { write!(f, "{}", self.low) } else { write!(f, "{}–{}", self.low, self.high) }
    }
}

impl std::iter::Sum for Minutes {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self { low: 0, high: 0 }, |a, b| Self { low: a.low + b.low, high: a.high + b.high })
    }
}

/// A day, written `2026-11-01`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Date {
    /// The year.
    pub year: u16,
    /// The month, from 1.
    pub month: u8,
    /// The day of the month, from 1.
    pub day: u8,
}

impl Date {
    /// Reads `2026-11-01`; a day that does not exist is refused.
    pub fn read(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() || year.len() != 4 || month.len() != 2 || day.len() != 2 {
            return None;
        }
        let date = Self { year: year.parse().ok()?, month: month.parse().ok()?, day: day.parse().ok()? };
        let days = days_in(date.year, date.month);
        (1..=days).contains(&date.day).then_some(date)
    }
}

impl Date {
    /// Days since 1 March of year 0, as in Howard Hinnant's `days_from_civil`
    /// (<https://howardhinnant.github.io/date_algorithms.html>): years begin in March, so that leap days come last.
    fn number(self) -> i64 {
        let (year, month) =
            if self.month > 2 { (i64::from(self.year), i64::from(self.month) - 3) } else { (i64::from(self.year) - 1, i64::from(self.month) + 9) };
        365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + i64::from(self.day) - 1
    }

    /// The day so many days after 1 January 1970.
    pub fn after_1970(days: i64) -> Self {
        Self { year: 1970, month: 1, day: 1 }.plus_days(days)
    }

    /// The day of the week, 0 for Monday.
    pub fn weekday(self) -> u32 {
        // 1 March of year 0 was a Wednesday.
        u32::try_from((self.number() + 2).rem_euclid(7)).unwrap_or_default()
    }

    /// The day so many days later.
    pub fn plus_days(self, days: i64) -> Self {
        let wanted = self.number() + days;
        let mut date = self;
        while date.number() < wanted {
            let left = wanted - date.number();
            let length = i64::from(days_in(date.year, date.month));
            let rest = length - i64::from(date.day);
            if left <= rest {
                date.day += u8::try_from(left).unwrap_or_default();
            } else {
                date = if date.month == 12 { Self { year: date.year + 1, month: 1, day: 1 } } else { Self { month: date.month + 1, day: 1, ..date } };
            }
        }
        date
    }
}

/// How many days a month has; none where there is no such month.
fn days_in(year: u16, month: u8) -> u8 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    }
}

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_are_read_one_way() {
        let check = |text: &str, read: Option<(u32, u32)>| {
            assert_eq!(Minutes::read(text).map(|m| (m.low, m.high)), read, "{text}");
        };
        check("10", Some((10, 10)));
        check("20-30", Some((20, 30)));
        check("20 – 30", Some((20, 30)));
        check("20 to 30", Some((20, 30)));
        for wrong in ["", "0", "010", "10 min", "1:30", "90.0", "-5", "1e9", "99999999999", "1_000", "0o10", "٩٠", "30-20", "1000", "5-"] {
            check(wrong, None);
        }
    }

    #[test]
    fn days_are_counted() {
        let date = |text| Date::read(text).unwrap();
        assert_eq!(date("2026-11-24").weekday(), 1);
        assert_eq!(date("2000-01-01").weekday(), 5);
        assert_eq!(date("2026-12-29").plus_days(7), date("2027-01-05"));
        assert_eq!(date("2028-02-28").plus_days(1), date("2028-02-29"));
        assert_eq!(date("2026-01-01").plus_days(365), date("2027-01-01"));
        assert_eq!(date("2026-11-24").plus_days(0), date("2026-11-24"));
        assert_eq!(Date::after_1970(20_781), date("2026-11-24"));
    }

    #[test]
    fn dates_exist() {
        assert_eq!(Date::read("2026-11-01").map(|d| d.to_string()).as_deref(), Some("2026-11-01"));
        assert!(Date::read("2028-02-29").is_some());
        for wrong in ["2026-02-29", "2026-13-01", "2026-11-31", "26-11-01", "2026-1-1", "1 November", "2026-11-01-2"] {
            assert!(Date::read(wrong).is_none(), "{wrong}");
        }
    }
}
