//! Reads a session plan.

use super::fields::{Keys, Problems, expected, scalar};
use super::names::{HandoutNames, session_name};
use super::yaml::{Node, Value};
use crate::audience::{Facilitator, Prose};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Adaptation, AgendaItem, HandoutId, ItemKind, Lead, MemberView, Part, SessionPlan, Step, Verb};
use crate::source::{SourcePath, Spanned};

pub(super) const SESSION_KEYS: &[&str] =
    &["title", "about", "elective", "goals", "members", "practice", "materials", "prepare", "agenda", "open", "close", "adapt", "safety", "newcomers", "after"];
pub(super) const ITEM_KEYS: &[&str] = &["title", "kind", "minutes", "lead", "at_least", "can_drop", "members", "handout", "steps", "parts"];
pub(super) const PART_KEYS: &[&str] = &["title", "handout", "steps"];
pub(super) const STEP_KEYS: &[&str] = &["say", "ask", "do", "listen_for", "watch_for", "note", "lead"];
pub(super) const MEMBER_KEYS: &[&str] = &["summary", "goals", "handouts", "practice"];

/// Reads a session plan.
pub fn session(node: &Node, file: &SourcePath, names: &HandoutNames<'_>, problems: &mut Problems) -> Option<SessionPlan> {
    let elsewhere = |key: &str| match key {
        "handouts" | "summary" => Some("what members see of a session goes under `members:`, two spaces further in"),
        "minutes" => Some("the minutes go to each item of the agenda; the length of every session is `session_minutes` in curriculum.yml"),
        "steps" | "lead" | "kind" => Some("this belongs to an item of the `agenda`"),
        "facilitator" => Some("a session plan is for facilitators as a whole: use `about`, `practice`, `safety`, or a step with `note`"),
        "number" => Some("the number of a session is the number in its file's name: `03-grounding.yml`"),
        "objectives" | "aims" | "outcomes" => Some("here they are called `goals`"),
        "homework" | "assignment" => Some("here it is called `practice`; what members read of it goes to `practice` under `members:`"),
        "supplies" | "equipment" | "bring" => Some("here they are called `materials`"),
        "activities" | "schedule" | "plan" | "outline" => Some("here it is called `agenda`"),
        "notes" | "note" | "description" | "background" => Some("write it as `about: |`, or as a step with `note`"),
        "risks" | "warnings" => Some("here it is called `safety`"),
        _ => None,
    };
    let keys = Keys::of(node, "a session plan", SESSION_KEYS, elsewhere, problems)?;
    let title = keys.title(problems);
    let elective = keys.yes("elective", problems);
    let name = session_name(file, elective, problems);
    if let Some(agenda) = keys.need("agenda", "\n  - title: Check-in\n    minutes: 10", problems)
        && matches!(&agenda.value, Value::List(items) if items.is_empty())
    {
        problems.push(
            Diagnostic::new(Code::EmptyValue, agenda.span.clone(), "`agenda` is empty").help("write what happens in this session, such as `- title: Check-in`"),
        );
    }
    let items = |key: &str, problems: &mut Problems| keys.place(key).is_some().then(|| agenda(&keys, key, names, problems));
    let (slug, number) = name?;
    Some(SessionPlan {
        slug,
        number,
        file: file.clone(),
        title,
        about: keys.prose("about", problems),
        elective,
        goals: keys.prose_list("goals", problems),
        members: keys.get("members", problems).and_then(|node| member_view(node, names, problems)).unwrap_or_default(),
        practice: keys.prose("practice", problems),
        materials: keys.prose_list("materials", problems),
        prepare: keys.maybe_prose_list("prepare", problems),
        agenda: agenda(&keys, "agenda", names, problems),
        open: items("open", problems),
        close: items("close", problems),
        adapt: adaptations(&keys, problems),
        safety: keys.prose("safety", problems),
        newcomers: keys.prose("newcomers", problems),
        after: keys.maybe_prose_list("after", problems),
    })
}

fn member_view(node: &Node, names: &HandoutNames<'_>, problems: &mut Problems) -> Option<MemberView> {
    let keys = Keys::of(
        node,
        "`members`",
        MEMBER_KEYS,
        |key| (key == "handout").then_some("write `handouts:` with a list, such as `[grounding/five-senses]`"),
        problems,
    )?;
    Some(MemberView {
        summary: keys.prose("summary", problems),
        goals: keys.prose_list("goals", problems),
        handouts: handouts(&keys, "handouts", names, problems),
        practice: keys.prose("practice", problems),
    })
}

/// Reads the items of an agenda, or of what opens and closes every session.
pub fn agenda(keys: &Keys<'_>, key: &str, names: &HandoutNames<'_>, problems: &mut Problems) -> Vec<AgendaItem> {
    keys.each(key, "title: Check-in", problems, |node, problems| item(node, names, problems))
}

