//! What was made of files that have not changed since: the preview loads a course again for each save.
//!
//! Only what is made of a file's path and text and of nothing else is kept, with what is told of it, and it is taken only where the
//! whole text is the same. So it is what would be made again.

use std::sync::Arc;

use super::fields::Problems;
use super::handout;
use super::yaml::{self, Node, Yaml};
use crate::kept::Kept;
use crate::model::{Handout, HandoutId, PageTexts};
use crate::source::{SourcePath, Sources, Spanned};

/// What was made of files.
#[derive(Default)]
pub struct Memory {
    nodes: Shelf<Option<Arc<Node>>>,
    handouts: Shelf<Option<Arc<Handout>>>,
    translated: Shelf<Option<(PageTexts, Option<Spanned<String>>)>>,
    stamps: Shelf<String>,
}

impl Memory {
    /// One that keeps what is made. The default keeps nothing: whoever loads once has no use for it.
    pub fn keeping() -> Self {
        Self { nodes: Kept::keeping(), handouts: Kept::keeping(), translated: Kept::keeping(), stamps: Kept::keeping() }
    }

    /// Begins a round.
    pub fn next_round(&self) {
        self.nodes.next_round();
        self.handouts.next_round();
        self.translated.next_round();
        self.stamps.next_round();
    }

    /// The tree of a file that is YAML as a whole.
    pub(super) fn yaml(&self, file: &SourcePath, sources: &Sources, problems: &mut Problems) -> Option<Arc<Node>> {
        let text = sources.texts.get(file)?;
        self.nodes.of(file, text, problems, |problems| yaml::parse(&Yaml { file, text, lines_before: 0 }, problems).map(Arc::new))
    }

    /// A handout. Its name is that of its file.
    pub(super) fn handout(&self, id: HandoutId, file: &SourcePath, sources: &Sources, problems: &mut Problems) -> Option<Arc<Handout>> {
        let text = sources.texts.get(file)?;
        self.handouts.of(file, text, problems, |problems| handout::handout(id, file, text, problems).map(Arc::new))
    }

    /// The translation of a handout or of a page, and the stamp that it has.
    pub(super) fn translated(&self, file: &SourcePath, sources: &Sources, problems: &mut Problems) -> Option<(PageTexts, Option<Spanned<String>>)> {
        let text = sources.texts.get(file)?;
        self.translated.of(file, text, problems, |problems| handout::translated(file, text, problems))
    }

    /// The stamp of a page, which is made of its text without its head, and of what its head says.
    pub(super) fn stamp(&self, page: &SourcePath, sources: &Sources, make: impl FnOnce(&str) -> String) -> String {
        let Some(text) = sources.texts.get(page) else { return make("") };
        self.stamps.of(page, text, &mut Problems::new(), |_| make(handout::body(page, text)))
    }
}

/// What was made of files.
type Shelf<T> = Kept<SourcePath, Made<T>>;

/// What was made of a text, and what is told of it.
#[derive(Clone)]
struct Made<T> {
    text: Arc<str>,
    made: T,
    told: Problems,
}

impl<T: Clone> Shelf<T> {
    /// What `make` makes of a file's text.
    fn of(&self, file: &SourcePath, text: &Arc<str>, problems: &mut Problems, make: impl FnOnce(&mut Problems) -> T) -> T {
        if !self.keeps() {
            return make(problems);
        }
        if let Some(Made { text: known, made, told }) = self.get(file)
            && known == *text
        {
            problems.extend(told);
            return made;
        }
        let mut told = Problems::new();
        let made = make(&mut told);
        self.put(file.clone(), Made { text: Arc::clone(text), made: made.clone(), told: told.clone() });
        problems.extend(told);
        made
    }
}
