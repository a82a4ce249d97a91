//! What to print and what to read again: each change is told, to whom it concerns, and nothing else is.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice, reason = "a test fails by a panic")]

mod support;

use copebook::changes::{CourseChanges, State, Version, changes, text};
use copebook::source::{SourcePath, Sources};
use support::{EVERYTHING, Folder};

const COURSE: &str = "course/curriculum.yml";
const START: &str = "course/sessions/01-start.yml";
const FIRST: &str = "modules/shared/first.md";
const SECOND: &str = "course/modules/own/second.md";

fn sources(files: &[(&str, &str)]) -> Sources {
    support::with_hill(support::sources(files))
}

/// The fixture with words put in the place of others; a file that is not there yet is added.
fn with(edits: &[(&str, &str, &str)]) -> Sources {
    let mut files: Vec<(&str, String)> = EVERYTHING.iter().map(|(file, text)| (*file, (*text).to_owned())).collect();
    for (file, was, now) in edits {
        match files.iter_mut().find(|(name, _)| name == file) {
            Some((_, text)) => {
                assert!(text.contains(was), "{file} has no `{was}`");
                *text = text.replacen(was, now, 1);
            }
            None => files.push((file, (*now).to_owned())),
        }
    }
    sources(&files.iter().map(|(file, text)| (*file, text.as_str())).collect::<Vec<_>>())
}

