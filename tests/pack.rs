//! What is handed over: archives that unpack anywhere, and handouts that are a file each. Nothing for facilitators is in them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice, reason = "a test fails by a panic")]

mod support;

use std::collections::BTreeMap;

use support::{EVERYTHING, Folder, unpacked};

/// Packs, and gives all that was written: name → bytes.
fn packed(folder: &Folder, arguments: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let run = folder.copebook(&[&["pack"], arguments].concat());
    assert_eq!(run.status.code(), Some(0), "{}{}", String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    folder.files("packed")
}

/// The addresses that a page links to or shows.
fn addresses(html: &str) -> Vec<&str> {
    ["href=\"", "src=\""].iter().flat_map(|start| html.split(start).skip(1).filter_map(|rest| rest.split('"').next())).collect()
}

#[test]
fn the_archives_are_the_two_sites_byte_for_byte() {
    let folder = Folder::everything();
    folder.copebook(&["build", "course"]);
    let files = packed(&folder, &["course"]);
    for audience in ["members", "facilitator"] {
        let inside = unpacked(&files[&format!("{audience}/course-{audience}.zip")]);
        assert_eq!(inside, folder.files(&format!("site/{audience}")), "{audience}");
        assert!(inside.contains_key("index.html"));
        for name in inside.keys() {
            assert!(name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_./".contains(&b)), "{name}");
            assert!(!name.starts_with(['/', '.']) && !name.contains("course"), "{name}");
        }
    }
}

#[test]
fn the_same_course_gives_the_same_bytes_wherever_it_lies() {
    let (one, two) = (Folder::everything(), Folder::everything());
    let first = packed(&one, &["course"]);
    assert_eq!(first, packed(&two, &["course"]));
    assert_eq!(first, packed(&one, &["course"]), "a second time");
    let place = one.path.to_string_lossy().into_owned();
    for (name, bytes) in &first {
        let files = if name.ends_with(".zip") { unpacked(bytes) } else { BTreeMap::from([(name.clone(), bytes.clone())]) };
        for (inside, content) in files {
            assert!(!String::from_utf8_lossy(&content).contains(&place), "{name}: {inside} tells where the author's files lie");
        }
    }
}

#[test]
fn members_get_no_text_for_facilitators() {
    let files = packed(&Folder::everything(), &["course"]);
    let marked = |bytes: &[u8]| String::from_utf8_lossy(bytes).contains("FAC0");
    let guide = unpacked(&files["facilitator/course-facilitator.zip"]);
    assert!(guide.values().any(|bytes| marked(bytes)), "the marks are in the guide, or this proves nothing");
    let members = unpacked(&files["members/course-members.zip"]);
    let single = files.iter().filter(|(name, _)| name.starts_with("members/course-handouts/"));
    let mut seen = 0;
    for (name, bytes) in members.iter().chain(single) {
        assert!(!marked(bytes), "{name}");
        seen += 1;
    }
    assert!(seen > 10);
}

#[test]
fn each_handout_is_a_file_that_needs_no_other() {
    let files = packed(&Folder::everything(), &["course"]);
    let handouts: Vec<_> = files.iter().filter(|(name, _)| name.starts_with("members/course-handouts/")).collect();
    let names: Vec<&str> = handouts.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["members/course-handouts/first.html", "members/course-handouts/second.html"]);
    let mut held = 0;
    for (name, bytes) in handouts {
        let html = String::from_utf8(bytes.clone()).unwrap();
        for address in addresses(&html) {
            let fine = ["#", "https://", "http://", "tel:", "sms:", "mailto:", "data:"].iter().any(|start| address.starts_with(start));
            assert!(fine, "{name} needs {address}");
        }
        held += html.matches("src=\"data:image/svg+xml;base64,").count();
        for words in ["Test line", "class=\"leave\"", "script-src 'sha256-", "style-src 'sha256-", "default-src 'none'", "connect-src 'none'"] {
            assert!(html.contains(words), "{name}: {words}");
        }
        let policy = html.split("Content-Security-Policy\" content=\"").nth(1).unwrap().split('"').next().unwrap();
        assert!(!policy.contains("unsafe") && !policy.contains("'self'"), "{policy}");
    }
    assert!(held > 0, "the picture is in the file that shows it");
}

#[test]
fn a_picture_with_words_for_facilitators_stops_it() {
    let folder = Folder::everything();
    packed(&folder, &["course"]);
    let before = folder.files("packed");
    folder.put("course/guide/before.md", "# Before\n\nLook first for the person nearest to the door of the room.\n");
    folder
        .put("course/assets/hill.svg", "<svg xmlns='http://www.w3.org/2000/svg'><text>Look first for the person nearest to the door of the room</text></svg>");
    let run = folder.copebook(&["pack", "course"]);
    assert_eq!(run.status.code(), Some(1), "{}", String::from_utf8_lossy(&run.stderr));
    assert!(String::from_utf8_lossy(&run.stdout).contains("this text is for facilitators"));
    assert_eq!(folder.files("packed"), before);
}

#[test]
fn a_handout_that_is_too_large_for_a_portal_is_told() {
    let folder = Folder::everything();
    let told = |folder: &Folder| String::from_utf8_lossy(&folder.copebook(&["pack", "course"]).stderr).contains("members/course-handouts/second.html has 4 MB");
    assert!(!told(&folder));
    folder.put("course/assets/hill.svg", format!("<svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0{}'/></svg>", "h1v1".repeat(820_000)));
    assert!(told(&folder));
}

#[test]
fn a_leak_in_the_template_of_single_files_stops_it() {
    let folder = Folder::everything();
    let theme = copebook::theme::ThemeFiles::built_in("calm").unwrap();
    for (file, bytes) in &theme.files {
        folder.put(&format!("mine/{file}"), bytes);
    }
    folder.put("course/guide/before.md", "# Before\n\nLook first for the person nearest to the door of the room.\n");
    packed(&folder, &["course", "--theme", "mine"]);
    let single = String::from_utf8(theme.files["templates/members/single.html"].clone()).unwrap();
    folder.put(
        "mine/templates/members/single.html",
        format!("{single}{{% block thread %}}look first for the person nearest to the door of the room{{% endblock thread %}}"),
    );
    let run = folder.copebook(&["pack", "course", "--theme", "mine"]);
    assert_eq!(run.status.code(), Some(1), "{}", String::from_utf8_lossy(&run.stderr));
    assert!(String::from_utf8_lossy(&run.stdout).contains("first.html"), "{}", String::from_utf8_lossy(&run.stdout));
    folder.put("mine/static/members/page.js", "document.title = '</script>';");
    folder.put("mine/templates/members/single.html", single);
    let run = folder.copebook(&["pack", "course", "--theme", "mine"]);
    assert_eq!(run.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&run.stderr).contains("</script"), "{}", String::from_utf8_lossy(&run.stderr));
}

