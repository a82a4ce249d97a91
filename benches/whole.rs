//! Whole builds, as an author waits for them: a process that reads, checks, renders, scans and writes both sites. Beside each stands the
//! floor: a process that only reads the same files, makes HTML of the Markdown, and writes as many bytes in as many files, on
//! the same threads. `cargo bench --bench whole` prints the table; sizes can be named: `cargo bench --bench whole -- 100 1000`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a benchmark lays out files, looks at what was written, and prints a table"
)]

mod corpus;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rayon::prelude::*;
use walkdir::WalkDir;

const RUNS: usize = 5;
const SIZES: [usize; 3] = [100, 1_000, 10_000];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if let [flag, from, to, files, bytes] = arguments.as_slice()
        && flag == "--floor"
    {
        return floor(Path::new(from), Path::new(to), files.parse().unwrap(), bytes.parse().unwrap());
    }
    if let [flag, handouts, to] = arguments.as_slice()
        && flag == "--lay-out"
    {
        return lay_out(handouts.parse().unwrap(), Path::new(to));
    }
    let named: Vec<usize> = arguments.iter().filter_map(|argument| argument.parse().ok()).collect();
    println!("| handouts | what | seconds (median of {RUNS}) | ratio to the floor | MB written | files | peak MB |");
    println!("| --- | --- | --- | --- | --- | --- | --- |");
    for handouts in if named.is_empty() { SIZES.to_vec() } else { named } {
        size(handouts);
    }
}

/// Writes the curriculum into a folder; `cargo bench --bench whole -- --lay-out 1000 FOLDER` keeps it, for a profiler.
fn lay_out(handouts: usize, folder: &Path) {
    for (file, text) in corpus::curriculum(handouts, 7) {
        let path = folder.join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
}

fn size(handouts: usize) {
    // In memory, where the system has such a place: a disk that is busy with the files of the run before would tell of itself.
    let memory = Path::new("/dev/shm");
    let folder = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.unwrap();
    let source = folder.path().join("source");
    lay_out(handouts, &source);
    let course = source.join("course");
    let site = folder.path().join("site");
    let floor_site = folder.path().join("floor");
    let build = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_copebook"));
        command.arg("build").arg(&course).arg("--out").arg(&site);
        timed(command)
    };
    let edited = course.join("modules/m0/h0.md");
    let (mut fresh, mut again, mut one, mut check, mut floor) = (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut files, mut bytes) = (0, 0);
    // In turns, so that whatever else the machine does meets all of them.
    for n in 0..RUNS {
        remove(&site);
        fresh.push(build());
        (files, bytes) = size_of(&site);
        again.push(build());
        let text = std::fs::read_to_string(&edited).unwrap();
        std::fs::write(&edited, format!("{text}\nOne more line, {n}.\n")).unwrap();
        one.push(build());
        let mut command = Command::new(env!("CARGO_BIN_EXE_copebook"));
        command.arg("check").arg(&course);
        check.push(timed(command));
        remove(&floor_site);
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.arg("--floor").arg(&course).arg(&floor_site).arg(files.to_string()).arg(bytes.to_string());
        floor.push(timed(command));
    }
    let [fresh, again, one, check, floor] = [fresh, again, one, check, floor].map(median);
    let row = |what: &str, run: Run, written: bool| {
        let ratio = run.time.as_secs_f64() / floor.time.as_secs_f64();
        let (bytes, files) = if written { (format!("{:.1}", bytes as f64 / 1e6), files.to_string()) } else { ("0".into(), "0".into()) };
        println!("| {handouts} | {what} | {:.3} | {ratio:.2} | {bytes} | {files} | {:.0} |", run.time.as_secs_f64(), run.peak as f64 / 1024.0);
    };
    row("floor: read, Markdown to HTML, write", floor, true);
    row("build", fresh, true);
    row("build, nothing changed", again, false);
    row("build, one handout changed", one, true);
    row("check", check, false);
}

/// What a run took.
#[derive(Clone, Copy)]
struct Run {
    time: Duration,
    /// The most memory that it held, in KB; 0 where the system does not tell.
    peak: u64,
}

fn timed(mut command: Command) -> Run {
    let begun = Instant::now();
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let status = PathBuf::from(format!("/proc/{}/status", child.id()));
    let mut peak = 0;
    let done = loop {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let held = text.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok());
        peak = peak.max(held.unwrap_or(0));
        if let Some(done) = child.try_wait().unwrap() {
            break done;
        }
        std::thread::sleep(Duration::from_millis(1));
    };
    assert!(done.success(), "{command:?} failed: {}", String::from_utf8_lossy(&command.stdout(Stdio::piped()).output().unwrap().stdout));
    Run { time: begun.elapsed(), peak }
}

fn median(mut runs: Vec<Run>) -> Run {
    runs.sort_by_key(|run| run.time);
    let peak = runs.iter().map(|run| run.peak).max().unwrap();
    Run { time: runs[runs.len() / 2].time, peak }
}

fn remove(folder: &Path) {
    if folder.exists() {
        std::fs::remove_dir_all(folder).unwrap();
    }
}

fn size_of(folder: &Path) -> (usize, u64) {
    let files = WalkDir::new(folder).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    files.fold((0, 0), |(files, bytes), entry| (files + 1, bytes + entry.metadata().unwrap().len()))
}

/// The floor: reads every file, makes HTML of the Markdown, and writes `files` files that have `bytes` bytes together.
fn floor(from: &Path, to: &Path, files: usize, bytes: usize) {
    let sources: Vec<PathBuf> = WalkDir::new(from).into_iter().map(|entry| entry.unwrap().into_path()).filter(|path| path.is_file()).collect();
    let html: Vec<String> = sources
        .par_iter()
        .map(|path| {
            let text = std::fs::read_to_string(path).unwrap();
            let mut html = String::with_capacity(text.len() * 2);
            if path.extension().is_some_and(|ending| ending == "md") {
                pulldown_cmark::html::push_html(&mut html, pulldown_cmark::Parser::new(&text));
            }
            html
        })
        .collect();
    let filler = html.concat().into_bytes();
    let each = bytes / files;
    (0..files.div_ceil(100)).for_each(|folder| std::fs::create_dir_all(to.join(folder.to_string())).unwrap());
    (0..files).into_par_iter().for_each(|n| {
        let start = n * 97 % filler.len();
        let mut text = Vec::with_capacity(each);
        while text.len() < each {
            let piece = &filler[if text.is_empty() { start } else { 0 }..];
            text.extend_from_slice(&piece[..piece.len().min(each - text.len())]);
        }
        std::fs::write(to.join((n / 100).to_string()).join(format!("{n}.html")), text).unwrap();
    });
}
