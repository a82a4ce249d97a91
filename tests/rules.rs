//! The rules as authors meet them: the examples of the manual do what it says of them, settings are heeded, and what a rule
//! relies on is so.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice, reason = "a test fails by a panic")]
#![allow(clippy::disallowed_methods, reason = "a test reads the manual and the files that its examples change")]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use copebook::check::{contrast, tokens};
use copebook::diagnostic::Code;
use copebook::theme::{Theme, ThemeFiles};
use support::{EVERYTHING, Folder};

const MANUAL: &str = include_str!("../docs/checks.md");

/// Rules whose examples no author's file can make, and where they are tried instead.
const TRIED_ELSEWHERE: &[(Code, &str)] = &[
    (Code::Leak, "tests/cli.rs: a_leak_stops_the_build_and_names_both_places; silent in every other build"),
    (Code::UnreadableFile, "tests/diagnostics.rs: made-utf-16 and others; silent in made-hebrew-and-arabic-are-kept"),
];

/// Problems that depend on the day: the examples grow old.
const OF_TODAY: &str = "crisis-line-old";

/// The files of an example, by their way from the curriculum's folder.
type Example = Vec<(String, String)>;

/// What the manual calls wrong and right of a rule.
fn examples(code: Code) -> (Example, Example) {
    let (_, rest) = MANUAL.split_once(&format!("\n### {}\n", code.as_str())).expect("a section");
    // The next rule, or what the next ones are about: a heading that no example has.
    let next = Code::ALL.iter().map(|code| format!("\n### {}\n", code.as_str())).filter_map(|head| rest.find(&head)).min();
    let section = &rest[..next.unwrap_or(rest.len())];
    let (_, wrong) = section.split_once("\nWrong:\n").unwrap_or_default();
    let (wrong, right) = wrong.split_once("\nRight:\n").unwrap_or((wrong, ""));
    (files(wrong), files(right))
}

fn files(text: &str) -> Example {
    let mut files = Vec::new();
    let mut open: Option<(String, String)> = None;
    for line in text.lines() {
        match (line.strip_prefix("```"), &mut open) {
            (Some(_), Some(_)) => files.extend(open.take()),
            (Some(info), None) => open = Some((info.split_once(' ').expect("a file's name").1.to_owned(), String::new())),
            (None, Some((_, text))) => {
                text.push_str(line);
                text.push('\n');
            }
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a fence is not closed: {text}");
    files
}

/// The kinds of problems that are told of the base with an example laid over it.
fn told(example: &Example) -> Vec<String> {
    let folder = Folder::with(&[]);
    lay(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics/_base"), &folder);
    if example.iter().any(|(file, _)| file.starts_with("my-theme/")) {
        for (file, bytes) in ThemeFiles::built_in("calm").unwrap().files {
            folder.put(&format!("calm-group/my-theme/{file}"), bytes);
        }
    }
    for (file, text) in example {
        let path = format!("calm-group/{file}");
        let before = fs::read_to_string(folder.path.join(&path)).unwrap_or_default();
        folder.put(&path, laid_over(file, &before, text));
    }
    let run = folder.copebook(&["check", "calm-group", "--format", "json"]);
    let list: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&run.stderr)));
    list.as_array().unwrap().iter().map(|problem| problem["code"].as_str().unwrap().to_owned()).collect()
}

fn lay(from: &Path, folder: &Folder) {
    for (file, bytes) in support::files(from) {
        folder.put(&format!("calm-group/{file}"), bytes);
    }
}

/// An example over a file: keys of YAML in place of those of the same name, a page's text below the head that it has, styles
/// at the end.
fn laid_over(file: &str, before: &str, example: &str) -> String {
    match file.rsplit('.').next() {
        Some("html") => example.to_owned(),
        Some("css") => format!("{before}{example}"),
        Some("md") if example.starts_with("---") || example.starts_with("# ") || !before.starts_with("---") => example.to_owned(),
        Some("md") => format!("---{}---\n{example}", before.split("---").nth(1).unwrap()),
        _ => {
            let mut kept = before.to_owned();
            for (key, _) in chunks(example) {
                let key = key.strip_prefix("# no ").map_or(key.clone(), |gone| gone.trim().to_owned());
                kept = chunks(&kept).into_iter().filter(|(other, _)| *other != key).map(|(_, chunk)| chunk).collect();
            }
            let example: String = example.split_inclusive('\n').filter(|line| !line.starts_with("# no ")).collect();
            kept + &example
        }
    }
}

