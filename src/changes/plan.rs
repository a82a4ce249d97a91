//! What changed for facilitators: session plans, part by part, and what stands around them.

use super::found::{Reread, State};
use super::words::Eyes;
use crate::audience::{Facilitator, Prose};
use crate::model::{Adaptation, AgendaItem, Curriculum, HandoutId, Minutes, Module, RunningGroup, SessionPlan, Step};
use crate::source::Spanned;

/// The names of those parts that differ.
fn names<const N: usize>(parts: [(&str, bool); N]) -> Vec<String> {
    parts.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name.to_owned()).collect()
}

/// The parts of the course's own file that changed.
pub fn course_parts(eyes: &Eyes, was: &Curriculum, now: &Curriculum) -> Vec<String> {
    let moments = |course: &Curriculum| course.hard_moments.iter().map(|moment| (eyes.words(&moment.when), eyes.words(&moment.act))).collect::<Vec<_>>();
    let length = |course: &Curriculum| course.session_minutes.as_ref().map_or("not said".to_owned(), |minutes| format!("{} minutes", minutes.value));
    let origins = |course: &Curriculum| (eyes.all(&course.authors), course.license.clone(), eyes.all(&course.references));
    let group = |course: &Curriculum| (course.group.kind, course.group.size.clone(), course.group.facilitators.clone());
    let mut parts = names([
        (
            "summary, and whom it is for",
            eyes.maybe(was.summary.as_ref()) != eyes.maybe(now.summary.as_ref()) || eyes.maybe(was.for_whom.as_ref()) != eyes.maybe(now.for_whom.as_ref()),
        ),
        ("the group: its kind, its size, who leads it", group(was) != group(now)),
        ("what those who lead are called", (&was.leads.first, &was.leads.second) != (&now.leads.first, &now.leads.second)),
        ("hard moments", moments(was) != moments(now)),
        ("newcomers", eyes.maybe(was.newcomers.as_ref()) != eyes.maybe(now.newcomers.as_ref())),
        ("adaptations", adaptations(eyes, &was.adapt) != adaptations(eyes, &now.adapt)),
        ("who wrote it, its licence, what it is based on", origins(was) != origins(now)),
        (
            "the address of the members' site: codes that you printed lead to the old one",
            was.publish_at.as_ref().map(|at| &at.value) != now.publish_at.as_ref().map(|at| &at.value),
        ),
    ]);
    if length(was) != length(now) {
        parts.push(format!("how long a session may be: {}, now {}", length(was), length(now)));
    }
    parts
}

/// The parts of what every session has that changed.
pub fn default_parts(eyes: &Eyes, was: &Curriculum, now: &Curriculum) -> Vec<String> {
    let (was, now) = (&was.defaults, &now.defaults);
    let mut parts = items(eyes, &was.open, &now.open);
    parts.extend(items(eyes, &was.close, &now.close));
    parts.extend(names([
        ("what to prepare", eyes.all(&was.prepare) != eyes.all(&now.prepare)),
        ("questions afterwards", eyes.all(&was.after) != eyes.all(&now.after)),
    ]));
    parts
}

/// The parts of a module's own file that changed.
pub fn module_parts(eyes: &Eyes, was: &Module, now: &Module) -> Vec<String> {
    let differs = |was: &Option<Prose<Facilitator>>, now: &Option<Prose<Facilitator>>| eyes.maybe(was.as_ref()) != eyes.maybe(now.as_ref());
    names([
        ("summary", eyes.maybe(was.summary.as_ref()) != eyes.maybe(now.summary.as_ref())),
        ("purpose", differs(&was.notes.purpose, &now.notes.purpose)),
        ("evidence", differs(&was.notes.evidence, &now.notes.evidence)),
        ("what to watch for", differs(&was.notes.watch_for, &now.notes.watch_for)),
    ])
}

/// The parts of a group's file that changed.
pub fn group_parts(eyes: &Eyes, was: &RunningGroup, now: &RunningGroup) -> Vec<String> {
    let days = |group: &RunningGroup| (group.starts, group.weekday, group.dates.clone(), group.skip.clone());
    names([
        ("days", days(was) != days(now)),
        ("time", was.time != now.time),
        ("place", eyes.maybe(was.place.as_ref()) != eyes.maybe(now.place.as_ref())),
        ("who leads it", was.facilitators != now.facilitators),
        ("how members reach you", eyes.maybe(was.contact.as_ref()) != eyes.maybe(now.contact.as_ref())),
        ("what has been released", was.released != now.released),
    ])
}

