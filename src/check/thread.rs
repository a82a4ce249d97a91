//! The thread through a course: what one session leaves to the next is taken up there, and nothing is asked for before it is given.
//!
//! Sessions with a number stand in a row. An elective stands apart: it may take the place of any session, so it neither
//! leaves something to a next one nor takes something up.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::lists::Lists;
use super::subject::Subject;
use crate::audience::{Facilitator, Reader};
use crate::diagnostic::{Code, Diagnostic};
use crate::link::{Destination, where_to};
use crate::markdown::{Found, look};
use crate::model::{AgendaItem, Curriculum, Handout, HandoutId, ItemKind, Places, SessionPlan, Step, Verb};
use crate::source::{SourcePath, Text};

/// Practice that members are given in one session is asked for in the next.
pub fn practice_reviewed(&Subject { curriculum, .. }: &Subject<'_>) -> Vec<Diagnostic> {
    // A session that could not be read may ask for anything.
    if !curriculum.unread.is_empty() {
        return Vec::new();
    }
    let places = curriculum.places();
    let row: Vec<&SessionPlan> = numbered(curriculum).map(|(_, session)| session).collect();
    let mut problems = Vec::new();
    for pair in row.windows(2) {
        let [before, next] = pair else { continue };
        let Some(practice) = &before.members.practice else { continue };
        // Where a number is skipped, the session between may be to come; one without an agenda is not written yet.
        let in_a_row = before.number.zip(next.number).is_some_and(|(one, two)| two == one + 1);
        if !in_a_row || next.agenda.is_empty() || curriculum.agenda(next).any(|item| asks_for_practice(curriculum, &places, item, before)) {
            continue;
        }
        let message = format!("members practise after `{}`, and this session does not ask how it went", before.title.value);
        problems.push(
            Diagnostic::new(Code::PracticeNotReviewed, next.title.span.clone(), message)
                .help("add an item near its start, such as:\n- title: How did it go?\n  kind: review\n  minutes: 15\n  steps:\n    - ask: What did you try, and what got in the way?")
                .related(practice.span().clone(), "the practice"),
        );
    }
    problems
}

/// Whether an item takes up what was left to practise: it is a review; or it is no lesson, break or close, and uses a handout
/// of the session before, names one, or speaks of practice. In a language without a list, any such item may do so.
fn asks_for_practice(curriculum: &Curriculum, places: &Places<'_>, item: &AgendaItem, before: &SessionPlan) -> bool {
    match item.kind {
        Some(ItemKind::Review) => return true,
        Some(ItemKind::Teach | ItemKind::Practise | ItemKind::Break | ItemKind::Close) => return false,
        Some(ItemKind::CheckIn | ItemKind::Discuss) | None => {}
    }
    let Some(lists) = Lists::of(&curriculum.language) else { return true };
    let given = |id: &HandoutId| before.members.handouts.iter().any(|handout| handout.value == *id);
    if item.handouts.iter().chain(item.parts.iter().flat_map(|part| &part.handouts)).any(|used| given(&used.value)) {
        return true;
    }
    let reader = Reader::<Facilitator>::new();
    let titles: Vec<String> =
        before.members.handouts.iter().filter_map(|id| places.handout(&id.value)).map(|(_, handout)| handout.title.value.to_lowercase()).collect();
    let speaks = |text: &Text| {
        let small = text.value.to_lowercase();
        lists.says(&small, lists.practice) || titles.iter().any(|title| small.contains(title.as_str()))
    };
    let steps = item.steps.iter().chain(item.parts.iter().flat_map(|part| &part.steps));
    let facilitators = [&item.title].into_iter().chain(item.parts.iter().map(|part| &part.title)).chain(steps.map(|step| &step.text));
    item.members.iter().any(|text| speaks(reader.open(text))) || facilitators.into_iter().any(|text| speaks(reader.open(text)))
}

