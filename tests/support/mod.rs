//! What several tests need: a curriculum in a folder of its own, and the two sites built from it.
#![allow(dead_code, reason = "each test uses its own part of this")]

pub mod grow;
pub mod keys;
pub mod whole;

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use copebook::audience::{Audience, Facilitator, Member};
use copebook::diagnostic::{Checked, Diagnostic};
use copebook::model::Curriculum;
use copebook::source::{SourcePath, Sources};
use copebook::theme::{Theme, ThemeFiles};
use copebook::{check, load, render, report, site};

/// A curriculum in a temporary folder.
pub struct Folder {
    /// Kept so that the folder lives as long as the test.
    _temp: tempfile::TempDir,
    /// The folder that commands run in; the curriculum is in `course`.
    pub path: PathBuf,
}

impl Folder {
    /// A folder with these files.
    pub fn with(files: &[(&str, &str)]) -> Self {
        let temp = tempfile::tempdir().unwrap();
        let path = temp.path().to_owned();
        let folder = Self { _temp: temp, path };
        for (file, text) in files {
            folder.put(file, text);
        }
        folder
    }

    /// A folder with [`EVERYTHING`] and the picture that it shows.
    pub fn everything() -> Self {
        let folder = Self::with(EVERYTHING);
        folder.put(HILL.0, HILL.1);
        folder
    }

    /// Writes a file.
    #[expect(clippy::disallowed_methods, reason = "a test lays out what copebook reads")]
    pub fn put(&self, file: &str, text: impl AsRef<[u8]>) {
        let path = self.path.join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// The text of a file.
    #[expect(clippy::disallowed_methods, reason = "a test looks at what copebook wrote")]
    pub fn text(&self, file: &str) -> String {
        std::fs::read_to_string(self.path.join(file)).unwrap()
    }

    /// Runs copebook in this folder.
    pub fn copebook(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_copebook")).args(arguments).current_dir(&self.path).output().unwrap()
    }

    /// The files below a folder, with their bytes, in order.
    pub fn files(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        files(&self.path.join(folder))
    }
}

/// The files below a folder, with their bytes, in order.
#[expect(clippy::disallowed_methods, reason = "a test looks at what copebook wrote")]
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.unwrap();
        if entry.file_type().is_file() {
            let name = entry.path().strip_prefix(folder).unwrap().to_string_lossy().into_owned();
            files.insert(name, std::fs::read(entry.path()).unwrap());
        }
    }
    files
}

/// Unpacks an archive as a stranger's program would: name → bytes.
pub fn unpacked(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let archive = rawzip::ZipArchive::from_slice(bytes).unwrap();
    let mut entries = archive.entries();
    let mut files = BTreeMap::new();
    while let Some(entry) = entries.next_entry().unwrap() {
        let name = entry.file_path().try_normalize().unwrap().as_ref().to_owned();
        let local = archive.get_entry(entry.wayfinder()).unwrap();
        let mut content = Vec::new();
        let plain = flate2::bufread::DeflateDecoder::new(local.data());
        local.verifying_reader(plain).read_to_end(&mut content).unwrap();
        assert!(files.insert(name, content).is_none());
    }
    files
}

/// Sources made from texts, without a disk; the curriculum is the folder of the `curriculum.yml` among them.
pub fn sources(files: &[(&str, &str)]) -> Sources {
    let mut sources = Sources::default();
    for (file, text) in files {
        let path = SourcePath::new(file);
        if path.name() == "curriculum.yml" {
            sources.curricula.push(path.parent());
        }
        sources.texts.insert(path, (*text).into());
    }
    sources
}

/// [`EVERYTHING`] and the picture that it shows, without a disk.
pub fn everything() -> Sources {
    with_hill(sources(EVERYTHING))
}

/// These sources, and the picture that [`EVERYTHING`] shows.
pub fn with_hill(mut sources: Sources) -> Sources {
    sources.pictures.insert(SourcePath::new(HILL.0), HILL.1.as_bytes().into());
    sources
}

/// Loads and checks sources.
pub fn checked(sources: &Sources) -> (Vec<Curriculum>, Vec<Diagnostic>) {
    let Checked { value, mut diagnostics } = load::load(sources);
    diagnostics.extend(check::check(&value, sources));
    (value, report::sorted(diagnostics))
}

