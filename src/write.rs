//! From bytes to a folder: the only place that writes.
//!
//! It touches only what differs, removes only what an earlier build of its own wrote, and refuses a folder that is not its own.
//! A site is made beside its place and takes it in one step (`stage`), so that it is never half an old and half a new one.

mod made;
mod stage;

pub mod authors;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use anyhow::{Context as _, bail};

use crate::source::MANIFEST;

pub use made::stamp as stamp_of;

const LOCK: &str = ".copebook.lock";
/// What an error says that comes before the sites change.
const UNCHANGED: &str = "nothing was written, and the sites are as they were";

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

/// Sites that are being written. Each file is handed over as soon as it is made, by any thread; what is unlike the one that is
/// there goes beside it. The sites change when all is there, in `finish`; what is given up before that leaves nothing behind.
pub struct Writing {
    out: PathBuf,
    /// Held as long as this run writes.
    _lock: File,
    /// The files that an earlier build wrote; nothing where there was none.
    ours: Option<BTreeSet<String>>,
    /// Whether the folder was not there before.
    is_new: bool,
    /// The files that were handed over.
    files: Mutex<BTreeMap<String, Put>>,
    stage: stage::Stage,
    is_over: bool,
}

/// A file that was handed over.
pub(in crate::write) struct Put {
    /// Whether it was there already with the same bytes.
    same: bool,
    stamp: u64,
}

impl Writing {
    /// Begins to write into a folder; refuses one that is not for sites. `sources` are the folders that the sites are made from.
    pub fn begin(out: &Path, sources: &[PathBuf]) -> anyhow::Result<Self> {
        refuse_risky(out, sources)?;
        let is_new = !out.exists();
        fs::create_dir_all(out).with_context(|| format!("cannot make the folder {}", out.display()))?;
        let lock = lock(out)?;
        let ours = manifest(out)?;
        if ours.is_none() {
            refuse_any(out)?;
        }
        // What a run that was stopped left behind.
        stage::clear(out)?;
        let stage = stage::Stage::new(out);
        Ok(Self { out: out.to_owned(), _lock: lock, ours, is_new, files: Mutex::default(), stage, is_over: false })
    }

    /// Takes a file, by its way from the folder; the first part of the way is its site's folder.
    pub fn put(&self, file: &str, bytes: &[u8]) -> anyhow::Result<()> {
        let is_ours = self.ours.as_ref().is_some_and(|ours| ours.contains(file));
        let same = is_ours && is_same(&self.out.join(file), bytes);
        let put = Put { same, stamp: made::stamp(bytes) };
        // Two languages of a site share their pictures: who comes second has nothing to do.
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        if files.insert(file.to_owned(), put).is_some() || same {
            return Ok(());
        }
        drop(files);
        self.stage.write(file, bytes).context(UNCHANGED)
    }

    /// The files of the sites that are there, where they were made from this and are as they were written: then they need not be
    /// made again. `made_from` is a stamp of all that they are made from.
    pub fn as_they_are(&self, made_from: &str) -> Option<&BTreeSet<String>> {
        let ours = self.ours.as_ref()?;
        let files: Vec<&str> = ours.iter().map(String::as_str).collect();
        made::is_same(&self.out, made_from, &files).then_some(ours)
    }

    /// Puts the sites in their places, and notes what they were made from, where a stamp of that is given.
    pub fn finish(mut self, made_from: Option<&str>) -> anyhow::Result<Written> {
        let files = std::mem::take(&mut *self.files.lock().unwrap_or_else(PoisonError::into_inner));
        let out = self.out.as_path();
        if let Some(ours) = &self.ours {
            refuse_foreign(out, &files, ours)?;
        }
        let ours = self.ours.take().unwrap_or_default();
        let gone: BTreeSet<&str> = ours.iter().map(String::as_str).filter(|file| !files.contains_key(*file)).collect();
        let changed: BTreeSet<&str> = files.iter().filter(|(_, put)| !put.same).map(|(file, _)| file.as_str()).collect();
        let there = gone.iter().filter(|file| fs::symlink_metadata(out.join(file)).is_ok()).count();
        let done = Written { written: changed.len(), unchanged: files.len() - changed.len(), removed: there };
        let note = || made_from.map_or(Ok(()), |made_from| made::note(out, made_from, &files));
        if changed.is_empty() && gone.is_empty() {
            note()?;
            self.is_over = true;
            return Ok(done);
        }
        // The list is written first and names the old and the new: whatever happens after, nothing of ours becomes foreign.
        write_manifest(out, &ours.iter().map(String::as_str).chain(files.keys().map(String::as_str)).collect())?;
        self.is_new = false;
        let sites: BTreeSet<&str> = changed.iter().chain(&gone).filter_map(|file| file.split('/').next()).collect();
        sites.iter().try_for_each(|site| self.stage.complete(site, &changed, &gone)).context(UNCHANGED)?;
        stage::swap_all(out, &sites)?;
        self.is_over = true;
        stage::clear(out)?;
        write_manifest(out, &files.keys().map(String::as_str).collect())?;
        note()?;
        Ok(done)
    }
}

impl Drop for Writing {
    /// Takes away what was begun. Where that fails, the next run does it.
    fn drop(&mut self) {
        if !self.is_over {
            let _ = stage::clear(&self.out);
            if self.is_new {
                let _ = fs::remove_file(self.out.join(LOCK)).and_then(|()| fs::remove_dir(&self.out));
            }
        }
    }
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

/// Refuses a folder in which something is, though no build has written there.
fn refuse_any(out: &Path) -> anyhow::Result<()> {
    let foreign = fs::read_dir(out)?.filter_map(Result::ok).find(|entry| entry.file_name() != LOCK);
    if let Some(entry) = foreign {
        bail!(
            "the folder {} has files that copebook did not write ({}), so nothing is written there; choose an empty folder with --out",
            out.display(),
            entry.file_name().to_string_lossy()
        );
    }
    Ok(())
}

/// Refuses to write over files that copebook did not write.
fn refuse_foreign(out: &Path, files: &BTreeMap<String, Put>, ours: &BTreeSet<String>) -> anyhow::Result<()> {
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
