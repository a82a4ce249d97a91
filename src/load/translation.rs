//! Reads members' texts in other languages: `NAME.es.md` beside `NAME.md`, `NAME.es.yml` beside `NAME.yml`. All of such a
//! file is for members, so it has no key for anything else.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::curriculum::{number, web};
use super::fields::{self, Keys, Problems};
use super::handout::STAMP;
use super::memory::Memory;
use super::yaml::Node;
use crate::audience::{Member, Prose, Reader};
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::model::{
    AgendaItem, CourseTexts, CrisisLine, CrisisTexts, Curriculum, ModuleTexts, PageTexts, SessionPlan, SessionTexts, Title, Translated, Translation,
};
use crate::source::{SourcePath, Sources, Spanned, is_language};

pub(super) const COURSE_KEYS: &[&str] = &["title", "summary", "for", "agreements", "confidentiality", "crisis", "defaults", STAMP];
pub(super) const DEFAULT_KEYS: &[&str] = &["open", "close"];
pub(super) const CRISIS_KEYS: &[&str] = &["line", "name", "hours", "call", "text", "web"];
pub(super) const MODULE_KEYS: &[&str] = &["title", "summary", STAMP];
pub(super) const SESSION_KEYS: &[&str] = &["title", "summary", "goals", "practice", "agenda", "open", "close", STAMP];

/// The languages that members get beside the curriculum's own.
pub fn languages(keys: &Keys<'_>, own: &str, problems: &mut Problems) -> Vec<Spanned<String>> {
    let mut languages: Vec<Spanned<String>> = Vec::new();
    for named in keys.one_or_more("translations", problems) {
        if !is_language(&named.value) {
            problems.push(no_code(&named));
        } else if named.value == own {
            problems.push(
                Diagnostic::new(Code::WrongValue, named.span, format!("`{own}` is the language of this curriculum itself"))
                    .help("name here the languages that members get beside it"),
            );
        } else if languages.iter().any(|known| known.value == named.value) {
            problems.push(Diagnostic::new(Code::WrongValue, named.span, format!("`{}` stands twice in this list", named.value)).help("take one of them away"));
        } else {
            languages.push(named);
        }
    }
    languages
}

/// Says that something is not the code of a language.
pub fn no_code(written: &Spanned<String>) -> Diagnostic {
    Diagnostic::new(Code::WrongValue, written.span.clone(), format!("`{}` is not the code of a language", written.value))
        .help("write two letters, such as `en` for English or `es` for Spanish")
}

/// Reads what is there of a curriculum in each of these languages.
pub fn translations(named: &[Spanned<String>], curriculum: &Curriculum, sources: &Sources, memory: &Memory, problems: &mut Problems) -> Vec<Arc<Translation>> {
    named.iter().map(|language| Arc::new(translation(language, curriculum, sources, memory, problems))).collect()
}

fn translation(language: &Spanned<String>, curriculum: &Curriculum, sources: &Sources, memory: &Memory, problems: &mut Problems) -> Translation {
    let code = language.value.as_str();
    let reader = Reader::<Member>::new();
    let mut yml = Files { code, sources, memory, problems };
    let course = yml.file(
        &curriculum.folder.join("curriculum.yml"),
        &course_stamp(&reader, curriculum),
        "a translation of curriculum.yml",
        COURSE_KEYS,
        |keys, problems| course(keys, curriculum, problems),
    );
    let modules = curriculum.modules.iter().filter_map(|module| {
        let stamp = stamp_of(&module.title, &module.summary, "");
        let texts = yml.file(&module.folder.join("module.yml"), &stamp, "a translation of a module.yml", MODULE_KEYS, |keys, problems| ModuleTexts {
            title: title(keys, problems),
            summary: keys.prose("summary", problems),
        })?;
        Some((module.slug.clone(), texts))
    });
    let modules = modules.collect();
    let sessions = curriculum.sessions.iter().filter_map(|session| {
        let texts = yml.file(&session.file, &session_stamp(&reader, session), "a translation of a session plan", SESSION_KEYS, |keys, problems| {
            self::session(keys, session, problems)
        })?;
        Some((session.slug.clone(), texts))
    });
    let sessions = sessions.collect();
    let handouts: Vec<_> = curriculum.handouts().map(|(_, handout)| handout).collect();
    let handouts: Vec<_> = handouts
        .par_iter()
        .map(|handout| (handout.id.clone(), page(&handout.file, &handout.title, handout.summary.iter().chain(&handout.source), code, sources, memory)))
        .collect();
    let pages: Vec<_> = curriculum.pages.par_iter().map(|of| (of.slug.clone(), page(&of.file, &of.title, of.summary.iter(), code, sources, memory))).collect();
    Translation { language: language.clone(), course, modules, sessions, handouts: told(handouts, problems), pages: told(pages, problems) }
}

/// A translated page as it was read in parallel, and what is to be told of it.
type ReadPage = (Option<Translated<PageTexts>>, Problems);

