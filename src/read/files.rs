//! Files that were read before: the preview reads only those that have changed.
//!
//! A change may be missed by what the system tells of a file: the clocks of some file systems tick every two seconds, and two
//! savings in one tick look alike where the length is the same. So what was read is trusted only when the file had looked the same for longer
//! than a tick before it was read: any later change has another time. This asks nothing of the clock of this machine, whose day may
//! not be that of the disk.

use std::fs::Metadata;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::open::read_file;
use super::{LARGEST_PICTURE, LARGEST_TEXT, text, unfit_picture};
use crate::diagnostic::Diagnostic;
use crate::kept::Kept;
use crate::picture;
use crate::source::SourcePath;

/// Longer than any file system's clock stands still.
const TICK: Duration = Duration::from_secs(3);

/// What is kept of a file that was read.
#[derive(Clone)]
pub(super) enum Seen {
    Text(Arc<str>),
    Picture(Arc<[u8]>),
}

/// The files that were read before.
pub struct Files {
    kept: Kept<SourcePath, KeptFile>,
    tick: Duration,
}

#[derive(Clone)]
struct KeptFile {
    looks: Option<Looks>,
    /// When it was first seen to look so.
    since: Instant,
    /// Whether it cannot change any more without looking different.
    is_settled: bool,
    seen: Seen,
}

/// What the system tells of a file, which is something else after each change that comes a tick later.
#[derive(Clone, PartialEq, Eq)]
struct Looks([u64; 2], [i64; 4], u64);

impl Looks {
    /// Nothing where the system has no time that a program cannot set back: such a file is read each time.
    #[cfg(unix)]
    #[expect(clippy::unnecessary_wraps, reason = "other systems have none")]
    fn of(found: &Metadata) -> Option<Self> {
        use std::os::unix::fs::MetadataExt as _;
        let times = [found.mtime(), found.mtime_nsec(), found.ctime(), found.ctime_nsec()];
        Some(Self([found.dev(), found.ino()], times, found.len()))
    }

    #[cfg(not(unix))]
    fn of(_: &Metadata) -> Option<Self> {
        None
    }
}

impl Default for Files {
    fn default() -> Self {
        Self { kept: Kept::default(), tick: TICK }
    }
}

impl Files {
    /// Files that are kept in mind. By default each is read whenever it is asked for.
    pub fn keeping() -> Self {
        Self { kept: Kept::keeping(), ..Self::default() }
    }

    /// Begins to look at all folders again.
    pub fn next_round(&self) {
        self.kept.next_round();
    }

    /// What is in a text or a picture.
    pub(super) fn see(&self, path: &SourcePath, on_disk: &Path, is_text: bool) -> Result<Seen, Diagnostic> {
        let known = self.kept.get(path);
        if let Some(known) = known.as_ref().filter(|known| known.is_settled)
            && let Ok(found) = on_disk.symlink_metadata()
            && known.looks == Looks::of(&found)
        {
            return Ok(known.seen.clone());
        }
        let start = Instant::now();
        let largest = if is_text { LARGEST_TEXT } else { LARGEST_PICTURE };
        let (bytes, found) = read_file(on_disk, largest).map_err(|unopened| unopened.diagnostic(path, is_text))?;
        let seen = if is_text {
            Seen::Text(text(path, &bytes)?.into())
        } else {
            Seen::Picture(picture::clean(&bytes).map_err(|unfit| unfit_picture(path, &unfit))?.into())
        };
        let looks = Looks::of(&found);
        let since = known.filter(|known| known.looks == looks).map_or_else(Instant::now, |known| known.since);
        let is_settled = looks.is_some() && start.saturating_duration_since(since) >= self.tick;
        self.kept.put(path.clone(), KeptFile { looks, since, is_settled, seen: seen.clone() });
        Ok(seen)
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::fs::File;
    use std::io::Write as _;

    use super::*;

    /// A file that is looked at again and again.
    struct Watched {
        _folder: tempfile::TempDir,
        file: std::path::PathBuf,
        files: Files,
    }

    impl Watched {
        fn new(tick: Duration) -> Self {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("page.md");
            Self { file, _folder: folder, files: Files { tick, ..Files::keeping() } }
        }

        /// Writes into the file that is there, as some editors do.
        fn write(&self, text: &str) {
            File::create(&self.file).unwrap().write_all(text.as_bytes()).unwrap();
        }

        fn see(&self) -> Result<Arc<str>, Diagnostic> {
            self.files.next_round();
            match self.files.see(&SourcePath::new("page.md"), &self.file, true)? {
                Seen::Text(text) => Ok(text),
                Seen::Picture(_) => panic!("it is a text"),
            }
        }
    }

    const SHORT: Duration = Duration::from_millis(30);

    #[test]
    fn two_savings_of_the_same_length_in_one_tick_are_seen() {
        let watched = Watched::new(TICK);
        for n in 0..2000 {
            let text = format!("{n:04}");
            watched.write(&text);
            assert_eq!(&*watched.see().unwrap(), text);
        }
    }

    #[test]
    fn a_file_that_has_settled_is_not_read_again() {
        let watched = Watched::new(SHORT);
        watched.write("one");
        let first = watched.see().unwrap();
        assert!(!Arc::ptr_eq(&first, &watched.see().unwrap()), "it may have changed in the same tick");
        std::thread::sleep(SHORT);
        let settled = watched.see().unwrap();
        assert!(Arc::ptr_eq(&settled, &watched.see().unwrap()));
    }

    #[test]
    fn every_change_of_a_file_that_has_settled_is_seen() {
        let watched = Watched::new(SHORT);
        let settle = || {
            watched.see().unwrap();
            std::thread::sleep(SHORT);
            watched.see().unwrap();
        };
        watched.write("one");
        settle();
        watched.write("two");
        assert_eq!(&*watched.see().unwrap(), "two", "written in place");
        settle();
        let was = std::fs::metadata(&watched.file).unwrap().modified().unwrap();
        watched.write("six");
        File::options().append(true).open(&watched.file).unwrap().set_modified(was).unwrap();
        assert_eq!(&*watched.see().unwrap(), "six", "its time was set back");
        settle();
        let other = watched.file.with_extension("new");
        File::create(&other).unwrap().write_all(b"ten").unwrap();
        File::options().append(true).open(&other).unwrap().set_modified(was).unwrap();
        rename(&other, &watched.file);
        assert_eq!(&*watched.see().unwrap(), "ten", "another file in its place");
        settle();
        let moved = watched.file.with_extension("old");
        rename(&watched.file, &moved);
        assert!(watched.see().is_err(), "gone");
        std::os::unix::fs::symlink(&moved, &watched.file).unwrap();
        assert!(watched.see().is_err(), "a link to the same file");
        rename(&moved, &watched.file);
        assert_eq!(&*watched.see().unwrap(), "ten", "back again");
        settle();
        watched.write("\u{feff}b\u{0}");
        assert!(watched.see().is_err(), "no text any more");
    }

    fn rename(from: &Path, to: &Path) {
        std::fs::rename(from, to).unwrap();
    }
}
