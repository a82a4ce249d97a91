//! A site is made whole beside the one that is there, and then takes its place in one step.

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use anyhow::{Context as _, bail};
use walkdir::WalkDir;

/// Where a site is made, in the output folder: on the same disk, so that it can change places with the old one.
const STAGE: &str = ".copebook-new";

/// The place beside the sites where new ones are made.
pub struct Stage {
    out: PathBuf,
    /// The folders that have been made there.
    folders: Mutex<HashSet<PathBuf>>,
}

impl Stage {
    /// The stage of an output folder.
    pub fn new(out: &Path) -> Self {
        Self { out: out.to_owned(), folders: Mutex::default() }
    }

    /// Writes a file of a new site.
    pub fn write(&self, file: &str, bytes: &[u8]) -> anyhow::Result<()> {
        let path = self.out.join(STAGE).join(file);
        self.make_folder_of(&path)?;
        write_file(&path, bytes)
    }

    fn make_folder_of(&self, path: &Path) -> anyhow::Result<()> {
        let Some(folder) = path.parent() else { return Ok(()) };
        // Another thread may need the folder as soon as it stands in the list, so it is made before.
        let mut made = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        if !made.contains(folder) {
            make_folder(folder)?;
            made.insert(folder.to_owned());
        }
        Ok(())
    }

    /// Completes a site: to what has been written comes all else that is there, as the same files, so that they keep their dates.
    /// Files that copebook did not write go along. `gone` is left out.
    pub fn complete(&self, site: &str, changed: &BTreeSet<&str>, gone: &BTreeSet<&str>) -> anyhow::Result<()> {
        let (old, new) = (self.out.join(site), self.out.join(STAGE).join(site));
        make_folder(&new)?;
        if old.is_dir() {
            self.keep(&old, changed, gone)?;
            fs::set_permissions(&new, fs::metadata(&old)?.permissions()).with_context(|| format!("cannot write {}", new.display()))?;
        }
        Ok(())
    }

    /// Takes along what stays as it is.
    fn keep(&self, old: &Path, changed: &BTreeSet<&str>, gone: &BTreeSet<&str>) -> anyhow::Result<()> {
        let out = self.out.as_path();
        for entry in WalkDir::new(old).min_depth(1).sort_by_file_name() {
            let entry = entry.with_context(|| format!("cannot look into the folder {}", old.display()))?;
            if entry.file_type().is_dir() {
                continue;
            }
            let inside = entry.path().strip_prefix(out).unwrap_or(entry.path());
            let name = inside.to_string_lossy().replace('\\', "/");
            if changed.contains(name.as_str()) || gone.contains(name.as_str()) {
                continue;
            }
            if !entry.file_type().is_file() {
                bail!("{} is a link to another place or the like; move it out of the site's folder", entry.path().display());
            }
            let path = out.join(STAGE).join(inside);
            self.make_folder_of(&path)?;
            same_file(entry.path(), &path).with_context(|| format!("cannot write {}", path.display()))?;
        }
        Ok(())
    }
}

/// A second name for a file; where a disk knows no such thing, a copy with the same date.
fn same_file(from: &Path, to: &Path) -> io::Result<()> {
    if fs::hard_link(from, to).is_ok() {
        return Ok(());
    }
    fs::copy(from, to)?;
    fs::File::options().write(true).open(to)?.set_modified(fs::metadata(from)?.modified()?)
}

/// Puts the sites that were made in the places of the old ones: all of them, or none.
pub fn swap_all(out: &Path, sites: &BTreeSet<&str>) -> anyhow::Result<()> {
    let mut done: Vec<&str> = Vec::new();
    for &site in sites {
        if let Err(error) = swap(out, site) {
            // Those that have changed places go back: a guide may not tell of handouts that are not there.
            done.iter().rev().try_for_each(|done| swap_back(out, done))?;
            return Err(error);
        }
        done.push(site);
    }
    Ok(())
}

/// Puts the old site back.
fn swap_back(out: &Path, site: &str) -> anyhow::Result<()> {
    let (there, new, aside) = (out.join(site), out.join(STAGE).join(site), aside(out, site));
    let context = || format!("cannot put {} back", there.display());
    if fs::symlink_metadata(&aside).is_ok() {
        fs::rename(&there, &new).and_then(|()| fs::rename(&aside, &there)).with_context(context)
    } else if fs::symlink_metadata(&new).is_ok() {
        if exchange(&new, &there) { Ok(()) } else { bail!("cannot put {} back", there.display()) }
    } else {
        fs::rename(&there, &new).with_context(context)
    }
}

/// Puts a site that was made in the place of the old one.
fn swap(out: &Path, site: &str) -> anyhow::Result<()> {
    let (old, new) = (out.join(site), out.join(STAGE).join(site));
    let context = || format!("cannot put the new site in its place, {}", old.display());
    if fs::symlink_metadata(&old).is_err() {
        return fs::rename(&new, &old).with_context(context);
    }
    if exchange(&new, &old) {
        return Ok(());
    }
    // Where two folders cannot change places in one step: in two, and back if the second fails.
    let aside = aside(out, site);
    fs::rename(&old, &aside).with_context(context)?;
    if let Err(error) = fs::rename(&new, &old) {
        fs::rename(&aside, &old).with_context(context)?;
        return Err(error).with_context(context);
    }
    Ok(())
}

/// Where the old site waits while the new one takes its place in two steps.
fn aside(out: &Path, site: &str) -> PathBuf {
    out.join(STAGE).join(format!("{site}.old"))
}

/// Lets two folders change places in one step, where the system can.
#[cfg(target_os = "linux")]
fn exchange(one: &Path, other: &Path) -> bool {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).is_ok()
}

#[cfg(not(target_os = "linux"))]
fn exchange(_: &Path, _: &Path) -> bool {
    false
}

/// Removes what is left beside the sites: the old ones, or what a run that was stopped had begun. A site that was stopped
/// between its two steps is put back first.
pub fn clear(out: &Path) -> anyhow::Result<()> {
    let stage = out.join(STAGE);
    match fs::symlink_metadata(&stage) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Ok(found) if !found.is_dir() => bail!("{} is in the way: copebook makes the new site in a folder of this name; move it elsewhere", stage.display()),
        _ => {}
    }
    let entries = fs::read_dir(&stage).with_context(|| format!("cannot look into the folder {}", stage.display()))?;
    for entry in entries.filter_map(Result::ok) {
        let name = entry.file_name();
        let site = name.to_str().and_then(|name| name.strip_suffix(".old")).map(|site| out.join(site));
        if let Some(site) = site.filter(|site| fs::symlink_metadata(site).is_err()) {
            fs::rename(entry.path(), &site).with_context(|| format!("cannot put {} back", site.display()))?;
        } else {
            let_change(&entry.path());
        }
    }
    fs::remove_dir_all(&stage).with_context(|| format!("cannot remove the folder {}", stage.display()))
}

/// A new site has the rights of the old one, even where those forbid to change what is in it. One that is given up must go.
#[cfg(unix)]
fn let_change(folder: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    // Where this fails, so does what comes next, and says why.
    let _ = fs::set_permissions(folder, fs::Permissions::from_mode(0o700));
}

#[cfg(not(unix))]
fn let_change(_: &Path) {}

fn make_folder(path: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(path).with_context(|| format!("cannot make the folder {}", path.display()))
}

/// Writes a file that is not there yet.
#[expect(clippy::disallowed_methods, reason = "this folder is the one that writes")]
pub fn write_file(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
}
