//! Translations: what is missing, what was made from an earlier text, and what is not made of the same parts.

use super::subject::Subject;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Block, Curriculum, Module, SessionPlan, Translated, Translation, outline};
use crate::source::{SourcePath, Sources, Span};

/// How many missing files are named. Who has so many to translate begins with these.
const MOST: usize = 60;

/// Every language of a curriculum has every text that members read, made from the text as it is now.
pub fn translations(&Subject { curriculum, sources, .. }: &Subject<'_>) -> Vec<Diagnostic> {
    curriculum.translations.iter().flat_map(|translation| one(curriculum, translation, sources)).collect()
}

fn one(curriculum: &Curriculum, translation: &Translation, sources: &Sources) -> Vec<Diagnostic> {
    let mut found = Found { curriculum, translation, sources, missing: Vec::new(), total: 0, problems: Vec::new() };
    let c = curriculum;
    if let Some(course) = found.stamped(&c.folder.join("curriculum.yml"), translation.course.as_ref()) {
        let (texts, crisis) = (&course.texts, c.crisis.iter().filter(|line| line.hours.is_some()).count());
        let told = texts.crisis.iter().filter(|line| line.hours.is_some()).count();
        found.lacks(
            course,
            &[
                ("title", true, texts.title.is_some()),
                ("summary", c.summary.is_some(), texts.summary.is_some()),
                ("for", c.for_whom.is_some(), texts.for_whom.is_some()),
                ("agreements", !c.agreements.is_empty(), texts.agreements.is_some()),
                ("confidentiality", c.confidentiality.is_some(), texts.confidentiality.is_some()),
                ("crisis", crisis > 0, told > 0),
                ("open", c.defaults.open.iter().any(|item| item.members.is_some()), !texts.open.is_empty()),
                ("close", c.defaults.close.iter().any(|item| item.members.is_some()), !texts.close.is_empty()),
            ],
        );
        found.agreements(course.texts.agreements.as_deref().map_or(0, <[_]>::len), &course.file);
    }
    c.sessions.iter().for_each(|session| found.session(session));
    c.modules.iter().for_each(|module| found.module(module));
    for page in &c.pages {
        if let Some(translated) = found.stamped(&page.file, translation.pages.get(&page.slug)) {
            found.lacks(translated, &[("summary", page.summary.is_some(), translated.texts.summary.is_some())]);
            found.parts(&translated.file, &page.blocks, &translated.texts.blocks);
        }
    }
    found.told()
}

struct Found<'c> {
    curriculum: &'c Curriculum,
    translation: &'c Translation,
    sources: &'c Sources,
    missing: Vec<SourcePath>,
    total: usize,
    problems: Vec<Diagnostic>,
}

impl<'c> Found<'c> {
    fn session(&mut self, session: &SessionPlan) {
        let Some(translated) = self.stamped(&session.file, self.translation.sessions.get(&session.slug)) else { return };
        let (texts, members) = (&translated.texts, &session.members);
        self.lacks(
            translated,
            &[
                ("title", true, texts.title.is_some()),
                ("summary", members.summary.is_some(), texts.summary.is_some()),
                ("goals", !members.goals.is_empty(), texts.goals.is_some()),
                ("practice", members.practice.is_some(), texts.practice.is_some()),
                ("agenda", session.agenda.iter().any(|item| item.members.is_some()), !texts.agenda.is_empty()),
            ],
        );
    }

    fn module(&mut self, module: &Module) {
        if let Some(translated) = self.stamped(&module.folder.join("module.yml"), self.translation.modules.get(&module.slug)) {
            let texts = &translated.texts;
            self.lacks(translated, &[("title", true, texts.title.is_some()), ("summary", module.summary.is_some(), texts.summary.is_some())]);
        }
        for handout in &module.handouts {
            let Some(translated) = self.stamped(&handout.file, self.translation.handouts.get(&handout.id)) else { continue };
            let texts = &translated.texts;
            // A source may stay as it is: it is most often the name of a book.
            self.lacks(translated, &[("summary", handout.summary.is_some(), texts.summary.is_some())]);
            self.parts(&translated.file, &handout.blocks, &texts.blocks);
        }
    }

