//! Sees when something changes in the folders that the sites are made from.
//!
//! Folders are watched, not files: editors save by putting a new file in the place of the old one.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvError, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use notify::event::ModifyKind;
use notify::{Event, EventKind, RecursiveMode, Watcher};
use walkdir::WalkDir;

use crate::read;

/// How long it must be quiet before a change is looked at. An editor's own steps of one save lie closer together.
const QUIET: Duration = Duration::from_millis(5);
/// How long quiet is waited for.
const MOST_WAITING: Duration = Duration::from_millis(500);
/// How often folders are looked at where the system tells no changes.
const EACH: Duration = Duration::from_secs(1);

/// The folders to watch.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Wanted {
    /// With all that is in them.
    pub whole: BTreeSet<PathBuf>,
    /// Only what comes and goes in the folder itself.
    pub alone: BTreeSet<PathBuf>,
}

/// Watches folders.
pub struct Watching {
    /// None where the folders are looked at instead.
    watcher: Option<Box<dyn Watcher + Send>>,
    /// What was there when the folders were last looked at.
    seen: Look,
    news: Receiver<()>,
    ears: Ears,
}

/// The entries of all watched folders, with their sizes and times.
type Look = Vec<(PathBuf, u64, Option<SystemTime>)>;

/// What the watcher calls when it sees something.
#[derive(Clone)]
struct Ears {
    tell: SyncSender<()>,
    watched: Arc<Mutex<BTreeSet<PathBuf>>>,
    /// Set when a watched folder has gone or come: what stands at its place now is another.
    has_moved: Arc<AtomicBool>,
}

impl Ears {
    fn hear(&self, event: notify::Result<Event>) {
        let Ok(event) = event else {
            self.has_moved.store(true, Ordering::Relaxed);
            let _ = self.tell.try_send(());
            return;
        };
        if matches!(event.kind, EventKind::Access(_)) || (!event.need_rescan() && event.paths.iter().all(|path| is_litter(path))) {
            return;
        }
        let may_move = matches!(event.kind, EventKind::Remove(_) | EventKind::Create(_) | EventKind::Modify(ModifyKind::Name(_)));
        if event.need_rescan() || may_move && event.paths.iter().any(|path| self.watched().contains(path)) {
            self.has_moved.store(true, Ordering::Relaxed);
        }
        // One sign waiting is enough.
        let _ = self.tell.try_send(());
    }

    fn watched(&self) -> std::sync::MutexGuard<'_, BTreeSet<PathBuf>> {
        self.watched.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether a file is one that no author wrote: hidden ones, and what editors leave behind while they save.
fn is_litter(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    read::is_litter(&name) || name == "4913" || name.ends_with(".tmp") || name.ends_with(".copebook-new")
}

impl Watching {
    /// Watches nothing yet. `poll` looks at the folders every second instead of being told by the system.
    pub fn new(poll: bool) -> Self {
        let (tell, news) = sync_channel(1);
        let ears = Ears { tell, watched: Arc::default(), has_moved: Arc::default() };
        let own = ears.clone();
        let watcher = if poll { None } else { notify::recommended_watcher(move |event| own.hear(event)).ok() };
        Self { watcher: watcher.map(|watcher| Box::new(watcher) as _), seen: Look::new(), news, ears }
    }

    /// Whether folders are looked at every second.
    pub fn is_polling(&self) -> bool {
        self.watcher.is_none()
    }

    /// Watches these folders and no others. Says whether one is watched that was not before: what happened in it until now has
    /// not been told.
    pub fn follow(&mut self, wanted: &Wanted) -> bool {
        let folders = folders(wanted);
        if self.ears.has_moved.swap(false, Ordering::Relaxed) {
            self.leave(&BTreeSet::new());
        }
        self.leave(&folders);
        let new: Vec<PathBuf> = folders.difference(&self.ears.watched()).cloned().collect();
        if new.is_empty() {
            return false;
        }
        if self.add(&new).is_err() {
            // The system watches only so many folders.
            self.watcher = None;
        }
        if self.is_polling() {
            *self.ears.watched() = folders;
            self.seen = self.look();
        }
        true
    }

