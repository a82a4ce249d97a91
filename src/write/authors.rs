//! Writes into an author's folder: new files, never over one that is there, and a small change in a list.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

/// What computers put into folders by themselves; a folder with nothing else is empty.
const LITTER: [&str; 4] = [".DS_Store", "Thumbs.db", "desktop.ini", ".git"];

/// An error of the disk in plain words; what the system says goes with those that have none.
fn plain(error: std::io::Error, what: String) -> anyhow::Error {
    match error.kind() {
        ErrorKind::PermissionDenied => anyhow::anyhow!("{what}: you may not write there"),
        ErrorKind::StorageFull => anyhow::anyhow!("{what}: the disk is full"),
        ErrorKind::ReadOnlyFilesystem => anyhow::anyhow!("{what}: nothing can be written on that disk"),
        ErrorKind::NotADirectory => anyhow::anyhow!("{what}: a part of the way to it is a file and no folder"),
        _ => anyhow::Error::new(error).context(what),
    }
}

/// Refuses a place for a new curriculum: one where something is already, or that lies inside another curriculum.
pub fn refuse_taken(folder: &Path) -> anyhow::Result<()> {
    refuse_full(folder)?;
    let whole = std::path::absolute(folder)?;
    if let Some(around) = whole.ancestors().skip(1).find(|around| around.join("curriculum.yml").is_file()) {
        bail!("{} lies inside the curriculum {}, and one cannot hold another; make it beside that folder", folder.display(), around.display());
    }
    Ok(())
}

/// Refuses a folder to be made where something is already.
pub fn refuse_full(folder: &Path) -> anyhow::Result<()> {
    let shown = folder.display();
    if folder.as_os_str().is_empty() {
        bail!("the folder needs a name");
    }
    match fs::symlink_metadata(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(plain(error, format!("cannot look at {shown}"))),
        Ok(_) if !folder.is_dir() => bail!("{shown} is not a folder, so nothing was written there; choose another name"),
        Ok(_) => {
            let entries = fs::read_dir(folder).with_context(|| format!("cannot look into the folder {shown}"))?;
            let found = entries.filter_map(Result::ok).find(|entry| !LITTER.iter().any(|name| entry.file_name() == *name));
            if let Some(entry) = found {
                bail!("the folder {shown} is not empty ({} is in it), so nothing was written; choose another name", entry.file_name().to_string_lossy());
            }
        }
    }
    Ok(())
}

/// Writes new files, all or none of them.
pub fn create<T: AsRef<[u8]>>(files: &BTreeMap<PathBuf, T>) -> anyhow::Result<()> {
    let mut made = Vec::new();
    let written = files.iter().try_for_each(|(path, text)| create_one(path, text.as_ref(), &mut made));
    if written.is_err() {
        // Only what was made just now is taken away, the last first; a folder with anything else in it stays.
        for path in made.iter().rev() {
            let _ = if path.is_dir() { fs::remove_dir(path) } else { fs::remove_file(path) };
        }
    }
    written
}

fn create_one(path: &Path, text: &[u8], made: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    let missing: Vec<&Path> = path.ancestors().skip(1).take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists()).collect();
    for folder in missing.into_iter().rev() {
        fs::create_dir(folder).map_err(|error| plain(error, format!("cannot make the folder {}, so nothing was written", folder.display())))?;
        made.push(folder.to_owned());
    }
    let mut file = match File::options().write(true).create_new(true).open(path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => bail!("{} is there already, and nothing is written over it", path.display()),
        opened => opened.map_err(|error| plain(error, format!("cannot make {}, so nothing was written", path.display())))?,
    };
    made.push(path.to_owned());
    file.write_all(text).map_err(|error| plain(error, format!("cannot write {}, so nothing was written", path.display())))
}

/// Changes a file that reads `before`; one that was changed in the meantime is left alone.
#[expect(clippy::disallowed_methods, reason = "this file compares before it writes")]
pub fn change(path: &Path, before: &str, after: &str) -> anyhow::Result<()> {
    let failed = |error| plain(error, format!("cannot change {}", path.display()));
    if fs::read_to_string(path).map_err(failed)? != before {
        bail!("{} was changed by someone else just now, so it was left alone", path.display());
    }
    let rights = fs::metadata(path).map_err(failed)?.permissions();
    if rights.readonly() {
        bail!("{} may not be changed", path.display());
    }
    let mut beside = path.as_os_str().to_owned();
    beside.push(".copebook-new");
    let beside = PathBuf::from(beside);
    let mut file = File::options().write(true).create_new(true).open(&beside).map_err(failed)?;
    let written = file.write_all(after.as_bytes()).and_then(|()| fs::set_permissions(&beside, rights)).and_then(|()| fs::rename(&beside, path));
    if written.is_err() {
        let _ = fs::remove_file(&beside);
    }
    written.map_err(failed)
}

/// Writes a file that copebook makes itself, and may make anew.
#[expect(clippy::disallowed_methods, reason = "this file compares before it writes")]
pub fn made_anew(path: &Path, text: &str) -> anyhow::Result<()> {
    if fs::read_to_string(path).is_ok_and(|found| found == text) {
        return Ok(());
    }
    let failed = |error| plain(error, format!("cannot write {}", path.display()));
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    fs::write(path, text).map_err(failed)
}
