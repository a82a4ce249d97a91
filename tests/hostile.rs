//! Input that nobody writes by hand: it may be refused, but never with a panic, and never after a long wait.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice, reason = "a test fails by a panic")]
#![allow(clippy::disallowed_methods, reason = "a test lays out and looks at files itself")]

mod support;

use std::time::{Duration, Instant};

use copebook::report;

/// The longest that a case may take: many times what the slowest needs on an idle computer, and far less than what hangs.
const LIMIT: Duration = Duration::from_secs(120);

/// How long the texts are: long enough for work that grows with the square of the length to pass the limit by far.
const LENGTH: usize = 128 * 1024;

/// A small curriculum; each of its files in turn is the hostile one.
const FILES: &[(&str, &str)] = &[
    (
        "course/curriculum.yml",
        "title: A\nmodules: [ modules/m ]\npages: [ pages/p.md ]\nguide: [ guide/g.md ]\nreading_grade: 1\ncrisis: [ { name: 988, call: \"988\" } ]\n",
    ),
    ("course/modules/m/module.yml", "title: M\nhandouts: [ h ]\n"),
    ("course/modules/m/h.md", "---\ntitle: H\n---\nText.\n"),
    ("course/sessions/01-s.yml", "title: S\nmembers: { handouts: [ m/h ] }\nagenda: [ { title: T } ]\n"),
    ("course/pages/p.md", "---\ntitle: P\n---\nText.\n"),
    ("course/guide/g.md", "---\ntitle: G\n---\nText.\n"),
];

/// A text made of a piece, as often as it fits into a length.
fn times(piece: &str, length: usize) -> String {
    piece.repeat(length / piece.len())
}

/// Hostile YAML, as a whole file.
fn yaml() -> Vec<(&'static str, String)> {
    let m = LENGTH;
    let deep = |open: &str| (0..1000).map(|n| format!("{}{open}\n", " ".repeat(n))).collect::<String>();
    vec![
        ("brackets", times("[", m)),
        ("braces", times("{", m)),
        ("brackets and braces", times("[{", m)),
        ("closing brackets", times("]", m)),
        ("hyphens", times("- ", m)),
        ("hyphens on lines", times("-\n", m)),
        ("question marks", times("? ", m)),
        ("colons", times(":", m)),
        ("colons with spaces", times(": ", m)),
        ("deep keys", deep("a:")),
        ("deep lists", deep("-")),
        ("quotes", times("\"", m)),
        ("quotes on lines", times("a: \"\n", m)),
        ("apostrophes on lines", times("a: '\n", m)),
        ("open quote", format!("title: \"{}", times("a\n ", m))),
        ("bars", times("|\n", m)),
        ("bars with keys", times("a: |\n  b\n", m)),
        ("text below a bar", format!("title: T\nabout: |\n{}x: [\n", times("  a: b: c\n", m))),
        ("tabs", times("\t", m)),
        ("tabs on lines", times("\ta\n", m)),
        ("spaces", times(" ", m)),
        ("stars", times("*a ", m)),
        ("aliases", format!("title: &a T\nabout: [{}]\n", times("*a,", m))),
        ("anchors", times("- &a b\n", m)),
        ("laughs", (0..30).map(|n| format!("a{n}: &a{n} [ *a{p}, *a{p}, *a{p} ]\n", p = if n == 0 { 0 } else { n - 1 })).collect()),
        ("tags", times("- !a b\n", m)),
        ("comments", times("#\n", m)),
        ("comments behind", times("- a b #c\n", m)),
        ("equal keys", times("a: b\n", m)),
        ("different keys", (0..100_000).map(|n| format!("k{n}: b\n")).collect()),
        ("many adaptations", format!("title: T\nadapt:\n{}", (0..80_000).map(|n| format!("  k{n}: b\n")).collect::<String>())),
        ("many goals", format!("title: T\ngoals:\n{}", times("  - a: b\n", m))),
        ("ten thousand items", format!("title: T\nagenda:\n{}", "  - { title: A, minutes: 5, steps: [ { say: b } ] }\n".repeat(10_000))),
        ("ten thousand wrong items", format!("title: T\nagenda:\n{}", "  - { titel: A, minutes: x, steps: [ b ] }\n".repeat(10_000))),
        (
            "many handouts",
            format!(
                "title: T\nhandouts: [{}]\nmembers:\n  handouts: [{0}]\nmodules: [{0}]\npages: [{0}]\n",
                (0..20_000).map(|n| format!("h{n}/x, ")).collect::<String>()
            ),
        ),
        ("long key", format!("{}: b\n", times("a", m))),
        ("long name", format!("title: T\nmodules: [ {0} ]\nhandouts: [ {0} ]\nmembers: {{ handouts: [ {0} ] }}\n", times("a", m / 4))),
        ("long word", format!("title: {}\n", times("a", m))),
        ("long text with colons", format!("title: {}\n", times("a: ", m))),
        ("long line of commas", format!("title: T\nhandouts: {}\nagenda: {0}\n", times("a,", m / 2))),
        ("documents", times("---\n", m)),
        ("percent", times("%YAML 1.2\n", m)),
        ("merge", times("<<: *a\n", m)),
        ("links in a text", format!("title: T\nabout: |\n{}", times("  [a](b.md)\n", m))),
        ("links in a line", format!("title: T\nabout: \"{}\"\n", times("[a](b.md)", m))),
    ]
}

