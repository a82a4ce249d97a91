//! Safety: what every group needs before it meets.

use super::lists::Lists;
use super::subject::Subject;
use crate::audience::{Facilitator, Reader};
use crate::diagnostic::{Code, Diagnostic};
use crate::link::{Destination, where_to};
use crate::markdown::{Found, look};
use crate::model::{Block, BlockKind, GroupKind, holds};
use crate::source::Span;

/// There are a crisis line, agreements, a word on what stays private, and a plan for when someone is not safe.
pub fn safety(&Subject { curriculum, .. }: &Subject<'_>) -> Vec<Diagnostic> {
    let place = Span::of_file(&curriculum.folder.join("curriculum.yml"));
    let mut problems = Vec::new();
    let mut need = |there: bool, code: Code, message: &str, help: &str| {
        if !there {
            problems.push(Diagnostic::new(code, place.clone(), message).help(help));
        }
    };
    need(
        !curriculum.crisis.is_empty(),
        Code::NoCrisisLine,
        "members have no line to call when they are not safe",
        "add at least one that you have tried:\ncrisis:\n  - { name: 988 Suicide & Crisis Lifeline, call: \"988\", text: \"988\", hours: day and night }",
    );
    need(
        !curriculum.agreements.is_empty(),
        Code::NoAgreements,
        "nothing says what the group agrees on",
        "add a list `agreements:`, such as `- What is said here stays here.`",
    );
    need(
        curriculum.confidentiality.is_some(),
        Code::NoConfidentiality,
        "nothing says what stays private, and when it cannot",
        "add `confidentiality: |` with the promise and its limits (danger to someone, abuse of a child, a court order)",
    );
    need(
        curriculum.distress_protocol.is_some(),
        Code::NoDistressProtocol,
        "nothing tells facilitators what to do when someone is not safe",
        "add `distress_protocol: |` with the steps: who goes with the person, whom to call, what to write down",
    );
    problems
}

/// The promise of confidentiality names a limit: danger, abuse, the law. A text that leads to a page may name them there.
pub fn limits(&Subject { curriculum, .. }: &Subject<'_>) -> Vec<Diagnostic> {
    let (Some(promise), Some(_)) = (&curriculum.confidentiality, Lists::of(&curriculum.language)) else { return Vec::new() };
    let text = Reader::<Facilitator>::new().open(promise);
    let leads_on = look(&text.value).iter().any(|(found, _)| matches!(found, Found::Link(address, _) if matches!(where_to(address), Destination::File(..))));
    if leads_on || Lists::names_a_limit(&text.value) {
        return Vec::new();
    }
    let problem = Diagnostic::new(Code::ConfidentialityWithoutLimits, promise.span().clone(), "this promise names no limit, and you may have to break it");
    vec![
        problem
            .help("say when you must tell someone: danger to the person or to others, abuse of a child, an order of a court, as the law of your place has it"),
    ]
}

/// In an open group people join in any week: the course says what they need, or each session does.
pub fn newcomers(&Subject { curriculum, .. }: &Subject<'_>) -> Vec<Diagnostic> {
    if curriculum.group.kind != Some(GroupKind::Open) || curriculum.newcomers.is_some() {
        return Vec::new();
    }
    let without: Vec<&str> = curriculum.sessions.iter().filter(|session| session.newcomers.is_none()).map(|session| session.title.value.as_str()).collect();
    let some = without.len() < curriculum.sessions.len();
    if some && without.is_empty() {
        return Vec::new();
    }
    let (message, help) = if some {
        let named = without.iter().take(5).map(|title| format!("`{title}`")).collect::<Vec<_>>().join(", ");
        let more = if without.len() > 5 { ", …" } else { "" };
        (
            format!("in an open group people join in any week, and these sessions do not say what they need: {named}{more}"),
            "add `newcomers: |` here for all sessions, or to each of these",
        )
    } else {
        ("in an open group people join in any week, and nothing says what they need".to_owned(), "add `newcomers: |` with how you receive them")
    };
    vec![Diagnostic::new(Code::NoWelcomeForNewcomers, Span::of_file(&curriculum.folder.join("curriculum.yml")), message).help(help)]
}

/// In a module whose facilitators have to watch for something, each handout with a practice tells members when to stop.
pub fn practice_with_care(&Subject { curriculum, .. }: &Subject<'_>) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for module in &curriculum.modules {
        let Some(watch_for) = &module.notes.watch_for else { continue };
        for handout in &module.handouts {
            let cares = holds(&handout.blocks, &|block| matches!(block, Block::Titled { kind: BlockKind::Care, .. }));
            let Some(place) = first_practice(&handout.blocks).filter(|_| !cares) else { continue };
            problems.push(
                Diagnostic::new(Code::PracticeWithoutCare, place.clone(), format!("`{}` has a practice, and does not say when to stop", handout.title.value))
                    .help("add to this page:\n::: care\nStop if this makes you feel worse. Talk to one of us.\n:::")
                    .related(watch_for.span().clone(), "this is what may be hard"),
            );
        }
    }
    problems
}

/// Where the first practice of a page begins.
fn first_practice(blocks: &[Block]) -> Option<&Span> {
    blocks.iter().find_map(|block| match block {
        Block::Titled { kind: BlockKind::Practice, span, .. } => Some(span),
        Block::Titled { blocks, .. } | Block::Breathe { blocks, .. } => first_practice(blocks),
        Block::Text(_) | Block::Worksheet(_) => None,
    })
}
