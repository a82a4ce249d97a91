//! The sites as a whole: which pages there are, that they are the same each time, and the shape of the main ones.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice, reason = "a test fails by a panic")]

#[path = "../benches/corpus/mod.rs"]
mod corpus;
mod support;

#[test]
fn the_fixture_has_no_problems() {
    let (_, diagnostics) = support::checked(&support::everything());
    assert!(diagnostics.is_empty(), "{diagnostics:#?}");
}

#[test]
fn the_pages_of_both_sites() {
    let (guide, members) = support::sites(&support::everything());
    let list = |files: &std::collections::BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>().join("\n");
    insta::assert_snapshot!("guide-files", list(&guide));
    insta::assert_snapshot!("member-files", list(&members));
}

/// What stands between `<main` and `</main>`, a tag a line.
fn main_of(bytes: &[u8]) -> String {
    let html = String::from_utf8_lossy(bytes);
    let start = html.find("<main").unwrap();
    let end = html.find("</main>").unwrap();
    html[start..end].replace("><", ">\n<")
}

#[test]
fn the_main_pages_in_full() {
    let (guide, members) = support::sites(&support::everything());
    insta::assert_snapshot!("member-handout", main_of(&members["handouts/shared/first.html"]));
    insta::assert_snapshot!("member-worksheet", main_of(&members["handouts/own/second.html"]));
    insta::assert_snapshot!("member-session", main_of(&members["sessions/01-start.html"]));
    insta::assert_snapshot!("guide-session", main_of(&guide["sessions/01-start.html"]));
}

#[test]
fn the_health_page_has_each_handouts_grade() {
    let health_with = |language: &str, notes: &str| {
        let sentence = "Put both feet on the floor and feel how it holds you up. ";
        let long = format!("---\ntitle: Long\n{notes}---\n{}\n", sentence.repeat(10));
        let curriculum = format!("title: C\nlanguage: {language}\nmodules: [ m ]\nreading_grade: 7\ncrisis: [ {{ name: Line, call: \"1\" }} ]\n");
        let module = "title: M\nhandouts: [ long, short ]\n";
        let short = "---\ntitle: Short\n---\nBreathe.\n";
        let sources = support::sources(&[("curriculum.yml", &curriculum), ("m/module.yml", module), ("m/long.md", &long), ("m/short.md", short)]);
        main_of(&support::sites(&sources).0["health.html"])
    };
    let health = |language: &str| health_with(language, "");
    let english = health("en");
    // 13 words of one syllable a sentence: 0.39 × 13 + 11.8 − 15.59 = 1.3.
    for words in ["reading grade 1 ·", "too short for a grade ·", "by the formula Flesch-Kincaid", "aims at grade 7 or lower"] {
        assert!(english.contains(words), "{words}: {english}");
    }
    // What facilitators read weighs nothing in it.
    let hard = "Notwithstanding considerable heterogeneity, psychoeducational interventions demonstrate incremental effectiveness. ".repeat(20);
    assert!(health_with("en", &format!("facilitator: {hard}\n")).contains("reading grade 1 ·"));
    let dutch = health("nl");
    assert!(dutch.contains("no reading grade is worked out") && !dutch.contains("reading grade 1") && !dutch.contains("too short"), "{dutch}");
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let (guide, members) = support::sites(&support::everything());
    for threads in [1, 2, 5] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let again = pool.install(|| support::sites(&support::everything()));
        assert!(again == (guide.clone(), members.clone()), "{threads} threads");
    }
}

#[test]
fn every_page_keeps_the_rules_of_the_browser() {
    let (guide, members) = support::sites(&support::everything());
    for (url, bytes) in guide.iter().chain(&members).filter(|(url, _)| url.ends_with(".html")) {
        let html = String::from_utf8_lossy(bytes);
        let head = html.find("<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\"");
        // Browsers look for the character set in the first 1024 bytes; the foot of printed sheets stands before it.
        assert!(head.is_some_and(|at| at < 900), "{url}: the policy is not the first thing in the page");
        // No page says where its reader came from, in the policy of the page and in its links.
        assert!(html.contains("<meta name=\"referrer\" content=\"no-referrer\">"), "{url} would tell other websites where its reader came from");
        let mut links = html.split("<a ").skip(1).filter_map(|link| link.split('>').next());
        assert!(links.all(|link| !(link.contains("target=") && link.contains("href=\"http"))), "{url} has a link whose window can reach back");
        assert!(!html.contains("<style") && !html.contains(" style=\""), "{url} has inline style");
        assert!(!html.contains("<script>") && !html.contains(" onclick"), "{url} has inline script");
        // What stands in a <template> is no part of the page until a script takes it.
        let shown: String =
            html.split("<template").enumerate().map(|(n, part)| if n == 0 { part } else { part.split("</template>").nth(1).unwrap_or_default() }).collect();
        assert_eq!(shown.matches("<h1").count(), 1, "{url}: one h1");
    }
}