#[test]
fn a_group_gets_what_has_been_released_and_nothing_of_the_rest() {
    let folder = Folder::everything();
    folder.put("course/groups/tuesday.yml", "starts: 2026-12-01\nreleased: 1\n");
    folder.put("course/sessions/02-next.yml", "title: LATER session\nmembers:\n  handouts: [ own/second ]\nagenda:\n  - title: Review\n");
    folder.put("course/modules/own/second.md", "---\ntitle: LATER handout\n---\n## What else\n\nLATER text. ![LATER picture](../../assets/hill.svg)\n");
    folder.put("course/modules/own/module.yml", "title: LATER module\nhandouts: [second]\n");
    let whole = packed(&folder, &["course"]);
    assert!(whole.contains_key("members/course-handouts/second.html"));
    let files = packed(&folder, &["course", "--group", "tuesday"]);
    let names: Vec<&str> = files.keys().map(String::as_str).filter(|name| !name.starts_with('.')).collect();
    assert_eq!(names, ["facilitator/course-tuesday-facilitator.zip", "members/course-tuesday-handouts/first.html", "members/course-tuesday-members.zip"]);
    let members = unpacked(&files["members/course-tuesday-members.zip"]);
    for (name, bytes) in members.iter().chain(files.iter().filter(|(name, _)| name.contains("handouts/"))) {
        assert!(!String::from_utf8_lossy(bytes).contains("LATER") && !name.contains("second"), "{name}");
    }
}

#[test]
fn names_tell_handouts_apart_and_keep_a_discreet_course_quiet() {
    let folder = Folder::everything();
    folder.put("course/modules/own/first.md", "---\ntitle: Another first\n---\nText.\n");
    folder.put("course/modules/own/module.yml", "title: Own\nhandouts: [second, first]\n");
    let names = |folder: &Folder| packed(folder, &["course"]).into_keys().filter(|name| name.ends_with(".html")).collect::<Vec<_>>();
    assert_eq!(names(&folder), ["members/course-handouts/own-first.html", "members/course-handouts/second.html", "members/course-handouts/shared-first.html"]);
    folder.put("course/curriculum.yml", format!("discreet: true\n{}", EVERYTHING[2].1.replace("discreet: false\n", "")));
    let files = packed(&folder, &["course"]);
    let quiet: Vec<&String> = files.keys().filter(|name| !name.starts_with('.') && !name.ends_with("facilitator.zip")).collect();
    assert!(quiet.iter().any(|name| name.ends_with("/session-01-handout-1.html")), "{quiet:?}");
    for name in quiet {
        assert!(!name.contains("course") && !name.contains("first") && !name.contains("second"), "{name}");
    }
}

#[test]
fn an_error_packs_nothing_and_json_is_nothing_but_json() {
    let folder = Folder::everything();
    let fine = folder.copebook(&["pack", "course", "--format", "json"]);
    assert_eq!(fine.status.code(), Some(0));
    serde_json::from_slice::<serde_json::Value>(&fine.stdout).expect("the standard output is JSON");
    let before = folder.files("packed");
    folder.put("course/sessions/01-start.yml", "titel: The start\n");
    let failed = folder.copebook(&["pack", "course"]);
    assert_eq!(failed.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&failed.stderr).contains("Nothing was packed"));
    assert_eq!(folder.files("packed"), before);
}

#[test]
fn several_courses_are_packed_each_by_itself() {
    let folder = Folder::everything();
    folder.put("another/curriculum.yml", "title: Another one\ncrisis: [ { name: Test line, call: \"1\" } ]\n");
    let files = packed(&folder, &["."]);
    for name in ["members/course-members.zip", "members/another-members.zip"] {
        let home = String::from_utf8(unpacked(&files[name])["index.html"].clone()).unwrap();
        assert_eq!(home.contains("Another one"), name.contains("another"), "{name} tells of the other course");
    }
}

#[test]
fn courses_whose_files_would_have_one_name_are_refused() {
    let folder = Folder::everything();
    folder.put("other/course/curriculum.yml", "title: Another one\ncrisis: [ { name: Test line, call: \"1\" } ]\n");
    let run = folder.copebook(&["pack", "course", "other/course"]);
    assert_eq!(run.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&run.stdout).contains("two curricula would have the address `course`"));
    assert!(!folder.path.join("packed").exists());
}
