//! Reads a curriculum: its `curriculum.yml`, and all that it names.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::fields::{self, Keys, Problems};
use super::memory::Memory;
use super::names::{HandoutNames, is_copy, slug};
use super::session::{adaptations, agenda};
use super::yaml::{self, Node};
use super::{handout, module, session, translation, unlisted};
use crate::diagnostic::{Code, Diagnostic, nearest_path};
use crate::model::{CrisisLine, Curriculum, Defaults, Group, GroupKind, GuidePage, HardMoment, Leads, MemberPage, Module, OwnTerm, SessionPlan, Slug};
use crate::source::{SourcePath, Sources, Span, Spanned, is_language};

pub(super) const CURRICULUM_KEYS: &[&str] = &[
    "title",
    "summary",
    "language",
    "translations",
    "discreet",
    "publish_at",
    "for",
    "group",
    "leads",
    "session_minutes",
    "defaults",
    "hard_moments",
    "newcomers",
    "adapt",
    "modules",
    "pages",
    "guide",
    "agreements",
    "confidentiality",
    "crisis",
    "distress_protocol",
    "reading_grade",
    "terms",
    "theme",
    "authors",
    "license",
    "reviewed",
    "references",
    "checks",
];
pub(super) const GROUP_KEYS: &[&str] = &["kind", "size", "facilitators"];
pub(super) const DEFAULT_KEYS: &[&str] = &["open", "close", "prepare", "after"];
pub(super) const CRISIS_KEYS: &[&str] = &["name", "call", "text", "web", "hours", "checked"];
pub(super) const MOMENT_KEYS: &[&str] = &["when", "do"];
pub(super) const TERM_KEYS: &[&str] = &["not", "rather", "because"];
pub(super) const GROUP_KINDS: &[(&str, GroupKind)] = &[("closed", GroupKind::Closed), ("open", GroupKind::Open)];

/// Reads the curriculum in `folder`.
pub fn curriculum(folder: &SourcePath, sources: &Sources, memory: &Memory, problems: &mut Problems) -> Option<Curriculum> {
    let file = folder.join("curriculum.yml");
    let Some(node) = memory.yaml(&file, sources, problems) else {
        tell_the_rest(folder, sources, memory, problems);
        return None;
    };
    let elsewhere = |key: &str| match key {
        "sessions" => Some("sessions need no list: they are the files in the folder `sessions`, in the order of their numbers"),
        "open" | "close" | "prepare" | "after" => Some("what every session has goes under `defaults:`, two spaces further in"),
        "handouts" => Some("handouts are listed in the `module.yml` of their module, and given out in a session plan under `members`"),
        "minutes" | "duration" | "length" => Some("the length of every session is `session_minutes`"),
        "hotline" | "hotlines" | "emergency" | "crisis_lines" | "helpline" => {
            Some("here it is called `crisis`, with a list of lines: `- { name: 988 Suicide & Crisis Lifeline, call: \"988\" }`")
        }
        "rules" | "ground_rules" | "norms" => Some("here they are called `agreements`"),
        "skills" | "units" | "topics" => Some("here they are called `modules`"),
        "description" | "about" => Some("here it is called `summary`"),
        "ignore" | "disable" | "check" | "lint" => Some("rules that do not fit this course go under `checks`"),
        "safety" | "safety_plan" => Some("what to do when someone is not safe is `distress_protocol`"),
        _ => None,
    };
    let keys = Keys::of(&node, "a curriculum", CURRICULUM_KEYS, elsewhere, problems)?;
    let title = keys.title(problems);
    let (modules, mut unread) = modules(&keys, folder, sources, memory, problems);
    let names = HandoutNames::of(&modules, &unread).beside(&modules, folder, sources);
    let defaults = keys.get("defaults", problems).and_then(|node| defaults(node, &names, problems)).unwrap_or_default();
    let (sessions, unread_sessions) = sessions(folder, sources, &names, memory, problems);
    unread.extend(unread_sessions);
    let mut mentioned = BTreeSet::new();
    let pages = files(&keys, "pages", folder, sources, &mut mentioned, problems);
    let guide = files(&keys, "guide", folder, sources, &mut mentioned, problems);
    unread.extend(mentioned.iter().filter(|file| !pages.iter().chain(&guide).any(|(_, known)| known == *file)).cloned());
    unlisted::tell(folder, &modules, &mentioned, &unread, sources, problems);
    let language = language(&keys, problems);
    let named = translation::languages(&keys, &language, problems);
    let name = if folder.name().is_empty() || folder.name() == ".." { "curriculum" } else { folder.name() };
    let mut curriculum = Curriculum {
        folder: folder.clone(),
        slug: Slug::new(name).or_else(|| Slug::new(&Slug::suggest(name)))?,
        summary: keys.prose("summary", problems),
        languages: [&language].into_iter().chain(named.iter().map(|named| &named.value)).cloned().collect(),
        language,
        translations: Vec::new(),
        outdated: BTreeSet::new(),
        discreet: keys.yes("discreet", problems),
        for_whom: keys.prose("for", problems),
        group: keys.get("group", problems).and_then(|node| group(node, problems)).unwrap_or_default(),
        leads: leads(&keys, problems),
        session_minutes: keys.minutes("session_minutes", problems),
        hard_moments: keys.each("hard_moments", "when: Someone dominates", problems, hard_moment),
        newcomers: keys.prose("newcomers", problems),
        adapt: adaptations(&keys, problems),
        agreements: keys.prose_list("agreements", problems),
        confidentiality: keys.prose("confidentiality", problems),
        crisis: keys.each("crisis", "{ name: 988 Suicide & Crisis Lifeline, call: \"988\" }", problems, crisis_line),
        distress_protocol: keys.prose("distress_protocol", problems),
        reading_grade: keys.number("reading_grade", 1, 18, problems),
        terms: keys.each("terms", "{ not: junkie, rather: a person who uses drugs }", problems, own_term),
        theme: keys.plain("theme", problems),
        authors: authors(&keys, problems),
        license: keys.plain("license", problems).map(|license| license.value),
        reviewed: keys.date("reviewed", problems),
        references: keys.prose_list("references", problems),
        pages: pages.iter().filter_map(|(slug, file)| member_page(slug, file, sources, problems)).collect(),
        guide: guide.iter().filter_map(|(slug, file)| guide_page(slug, file, sources, problems)).collect(),
        defaults,
        modules,
        groups: super::group::groups(folder, sources, problems),
        running: None,
        publish_at: web(&keys, "publish_at", problems),
        checks: super::settings::settings(&keys, folder, sources, problems),
        sessions,
        unread,
        title,
    };
    curriculum.translations = translation::translations(&named, &curriculum, sources, memory, problems);
    unlisted::tell_translations(&curriculum, sources, problems);
    Some(curriculum)
}

