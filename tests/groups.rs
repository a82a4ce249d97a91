//! A group that runs a course: dates and place on both sites, and members see only what has been released to them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice, reason = "a test fails by a panic")]

mod support;

use support::Folder;

const GROUP: &str = "starts: 2026-12-01\ntime: 18:00\nskip: [2026-12-08]\nplace: Room 4, second floor\nfacilitators: [AB, CD]\ncontact: Call 246 8199\nreleased: 1\ncrisis:\n  - { name: Local line, call: \"246 8123\", hours: day and night, checked: 2026-11-01 }\n";

fn folder() -> Folder {
    let folder = Folder::everything();
    folder.put("course/groups/tuesday.yml", GROUP);
    // What is not released yet carries a word of its own, in every place that members could meet it.
    folder.put("course/sessions/02-next.yml", "title: LATER session\nmembers:\n  summary: LATER summary\n  goals: [ LATER goal ]\n  handouts: [ own/second ]\n  practice: LATER practice\nagenda:\n  - title: Review\n    members: LATER step\n");
    folder.put("course/modules/own/second.md", "---\ntitle: LATER handout\nsummary: LATER words\n---\n## What else\n\nLATER text.\n\n![LATER picture](../../assets/hill.svg)\n\n::: worksheet LATER sheet\n- line: LATER question\n:::\n");
    folder.put("course/modules/own/module.yml", "title: LATER module\nsummary: LATER module words\nhandouts: [second]\n");
    folder
}

fn all(folder: &Folder, site: &str) -> String {
    folder.files(site).iter().map(|(name, bytes)| format!("{name}\n{}", String::from_utf8_lossy(bytes))).collect()
}

#[test]
fn members_see_what_has_been_released_and_nothing_of_the_rest() {
    let folder = folder();
    let whole = folder.copebook(&["build", "course"]);
    assert_eq!(whole.status.code(), Some(0), "{}", String::from_utf8_lossy(&whole.stdout));
    assert!(all(&folder, "site/members").contains("LATER"), "the fixture has lost its words");

    let built = folder.copebook(&["build", "course", "--group", "tuesday"]);
    assert_eq!(built.status.code(), Some(0), "{}{}", String::from_utf8_lossy(&built.stdout), String::from_utf8_lossy(&built.stderr));
    let members = all(&folder, "site/members");
    for gone in ["LATER", "own/second", "02-next", "extra", "pictures/"] {
        assert!(
            !members.contains(gone),
            "members see {gone}: {}",
            members.split(gone).next().unwrap_or_default().chars().rev().take(200).collect::<Vec<_>>().iter().rev().collect::<String>()
        );
    }
    assert!(members.contains("The first handout"));
    assert!(all(&folder, "site/facilitator").contains("LATER handout"), "facilitators see it all");
}

#[test]
fn the_calendar_says_when_and_nothing_of_what() {
    let folder = folder();
    folder.copebook(&["build", "course", "--group", "tuesday"]);
    let calendar = folder.text("site/members/calendar.ics");
    for line in ["DTSTART:20261201T180000", "DTEND:20261201T193000", "DTSTART:20261215T180000", "SUMMARY:Appointment"] {
        assert!(calendar.contains(line), "{line}: {calendar}");
    }
    for word in ["Everything", "copebook", "The start", "LATER", "Room", "tuesday", "session"] {
        assert!(!calendar.contains(word), "{word}: {calendar}");
    }
    assert_eq!(calendar, folder.text("site/facilitator/calendar.ics"));
}

#[test]
fn lines_of_the_place_come_first() {
    let folder = folder();
    folder.copebook(&["build", "course", "--group", "tuesday"]);
    let page = folder.text("site/members/handouts/shared/first.html");
    let at = |words: &str| page.find(words).unwrap_or_else(|| panic!("{words} is not there"));
    assert!(at("Local line") < at("Test line"));
}

