//! Compares two versions of a course, from what comes first to what facilitators read again.

use super::crisis;
use super::found::{CourseChanges, Moved, Reread, Sheet, State};
use super::plan::{self, course_parts, default_parts, reread_session};
use super::sheet::{Printed, printed};
use super::words::{self, Eyes};
use crate::model::{CrisisLine, Curriculum};
use crate::source::Sources;

/// A version of what an author writes: what was loaded, and from what.
pub struct Version<'v> {
    /// Its courses.
    pub curricula: &'v [Curriculum],
    /// The files, for the bytes of pictures.
    pub sources: &'v Sources,
}

/// Compares two versions, course by course. A course is known by its folder's name, then by its title; where each version
/// has only one, these two are compared whatever they are called.
pub fn changes(old: &Version<'_>, new: &Version<'_>) -> Vec<CourseChanges> {
    let mut before: Vec<&Curriculum> = old.curricula.iter().collect();
    let only = old.curricula.len() == 1 && new.curricula.len() == 1;
    let mut found = Vec::new();
    let mut fresh = Vec::new();
    for now in new.curricula {
        let same = |was: &&Curriculum| only || was.slug == now.slug;
        let titled = |was: &&Curriculum| was.title.value == now.title.value;
        match before.iter().position(same).or_else(|| before.iter().position(titled)) {
            Some(at) => found.push(course(before.remove(at), old.sources, now, new.sources)),
            None => fresh.push((now, State::Added)),
        }
    }
    let gone = before.into_iter().map(|was| (was, State::Removed));
    found.extend(fresh.into_iter().chain(gone).map(|(course, state)| CourseChanges { course: course.title.value.clone(), state, ..Default::default() }));
    found
}

fn course(was: &Curriculum, old: &Sources, now: &Curriculum, new: &Sources) -> CourseChanges {
    let eyes = Eyes::new();
    let mut changes = CourseChanges { course: now.title.value.clone(), ..Default::default() };
    changes.first = crisis::first(&eyes, was, now);
    changes.print_all = on_every_sheet(was, now);
    sheets(&mut changes, printed(&eyes, was, old), printed(&eyes, now, new));
    if changes.first.iter().any(|first| matches!(first.what.as_str(), crisis::AGREEMENTS | crisis::CONFIDENTIALITY)) {
        changes.reprint.push(Sheet { kind: "page", title: "The page of agreements".to_owned(), session: None, changes: Vec::new() });
    }
    reread(&mut changes, &eyes, was, now);
    changes
}

/// What stands on every sheet and changed: on one for a group, its own crisis lines too.
fn on_every_sheet(was: &Curriculum, now: &Curriculum) -> Vec<String> {
    let lines = |lines: &[CrisisLine]| lines.iter().map(crisis::line).collect::<Vec<_>>();
    let course = [
        ("the crisis lines", lines(&was.crisis) != lines(&now.crisis)),
        ("the name of the course", was.title.value != now.title.value),
        ("the language", was.language != now.language),
    ];
    let groups = now.groups.iter().filter_map(|group| {
        let before = was.groups.iter().find(|before| before.name == group.name)?;
        (lines(&before.crisis) != lines(&group.crisis)).then(|| format!("the crisis lines of the group {}", group.name))
    });
    course.into_iter().filter(|(_, differs)| *differs).map(|(what, _)| what.to_owned()).chain(groups).collect()
}

/// Pairs the sheets of both versions: by their names, then by their titles.
fn sheets(changes: &mut CourseChanges, mut before: Vec<Printed>, after: Vec<Printed>) {
    let (named, rest): (Vec<_>, Vec<_>) = after.into_iter().partition(|now| before.iter().any(|was| was.name == now.name));
    for now in named.into_iter().chain(rest) {
        let same_title = |was: &Printed| was.kind == now.kind && was.title == now.title;
        let at = before.iter().position(|was| was.name == now.name).or_else(|| before.iter().position(same_title));
        let Some(was) = at.map(|at| before.remove(at)) else {
            changes.added.push(now.sheet(Vec::new()));
            continue;
        };
        if was.session != now.session {
            changes.moved.push(Moved { title: now.title.clone(), was: was.session, now: now.session });
        }
        let differs = words::differences(&was.pieces, &now.pieces);
        if !differs.is_empty() {
            changes.reprint.push(now.sheet(differs));
        }
    }
    changes.removed = before.into_iter().map(|was| was.sheet(Vec::new())).collect();
}

fn reread(changes: &mut CourseChanges, eyes: &Eyes, was: &Curriculum, now: &Curriculum) {
    let mut add = |kind: &'static str, title: &str, parts: Vec<String>| {
        if !parts.is_empty() {
            changes.reread.push(Reread { kind, title: title.to_owned(), number: None, state: State::Changed, minutes: None, parts });
        }
    };
    add("course", "", course_parts(eyes, was, now));
    add("every session", "", default_parts(eyes, was, now));
    for module in &now.modules {
        // The handouts of a new one are told as new sheets.
        let parts = match was.modules.iter().find(|before| before.slug == module.slug) {
            Some(before) => plan::module_parts(eyes, before, module),
            None => vec!["new: what it is for, and what to watch for".to_owned()],
        };
        add("module", &module.title.value, parts);
    }
    for (_, handout) in now.handouts() {
        let same_title = || was.handouts().find(|(_, before)| before.title.value == handout.title.value);
        let Some((_, before)) = was.handout(&handout.id).or_else(same_title) else { continue };
        let differs = eyes.maybe(before.notes.as_ref()) != eyes.maybe(handout.notes.as_ref());
        add("handout", &handout.title.value, if differs { vec!["your notes".to_owned()] } else { Vec::new() });
    }
    for group in &now.groups {
        let Some(before) = was.groups.iter().find(|before| before.name == group.name) else { continue };
        add("group", group.name.as_str(), plan::group_parts(eyes, before, group));
    }
    changes.reread.extend(plan::guide_pages(eyes, was, now));
    let mut before: Vec<_> = was.sessions.iter().collect();
    let (named, rest): (Vec<_>, Vec<_>) = now.sessions.iter().partition(|session| before.iter().any(|was| was.slug == session.slug));
    let mut sessions = Vec::new();
    for session in named.into_iter().chain(rest) {
        let at = before.iter().position(|was| was.slug == session.slug).or_else(|| before.iter().position(|was| was.title.value == session.title.value));
        match at.map(|at| before.remove(at)) {
            Some(earlier) => sessions.extend(reread_session(eyes, (was, earlier), (now, session))),
            None => sessions.push(plan::whole_session(session, State::Added)),
        }
    }
    sessions.extend(before.into_iter().map(|session| plan::whole_session(session, State::Removed)));
    sessions.sort_by_key(|session| session.number.unwrap_or(u32::MAX));
    changes.reread.extend(sessions);
}
