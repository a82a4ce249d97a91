//! How the minutes of a session are shared out among its parts.

use crate::model::Minutes;

/// The fewest minutes that a session is made for.
pub const SHORTEST: u32 = 15;
/// The most minutes that a session is made for: a day.
pub const LONGEST: u32 = 480;
/// From this length on, in minutes, a session gets a break. `check` asks for one above 90.
const WITH_BREAK: u32 = 75;

/// The minutes of a session's parts.
#[derive(PartialEq, Eq, Debug)]
pub struct Shares {
    /// The check-in.
    pub open: u32,
    /// The check-out.
    pub close: u32,
    /// Its own parts, without the break.
    pub own: Own,
    /// The break, where there is one.
    pub pause: Option<u32>,
}

/// The minutes of the three parts that a session has of its own.
#[derive(PartialEq, Eq, Debug)]
pub struct Own {
    /// The first.
    pub first: u32,
    /// The second, in which a skill is tried.
    pub second: u32,
    /// The third.
    pub third: u32,
}

impl Shares {
    /// Shares out a whole session; a range as its shortest.
    pub fn of(session: Minutes) -> Self {
        let total = session.low;
        let open = share(total, 15);
        let pause = pause(total);
        Self { open, close: open, own: Own::of(total - 2 * open - pause.unwrap_or_default()), pause }
    }
}

impl Own {
    /// Shares out what a session has for its own parts, at least three minutes.
    pub fn of(minutes: u32) -> Self {
        let first = share(minutes, 30);
        let second = share(minutes, 40).min(minutes.saturating_sub(first + 1)).max(1);
        Self { first, second, third: minutes.saturating_sub(first + second).max(1) }
    }
}

/// The break of a session that takes so many minutes in all.
pub fn pause(total: u32) -> Option<u32> {
    (total >= WITH_BREAK).then_some(if total > 90 { 10 } else { 5 })
}

/// So many of a hundred parts: in fives where that is not too coarse, and never nothing.
fn share(minutes: u32, percent: u32) -> u32 {
    let exact = minutes * percent / 100;
    if exact >= 8 { (exact + 2) / 5 * 5 } else { exact.max(1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_make_up_the_whole() {
        for total in SHORTEST..=LONGEST {
            let Shares { open, close, own, pause } = Shares::of(Minutes::exactly(total));
            assert_eq!(open + close + own.first + own.second + own.third + pause.unwrap_or_default(), total, "{total}");
            assert!([open, close, own.first, own.second, own.third].iter().all(|minutes| *minutes >= 1), "{total}");
        }
        for minutes in 3..=LONGEST {
            let own = Own::of(minutes);
            assert_eq!(own.first + own.second + own.third, minutes);
        }
    }

    #[test]
    fn an_hour_and_a_half() {
        let shares = Shares::of(Minutes::exactly(90));
        assert_eq!(shares, Shares { open: 15, close: 15, own: Own { first: 15, second: 20, third: 20 }, pause: Some(5) });
        assert_eq!(Shares::of(Minutes::exactly(60)).pause, None);
        assert_eq!(Shares::of(Minutes::exactly(120)).pause, Some(10));
    }
}