/// The pages of the guide that changed, came or went.
pub fn guide_pages(eyes: &Eyes, was: &Curriculum, now: &Curriculum) -> Vec<Reread> {
    let page = |title: &Prose<Facilitator>, state, parts| Reread { kind: "guide page", title: eyes.words(title), number: None, state, minutes: None, parts };
    let mut pages = Vec::new();
    for after in &now.guide {
        match was.guide.iter().find(|before| before.slug == after.slug) {
            None => pages.push(page(&after.title, State::Added, Vec::new())),
            Some(before) => {
                let text = |page: &crate::model::GuidePage| (eyes.words(&page.title), eyes.maybe(page.summary.as_ref()), eyes.words(&page.body));
                if text(before) != text(after) {
                    pages.push(page(&after.title, State::Changed, Vec::new()));
                }
            }
        }
    }
    let gone = was.guide.iter().filter(|before| now.guide.iter().all(|after| after.slug != before.slug));
    pages.extend(gone.map(|before| page(&before.title, State::Removed, Vec::new())));
    pages
}

/// A session that came or went.
pub fn whole_session(session: &SessionPlan, state: State) -> Reread {
    Reread { kind: "session", title: session.title.value.clone(), number: session.number, state, minutes: None, parts: Vec::new() }
}

/// What changed in a session's plan; none where nothing did. What every session has is told once, apart.
pub fn reread_session(eyes: &Eyes, was: (&Curriculum, &SessionPlan), now: (&Curriculum, &SessionPlan)) -> Option<Reread> {
    let length = |(course, session): (&Curriculum, &SessionPlan)| {
        course.agenda(session).filter_map(|item| item.minutes.as_ref()).map(|minutes| minutes.value).sum::<Minutes>().to_string()
    };
    let minutes = (length(was), length(now));
    let minutes = (minutes.0 != minutes.1).then_some(minutes);
    let parts = session_parts(eyes, was.1, now.1);
    let session = now.1;
    (minutes.is_some() || !parts.is_empty()).then(|| Reread {
        kind: "session",
        title: session.title.value.clone(),
        number: session.number,
        state: State::Changed,
        minutes,
        parts,
    })
}

fn session_parts(eyes: &Eyes, was: &SessionPlan, now: &SessionPlan) -> Vec<String> {
    let mut parts = Vec::new();
    if was.number != now.number {
        parts.push(format!("its place: it was {}", was.number.map_or("an extra session".to_owned(), |number| format!("session {number}"))));
    }
    if was.title.value != now.title.value {
        parts.push(format!("its title: it was \"{}\"", was.title.value));
    }
    let one = |text: &Option<Prose<Facilitator>>| eyes.maybe(text.as_ref());
    let list = |texts: &Option<Vec<Prose<Facilitator>>>| texts.as_deref().map(|texts| eyes.all(texts));
    let members = |session: &SessionPlan| {
        let members = &session.members;
        (eyes.maybe(members.summary.as_ref()), eyes.all(&members.goals), eyes.maybe(members.practice.as_ref()))
    };
    parts.extend(names([
        ("about", one(&was.about) != one(&now.about)),
        ("goals", eyes.all(&was.goals) != eyes.all(&now.goals)),
        ("what members read of it", members(was) != members(now)),
        ("handouts to give out", ids(&was.members.handouts) != ids(&now.members.handouts)),
        ("practice", one(&was.practice) != one(&now.practice)),
        ("materials", eyes.all(&was.materials) != eyes.all(&now.materials)),
        ("what to prepare", list(&was.prepare) != list(&now.prepare)),
        ("safety", one(&was.safety) != one(&now.safety)),
        ("newcomers", one(&was.newcomers) != one(&now.newcomers)),
        ("adaptations", adaptations(eyes, &was.adapt) != adaptations(eyes, &now.adapt)),
        ("questions afterwards", list(&was.after) != list(&now.after)),
    ]));
    // One that has no opening of its own has the course's, which is told apart.
    let own = |items: &'_ Option<Vec<AgendaItem>>| items.is_some();
    if own(&was.open) != own(&now.open) {
        parts.push("how it opens".to_owned());
    } else {
        parts.extend(items(eyes, was.open.as_deref().unwrap_or_default(), now.open.as_deref().unwrap_or_default()));
    }
    parts.extend(items(eyes, &was.agenda, &now.agenda));
    if own(&was.close) != own(&now.close) {
        parts.push("how it closes".to_owned());
    } else {
        parts.extend(items(eyes, was.close.as_deref().unwrap_or_default(), now.close.as_deref().unwrap_or_default()));
    }
    parts
}

