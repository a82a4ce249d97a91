//! Members' texts in another language: the same pages under the language's folder, marks on what is not in it, and a word to
//! their readers.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice, reason = "a test fails by a panic")]

mod support;

use std::collections::BTreeMap;

use copebook::diagnostic::Code;
use copebook::source::SourcePath;

type Files = BTreeMap<String, Vec<u8>>;

fn page(files: &Files, url: &str) -> String {
    String::from_utf8(files.get(url).unwrap_or_else(|| panic!("there is no {url}")).clone()).unwrap()
}

/// What stands between `<main` and `</main>`, a tag a line.
fn main_of(html: &str) -> String {
    html[html.find("<main").unwrap()..html.find("</main>").unwrap()].replace("><", ">\n<")
}

#[test]
fn every_page_stands_in_every_language() {
    let (_, members) = support::sites(&support::in_spanish());
    let of = |spanish: bool| members.keys().filter(move |url| url.ends_with(".html") && url.starts_with("es/") == spanish);
    let english: Vec<&str> = of(false).map(String::as_str).collect();
    let spanish: Vec<&str> = of(true).map(|url| &url["es/".len()..]).collect();
    assert_eq!(english, spanish);
    assert!(members.contains_key("es/static/search-index.js") && !members.contains_key("es/static/page.js"), "styles and scripts are shared");
}

#[test]
fn a_course_without_translations_has_no_word_of_languages() {
    let mut sources = support::sources(support::EVERYTHING);
    sources.pictures = support::in_spanish().pictures;
    let (guide, members) = support::sites(&sources);
    for (url, bytes) in guide.iter().chain(&members).filter(|(url, _)| url.ends_with(".html")) {
        let html = String::from_utf8_lossy(bytes);
        assert!(!html.contains("languages") && !html.contains("standing"), "{url}");
    }
}

#[test]
fn the_pages_in_spanish_in_full() {
    let (guide, members) = support::sites(&support::in_spanish());
    insta::assert_snapshot!("member-handout-es", main_of(&page(&members, "es/handouts/shared/first.html")));
    insta::assert_snapshot!("member-handout-missing-es", main_of(&page(&members, "es/handouts/own/second.html")));
    insta::assert_snapshot!("member-session-es", main_of(&page(&members, "es/sessions/01-start.html")));
    insta::assert_snapshot!("member-home-es", main_of(&page(&members, "es/index.html")));
    insta::assert_snapshot!("guide-handout-es", main_of(&page(&guide, "handouts/shared/first.es.html")));
    insta::assert_snapshot!("guide-session-es", main_of(&page(&guide, "sessions/01-start.es.html")));
}

#[test]
fn links_and_files_of_every_page_are_there() {
    let (_, members) = support::sites(&support::in_spanish());
    let mut seen = 0;
    for (url, bytes) in members.iter().filter(|(url, _)| url.ends_with(".html")) {
        let html = String::from_utf8_lossy(bytes);
        let folder = SourcePath::new(url).parent();
        for at in html.split("href=\"").chain(html.split("src=\"")).skip(1).filter_map(|rest| rest.split('"').next()) {
            let path = at.split('#').next().unwrap_or_default();
            if path.is_empty() || path.contains(':') || path.contains('<') {
                continue;
            }
            assert!(members.contains_key(folder.join(path).as_str()), "{url} asks for {at}");
            seen += 1;
        }
    }
    assert!(seen > 250, "{seen}");
}

#[test]
fn a_page_says_that_it_is_not_translated_or_not_up_to_date() {
    let (_, members) = support::sites(&support::in_spanish());
    let (missing, outdated) = ("todavía no está en español", "se tradujo de un texto anterior");
    for (url, says) in [
        ("es/handouts/own/second.html", Some(missing)),
        ("es/sessions/02-next.html", Some(missing)),
        ("es/handouts/shared/first.html", Some(outdated)),
        ("es/index.html", Some(outdated)),
        ("es/sessions/01-start.html", None),
        ("es/pages/about.html", None),
        ("handouts/shared/first.html", None),
    ] {
        let html = page(&members, url);
        for words in [missing, outdated] {
            assert_eq!(html.contains(words), says == Some(words), "{url}: {words}");
        }
    }
    let workbook = page(&members, "es/workbook.html");
    assert_eq!((workbook.matches(missing).count(), workbook.matches(outdated).count()), (1, 1));
}