/// Hostile Markdown, below a head.
fn markdown() -> Vec<(&'static str, String)> {
    let m = LENGTH;
    let nested = |n: usize| (3..n).rev().map(|n| format!("{} care\n", ":".repeat(n))).collect::<String>();
    vec![
        ("brackets", times("[", m)),
        ("brackets closed", times("[]", m)),
        ("double brackets", times("[[a", m)),
        ("double brackets on lines", times("[[a\n", m)),
        ("double brackets at the end", format!("{}]]", times("[[", m))),
        ("links", times("[a](b.md)", m)),
        ("links on lines", times("[a](b.md)\n", m)),
        ("links with spaces", times("[a](b c.md)", m)),
        ("links to headings", times("[a](#b)\n", m)),
        ("headings with links", times("# [a](b.md)\n", m)),
        ("many headings", (0..50_000).map(|n| format!("# h{n}\n\n[a](#x{n})\n")).collect()),
        ("quotes", times(">", m)),
        ("a thousand quotes", format!("{} a\n", times("> ", 2000))),
        ("quotes on lines", times("> a\n", m)),
        ("nested lists", (0..700).map(|n| format!("{}- a\n", "  ".repeat(n))).collect()),
        ("ten thousand items", "- a\n".repeat(10_000)),
        ("stars", times("*", m)),
        ("stars and words", times("*a ", m)),
        ("stars and underscores", times("*a_ ", m)),
        ("backquotes", times("`", m)),
        ("backquotes of many lengths", (1..1400).map(|n| format!("{} ", "`".repeat(n))).collect()),
        ("pictures", times("![a](b.png)", m)),
        ("pictures in pictures", times("![", m)),
        ("open html", times("<a ", m)),
        ("html", times("<b>", m)),
        ("comments", times("<!-- ", m)),
        ("percents", times("%% a ", m)),
        ("definitions", (0..60_000).map(|n| format!("[a{n}]: b\n")).collect()),
        ("references", times("[a][b] ", m)),
        ("footnotes", times("[^a] ", m)),
        ("table", format!("|{}\n|{}\n{}", times("a|", 4000), times("-|", 4000), times("|b\n", m / 4))),
        ("bars", times("|a|\n", m)),
        ("ampersands", times("&", m)),
        ("entities", times("&amp;", m)),
        ("backslashes", times("\\", m)),
        ("colons", times(":", m)),
        ("colons on lines", times(":::\n", m)),
        ("open blocks", times("::: care\n", m)),
        ("unknown blocks", times("::: abc\n", m)),
        ("two colons", times(":: care\n", m)),
        ("colons at the end", times("a :::\n", m)),
        ("nested blocks", nested(1200)),
        ("nested and closed blocks", format!("{}{}", nested(1200), (3..1200).map(|n| format!("{}\n", ":".repeat(n))).collect::<String>())),
        ("fences", times("```\n", m)),
        ("a worksheet of brackets", format!("::: worksheet\n{}\n:::\n", times("[", m))),
        ("a worksheet of questions", format!("::: worksheet\n{}:::\n", times("- line: a\n", m))),
        ("a worksheet of mistakes", format!("::: worksheet\n{}:::\n", times("- lin: a\n", m))),
        ("many worksheets", times("::: worksheet\n- line: a\n:::\n", m)),
        ("odd letters", times("a\u{301}\u{200d}👩‍👩‍👧‍👦\u{feff}ß\u{2028}𝒳 ", m)),
        ("odd letters on lines", times("\u{200b}::: \u{a0}ſ\n# ﷽\n", m)),
        ("callouts", times("> [!note]\n", m)),
        ("dashes", times("---\n", m)),
        ("rules", times("* * *\n", m)),
        ("one line", times("word ", m)),
        ("terms that hurt", times("junkie ", m)),
        ("terms in quotes", times("\"junkie\" ", m)),
        ("terms in names", times("Addicts Addicts ", m)),
        ("long sentences", times("a b c d e f g h i j k l m n o p q r s t u v w x y z a b.\n", m)),
        ("abbreviations", times("e.g. A. ", m)),
        ("what is not finished", times("TODO (?? [insert ", m)),
        ("dates of birth", times("DOB: 1/1/1990\n\n", m)),
        ("mailboxes", times("a.b1@gmail.com ", m)),
    ]
}

