//! Faults while writing: whatever happens, each site is there whole, the old one or the new one, and the next build succeeds.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice, reason = "a test fails by a panic")]

mod support;

use std::collections::BTreeMap;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use support::Folder;

type Files = BTreeMap<String, Vec<u8>>;

/// A course, the same course with another word on every page, and what both make.
struct Two {
    folder: Folder,
    old: [Files; 2],
    new: [Files; 2],
}

/// The course with another title.
const OTHER: &str = "other/course";

const SITES: [&str; 2] = ["members", "facilitator"];

fn two() -> Two {
    let folder = Folder::everything();
    // Enough pages that a build can be stopped in the middle.
    for n in 0..60 {
        folder.put(&format!("course/pages/p{n}.md"), format!("---\ntitle: Page {n}\n---\nSome words.\n"));
    }
    let course = folder.text("course/curriculum.yml");
    let list: String = (0..60).map(|n| format!(", pages/p{n}.md")).collect();
    folder.put("course/curriculum.yml", course.replacen("pages/about.md ]", &format!("pages/about.md{list} ]"), 1));
    for part in ["course", "modules"] {
        for (file, bytes) in folder.files(part) {
            folder.put(&format!("other/{part}/{file}"), bytes);
        }
    }
    let course = folder.text("other/course/curriculum.yml");
    folder.put("other/course/curriculum.yml", course.replacen("title: ", "title: Another ", 1));
    let made = |course: &str, out: &str| {
        let built = folder.copebook(&["build", course, "--out", out]);
        assert_eq!(built.status.code(), Some(0), "{}{}", String::from_utf8_lossy(&built.stdout), String::from_utf8_lossy(&built.stderr));
        SITES.map(|site| folder.files(&format!("{out}/{site}")))
    };
    let (old, new) = (made("course", "old"), made(OTHER, "new"));
    assert!(old[0].len() > 60 && old[0] != new[0] && old[1] != new[1]);
    Two { folder, old, new }
}

impl Two {
    /// Which of the two a site is; it must be one of them.
    fn which(&self, site: usize) -> Option<&'static str> {
        let there = self.folder.files(&format!("site/{}", SITES[site]));
        if there == self.old[site] {
            Some("old")
        } else if there == self.new[site] {
            Some("new")
        } else {
            None
        }
    }

    fn build(&self, course: &str) {
        let built = self.folder.copebook(&["build", course]);
        assert_eq!(built.status.code(), Some(0), "{}", String::from_utf8_lossy(&built.stderr));
    }

    /// Nothing of a build that was stopped is left.
    fn assert_tidy(&self) {
        let left: Vec<String> =
            std::fs::read_dir(self.folder.path.join("site")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        assert!(left.iter().all(|name| [".copebook.json", ".copebook.lock", ".copebook.made", "members", "facilitator"].contains(&name.as_str())), "{left:?}");
    }
}

#[test]
fn a_build_that_is_killed_leaves_whole_sites() {
    let two = two();
    let begun = Instant::now();
    two.build("course");
    let takes = begun.elapsed();
    let mut stopped = 0;
    for round in 0..30_u32 {
        let course = if round % 2 == 0 { OTHER } else { "course" };
        let mut child = Command::new(env!("CARGO_BIN_EXE_copebook"))
            .args(["build", course])
            .current_dir(&two.folder.path)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // Most of the writing is at the end.
        std::thread::sleep(takes.mul_f64(0.3 + 0.8 * f64::from(round) / 30.0));
        stopped += u32::from(child.try_wait().unwrap().is_none());
        child.kill().unwrap();
        child.wait().unwrap();
        for (n, site) in SITES.iter().enumerate() {
            assert!(two.which(n).is_some(), "round {round}: {site} is neither the old site nor the new one");
        }
    }
    assert!(stopped > 5, "only {stopped} builds were stopped in time");
    two.build(OTHER);
    assert_eq!([two.which(0), two.which(1)], [Some("new"); 2]);
    two.assert_tidy();
}

#[cfg(unix)]
#[test]
fn a_disk_that_is_full_leaves_the_last_good_sites() {
    let two = two();
    two.build("course");
    let mut full = 0;
    // No file may grow beyond so many blocks: the system refuses the write in the middle of one.
    for blocks in [1, 8, 24, 40, 64, 90, 120, 180] {
        let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec {} build {OTHER}", env!("CARGO_BIN_EXE_copebook"));
        let built = Command::new("sh").args(["-c", &script]).current_dir(&two.folder.path).output().unwrap();
        let told = String::from_utf8_lossy(&built.stderr).into_owned();
        if built.status.success() {
            two.build("course");
            continue;
        }
        full += 1;
        assert_eq!(built.status.code(), Some(2), "{told}");
        assert!(told.contains("cannot write") && told.contains("site/") && !told.contains("panicked"), "{told}");
        assert_eq!([two.which(0), two.which(1)], [Some("old"); 2], "{blocks} blocks");
    }
    assert!(full >= 3, "the disk was full only {full} times");
    two.build(OTHER);
    assert_eq!([two.which(0), two.which(1)], [Some("new"); 2]);
    two.assert_tidy();
}

#[test]
fn a_run_that_was_stopped_between_two_steps_is_mended() {
    let two = two();
    two.build("course");
    // As it is left on a system where two folders cannot change places in one step.
    let stage = two.folder.path.join("site/.copebook-new");
    std::fs::create_dir(&stage).unwrap();
    std::fs::rename(two.folder.path.join("site/members"), stage.join("members.old")).unwrap();
    two.build("course");
    assert_eq!([two.which(0), two.which(1)], [Some("old"); 2]);
    two.assert_tidy();
}

#[test]
fn what_stands_in_the_way_is_told_and_nothing_is_lost() {
    let two = two();
    two.build("course");
    two.folder.put("site/.copebook-new", "a file");
    let built = two.folder.copebook(&["build", OTHER]);
    assert_eq!(built.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&built.stderr).contains("is in the way"));
    assert_eq!([two.which(0), two.which(1)], [Some("old"); 2]);
    assert_eq!(two.folder.text("site/.copebook-new"), "a file");
}

#[test]
fn two_builds_at_once_do_not_mix() {
    let two = two();
    two.build("course");
    let lock = std::fs::File::options().write(true).open(two.folder.path.join("site/.copebook.lock")).unwrap();
    lock.lock().unwrap();
    let built = two.folder.copebook(&["build", OTHER]);
    assert_eq!(built.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&built.stderr).contains("another copebook is writing"));
    assert_eq!([two.which(0), two.which(1)], [Some("old"); 2]);
    drop(lock);
    two.build(OTHER);
    assert_eq!([two.which(0), two.which(1)], [Some("new"); 2]);
}

#[test]
fn files_that_stay_the_same_keep_their_dates_and_foreign_ones_stay() {
    let two = two();
    two.build("course");
    let date = |file: &str| std::fs::metadata(two.folder.path.join("site").join(file)).unwrap().modified().unwrap();
    two.folder.put("site/members/CNAME", "course.example.org");
    let (style, home, own) = (date("members/static/members.css"), date("members/index.html"), date("members/CNAME"));
    std::thread::sleep(Duration::from_millis(20));
    two.build(OTHER);
    assert_eq!((style, own), (date("members/static/members.css"), date("members/CNAME")));
    assert_ne!(home, date("members/index.html"));
    assert_eq!(two.folder.text("site/members/CNAME"), "course.example.org");
}
