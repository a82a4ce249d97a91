//! What a person meets on the command line: exit codes, where words go, and what happens to the folder.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice, reason = "a test fails by a panic")]

mod support;

use support::{EVERYTHING, Folder};

fn stderr(output: &std::process::Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn stdout(output: &std::process::Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn a_curriculum_has_its_home_at_the_root() {
    let folder = Folder::everything();
    let built = folder.copebook(&["build", "course"]);
    assert_eq!(built.status.code(), Some(0), "{}", stderr(&built));
    assert_eq!(stdout(&built), "site/facilitator/index.html\nsite/members/index.html\n");
    for file in ["site/members/index.html", "site/members/handouts/shared/first.html", "site/facilitator/sessions/01-start.html"] {
        assert!(folder.path.join(file).is_file(), "{file}");
    }
}

#[test]
fn a_folder_of_curricula_has_a_home_that_lists_them() {
    let folder = Folder::everything();
    folder.put("another/curriculum.yml", "title: Another one\ncrisis: [ { name: Test line, call: \"1\" } ]\n");
    let built = folder.copebook(&["build", "."]);
    assert_eq!(built.status.code(), Some(0), "{}{}", stdout(&built), stderr(&built));
    let home = folder.text("site/members/index.html");
    for words in ["Everything", "course/index.html", "Another one", "another/index.html"] {
        assert!(home.contains(words), "{words}");
    }
    assert!(folder.text("site/members/course/index.html").contains("../index.html"));
}

#[test]
fn a_second_build_touches_nothing_and_removes_what_is_gone() {
    let folder = Folder::everything();
    folder.copebook(&["build", "course"]);
    let changed = |folder: &Folder| folder.path.join("site/members/index.html").metadata().unwrap().modified().unwrap();
    let before = changed(&folder);
    let again = folder.copebook(&["build", "course"]);
    assert!(stderr(&again).contains(": 0 files written"), "{}", stderr(&again));
    assert_eq!(changed(&folder), before);

    folder.put("course/curriculum.yml", EVERYTHING[2].1.replace("pages: [ pages/about.md ]\n", ""));
    let fewer = folder.copebook(&["build", "course"]);
    assert!(stderr(&fewer).contains("2 removed"), "{}", stderr(&fewer));
    assert!(!folder.path.join("site/members/pages").exists());
}

#[test]
fn an_error_leaves_the_last_good_site() {
    let folder = Folder::everything();
    folder.copebook(&["build", "course"]);
    let good = folder.files("site");
    folder.put("course/sessions/01-start.yml", "titel: The start\nagenda: nothing\n");
    let failed = folder.copebook(&["build", "course"]);
    assert_eq!(failed.status.code(), Some(1));
    // All problems at once, and what happens to the site.
    for words in ["did you mean `title`?", "`agenda` is a list", "course/sessions/01-start.yml:1:1"] {
        assert!(stdout(&failed).contains(words), "{words}: {}", stdout(&failed));
    }
    assert!(stderr(&failed).contains("Nothing was written"));
    assert_eq!(folder.files("site"), good);
}

#[test]
fn check_writes_nothing() {
    let folder = Folder::everything();
    let before = folder.files(".");
    let checked = folder.copebook(&["check", "course"]);
    assert_eq!((checked.status.code(), stderr(&checked).as_str()), (Some(0), "No problems found.\n"), "{}", stdout(&checked));
    assert_eq!(folder.files("."), before);
}

#[test]
fn strict_takes_warnings_as_errors() {
    let folder = Folder::everything();
    folder.put("course/modules/own/third.md", "---\ntitle: Nobody names me\n---\nText.\n");
    let check = |arguments: &[&str]| folder.copebook(arguments).status.code();
    assert_eq!(check(&["check", "course"]), Some(0));
    assert_eq!(check(&["check", "course", "--strict"]), Some(1));
}

#[test]
fn problems_can_be_read_by_programs() {
    let folder = Folder::everything();
    folder.put("course/sessions/02-next.yml", "title: Next\nminuts: 5\nagenda: []\n");
    let checked = folder.copebook(&["check", "course", "--format", "json"]);
    let list: serde_json::Value = serde_json::from_slice(&checked.stdout).unwrap();
    let first = &list[0];
    assert_eq!((first["code"].as_str(), first["line"].as_u64(), first["column"].as_u64()), (Some("unknown-key"), Some(2), Some(1)));
    assert!(stderr(&checked).is_empty());
}

#[test]
fn wrong_usage_is_told_with_exit_code_2() {
    let folder = Folder::everything();
    for (arguments, words) in [
        (vec!["check", "nowhere"], "there is no folder nowhere"),
        (vec!["check", "modules"], "a curriculum is a folder with a file curriculum.yml"),
        (vec!["build", "course", "--theme", "loud"], "there is no theme `loud`"),
        (vec!["build", "course", "--out", "."], "not a place for a site"),
        (vec!["build", "course", "--out", "/"], "not a place for a site"),
        (vec!["build", "course", "--out", "course"], "holds the curriculum itself"),
        (vec!["build", "course", "--out", "modules"], "has files that copebook did not write"),
        (vec!["build", "course", "--out", "course/curriculum.yml"], "is not a folder"),
        (vec!["bild"], "unrecognized subcommand"),
    ] {
        let output = folder.copebook(&arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(stderr(&output).contains(words), "{arguments:?}: {}", stderr(&output));
    }
    assert!(folder.text("course/curriculum.yml").starts_with("title: Everything"));
}

#[test]
fn a_file_that_is_not_ours_is_never_written_over() {
    let folder = Folder::everything();
    folder.copebook(&["build", "course"]);
    folder.put("site/members/pages/thesis.docx", "mine");
    folder.put("course/pages/thesis.md", "# Thesis\n");
    folder.put("course/curriculum.yml", EVERYTHING[2].1.replace("pages: [ pages/about.md ]", "pages: [ pages/thesis.md ]"));
    assert_eq!(folder.copebook(&["build", "course"]).status.code(), Some(0));
    assert_eq!(folder.text("site/members/pages/thesis.docx"), "mine");

    folder.put("site/members/pages/other.html", "mine");
    folder.put("course/pages/other.md", "# Other\n");
    folder.put("course/curriculum.yml", EVERYTHING[2].1.replace("pages: [ pages/about.md ]", "pages: [ pages/other.md ]"));
    let refused = folder.copebook(&["build", "course"]);
    assert_eq!(refused.status.code(), Some(2), "{}", stdout(&refused));
    assert_eq!(folder.text("site/members/pages/other.html"), "mine");
}

#[test]
fn a_theme_can_be_a_folder() {
    let folder = Folder::everything();
    let built_in = copebook::theme::ThemeFiles::built_in("calm").unwrap();
    for (file, bytes) in &built_in.files {
        folder.put(&format!("my-theme/{file}"), bytes);
    }
    folder.put("my-theme/words/en.yml", String::from_utf8_lossy(&built_in.files["words/en.yml"]).replace("help_now: Help now", "help_now: Call someone"));
    let built = folder.copebook(&["build", "course", "--theme", "my-theme"]);
    assert_eq!(built.status.code(), Some(0), "{}", stderr(&built));
    assert!(folder.text("site/members/index.html").contains("Call someone"));
}

#[test]
fn a_leak_stops_the_build_and_names_both_places() {
    let folder = Folder::everything();
    folder.copebook(&["build", "course"]);
    let good = folder.files("site");
    let built_in = copebook::theme::ThemeFiles::built_in("calm").unwrap();
    for (file, bytes) in &built_in.files {
        folder.put(&format!("my-theme/{file}"), bytes);
    }
    // A template that a careless hand has pasted a facilitator's words into.
    let template = String::from_utf8_lossy(&built_in.files["templates/members/agreements.html"]).replace("<h1>", "<h1 title=\"stay with the PERSON: fac022\">");
    folder.put("my-theme/templates/members/agreements.html", template);
    let refused = folder.copebook(&["build", "course", "--theme", "my-theme"]);
    assert_eq!(refused.status.code(), Some(1), "{}", stderr(&refused));
    for words in ["this text is for facilitators, but the page agreements.html for members shows it", "course/curriculum.yml:39"] {
        assert!(stdout(&refused).contains(words), "{words}: {}", stdout(&refused));
    }
    assert_eq!(folder.files("site"), good);
}

#[test]
fn a_discreet_site_says_nothing_in_its_addresses() {
    let folder = Folder::everything();
    folder.put("course/curriculum.yml", EVERYTHING[2].1.replace("language: en\n", "language: en\ndiscreet: true\n"));
    let built = folder.copebook(&["build", "."]);
    assert_eq!(built.status.code(), Some(0), "{}{}", stdout(&built), stderr(&built));
    for (file, bytes) in folder.files("site/members") {
        for word in ["course", "first", "second", "start", "about"] {
            assert!(!file.contains(word), "{file}");
        }
        if let Some((_, rest)) = String::from_utf8_lossy(&bytes).split_once("<title>") {
            let title = rest.split("</title>").next().unwrap_or_default();
            assert!(!title.contains("Everything") && !title.contains("handout"), "{file}: {title}");
        }
    }
    assert!(folder.path.join("site/facilitator/course/handouts/shared/first.html").is_file());
}

#[test]
fn hosts_find_their_files_at_the_root_of_each_site() {
    let folder = Folder::everything();
    assert_eq!(folder.copebook(&["build", "course"]).status.code(), Some(0));
    assert!(folder.text("site/members/_headers").contains("frame-ancestors 'none'"));
    assert!(folder.text("site/facilitator/robots.txt").contains("Disallow: /"));
    for site in ["members", "facilitator"] {
        for (name, bytes) in folder.files(&format!("site/{site}")).iter().filter(|(name, _)| name.ends_with(".html")) {
            assert!(String::from_utf8_lossy(bytes).contains("<meta name=\"robots\" content=\"noindex\">"), "{site}/{name} can be found by search engines");
        }
    }
}