fn item(node: &Node, names: &HandoutNames<'_>, problems: &mut Problems) -> Option<AgendaItem> {
    let elsewhere = |key: &str| match key {
        "handouts" => Some("here the key is `handout`, with one name or a list of them"),
        "say" | "ask" | "do" | "listen_for" | "watch_for" | "note" => Some("this is a step: put it under `steps:`, with a hyphen before it"),
        "duration" | "time" | "length" => Some("write how long it takes as `minutes: 10`"),
        _ => None,
    };
    let keys = Keys::of(node, "an agenda item", ITEM_KEYS, elsewhere, problems)?;
    let title = keys.need_prose("title", "Check-in", problems);
    let minutes = keys.minutes("minutes", problems);
    let item = AgendaItem {
        span: keys.span().clone(),
        title,
        kind: keys.choice("kind", ItemKind::WORDS, problems),
        at_least: keys.number("at_least", 1, 999, problems).map(i32::unsigned_abs),
        can_drop: keys.yes("can_drop", problems),
        lead: keys.choice("lead", Lead::WORDS, problems).unwrap_or(Lead::Both),
        members: keys.prose("members", problems),
        handouts: handouts(&keys, "handout", names, problems),
        steps: steps(&keys, problems),
        parts: keys.each("parts", "title: What sets it off", problems, |node, problems| part(node, names, problems)),
        minutes,
    };
    if let (Some(at_least), Some(minutes)) = (item.at_least, &item.minutes)
        && at_least > minutes.value.high
    {
        let span = keys.place("at_least").unwrap_or(keys.span()).clone();
        problems.push(
            Diagnostic::new(Code::CannotShorten, span, format!("this item takes {} minutes, so it cannot be cut to `at_least: {at_least}`", minutes.value))
                .help("make `at_least` smaller than `minutes`, or take it away"),
        );
    }
    Some(item)
}

fn part(node: &Node, names: &HandoutNames<'_>, problems: &mut Problems) -> Option<Part> {
    let elsewhere = |key: &str| (key == "minutes").then_some("the parts of an item share its minutes; to time each, make it an item of its own");
    let keys = Keys::of(node, "a part of an item", PART_KEYS, elsewhere, problems)?;
    let title = keys.need_prose("title", "What sets it off", problems);
    Some(Part { title, handouts: handouts(&keys, "handout", names, problems), steps: steps(&keys, problems) })
}

/// Reads steps. One may hold several keys (`ask` with its `listen_for`): they follow one another in the order written.
fn steps(keys: &Keys<'_>, problems: &mut Problems) -> Vec<Step> {
    keys.each("steps", "say: Welcome back.", problems, |node, problems| Some(step(node, problems))).into_iter().flatten().collect()
}

fn step(node: &Node, problems: &mut Problems) -> Vec<Step> {
    let Value::Keys(entries) = &node.value else {
        let said = scalar(node).filter(|text| text.chars().count() < 60 && !text.contains([':', '`', '\n'])).unwrap_or("Welcome back.");
        let wanted = "a step starts with what it is: `say`, `ask`, `do`, `listen_for`, `watch_for` or `note`";
        problems.push(expected(node, wanted, format!("write it this way: `- say: {said}`")));
        return Vec::new();
    };
    let elsewhere = |key: &str| match key {
        "explain" | "tell" | "read" | "teach" | "script" => Some("words to say go to `say`; what to do with them goes to `do`"),
        "question" | "discuss" => Some("here it is called `ask`"),
        "activity" | "exercise" | "demonstrate" | "show" => Some("here it is called `do`"),
        "notes" | "tip" => Some("here it is called `note`"),
        "minutes" => Some("the minutes go to the item of the agenda"),
        "handout" => Some("the handout goes to the item of the agenda, beside its `steps`"),
        _ => None,
    };
    let Some(keys) = Keys::of(node, "a step", STEP_KEYS, elsewhere, problems) else { return Vec::new() };
    let lead = keys.choice("lead", Lead::WORDS, problems);
    let mut steps = Vec::new();
    for (key, _) in entries {
        if let Some((_, verb)) = Verb::WORDS.iter().find(|(word, _)| *word == key.name)
            && keys.place(&key.name) == Some(&key.span)
        {
            steps.extend(keys.prose(&key.name, problems).map(|text| Step { verb: *verb, text, lead }));
        }
    }
    if steps.is_empty() && entries.iter().all(|(key, _)| key.name == "lead") {
        problems.push(
            Diagnostic::new(Code::MissingKey, node.span.clone(), "this step says who, but not what")
                .help("put `lead` under the step it belongs to, without a hyphen of its own:\n- say: Welcome back.\n  lead: second"),
        );
    }
    steps
}

/// Reads the names of handouts and finds them.
fn handouts(keys: &Keys<'_>, key: &str, names: &HandoutNames<'_>, problems: &mut Problems) -> Vec<Spanned<HandoutId>> {
    keys.one_or_more(key, problems).iter().filter_map(|name| names.find(name, problems)).collect()
}

/// Reads adaptations: those with a known name, and others under a name of the author's own.
pub fn adaptations(keys: &Keys<'_>, problems: &mut Problems) -> Vec<Adaptation> {
    let Some(node) = keys.get("adapt", problems) else { return Vec::new() };
    let Value::Keys(entries) = &node.value else {
        problems.push(expected(node, "`adapt` is made of keys", "write for whom it is, one a line, such as `online: Use a shared board.`".into()));
        return Vec::new();
    };
    // A name of the author's own is fine; one that is nearly a known one is a slip.
    let own = entries.iter().map(|(key, _)| key.name.as_str()).filter(|name| crate::diagnostic::nearest(name, Adaptation::USUAL.iter().copied()).is_none());
    let known: Vec<&str> = Adaptation::USUAL.iter().copied().chain(own).collect();
    let Some(keys) = Keys::of(node, "`adapt`", &known, |_| None, problems) else { return Vec::new() };
    let mut adaptations: Vec<Adaptation> = Vec::new();
    for (key, _) in entries {
        if known.contains(&key.name.as_str()) && !adaptations.iter().any(|seen| seen.key == key.name) {
            let text: Option<Prose<Facilitator>> = keys.prose(&key.name, problems);
            adaptations.extend(text.map(|text| Adaptation { key: key.name.clone(), text }));
        }
    }
    adaptations
}
