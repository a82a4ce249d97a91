//! The last proof: looks for facilitators' passages in every byte that members get.
//!
//! A passage is a text for facilitators as a run of words, without case, punctuation, numbers, marks and entities. Every eight
//! words of it in a row (a shorter text as a whole, from five words) that no text for members and no word of the theme shares
//! are looked for in every file of the member site: in what is shown, and inside tags. Types and templates make a hit
//! impossible; this would find a mistake in them.

mod passages;
mod words;

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::diagnostic::{Code, Diagnostic};
use crate::model::Curriculum;
use crate::source::Span;
pub use passages::Known;
use passages::Passages;

/// What the scan found.
#[derive(Debug)]
pub struct Scan {
    /// How many passages for facilitators were looked for.
    pub passages: usize,
    /// How many files for members were looked through.
    pub files: usize,
    /// Passages that were found there.
    pub leaks: Vec<Leak>,
}

/// A passage for facilitators in a file for members.
#[derive(PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Leak {
    /// Where it was written.
    pub span: Span,
    /// The address of the file that shows it.
    pub file: String,
}

impl Leak {
    /// The leak as a problem that stops the build.
    pub fn diagnostic(&self) -> Diagnostic {
        Diagnostic::new(Code::Leak, self.span.clone(), format!("this text is for facilitators, but the page {} for members shows it", self.file))
            .help("nothing was written. If a theme of your own says this, take it out there; if not, this is a mistake in copebook: please report it")
    }
}

/// Looks for every passage of the curricula in files for members, one after the other or many at once.
pub struct Scanner {
    passages: Passages,
    files: AtomicUsize,
    leaks: Mutex<BTreeSet<Leak>>,
}

impl Scanner {
    /// Learns the passages. `editions` are the curricula in their other languages; `theme_words` are what copebook's own
    /// themes say to members: they excuse nothing that an author's theme says. `known` are the words of texts that were learnt before.
    pub fn new<'w>(
        curricula: &'w [Curriculum],
        editions: impl Iterator<Item = &'w Curriculum>,
        theme_words: impl Iterator<Item = &'w str>,
        known: &Known,
    ) -> Self {
        Self { passages: Passages::of(curricula, editions, theme_words, known), files: AtomicUsize::new(0), leaks: Mutex::default() }
    }

    /// Looks through a file.
    pub fn look(&self, file: &str, bytes: &[u8]) {
        self.files.fetch_add(1, Ordering::Relaxed);
        let found = self.passages.found_in(bytes);
        if !found.is_empty() {
            let leaks = found.into_iter().map(|span| Leak { span: span.clone(), file: file.to_owned() });
            self.leaks.lock().unwrap_or_else(PoisonError::into_inner).extend(leaks);
        }
    }

    /// What was found in all files.
    pub fn done(self) -> Scan {
        let leaks = self.leaks.into_inner().unwrap_or_else(PoisonError::into_inner);
        Scan { passages: self.passages.count, files: self.files.into_inner(), leaks: leaks.into_iter().collect() }
    }
}