/// Both sites of the first curriculum of these sources, by audience: address → bytes.
pub fn sites(sources: &Sources) -> (BTreeMap<String, Vec<u8>>, BTreeMap<String, Vec<u8>>) {
    let (curricula, diagnostics) = checked(sources);
    let errors: Vec<_> = diagnostics.iter().filter(|problem| problem.is_error()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let pictures = site::picture_urls(sources);
    let health = site::Health { diagnostics: &diagnostics, grades: &check::words(&curricula).grades, passages: 0, files: 0 };
    let editions = curricula[0].editions();
    let mut guide = site::guide(&curricula[0], &editions, &pictures, false, &Default::default());
    guide.pages.push(site::health_page(&curricula[0], &pictures, false, &health));
    let members = site::members(&curricula[0], &pictures, false, &Default::default());
    let mut members = bytes::<Member>(&members, sources);
    for edition in &editions {
        let theme = Theme::<Member>::new(&ThemeFiles::built_in("calm").unwrap(), &edition.language).unwrap();
        let site = site::members(edition, &pictures, false, &Default::default());
        members.extend(render::Output::of(|take| render::edition(&site, &theme, sources, take)).unwrap().into_files());
    }
    (bytes::<Facilitator>(&guide, sources), members)
}

fn bytes<V: Audience>(pages: &site::Site<'_, V>, sources: &Sources) -> BTreeMap<String, Vec<u8>> {
    let theme = Theme::<V>::new(&ThemeFiles::built_in("calm").unwrap(), &pages.language).unwrap();
    render::Output::of(|take| render::render(pages, &theme, sources, take)).unwrap().into_files()
}

/// The picture that [`EVERYTHING`] shows: its way and its bytes.
const HILL: (&str, &str) = ("course/assets/hill.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>");

/// A small curriculum in which every key of the format stands once. Each text for facilitators holds a mark, `FAC001` and so on.
pub const EVERYTHING: &[(&str, &str)] = &[
    ("modules/shared/module.yml", include_str!("../fixtures/everything/modules/shared/module.yml")),
    ("modules/shared/first.md", include_str!("../fixtures/everything/modules/shared/first.md")),
    ("course/curriculum.yml", include_str!("../fixtures/everything/course/curriculum.yml")),
    ("course/modules/own/module.yml", include_str!("../fixtures/everything/course/modules/own/module.yml")),
    ("course/modules/own/second.md", include_str!("../fixtures/everything/course/modules/own/second.md")),
    ("course/sessions/01-start.yml", include_str!("../fixtures/everything/course/sessions/01-start.yml")),
    ("course/sessions/02-next.yml", include_str!("../fixtures/everything/course/sessions/02-next.yml")),
    ("course/sessions/extra.yml", include_str!("../fixtures/everything/course/sessions/extra.yml")),
    ("course/pages/about.md", include_str!("../fixtures/everything/course/pages/about.md")),
    ("course/guide/before.md", include_str!("../fixtures/everything/course/guide/before.md")),
];

/// The same curriculum with members' texts in Spanish beside most of the English ones: the handout `own/second` and two
/// sessions have none, and the others say in different ways from which text they were made.
pub fn in_spanish() -> Sources {
    let mut sources = sources(EVERYTHING);
    let file = SourcePath::new("course/curriculum.yml");
    let named = sources.text(&file).unwrap().replace("language: en\n", "language: en\ntranslations: [ es ]\n");
    sources.texts.insert(file, named.into());
    for (file, text) in SPANISH {
        sources.texts.insert(SourcePath::new(file), (*text).into());
    }
    with_hill(sources)
}

/// The files in Spanish.
pub const SPANISH: &[(&str, &str)] = &[
    ("course/curriculum.es.yml", include_str!("../fixtures/spanish/course/curriculum.es.yml")),
    ("course/pages/about.es.md", include_str!("../fixtures/spanish/course/pages/about.es.md")),
    ("course/sessions/01-start.es.yml", include_str!("../fixtures/spanish/course/sessions/01-start.es.yml")),
    ("modules/shared/first.es.md", include_str!("../fixtures/spanish/modules/shared/first.es.md")),
    ("modules/shared/module.es.yml", include_str!("../fixtures/spanish/modules/shared/module.es.yml")),
];