/// What members are asked to use, they have been given: their practice, their words on an item, and what is said and done in
/// an item of the kind `practise` neither link to nor name a handout that only a later session gives out.
pub fn given_in_time(&Subject { curriculum, .. }: &Subject<'_>) -> Vec<Diagnostic> {
    let given = Given::of(curriculum);
    let reader = Reader::<Facilitator>::new();
    let mut problems = Vec::new();
    for (number, session) in numbered(curriculum) {
        let mut tell = |text: &Text, by_name: bool| problems.extend(too_early(text, number, &given, by_name));
        session.members.practice.iter().for_each(|text| tell(reader.open(text), true));
        for item in &session.agenda {
            item.members.iter().for_each(|text| tell(reader.open(text), false));
            if item.kind == Some(ItemKind::Practise) {
                let steps = item.steps.iter().chain(item.parts.iter().flat_map(|part| &part.steps));
                steps.filter(|step| is_told(step)).for_each(|step| tell(reader.open(&step.text), false));
            }
        }
    }
    problems
}

/// A handout, and the first session that gives it out.
#[derive(Clone, Copy)]
struct First<'c> {
    handout: &'c Handout,
    number: u32,
    session: &'c SessionPlan,
}

/// When handouts are first given out, to be looked up by their files and by their titles.
#[derive(Default)]
struct Given<'c> {
    by_file: BTreeMap<&'c SourcePath, First<'c>>,
    /// Those with a title of two words or more, by its first word.
    by_word: BTreeMap<&'c str, Vec<First<'c>>>,
}

impl<'c> Given<'c> {
    fn of(curriculum: &'c Curriculum) -> Self {
        let (places, mut given) = (curriculum.places(), Self::default());
        for (number, session) in numbered(curriculum) {
            for (_, handout) in session.members.handouts.iter().filter_map(|id| places.handout(&id.value)) {
                let first = *given.by_file.entry(&handout.file).or_insert(First { handout, number, session });
                if let Some((word, _)) = handout.title.value.split_once(' ').filter(|_| first.number == number) {
                    given.by_word.entry(word).or_default().push(first);
                }
            }
        }
        given
    }
}

/// Whether a step reaches members. A note may look ahead.
fn is_told(step: &Step) -> bool {
    matches!(step.verb, Verb::Say | Verb::Ask | Verb::Do)
}

/// Where a text asks for a handout of a later session: by a link, or by its title of two words or more, written as a title is.
fn too_early(text: &Text, number: u32, given: &Given<'_>, by_name: bool) -> Vec<Diagnostic> {
    let mut found: Vec<(First<'_>, Range<usize>)> = Vec::new();
    for (seen, range) in look(&text.value) {
        if let Found::Link(address, _) = seen
            && let Destination::File(path, _) = where_to(&address)
        {
            found.extend(given.by_file.get(&text.span.file.parent().join(&path)).map(|first| (*first, range)));
        }
    }
    if by_name {
        let begins = text.value.char_indices().scan(false, |in_word, (at, c)| Some((at, !std::mem::replace(in_word, c.is_alphanumeric()))));
        for (at, rest) in begins.filter(|(_, begins)| *begins).filter_map(|(at, _)| Some((at, text.value.get(at..)?))) {
            let named = rest.split(' ').next().and_then(|word| given.by_word.get(word)).into_iter().flatten();
            found.extend(
                named.filter(|first| rest.starts_with(first.handout.title.value.as_str())).map(|first| (*first, at..at + first.handout.title.value.len())),
            );
        }
    }
    let mut told: BTreeSet<&HandoutId> = BTreeSet::new();
    let mut problems = Vec::new();
    for (First { handout, session, .. }, range) in found.into_iter().filter(|(first, _)| first.number > number) {
        if !told.insert(&handout.id) {
            continue;
        }
        let (title, place) = (&handout.title.value, text.at(range.start, range.len()));
        let message = format!("members are asked for `{title}` here, and are given it in a later session, `{}`", session.title.value);
        let help = format!("add `{}` to `handouts` under `members` of this session, or ask for it from the later one on", handout.id);
        problems.push(Diagnostic::new(Code::NotYetGiven, place, message).help(help));
    }
    problems
}

/// The sessions in a row, with their numbers.
fn numbered(curriculum: &Curriculum) -> impl Iterator<Item = (u32, &SessionPlan)> {
    curriculum.sessions.iter().filter(|session| !session.elective).filter_map(|session| Some((session.number?, session)))
}