    /// Stops watching all but these.
    fn leave(&mut self, kept: &BTreeSet<PathBuf>) {
        let mut watched = self.ears.watched();
        let gone: Vec<PathBuf> = watched.difference(kept).cloned().collect();
        watched.retain(|folder| kept.contains(folder));
        drop(watched);
        if let Some(watcher) = self.watcher.as_mut().filter(|_| !gone.is_empty()) {
            let mut paths = watcher.paths_mut();
            for folder in &gone {
                // One that is no longer there is not watched any more in any case.
                let _ = paths.remove(folder);
            }
            let _ = paths.commit();
        }
    }

    fn add(&mut self, folders: &[PathBuf]) -> notify::Result<()> {
        let Some(watcher) = self.watcher.as_mut() else { return Ok(()) };
        let mut paths = watcher.paths_mut();
        for folder in folders {
            match paths.add(folder, RecursiveMode::NonRecursive) {
                Ok(()) => {
                    self.ears.watched().insert(folder.clone());
                }
                // It has gone since it was found; the folder around it tells when it is back.
                Err(_) if !folder.is_dir() => {}
                Err(error) => return Err(error),
            }
        }
        paths.commit()
    }

    /// What is in the watched folders now.
    fn look(&self) -> Look {
        let folders = self.ears.watched().clone();
        let entries = folders.iter().filter_map(|folder| folder.read_dir().ok()).flatten().filter_map(Result::ok);
        let entries = entries.filter(|entry| !is_litter(Path::new(&entry.file_name())));
        // A folder's own time changes with all litter in it.
        let seen = entries.filter_map(|entry| {
            let found = entry.metadata().ok()?;
            Some(if found.is_dir() { (entry.path(), 0, None) } else { (entry.path(), found.len(), found.modified().ok()) })
        });
        let mut look: Look = seen.collect();
        look.sort();
        look
    }

    /// Whether something changes within this time. Gives an error when nothing will ever be told any more.
    fn hear(&mut self, time: Option<Duration>) -> Result<bool, RecvError> {
        if !self.is_polling() {
            let Some(time) = time else { return self.news.recv().map(|()| true) };
            return match self.news.recv_timeout(time) {
                Ok(()) => Ok(true),
                Err(RecvTimeoutError::Timeout) => Ok(false),
                Err(RecvTimeoutError::Disconnected) => Err(RecvError),
            };
        }
        loop {
            std::thread::sleep(time.unwrap_or(EACH));
            let now = self.look();
            if now != self.seen {
                self.seen = now;
                return Ok(true);
            }
            if time.is_some() {
                return Ok(false);
            }
        }
    }

    /// Waits until something has changed and it is quiet again. Gives `false` when nothing will ever change.
    pub fn wait(&mut self) -> bool {
        self.hear(None).is_ok() && {
            self.settle();
            true
        }
    }

    /// Whether something changes within this time; when it does, waits until it is quiet again.
    pub fn changes_within(&mut self, time: Duration) -> bool {
        self.hear(Some(time)) == Ok(true) && {
            self.settle();
            true
        }
    }

    fn settle(&mut self) {
        let start = Instant::now();
        while start.elapsed() < MOST_WAITING && self.hear(Some(QUIET)) == Ok(true) {}
    }
}

/// Each folder that is to be watched. In place of one that is not there stands the nearest around it, to see it come.
fn folders(wanted: &Wanted) -> BTreeSet<PathBuf> {
    let mut folders = BTreeSet::new();
    let nearest = |path: &Path| {
        let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
        let found = path.ancestors().find(|path| path.is_dir()).filter(|found| !found.as_os_str().is_empty());
        found.unwrap_or(Path::new(".")).to_owned()
    };
    for folder in &wanted.whole {
        let found = nearest(folder);
        if found != *folder && !folder.as_os_str().is_empty() {
            folders.insert(found);
            continue;
        }
        let walk = WalkDir::new(&found).into_iter().filter_entry(|entry| entry.file_type().is_dir() && (entry.depth() == 0 || !read::is_passed_over(entry)));
        folders.extend(walk.filter_map(Result::ok).map(walkdir::DirEntry::into_path));
    }
    folders.extend(wanted.alone.iter().map(|folder| nearest(folder)));
    // Some systems name a folder by its whole way when they tell of it.
    folders.into_iter().filter_map(|folder| std::path::absolute(folder).ok()).collect()
}
