//! Files and folders that an author may not open or change, and files that change or vanish while they are read: each is told in
//! plain words, and the last good sites stay. The numbers are those of docs/attacks.md.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice, reason = "a test fails by a panic")]

mod support;

use std::fs::{Permissions, set_permissions};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use support::Folder;

/// The number of the user that has no rights.
const NOBODY: u32 = 65534;

/// A course, and copebook run by someone whom the system can refuse: for root there are no closed doors.
struct Author {
    folder: Folder,
    is_root: bool,
}

impl Author {
    /// None where the tests run as root and the system has no way to run a program as someone else.
    fn new() -> Option<Self> {
        let folder = Folder::everything();
        let is_root = std::fs::metadata(&folder.path).unwrap().uid() == 0;
        let author = Self { folder, is_root };
        if is_root {
            if Command::new("setpriv").arg("--version").output().is_err() {
                return None;
            }
            // The folder that the program was made in may be closed to others.
            let program = author.folder.path.join("copebook");
            std::fs::hard_link(env!("CARGO_BIN_EXE_copebook"), &program)
                .or_else(|_| std::fs::copy(env!("CARGO_BIN_EXE_copebook"), &program).map(|_| ()))
                .unwrap();
            author.is_anyones(".");
        }
        Some(author)
    }

    /// Gives all that is there to the author, save the program.
    fn is_anyones(&self, path: &str) {
        for entry in walkdir::WalkDir::new(self.folder.path.join(path)).into_iter().map(Result::unwrap) {
            if self.is_root && entry.file_name() != "copebook" {
                chown(entry.path(), Some(NOBODY), Some(NOBODY)).unwrap();
            }
        }
    }

    /// Runs copebook: its exit code, and what it says.
    fn run(&self, arguments: &[&str]) -> (Option<i32>, String) {
        let mut command = if self.is_root { Command::new("setpriv") } else { Command::new(env!("CARGO_BIN_EXE_copebook")) };
        if self.is_root {
            command.args([&format!("--reuid={NOBODY}"), &format!("--regid={NOBODY}"), "--clear-groups", "./copebook"]);
        }
        let output = command.args(arguments).current_dir(&self.folder.path).output().unwrap();
        let text = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(!text.contains("panicked") && !text.contains("os error") && !text.contains("IO error"), "{text}");
        (output.status.code(), text)
    }

    /// What a run says while a file or folder has other rights.
    fn with_rights(&self, path: &str, rights: u32, arguments: &[&str]) -> (Option<i32>, String) {
        let path = self.folder.path.join(path);
        let before = std::fs::metadata(&path).unwrap().permissions();
        set_permissions(&path, Permissions::from_mode(rights)).unwrap();
        let said = self.run(arguments);
        set_permissions(&path, before).unwrap();
        said
    }
}

#[test]
fn a080_what_may_not_be_opened_is_told_with_all_else() {
    // Without `setpriv`, root has nobody to be: other computers try this.
    let Some(author) = Author::new() else { return };
    assert_eq!(author.run(&["build", "course"]).0, Some(0));
    let site = author.folder.files("site");
    author.folder.put("course/sessions/02-next.yml", "titel: The next one\nagenda: [ { title: T } ]\n");
    author.is_anyones("course");
    for (path, told) in [
        ("course/pages/about.md", "about.md may not be opened by you"),
        ("course/assets/hill.svg", "hill.svg may not be opened by you"),
        ("course/modules/own", "the folder own may not be opened by you, so nothing in it is read"),
        ("modules/shared", "the folder shared may not be opened by you, so nothing in it is read"),
        ("modules", "the folder shared may not be opened by you, so nothing in it is read"),
        ("modules/shared/module.yml", "module.yml may not be opened by you"),
    ] {
        let (code, text) = author.with_rights(path, 0, &["build", "course"]);
        assert_eq!(code, Some(1), "{path}: {text}");
        assert!(text.contains(told) && text.contains("ask whoever owns the f"), "{path}: {text}");
        assert!(text.contains("`titel`"), "{path} hides the other mistakes: {text}");
        assert!(!text.contains("there is no module"), "{path}: {text}");
        assert!(author.folder.files("site") == site, "{path}: the last good sites are gone");
    }
    let (code, text) = author.with_rights("course/curriculum.yml", 0, &["check", "course"]);
    assert_eq!((code, text.contains("curriculum.yml may not be opened by you")), (Some(1), true), "{text}");
    let (code, text) = author.with_rights("course/sessions", 0, &["check", "course"]);
    assert_eq!((code, text.contains("the folder sessions may not be opened by you")), (Some(1), true), "{text}");
    let (code, text) = author.with_rights("course", 0, &["check", "course"]);
    assert_eq!((code, text.contains("cannot look into the folder course: you may not open or change it; ask whoever owns it")), (Some(2), true), "{text}");
}

