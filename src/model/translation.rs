//! Members' texts in another language: what `NAME.es.md` and `NAME.es.yml` say, and the edition that their readers get.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{AgendaItem, Block, BlockKind, Curriculum, FieldKind, HandoutId, Rows, Slug, Title, Worksheet};
use crate::audience::{Member, Prose};
use crate::source::{SourcePath, Span, Spanned};

/// The members' texts of a curriculum in another language, as far as they are there. There is no room in it for facilitators' text.
#[derive(Clone, Debug)]
pub struct Translation {
    /// The language, and where the curriculum names it.
    pub language: Spanned<String>,
    /// The texts of `curriculum.yml`.
    pub course: Option<Translated<CourseTexts>>,
    /// Those of modules.
    pub modules: BTreeMap<Slug, Translated<ModuleTexts>>,
    /// Those of handouts.
    pub handouts: BTreeMap<HandoutId, Translated<PageTexts>>,
    /// Those of members' pages.
    pub pages: BTreeMap<Slug, Translated<PageTexts>>,
    /// Those of sessions.
    pub sessions: BTreeMap<Slug, Translated<SessionTexts>>,
}

/// What a file says that translates another.
#[derive(Clone, Debug)]
pub struct Translated<T> {
    /// The file.
    pub file: SourcePath,
    /// Its texts.
    pub texts: T,
    /// The stamp of the text that it was made from, as its author wrote it down.
    pub made_from: Option<Spanned<String>>,
    /// The stamp of the text that it translates, as that is now: a short sign of all that members read of it, another one where
    /// that has changed.
    pub stamp: String,
}

impl<T> Translated<T> {
    /// Whether it was made from an earlier text.
    pub fn is_outdated(&self) -> bool {
        self.made_from.as_ref().is_some_and(|made_from| made_from.value != self.stamp)
    }
}

/// What members read of a curriculum's own file.
#[derive(Clone, Default, Debug)]
pub struct CourseTexts {
    /// Its name.
    pub title: Option<Title>,
    /// What it is.
    pub summary: Option<Prose<Member>>,
    /// Whom it is for.
    pub for_whom: Option<Prose<Member>>,
    /// What the group agrees on.
    pub agreements: Option<Vec<Prose<Member>>>,
    /// What stays private.
    pub confidentiality: Option<Prose<Member>>,
    /// How crisis lines are told, and reached, in this language.
    pub crisis: Vec<CrisisTexts>,
    /// Members' wording of what opens every session.
    pub open: Vec<Prose<Member>>,
    /// Members' wording of what closes every session.
    pub close: Vec<Prose<Member>>,
}

/// A crisis line for readers of another language. What is not said here is as the curriculum says it.
#[derive(Clone, Debug)]
pub struct CrisisTexts {
    /// Its place among the curriculum's lines.
    pub place: usize,
    /// Who answers.
    pub name: Option<Title>,
    /// When, and in which language.
    pub hours: Option<Spanned<String>>,
    /// The number to call.
    pub call: Option<Spanned<String>>,
    /// The number to text, or the word and the number.
    pub text: Option<Spanned<String>>,
    /// Their website.
    pub web: Option<Spanned<String>>,
}

/// What members read of a module's own file.
#[derive(Clone, Debug)]
pub struct ModuleTexts {
    /// Its name.
    pub title: Option<Title>,
    /// What it teaches.
    pub summary: Option<Prose<Member>>,
}

/// A handout, or a page for members.
#[derive(Clone, Debug)]
pub struct PageTexts {
    /// Its name.
    pub title: Title,
    /// What it is, in a sentence.
    pub summary: Option<Prose<Member>>,
    /// Where it comes from.
    pub source: Option<Prose<Member>>,
    /// Its text.
    pub blocks: Vec<Block>,
}

/// What members read of a session.
#[derive(Clone, Default, Debug)]
pub struct SessionTexts {
    /// Its name.
    pub title: Option<Title>,
    /// What it is about.
    pub summary: Option<Prose<Member>>,
    /// Its goals.
    pub goals: Option<Vec<Prose<Member>>>,
    /// What to practice.
    pub practice: Option<Prose<Member>>,
    /// Members' wording of the items of its agenda that have one, in order.
    pub agenda: Vec<Prose<Member>>,
    /// The same for its own `open`.
    pub open: Vec<Prose<Member>>,
    /// The same for its own `close`.
    pub close: Vec<Prose<Member>>,
}

/// How a page stands in the language of its readers, where it is not as it should be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// It is not translated: they read the original.
    Missing,
    /// It was translated from an earlier text.
    Outdated,
}