/// Tells the mistakes of sessions and modules when `curriculum.yml` itself cannot be read. Which modules it names is then
/// unknown, so every module that was read is looked at, and names of handouts are taken as they are.
fn tell_the_rest(folder: &SourcePath, sources: &Sources, memory: &Memory, problems: &mut Problems) {
    let mut told = Problems::new();
    sessions(folder, sources, &HandoutNames::of(&[], &[]), memory, &mut told);
    told.retain(|problem| problem.code != Code::UnknownHandout);
    for file in sources.texts.keys().filter(|file| file.name() == "module.yml") {
        let named = Spanned { value: file.parent().to_string(), span: Span::of_file(file) };
        module::module(&file.parent(), &named, sources, memory, &mut told);
    }
    problems.extend(told);
}

/// The modules that a curriculum names, without reading them: their folders may lie outside of its own.
pub fn named_modules(folder: &SourcePath, sources: &Sources, memory: &Memory) -> Vec<SourcePath> {
    let file = folder.join("curriculum.yml");
    let mut unheard = Problems::new();
    let Some(node) = memory.yaml(&file, sources, &mut unheard) else { return Vec::new() };
    let Some(keys) = Keys::of(&node, "a curriculum", CURRICULUM_KEYS, |_| None, &mut unheard) else { return Vec::new() };
    let names = keys.one_or_more("modules", &mut unheard);
    names.iter().filter(|name| is_relative(&name.value)).map(|name| folder.join(&name.value)).collect()
}

