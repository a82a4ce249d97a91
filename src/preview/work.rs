//! Makes the sites again whenever something changes: one at a time, and at most one that waits.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::watch;

use super::shown::{Ahead, Made, Problem, Shown};
use super::watch::{Wanted, Watching};

/// How long mistakes are kept back: a file that is just being saved looks broken or empty for a moment.
const SETTLED: Duration = Duration::from_millis(150);
/// How long they are kept back where files change all the time.
const MOST_KEPT_BACK: Duration = Duration::from_secs(1);

/// What is told of a round.
pub struct Round<'r> {
    /// What is shown after it.
    pub shown: &'r Shown,
    /// How long the sites took to make.
    pub took: Duration,
    /// Whether folders are looked at every second.
    pub is_polling: bool,
}

/// Makes and shows, again and again. `make` makes both sites, and may hand on some pages ahead of the others; `tell` is told of each
/// round that shows something new.
pub fn work(mut watching: Watching, mut wanted: Wanted, shown: &watch::Sender<Arc<Shown>>, make: impl Fn(&dyn Fn(Ahead)) -> Made, tell: impl Fn(&Round<'_>)) {
    watching.follow(&wanted);
    let mut broken_since: Option<Instant> = None;
    loop {
        let start = Instant::now();
        let ahead = |pages: Ahead| {
            let next = shown.borrow().ahead(pages);
            if let Some(next) = next {
                shown.send_replace(Arc::new(next));
            }
        };
        let made = catch_unwind(AssertUnwindSafe(|| make(&ahead))).unwrap_or_else(|_| bug());
        let took = start.elapsed();
        if let Some(found) = &made.wanted {
            wanted.clone_from(found);
        }
        let has_grown = watching.follow(&wanted);
        if made.pages.is_none() {
            let since = *broken_since.get_or_insert(start);
            let is_first = shown.borrow().number == 0;
            if !is_first && since.elapsed() < MOST_KEPT_BACK && watching.changes_within(SETTLED) {
                continue;
            }
        }
        broken_since = None;
        let next = shown.borrow().next(made);
        if let Some(next) = next {
            tell(&Round { shown: &next, took, is_polling: watching.is_polling() });
            shown.send_replace(Arc::new(next));
        }
        if !has_grown && !watching.wait() {
            return;
        }
    }
}

/// What is shown when copebook itself has failed.
fn bug() -> Made {
    let words = "error: copebook itself has made a mistake here, and not you\n\nThe pages are as they were before. Undo your last change and save again. \
        Please tell those who make copebook what you changed.";
    Made { problems: vec![Problem::elsewhere(words.to_owned())], summary: "1 error".to_owned(), ..Made::default() }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::super::shown::Pages;
    use super::*;

    #[test]
    fn a_panic_is_shown_and_the_next_save_recovers() {
        let folder = tempfile::tempdir().unwrap();
        let wanted = Wanted { whole: [folder.path().to_owned()].into(), ..Wanted::default() };
        let (sender, mut receiver) = watch::channel(Arc::default());
        let path = folder.path().join("page.md");
        std::thread::spawn(move || {
            let rounds = Cell::new(0);
            let make = move |_: &dyn Fn(Ahead)| {
                rounds.set(rounds.get() + 1);
                assert!(rounds.get() != 2, "planted");
                let files = [("members/index.html".to_owned(), rounds.get().to_string().into())].into();
                Made { pages: Some(Pages { files, ..Pages::default() }), ..Made::default() }
            };
            work(Watching::new(false), wanted, &sender, make, |_| {});
        });
        let mut seen = Vec::new();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        for _ in 0..3 {
            let next = runtime.block_on(async { tokio::time::timeout(Duration::from_secs(5), receiver.changed()).await });
            next.unwrap().unwrap();
            let shown = Arc::clone(&receiver.borrow_and_update());
            seen.push((shown.file("members/index.html").is_some(), shown.problems.len()));
            std::fs::File::create(&path).unwrap();
        }
        assert_eq!(seen, [(true, 0), (true, 1), (true, 0)]);
    }
}
