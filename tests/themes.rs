//! Themes that authors make: what a theme may change in the one that it extends, how its mistakes are told, and that none of
//! it opens the guide to members.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice, reason = "a test fails by a panic")]

mod support;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Output;

use copebook::audience::{Facilitator, Member};
use copebook::theme::{Theme, ThemeFiles, check};
use copebook::{read, render, scan, site, texts};
use support::{EVERYTHING, Folder};

/// Words of machines, which no author should meet.
const MACHINE_WORDS: [&str; 12] = ["serde", "struct", "mapping", "scalar", "parse", "token", "unwrap", "None", "enum", "tera", "Tera", "Unknown"];

/// A folder with the curriculum and the files of a theme in `my-theme`.
fn themed(files: &[(&str, &str)]) -> Folder {
    let folder = Folder::everything();
    for (file, text) in files {
        folder.put(&format!("my-theme/{file}"), text);
    }
    folder
}

fn build(folder: &Folder) -> Output {
    folder.copebook(&["build", "course", "--theme", "my-theme"])
}

fn built(files: &[(&str, &str)]) -> Folder {
    let folder = themed(files);
    let output = build(&folder);
    assert_eq!(output.status.code(), Some(0), "{}{}", out(&output.stdout), out(&output.stderr));
    folder
}