    /// Gives the translation of a file where it is there; tells one that is not made from the text as it is now.
    fn stamped<T>(&mut self, main: &SourcePath, translated: Option<&'c Translated<T>>) -> Option<&'c Translated<T>> {
        self.total += 1;
        let Some(translated) = translated else {
            // One that is there and could not be read has been told.
            let file = main.translated(&self.translation.language.value);
            if self.sources.text(&file).is_none() && !self.sources.unread.contains(&file) {
                self.missing.push(file);
            }
            return None;
        };
        let (name, stamp) = (main.name(), &translated.stamp);
        match &translated.made_from {
            None => self.problems.push(
                Diagnostic::new(
                    Code::TranslationUnsure,
                    Span::of_file(&translated.file),
                    format!("nothing says from which text of {name} this translation was made, so nobody will know when it is out of date"),
                )
                .help(format!(
                    "if it says the same as {name} does now, add a line at its {}: `translates: {stamp}`",
                    if name.ends_with(".md") { "head" } else { "end" }
                )),
            ),
            Some(made_from) if translated.is_outdated() => self.problems.push(
                Diagnostic::new(
                    Code::TranslationOutdated,
                    made_from.span.clone(),
                    format!("this translation was made from another text of {name}: something that members read there has changed since"),
                )
                .help(format!(
                    "compare the two and mend this one; then write `translates: {stamp}`. Until then its readers are told that there is a newer text"
                )),
            ),
            Some(_) => {}
        }
        Some(translated)
    }

    /// Tells the keys that the original has and its translation lacks.
    fn lacks<T>(&mut self, translated: &Translated<T>, keys: &[(&str, bool, bool)]) {
        let lacking: Vec<String> = keys.iter().filter(|(_, there, here)| *there && !here).map(|(key, ..)| format!("`{key}`")).collect();
        if !lacking.is_empty() {
            let message = format!("this translation has no {}, so members read the original there", lacking.join(", "));
            self.problems.push(
                Diagnostic::new(Code::TranslationDiffers, Span::of_file(&translated.file), message)
                    .help(format!("translate that from {} too", translated.file.original().name())),
            );
        }
    }

    fn agreements(&mut self, here: usize, file: &SourcePath) {
        let there = self.curriculum.agreements.len();
        if here > 0 && here != there {
            self.problems.push(
                Diagnostic::new(
                    Code::TranslationDiffers,
                    Span::of_file(file),
                    format!("this translation has {here} agreements, and the curriculum has {there}: the members of one group would agree on different things"),
                )
                .help("write the same agreements in both"),
            );
        }
    }

    /// Tells the first part in which a translation is made otherwise than its original.
    fn parts(&mut self, file: &SourcePath, original: &[Block], translated: &[Block]) {
        let (there, here) = (outline(original), outline(translated));
        let at = there.iter().zip(&here).take_while(|((there, _), (here, _))| there == here).count();
        let (wanted, written) = (there.get(at), here.get(at));
        if wanted.is_none() && written.is_none() {
            return;
        }
        let name = file.original();
        let place = |part: Option<&(String, Option<&Span>)>| part.and_then(|(_, span)| *span).cloned();
        let mut problem = Diagnostic::new(
            Code::TranslationDiffers,
            place(written).unwrap_or_else(|| Span::of_file(file)),
            match (wanted, written) {
                (Some((wanted, _)), Some((written, _))) => format!("here is {written}, where {} has {wanted}", name.name()),
                (Some((wanted, _)), None) => format!("this translation ends before {wanted}, which {} has", name.name()),
                (None, _) => format!("here is more than {} has", name.name()),
            },
        )
        .help("give both the same blocks and the same questions in the same order; answers that a member keeps are found by their place");
        if let Some(span) = place(wanted) {
            problem = problem.related(span, "the original");
        }
        self.problems.push(problem);
    }

    fn told(mut self) -> Vec<Diagnostic> {
        let language = &self.translation.language;
        if !self.missing.is_empty() {
            let folder = &self.curriculum.folder;
            let mut names: String = self.missing.iter().take(MOST).map(|file| format!("\n  {}", folder.way_to(file))).collect();
            if self.missing.len() > MOST {
                names.push_str(&format!("\n  … and {} more", self.missing.len() - MOST));
            }
            self.problems.push(
                Diagnostic::new(
                    Code::TranslationMissing,
                    language.span.clone(),
                    format!(
                        "`{}` lacks {} of {} files with texts for members, so its readers get these in `{}`",
                        language.value,
                        self.missing.len(),
                        self.total,
                        self.curriculum.main_language()
                    ),
                )
                .help(format!("these are missing, each beside the file that it translates:{names}")),
            );
        }
        self.problems
    }
}