/// YAML cut before each key at the beginning of a line.
fn chunks(yaml: &str) -> Vec<(String, String)> {
    let mut chunks: Vec<(String, String)> = Vec::new();
    for line in yaml.split_inclusive('\n') {
        if !line.starts_with([' ', '-']) || chunks.is_empty() {
            chunks.push((line.split(':').next().unwrap().to_owned(), String::new()));
        }
        chunks.last_mut().unwrap().1.push_str(line);
    }
    chunks
}

#[test]
fn every_rule_fires_on_what_is_wrong_and_is_silent_on_what_is_right() {
    let mut broken = Vec::new();
    for code in Code::ALL {
        if TRIED_ELSEWHERE.iter().any(|(other, _)| other == code) {
            continue;
        }
        let name = code.as_str();
        let (wrong, right) = examples(*code);
        let on_wrong = told(&wrong);
        if wrong.is_empty() || !on_wrong.iter().any(|told| told == name) {
            broken.push(format!("{name}: what is wrong is told as {on_wrong:?}"));
        }
        if name == OF_TODAY {
            continue;
        }
        let on_right: Vec<String> = told(&right).into_iter().filter(|told| told != OF_TODAY).collect();
        if right.is_empty() || !on_right.is_empty() {
            broken.push(format!("{name}: what is right is told as {on_right:?}"));
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn a_crisis_line_grows_old_after_a_year() {
    use copebook::model::Date;
    let (curricula, _) = support::checked(&support::sources(EVERYTHING));
    let on = |day: &str| copebook::check::crisis_lines_checked(&curricula[0], Date::read(day).unwrap()).len();
    assert_eq!((on("2026-11-01"), on("2027-11-01"), on("2027-11-02")), (0, 0, 1));
}

/// Text about suicide or self-harm may stand on any page for members, since each prints whom to call. This holds it.
#[test]
fn every_page_for_members_prints_every_crisis_line() {
    let group = "starts: 2026-12-01\nreleased: 1\ncrisis:\n  - { name: Line of the town, call: \"246 8123\", hours: day and night, checked: 2026-11-01 }\n";
    for discreet in [false, true] {
        let folder = Folder::everything();
        folder.put("course/groups/town.yml", group);
        folder.put("course/curriculum.yml", EVERYTHING[2].1.replace("language: en\n", &format!("language: en\ndiscreet: {discreet}\n")));
        let built = folder.copebook(&["build", "course", "--group", "town"]);
        assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stdout));
        let pages: BTreeMap<String, Vec<u8>> = folder.files("site/members").into_iter().filter(|(file, _)| file.ends_with(".html")).collect();
        assert!(pages.len() > 7, "{:?}", pages.keys());
        // The screens for the group are made of members' words too.
        let screens = folder.files("site/facilitator/present").into_iter().filter(|(file, _)| file.ends_with(".html"));
        for (file, bytes) in screens {
            let html = String::from_utf8_lossy(&bytes);
            assert!(["246 8024", "246 8025", "246 8123"].iter().all(|number| html.contains(number)), "{file}");
        }
        // So do the single files that are handed over by message.
        assert!(folder.copebook(&["pack", "course", "--group", "town"]).status.success());
        let singles =
            folder.files("packed/members").into_iter().filter(|(file, _)| file.ends_with(".html")).map(|(file, bytes)| (format!("packed {file}"), bytes));
        let singles: Vec<_> = singles.collect();
        assert!(!singles.is_empty());
        for (file, bytes) in pages.into_iter().chain(singles) {
            let html = String::from_utf8_lossy(&bytes);
            for words in ["Test line", "tel:2468024", "sms:2468025", "https://example.org", "Line of the town", "tel:2468123"] {
                assert!(html.contains(words), "{file} does not say {words}");
            }
        }
    }
}

#[test]
fn the_colours_of_our_own_themes_can_be_read() {
    use copebook::audience::{Audience, Facilitator, Member};
    fn styles<V: Audience>(name: &str) -> String {
        let theme = Theme::<V>::new(&ThemeFiles::built_in(name).unwrap(), "en").unwrap();
        String::from_utf8(theme.statics()[&format!("static/{}.css", V::TEMPLATES)].clone()).unwrap()
    }
    for name in ThemeFiles::built_in_names() {
        for css in [styles::<Member>(name), styles::<Facilitator>(name)] {
            let looks = tokens::looks(&css);
            assert!(looks.len() >= 2 * 7, "{name}: day and night, the page and six threads");
            for look in looks {
                let low = contrast::low(&look.colours, contrast::PAIRS);
                assert!(low.is_empty(), "{name}, night: {}, {:?}: {low:?}", look.night, look.thread);
                // What is measured is there.
                assert!(["--ink", "--paper", "--thread"].iter().all(|colour| look.colours[*colour].starts_with('#')), "{name}");
            }
        }
    }
}

const LONG: &str = "title: The start\nagenda:\n  - { title: Talk, minutes: 95 }\n";

/// A course with one session of 95 minutes, without a break, and this under `checks`.
fn with_settings(settings: &str) -> Folder {
    let folder = Folder::with(&[("course/sessions/01-start.yml", LONG)]);
    let crisis = "crisis: [ { name: Test line, call: \"246 8024\", hours: day and night, checked: 2026-11-01 } ]\n";
    let needs = "agreements: [ We listen. ]\nconfidentiality: Unless someone is in danger.\ndistress_protocol: Call.\n";
    folder.put("course/curriculum.yml", format!("title: A course\n{crisis}{needs}{settings}"));
    folder
}

#[test]
fn a_rule_can_be_turned_off_with_a_reason_and_strict_leaves_it_so() {
    let run = |settings: &str, arguments: &[&str]| {
        let output = with_settings(settings).copebook(&[&["check", "course"], arguments].concat());
        (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
    };
    let setting = |is: &str, more: &str| format!("checks:\n  - {{ rule: no-break, is: {is}, because: We stand up twice.{more} }}\n");
    assert_eq!(run("", &["--strict"]).0, 1);
    assert_eq!(run(&setting("off", ""), &["--strict"]), (0, String::new()));
    // `warn` goes on telling, and never stops.
    let (code, text) = run(&setting("warn", ""), &["--strict"]);
    assert!(code == 0 && text.starts_with("warning: this session takes 95 minutes"), "{text}");
    // `in` means these files and no others.
    assert_eq!(run(&setting("off", "\n    , in: sessions/01-start.yml"), &["--strict"]).0, 0);
    assert_eq!(run(&setting("off", "\n    , in: curriculum.yml"), &["--strict"]).0, 1);
}

#[test]
fn a_setting_of_one_course_leaves_the_others_alone() {
    let folder = with_settings("modules: [ ../modules/shared ]\nchecks:\n  - { rule: marks-shown, is: off, because: The boxes are meant. }\n");
    folder.put("modules/shared/module.yml", "title: Shared\nhandouts: [ one ]\n");
    folder.put("modules/shared/one.md", "# One\n\n- [ ] tick\n");
    let marks = |folder: &Folder| String::from_utf8(folder.copebook(&["check", "."]).stdout).unwrap().matches("rule: marks-shown").count();
    assert_eq!(marks(&folder), 0);
    folder.put("other/curriculum.yml", "title: Other\nmodules: [ ../modules/shared ]\n");
    assert_eq!(marks(&folder), 1);
}

#[test]
fn what_is_turned_off_stands_with_its_reason_on_the_health_page() {
    let folder = with_settings("checks:\n  - { rule: no-break, is: off, because: We *stand up* twice. }\n");
    assert!(folder.copebook(&["build", "course"]).status.success());
    let page = folder.text("site/facilitator/health.html");
    for words in ["no-break", "turned off", "We stand up twice.", "A session of more than 90 minutes has no break."] {
        assert!(page.contains(words), "{words}");
    }
    let members: String = folder.files("site/members").values().map(|bytes| String::from_utf8_lossy(bytes).into_owned()).collect();
    assert!(!members.contains("stand up"));
}

#[test]
fn a_rule_can_be_asked_for_on_the_command_line() {
    let folder = Folder::with(&[]);
    let ask = |arguments: &[&str]| {
        let output = folder.copebook(arguments);
        (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    let (code, text, _) = ask(&["check", "--explain", "no-break"]);
    assert!(code == 0 && text.starts_with("no-break (warning)"), "{text}");
    let (code, text, _) = ask(&["check", "--explain"]);
    assert!(code == 0 && Code::ALL.iter().all(|code| text.contains(code.as_str())), "{text}");
    let (code, _, told) = ask(&["check", "--explain", "no-brake"]);
    assert!(code == 2 && told.contains("did you mean `no-break`?"), "{told}");
}

#[test]
fn a_run_with_problems_says_once_how_to_learn_more() {
    let folder = with_settings("");
    let hint = |arguments: &[&str]| {
        let output = folder.copebook(arguments);
        String::from_utf8(output.stderr).unwrap().matches("copebook check --explain no-break").count()
    };
    assert_eq!((hint(&["check", "course"]), hint(&["check", "course", "--format", "json"])), (1, 0));
}
