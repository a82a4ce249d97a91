//! A stamp of all that both sites are made from: where it is the same, so are they.

use std::path::PathBuf;

use rayon::prelude::*;

use super::gather::Gathered;
use super::themes::Themes;
use crate::cli::Build;
use crate::source::SourcePath;
use crate::theme::ThemeFiles;
use crate::write::stamp_of;

/// The stamp of a build. Nothing where it cannot be told, and the sites have to be made to see what comes.
pub(super) fn stamp(options: &Build, gathered: &Gathered) -> Option<String> {
    let themes = Themes::read(options.theme.as_deref(), &gathered.curricula).ok()?.value;
    let mut stamp = Stamp(blake3::Hasher::new());
    // Another copebook makes other pages of the same texts.
    stamp.add(&program()?);
    stamp.add(format!("{:?} {:?} {} {}", options.check.group, options.theme, options.check.strict, gathered.scope.listed).as_bytes());
    let sources = &gathered.scope.sources;
    // Paths are told from the first curriculum, so that a folder may move.
    let here = sources.curricula.first()?;
    let way = |path: &SourcePath| here.way_to(path);
    sources.curricula.iter().for_each(|folder| stamp.add(way(folder).as_bytes()));
    let texts = sources.texts.par_iter().map(|(path, text)| (way(path), stamp_of(text.as_bytes())));
    let pictures = sources.pictures.par_iter().map(|(path, bytes)| (way(path), stamp_of(bytes)));
    let files: Vec<(String, u64)> = texts.chain(pictures).collect();
    files.iter().for_each(|(way, of_file)| stamp.both(way, &of_file.to_le_bytes()));
    sources.unread.iter().for_each(|path| stamp.add(way(path).as_bytes()));
    for theme in themes.each.iter().chain([&themes.list]) {
        for layer in std::iter::successors(Some(theme), |theme: &&ThemeFiles| theme.parent.as_deref()) {
            stamp.add(layer.folder.as_ref().map(way).unwrap_or_default().as_bytes());
            layer.files.iter().for_each(|(path, bytes)| stamp.both(path, bytes));
        }
    }
    Some(stamp.0.finalize().to_hex().to_string())
}

struct Stamp(blake3::Hasher);

impl Stamp {
    /// Adds bytes with their length, so that no two rows of them are alike.
    fn add(&mut self, bytes: &[u8]) {
        self.0.update(&(bytes.len() as u64).to_le_bytes()).update(bytes);
    }

    fn both(&mut self, name: &str, bytes: &[u8]) {
        self.add(name.as_bytes());
        self.add(bytes);
    }
}

/// What this program is: its version, and when it was built.
fn program() -> Option<Vec<u8>> {
    let path: PathBuf = std::env::current_exe().ok()?;
    let found = std::fs::metadata(path).ok()?;
    Some(format!("{} {} {:?}", env!("CARGO_PKG_VERSION"), found.len(), found.modified().ok()?).into_bytes())
}
