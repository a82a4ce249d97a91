//! The course as a whole: titles that can be told apart, handouts that are given out.

use std::collections::{BTreeMap, BTreeSet};

use super::subject::Subject;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{HandoutId, Title};

/// No two sessions, modules or handouts have the same title.
pub fn titles(&Subject { curriculum, .. }: &Subject<'_>) -> Vec<Diagnostic> {
    let sessions: Vec<&Title> = curriculum.sessions.iter().map(|session| &session.title).collect();
    let modules: Vec<&Title> = curriculum.modules.iter().map(|module| &module.title).collect();
    let handouts: Vec<&Title> = curriculum.handouts().map(|(_, handout)| &handout.title).collect();
    let kinds = [("sessions", sessions), ("modules", modules), ("handouts", handouts)];
    kinds.iter().flat_map(|(kind, titles)| same(kind, titles)).collect()
}

fn same(kind: &str, titles: &[&Title]) -> Vec<Diagnostic> {
    let mut first: BTreeMap<String, &Title> = BTreeMap::new();
    let mut problems = Vec::new();
    // A missing title has been told; an empty one stands in for it.
    for title in titles.iter().filter(|title| !title.value.is_empty()) {
        let Some(other) = first.insert(title.value.to_lowercase(), title) else { continue };
        problems.push(
            Diagnostic::new(Code::DuplicateTitle, title.span.clone(), format!("two {kind} are called `{}`", title.value))
                .help("give one of them another name, so that people can tell them apart")
                .related(other.span.clone(), "the other one"),
        );
    }
    problems
}

/// A handout that an agenda uses is in members' hands: given out in that session, or in an earlier one.
pub fn handouts_listed(&Subject { curriculum, .. }: &Subject<'_>) -> Vec<Diagnostic> {
    let mut given: BTreeSet<&HandoutId> = BTreeSet::new();
    let mut problems = Vec::new();
    for session in &curriculum.sessions {
        given.extend(session.members.handouts.iter().map(|id| &id.value));
        for item in curriculum.agenda(session) {
            for used in item.handouts.iter().chain(item.parts.iter().flat_map(|part| &part.handouts)) {
                if given.insert(&used.value) {
                    problems.push(
                        Diagnostic::new(
                            Code::HandoutNotListed,
                            used.span.clone(),
                            format!("members are not given `{}` in this session or an earlier one", used.value),
                        )
                        .help("add it to `handouts` under `members` of this session, so that it is on their page"),
                    );
                }
            }
        }
    }
    problems
}

/// Every handout is used in a session, unless its module is for use outside of them.
pub fn handouts_given_out(&Subject { curriculum, .. }: &Subject<'_>) -> Vec<Diagnostic> {
    // A session that could not be read may use any handout.
    if curriculum.sessions.is_empty() || !curriculum.unread.is_empty() {
        return Vec::new();
    }
    let mut used: BTreeSet<&HandoutId> = BTreeSet::new();
    for session in &curriculum.sessions {
        let items = curriculum.agenda(session).flat_map(|item| item.handouts.iter().chain(item.parts.iter().flat_map(|part| &part.handouts)));
        used.extend(session.members.handouts.iter().chain(items).map(|used| &used.value));
    }
    // A library of shared modules is there to be picked from; what stands in the curriculum's own folder is meant to be used.
    let unused = curriculum
        .handouts()
        .filter(|(module, handout)| module.folder.is_inside(&curriculum.folder) && !module.outside_sessions && !used.contains(&handout.id));
    unused
        .map(|(_, handout)| {
            Diagnostic::new(Code::HandoutNotGivenOut, handout.title.span.clone(), format!("no session of {} uses this handout", curriculum.title.value)).help(
                format!(
                    "add `{}` to `handouts` under `members` of a session, or write `outside_sessions: true` in its module.yml if it is for use one to one",
                    handout.id
                ),
            )
        })
        .collect()
}
