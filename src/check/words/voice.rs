//! Words that speak to facilitators, or of members, in a text that members read.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::lexicon::{Lexicon, List};
use super::passage::Passage;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// How many places are shown besides the first.
const MOST_PLACES: usize = 4;

static LIST: LazyLock<Option<List>> = LazyLock::new(|| List::read(include_str!("voice.yml")));

/// What is looked for in a language.
pub(super) struct Voice<'l> {
    lexicon: Lexicon,
    language: &'l str,
}

impl<'l> Voice<'l> {
    pub(super) fn of(language: &'l str) -> Self {
        Self { lexicon: LIST.as_ref().map(|list| list.lexicon(language)).unwrap_or_default(), language }
    }

    /// A warning for each such wording in a file, with its places.
    pub(super) fn problems(&self, row: &[Passage<'_>]) -> Vec<Diagnostic> {
        let mut places: BTreeMap<usize, Vec<(String, Span)>> = BTreeMap::new();
        for passage in row.iter().filter(|passage| passage.is_own_words()) {
            for run in passage.runs.iter().filter(|run| !run.plain.quoted) {
                for found in self.lexicon.find(run) {
                    let Some((first, last)) = run.tokens.get(found.tokens.start).zip(run.tokens.get(found.tokens.end - 1)) else { continue };
                    if !first.quoted {
                        let range = first.range.start..last.range.end;
                        let written = run.plain.text.get(range.clone()).unwrap_or_default().replace('\n', " ");
                        places.entry(found.line).or_default().push((written, passage.place(run, range)));
                    }
                }
            }
        }
        places.into_iter().filter_map(|(line, places)| self.problem(line, &places)).collect()
    }

    fn problem(&self, line: usize, places: &[(String, Span)]) -> Option<Diagnostic> {
        let ((written, first), others) = places.split_first()?;
        let listed = LIST.as_ref()?.lines(self.language).get(line)?;
        let help = if listed.belongs_elsewhere {
            "if it is for facilitators, move it to the key `facilitator` or to the session plan; if it is for members, speak to them: `you`, `we`".to_owned()
        } else {
            format!("rather: {}", listed.rather)
        };
        let problem = Diagnostic::new(Code::FacilitatorVoice, first.clone(), format!("`{written}` sounds as if said to a facilitator, but members read it"));
        Some(others.iter().take(MOST_PLACES).fold(problem.help(help), |problem, (_, place)| problem.related(place.clone(), "here as well")))
    }
}
