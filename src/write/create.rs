//! A new folder for an author: never over anything that is there.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;

use anyhow::{Context as _, bail};

/// Writes files into a folder that is not there yet, or that is empty; all of them, or none.
pub fn create(folder: &Path, files: &BTreeMap<String, Vec<u8>>) -> anyhow::Result<()> {
    let shown = folder.display();
    if folder.as_os_str().is_empty() {
        bail!("the folder needs a name, such as my-theme");
    }
    let was_there = fs::symlink_metadata(folder).is_ok();
    if was_there && !folder.is_dir() {
        bail!("{shown} is not a folder, so nothing was written there; choose another name");
    }
    if was_there && fs::read_dir(folder).with_context(|| format!("cannot look into the folder {shown}"))?.next().is_some() {
        bail!("the folder {shown} is not empty, so nothing was written there; choose another name");
    }
    let mut made = Vec::new();
    let written = files.iter().try_for_each(|(file, bytes)| {
        let path = folder.join(file);
        fs::create_dir_all(path.parent().unwrap_or(folder)).with_context(|| format!("cannot make the folder {shown}"))?;
        let mut new = File::options().write(true).create_new(true).open(&path).with_context(|| format!("cannot make {}", path.display()))?;
        made.push(path.clone());
        new.write_all(bytes).with_context(|| format!("cannot write {}", path.display()))
    });
    if written.is_err() {
        // What was made just now goes again; folders with anything else in them stay.
        for path in made.iter().rev() {
            let _ = fs::remove_file(path);
            for around in path.ancestors().skip(1).take_while(|around| around.starts_with(folder) && (*around != folder || !was_there)) {
                let _ = fs::remove_dir(around);
            }
        }
    }
    written
}