fn modules(keys: &Keys<'_>, folder: &SourcePath, sources: &Sources, memory: &Memory, problems: &mut Problems) -> (Vec<Module>, Vec<SourcePath>) {
    let mut modules: Vec<Module> = Vec::new();
    let mut unread = Vec::new();
    let names = keys.one_or_more("modules", problems);
    let all: Vec<SourcePath> = names.iter().map(|named| folder.join(&named.value)).collect();
    for named in names {
        if !is_relative(&named.value) {
            problems.push(
                Diagnostic::new(Code::UnknownModule, named.span.clone(), format!("`{}` is not a way from this file", named.value))
                    .help("write the way to its folder from curriculum.yml: `modules/grounding` or `../modules/grounding`"),
            );
            continue;
        }
        let written = folder.join(&named.value);
        let found = module::find(written.clone(), &named, folder, sources, problems);
        if found != written && all.contains(&found) {
            continue;
        }
        let loaded = module::module(&found, &named, sources, memory, problems);
        unread.extend(loaded.unread);
        let Some(module) = loaded.module else { continue };
        if let Some(first) = modules.iter().find(|known| known.slug == module.slug) {
            problems.push(
                Diagnostic::new(Code::DuplicateAddress, named.span.clone(), format!("two modules would have the address `{}`", module.slug))
                    .help(format!("the other one is the folder {}; name one of them only, or give one folder another name", folder.way_to(&first.folder))),
            );
            unread.push(module.folder);
            continue;
        }
        modules.push(module);
    }
    (modules, unread)
}

/// The plans in the folder `sessions`, in order of their numbers, electives last.
fn sessions(folder: &SourcePath, sources: &Sources, names: &HandoutNames<'_>, memory: &Memory, problems: &mut Problems) -> (Vec<SessionPlan>, Vec<SourcePath>) {
    let sessions_folder = folder.join("sessions");
    let mut sessions: Vec<SessionPlan> = Vec::new();
    let mut plans: Vec<&SourcePath> = Vec::new();
    let mut unread: Vec<SourcePath> = sources.unread.iter().filter(|file| file.parent() == sessions_folder).cloned().collect();
    for file in sources.texts_in(&sessions_folder).filter(|file| file.parent() == sessions_folder && file.language().is_none()) {
        if file.ending() != "yml" && file.ending() != "yaml" {
            problems.push(
                Diagnostic::new(Code::UnlistedFile, Span::of_file(file), format!("{} is not a session plan, so it is on neither site", file.name()))
                    .help("a session plan is a file that ends in `.yml`"),
            );
            continue;
        }
        if is_copy(file.stem()) {
            problems.push(module::copy_of_a_file(file));
            continue;
        }
        plans.push(file);
    }
    let read: Vec<_> = plans
        .par_iter()
        .map(|file| {
            let mut problems = Problems::new();
            let session = memory.yaml(file, sources, &mut problems).and_then(|node| session::session(&node, file, names, &mut problems));
            (session, problems)
        })
        .collect();
    for (file, (session, told)) in plans.into_iter().zip(read) {
        problems.extend(told);
        match session {
            Some(session) => sessions.push(session),
            None => unread.push(file.clone()),
        }
    }
    sessions.sort_by(|a, b| (a.elective, a.number, &a.slug).cmp(&(b.elective, b.number, &b.slug)));
    for pair in sessions.windows(2) {
        let [one, two] = pair else { continue };
        match (one.number, two.number) {
            (Some(first), Some(second)) if first == second => problems.push(
                Diagnostic::new(Code::DuplicateAddress, Span::of_file(&two.file), format!("two sessions have the number {first}"))
                    .help(format!("the other one is {}; give one of the files another number", one.file.name())),
            ),
            (Some(first), Some(second)) if second > first + 1 && unread.is_empty() => problems.push(
                Diagnostic::new(Code::NumberGap, Span::of_file(&two.file), format!("session {second} comes after session {first}"))
                    .help("number the files in a row, or leave it so if the missing one is to come"),
            ),
            _ => {}
        }
    }
    (sessions, unread)
}

fn defaults(node: &Node, names: &HandoutNames<'_>, problems: &mut Problems) -> Option<Defaults> {
    let keys = Keys::of(node, "`defaults`", DEFAULT_KEYS, |_| None, problems)?;
    Some(Defaults {
        open: agenda(&keys, "open", names, problems),
        close: agenda(&keys, "close", names, problems),
        prepare: keys.prose_list("prepare", problems),
        after: keys.prose_list("after", problems),
    })
}

fn group(node: &Node, problems: &mut Problems) -> Option<Group> {
    let keys = Keys::of(node, "`group`", GROUP_KEYS, |_| None, problems)?;
    Some(Group {
        kind: keys.choice("kind", GROUP_KINDS, problems),
        size: keys.plain("size", problems).map(|size| size.value),
        facilitators: keys.plain("facilitators", problems).map(|n| n.value),
    })
}

