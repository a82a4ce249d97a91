//! What a long run is doing: one line on the terminal, from its second second on, gone when it is over.

use std::io::{IsTerminal as _, Write as _};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use crate::cli::Format;

/// How long a run may take before it says what it does.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often the seconds are written anew.
const EVERY: Duration = Duration::from_millis(500);

/// The line of a run.
pub(super) struct Progress {
    start: Instant,
    shown: bool,
    steps: u32,
    done: u32,
}

impl Progress {
    /// Starts the clock of a run of so many steps.
    pub(super) fn new(format: Format, steps: u32) -> Self {
        let term = std::env::var("TERM").ok();
        Self { start: Instant::now(), shown: is_shown(std::io::stderr().is_terminal(), format, term.as_deref()), steps, done: 0 }
    }

    /// Does a step of the run, and says so where that takes long. The line is gone before anything else is said.
    pub(super) fn step<T>(&mut self, words: &str, work: impl FnOnce() -> T) -> T {
        self.done += 1;
        if !self.shown {
            return work();
        }
        let what = if self.steps > 1 { format!("{} of {}: {words}", self.done, self.steps) } else { words.to_owned() };
        let start = self.start;
        std::thread::scope(|scope| {
            let (over, wait) = channel::<()>();
            scope.spawn(move || {
                let mut pause = PATIENCE.saturating_sub(start.elapsed());
                let mut drawn = false;
                while wait.recv_timeout(pause) == Err(RecvTimeoutError::Timeout) {
                    draw(&line(&what, start.elapsed()));
                    drawn = true;
                    pause = EVERY;
                }
                if drawn {
                    draw("");
                }
            });
            let made = work();
            drop(over);
            made
        })
    }
}

/// Whether a line that is written over again can be read: not in a file or a pipe, on a terminal that cannot go back, or
/// beside what a program reads.
fn is_shown(terminal: bool, format: Format, term: Option<&str>) -> bool {
    terminal && format == Format::Text && term != Some("dumb")
}

fn line(what: &str, passed: Duration) -> String {
    format!("{what} … {} s", passed.as_secs())
}

/// Writes over the line; where that fails there is nobody to tell.
fn draw(line: &str) {
    let mut stderr = std::io::stderr();
    let _ = write!(stderr, "\r\x1b[K{line}").and_then(|()| stderr.flush());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_people_at_a_terminal_see_it() {
        assert!(is_shown(true, Format::Text, Some("xterm")));
        assert!(is_shown(true, Format::Text, None), "Windows has no TERM");
        assert!(!is_shown(false, Format::Text, Some("xterm")), "in a pipe");
        assert!(!is_shown(true, Format::Json, Some("xterm")), "beside JSON");
        assert!(!is_shown(true, Format::Text, Some("dumb")));
    }

    #[test]
    fn the_line_says_what_and_how_long() {
        assert_eq!(line("1 of 3: reading", Duration::from_millis(2900)), "1 of 3: reading … 2 s");
    }

    #[test]
    fn the_work_is_done_shown_or_not() {
        for shown in [true, false] {
            let mut progress = Progress { start: Instant::now(), shown, steps: 2, done: 0 };
            assert_eq!((progress.step("one", || 1), progress.step("two", || 2)), (1, 2));
        }
    }
}