#[test]
fn what_a_script_puts_on_worksheets_stands_once_and_only_where_the_script_is() {
    let (guide, members) = support::sites(&support::everything());
    let mut with_worksheets = 0;
    for (url, bytes) in guide.iter().chain(&members).filter(|(url, _)| url.ends_with(".html")) {
        let html = String::from_utf8_lossy(bytes);
        let has_script = html.contains("static/worksheet.js") && html.contains("<form class=\"sheet");
        assert_eq!(html.matches("<template id=\"tools\">").count(), usize::from(has_script), "{url}");
        with_worksheets += usize::from(has_script);
    }
    assert!(with_worksheets > 1, "{with_worksheets}");
}

#[test]
fn a_host_sends_the_rules_that_the_pages_carry() {
    let headers = copebook::site::host::MEMBERS[0].1;
    let (_, members) = support::sites(&support::everything());
    let page = String::from_utf8_lossy(&members["index.html"]).into_owned();
    let rules = page.split("http-equiv=\"Content-Security-Policy\" content=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    assert!(headers.contains(&format!("Content-Security-Policy: {rules}; frame-ancestors 'none'")), "{rules}");
    let told = include_str!("../docs/publishing.md");
    for line in headers.lines().filter_map(|line| line.trim().split_once(": ")) {
        for example in [format!("add_header {} \"{}\" always;", line.0, line.1), format!("Header always set {} \"{}\"", line.0, line.1)] {
            assert!(told.contains(&example), "docs/publishing.md has no {example}");
        }
    }
}

#[test]
fn the_curricula_that_are_shipped_have_no_problems() {
    let folders = [std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/curricula"))];
    let read = copebook::read::curricula(&folders, &Default::default()).unwrap();
    assert!(read.diagnostics.is_empty(), "{:#?}", read.diagnostics);
    let (_, diagnostics) = support::checked(&read.value.sources);
    assert!(diagnostics.is_empty(), "{diagnostics:#?}");
}

#[test]
fn every_language_has_every_word() {
    let theme = copebook::theme::ThemeFiles::built_in("calm").unwrap();
    let keys = |language: &str| -> std::collections::BTreeSet<String> {
        let text = String::from_utf8(theme.files[&format!("words/{language}.yml")].clone()).unwrap();
        let key = |line: &str| line.split_once(':').map(|(key, _)| key.to_owned()).filter(|key| key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'));
        text.lines().filter_map(key).collect()
    };
    let english = keys("en");
    assert!(english.len() > 300);
    for language in ["es", "fr", "de", "ar"] {
        let own = keys(language);
        let missing: Vec<_> = english.difference(&own).collect();
        assert!(missing.is_empty(), "{language} lacks {missing:?}");
    }
}

/// A page does not grow with the course: none repeats the table of contents.
#[test]
fn a_page_is_as_small_in_a_large_course() {
    use copebook::audience::{Audience, Facilitator, Member};
    use copebook::site::{self, Page};
    use copebook::source::{SourcePath, Sources};
    use copebook::theme::{Theme, ThemeFiles};
    fn size<V: Audience>(pages: &[Page<'_, V>], url: &str) -> usize {
        let theme = Theme::<V>::new(&ThemeFiles::built_in("calm").unwrap(), "en").unwrap();
        let made = pages.iter().find(|page| page.url == url).expect(url).make();
        theme.render(made.template, &made.context).unwrap().len()
    }
    let sizes = |handouts: usize| {
        let mut sources = Sources::default();
        sources.texts.extend(corpus::curriculum(handouts, 7).into_iter().map(|(file, text)| (SourcePath::new(&file), text.into())));
        sources.curricula.push(SourcePath::new("course"));
        let course = copebook::load::load(&sources).value.remove(0);
        let pictures = site::picture_urls(&sources);
        let (guide, members) =
            (site::guide(&course, &[], &pictures, false, &Default::default()), site::members(&course, &pictures, false, &Default::default()));
        let first = course.sessions[0].slug.as_str();
        [
            size::<Member>(&members.pages, "handouts/m0/h0.html"),
            size::<Member>(&members.pages, &format!("sessions/{first}.html")),
            size::<Facilitator>(&guide.pages, "handouts/m0/h0.html"),
            size::<Facilitator>(&guide.pages, &format!("sessions/{first}.html")),
        ]
    };
    let (small, large) = (sizes(16), sizes(160));
    assert!(small.iter().zip(&large).all(|(small, large)| large.abs_diff(*small) < 1000), "{small:?} {large:?}");
}
