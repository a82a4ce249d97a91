//! What is new: a curriculum to begin with, and parts that are added to one. Whatever is typed comes out as it was typed, and
//! nothing that is there is ever written over.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice, reason = "a test fails by a panic")]

mod support;

use std::process::Output;

use copebook::model::{Date, Minutes};
use copebook::source::SourcePath;
use copebook::starter::words::{clean, markdown};
use copebook::starter::{self, Course, Crisis, Handout, Module, Session, list};
use proptest::prelude::*;
use support::Folder;

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Runs copebook, which has to succeed.
fn run(folder: &Folder, arguments: &[&str]) -> Output {
    let output = folder.copebook(arguments);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}\n{}{}", stdout(&output), stderr(&output));
    output
}

/// Runs copebook, which has to refuse with these words and leave everything as it was.
fn refused(folder: &Folder, arguments: &[&str], words: &str) {
    let before = folder.files(".");
    let output = folder.copebook(arguments);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}\n{}", stderr(&output));
    assert!(stderr(&output).contains(words), "{arguments:?}\n{}", stderr(&output));
    assert_eq!(folder.files("."), before, "{arguments:?}");
}

#[test]
fn a_new_curriculum_builds_without_a_warning_in_every_language() {
    let folder = Folder::with(&[]);
    for language in starter::languages() {
        for minutes in ["15", "60", "75-90", "120"] {
            let name = format!("{language}-{minutes}");
            run(
                &folder,
                &[
                    "new",
                    &name,
                    "--language",
                    language,
                    "--session-minutes",
                    minutes,
                    "--crisis-name",
                    "Line",
                    "--crisis-call",
                    "116 123",
                    "--crisis-hours",
                    "day and night",
                ],
            );
            run(&folder, &["check", &name, "--strict"]);
        }
        let name = format!("{language}-60");
        run(&folder, &["build", &name, "--strict", "--out", &format!("site-{language}")]);
        let home = folder.text(&format!("site-{language}/members/index.html"));
        assert!(home.contains(&starter::usual(language, "title")) && home.contains("116 123"), "{language}");
    }
}

#[test]
fn without_flags_and_without_a_terminal_the_usual_is_taken() {
    let folder = Folder::with(&[]);
    let new = run(&folder, &["new", "my group"]);
    assert_eq!(stdout(&new), "my group/curriculum.yml\n");
    for words in ["copebook serve \"my group\"", "copebook build \"my group\"", "988 Suicide & Crisis Lifeline (United States)"] {
        assert!(stderr(&new).contains(words), "{words}\n{}", stderr(&new));
    }
    // What she is told to do next can be done.
    let told = stderr(&new);
    let commands: Vec<&str> = told.lines().filter_map(|line| line.trim().strip_prefix("copebook ")?.split(' ').next()).collect();
    assert_eq!(commands, ["serve", "build"]);
    commands.iter().for_each(|command| drop(run(&folder, &[command, "--help"])));
    run(&folder, &["check", "my group", "--strict"]);
    let text = folder.text("my group/curriculum.yml");
    assert!(text.contains("title: My group\n") && text.contains("call: \"988\"\n"));
    // She is told what the file says of the number.
    assert!(text.contains("\n    checked: 20") && stderr(&new).contains("Try the crisis line yourself"));
}

#[test]
fn a_number_is_never_made_up() {
    let folder = Folder::with(&[]);
    for language in ["es", "en-GB", "xx"] {
        let new = run(&folder, &["new", language, "--language", language]);
        assert!(stderr(&new).contains("No site is made without one"), "{}", stderr(&new));
        let text = folder.text(&format!("{language}/curriculum.yml"));
        assert!(!text.contains("988") && text.contains("NOT YET THERE"));
        assert!(stdout(&folder.copebook(&["check", language])).contains("no-crisis-line"));
        // The lines that wait there are the right ones.
        let ready = text.replace("#crisis:", "crisis:").replace("#  - name:", "  - name: Line").replace("#    call:", "    call: \"116 123\"");
        folder.put(&format!("{language}/curriculum.yml"), ready);
        run(&folder, &["check", language]);
    }
    assert!(stderr(&folder.copebook(&["new", "other", "--language", "xx"])).contains("no first texts in `xx` yet"));
    refused(&folder, &["new", "a", "--crisis-name", "Line"], "--crisis-call");
    refused(&folder, &["new", "a", "--crisis-call", "116 123"], "--crisis-name");
    refused(&folder, &["new", "a", "--crisis-name", "Line", "--crisis-call", "ask us"], "a number that a phone can dial");
}