fn page<'p>(main: &SourcePath, title: &Title, lines: impl Iterator<Item = &'p Prose<Member>>, code: &str, sources: &Sources, memory: &Memory) -> ReadPage {
    let mut problems = Problems::new();
    let file = main.translated(code);
    let translated = memory.translated(&file, sources, &mut problems).map(|(texts, made_from)| {
        let stamp = memory.stamp(main, sources, |body| stamp_of(title, lines, body));
        Translated { file, texts, made_from, stamp }
    });
    (translated, problems)
}

fn told<K: Ord>(read: Vec<(K, ReadPage)>, problems: &mut Problems) -> BTreeMap<K, Translated<PageTexts>> {
    let mut pages = BTreeMap::new();
    for (key, (page, told)) in read {
        problems.extend(told);
        pages.extend(page.map(|page| (key, page)));
    }
    pages
}

/// Reads the translations of YAML files.
struct Files<'a> {
    code: &'a str,
    sources: &'a Sources,
    memory: &'a Memory,
    problems: &'a mut Problems,
}

impl Files<'_> {
    fn file<T>(
        &mut self,
        main: &SourcePath,
        stamp: &str,
        what: &'static str,
        known: &[&str],
        read: impl FnOnce(&Keys<'_>, &mut Problems) -> T,
    ) -> Option<Translated<T>> {
        let file = main.translated(self.code);
        let node = self.memory.yaml(&file, self.sources, self.problems)?;
        let elsewhere = |key: &str| match key {
            "members" => Some("all of this file is for members: write `summary`, `goals` and `practice` without `members:`, at the start of their lines"),
            "facilitator" | "about" | "materials" | "prepare" | "after" | "adapt" | "safety" | "newcomers" | "distress_protocol" | "hard_moments" => {
                Some("all of this file is for members. What is for facilitators stays in the file that this one translates")
            }
            "handouts" | "modules" | "pages" | "guide" | "minutes" | "thread" | "kind" | "elective" | "language" | "group" => {
                Some("here are words only: this stands in the file that this one translates, and holds for both")
            }
            _ => None,
        };
        let keys = Keys::of(&node, what, known, elsewhere, self.problems)?;
        let texts = read(&keys, self.problems);
        let made_from = keys.plain(STAMP, self.problems);
        Some(Translated { file, texts, made_from, stamp: stamp.to_owned() })
    }
}

fn title(keys: &Keys<'_>, problems: &mut Problems) -> Option<Title> {
    fields::title(keys.get("title", problems)?, problems)
}

fn course(keys: &Keys<'_>, curriculum: &Curriculum, problems: &mut Problems) -> CourseTexts {
    let defaults = keys.get("defaults", problems).and_then(|node| Keys::of(node, "`defaults`", DEFAULT_KEYS, |_| None, problems));
    let mut every = |key: &str, items: &[AgendaItem]| defaults.as_ref().map(|keys| lines(keys, key, items, problems)).unwrap_or_default();
    let (open, close) = (every("open", &curriculum.defaults.open), every("close", &curriculum.defaults.close));
    CourseTexts {
        title: title(keys, problems),
        summary: keys.prose("summary", problems),
        for_whom: keys.prose("for", problems),
        agreements: keys.maybe_prose_list("agreements", problems),
        confidentiality: keys.prose("confidentiality", problems),
        crisis: keys.each("crisis", "{ line: 988 Suicide & Crisis Lifeline, hours: día y noche }", problems, |node, problems| {
            crisis(node, &curriculum.crisis, problems)
        }),
        open,
        close,
    }
}

