//! The first files of a curriculum, and new sessions, modules and handouts in one that is there: from answers to texts.
//!
//! The texts themselves are files in `texts/`, a folder for each language, filled in here. Nothing here touches the disk.

pub mod list;
mod minutes;
pub mod questions;
pub mod words;

use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};
use tera::{Context, Tera, TeraResult};

use crate::model::{Date, Minutes};
use minutes::{Own, Shares, pause};
use words::{markdown, yaml};

static TEXTS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/starter/texts");

/// The language of the texts where there are none in the language that was asked for.
const OTHERWISE: &str = "en";

/// What is asked for a new curriculum.
pub struct Course {
    /// Its name.
    pub title: String,
    /// The code of its language.
    pub language: String,
    /// How long a session takes.
    pub session_minutes: Minutes,
    /// Whom it is for.
    pub for_whom: String,
    /// Whom members call when they are not safe; none where the author writes it later.
    pub crisis: Option<Crisis>,
    /// The day on which it is made.
    pub today: Date,
}

/// A line to call.
pub struct Crisis {
    /// Who answers.
    pub name: String,
    /// The number.
    pub call: String,
    /// When someone answers; empty where it is not said.
    pub hours: String,
}

impl Crisis {
    /// The line of the United States, <https://988lifeline.org>.
    pub fn of_the_united_states() -> Self {
        Self { name: "988 Suicide & Crisis Lifeline".into(), call: "988".into(), hours: String::new() }
    }
}

/// What is asked for a new session.
pub struct Session {
    /// Its name.
    pub title: String,
    /// The minutes of its own agenda.
    pub minutes: u32,
    /// The minutes of the whole session, with what opens and closes it.
    pub whole: u32,
    /// What members read of it.
    pub summary: String,
    /// The handout that it gives out, as `module/handout`.
    pub handout: String,
    /// What members do until next time.
    pub practice: String,
    /// Whether a session came before it, whose practice is looked at.
    pub review: bool,
}

/// What is asked for a new module.
pub struct Module {
    /// Its name.
    pub title: String,
    /// What it teaches, for members.
    pub summary: String,
    /// What it is for, for facilitators.
    pub purpose: String,
    /// The name of its first handout's file, without `.md`.
    pub handout: String,
}

/// What is asked for a new handout.
pub struct Handout {
    /// Its name.
    pub title: String,
    /// What it is, in a sentence.
    pub summary: String,
    /// How long it takes.
    pub minutes: Minutes,
    /// Whether it has a worksheet.
    pub worksheet: bool,
}

/// Whether there are starter texts in a language, `pt-BR` being served by `pt`.
pub fn has_texts(language: &str) -> bool {
    folder(language).is_some()
}

/// The languages that have starter texts.
pub fn languages() -> Vec<&'static str> {
    TEXTS.dirs().filter_map(|dir| dir.path().to_str()).collect()
}

/// What is taken in a language where nothing is answered: under `title`, `for` or `session` in its `usual.yml`.
pub fn usual(language: &str, key: &str) -> String {
    let file = folder(language).or_else(|| TEXTS.get_dir(OTHERWISE)).and_then(|folder| TEXTS.get_file(folder.path().join("usual.yml")));
    let words: BTreeMap<String, String> = file.and_then(|file| serde_yaml::from_str(file.contents_utf8()?).ok()).unwrap_or_default();
    words.get(key).cloned().unwrap_or_default()
}

/// The files of a new curriculum, by their way from its folder.
pub fn course(course: &Course) -> TeraResult<BTreeMap<String, String>> {
    let Shares { open, close, own, pause } = Shares::of(course.session_minutes);
    let mut context = shared(&own, pause);
    context.insert("title", &yaml(&course.title));
    context.insert("language", &course.language);
    context.insert("for_whom", &yaml(&markdown(&course.for_whom)));
    context.insert("session_minutes", &written(course.session_minutes));
    context.insert("open", &open);
    context.insert("close", &close);
    let united_states = Crisis::of_the_united_states();
    let is_988 = course.crisis.as_ref().is_some_and(|line| line.call == united_states.call && line.name == united_states.name);
    context.insert("is_988", &is_988);
    context.insert("crisis_name", &course.crisis.as_ref().map(|line| yaml(&line.name)));
    context.insert("crisis_call", &course.crisis.as_ref().map(|line| yaml(&line.call)));
    context.insert("crisis_hours", &course.crisis.as_ref().map(|line| text(&line.hours)).unwrap_or_default());
    context.insert("today", &course.today.to_string());
    // Two weeks on: time enough to read everything, and to change it.
    context.insert("starts", &course.today.plus_days(14).to_string());
    context.insert("skip", &course.today.plus_days(28).to_string());
    let mut files = BTreeMap::new();
    let own = folder(&course.language).or_else(|| TEXTS.get_dir(OTHERWISE)).and_then(|folder| folder.get_dir(folder.path().join("course")));
    let mut folders: Vec<&Dir<'_>> = own.into_iter().collect();
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        for file in folder.files() {
            let path = own.and_then(|own| file.path().strip_prefix(own.path()).ok()).unwrap_or(file.path());
            let text = Tera::one_off(file.contents_utf8().unwrap_or_default(), &context, false)?;
            files.insert(path.to_string_lossy().replace('\\', "/"), text);
        }
    }
    Ok(files)
}