/// What changed in a row of agenda items, each known by its title, or, where that is new, by all the rest.
fn items(eyes: &Eyes, was: &[AgendaItem], now: &[AgendaItem]) -> Vec<String> {
    let timed = |item: &AgendaItem| item.minutes.as_ref().map(|minutes| format!(" ({} minutes)", minutes.value)).unwrap_or_default();
    let title = |item: &AgendaItem| eyes.words(&item.title);
    let named = |list: &[AgendaItem], item: &AgendaItem| list.iter().any(|other| title(other) == title(item));
    let mut left: Vec<&AgendaItem> = was.iter().collect();
    let mut order = Vec::new();
    let mut parts = Vec::new();
    for item in now {
        let same_title = |before: &&AgendaItem| title(before) == title(item);
        let same_rest = |before: &&AgendaItem| !named(now, before) && item_parts(eyes, before, item).is_empty();
        let Some(at) = left.iter().position(same_title).or_else(|| left.iter().position(same_rest)) else {
            parts.push(format!("new: {}{}", title(item), timed(item)));
            continue;
        };
        let before = left.remove(at);
        order.push(was.iter().position(|other| std::ptr::eq(other, before)));
        let mut differs = item_parts(eyes, before, item);
        if !same_title(&before) {
            differs.push(format!("it was called \"{}\"", title(before)));
        }
        if !differs.is_empty() {
            parts.push(format!("{}: {}", title(item), differs.join("; ")));
        }
    }
    parts.extend(left.iter().map(|item| format!("gone: {}{}", title(item), timed(item))));
    if !order.is_sorted() {
        parts.push("the order of the agenda".to_owned());
    }
    parts
}

fn item_parts(eyes: &Eyes, was: &AgendaItem, now: &AgendaItem) -> Vec<String> {
    let mut parts = Vec::new();
    let minutes = |item: &AgendaItem| item.minutes.as_ref().map(|minutes| minutes.value.to_string());
    if minutes(was) != minutes(now) {
        let said = |item: &AgendaItem| minutes(item).unwrap_or_else(|| "untimed".to_owned());
        parts.push(format!("{}, now {}{}", said(was), said(now), if now.minutes.is_some() { " minutes" } else { "" }));
    }
    let topics = |item: &AgendaItem| {
        let topic = |part: &crate::model::Part| (eyes.words(&part.title), ids(&part.handouts), steps(eyes, &part.steps));
        item.parts.iter().map(topic).collect::<Vec<_>>()
    };
    parts.extend(names([
        ("what to say, ask or do", steps(eyes, &was.steps) != steps(eyes, &now.steps) || topics(was) != topics(now)),
        ("the handout", ids(&was.handouts) != ids(&now.handouts)),
        ("who leads", was.lead != now.lead),
        ("what kind it is", was.kind != now.kind),
        ("what may be cut", (was.at_least, was.can_drop) != (now.at_least, now.can_drop)),
        ("what members read of it", eyes.maybe(was.members.as_ref()) != eyes.maybe(now.members.as_ref())),
    ]));
    parts
}

fn steps(eyes: &Eyes, steps: &[Step]) -> Vec<(&'static str, String, Option<&'static str>)> {
    steps.iter().map(|step| (step.verb.as_str(), eyes.words(&step.text), step.lead.map(crate::model::Lead::as_str))).collect()
}

fn ids(handouts: &[Spanned<HandoutId>]) -> Vec<String> {
    handouts.iter().map(|id| id.value.to_string()).collect()
}

fn adaptations(eyes: &Eyes, adapt: &[Adaptation]) -> Vec<(String, String)> {
    adapt.iter().map(|adapt| (adapt.key.clone(), eyes.words(&adapt.text))).collect()
}