impl Curriculum {
    /// The curriculum in each of its other languages. Where a text has no translation, the original stands; the file of each
    /// text says which it is.
    pub fn editions(&self) -> Vec<Self> {
        self.translations.iter().map(|translation| self.edition(translation)).collect()
    }

    /// The languages that members read, that of the main files first.
    pub fn languages_of_members(&self) -> impl Iterator<Item = &str> {
        [self.language.as_str()].into_iter().chain(self.translations.iter().map(|translation| translation.language.value.as_str()))
    }

    /// The language of the main files.
    pub fn main_language(&self) -> &str {
        self.languages.first().unwrap_or(&self.language)
    }

    /// The language in which a file is written.
    pub fn language_of<'c>(&'c self, file: &'c SourcePath) -> &'c str {
        file.language().unwrap_or(self.main_language())
    }

    /// Whether this is an edition for readers of another language than that of the main files.
    pub fn is_edition(&self) -> bool {
        self.language != self.main_language()
    }

    /// How the page with this title stands in its readers' language; nothing where all is well.
    pub fn standing(&self, title: &Title) -> Option<Standing> {
        let file = &title.span.file;
        if self.language_of(file) != self.language {
            return Some(Standing::Missing);
        }
        self.outdated.contains(&file.original()).then_some(Standing::Outdated)
    }

    fn edition(&self, translation: &Translation) -> Self {
        let mut edition = Self { language: translation.language.value.clone(), translations: Vec::new(), ..self.clone() };
        let Translation { course, modules, handouts, pages, sessions, .. } = translation;
        if let Some(course) = course {
            edition.note(course);
            edition.put_course(&course.texts);
        }
        for module in &mut edition.modules {
            if let Some(Translated { texts, .. }) = modules.get(&module.slug) {
                put(&mut module.title, texts.title.as_ref());
                put_some(&mut module.summary, texts.summary.as_ref());
            }
            for handout in &mut module.handouts {
                let Some(Translated { texts, .. }) = handouts.get(&handout.id) else { continue };
                let handout = Arc::make_mut(handout);
                handout.title = texts.title.clone();
                put_some(&mut handout.summary, texts.summary.as_ref());
                put_some(&mut handout.source, texts.source.as_ref());
                let original = std::mem::replace(&mut handout.blocks, texts.blocks.clone());
                keep_answers(&mut handout.blocks, &original);
            }
        }
        for page in &mut edition.pages {
            let Some(Translated { texts, .. }) = pages.get(&page.slug) else { continue };
            page.title = texts.title.clone();
            put_some(&mut page.summary, texts.summary.as_ref());
            let original = std::mem::replace(&mut page.blocks, texts.blocks.clone());
            keep_answers(&mut page.blocks, &original);
        }
        for session in &mut edition.sessions {
            let Some(Translated { texts, .. }) = sessions.get(&session.slug) else { continue };
            put(&mut session.title, texts.title.as_ref());
            put_some(&mut session.members.summary, texts.summary.as_ref());
            put(&mut session.members.goals, texts.goals.as_ref());
            put_some(&mut session.members.practice, texts.practice.as_ref());
            put_lines(&mut session.agenda, &texts.agenda);
            put_lines(session.open.as_deref_mut().unwrap_or_default(), &texts.open);
            put_lines(session.close.as_deref_mut().unwrap_or_default(), &texts.close);
        }
        modules.values().for_each(|module| edition.note(module));
        handouts.values().chain(pages.values()).for_each(|page| edition.note(page));
        sessions.values().for_each(|session| edition.note(session));
        edition
    }

    fn note<T>(&mut self, translated: &Translated<T>) {
        if translated.is_outdated() {
            self.outdated.insert(translated.file.original());
        }
    }

    fn put_course(&mut self, texts: &CourseTexts) {
        put(&mut self.title, texts.title.as_ref());
        put_some(&mut self.summary, texts.summary.as_ref());
        put_some(&mut self.for_whom, texts.for_whom.as_ref());
        put(&mut self.agreements, texts.agreements.as_ref());
        put_some(&mut self.confidentiality, texts.confidentiality.as_ref());
        put_lines(&mut self.defaults.open, &texts.open);
        put_lines(&mut self.defaults.close, &texts.close);
        for told in &texts.crisis {
            let Some(line) = self.crisis.get_mut(told.place) else { continue };
            put(&mut line.name, told.name.as_ref());
            put_some(&mut line.hours, told.hours.as_ref());
            put_some(&mut line.call, told.call.as_ref());
            put_some(&mut line.text, told.text.as_ref());
            put_some(&mut line.web, told.web.as_ref());
        }
    }
}

fn put<T: Clone>(place: &mut T, text: Option<&T>) {
    if let Some(text) = text {
        place.clone_from(text);
    }
}

