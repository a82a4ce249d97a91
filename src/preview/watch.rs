//! Sees when something changes in the folders that the sites are made from.
//!
//! Folders are watched, not files: editors save by putting a new file in the place of the old one.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use notify::event::ModifyKind;
use notify::{Config, Event, EventKind, PollWatcher, RecursiveMode, Watcher};
use walkdir::WalkDir;

use crate::read;

/// How long it must be quiet before a change is looked at. An editor's own steps of one save lie closer together.
const QUIET: Duration = Duration::from_millis(25);
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
    watcher: Option<Box<dyn Watcher + Send>>,
    is_polling: bool,
    news: Receiver<()>,
    ears: Ears,
}

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
        let mut watching = Self { watcher: None, is_polling: poll, news, ears };
        watching.start();
        watching
    }

    /// Whether folders are looked at every second.
    pub fn is_polling(&self) -> bool {
        self.is_polling
    }

    fn start(&mut self) {
        self.watcher = None;
        self.ears.watched().clear();
        if !self.is_polling {
            let ears = self.ears.clone();
            match notify::recommended_watcher(move |event| ears.hear(event)) {
                Ok(watcher) => self.watcher = Some(Box::new(watcher)),
                Err(_) => self.is_polling = true,
            }
        }
        if self.is_polling {
            let ears = self.ears.clone();
            let config = Config::default().with_poll_interval(EACH).with_follow_symlinks(false);
            self.watcher = PollWatcher::new(move |event| ears.hear(event), config).ok().map(|watcher| Box::new(watcher) as _);
        }
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
        if self.add(&new).is_err() && !self.is_polling {
            // The system watches only so many folders.
            self.is_polling = true;
            self.start();
            let _ = self.add(&folders.into_iter().collect::<Vec<_>>());
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

    /// Waits until something has changed and it is quiet again. Gives `false` when nothing will ever change.
    pub fn wait(&self) -> bool {
        self.news.recv().is_ok() && {
            self.settle();
            true
        }
    }

    /// Whether something changes within this time; when it does, waits until it is quiet again.
    pub fn changes_within(&self, time: Duration) -> bool {
        self.news.recv_timeout(time).is_ok() && {
            self.settle();
            true
        }
    }

    fn settle(&self) {
        let start = Instant::now();
        while start.elapsed() < MOST_WAITING && self.news.recv_timeout(QUIET).is_ok() {}
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
