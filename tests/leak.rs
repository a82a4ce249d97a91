//! The promise, from outside: no text for facilitators is in any byte that members get, and all of it is in the guide.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice, reason = "a test fails by a panic")]

mod support;

use std::collections::BTreeSet;

use copebook::source::SourcePath;

/// The marks (`FAC001`) in a text.
fn marks(text: &str) -> BTreeSet<&str> {
    let at = |offset: usize| text.get(offset..offset + 6).filter(|mark| mark[3..].bytes().all(|b| b.is_ascii_digit()));
    text.match_indices("FAC").filter_map(|(offset, _)| at(offset)).collect()
}

#[test]
fn members_see_no_text_for_facilitators_and_the_guide_shows_all_of_it() {
    let planted: BTreeSet<&str> = support::EVERYTHING.iter().flat_map(|(_, text)| marks(text)).collect();
    assert!(planted.len() >= 45, "the fixture has lost its marks");
    let (guide, members) = support::sites(&support::everything());

    for (url, bytes) in &members {
        let text = String::from_utf8_lossy(bytes);
        assert!(marks(&text).is_empty(), "{url} shows {:?}", marks(&text));
        assert!(!url.contains("FAC"), "{url}");
    }
    let guide: String = guide.values().map(|bytes| String::from_utf8_lossy(bytes)).collect();
    let lost: Vec<_> = planted.difference(&marks(&guide)).copied().collect();
    assert!(lost.is_empty(), "the guide does not show {lost:?}");
}

#[test]
fn members_see_all_that_is_written_for_them() {
    let (guide, members) = support::sites(&support::everything());
    let text: String = members.values().map(|bytes| String::from_utf8_lossy(bytes)).collect();
    for words in [
        "Today we begin",
        "You can name it",
        "Once a day",
        "We learn one thing",
        "We say hello",
        "What is said here stays here",
        "unless someone is in danger",
        "Test line",
        "tel:2468024",
        "sms:2468025",
        "https://example.org",
        "What shows that it helps",
    ] {
        let is_there = text.contains(words);
        // The last one is for facilitators: this test can fail.
        assert_eq!(is_there, words != "What shows that it helps", "{words}");
    }
    let picture = members.keys().find(|url| url.starts_with("pictures/")).expect("the picture is copied");
    assert!(guide.contains_key(picture));
    assert!(!picture.contains("hill"), "an address tells the name of the author's file");
}

#[test]
fn a_picture_that_only_facilitators_see_is_not_on_the_member_site() {
    let mut sources = support::everything();
    sources.pictures.insert(SourcePath::new("course/assets/answers.png"), b"not really a picture".as_slice().into());
    let file = SourcePath::new("course/sessions/02-next.yml");
    let text = sources.text(&file).unwrap().replace("Goodbye.", "\"Goodbye. ![The answers](../assets/answers.png)\"").replace("\" FAC071", " FAC071\"");
    sources.texts.insert(file, text.into());
    let (guide, members) = support::sites(&sources);
    let pictures = |files: &std::collections::BTreeMap<String, Vec<u8>>| files.keys().filter(|url| url.starts_with("pictures/")).count();
    assert_eq!((pictures(&guide), pictures(&members)), (2, 1));
}

#[test]
fn the_member_site_links_to_no_page_that_it_does_not_have() {
    let (_, members) = support::sites(&support::everything());
    for (url, bytes) in members.iter().filter(|(url, _)| url.ends_with(".html")) {
        let html = String::from_utf8_lossy(bytes);
        let folder = SourcePath::new(url).parent();
        for href in html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            let path = href.split('#').next().unwrap_or_default();
            if path.is_empty() || path.contains(':') {
                continue;
            }
            let target = folder.join(path);
            assert!(members.contains_key(target.as_str()), "{url} links to {href}");
        }
    }
}