#[test]
fn nobody_in_the_group_has_a_place_in_its_file() {
    let folder = folder();
    for key in ["members", "participants", "names", "clients"] {
        folder.put("course/groups/tuesday.yml", format!("starts: 2026-12-01\n{key}: [ A. Person ]\n"));
        let checked = folder.copebook(&["check", "course"]);
        let told = String::from_utf8_lossy(&checked.stdout).into_owned();
        assert_eq!(checked.status.code(), Some(1));
        assert!(told.contains("has no place in copebook's files"), "{told}");
    }
}

#[test]
fn a_group_that_is_not_there_is_told() {
    let folder = folder();
    let built = folder.copebook(&["build", "course", "--group", "wednesday"]);
    assert_eq!(built.status.code(), Some(2));
    let told = String::from_utf8_lossy(&built.stderr).into_owned();
    assert!(told.contains("there is no group `wednesday`: the groups are tuesday"), "{told}");
}

#[test]
fn dates_and_place_stand_on_both_sites() {
    let folder = folder();
    folder.copebook(&["build", "course", "--group", "tuesday"]);
    for page in ["site/members/index.html", "site/members/sessions/01-start.html", "site/facilitator/index.html", "site/facilitator/sessions/01-start.html"] {
        let html = folder.text(page);
        assert!(html.contains("Tuesday, 1 December 2026"), "{page} does not say when");
    }
    for page in ["site/members/index.html", "site/facilitator/index.html"] {
        assert!(folder.text(page).contains("Room 4, second floor"), "{page} does not say where");
    }
}

#[test]
fn a_group_file_with_a_mistake_is_told_as_that() {
    let folder = folder();
    folder.put("course/groups/tuesday.yml", "starts: some day\n");
    let built = folder.copebook(&["build", "course", "--group", "tuesday"]);
    assert_eq!(built.status.code(), Some(1));
    let told = format!("{}{}", String::from_utf8_lossy(&built.stdout), String::from_utf8_lossy(&built.stderr));
    assert!(told.contains("tuesday.yml:1") && !told.contains("there is no group"), "{told}");
}

#[test]
fn phones_are_shown_the_way_when_members_have_an_address() {
    let folder = folder();
    folder.copebook(&["build", "course"]);
    assert!(!all(&folder, "site/facilitator").contains("class=\"code\""));
    let course = folder.text("course/curriculum.yml");
    folder.put("course/curriculum.yml", format!("{course}\npublish_at: https://example.org/course\n"));
    let built = folder.copebook(&["build", "course"]);
    assert_eq!(built.status.code(), Some(0), "{}", String::from_utf8_lossy(&built.stdout));
    let session = folder.text("site/facilitator/sessions/02-next.html");
    assert!(session.contains("https://example.org/course/sessions/02-next.html") && session.contains("https://example.org/course/handouts/own/second.html"));
    let screen = all(&folder, "site/facilitator/present");
    assert!(screen.contains("class=\"code\"") && screen.contains("https://example.org/course/handouts/"), "the screen for the group shows no code");
}

#[test]
fn what_to_bring_stands_once_with_its_sessions() {
    let folder = folder();
    let plan = |title: &str, more: &str| {
        format!("title: {title}\nmaterials: [ Whiteboard, \"{more}\" ]\nmembers:\n  handouts: [ own/second ]\nagenda:\n  - title: Review\n")
    };
    folder.put("course/sessions/02-next.yml", plan("Next", "whiteboard."));
    folder.put("course/sessions/03-last.yml", plan("Last", "Tape"));
    let built = folder.copebook(&["build", "course"]);
    assert_eq!(built.status.code(), Some(0), "{}", String::from_utf8_lossy(&built.stdout));
    let home = folder.text("site/facilitator/index.html");
    let needed = home.split("needed\">").nth(1).and_then(|rest| rest.split("</ul>").next()).unwrap();
    let line = |words: &str| needed.split("<li>").find(|line| line.to_lowercase().starts_with(words)).unwrap_or_else(|| panic!("{words}: {needed}")).to_owned();
    assert_eq!(needed.to_lowercase().matches("<li>whiteboard <span").count(), 1, "{needed}");
    assert!(line("whiteboard <span").contains("02-next") && line("whiteboard <span").contains("03-last"));
    assert!(line("tape").contains("03-last") && !line("tape").contains("02-next"));
}