fn put_some<T: Clone>(place: &mut Option<T>, text: Option<&T>) {
    if text.is_some() {
        *place = text.cloned();
    }
}

/// Gives the lines to the items that have one. Where there are more or fewer, nobody knows which belongs to which.
fn put_lines(items: &mut [AgendaItem], lines: &[Prose<Member>]) {
    let places: Vec<&mut Prose<Member>> = items.iter_mut().filter_map(|item| item.members.as_mut()).collect();
    if places.len() == lines.len() {
        places.into_iter().zip(lines).for_each(|(place, line)| place.clone_from(line));
    }
}

/// Says of each worksheet which one it translates, where the pages have the same worksheets with the same questions.
fn keep_answers(blocks: &mut [Block], originals: &[Block]) {
    let mut found = Vec::new();
    worksheets(originals, &mut found);
    let mut originals = found.into_iter();
    each_worksheet(blocks, &mut |worksheet| {
        if let Some(original) = originals.next()
            && original.fields.iter().map(|field| field.kind.shape()).eq(worksheet.fields.iter().map(|field| field.kind.shape()))
        {
            worksheet.original = Some(Box::new(original.clone()));
        }
    });
}

fn worksheets<'b>(blocks: &'b [Block], found: &mut Vec<&'b Worksheet>) {
    for block in blocks {
        match block {
            Block::Worksheet(worksheet) => found.push(worksheet),
            Block::Titled { blocks, .. } | Block::Breathe { blocks, .. } => worksheets(blocks, found),
            Block::Text(_) => {}
        }
    }
}

fn each_worksheet(blocks: &mut [Block], see: &mut dyn FnMut(&mut Worksheet)) {
    for block in blocks {
        match block {
            Block::Worksheet(worksheet) => see(worksheet),
            Block::Titled { blocks, .. } | Block::Breathe { blocks, .. } => each_worksheet(blocks, see),
            Block::Text(_) => {}
        }
    }
}

impl FieldKind {
    /// How a question is answered, in an author's words: two with the same shape have room for the same answers.
    pub fn shape(&self) -> String {
        let with = |other: &bool| if *other { " and `other`" } else { "" };
        match self {
            Self::Line => "`line`".into(),
            Self::Lines(_) => "`lines`".into(),
            Self::Scale { from, to, .. } => format!("`scale` from {from} to {to}"),
            Self::Check { options, other } => format!("`check` with {} options{}", options.len(), with(other)),
            Self::Choose { options, other } => format!("`choose` with {} options{}", options.len(), with(other)),
            Self::YesNo { if_yes, if_no } => {
                let asked: Vec<&str> = [if_yes.as_ref().map(|_| "if_yes"), if_no.as_ref().map(|_| "if_no")].into_iter().flatten().collect();
                if asked.is_empty() { "`yes_no`".into() } else { format!("`yes_no` with {}", asked.join(" and ")) }
            }
            Self::Plan(slots) => format!("`plan` with {} slots", slots.len()),
            Self::Table { columns, rows: Rows::Empty(rows) } => format!("`table` with {} columns and {rows} rows", columns.len()),
            Self::Table { columns, rows: Rows::Labelled(rows) } => format!("`table` with {} columns and {} named rows", columns.len(), rows.len()),
            Self::Grid { items, options } => format!("`grid` with {} items and {} options", items.len(), options.len()),
            Self::List(count) => format!("`list` of {count}"),
            Self::Blanks => "`blanks`".into(),
        }
    }
}

/// What a text is made of, in order: its blocks and its questions, each in an author's words and with its place. Plain text
/// is left out, since paragraphs may be joined or cut in another language.
pub fn outline(blocks: &[Block]) -> Vec<(String, Option<&Span>)> {
    let mut parts = Vec::new();
    for block in blocks {
        match block {
            Block::Text(_) => {}
            Block::Titled { kind, span, blocks, .. } => {
                parts.push((format!("the block `{}`", BlockKind::as_str(*kind)), Some(span)));
                parts.extend(outline(blocks));
            }
            Block::Breathe { breath, span, blocks, .. } => {
                let counts = [breath.inhale, breath.hold, breath.exhale, breath.rest].map(|count| count.to_string()).join("-");
                parts.push((format!("a breath of {counts} seconds"), Some(span)));
                parts.extend(outline(blocks));
            }
            Block::Worksheet(worksheet) => {
                parts.push(("the block `worksheet`".into(), Some(&worksheet.span)));
                let questions = worksheet.fields.iter().enumerate();
                parts.extend(questions.map(|(n, field)| (format!("question {}, {}", n + 1, field.kind.shape()), Some(field.label.span()))));
            }
        }
    }
    parts
}
