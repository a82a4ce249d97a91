//! Terms that hurt or frighten, with better ones; and terms that the author herself does not want.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::lexicon::{Lexicon, List, Meant};
use super::passage::Passage;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Curriculum, OwnTerm};
use crate::source::Span;

/// How many places are shown besides the first.
const MOST_PLACES: usize = 4;

static LIST: LazyLock<Option<List>> = LazyLock::new(|| List::read(include_str!("terms.yml")));

/// What is looked for in a curriculum.
pub(super) struct Terms<'c> {
    lexicon: Lexicon,
    language: &'c str,
    own: &'c [OwnTerm],
}

impl<'c> Terms<'c> {
    pub(super) fn of(curriculum: &'c Curriculum, language: &'c str) -> Self {
        let mut lexicon = LIST.as_ref().map(|list| list.lexicon(language)).unwrap_or_default();
        let listed = lines(language).len();
        for (n, term) in curriculum.terms.iter().enumerate() {
            // The author's own word on a term wins over the list's.
            lexicon.add(&term.not.value.replace(['(', ')', '|', '’'], "'"), Meant { line: Some(listed + n), noun: false, start: false });
        }
        Self { lexicon, language, own: &curriculum.terms }
    }

    /// A warning for each term in a file, with its places.
    pub(super) fn problems(&self, row: &[Passage<'_>]) -> Vec<Diagnostic> {
        let mut places: BTreeMap<usize, Vec<(String, Span)>> = BTreeMap::new();
        for passage in row.iter().filter(|passage| passage.is_own_words()) {
            for run in passage.runs.iter().filter(|run| !run.plain.quoted) {
                for found in self.lexicon.find(run) {
                    let Some((first, last)) = run.tokens.get(found.tokens.start).zip(run.tokens.get(found.tokens.end - 1)) else { continue };
                    // German writes every noun with a capital.
                    let named = !self.language.starts_with("de") && run.is_in_a_name(&found.tokens);
                    if first.quoted || named {
                        continue;
                    }
                    let range = first.range.start..last.range.end;
                    let written = run.plain.text.get(range.clone()).unwrap_or_default().replace('\n', " ");
                    places.entry(found.line).or_default().push((written, passage.place(run, range)));
                }
            }
        }
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
        Some(others.iter().take(MOST_PLACES).fold(problem, |problem, (_, place)| problem.related(place.clone(), "here as well")))
    }
}

fn lines(language: &str) -> &'static [super::lexicon::Listed] {
    LIST.as_ref().map(|list| list.lines(language)).unwrap_or_default()
}