/// The language of a text that is not in the page's stands on its element, and on no other.
#[test]
fn what_is_in_another_language_says_so() {
    let (guide, members) = support::sites(&support::in_spanish());
    let second = page(&members, "es/handouts/own/second.html");
    for english in ["<h1 lang=\"en\" dir=\"ltr\">The second handout", "<span lang=\"en\" dir=\"ltr\">Where were you?</span>"] {
        assert!(second.contains(english), "{english}");
    }
    assert!(second.contains("<html lang=\"es\" dir=\"ltr\""));
    // Buttons and hints are in the reader's own language.
    assert!(second.contains("Elige todas las que quieras.") && !second.contains("Choose"));
    let own = page(&members, "es/pages/about.html");
    let switch = own.find("</nav>\n\n<header").or_else(|| own.find("<header class=\"top\">")).unwrap();
    assert!(!own[switch..].contains("lang=\"es\"") && !own[switch..own.find("</main>").unwrap()].contains("lang=\"en\""), "all of it is in Spanish");
    let guide = page(&guide, "handouts/shared/first.es.html");
    assert!(guide.contains("<html lang=\"en\"") && guide.contains("<h1 lang=\"es\" dir=\"ltr\">La primera ficha"));
}

#[test]
fn crisis_lines_are_on_every_page_with_their_hours_in_spanish() {
    let (_, members) = support::sites(&support::in_spanish());
    for (url, bytes) in members.iter().filter(|(url, _)| url.ends_with(".html") && url.starts_with("es/")) {
        let html = String::from_utf8_lossy(bytes);
        for words in ["tel:2468024", "sms:2468025?body=AYUDA", "Línea de prueba, día y noche"] {
            assert!(html.contains(words), "{url}: {words}");
        }
    }
    assert!(page(&members, "index.html").contains("Test line, day and night"));
}

/// Answers that a browser keeps are found by the name of a worksheet and the version of its questions.
#[test]
fn a_worksheet_is_the_same_in_both_languages() {
    let sheets = |html: &str| -> Vec<String> { html.split("data-sheet=\"").skip(1).map(|rest| rest.split('>').next().unwrap().to_owned()).collect() };
    let spanish = "---\ntitle: La segunda\n---\n::: worksheet\n- line: ¿Dónde?\n- choose: ¿Ayudó?\n  options: [No, Sí]\n:::\n";
    let english = "---\ntitle: The second\n---\n## What else\n\n::: worksheet\n- line: Where?\n- choose: Did it help?\n  options: [No, Yes]\n:::\n";
    let with = |spanish: &str| {
        let mut sources = support::in_spanish();
        sources.texts.insert(SourcePath::new("course/modules/own/second.md"), english.into());
        sources.texts.insert(SourcePath::new("course/modules/own/second.es.md"), spanish.into());
        sources
    };
    let both = |spanish: &str| {
        let (_, members) = support::sites(&with(&spanish.replace("---\n::: ", "---\n## What else\n\n::: ")));
        (sheets(&page(&members, "handouts/own/second.html")), sheets(&page(&members, "es/handouts/own/second.html")))
    };
    let (here, there) = both(spanish);
    assert!(here == there && here.len() == 1, "{here:?} {there:?}");
    // With another number of options an answer would find the wrong place, so it is another version, and told.
    let other = spanish.replace("[No, Sí]", "[No, Un poco, Sí]");
    let (here, there) = both(&other);
    assert_ne!(here, there);
    let (_, diagnostics) = support::checked(&with(&other));
    assert!(diagnostics.iter().any(|problem| problem.code == Code::TranslationDiffers && problem.message.contains("`choose` with 3 options")));
}

#[test]
fn what_is_not_released_is_in_no_language() {
    let mut sources = support::in_spanish();
    sources.texts.insert(SourcePath::new("course/groups/tuesday.yml"), "starts: 2026-12-01\nreleased: 0\nplace: Room 2\n".into());
    let (mut curricula, _) = support::checked(&sources);
    curricula[0].running = Some(0);
    let edition = &curricula[0].editions()[0];
    let pictures = copebook::site::picture_urls(&sources);
    let site = copebook::site::members(edition, &pictures, false, &Default::default());
    let urls: Vec<&str> = site.pages.iter().map(|page| page.url.as_str()).collect();
    assert!(!urls.iter().any(|url| url.starts_with("sessions/") || url.starts_with("handouts/")), "{urls:?}");
    assert!(urls.contains(&"pages/about.html"));
}

/// The rules of words hold in every language, each with its own lists and formula, and are told at the translation.
#[test]
fn words_are_looked_at_in_their_own_language() {
    let long = "Cuando llegas a casa después de un día muy largo y nadie te pregunta cómo estás ni qué te pasó en el trabajo, \
                tal vez notas que el enojo ya estaba ahí antes de que abrieras la puerta.";
    let mut sources = support::in_spanish();
    let file = SourcePath::new("modules/shared/first.es.md");
    let text = sources.text(&file).unwrap().replace("Alguien lo probó.", long);
    sources.texts.insert(file.clone(), text.into());
    let (_, diagnostics) = support::checked(&sources);
    let told: Vec<_> = diagnostics.iter().filter(|problem| problem.code == Code::LongSentence).collect();
    assert!(told.len() == 1 && told[0].span.file == file, "{told:#?}");
}
