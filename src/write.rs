//! From bytes to a folder: the only place that writes.
//!
//! It touches only what differs, removes only what an earlier build of its own wrote, and refuses a folder that is not its own.
//! A site is made beside its place and takes it in one step (`stage`), so that it is never half an old and half a new one.

mod stage;

pub mod authors;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context as _, bail};
use rayon::prelude::*;

use crate::source::MANIFEST;

const LOCK: &str = ".copebook.lock";

/// What writing did.
#[derive(Default, PartialEq, Eq, Debug)]
pub struct Written {
    /// Files that are new or differ.
    pub written: usize,
    /// Files that were left as they were.
    pub unchanged: usize,
    /// Files of an earlier build that are gone.
    pub removed: usize,
}

/// Writes the files of several sites, by their ways from `out`; the first part of each way is its site's folder. Each site
/// is there whole, the old one or the new one, at every moment. `sources` are the folders that the sites were made from.
pub fn write(out: &Path, files: &BTreeMap<String, &[u8]>, sources: &[PathBuf]) -> anyhow::Result<Written> {
    refuse_risky(out, sources)?;
    fs::create_dir_all(out).with_context(|| format!("cannot make the folder {}", out.display()))?;
    let _lock = lock(out)?;
    let ours = manifest(out)?;
    refuse_foreign(out, files, ours.as_ref())?;
    // What a run that was stopped left behind.
    stage::clear(out)?;
    let ours = ours.unwrap_or_default();
    let gone: BTreeSet<&str> = ours.iter().map(String::as_str).filter(|file| !files.contains_key(*file)).collect();
    let same: Vec<bool> = files.par_iter().map(|(file, bytes)| is_same(&out.join(file), bytes)).collect();
    let changed: BTreeMap<&str, &[u8]> = files.iter().zip(&same).filter(|(_, same)| !**same).map(|((file, bytes), _)| (file.as_str(), *bytes)).collect();
    let there = gone.iter().filter(|file| fs::symlink_metadata(out.join(file)).is_ok()).count();
    let done = Written { written: changed.len(), unchanged: files.len() - changed.len(), removed: there };
    if changed.is_empty() && gone.is_empty() {
        return Ok(done);
    }
    // The list is written first and names the old and the new: whatever happens after, nothing of ours becomes foreign.
    write_manifest(out, &ours.iter().map(String::as_str).chain(files.keys().map(String::as_str)).collect())?;
    let sites: BTreeSet<&str> = changed.keys().chain(&gone).filter_map(|file| file.split('/').next()).collect();
    if let Err(error) = sites.iter().try_for_each(|site| stage::make(out, site, &changed, &gone)) {
        // The reason matters more than what is left beside: the next run clears it.
        let _ = stage::clear(out);
        return Err(error.context("nothing was written, and the sites are as they were"));
    }
    sites.iter().try_for_each(|site| stage::swap(out, site))?;
    stage::clear(out)?;
    write_manifest(out, &files.keys().map(String::as_str).collect())?;
    Ok(done)
}

/// Refuses places where a site must never be written, whatever is in them.
fn refuse_risky(out: &Path, sources: &[PathBuf]) -> anyhow::Result<()> {
    if out.as_os_str().is_empty() {
        bail!("--out needs the name of a folder");
    }
    if fs::symlink_metadata(out).is_ok_and(|found| !found.is_dir()) {
        bail!("{} is not a folder, so no site is written there", out.display());
    }
    let target = absolute(out)?;
    if target.parent().is_none() || std::env::home_dir().is_some_and(|home| home == target) || target == absolute(Path::new("."))? {
        bail!("{} is not a place for a site; give it a folder of its own, such as --out site", out.display());
    }
    for source in sources {
        let source = absolute(source)?;
        if source.starts_with(&target) || target == source {
            bail!("{} holds the curriculum itself, so no site is written there; give it a folder of its own, such as --out site", out.display());
        }
    }
    Ok(())
}

/// Refuses to write over files that copebook did not write.
fn refuse_foreign(out: &Path, files: &BTreeMap<String, &[u8]>, ours: Option<&BTreeSet<String>>) -> anyhow::Result<()> {
    let Some(ours) = ours else {
        let foreign = fs::read_dir(out)?.filter_map(Result::ok).find(|entry| entry.file_name() != LOCK);
        if let Some(entry) = foreign {
            bail!(
                "the folder {} has files that copebook did not write ({}), so nothing is written there; choose an empty folder with --out",
                out.display(),
                entry.file_name().to_string_lossy()
            );
        }
        return Ok(());
    };
    if let Some(file) = files.keys().find(|file| !ours.contains(*file) && fs::symlink_metadata(out.join(file)).is_ok()) {
        bail!("{} was not written by copebook, so it is not written over; move it elsewhere", out.join(file).display());
    }
    for site in files.keys().filter_map(|file| file.split('/').next()) {
        if fs::symlink_metadata(out.join(site)).is_ok_and(|found| found.is_symlink()) {
            bail!("{} is a link to another place, so nothing is written there", out.join(site).display());
        }
    }
    Ok(())
}

/// Takes the folder for this run alone; two builds at once would mix their files.
fn lock(out: &Path) -> anyhow::Result<File> {
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(out.join(LOCK))
        .with_context(|| format!("cannot write into the folder {}", out.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => bail!("another copebook is writing into {}; wait until it has finished", out.display()),
        Err(fs::TryLockError::Error(error)) => Err(error).with_context(|| format!("cannot lock the folder {}", out.display())),
    }
}

#[expect(clippy::disallowed_methods, reason = "the list of written files is this file's own")]
fn manifest(out: &Path) -> anyhow::Result<Option<BTreeSet<String>>> {
    let path = out.join(MANIFEST);
    match fs::read_to_string(&path) {
        Ok(text) => {
            let files: BTreeSet<String> = serde_json::from_str(&text)
                .with_context(|| format!("{} cannot be read; delete the folder {} and build again", path.display(), out.display()))?;
            // A list that was changed by hand may not lead out of the folder.
            Ok(Some(files.into_iter().filter(|file| Path::new(file).components().all(|part| matches!(part, Component::Normal(_)))).collect()))
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
    }
}

fn write_manifest(out: &Path, files: &BTreeSet<&str>) -> anyhow::Result<()> {
    let text = serde_json::to_string_pretty(files)?;
    let path = out.join(MANIFEST);
    if is_same(&path, text.as_bytes()) {
        return Ok(());
    }
    let beside = out.join(format!("{MANIFEST}.new"));
    stage::write_file(&beside, text.as_bytes())?;
    fs::rename(&beside, &path).with_context(|| format!("cannot write {}", path.display()))
}

/// Whether a file has these bytes already.
#[expect(clippy::disallowed_methods, reason = "what was written is compared with what is to be written")]
fn is_same(path: &Path, bytes: &[u8]) -> bool {
    fs::symlink_metadata(path).is_ok_and(|found| found.is_file() && found.len() == bytes.len() as u64) && fs::read(path).is_ok_and(|found| found == bytes)
}

/// A path from the root, with links followed as far as it exists.
fn absolute(path: &Path) -> anyhow::Result<PathBuf> {
    let path = std::path::absolute(path)?;
    let mut existing = path.as_path();
    let mut rest = Vec::new();
    loop {
        if let Ok(found) = fs::canonicalize(existing) {
            return Ok(rest.into_iter().rev().fold(found, |path: PathBuf, name| path.join(name)));
        }
        match (existing.file_name(), existing.parent()) {
            (Some(name), Some(parent)) => {
                rest.push(name);
                existing = parent;
            }
            _ => return Ok(path),
        }
    }
}