#[test]
fn lines_that_wait_behind_a_sign_fit_when_it_is_taken_away() {
    let folder = Folder::with(&[]);
    for language in starter::languages() {
        run(&folder, &["new", language, "--language", language, "--crisis-name", "Line", "--crisis-call", "116 123"]);
        let text = folder.text(&format!("{language}/curriculum.yml"));
        let text = text.replace("#text:", "text: \"116 123\"").replace("#web:", "web: https://example.org").replace("#hours:", "hours:");
        folder.put(&format!("{language}/curriculum.yml"), &text);
        let file = folder.files(&format!("{language}/groups")).into_keys().next().unwrap();
        let group = folder.text(&format!("{language}/groups/{file}"));
        let group = group.replace("#time:", "time:").replace("#skip:", "skip:").replace("#place:", "place: Here").replace("#contact:", "contact: There");
        folder.put(&format!("{language}/groups/{file}"), group);
        run(&folder, &["new", "handout", language, "--title", "Waiting"]);
        let new = folder.files(language).into_keys().find(|file| file.ends_with("waiting.md")).unwrap();
        let handout = folder.text(&format!("{language}/{new}"));
        folder.put(&format!("{language}/{new}"), handout.replace("#facilitator: |\n#  ", "facilitator: |\n  "));
        let checked = run(&folder, &["check", language]);
        assert!(stderr(&checked).contains("1 warning"), "only the handout is not given out yet: {}", stdout(&checked));
        let text = folder.text(&format!("{language}/curriculum.yml"));
        assert!(text.contains("\n    checked: 20") && text.contains("\n    web: ") && !text.contains("#text:"), "{text}");
    }
}

#[test]
fn nothing_is_written_over() {
    let folder = Folder::with(&[("full/thesis.docx", "mine"), ("a-file", "mine"), ("course/curriculum.yml", "title: x\n")]);
    for (arguments, words) in [
        (vec!["new", "full"], "the folder full is not empty (thesis.docx is in it)"),
        (vec!["new", "a-file"], "a-file is not a folder"),
        (vec!["new", "a-file/inside"], "is a file and no folder"),
        (vec!["new", "course/inside"], "lies inside the curriculum"),
        (vec!["new"], "say which folder to make"),
        (vec!["new", "x", "--title", ""], "--title has nothing behind it"),
        (vec!["new", "x", "--language", "Spanish"], "two letters"),
        (vec!["new", "x", "--session-minutes", "2 hours"], "a number from 15 to 480"),
        (vec!["new", "sesion"], "did you mean `copebook new session`?"),
        (vec!["new", "Modules"], "copebook new ./Modules"),
    ] {
        refused(&folder, &arguments, words);
    }
    // An empty folder is fine, and so is one that only a computer has been in.
    folder.put("empty/.DS_Store", "");
    run(&folder, &["new", "empty"]);
    run(&folder, &["new", "./session"]);
    run(&folder, &["check", "session", "--strict"]);
}

#[test]
fn a_session_takes_the_next_number() {
    let folder = Folder::with(&[]);
    run(&folder, &["new", "g"]);
    let new =
        run(&folder, &["new", "session", "g", "--title", "Sleep: a start", "--handout", "settling/my-week", "--practice", "Go to bed #1", "--minutes", "40"]);
    assert_eq!(stdout(&new), "g/sessions/03-sleep-a-start.yml\n");
    let text = folder.text("g/sessions/03-sleep-a-start.yml");
    assert!(text.contains("title: \"Sleep: a start\"\n") && text.contains("kind: review") && text.contains("handouts: [ settling/my-week ]"), "{text}");
    // A file that cannot be read keeps its number.
    folder.put("g/sessions/07-broken.yml", "title: [\n");
    assert_eq!(stdout(&run(&folder, &["new", "session", "g"])), "g/sessions/08-session-8.yml\n");
    folder.put("g/sessions/07-broken.yml", "title: x\nagenda: [ { title: y } ]\n");
    run(&folder, &["check", "g"]);
    refused(&folder, &["new", "session", "g", "--handout", "none/such"], "Please choose one of: settling/");
    refused(&folder, &["new", "session", "g", "--minutes", "long"], "a number from 5 to 480");
}