fn leads(keys: &Keys<'_>, problems: &mut Problems) -> Leads {
    let mut names = keys.one_or_more("leads", problems);
    if let Some(third) = names.get(2) {
        problems.push(
            Diagnostic::new(Code::WrongValue, third.span.clone(), "`leads` names two people at the most")
                .help("the first leads what has `lead: first`, the second what has `lead: second`"),
        );
    }
    let second = (names.len() > 1).then(|| names.swap_remove(1).value);
    Leads { second, first: names.into_iter().next().map(|name| name.value) }
}

fn hard_moment(node: &Node, problems: &mut Problems) -> Option<HardMoment> {
    let keys = Keys::of(node, "a hard moment", MOMENT_KEYS, |_| None, problems)?;
    let when = keys.need_prose("when", "Someone dominates", problems);
    let act = keys.need_prose("do", "Thank them, and ask who has not spoken yet.", problems);
    Some(HardMoment { when, act })
}

fn own_term(node: &Node, problems: &mut Problems) -> Option<OwnTerm> {
    let elsewhere = |key: &str| match key {
        "term" | "avoid" | "instead_of" => Some("the term to leave out is `not`"),
        "use" | "instead" | "better" | "say" => Some("what to write instead is `rather`"),
        "why" | "reason" => Some("why is `because`"),
        _ => None,
    };
    let keys = Keys::of(node, "a line of `terms`", TERM_KEYS, elsewhere, problems)?;
    let not = keys.need("not", "junkie", problems).and_then(|node| fields::text(node, "not", problems));
    let rather = keys.need("rather", "a person who uses drugs", problems).and_then(|node| fields::text(node, "rather", problems));
    let because = keys.plain("because", problems).map(|because| because.value);
    let (not, rather) = (not?, rather?.value);
    Some(OwnTerm { not: Spanned { value: not.value, span: not.span }, rather, because })
}

/// Reads a crisis line.
pub fn crisis_line(node: &Node, problems: &mut Problems) -> Option<CrisisLine> {
    let keys = Keys::of(
        node,
        "a crisis line",
        CRISIS_KEYS,
        |key| match key {
            "phone" | "tel" | "number" => Some("write the number as `call: \"988\"`, or as `text: \"988\"` for a line that one texts"),
            "sms" => Some("here it is called `text`"),
            "url" | "website" | "site" | "link" => Some("here it is called `web`"),
            _ => None,
        },
        problems,
    )?;
    let name = keys.need("name", "988 Suicide & Crisis Lifeline", problems).and_then(|node| fields::title(node, problems));
    let line = CrisisLine {
        call: number(&keys, "call", problems),
        text: number(&keys, "text", problems),
        web: web(&keys, "web", problems),
        hours: keys.plain("hours", problems),
        checked: keys.date("checked", problems),
        name: name?,
    };
    let under_another_name = ["phone", "tel", "number", "sms", "url", "website"].iter().any(|key| fields::has_key(node, key));
    if keys.place("call").or(keys.place("text")).or(keys.place("web")).is_none() && !under_another_name {
        problems.push(
            Diagnostic::new(Code::MissingKey, keys.span().clone(), format!("`{}` has no way to be reached", line.name.value))
                .help("add `call`, `text` or `web`, such as `call: \"988\"`"),
        );
    } else if keys.place("checked").is_none() && !under_another_name && !line.is_for_emergencies() {
        problems.push(
            Diagnostic::new(Code::CrisisLineNotChecked, line.name.span.clone(), format!("nothing says when `{}` was last checked", line.name.value))
                .help("call or text it and see that someone answers, or look it up where its owners publish it; then write the day: `checked: 2026-11-01`"),
        );
    }
    Some(line)
}

/// A number that a phone can dial. One to text may have the word to send before it: `HOME to 741741`.
pub fn number(keys: &Keys<'_>, key: &str, problems: &mut Problems) -> Option<Spanned<String>> {
    let number = keys.plain(key, problems)?;
    let (word, digits) = if key == "text" { CrisisLine::word_and_number(&number.value) } else { (None, number.value.as_str()) };
    let dialled = digits.chars().all(|c| c.is_ascii_digit() || " +-()*#.".contains(c)) && digits.contains(|c: char| c.is_ascii_digit());
    if !dialled || word.is_some_and(|word| !word.chars().all(char::is_alphanumeric)) {
        let example = if key == "text" {
            "write digits only, `text: \"988\"`, or the word to send and the number: `text: HOME to 741741`"
        } else {
            "write digits only: `call: \"988\"`; words belong into `name` or `hours`"
        };
        problems
            .push(Diagnostic::new(Code::WrongValue, number.span.clone(), format!("`{}` is not a number that a phone can dial", number.value)).help(example));
        return None;
    }
    Some(number)
}

