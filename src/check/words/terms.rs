//! Terms that hurt or frighten, with better ones; and terms that the author herself does not want.

use std::sync::LazyLock;

use super::lexicon::{Lexicon, List, Meant, Vocabulary, also_at};
use super::passage::Passage;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Curriculum, OwnTerm};
use crate::source::Span;

static LIST: LazyLock<Option<List>> = LazyLock::new(|| List::read(include_str!("terms.yml")));

/// What is looked for in a curriculum.
pub(super) struct Terms<'c> {
    lexicon: Lexicon,
    language: &'c str,
    own: &'c [OwnTerm],
}

impl<'c> Terms<'c> {
    pub(super) fn of(curriculum: &'c Curriculum, language: &'c str, vocabulary: &mut Vocabulary) -> Self {
        let mut lexicon = LIST.as_ref().map(|list| list.lexicon(language, vocabulary)).unwrap_or_default();
        let listed = lines(language).len();
        for (n, term) in curriculum.terms.iter().enumerate() {
            // The author's own word on a term wins over the list's. Her brackets are no either-ors.
            let phrase = term.not.value.replace('’', "'").replace(['(', ')', '|'], " ");
            lexicon.add(&phrase, Meant { line: Some(listed + n), noun: false, start: false }, vocabulary);
        }
        Self { lexicon, language, own: &curriculum.terms }
    }

    /// A warning for each term in a file, with its places.
    pub(super) fn problems(&self, row: &[Passage<'_>]) -> Vec<Diagnostic> {
        // German writes every noun with a capital, so there a capital makes no name.
        let german = self.language.split('-').next() == Some("de");
        let places = self.lexicon.places(row, |run, tokens| !german && run.is_in_a_name(tokens));
        places.into_iter().filter_map(|(line, places)| self.problem(line, &places)).collect()
    }

    fn problem(&self, line: usize, places: &[(String, Span)]) -> Option<Diagnostic> {
        let ((written, first), others) = places.split_first()?;
        let lines = lines(self.language);
        let problem = match lines.get(line) {
            Some(listed) => {
                let reason = listed.because.as_deref().map(|because| format!(" ({because})")).unwrap_or_default();
                let source = LIST.as_ref().and_then(|list| list.sources.get(&listed.source)).map_or("", String::as_str);
                Diagnostic::new(Code::HurtfulTerm, first.clone(), format!("`{written}` can hurt or frighten someone who reads it"))
                    .help(format!("rather: {}{reason}\nsource: {source}", listed.rather))
            }
            None => {
                let term = self.own.get(line.checked_sub(lines.len())?)?;
                let reason = term.because.as_deref().map(|because| format!(" ({because})")).unwrap_or_default();
                Diagnostic::new(Code::OwnTerm, first.clone(), format!("`{written}` is a term that this curriculum does not use"))
                    .help(format!("rather: {}{reason}", term.rather))
                    .related(term.not.span.clone(), "it is written here, under `terms`")
            }
        };
        Some(also_at(problem, others))
    }
}

fn lines(language: &str) -> &'static [super::lexicon::Listed] {
    LIST.as_ref().map(|list| list.lines(language)).unwrap_or_default()
}
