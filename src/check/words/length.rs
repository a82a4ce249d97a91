//! Sentences that are too long to hold in mind for someone who is tired or afraid.

use std::ops::Range;

use super::passage::{Passage, Run};
use crate::diagnostic::{Code, Diagnostic};
use crate::plain::Form;
use crate::reading::{Word, counted};
use crate::texts::Role;

/// How many words a sentence may have: what GOV.UK and plain-language guides for health advise.
const MOST_WORDS: usize = 25;
/// How many places are shown besides the first.
const MOST_PLACES: usize = 4;

/// One warning for all long sentences of a file.
pub(super) fn problem(row: &[Passage<'_>]) -> Option<Diagnostic> {
    let read = row.iter().filter(|passage| !matches!(passage.text.role, Role::Citation | Role::Contact | Role::Title));
    let mut long =
        read.flat_map(|passage| passage.runs.iter().flat_map(move |run| long_sentences(run).map(move |(range, words)| (passage, run, range, words))));
    let (passage, run, range, words) = long.next()?;
    let first = passage.place(run, range);
    let others: Vec<_> = long.collect();
    let message = match others.len() {
        0 => format!("this sentence has {words} words, and more than {MOST_WORDS} are hard to follow"),
        n => format!("{} sentences have more than {MOST_WORDS} words, and are hard to follow; the first has {words}", n + 1),
    };
    let problem = Diagnostic::new(Code::LongSentence, first, message).help("make two of it: one thought, one sentence");
    let others = others.into_iter().take(MOST_PLACES).map(|(passage, run, range, words)| (passage.place(run, range), words));
    Some(others.fold(problem, |problem, (place, words)| problem.related(place, format!("{words} words"))))
}

fn long_sentences(run: &Run<'_>) -> impl Iterator<Item = (Range<usize>, usize)> {
    let read = matches!(run.plain.form, Form::Paragraph | Form::Item | Form::Cell);
    // What counts as one word may be cut into several, and is never less than one.
    let may_be_long = |words: &[Word]| words.len() > MOST_WORDS;
    let sentences = if read && may_be_long(&run.words) { run.sentences() } else { &[] };
    sentences.iter().filter(move |range| may_be_long(run.words_in(range))).filter_map(|range| {
        let words = counted(run.text().get(range.clone())?).count();
        (words > MOST_WORDS).then(|| (range.clone(), words))
    })
}