fn out(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The theme in a folder, and all that is told of it.
fn read_theme(folder: &Path) -> (ThemeFiles, Vec<String>) {
    let read = read::theme(Some(&folder.to_string_lossy())).unwrap();
    let mut told = read.diagnostics;
    told.extend(check(&read.value));
    let told = told.into_iter().map(|problem| {
        let place = problem.span.file.as_str().rsplit_once("-theme/").map_or("", |(_, file)| file).to_owned();
        format!("{place}:{}:{}: {}: {} ({})", problem.span.line, problem.span.column, problem.code.as_str(), problem.message, problem.help.unwrap_or_default())
    });
    (read.value, told.collect())
}

fn told(files: &[(&str, &str)]) -> Vec<String> {
    let folder = Folder::with(&[]);
    for (file, text) in files {
        folder.put(&format!("my-theme/{file}"), text);
    }
    read_theme(&folder.path.join("my-theme")).1
}

const EXTENDS: (&str, &str) = ("theme.yml", "name: mine\nextends: calm\n");

#[test]
fn a_theme_that_changes_nothing_looks_like_the_one_that_it_extends() {
    for name in ThemeFiles::built_in_names() {
        let folder = themed(&[]);
        assert_eq!(folder.copebook(&["theme", name, "my-theme"]).status.code(), Some(0));
        assert_eq!(folder.copebook(&["theme", name, "whole-theme", "--whole"]).status.code(), Some(0));
        assert_eq!(folder.copebook(&["build", "course", "--theme", name, "--out", "theirs"]).status.code(), Some(0));
        for theme in ["my-theme", "whole-theme"] {
            assert_eq!(folder.copebook(&["build", "course", "--theme", theme, "--out", theme.trim_end_matches("-theme")]).status.code(), Some(0));
            for site in ["members", "facilitator"] {
                let of = |out: &str| folder.files(&format!("{out}/{site}"));
                assert!(of("theirs") == of(theme.trim_end_matches("-theme")), "{theme} of {name} builds other bytes");
            }
            assert_eq!(read_theme(&folder.path.join(theme)).1, [] as [&str; 0], "{theme} of {name}");
        }
    }
}

#[test]
fn everything_that_the_small_theme_offers_works() {
    let folder = themed(&[("logo.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")]);
    folder.copebook(&["theme", "calm", "small"]);
    // Every line that is a note with a key in it is taken as it stands.
    let settings = folder.text("small/theme.yml");
    let lines = settings
        .lines()
        .map(|line| line.strip_prefix("# ").filter(|line| line.split_whitespace().next().is_some_and(|word| word.ends_with(':'))).unwrap_or(line));
    folder.put("my-theme/theme.yml", lines.collect::<Vec<_>>().join("\n"));
    folder.put(
        "my-theme/words/en.yml",
        folder.text("small/words/en.yml").replace("# help_now", "help_now").replace("# leave", "leave").replace("# agreements", "agreements"),
    );
    let (theme, told) = read_theme(&folder.path.join("my-theme"));
    assert_eq!(told, [] as [&str; 0]);
    let output = build(&folder);
    assert_eq!(output.status.code(), Some(0), "{}{}", out(&output.stdout), out(&output.stderr));
    let style = folder.text("site/members/static/members.css");
    for words in ["--thread: var(--day, #1d6a72)", "--paper: var(--day, #fbfaf6)", "--sans: Verdana, Arial, sans-serif"] {
        assert!(style.contains(words), "{words}");
    }
    assert!(folder.text("site/members/index.html").contains("data-print=\"large\""));
    assert!(theme.get("logo.svg").is_some());
}

#[test]
fn a_theme_changes_single_words_templates_and_files() {
    let folder = built(&[
        ("theme.yml", "extends: ../their-theme\nleave: https://www.example.org/\nstyles: { members: [members/own.css] }\n"),
        ("words/en.yml", "help_now: Call someone\n"),
        ("words/pl.yml", "help_now: Pomoc\n"),
        ("static/members/own.css", "@layer chrome { .own { color: var(--ink); background: url(leaf.svg) } }\n"),
        ("static/members/leaf.svg", "<svg xmlns='http://www.w3.org/2000/svg'><path d='M7 7'/></svg>"),
        ("../their-theme/theme.yml", "extends: calm\ncolors: { accent: teal }\n"),
        ("../their-theme/words/en.yml", "help_now: Theirs\nleave: Go\n"),
        (
            "../their-theme/templates/members/agreements.html",
            "{% extends \"members/base.html\" %}{% block main %}<h1>{{ t(key=\"agreements\") }}, by them</h1>{% endblock main %}\n",
        ),
        ("../their-theme/static/members/present.css", ".present { color: var(--ink) }\n"),
    ]);
    let home = folder.text("site/members/index.html");
    // The nearest theme speaks: the theme itself, then the one that it extends, then copebook's own.
    for words in ["Call someone", "<span>Go<span", "href=\"https://www.example.org/\"", "Skip to the page"] {
        assert!(home.contains(words), "{words}");
    }
    assert!(folder.text("site/members/agreements.html").contains("by them"));
    let style = folder.text("site/members/static/members.css");
    for words in [".own {", ".present { color: var(--ink) }", "--thread: var(--day, #008080)", "@media (prefers-contrast: more), (forced-colors: active) {"] {
        assert!(style.contains(words), "{words}");
    }
    assert!(!style.contains(".present .slide"), "a file takes the place of the one of the same name");
    // What a reader's device asks for comes last, so that no theme's colours stand in its way.
    assert!(style.find("prefers-contrast: more").unwrap() > style.find("#008080").unwrap());
    assert!(folder.text("site/members/static/leaf.svg").contains("M7 7"));
    assert!(!folder.path.join("site/facilitator/static/leaf.svg").exists());
}

#[test]
fn colours_reach_both_sites_by_day_and_by_night() {
    let folder = built(&[(
        "theme.yml",
        "extends: calm\ncolors: { accent: \"#1d6a72\", clay: { light: maroon, dark: pink }, paper: \"#fbfaf6\", guide_accent: \"#7a3b2e\" }\n",
    )]);
    let (members, guide) = (folder.text("site/members/static/members.css"), folder.text("site/facilitator/static/guide.css"));
    for style in [&members, &guide] {
        assert!(style.contains("--thread: var(--day, #1d6a72) var(--night, #"));
        assert!(style.contains("[data-thread=clay] { --thread: var(--day, #800000) var(--night, #ffc0cb)"));
        // a thread that is named goes before the colour for all
        assert!(style.find("#1d6a72").unwrap() < style.find("#800000").unwrap());
    }
    assert!(members.contains(":root { --paper: var(--day, #fbfaf6)"));
    assert!(guide.contains(".member { --paper: var(--day, #fbfaf6)"), "members' sheets within the guide have members' paper");
    assert!(guide.contains("--heather: var(--day, #7a3b2e)") && !members.contains("#7a3b2e"));
}

#[test]
fn a_logo_is_on_both_sites_with_its_words() {
    let folder = built(&[
        ("theme.yml", "extends: calm\nlogo: our-mark.svg\nlogo_text: Harbour \"Clinic\"\n"),
        ("our-mark.svg", "<svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0'/></svg>"),
    ]);
    for (page, root) in
        [("members/index.html", ""), ("members/handouts/shared/first.html", "../../"), ("members/workbook.html", ""), ("facilitator/index.html", "")]
    {
        let page = folder.text(&format!("site/{page}"));
        assert!(page.contains(&format!("<img src=\"{root}static/logo.svg\" alt=\"Harbour &quot;Clinic&quot;\">")), "{root}");
    }
    for site in ["members", "facilitator"] {
        assert!(folder.text(&format!("site/{site}/static/logo.svg")).contains("M0 0"));
    }
}

#[test]
fn plain_builds_every_curriculum() {
    let curricula = concat!(env!("CARGO_MANIFEST_DIR"), "/curricula");
    let folder = Folder::with(&[]);
    let output = folder.copebook(&["build", curricula, "--theme", "plain"]);
    assert_eq!(output.status.code(), Some(0), "{}", out(&output.stderr));
    let style = folder.files("site/members").into_iter().find(|(file, _)| file.ends_with("members.css")).unwrap().1;
    let style = String::from_utf8(style).unwrap();
    assert!(style.contains("@layer plain {") && !style.contains("@media (prefers-contrast: more)"), "plain has the colours of high contrast always");
}

#[test]
fn themes_are_listed_and_nothing_is_written_over() {
    let folder = Folder::with(&[("there/notes.txt", "mine"), ("file", "mine")]);
    let listed = out(&folder.copebook(&["theme"]).stdout);
    assert_eq!(listed.lines().map(|line| line.split_whitespace().next().unwrap()).collect::<Vec<_>>(), ["calm", "plain"]);
    assert!(listed.lines().all(|line| line.len() > 40));
    let before = folder.files(".");
    for (arguments, words) in [
        (vec!["theme", "calm", "there"], "is not empty"),
        (vec!["theme", "calm", "file"], "is not a folder"),
        (vec!["theme", "clam", "new"], "did you mean `calm`?"),
        (vec!["theme", "calm"], "say which folder"),
    ] {
        let output = folder.copebook(&arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(out(&output.stderr).contains(words), "{arguments:?}: {}", out(&output.stderr));
    }
    assert_eq!(folder.files("."), before);
}

#[test]
fn mistakes_are_told_with_their_places() {
    let with = |settings: &'static str| ("theme.yml", settings);
    let cases: &[(&str, Vec<(&str, &str)>)] = &[
        ("theme.yml:1:1: unknown-key: `extend` is not a key of a theme (did you mean `extends`?)", vec![with("extend: calm\nleave: https://a.org\n")]),
        ("theme.yml:1:10: unknown-theme: there is no theme `clam` to extend (did you mean `calm`?)", vec![with("extends: clam\n")]),
        ("theme.yml:1:10: theme-circle: this theme extends `.`, and that one leads back to this one", vec![with("extends: .\n")]),
        ("theme.yml:3:3: unknown-key: `acent` is not a key of `colors` (did you mean `accent`?)", vec![with("extends: calm\ncolors:\n  acent: teal\n")]),
        (
            "theme.yml:3:11: lost-text: YAML takes `#1d6a72` as a note to yourself, since it begins with `#` (put the colour in double quotes: `accent: \"#1d6a72\"`)",
            vec![with("extends: calm\ncolors:\n  accent: #1d6a72\n")],
        ),
        ("theme.yml:2:19: wrong-value: `tael` is not a colour", vec![with("extends: calm\ncolors: { accent: tael }\n")]),
        ("theme.yml:2:17: wrong-value: `text` is a list of names of fonts", vec![with("extends: calm\nfonts: { text: \"x; } body { display: none\" }\n")]),
        ("theme.yml:2:8: wrong-value: `javascript:alert(1)` is not the address of a site", vec![with("extends: calm\nleave: javascript:alert(1)\n")]),
        (
            "theme.yml:2:7: missing-picture: there is no picture `logo.png` in this theme (did you mean `logo.svg`?)",
            vec![with("extends: calm\nlogo: logo.png\nlogo_text: Us\n"), ("logo.svg", "<svg/>")],
        ),
        ("theme.yml:2:7: picture-without-text: the logo has no words", vec![with("extends: calm\nlogo: logo.svg\n"), ("logo.svg", "<svg/>")]),
        ("theme.yml:2:21: wrong-value: `guide/run.css` is a file for facilitators' pages", vec![with("extends: calm\nstyles: { members: [guide/run.css] }\n")]),
        (
            "theme.yml:2:21: wrong-value: `../../secret.css` does not name a file of the folder `static`",
            vec![with("extends: calm\nstyles: { members: [../../secret.css] }\n")],
        ),
        (
            "theme.yml:2:21: missing-file: there is no file `static/members/chrme.css` (did you mean `members/chrome.css`?)",
            vec![with("extends: calm\nstyles: { members: [members/chrme.css] }\n")],
        ),
        ("theme.yml:1:1: missing-key: a theme needs `leave`", vec![with("name: mine\n")]),
        (
            "words/en.yml:1:1: unknown-key: `help_naw` is not a word of the interface (did you mean `help_now`?)",
            vec![EXTENDS, ("words/en.yml", "help_naw: x\n")],
        ),
        (
            "words/de.yml:1:1: wrong-value: nothing fills `{m}` in the word `n_of` (what can be filled in here is `{n}`, `{of}`)",
            vec![EXTENDS, ("words/de.yml", "n_of: \"{m} von {of}\"\n")],
        ),
        ("words/en.yml:1:1: missing-key: `minutes` has no text for `other` numbers", vec![EXTENDS, ("words/en.yml", "minutes: { one: A minute }\n")]),
        ("words/english.yml:1:1: theme-file: copebook does not look at the words in english.yml", vec![EXTENDS, ("words/english.yml", "help_now: x\n")]),
        (
            "templates/members/hom.html:1:1: theme-file: nothing uses the template members/hom.html (did you mean `members/home.html`?)",
            vec![EXTENDS, ("templates/members/hom.html", "x")],
        ),
        (
            "template/members/home.html:1:1: theme-file: copebook does not look into the folder template of a theme (did you mean `templates`?)",
            vec![EXTENDS, ("template/members/home.html", "x")],
        ),
        ("static/members/own.css:1:1: theme-file: nothing uses the file members/own.css in `static`", vec![EXTENDS, ("static/members/own.css", "a{}")]),
        (
            "our-logo.svg:1:1: theme-file: nothing uses the file our-logo.svg of this theme (if it is the logo, add `logo: our-logo.svg`",
            vec![EXTENDS, ("our-logo.svg", "<svg/>")],
        ),
        (
            "templates/members/home.html:1:1: theme-template: there is no template `members/bas.html` (did you mean `members/base.html`?)",
            vec![EXTENDS, ("templates/members/home.html", "{% extends \"members/bas.html\" %}")],
        ),
        (
            "theme-template: `guide/parts.html` is a template for facilitators, so a page for members cannot have it",
            vec![
                EXTENDS,
                (
                    "templates/members/agreements.html",
                    "{% extends \"members/base.html\" %}\n{% block main %}{% include \"guide/parts.html\" %}{% endblock main %}",
                ),
            ],
        ),
        (
            "templates/members/home.html:2:11: theme-template: templates have no filter `shout`",
            vec![EXTENDS, ("templates/members/home.html", "x\n{{ page | shout }}")],
        ),
        ("theme-template: this is not written in the way of templates", vec![EXTENDS, ("templates/members/home.html", "{{ page")]),
        (
            "templates/members/home.html:2:11: unknown-key: `hello` is not a word of the interface (add it to words/en.yml",
            vec![EXTENDS, ("templates/members/home.html", "{% extends \"members/base.html\" %}{% block main %}\n{{ t(key=\"hello\") }}{% endblock main %}")],
        ),
        (
            "templates/members/home.html:1:1: theme-policy: a script inside a page is not run",
            vec![EXTENDS, ("templates/members/home.html", "<script>alert(1)</script>")],
        ),
        (
            "templates/members/home.html:1:1: theme-policy: a script inside a page is not run",
            vec![EXTENDS, ("templates/members/home.html", "<p onclick=\"x()\">x</p>")],
        ),
        (
            "templates/members/home.html:1:1: theme-policy: a style inside a page is not used",
            vec![EXTENDS, ("templates/members/home.html", "<p style=\"color: red\">x</p>")],
        ),
        (
            "templates/members/home.html:1:1: theme-policy: this would be loaded from another website",
            vec![EXTENDS, ("templates/members/home.html", "<img src=\"https://e.org/x.png\" alt=\"\">")],
        ),
        (
            "templates/members/base.html:1:7: theme-policy: the line `<meta http-equiv",
            vec![EXTENDS, ("templates/members/base.html", "<html><head><meta charset=\"utf-8\"></head>")],
        ),
        (
            "theme.yml:2:22: duplicate-address: `shared/page.js` and `members/page.js` would get the same address, `static/page.js`",
            vec![with("extends: calm\nscripts: { members: [shared/page.js] }\n"), ("static/shared/page.js", "1")],
        ),
        (
            "templates/members/base.html:1:1: theme-template: other templates put something into the block `main` of this one, and it has no such block",
            vec![EXTENDS, ("templates/members/base.html", "<p>x</p>")],
        ),
        (
            ":1:1: theme-template: a template that came with copebook needs `blocks`, which a template of this theme has taken away",
            vec![EXTENDS, ("templates/shared/blocks.html", "")],
        ),
        (
            "static/shared/tokens.css:1:1: theme-policy: this would be loaded from another website",
            vec![EXTENDS, ("static/shared/tokens.css", "@import 'https://e.org/x.css';")],
        ),
        (
            "logo.svg:1:1: unfit-picture: the picture logo.svg ",
            vec![with("extends: calm\nlogo: logo.svg\nlogo_text: Us\n"), ("logo.svg", "<svg><script>x</script></svg>")],
        ),
    ];
    for (wanted, files) in cases {
        let told = told(files);
        assert!(told.iter().any(|told| told.contains(wanted)), "{wanted}\n{told:#?}");
        for problem in &told {
            // One mistake is told once, and in words that are no machine's.
            let words = problem.splitn(3, ": ").last().unwrap().split('`').step_by(2).collect::<String>();
            assert!(!MACHINE_WORDS.iter().any(|word| words.contains(word)), "{problem}");
            assert!(!problem.ends_with("()"), "nothing says what to do: {problem}");
        }
        assert!(told.len() <= 2 || wanted.contains("base.html"), "{wanted}\n{told:#?}");
    }
}

#[test]
fn what_is_right_is_not_told() {
    let silent: &[&[(&str, &str)]] = &[
        &[EXTENDS, ("README.md", "Ours."), ("LICENSE", "Ours."), (".notes.yml", "x: [")],
        &[EXTENDS, ("words/pt-BR.yml", "help_now: Ajuda\n"), ("words/en.yml", "# nothing yet\n")],
        &[
            EXTENDS,
            ("words/en.yml", "minutes: About {text} minutes\nhello: Hello\n"),
            ("templates/shared/parts-of-mine.html", "{%- component hello() -%}{{ t(key=\"hello\") }}{%- endcomponent hello -%}"),
        ],
        &[
            EXTENDS,
            (
                "templates/members/home.html",
                "{% extends \"members/base.html\" %}{% block main %}<script src=\"{{ root }}static/page.js\" defer></script><a href=\"https://e.org\">x</a>{% endblock main %}",
            ),
        ],
    ];
    for files in silent {
        assert_eq!(told(files), [] as [&str; 0], "{files:?}");
    }
}

#[test]
fn themes_in_a_row_that_is_too_long_or_goes_round_end() {
    let folder = Folder::with(&[("a-theme/theme.yml", "extends: ../b-theme\n"), ("b-theme/theme.yml", "extends: ../a-theme\n")]);
    assert!(read_theme(&folder.path.join("a-theme")).1[0].contains("theme-circle"));
    for n in 0..20 {
        folder.put(&format!("n{n}-theme/theme.yml"), format!("extends: ../n{}-theme\n", n + 1));
    }
    let told = read_theme(&folder.path.join("n0-theme")).1;
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("this is theme number 8 in a row"), "{told:?}");
}

#[test]
fn a_broken_theme_stops_the_build_and_leaves_the_site() {
    let folder = themed(&[("theme.yml", "extends: calm\ncolors: { acent: teal }\n")]);
    let output = build(&folder);
    assert_eq!(output.status.code(), Some(1), "{}", out(&output.stderr));
    assert!(out(&output.stdout).contains("my-theme/theme.yml:2:11"), "{}", out(&output.stdout));
    assert!(!folder.path.join("site").exists());
    // Named by the curriculum, it is told by every command, with its line.
    folder.put("course/curriculum.yml", EVERYTHING[2].1.replace("language: en\n", "language: en\ntheme: ../my-theme\n").replace("theme: calm\n", ""));
    let checked = folder.copebook(&["check", "course"]);
    assert_eq!(checked.status.code(), Some(1));
    assert!(out(&checked.stdout).contains("2 | colors: { acent: teal }"), "{}", out(&checked.stdout));
}

#[test]
fn a_page_without_its_policy_is_never_made() {
    let calm = ThemeFiles::built_in("calm").unwrap();
    let base = out(calm.get("templates/members/base.html").unwrap());
    let policy = &base[base.find("<meta http-equiv").unwrap()..];
    let policy = &policy[..=policy.find('>').unwrap()];
    let without = base.replace(policy, "");
    let late = without.replace("</head>", &format!("{policy}</head>"));
    let looser = base.replace("script-src 'self'", "script-src *");
    for page in [without, late, looser] {
        let mut child = ThemeFiles { parent: Some(Box::new(calm.clone())), ..ThemeFiles::default() };
        child.files.insert("theme.yml".into(), b"extends: calm\n".to_vec());
        child.files.insert("templates/members/base.html".into(), page.into_bytes());
        let sources = everything();
        let (curricula, _) = support::checked(&sources);
        let pictures = site::picture_urls(&sources);
        let pages = site::members(&curricula[0], &pictures, false, &Default::default());
        let made = render::render(&pages, &Theme::<Member>::new(&child, "en").unwrap(), &sources, &|_| Ok(()));
        assert!(made.err().is_some_and(|error| error.to_string().contains("Content-Security-Policy")));
    }
}

fn everything() -> copebook::source::Sources {
    let mut sources = support::sources(EVERYTHING);
    sources.pictures.insert(copebook::source::SourcePath::new("course/assets/hill.svg"), b"<svg/>".to_vec().into());
    sources
}

/// A theme that extends `calm` by way of another, with these files in the one that is extended.
fn by_way_of_another(files: &[(&str, &str)]) -> ThemeFiles {
    let mut between =
        ThemeFiles { parent: ThemeFiles::built_in("calm").map(Box::new), folder: Some(copebook::source::SourcePath::new("between")), ..ThemeFiles::default() };
    between.files.insert("theme.yml".into(), b"extends: calm\n".to_vec());
    between.files.extend(files.iter().map(|(file, text)| ((*file).to_owned(), text.as_bytes().to_vec())));
    let files = BTreeMap::from([("theme.yml".to_owned(), b"extends: ../between\n".to_vec())]);
    ThemeFiles { files, folder: Some(copebook::source::SourcePath::new("mine")), parent: Some(Box::new(between)) }
}

#[test]
fn a_member_theme_has_nothing_of_the_guide_by_any_way() {
    let include = "{% extends \"members/base.html\" %}{% block main %}{% include \"guide/record.html\" %}{% endblock main %}";
    for (file, text) in [
        ("templates/members/agreements.html", include),
        ("templates/shared/parts.html", "{% include \"guide/record.html\" %}"),
        ("templates/members/home.html", "{% extends \"guide/home.html\" %}"),
        ("theme.yml", "extends: calm\nstyles: { members: [guide/run.css] }\n"),
        ("theme.yml", "extends: calm\npage_scripts: { members: [guide/run.js] }\n"),
        ("theme.yml", "extends: calm\nscripts: { members: [shared/../guide/run.js] }\n"),
    ] {
        let theme = by_way_of_another(&[(file, text)]);
        assert!(Theme::<Member>::new(&theme, "en").is_err(), "{file}: {text}");
        assert!(check(&theme).iter().any(copebook::diagnostic::Diagnostic::is_error), "{file}: {text}");
    }
    // A picture of the guide is not among members' files, though a style for both names it.
    let theme = by_way_of_another(&[("static/guide/secret.png", "secret"), ("static/shared/base.css", "a { background: url(secret.png) }")]);
    assert!(!Theme::<Member>::new(&theme, "en").unwrap().statics().contains_key("static/secret.png"));
    assert!(Theme::<Facilitator>::new(&theme, "en").unwrap().statics().contains_key("static/secret.png"));
}

#[test]
fn a_text_for_facilitators_that_a_theme_says_is_a_leak() {
    let sources = everything();
    let (curricula, _) = support::checked(&sources);
    let mut passages = Vec::new();
    texts::each_text(&curricula[0], &mut |text, for_members| {
        let words = text.value.split_whitespace().filter(|word| word.contains(char::is_alphabetic)).count();
        if !for_members && words >= 5 && !text.value.trim().contains(['\n', '"', '[', '*']) {
            passages.push(text.value.trim().to_owned());
        }
    });
    assert!(passages.len() > 3, "{passages:?}");
    let leaks = |files: &[(&str, &str)]| {
        let theme = Theme::<Member>::new(&by_way_of_another(files), "en").unwrap();
        let pictures = site::picture_urls(&sources);
        let pages = site::members(&curricula[0], &pictures, false, &Default::default());
        let scanner = scan::Scanner::new(&curricula, std::iter::empty(), theme.words(), &Default::default());
        let look = |file: render::File<Member>| {
            scanner.look(&file.url, &file.bytes);
            Ok(())
        };
        render::render(&pages, &theme, &sources, &look).unwrap();
        scanner.done().leaks.len()
    };
    assert_eq!(leaks(&[]), 0);
    for passage in &passages {
        let word = format!("privacy: \"{passage}\"\n");
        assert!(leaks(&[("words/en.yml", &word)]) > 0, "as a word: {passage}");
        // said once more in a word that no page shows, it is no less a leak
        let twice = format!("{word}g_copy: \"{passage}\"\n");
        assert!(leaks(&[("words/en.yml", &twice)]) > 0, "as two words: {passage}");
        let template = format!("{{% extends \"members/base.html\" %}}{{% block main %}}<h1>{passage}</h1>{{% endblock main %}}");
        assert!(leaks(&[("templates/members/agreements.html", &template)]) > 0, "in a template: {passage}");
        let style = format!(".x::after {{ content: \"{passage}\" }}\n");
        assert!(leaks(&[("static/shared/base.css", &style)]) > 0, "in a style: {passage}");
    }
}