#[test]
fn modules_and_handouts_are_named_where_they_belong() {
    let folder = Folder::with(&[]);
    run(&folder, &["new", "g"]);
    let before = folder.text("g/curriculum.yml");
    let new = run(&folder, &["new", "module", "g", "--title", "Cold *water*", "--summary", "Cool <b>down</b>", "--purpose", "1. x"]);
    assert_eq!(stdout(&new), "g/modules/cold-water/cold-water.md\ng/modules/cold-water/module.yml\n");
    assert_eq!(folder.text("g/curriculum.yml"), before.replace("[ modules/settling ]", "[ modules/settling, modules/cold-water ]"));
    // The same name again gets a number.
    assert!(stdout(&run(&folder, &["new", "module", "g", "--title", "Cold water", "--handout-title", "Ice"])).contains("modules/cold-water-2/ice.md"));

    assert_eq!(stdout(&run(&folder, &["new", "handout", "g", "--title", "怒り", "--module", "settling"])), "g/modules/settling/handout.md\n");
    assert!(stdout(&run(&folder, &["new", "handout", "g", "--title", "My week", "--module", "1"])).contains("my-week-2.md"));
    assert!(folder.text("g/modules/settling/module.yml").contains("handouts: [ a-longer-breath-out, my-week, handout, my-week-2 ]\n"));
    let plain = run(&folder, &["new", "handout", "g", "--title", "No questions", "--worksheet", "no", "--minutes", "5-10"]);
    assert!(!folder.text(stdout(&plain).trim()).contains("worksheet"));
    run(&folder, &["check", "g"]);
    refused(&folder, &["new", "handout", "g", "--title", "x", "--module", "none"], "Please choose one of: settling");
    refused(&folder, &["new", "handout", "g"], "--title");
    refused(&folder, &["new", "module", "g"], "--title");
}

#[test]
fn a_list_that_is_unusual_is_left_to_the_author() {
    let folder = Folder::with(&[]);
    run(&folder, &["new", "g"]);
    let text = folder.text("g/curriculum.yml").replace("modules: [ modules/settling ]", "modules: modules/settling");
    folder.put("g/curriculum.yml", &text);
    let new = run(&folder, &["new", "module", "g", "--title", "Sleep"]);
    assert!(stderr(&new).contains("In g/curriculum.yml, write in the list `modules`: modules/sleep"), "{}", stderr(&new));
    assert_eq!(folder.text("g/curriculum.yml"), text);
}

#[test]
fn the_curriculum_is_found() {
    let folder = Folder::with(&[]);
    run(&folder, &["new", "curricula/one"]);
    let inside = |place: &str, arguments: &[&str]| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_copebook")).args(arguments).current_dir(folder.path.join(place)).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        stdout(&output)
    };
    assert_eq!(inside("", &["new", "session", "--title", "A"]), "curricula/one/sessions/03-a.yml\n");
    assert_eq!(inside("curricula/one", &["new", "session", "--title", "B"]), "sessions/04-b.yml\n");
    assert_eq!(inside("curricula/one/modules/settling", &["new", "session", "--title", "C"]), "../../sessions/05-c.yml\n");
    run(&folder, &["new", "curricula/two"]);
    refused(&folder, &["new", "session"], "copebook new session curricula/one");
    refused(&folder, &["new", "session", "nowhere"], "there is no folder nowhere");
}

#[test]
fn shells_and_manuals() {
    let folder = Folder::with(&[]);
    assert!(stdout(&run(&folder, &["completions", "bash"])).contains("crisis-call"));
    assert!(stdout(&run(&folder, &["man"])).contains("copebook\\-new"));
    folder.put("man/keep", "");
    run(&folder, &["man", "man"]);
    assert!(folder.text("man/copebook-new-session.1").contains("The next session"));
}

#[test]
fn every_command_has_an_example() {
    let folder = Folder::with(&[]);
    let commands = [
        vec![],
        vec!["build"],
        vec!["check"],
        vec!["pack"],
        vec!["changes"],
        vec!["serve"],
        vec!["theme"],
        vec!["new"],
        vec!["new", "session"],
        vec!["new", "module"],
        vec!["new", "handout"],
        vec!["schema"],
    ];
    for command in commands {
        let help = stdout(&run(&folder, &[command.as_slice(), &["--help"]].concat()));
        assert!(help.contains("Example"), "{command:?}\n{help}");
    }
}

