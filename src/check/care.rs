//! Safety: what every group needs before it meets.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Curriculum, Date, GroupKind};
use crate::source::{Sources, Span};

/// How many days after it was tried a crisis line should be tried again.
const A_YEAR: i64 = 365;

/// A crisis line was tried within the last year. Depends on the day, so it is told on the terminal and stands on no page.
pub fn crisis_lines_tried(curriculum: &Curriculum, today: Date) -> Vec<Diagnostic> {
    let groups = curriculum.groups.iter().flat_map(|group| &group.crisis);
    let old = curriculum.crisis.iter().chain(groups).filter_map(|line| {
        let checked = line.checked.filter(|day| day.plus_days(A_YEAR) < today)?;
        let message = format!("the number of `{}` was last tried on {checked}, more than a year ago", line.name.value);
        Some(
            Diagnostic::new(Code::CrisisLineOld, line.name.span.clone(), message)
                .help("call or text it, see that someone answers, and write today's date after `checked:`"),
        )
    });
    old.collect()
}

/// There are a crisis line, agreements, a word on what stays private, and a plan for when someone is not safe.
pub fn safety(curriculum: &Curriculum, _: &Sources) -> Vec<Diagnostic> {
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
    let welcomed = curriculum.newcomers.is_some() || curriculum.sessions.iter().any(|session| session.newcomers.is_some());
    need(
        curriculum.group.kind != Some(GroupKind::Open) || welcomed,
        Code::NoWelcomeForNewcomers,
        "in an open group people join in any week, and nothing says what they need",
        "add `newcomers: |` with how you receive them",
    );
    problems
}