/// A crisis line is found by its name, never by its place: a list that was sorted anew must not change who is called.
fn crisis(node: &Node, lines: &[CrisisLine], problems: &mut Problems) -> Option<CrisisTexts> {
    let keys = Keys::of(node, "a crisis line of a translation", CRISIS_KEYS, |key| (key == "checked").then_some("this stands in curriculum.yml"), problems)?;
    keys.need("line", "988 Suicide & Crisis Lifeline", problems)?;
    let line = keys.plain("line", problems)?;
    let Some(place) = lines.iter().position(|known| known.name.value == line.value) else {
        let known = lines.iter().map(|line| line.name.value.as_str());
        problems.push(Diagnostic::new(Code::WrongValue, line.span, format!("curriculum.yml has no crisis line `{}`", line.value)).help(
            match nearest(&line.value, known.clone()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("write its name as it stands there: {}", known.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")),
            },
        ));
        return None;
    };
    Some(CrisisTexts {
        place,
        name: keys.get("name", problems).and_then(|node| fields::title(node, problems)),
        hours: keys.plain("hours", problems),
        call: number(&keys, "call", problems),
        text: number(&keys, "text", problems),
        web: web(&keys, "web", problems),
    })
}

fn session(keys: &Keys<'_>, plan: &SessionPlan, problems: &mut Problems) -> SessionTexts {
    // Who copies a plan to translate it copies two keys that facilitators have under the same names.
    let (name, members) = (plan.file.name(), &plan.members);
    for (key, is_there) in [("goals", !members.goals.is_empty()), ("practice", members.practice.is_some())] {
        let Some(place) = keys.place(key).filter(|_| !is_there) else { continue };
        let message = format!("{name} has no `{key}` under `members`, so there is none to translate, and everything here is for members");
        let help = format!("take it away: `{key}` of the plan itself is for facilitators; or write one for members under `members:` in {name} first");
        problems.push(Diagnostic::new(Code::UnknownKey, place.clone(), message).help(help));
    }
    SessionTexts {
        title: title(keys, problems),
        summary: keys.prose("summary", problems),
        goals: keys.maybe_prose_list("goals", problems),
        practice: keys.prose("practice", problems),
        agenda: lines(keys, "agenda", &plan.agenda, problems),
        open: lines(keys, "open", plan.open.as_deref().unwrap_or_default(), problems),
        close: lines(keys, "close", plan.close.as_deref().unwrap_or_default(), problems),
    }
}

/// Members' wording of the items that have one. It must have as many lines, or nobody would know which belongs to which.
fn lines(keys: &Keys<'_>, key: &str, items: &[AgendaItem], problems: &mut Problems) -> Vec<Prose<Member>> {
    let lines = keys.prose_list(key, problems);
    let wanted = items.iter().filter(|item| item.members.is_some()).count();
    if let Some(place) = keys.place(key)
        && lines.len() != wanted
    {
        problems.push(
            Diagnostic::new(
                Code::TranslationDiffers,
                place.clone(),
                format!("here {}, but the file that this one translates has {wanted} with `members` under `{key}`", counted(lines.len())),
            )
            .help("write one line for each `members` there, in the same order; until then members read the original"),
        );
    }
    lines
}

fn counted(n: usize) -> String {
    if n == 1 { "is 1 line".into() } else { format!("are {n} lines") }
}

/// The letters of a stamp. Digits among them could make a number of it (`39e556`), vowels a word.
const LETTERS: &[u8; 16] = b"bcdfghjkmnpqrtvw";

/// A short sign of texts, six letters: another one where a word has changed. Spaces and line ends do not count.
fn stamp<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    let mut words = String::new();
    for text in texts {
        text.split_whitespace().for_each(|word| words.extend([word, " "]));
        words.push('\n');
    }
    let letter = |half: u8| LETTERS.get(usize::from(half)).copied().map_or('b', char::from);
    blake3::hash(words.as_bytes()).as_bytes().iter().take(3).flat_map(|byte| [letter(byte >> 4), letter(byte & 15)]).collect()
}

/// The stamp of a page: its title, its other lines, and its text.
fn stamp_of<'p>(title: &Title, lines: impl IntoIterator<Item = &'p Prose<Member>>, text: &str) -> String {
    let reader = Reader::<Member>::new();
    let lines = lines.into_iter().map(|line| reader.open(line).value.as_str());
    stamp([title.value.as_str()].into_iter().chain(lines).chain([text]))
}

fn course_stamp(reader: &Reader<Member>, curriculum: &Curriculum) -> String {
    let c = curriculum;
    let texts = c.summary.iter().chain(&c.for_whom).chain(&c.agreements).chain(&c.confidentiality);
    let items = wordings(&c.defaults.open).chain(wordings(&c.defaults.close));
    let crisis = c.crisis.iter().flat_map(|line| [Some(&line.name), line.hours.as_ref()]).flatten().map(|text| text.value.as_str());
    stamp([c.title.value.as_str()].into_iter().chain(texts.chain(items).map(|text| reader.open(text).value.as_str())).chain(crisis))
}

fn session_stamp(reader: &Reader<Member>, session: &SessionPlan) -> String {
    let members = &session.members;
    let texts = members.summary.iter().chain(&members.goals).chain(&members.practice);
    let own = [Some(&session.agenda), session.open.as_ref(), session.close.as_ref()];
    let items = own.into_iter().flatten().flat_map(|items| wordings(items));
    stamp([session.title.value.as_str()].into_iter().chain(texts.chain(items).map(|text| reader.open(text).value.as_str())))
}

fn wordings(items: &[AgendaItem]) -> impl Iterator<Item = &Prose<Member>> {
    items.iter().filter_map(|item| item.members.as_ref())
}

#[cfg(test)]
mod tests {
    use super::stamp;

    #[test]
    fn a_stamp_changes_with_the_words() {
        let first = stamp(["Five senses", "Look around.\n\nName five things."]);
        assert_eq!(first.len(), 6);
        assert_eq!(first, stamp(["Five  senses", "Look around.\r\nName five things.  \n"]));
        assert_ne!(first, stamp(["Five senses", "Look around. Name four things."]));
        // A word that moves from one text to the next is a change.
        assert_ne!(stamp(["one two", "three"]), stamp(["one", "two three"]));
    }
}
