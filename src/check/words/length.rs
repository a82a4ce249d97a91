//! Sentences that are too long to hold in mind for someone who is tired or afraid.

use super::passage::{Passage, Run};
use crate::diagnostic::{Code, Diagnostic};
use crate::plain::Form;
use crate::reading::counted;
use crate::source::Span;
use crate::texts::Role;

/// How many words a sentence may have: what GOV.UK and plain-language guides for health advise.
const MOST_WORDS: usize = 25;
/// How many places are shown besides the first.
const MOST_PLACES: usize = 4;

/// One warning for all long sentences of a file.
pub(super) fn problem(row: &[Passage<'_>]) -> Option<Diagnostic> {
    let read = row.iter().filter(|passage| !matches!(passage.text.role, Role::Citation | Role::Contact | Role::Title));
    let long: Vec<(Span, usize)> = read.flat_map(|passage| passage.runs.iter().flat_map(|run| long_sentences(passage, run))).collect();
    let ((first, words), others) = long.split_first()?;
    let message = match others.len() {
        0 => format!("this sentence has {words} words, and more than {MOST_WORDS} are hard to follow"),
        n => format!("{} sentences have more than {MOST_WORDS} words, and are hard to follow; the first has {words}", n + 1),
    };
    let problem = Diagnostic::new(Code::LongSentence, first.clone(), message).help("make two of it: one thought, one sentence");
    Some(others.iter().take(MOST_PLACES).fold(problem, |problem, (place, words)| problem.related(place.clone(), format!("{words} words"))))
}

fn long_sentences<'r>(passage: &'r Passage<'_>, run: &'r Run) -> impl Iterator<Item = (Span, usize)> + 'r {
    let read = matches!(run.plain.form, Form::Paragraph | Form::Item | Form::Cell);
    run.sentences.iter().filter(move |_| read).filter_map(|range| {
        let words = counted(run.plain.text.get(range.clone())?).count();
        (words > MOST_WORDS).then(|| (passage.place(run, range.clone()), words))
    })
}