/// Loads, checks and draws a curriculum in which one file is hostile.
fn run(file: &str, text: &str) -> usize {
    let files: Vec<(&str, &str)> = FILES.iter().map(|(path, own)| (*path, if *path == file { text } else { own })).collect();
    let sources = support::sources(&files);
    let (_, problems) = support::checked(&sources);
    report::text(&problems, &sources, true).len() + report::json(&problems).expect("JSON").len()
}

/// Runs a case on a thread whose stack is as small as those that copebook works on.
fn within_the_limit(file: &'static str, name: &str, text: String) -> Option<String> {
    let start = Instant::now();
    let thread = std::thread::Builder::new().stack_size(2 * 1024 * 1024).spawn(move || run(file, &text)).expect("a thread");
    let drawn = thread.join().unwrap_or_else(|_| panic!("{name} in {file} panics"));
    let took = start.elapsed();
    // Nothing that is told may grow far beyond what was written.
    assert!(drawn < 40 * LENGTH, "{name} in {file} tells {drawn} bytes");
    (took > LIMIT).then(|| format!("{name} in {file} takes {took:?}"))
}

#[test]
fn hostile_yaml_is_refused_in_time() {
    let files = ["course/curriculum.yml", "course/modules/m/module.yml", "course/sessions/01-s.yml"];
    let cases = yaml().into_iter().flat_map(|(name, text)| files.map(|file| (file, name, text.clone())));
    let slow: Vec<String> = cases.filter_map(|(file, name, text)| within_the_limit(file, name, text)).collect();
    assert!(slow.is_empty(), "{slow:#?}");
}

#[test]
fn hostile_heads_of_pages_are_refused_in_time() {
    let slow: Vec<String> =
        yaml().into_iter().filter_map(|(name, text)| within_the_limit("course/modules/m/h.md", name, format!("---\n{text}\n---\nText.\n"))).collect();
    assert!(slow.is_empty(), "{slow:#?}");
}

#[test]
fn hostile_markdown_is_refused_in_time() {
    let files = ["course/modules/m/h.md", "course/guide/g.md"];
    let cases = markdown().into_iter().flat_map(|(name, text)| files.map(|file| (file, name, format!("---\ntitle: T\n---\n{text}"))));
    let slow: Vec<String> = cases.filter_map(|(file, name, text)| within_the_limit(file, name, text)).collect();
    assert!(slow.is_empty(), "{slow:#?}");
}