fn compared(old: &Sources, new: &Sources) -> CourseChanges {
    let ((was, before), (now, after)) = (support::checked(old), support::checked(new));
    let errors: Vec<_> = before.iter().chain(&after).filter(|problem| problem.is_error()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    let mut found = changes(&Version { curricula: &was, sources: old }, &Version { curricula: &now, sources: new });
    assert_eq!(found.len(), 1);
    found.remove(0)
}

fn after(edits: &[(&str, &str, &str)]) -> CourseChanges {
    compared(&with(&[]), &with(edits))
}

fn prints_nothing(changes: &CourseChanges) -> bool {
    changes.print_all.is_empty() && changes.reprint.is_empty() && changes.added.is_empty() && changes.removed.is_empty() && changes.moved.is_empty()
}

#[test]
fn what_no_reader_sees_is_no_change() {
    for edit in [
        (COURSE, "theme: calm", "theme: night"),
        (COURSE, "reviewed: 2026-11-01", "reviewed: 2026-11-20"),
        (COURSE, "checked: 2026-11-01", "checked: 2026-11-20"),
        (COURSE, "reading_grade: 7", "reading_grade: 8"),
        (FIRST, "It slows things down.", "It **slows** things\ndown."),
        (FIRST, "\"It took me weeks.\"", "“It took me weeks.”"),
        (FIRST, "second.md#what-else", "second.md"),
        ("modules/shared/module.yml", "thread: fjord", "thread: clay"),
        (START, "Words to say, see", "Words to say,  see"),
    ] {
        let found = after(&[edit]);
        assert!(found.is_nothing(), "{edit:?}: {found:?}");
    }
    assert_eq!(text(&[after(&[])]), "Everything\n  Nothing to print again, nothing to read again.\n");
}

/// Each text for facilitators carries a mark; each mark is changed by itself.
#[test]
fn what_is_for_facilitators_is_read_again_and_never_printed() {
    let mut tried = 0;
    for (file, text) in EVERYTHING {
        for (at, _) in text.match_indices("FAC0") {
            let mark = &text[at..at + 6];
            let found = after(&[(*file, mark, "OTHER")]);
            assert!(!(found.first.is_empty() && found.reread.is_empty()), "{file}: nobody is told to read {mark} again");
            assert!(prints_nothing(&found), "{file}: {mark} is no reason to print: {found:?}");
            assert_eq!(found.first.len() + found.reread.len(), 1, "{file}: {mark} is told more than once: {found:?}");
            tried += 1;
        }
    }
    assert!(tried >= 45, "{tried}");
}

/// What stands on a handout, or gives room to write there.
#[test]
fn a_handout_whose_words_changed_is_printed_again_and_no_other() {
    for (file, was, now) in [
        (FIRST, "title: The first handout", "title: The very first handout"),
        (FIRST, "*first* thing", "*next* thing"),
        (FIRST, "minutes: 5", "minutes: 5-10"),
        (FIRST, "After a book", "After two books"),
        (FIRST, "Before the first", "Under the first"),
        (FIRST, "::: practice Try it now", "::: practice Try it here"),
        (FIRST, "Name five things", "Name four things"),
        (FIRST, "::: care", "::: tip"),
        (FIRST, "breathe 4-2-6", "breathe 4-6"),
        (FIRST, "Keep your eyes open", "Keep your eyes closed"),
        (FIRST, "Someone further along", "Ana"),
        (FIRST, "### A smaller heading", "### Another heading"),
        (FIRST, "It slows things down.", "It slows things down, says [a study](https://example.org/study)."),
        (SECOND, "A hill with a path", "A hill with two paths"),
        (SECOND, "worksheet My sheet", "worksheet Your sheet"),
        (SECOND, "Where were you?", "Where are you?"),
        (SECOND, "height: 4", "height: 5"),
        (SECOND, "to: 10", "to: 5"),
        (SECOND, "low: calm", "low: quiet"),
        (SECOND, "high: as bad as it gets", "high: the worst"),
        (SECOND, "[Sight, Touch]", "[Sight, Smell]"),
        (SECOND, "  other: true\n", ""),
        (SECOND, "[Not yet, A little]", "[Not yet, A lot]"),
        (SECOND, "if_no: What instead?", "if_yes: What instead?"),
        (SECOND, "[First sign, What I do]", "[First sign, Who I call]"),
        (SECOND, "rows: 3", "rows: 7"),
        (SECOND, "[Monday, Tuesday]", "[Monday, Friday]"),
        (SECOND, "[Saying no, Asking]", "[Saying no, Listening]"),
        (SECOND, "[Poor, Good]", "[Poor, Fair]"),
        (SECOND, "count: 2", "count: 3"),
        (SECOND, "then I ____.", "then ____."),
        (SECOND, "- line: Where were you?", "- lines: Where were you?"),
    ] {
        let found = after(&[(file, was, now)]);
        let title = if file == SECOND { "The second handout" } else { found.reprint.first().map_or("", |sheet| sheet.title.as_str()) };
        assert_eq!(found.reprint.iter().map(|sheet| sheet.title.as_str()).collect::<Vec<_>>(), [title], "{now}: {found:?}");
        assert!(title.contains("first") == (file == FIRST), "{now}: {title}");
        assert!(found.first.is_empty() && found.print_all.is_empty() && found.reread.is_empty() && found.moved.is_empty(), "{now}: {found:?}");
        assert!(!found.reprint[0].changes.is_empty(), "{now}");
    }
}

#[test]
fn a_sheet_says_what_it_said_and_what_it_says() {
    let found = after(&[(FIRST, "Name five things", "Name four things")]);
    let place = &found.reprint[0].changes[0];
    assert_eq!((place.was.as_deref(), place.now.as_deref()), (Some("Name five things."), Some("Name four things.")));
    assert_eq!(found.reprint[0].session, Some(1));
    let said = text(&[found]);
    assert_eq!(said, "Everything\n\n  Print again\n    The first handout (session 1)\n      was: Name five things.\n      now: Name four things.\n");
}

#[test]
fn another_picture_is_another_sheet() {
    let mut new = with(&[]);
    new.pictures.insert(SourcePath::new("course/assets/hill.svg"), b"<svg xmlns='http://www.w3.org/2000/svg'><path/></svg>".as_slice().into());
    let found = compared(&with(&[]), &new);
    assert_eq!(found.reprint.iter().map(|sheet| sheet.title.as_str()).collect::<Vec<_>>(), ["The second handout"]);
    assert!(found.reread.is_empty());
}

#[test]
fn whom_to_call_comes_first_and_stands_on_every_sheet() {
    for (was, now) in [
        ("call: \"246 8024\"", "call: \"246 8199\""),
        ("text: \"246 8025\"", "text: \"246 8198\""),
        ("hours: day and night", "hours: in the morning"),
        ("name: Test line", "name: Another line"),
    ] {
        let found = after(&[(COURSE, was, now)]);
        assert_eq!(found.first[0].what, "Crisis lines", "{now}");
        assert_eq!(found.print_all, ["the crisis lines"], "{now}");
        assert!(found.reread.is_empty() && found.reprint.is_empty(), "{now}: {found:?}");
        let said = text(&[found]);
        assert!(said.contains("Print every sheet again: the crisis lines changed"), "{said}");
        assert!(said.find("Crisis lines").unwrap() < said.find("Print every").unwrap());
    }
    let found = after(&[(COURSE, "What is said here stays here.", "What you hear here stays here.")]);
    assert_eq!(found.first[0].what, "Agreements");
    assert_eq!(found.reprint[0].title, "The page of agreements");
    assert!(found.print_all.is_empty());
    assert_eq!(after(&[(COURSE, "title: Everything", "title: Nearly everything")]).print_all, ["the name of the course"]);
}

#[test]
fn a_session_tells_its_minutes_and_its_parts() {
    let found = after(&[
        (START, "    minutes: 30", "    minutes: 15"),
        (START, "A question?", "Another question?"),
        (START, "[ Whiteboard FAC043 ]", "[ Paper FAC043 ]"),
    ]);
    let [session] = &found.reread[..] else { panic!("{found:?}") };
    assert_eq!((session.number, session.title.as_str(), session.state), (Some(1), "The start", State::Changed));
    assert_eq!(session.minutes, Some(("70–80".to_owned(), "55–65".to_owned())));
    assert_eq!(session.parts, ["materials", "Teaching FAC045: what to say, ask or do", "Talk FAC052: 30, now 15 minutes"]);
    assert!(prints_nothing(&found));

    let untimed = "  - title: Untimed FAC055\n    kind: break\n";
    let found = after(&[(START, untimed, "  - title: Walk\n    minutes: 5\n")]);
    assert_eq!(found.reread[0].parts, ["new: Walk (5 minutes)", "gone: Untimed FAC055"]);
    let found = after(&[(START, untimed, ""), (START, "agenda:\n", &format!("agenda:\n{untimed}"))]);
    assert_eq!(found.reread[0].parts, ["the order of the agenda"]);
    assert_eq!(found.reread[0].minutes, None);
    let found = after(&[(START, "Untimed FAC055", "A pause")]);
    assert_eq!(found.reread[0].parts, ["A pause: it was called \"Untimed FAC055\""]);
}

#[test]
fn what_every_session_has_is_told_once() {
    let found = after(&[(COURSE, "minutes: 10\n      members: We say hello.", "minutes: 5\n      members: We say hello.")]);
    let told: Vec<_> = found.reread.iter().map(|reread| (reread.kind, reread.number, reread.parts.as_slice())).collect();
    assert_eq!(told[0], ("every session", None, &["Check-in FAC010: 10, now 5 minutes".to_owned()][..]));
    // The second session has an opening of its own; the others are shorter now.
    assert_eq!(told[1..], [("session", Some(1), &[][..]), ("session", None, &[][..])]);
    assert_eq!(found.reread[1].minutes, Some(("70–80".to_owned(), "65–75".to_owned())));
}

#[test]
fn handouts_come_go_and_move() {
    let third = ("course/modules/own/third.md", "", "---\ntitle: The third handout\n---\nText.\n");
    let listed = ("course/modules/own/module.yml", "[second]", "[second, third]");
    let found = after(&[third, listed]);
    assert_eq!(found.added.iter().map(|sheet| sheet.title.as_str()).collect::<Vec<_>>(), ["The third handout"]);
    assert!(found.reprint.is_empty() && found.removed.is_empty());
    let found = compared(&with(&[third, listed]), &with(&[]));
    assert_eq!(found.removed.iter().map(|sheet| sheet.title.as_str()).collect::<Vec<_>>(), ["The third handout"]);
    assert!(found.added.is_empty() && found.reprint.is_empty());

    let found = after(&[
        (START, "handouts: [ shared/first ]", "handouts: [ own/second ]"),
        (START, "    handout: shared/first\n    members", "    members"),
        (START, "        handout: shared/first\n", ""),
    ]);
    assert_eq!(
        found.moved.iter().map(|moved| (moved.title.as_str(), moved.was, moved.now)).collect::<Vec<_>>(),
        [("The first handout", Some(1), Some(2)), ("The second handout", None, Some(1))]
    );
    assert!(found.reprint.is_empty() && found.reread[0].parts.contains(&"handouts to give out".to_owned()));
}

#[test]
fn sessions_come_and_go_and_are_known_by_their_titles() {
    let third = ("course/sessions/03-third.yml", "", "title: The third\nagenda:\n  - title: Talk\n");
    let found = after(&[third]);
    assert_eq!((found.reread[0].title.as_str(), found.reread[0].state), ("The third", State::Added));
    let renumbered = compared(&with(&[third]), &with(&[("course/sessions/04-third.yml", "", third.2)]));
    assert_eq!(renumbered.reread.len(), 1);
    assert_eq!(renumbered.reread[0].parts, ["its place: it was session 3"]);
    assert_eq!(compared(&with(&[third]), &with(&[])).reread[0].state, State::Removed);
}

#[test]
fn on_the_command_line_two_folders_are_compared_and_errors_are_told_instead() {
    let folder = Folder::with(EVERYTHING);
    for (file, text) in EVERYTHING {
        folder.put(&format!("before/{file}"), text);
    }
    for place in ["", "before/"] {
        folder.put(&format!("{place}course/assets/hill.svg"), "<svg xmlns='http://www.w3.org/2000/svg'/>");
    }
    folder.put(FIRST, EVERYTHING[1].1.replace("Name five", "Name four"));
    let out = |arguments: &[&str]| {
        let run = folder.copebook(&[&["changes"], arguments].concat());
        (run.status.code(), String::from_utf8_lossy(&run.stdout).into_owned(), String::from_utf8_lossy(&run.stderr).into_owned())
    };
    let (code, said, _) = out(&["before/course", "course"]);
    assert_eq!((code, said.contains("now: Name four things.")), (Some(0), true), "{said}");
    let (code, json, _) = out(&["before/course", "course", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((code, json[0]["reprint"][0]["title"].as_str()), (Some(0), Some("The first handout")));
    assert_eq!(json[0]["reread"], serde_json::json!([]));
    let (code, said, _) = out(&["course", "course"]);
    assert_eq!((code, said.as_str()), (Some(0), "Everything\n  Nothing to print again, nothing to read again.\n"));

    folder.copebook(&["build", "course"]);
    let (code, _, told) = out(&["site", "course"]);
    assert_eq!((code, told.contains("was made by copebook")), (Some(2), true), "{told}");
    folder.put("before/course/sessions/01-start.yml", "titel: The start\n");
    let (code, said, told) = out(&["before/course", "course"]);
    assert_eq!(code, Some(1));
    assert!(said.contains("did you mean `title`?") && told.contains("before/course has errors") && !said.contains("Print"), "{said}{told}");
}