#[test]
fn a080_where_nothing_may_be_written_the_last_good_sites_stay() {
    let Some(author) = Author::new() else { return };
    assert_eq!(author.run(&["build", "course"]).0, Some(0));
    let site = author.folder.files("site");
    let course = author.folder.text("course/curriculum.yml").replacen("title: ", "title: Another ", 1);
    author.folder.put("course/curriculum.yml", course);
    author.is_anyones("course");
    let why = "you may not open or change it; ask whoever owns it, or choose another place";
    for (path, rights) in [("site", 0o555), ("site", 0), ("site/members", 0o555), ("site/facilitator", 0o555), ("site/.copebook.json", 0)] {
        let (code, text) = author.with_rights(path, rights, &["build", "course"]);
        assert_eq!((code, text.contains(why) && text.contains("site")), (Some(2), true), "{path}: {text}");
        let now = author.folder.files("site");
        let unlike: Vec<&String> = site.keys().chain(now.keys()).filter(|file| site.get(*file) != now.get(*file)).collect();
        assert!(unlike.is_empty(), "{path}: the last good sites are gone: {unlike:?} {text}");
    }
    // Places that are another's, or none at all.
    for (path, rights, arguments, told) in [
        (".", 0o555, ["build", "course", "--out", "fresh"], why),
        (".", 0o555, ["pack", "course", "--out", "fresh"], why),
        ("site", 0o755, ["build", "course", "--out", "course/curriculum.yml/site"], "a part of the way to it is a file and no folder"),
        ("site", 0o755, ["build", "course", "--out", "/dev/null/site"], "a part of the way to it is a file and no folder"),
        ("site", 0o755, ["build", "course", "--out", "/proc/site"], "cannot make the folder /proc/site"),
        ("site", 0o755, ["build", "course", "--out", "/sys/site"], "cannot make the folder /sys/site"),
    ] {
        if !cfg!(target_os = "linux") && arguments[3].starts_with('/') {
            continue;
        }
        let (code, text) = author.with_rights(path, rights, &arguments);
        assert_eq!((code, text.contains(told) && text.contains(arguments[3])), (Some(2), true), "{arguments:?}: {text}");
    }
    assert_eq!(author.run(&["build", "course"]).0, Some(0), "all doors are open again");
}

/// A page gives way to another and is taken away, again and again, while sites are built. Each site shows it as it
/// was at one moment, or a problem is told and the sites stay.
#[test]
fn a087_a_file_that_changes_or_vanishes_is_read_once_or_told() {
    let folder = Folder::everything();
    let page = |word: &str| format!("---\ntitle: About\n---\n{}\n", format!("Some {word} here.\n\n").repeat(400));
    let about = folder.path.join("course/pages/about.md");
    let put = |word: &str| {
        folder.put("course/new", page(word));
        std::fs::rename(folder.path.join("course/new"), &about).unwrap();
    };
    put("ONEWORD");
    let done = AtomicBool::new(false);
    let (mut built, mut told) = (0, 0);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::SeqCst) {
                put("ONEWORD");
                put("OTHERWORD");
                std::thread::sleep(Duration::from_millis(1));
                std::fs::remove_file(&about).unwrap();
                std::thread::sleep(Duration::from_millis(1));
            }
        });
        // What fails in here must not leave the other thread at work for ever.
        let tried = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            for _ in 0..10 {
                let run = folder.copebook(&["build", "course"]);
                let text = format!("{}{}", String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
                assert!(!text.contains("panicked") && !text.contains("os error"), "{text}");
                match run.status.code() {
                    Some(0) => {
                        built += 1;
                        let site = folder.files("site").into_values().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).collect::<String>();
                        assert!(site.contains("ONEWORD") != site.contains("OTHERWORD"), "a site shows the page as it was at two moments, or not at all");
                    }
                    Some(1) => {
                        told += 1;
                        let known = ["was gone before it could be read", "there is no page", "there is no file", "was being saved"];
                        assert!(known.iter().any(|words| text.contains(words)), "{text}");
                    }
                    code => panic!("{code:?}: {text}"),
                }
            }
        }));
        done.store(true, Ordering::SeqCst);
        tried.unwrap();
    });
    assert_eq!(built + told, 10);
    // When all is quiet again, all is well again.
    put("ONEWORD");
    assert_eq!(folder.copebook(&["build", "course"]).status.code(), Some(0));
}