/// What people type, with the signs that YAML and Markdown would take otherwise.
fn typed() -> impl Strategy<Value = String> {
    let pieces = [
        ": ",
        ":",
        " #",
        "#",
        "\"",
        "'",
        "\\",
        "- ",
        "[",
        "]",
        "{",
        "}",
        "{{ title }}",
        "{% if %}",
        "*",
        "**",
        "_",
        "`",
        "<b>",
        "<!-- x -->",
        "&amp;",
        "&",
        "!",
        "![](x.png)",
        "[a](b.md)",
        "[a](b c)",
        "[!",
        "|a|",
        "[[a]]",
        "[ ] ",
        ":::",
        "::: care",
        "%%",
        "%",
        "@",
        "|",
        "> ",
        ">",
        "~",
        "~~",
        "1. ",
        "1) ",
        "+ ",
        "=",
        "---",
        "===",
        "null",
        "true",
        "no",
        "🙂",
        "👩\u{200d}👧",
        "é",
        "怒り",
        "نص",
        "\u{202e}",
        "\u{200b}",
        "\u{feff}",
        "\u{a0}",
        "\u{85}",
        "\u{2028}",
        "\t",
        "\r",
        "\u{1b}[31m",
        "\u{0}",
        " ",
        "a",
        "Anger",
        "https://x.org",
        "[^1]",
        "[a]: b",
        "$",
        "：：：",
        "....",
        "- [ ] ",
    ];
    let piece = prop_oneof![4 => proptest::sample::select(pieces.to_vec()).prop_map(str::to_owned), 1 => "\\PC{0,8}"];
    proptest::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_typed_comes_out_as_it_was_typed(one in typed(), two in typed()) {
        // An empty answer takes what is usual.
        let answer = |typed: &str, usual: &str| Some(clean(typed)).filter(|answer| !answer.is_empty()).unwrap_or(usual.to_owned());
        let (one, two) = (answer(&one, "One"), answer(&two, "Two"));
        let shown = copebook::markdown::plain(&markdown(&one), false);
        prop_assert_eq!(shown.trim(), one.as_str());
        let answers = Course {
            title: one.clone(),
            language: "en".into(),
            session_minutes: Minutes::exactly(60),
            for_whom: two.clone(),
            crisis: Some(Crisis { name: two.clone(), call: "116 123".into(), hours: two.clone() }),
            today: Date::read("2026-11-24").unwrap(),
        };
        let mut files = starter::course(&answers).unwrap();
        let session = Session { title: one.clone(), minutes: 30, whole: 60, summary: two.clone(), handout: "settling/my-week".into(), practice: two.clone(), review: true };
        files.insert("sessions/03-new.yml".into(), starter::session(&session, "en").unwrap());
        let module = Module { title: one.clone(), summary: two.clone(), purpose: two.clone(), handout: "new".into() };
        files.insert("modules/new/module.yml".into(), starter::module(&module, "en").unwrap());
        let handout = Handout { title: one.clone(), summary: two.clone(), minutes: Minutes::exactly(5), worksheet: true };
        files.insert("modules/new/new.md".into(), starter::handout(&handout, "en").unwrap());
        let course = list::add(&files["curriculum.yml"], "modules", "modules/new").unwrap();
        files.insert("curriculum.yml".into(), course);

        let named: Vec<(String, &str)> = files.iter().map(|(file, text)| (format!("course/{file}"), text.as_str())).collect();
        let sources = support::sources(&named.iter().map(|(file, text)| (file.as_str(), *text)).collect::<Vec<_>>());
        prop_assert!(sources.text(&SourcePath::new("course/curriculum.yml")).is_some());
        let (curricula, diagnostics) = support::checked(&sources);
        let told: Vec<_> = diagnostics.iter().filter(|problem| problem.code.as_str() != "handout-not-given-out").collect();
        prop_assert!(told.is_empty(), "{told:#?}");
        let curriculum = &curricula[0];
        prop_assert_eq!(&curriculum.title.value, &one);
        prop_assert_eq!(&curriculum.crisis[0].name.value, &two);
        prop_assert_eq!(&curriculum.sessions[2].title.value, &one);
        prop_assert_eq!(&curriculum.modules[1].handouts[0].title.value, &one);
    }
}