/// Every key whose text is for facilitators, misspelt, in another case, or moved: an error, never a leak.
#[test]
fn a_mistyped_key_is_an_error() {
    let keys = [
        "facilitator",
        "purpose",
        "evidence",
        "watch_for",
        "about",
        "practice",
        "materials",
        "prepare",
        "safety",
        "newcomers",
        "after",
        "say",
        "ask",
        "do",
        "listen_for",
        "note",
        "distress_protocol",
        "hard_moments",
        "adapt",
        "online",
    ];
    let mut tried = 0;
    for (n, (file, text)) in support::EVERYTHING.iter().enumerate() {
        for key in keys {
            let Some(at) = text.find(&format!("{key}: ")).or_else(|| text.find(&format!("{key}:\n"))) else { continue };
            let before = &text[..at];
            if !before.is_empty() && !before.ends_with(['\n', ' ']) {
                continue;
            }
            let upper = key.to_uppercase();
            let capital = format!("{}{}", upper.chars().next().unwrap(), &key[1..]);
            for wrong in [format!("{key}x"), format!("{key}s"), upper, capital, key[1..].to_owned()] {
                // A misspelling may hit another key of the format (`practices` does not, `note` → `ote` does not).
                let broken = format!("{before}{wrong}{}", &text[at + key.len()..]);
                let mut files = support::EVERYTHING.to_vec();
                files[n].1 = &broken;
                let mut sources = support::sources(&files);
                sources.pictures = support::everything().pictures;
                let (_, diagnostics) = support::checked(&sources);
                assert!(diagnostics.iter().any(|problem| problem.is_error()), "{file}: `{wrong}` for `{key}` is taken without a word");
                tried += 1;
            }
        }
    }
    assert!(tried > 100, "only {tried} mistakes were tried");
}

/// The same promise in every language: the pages for members, the index of what can be found, and files made from them.
#[test]
fn members_see_no_text_for_facilitators_in_any_language() {
    let (guide, members) = support::sites(&support::in_spanish());
    let spanish: Vec<_> = members.keys().filter(|url| url.starts_with("es/")).collect();
    assert!(spanish.len() > 10, "{spanish:?}");
    for (url, bytes) in &members {
        let text = String::from_utf8_lossy(bytes);
        assert!(marks(&text).is_empty(), "{url} shows {:?}", marks(&text));
    }
    let planted: BTreeSet<&str> = support::EVERYTHING.iter().flat_map(|(_, text)| marks(text)).collect();
    let guide: String = guide.values().map(|bytes| String::from_utf8_lossy(bytes)).collect();
    assert!(planted.is_subset(&marks(&guide)), "the guide has lost a mark");
}

/// A translation has no room for facilitators' text: each of their keys in it is an error.
#[test]
fn a_translation_has_no_key_for_facilitators() {
    let keys = ["facilitator", "about", "materials", "prepare", "after", "safety", "newcomers", "distress_protocol", "hard_moments", "adapt", "say", "purpose"];
    for (file, text) in support::SPANISH {
        for key in keys {
            let mut sources = support::in_spanish();
            let broken = text.replacen("title: ", &format!("{key}: FAC001\ntitle: "), 1);
            sources.texts.insert(SourcePath::new(file), broken.into());
            let (_, diagnostics) = support::checked(&sources);
            let told = diagnostics.iter().any(|problem| problem.is_error() && problem.span.file.as_str() == *file && problem.message.contains(key));
            assert!(told, "{file}: `{key}` is taken without a word");
        }
    }
}

#[test]
fn a_member_template_cannot_ask_for_the_guide() {
    use copebook::audience::Member;
    use copebook::theme::{Theme, ThemeFiles};
    let with = |file: &str, text: &str| {
        let mut files = ThemeFiles::built_in("calm").unwrap();
        files.files.insert(file.into(), format!("{{% extends \"members/base.html\" %}}{{% block main %}}{text}{{% endblock main %}}").into());
        Theme::<Member>::new(&files, "en").map(|theme| {
            let sources = support::everything();
            let (curricula, _) = support::checked(&sources);
            let pictures = copebook::site::picture_urls(&sources);
            let site = copebook::site::members(&curricula[0], &pictures, false, &Default::default());
            copebook::render::render(&site, &theme, &sources, &|_| Ok(()))
        })
    };
    assert!(with("templates/members/session.html", "{{ session.title }}").unwrap().is_ok());
    assert!(with("templates/members/session.html", "{% include \"guide/parts.html\" %}").is_err());
    for field in ["session.about_html", "session.safety_html", "session.materials", "agenda", "session.agenda"] {
        let rendered = with("templates/members/session.html", &format!("{{{{ {field} }}}}")).unwrap();
        assert!(rendered.is_err(), "{field} can be asked for");
    }
}
