//! A small course, one file of which is the input.
#![allow(dead_code, reason = "each target uses its own part of this")]

use std::collections::BTreeMap;

use copebook::source::{SourcePath, Sources};

#[path = "../../tests/support/grow.rs"]
pub mod grow;
#[path = "../../tests/support/whole.rs"]
pub mod whole;

pub const CURRICULUM: &str = "course/curriculum.yml";
pub const MODULE: &str = "course/modules/m/module.yml";
pub const HANDOUT: &str = "course/modules/m/h.md";
pub const SESSION: &str = "course/sessions/01-s.yml";

const FILES: &[(&str, &str)] = &[
    (CURRICULUM, "title: A\nmodules: [ modules/m ]\npages: [ pages/p.md ]\nguide: [ guide/g.md ]\ncrisis: [ { name: \"988\", call: \"988\" } ]\n"),
    (MODULE, "title: M\nhandouts: [ h ]\n"),
    (HANDOUT, "---\ntitle: H\n---\nText.\n"),
    (SESSION, "title: S\nmembers: { handouts: [ m/h ] }\nagenda: [ { title: T } ]\n"),
    ("course/pages/p.md", "---\ntitle: P\n---\nText.\n"),
    ("course/guide/g.md", "---\ntitle: G\n---\nText.\n"),
];

/// Sources of these files.
pub fn sources<'f>(files: impl IntoIterator<Item = (&'f str, &'f str)>) -> Sources {
    let mut sources = Sources::default();
    for (file, text) in files {
        sources.texts.insert(SourcePath::new(file), text.into());
    }
    sources.curricula.push(SourcePath::new("course"));
    sources
}

/// What `read` would make of these bytes; what it refuses is of no interest.
pub fn text(bytes: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(bytes).ok()?;
    let refused = |c: char| matches!(c, '\u{202d}' | '\u{202e}' | '\u{feff}' | '\r') || c.is_control() && !matches!(c, '\n' | '\t');
    (!text.contains(refused)).then(|| text.to_owned())
}

/// Loads, checks, tells and, where nothing is wrong, makes both sites of the small course with one file changed.
pub fn run(file: &str, text: &str) -> Option<whole::Whole> {
    let sources = sources(FILES.iter().map(|(path, own)| (*path, if *path == file { text } else { own })));
    match whole::whole(&sources, &whole::Options { single: true, ..Default::default() }) {
        Ok(made) => {
            assert_eq!(made.leaks, 0, "the scan finds what types forbid");
            harmless(&made.told);
            // The handouts in one file hold their scripts.
            for (url, bytes) in made.members.iter().filter(|(url, _)| url.ends_with(".html") && !url.starts_with("single/")) {
                plain(url, bytes);
            }
            Some(made)
        }
        Err(problems) => {
            harmless(&copebook::report::text(&problems, &sources, false));
            copebook::report::json(&problems).expect("JSON");
            None
        }
    }
}

fn harmless(told: &str) {
    assert!(!told.contains(|c: char| c != '\n' && c.is_control()), "a terminal would be told what to do");
}

/// Nothing that an author writes becomes a program or leads to one.
fn plain(url: &str, bytes: &[u8]) {
    let html = String::from_utf8_lossy(bytes).to_lowercase();
    for tag in html.split('<').skip(1) {
        let tag = tag.split('>').next().unwrap_or_default();
        if tag == "link rel=\"icon\" href=\"data:,\"" {
            continue;
        }
        let attributes = outside_quotes(tag);
        assert!(!attributes.contains(" on"), "{url}: {tag}");
        for start in ["href=\"javascript:", "href=\"data:", "href=\"vbscript:", "src=\"http", "src=\"//", "href=\"//"] {
            assert!(!tag.contains(start), "{url}: {tag}");
        }
        assert!(!["iframe", "object", "embed", "base ", "svg onload", "form action"].iter().any(|name| tag.starts_with(name)), "{url}: {tag}");
    }
}

/// A tag without the values of its attributes.
fn outside_quotes(tag: &str) -> String {
    tag.split('"').step_by(2).collect::<Vec<_>>().join("\"")
}

/// The first file that two sites do not share.
pub fn difference<'f>(one: &'f BTreeMap<String, Vec<u8>>, other: &'f BTreeMap<String, Vec<u8>>) -> Option<&'f String> {
    one.keys().chain(other.keys()).find(|url| one.get(*url) != other.get(*url))
}
