//! The steps of a build, one by one, over 100 handouts and their sessions: `cargo bench --bench steps`. How fast a whole build is,
//! with its files, is told by `cargo bench --bench whole`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a benchmark has no author to answer to")]

mod corpus;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use copebook::audience::Member;
use copebook::model::Curriculum;
use copebook::render::{self, Output};
use copebook::scan::Scanner;
use copebook::site::{self, Site};
use copebook::source::{SourcePath, Sources};
use copebook::theme::{Theme, ThemeFiles};
use copebook::write::Writing;
use copebook::{check, load};
use divan::counter::BytesCount;

fn main() {
    LazyLock::force(&MEMBERS);
    divan::main();
}

static SOURCES: LazyLock<Sources> = LazyLock::new(|| {
    let mut sources = Sources::default();
    for (file, text) in corpus::curriculum(100, 7) {
        sources.texts.insert(SourcePath::new(&file), text.into());
    }
    sources.curricula.push(SourcePath::new("course"));
    sources
});
static COURSE: LazyLock<Curriculum> = LazyLock::new(|| load::load(&SOURCES).value.remove(0));
static PICTURES: LazyLock<BTreeMap<SourcePath, String>> = LazyLock::new(|| site::picture_urls(&SOURCES));
static THEME: LazyLock<Theme<Member>> = LazyLock::new(|| Theme::new(&ThemeFiles::built_in("calm").unwrap(), "en").unwrap());
static MEMBERS: LazyLock<BTreeMap<String, Vec<u8>>> =
    LazyLock::new(|| Output::of(|take| render::render(&members(), &THEME, &SOURCES, take)).unwrap().into_files());

fn members() -> Site<'static, Member> {
    site::members(&COURSE, &PICTURES, false, &Default::default())
}

fn of_sources() -> BytesCount {
    BytesCount::new(SOURCES.texts.values().map(|text| text.len()).sum::<usize>())
}

fn of_site() -> BytesCount {
    BytesCount::new(MEMBERS.values().map(Vec::len).sum::<usize>())
}

/// From texts to what they mean.
#[divan::bench]
fn parse(bencher: divan::Bencher) {
    bencher.counter(of_sources()).bench(|| load::load(&SOURCES));
}

/// Every rule.
#[divan::bench]
fn check(bencher: divan::Bencher) {
    bencher.counter(of_sources()).bench(|| check::check(std::slice::from_ref(&COURSE), &SOURCES));
}

/// A theme, made ready.
#[divan::bench]
fn theme() -> Theme<Member> {
    Theme::new(&ThemeFiles::built_in("calm").unwrap(), "en").unwrap()
}

/// The pages for members, from what they mean to HTML.
#[divan::bench]
fn pages(bencher: divan::Bencher) {
    bencher.counter(of_site()).bench(|| render::pages_alone(&members().pages, &THEME, &|_| Ok(())).unwrap());
}

/// The search index for members.
#[divan::bench]
fn search_index(bencher: divan::Bencher) {
    bencher.bench(|| members().files.iter().map(|file| file.make().len()).sum::<usize>());
}

/// The look for facilitators' texts in all files for members.
#[divan::bench]
fn scan(bencher: divan::Bencher) {
    bencher.counter(of_site()).bench(|| {
        let scanner = Scanner::new(std::slice::from_ref(&COURSE), std::iter::empty(), THEME.words(), &Default::default());
        MEMBERS.iter().for_each(|(url, bytes)| scanner.look(url, bytes));
        scanner.done()
    });
}

/// The pages for members into a folder that has none of them yet.
#[divan::bench]
fn write(bencher: divan::Bencher) {
    bencher.counter(of_site()).with_inputs(|| tempfile::tempdir().unwrap()).bench_refs(|folder| {
        let writing = Writing::begin(&folder.path().join("site"), &[]).unwrap();
        MEMBERS.iter().for_each(|(url, bytes)| writing.put(&format!("members/{url}"), bytes).unwrap());
        writing.finish(None).unwrap()
    });
}