/// The text of a new session plan, in a language.
pub fn session(session: &Session, language: &str) -> TeraResult<String> {
    let pause = pause(session.whole).filter(|_| session.minutes > 30);
    let mut context = shared(&Own::of(session.minutes - pause.unwrap_or_default()), pause);
    context.insert("title", &yaml(&session.title));
    context.insert("item_title", &yaml(&markdown(&session.title)));
    context.insert("summary", &text(&session.summary));
    context.insert("practice", &text(&session.practice));
    context.insert("handout", &session.handout);
    context.insert("review", &session.review);
    fill("session.yml", language, &context)
}

/// The text of a new `module.yml`, in a language.
pub fn module(module: &Module, language: &str) -> TeraResult<String> {
    let mut context = Context::new();
    context.insert("title", &yaml(&module.title));
    context.insert("summary", &text(&module.summary));
    context.insert("purpose", &text(&module.purpose));
    context.insert("handout", &module.handout);
    fill("module.yml", language, &context)
}

/// The text of a new handout, in a language.
pub fn handout(handout: &Handout, language: &str) -> TeraResult<String> {
    let mut context = Context::new();
    context.insert("title", &yaml(&handout.title));
    context.insert("summary", &text(&handout.summary));
    context.insert("minutes", &written(handout.minutes));
    context.insert("worksheet", &handout.worksheet);
    fill("handout.md", language, &context)
}

fn folder(language: &str) -> Option<&'static Dir<'static>> {
    let short = language.split('-').next().unwrap_or(language);
    [language, short].into_iter().find_map(|code| TEXTS.get_dir(code))
}

fn fill(name: &str, language: &str, context: &Context) -> TeraResult<String> {
    let in_folder = |folder: &Dir<'static>| TEXTS.get_file(folder.path().join("new").join(name));
    let file = folder(language).and_then(in_folder).or_else(|| TEXTS.get_dir(OTHERWISE).and_then(in_folder));
    Tera::one_off(file.and_then(|file| file.contents_utf8()).unwrap_or_default(), context, false)
}

/// The parts of a session, for its text.
fn shared(own: &Own, pause: Option<u32>) -> Context {
    let mut context = Context::new();
    context.insert("first", &own.first);
    context.insert("second", &own.second);
    context.insert("second_least", &own.second.div_ceil(2));
    context.insert("third", &own.third);
    context.insert("break", &pause);
    context
}

/// A text that may be left out, as YAML; the empty one leaves its line out.
fn text(typed: &str) -> String {
    if typed.is_empty() { String::new() } else { yaml(&markdown(typed)) }
}

/// Minutes as they stand in a file.
fn written(minutes: Minutes) -> String {
    if minutes.low == minutes.high { minutes.low.to_string() } else { format!("{}-{}", minutes.low, minutes.high) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(language: &str) -> Vec<&'static include_dir::File<'static>> {
        let mut files = Vec::new();
        let mut folders = vec![TEXTS.get_dir(language).unwrap()];
        while let Some(folder) = folders.pop() {
            folders.extend(folder.dirs());
            files.extend(folder.files());
        }
        files
    }

    #[test]
    fn every_language_has_the_same_kinds_of_files() {
        for language in languages() {
            assert_eq!(texts(language).len(), texts(OTHERWISE).len(), "{language}");
            assert!(["title", "for", "session"].iter().all(|key| !usual(language, key).is_empty()), "{language}");
            for name in ["session.yml", "module.yml", "handout.md"] {
                assert!(TEXTS.get_file(format!("{language}/new/{name}")).is_some(), "{language} {name}");
            }
        }
    }

    #[test]
    fn every_language_fills_in_the_same_words() {
        // A word that is filled in once is forgotten in no language.
        let filled = |language: &str| {
            let mut words: Vec<String> = Vec::new();
            for text in texts(language).iter().map(|file| file.contents_utf8().unwrap()) {
                words.extend(text.split("{{").skip(1).map(|rest| rest.split("}}").next().unwrap().trim().to_owned()));
                words.extend(text.split("{%").skip(1).map(|rest| rest.split("%}").next().unwrap().trim_matches(['-', ' ']).to_owned()));
            }
            words.sort();
            words
        };
        for language in languages() {
            assert_eq!(filled(language), filled(OTHERWISE), "{language}");
        }
    }
}
