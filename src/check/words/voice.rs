//! Words that speak to facilitators, or of members, in a text that members read.

use std::sync::LazyLock;

use super::lexicon::{Lexicon, List, Vocabulary, also_at};
use super::passage::Passage;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

static LIST: LazyLock<Option<List>> = LazyLock::new(|| List::read(include_str!("voice.yml")));

/// What is looked for in a language.
pub(super) struct Voice<'l> {
    lexicon: Lexicon,
    language: &'l str,
}

impl<'l> Voice<'l> {
    pub(super) fn of(language: &'l str, vocabulary: &mut Vocabulary) -> Self {
        Self { lexicon: LIST.as_ref().map(|list| list.lexicon(language, vocabulary)).unwrap_or_default(), language }
    }

    /// A warning for each such wording in a file, with its places.
    pub(super) fn problems(&self, row: &[Passage<'_>]) -> Vec<Diagnostic> {
        let places = self.lexicon.places(row, |_, _| false);
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
        Some(also_at(problem.help(help), others))
    }
}
