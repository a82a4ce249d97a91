//! What the sites that are there were made from. Where that is the same again, and the sites are as they were written, nothing needs
//! to be made.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use rayon::prelude::*;

use super::stage;

/// Holds two lines: the stamp of what the sites were made from, and that of the sites. It stands beside them, in neither.
pub const FILE: &str = ".copebook.made";

/// The stamp of a file: enough to see that someone has changed it. The same program gives the same one each time, and another makes
/// the sites anew.
pub fn stamp(bytes: &[u8]) -> u64 {
    ahash::RandomState::with_seeds(1, 2, 3, 4).hash_one(bytes)
}

/// The stamp of all files with their names.
pub fn of_all<'f>(files: impl Iterator<Item = (&'f str, u64)>) -> String {
    let mut hasher = blake3::Hasher::new();
    for (name, stamp) in files {
        hasher.update(name.as_bytes()).update(&[0]).update(&stamp.to_le_bytes());
    }
    hasher.finalize().to_hex().to_string()
}

/// Whether the sites were made from this, and every file is as it was written then.
#[expect(clippy::disallowed_methods, reason = "what was written is compared with what was noted of it")]
pub fn is_same(out: &Path, made_from: &str, files: &[&str]) -> bool {
    let Ok(noted) = fs::read_to_string(out.join(FILE)) else { return false };
    let Some((inputs, outputs)) = noted.trim_end().split_once('\n') else { return false };
    if inputs != made_from {
        return false;
    }
    let stamp_of = |file: &&str| {
        let path = out.join(file);
        let is_file = fs::symlink_metadata(&path).is_ok_and(|found| found.is_file());
        is_file.then(|| fs::read(&path).ok().map(|bytes| stamp(&bytes))).flatten()
    };
    let stamps: Option<Vec<_>> = files.par_iter().map(stamp_of).collect();
    stamps.is_some_and(|stamps| of_all(files.iter().copied().zip(stamps)) == outputs)
}

/// Notes what sites were made from, and how they came out.
pub fn note(out: &Path, made_from: &str, files: &BTreeMap<String, super::Put>) -> anyhow::Result<()> {
    let outputs = of_all(files.iter().map(|(name, put)| (name.as_str(), put.stamp)));
    stage::write_file(&out.join(FILE), format!("{made_from}\n{outputs}\n").as_bytes())
}