pub fn web(keys: &Keys<'_>, key: &str, problems: &mut Problems) -> Option<Spanned<String>> {
    let web = keys.plain(key, problems)?;
    let is_address = (web.value.starts_with("https://") || web.value.starts_with("http://")) && !web.value.contains([' ', '"', '<', '>']);
    if !is_address {
        problems.push(Diagnostic::new(Code::LinkAddress, web.span.clone(), format!("`{}` is not a web address", web.value)).help(format!(
            "write it whole: `web: \"https://{}\"`",
            if web.value.contains(['/', ':', ' ', '"', '<', '>']) { "988lifeline.org" } else { &web.value }
        )));
        return None;
    }
    Some(web)
}

fn authors(keys: &Keys<'_>, problems: &mut Problems) -> Vec<crate::audience::Prose<crate::audience::Member>> {
    match keys.get("authors", problems).map(|node| &node.value) {
        Some(yaml::Value::Text(_)) => keys.prose("authors", problems).into_iter().collect(),
        Some(_) => keys.prose_list("authors", problems),
        None => Vec::new(),
    }
}

fn language(keys: &Keys<'_>, problems: &mut Problems) -> String {
    let Some(language) = keys.plain("language", problems) else { return "en".into() };
    if !is_language(&language.value) {
        problems.push(translation::no_code(&language));
        return "en".into();
    }
    language.value
}

/// The files that a list names, with their addresses.
fn files(
    keys: &Keys<'_>,
    key: &str,
    folder: &SourcePath,
    sources: &Sources,
    mentioned: &mut BTreeSet<SourcePath>,
    problems: &mut Problems,
) -> Vec<(Slug, SourcePath)> {
    let mut files: Vec<(Slug, SourcePath)> = Vec::new();
    for named in keys.one_or_more(key, problems) {
        let file = folder.join(&named.value);
        mentioned.insert(file.clone());
        if sources.unread.contains(&file) {
            continue;
        }
        if !is_relative(&named.value) || sources.text(&file).is_none() || file.ending() != "md" {
            let in_modules = folder.join("modules");
            let near = nearest_path(&file, sources.texts_in(folder).filter(|file| file.ending() == "md" && !file.is_inside(&in_modules)));
            mentioned.extend(near.cloned());
            problems.push(Diagnostic::new(Code::MissingFile, named.span.clone(), format!("there is no page `{}`", named.value)).help(match near {
                Some(near) => format!("did you mean `{}`?", folder.way_to(near)),
                None => format!("make the file, or write the way to it from curriculum.yml, such as `{key}/about.md`"),
            }));
            continue;
        }
        if key == "pages" && file.is_inside(&folder.join("guide")) {
            problems.push(
                Diagnostic::new(
                    Code::GuidePageForMembers,
                    named.span.clone(),
                    format!("`{}` is in the folder `guide`, which is for facilitators, but here it would be for members", named.value),
                )
                .help("list it under `guide`; if members should read it, move the file to the folder `pages`"),
            );
            continue;
        }
        let Some(slug) = slug(file.stem(), "a page's file", named.span.clone(), problems) else { continue };
        if files.iter().any(|(known, _)| *known == slug) {
            problems.push(
                Diagnostic::new(Code::DuplicateAddress, named.span, format!("two pages would have the address `{slug}`"))
                    .help("give one of the files another name"),
            );
            continue;
        }
        files.push((slug, file));
    }
    files
}

fn member_page(slug: &Slug, file: &SourcePath, sources: &Sources, problems: &mut Problems) -> Option<MemberPage> {
    let (head, blocks) = handout::member_page(file, sources.text(file)?, problems)?;
    Some(MemberPage { slug: slug.clone(), file: file.clone(), title: head.title?, summary: head.summary, blocks })
}

fn guide_page(slug: &Slug, file: &SourcePath, sources: &Sources, problems: &mut Problems) -> Option<GuidePage> {
    let (head, body) = handout::guide_page(file, sources.text(file)?, problems)?;
    let title = head.title?;
    let text = crate::source::Text { value: title.value, span: title.span, indent: 1, by_line: true };
    Some(GuidePage { slug: slug.clone(), file: file.clone(), title: crate::audience::Prose::written(text), summary: head.summary, body })
}

/// Whether a way begins in the folder of its file.
fn is_relative(path: &str) -> bool {
    !path.starts_with(['/', '\\', '~']) && !path.contains(':')
}
