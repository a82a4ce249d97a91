//! Every key that authors may write, with the word on who reads its text: what stands in docs/format.md under "Who sees what",
//! for tests.

/// The keys of a kind of thing.
pub struct Thing {
    /// Its name, as `load::known` has it.
    pub name: &'static str,
    /// Keys whose text facilitators alone read.
    pub private: &'static [&'static str],
    /// Keys that hold other things in which such keys stand.
    pub holds: &'static [&'static str],
    /// Keys whose text nobody reads on a site.
    pub nobody: &'static [&'static str],
    /// All others: members read them too, or they are no text.
    pub others: &'static [&'static str],
}

const fn thing(name: &'static str, private: &'static [&'static str], holds: &'static [&'static str], others: &'static [&'static str]) -> Thing {
    Thing { name, private, holds, nobody: &[], others }
}

/// Every kind of thing, save the questions of a worksheet: all of them are for members.
pub const THINGS: &[Thing] = &[
    thing(
        "curriculum",
        // The last three are credits: the guide alone shows them, and their authors are asked to keep them fit for members.
        &["guide", "leads", "newcomers", "distress_protocol", "authors", "references", "license"],
        &["group", "defaults", "hard_moments", "adapt", "checks", "terms"],
        &[
            "title",
            "summary",
            "language",
            "translations",
            "for",
            "discreet",
            "publish_at",
            "session_minutes",
            "modules",
            "pages",
            "agreements",
            "confidentiality",
            "crisis",
            "reading_grade",
            "theme",
            "reviewed",
        ],
    ),
    thing("group of a course", &["size", "facilitators"], &[], &["kind"]),
    thing("defaults", &["prepare", "after"], &["open", "close"], &[]),
    thing("crisis line", &[], &[], &["name", "call", "text", "web", "hours", "checked"]),
    thing("hard moment", &["when", "do"], &[], &[]),
    Thing { name: "term", private: &[], holds: &[], nobody: &["not", "rather", "because"], others: &[] },
    thing("setting of a rule", &["because"], &[], &["rule", "is", "in"]),
    thing("module", &[], &["facilitator"], &["title", "summary", "handouts", "thread", "outside_sessions"]),
    thing("notes of a module", &["purpose", "evidence", "watch_for"], &[], &[]),
    thing(
        "session",
        &["about", "goals", "practice", "materials", "prepare", "safety", "newcomers", "after"],
        &["agenda", "open", "close", "adapt"],
        &["title", "elective", "members"],
    ),
    thing("members", &[], &[], &["summary", "goals", "handouts", "practice"]),
    thing("item", &["title"], &["steps", "parts"], &["kind", "minutes", "at_least", "can_drop", "lead", "members", "handout"]),
    thing("part", &["title"], &["steps"], &["handout"]),
    thing("step", &["say", "ask", "do", "listen_for", "watch_for", "note"], &[], &["lead"]),
    thing("adapt", &["online", "low_literacy", "teens", "one_facilitator"], &[], &[]),
    thing("handout", &["facilitator"], &[], &["title", "summary", "minutes", "source"]),
    thing("page", &[], &[], &["title", "summary"]),
    thing("group", &["facilitators"], &[], &["starts", "weekday", "dates", "skip", "time", "place", "contact", "crisis", "released"]),
    thing("translated curriculum", &[], &[], &["title", "summary", "for", "agreements", "confidentiality", "crisis", "defaults", "translates"]),
    thing("translated defaults", &[], &[], &["open", "close"]),
    thing("translated crisis line", &[], &[], &["line", "name", "hours", "call", "text", "web"]),
    thing("translated module", &[], &[], &["title", "summary", "translates"]),
    thing("translated session", &[], &[], &["title", "summary", "goals", "practice", "agenda", "open", "close", "translates"]),
    thing("translated page", &[], &[], &["title", "summary", "source", "translates"]),
    // What `load::known` calls a page as well: its head, and the text below it.
    thing(GUIDE_PAGE, &["title", "summary", BODY], &[], &[]),
];

/// The name here of a page for facilitators.
pub const GUIDE_PAGE: &str = "guide page";
/// Stands for the text below a head.
pub const BODY: &str = "the text";

/// What stands below a key of a thing: other things of this name.
pub fn held(name: &str, key: &str) -> Option<&'static str> {
    Some(match (name, key) {
        ("curriculum", "group") => "group of a course",
        ("curriculum", "defaults") => "defaults",
        ("curriculum", "hard_moments") => "hard moment",
        ("curriculum", "checks") => "setting of a rule",
        ("curriculum", "terms") => "term",
        ("curriculum" | "group", "crisis") => "crisis line",
        ("curriculum" | "session", "adapt") => "adapt",
        ("module", "facilitator") => "notes of a module",
        ("session", "members") => "members",
        ("session", "agenda") | ("session" | "defaults", "open" | "close") => "item",
        ("item", "parts") => "part",
        ("item" | "part", "steps") => "step",
        ("translated curriculum", "defaults") => "translated defaults",
        ("translated curriculum", "crisis") => "translated crisis line",
        _ => return None,
    })
}

/// What a file of a course is.
pub fn kind_of(file: &str) -> Option<&'static str> {
    let translated = file.rsplit('/').next().is_some_and(|name| name.split('.').count() == 3);
    Some(match (file.rsplit('/').next()?.split('.').next()?, translated) {
        ("curriculum", false) => "curriculum",
        ("curriculum", true) => "translated curriculum",
        ("module", false) => "module",
        ("module", true) => "translated module",
        _ if file.contains("/sessions/") => {
            if translated {
                "translated session"
            } else {
                "session"
            }
        }
        _ if file.contains("/groups/") => "group",
        _ if file.contains("/guide/") => GUIDE_PAGE,
        _ if translated => "translated page",
        _ if file.contains("/pages/") => "page",
        _ if file.contains("/modules/") || file.starts_with("modules/") => "handout",
        _ => return None,
    })
}
