//! Promises that hold for any input: nothing an author or an attacker writes makes copebook panic, and what is written for
//! facilitators stays with them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice, reason = "a test fails by a panic")]

mod support;

use copebook::source::{SourcePath, Sources};
use proptest::prelude::*;

/// Pieces that files are made of, with the odd ones among them.
fn piece() -> impl Strategy<Value = String> {
    let pieces = [
        "title: ",
        "agenda:\n",
        "  - ",
        "- say: ",
        "members:\n",
        "  handouts: [",
        "]",
        "{",
        "}",
        ": ",
        ":",
        "::: ",
        ":::\n",
        "::::\n",
        "practice",
        "worksheet\n",
        "breathe 4-6\n",
        "- line: x\n",
        "- table: t\n",
        "  columns: [a, b]\n",
        "  rows: 3\n",
        "|\n",
        ">\n",
        "\n",
        "\n\n",
        "  ",
        "\t",
        "---\n",
        "```\n",
        "~~~\n",
        "> ",
        "# ",
        "[a](b.md)",
        "![](x.png)",
        "<b>",
        "*",
        "&a ",
        "!t ",
        "'",
        "\"",
        "“",
        "ä",
        "é",
        "\u{202e}",
        "\u{200b}",
        "\u{a0}",
        "🙂",
        "怒り",
        "____",
        "\\",
        "|a|b|\n|-|-|\n",
        "0",
        "-",
        "%",
        "@",
        "`",
        "minutes: 10",
        "\u{e000}",
    ];
    prop_oneof![4 => proptest::sample::select(pieces.to_vec()).prop_map(str::to_owned), 1 => "\\PC{0,8}"]
}

fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec(piece(), 0..40).prop_map(|pieces| pieces.concat())
}

/// Loads, checks, and, where nothing is wrong, makes both sites.
fn run(sources: &Sources) {
    let (curricula, diagnostics) = support::checked(sources);
    let drawn = copebook::report::text(&diagnostics, sources, false);
    assert!(!drawn.contains('\u{1b}'), "a terminal would be told what to do");
    if !diagnostics.iter().any(|problem| problem.is_error()) {
        for curriculum in &curricula {
            let health = copebook::site::Health { diagnostics: &diagnostics, grades: &Default::default(), passages: 0, files: 0 };
            let (editions, pictures) = (curriculum.editions(), Default::default());
            copebook::site::guide(curriculum, &editions, &pictures, false, &Default::default()).pages.iter().for_each(|page| drop(page.make()));
            copebook::site::health_page(curriculum, &pictures, false, &health).make();
            copebook::site::members(curriculum, &pictures, false, &Default::default()).pages.iter().for_each(|page| drop(page.make()));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_in_any_file_is_survived(text in text(), which in 0..support::EVERYTHING.len(), keep in 0..2000usize) {
        let mut sources = support::sources(support::EVERYTHING);
        let (file, good) = support::EVERYTHING[which];
        let start: String = good.chars().take(keep).collect();
        sources.texts.insert(SourcePath::new(file), format!("{start}{text}").into());
        run(&sources);
    }

    #[test]
    fn any_handout_body_is_survived(text in text()) {
        let mut sources = support::sources(support::EVERYTHING);
        sources.texts.insert(SourcePath::new("modules/shared/first.md"), format!("---\ntitle: T\n---\n{text}").into());
        run(&sources);
    }

}

proptest! {
    // Each case builds both sites whole.
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// Facilitators' words of any kind never reach a member, wherever they stand.
    #[test]
    fn any_words_for_facilitators_stay_with_them(words in "[a-zA-Z ,.äöü🙂<>&'*_`#-]{0,40}") {
        let mark = "CANARYZQX";
        let planted = format!("{mark} {words}").replace('\'', "''");
        let mut sources = support::everything();
        for (file, text) in support::EVERYTHING {
            // Every mark of the fixture stands in a text for facilitators; the words go beside it, inside the value.
            let lines = text.lines().map(|line| {
                let Some(at) = line.find("FAC") else { return line.to_owned() };
                if line.contains(['{', '[', '"', '(']) || file.ends_with(".md") {
                    return line.replace(&line[at..at + 6], mark);
                }
                let value = line.find(": ").map_or(0, |colon| colon + 2);
                if value == 0 { line.replace(&line[at..at + 6], mark) } else { format!("{}'{planted}'", &line[..value]) }
            });
            sources.texts.insert(SourcePath::new(file), lines.collect::<Vec<_>>().join("\n").into());
        }
        let (_, diagnostics) = support::checked(&sources);
        prop_assume!(!diagnostics.iter().any(|problem| problem.is_error()));
        let (guide, members) = support::sites(&sources);
        let has = |files: &std::collections::BTreeMap<String, Vec<u8>>| files.values().filter(|bytes| String::from_utf8_lossy(bytes).contains(mark)).count();
        prop_assert!(has(&guide) > 5);
        prop_assert_eq!(has(&members), 0);
    }
}
