//! The mistakes that authors make, and what copebook tells them.
//!
//! A case is a folder in `tests/diagnostics`: the files that differ from `_base`, a small curriculum without a mistake.
//! Cases whose files cannot lie in a repository (other encodings, names that some systems refuse, links) are made here.
//! What is told is kept in `tests/snapshots`: read it as a therapist would, who has to know what is wrong, where, and
//! what to do.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice, reason = "a test fails by a panic")]
#![allow(clippy::disallowed_methods, reason = "a test lays out and looks at files itself")]

use std::collections::BTreeSet;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use copebook::diagnostic::{Checked, Code, Diagnostic};
use copebook::source::SourcePath;
use copebook::{check, load, read, report};

/// The name of the folder that each case's curriculum gets.
const FOLDER: &str = "calm-group";

/// Words that belong to the machine and not to the author. `Option` stands for the type: `options` is a key; and panic is
/// what some members have.
const MACHINE_WORDS: &str = "serde struct mapping mappings sequence scalar scalars parse parser parsing token tokens unwrap Option Some None Vec str String \
    u8 u16 u32 u64 i32 i64 usize f64 bool boolean enum null deserialize anchor alias indicator flow Err Ok integer syntax character";

/// Problems that the commands tell, since only they read themes and know the day. [`the_commands_tell_the_rest`] has their cases.
const TOLD_BY_COMMANDS: &[(Code, &str)] = &[
    (Code::UnknownTheme, "theme-not-there"),
    (Code::ThemeCircle, "theme-in-a-circle"),
    (Code::ThemeFile, "theme-with-a-file-that-nothing-uses"),
    (Code::ThemeTemplate, "theme-with-a-broken-template"),
    (Code::ThemePolicy, "theme-that-loads-from-elsewhere"),
    (Code::NoWords, "language-without-words"),
    (Code::UnknownLanguage, "translation-without-words"),
    (Code::CrisisLineOld, "crisis-line-tried-long-ago"),
];

/// No file of an author can make a leak: types forbid it. The case is in `tests/cli.rs`, with a theme made for it. Colours that
/// are too near to each other need a whole theme too: the case is in `tests/rules.rs`.
const MADE_ELSEWHERE: &[Code] = &[Code::Leak, Code::LowContrast];

/// What the snapshot of a case says in which nothing is told.
const NO_PROBLEMS: &str = "no problems\n";

/// What is told about one curriculum.
struct Told {
    diagnostics: Vec<Diagnostic>,
    text: String,
}

#[test]
fn every_case_is_told_as_before() {
    let is_told = |name: &str, told: &Told| {
        let compare = || insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!(name, told.text) });
        catch_unwind(AssertUnwindSafe(compare)).is_ok()
    };
    let changed: Vec<&str> = cases().iter().filter(|(name, told)| !is_told(name, told)).map(|(name, _)| name.as_str()).collect();
    assert!(changed.is_empty(), "these cases are told in another way than before: {changed:?}");
}

#[test]
fn no_snapshot_is_left_behind() {
    let names: BTreeSet<String> = cases().iter().map(|(name, _)| format!("diagnostics__{name}.snap")).collect();
    let snapshots = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots")).expect("the snapshots");
    let files = snapshots.map(|entry| entry.expect("a snapshot").file_name().to_string_lossy().into_owned());
    let left: Vec<String> = files.filter(|file| file.starts_with("diagnostics__") && file.ends_with(".snap") && !names.contains(file)).collect();
    assert!(left.is_empty(), "these snapshots have no case: {left:?}");
}

#[test]
fn the_base_has_no_mistake() {
    let told = tell(&case(&[], None));
    assert_eq!(told.text, NO_PROBLEMS);
}

#[test]
fn every_kind_of_problem_has_a_case() {
    let mut told: BTreeSet<Code> = cases().iter().flat_map(|(_, told)| told.diagnostics.iter().map(|diagnostic| diagnostic.code)).collect();
    told.extend(TOLD_BY_COMMANDS.iter().map(|(code, _)| *code).chain(MADE_ELSEWHERE.iter().copied()));
    let never: Vec<&str> = Code::ALL.iter().filter(|code| !told.contains(code)).map(|code| code.as_str()).collect();
    assert!(never.is_empty(), "no case has a problem of these kinds: {never:?}");
}

#[test]
fn the_commands_tell_the_rest() {
    for (code, name) in TOLD_BY_COMMANDS {
        let folder = case(&[], Some(&root().join(name)));
        let run = Command::new(env!("CARGO_BIN_EXE_copebook")).args(["check", FOLDER]).current_dir(folder.path()).output().expect("copebook runs");
        let text = String::from_utf8(run.stdout).expect("text");
        assert!(text.contains(&format!("rule: {}", code.as_str())) && text.contains("help:"), "{name}: {text}");
    }
}

#[test]
fn no_message_speaks_the_language_of_machines() {
    let machine: BTreeSet<&str> = MACHINE_WORDS.split_whitespace().collect();
    for (name, told) in cases() {
        for words in told.diagnostics.iter().flat_map(words) {
            let ours = our_words(words);
            let found = ours.split(|c: char| !c.is_alphanumeric()).find(|word| machine.contains(word));
            assert!(found.is_none(), "{name}: {found:?} in: {words}");
        }
    }
}

#[test]
fn every_message_says_what_to_do_in_our_style() {
    for (name, told) in cases() {
        for diagnostic in &told.diagnostics {
            assert!(diagnostic.help.is_some(), "{name}: nothing says what to do about: {}", diagnostic.message);
            for words in words(diagnostic).filter_map(|words| words.lines().next()) {
                assert!(!words.ends_with('.') && (!words.contains("``") || words.contains("```")), "{name}: {words}");
                assert!(
                    words.starts_with(|c: char| !c.is_uppercase() || "YO".contains(c)) || words.contains(".yml") || words.contains(".md"),
                    "{name}: {words}"
                );
            }
        }
    }
}

/// All words of a problem.
fn words(diagnostic: &Diagnostic) -> impl Iterator<Item = &String> {
    [&diagnostic.message].into_iter().chain(&diagnostic.help).chain(diagnostic.related.iter().map(|related| &related.message))
}

/// A message without what stands in backquotes: those are the author's own words.
fn our_words(message: &str) -> String {
    message.split('`').step_by(2).collect::<Vec<_>>().join(" ")
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics")
}

/// Every case with what is told of it, in byte order of the names.
fn cases() -> &'static [(String, Told)] {
    static CASES: OnceLock<Vec<(String, Told)>> = OnceLock::new();
    CASES.get_or_init(|| {
        let folders = fs::read_dir(root()).expect("the cases").map(|entry| entry.expect("a case").file_name().to_string_lossy().into_owned());
        let folders = folders.filter(|name| name != "_base").map(|name| (tell(&case(&[], Some(&root().join(&name)))), name));
        let made = made().into_iter().map(|(name, files)| (tell(&case(&files, None)), name.to_owned()));
        let others = others().into_iter().map(|(name, folder)| (tell(&folder), name.to_owned()));
        let mut told: Vec<(String, Told)> = folders.chain(made).chain(others).map(|(told, name)| (name, told)).collect();
        told.sort_by(|(a, _), (b, _)| a.cmp(b));
        told
    })
}

/// A file of a case that is made here: its way, and its bytes.
type Made = (&'static str, Vec<u8>);

/// Cases whose files cannot lie in a repository.
#[expect(clippy::disallowed_methods, reason = "a test reads the files that it changes")]
fn made() -> Vec<(&'static str, Vec<Made>)> {
    const SESSION: &str = "sessions/01-welcome.yml";
    const HANDOUT: &str = "modules/grounding/five-senses.md";
    let base = |file: &str| fs::read_to_string(base().join(file)).expect("a file of the base");
    let session = base(SESSION);
    let handout = base(HANDOUT);
    let two_mistakes = session.replace("minutes: 15", "minutes: 15 min").replace("- ask: What", "- sak: What");
    let utf_16 = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    let latin_1 = |text: &str| -> Vec<u8> { text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect() };
    let with = |place: &str, what: &str| session.replace(place, what).into_bytes();
    let page = |title: &str| format!("---\ntitle: {title}\n---\nBreathe.\n").into_bytes();
    let curriculum = base("curriculum.yml");
    vec![
        ("made-byte-order-mark", vec![(SESSION, [b"\xef\xbb\xbf", two_mistakes.as_bytes()].concat())]),
        ("made-line-ends-of-windows", vec![(SESSION, two_mistakes.replace('\n', "\r\n").into_bytes()), (HANDOUT, handout.replace('\n', "\r\n").into_bytes())]),
        ("made-line-ends-of-old-macs", vec![(SESSION, two_mistakes.replace('\n', "\r").into_bytes())]),
        ("made-latin-1", vec![(SESSION, latin_1(&session.replace("Hello and names", "Hello, José and Zoë")))]),
        ("made-utf-16", vec![(SESSION, [b"\xff\xfe".to_vec(), utf_16(&session)].concat()), (HANDOUT, utf_16(&handout))]),
        ("made-text-cut-off", vec![(SESSION, [session.as_bytes(), b"      - say: Caf\xc3"].concat())]),
        ("made-a-word-document", vec![(SESSION, b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00\xdf\xa4\xd2".to_vec())]),
        ("made-nul", vec![(SESSION, with("Hello and", "Hello\0and"))]),
        ("made-escape", vec![(SESSION, with("Hello and", "Hello \x1b[31mand")), (HANDOUT, handout.replace("your mind", "your \x07mind").into_bytes())]),
        ("made-delete", vec![(SESSION, with("Hello and", "Hello \x7fand")), (HANDOUT, handout.replace("your mind", "your \u{85}mind").into_bytes())]),
        (
            "made-line-separator",
            vec![(SESSION, with("Welcome. I'm", "Welcome.\u{2028}I'm")), (HANDOUT, handout.replace("your mind", "your\u{2028}mind").into_bytes())],
        ),
        (
            "made-turned-text",
            vec![
                (SESSION, with("Hello and", "Hello \u{202e}dna")),
                (HANDOUT, handout.replace("title: Five senses", "title: \u{2066}Five\u{2069} \u{202d}senses").into_bytes()),
            ],
        ),
        ("made-hebrew-and-arabic-are-kept", vec![(SESSION, with("title: Hello and names", "title: שלום \u{200f}(1) مرحبا \u{2067}abc\u{2069}"))]),
        ("made-too-large", vec![(SESSION, vec![b'#'; 1024 * 1024 + 1])]),
        (
            "made-names-that-windows-refuses",
            vec![
                (
                    "curriculum.yml",
                    curriculum
                        .replace("pages/about.md", "pages/about.md, pages/con.md, pages/index.md, pages/怒り.md, pages/-a.md, pages/aux.txt")
                        .into_bytes(),
                ),
                ("pages/con.md", page("Con")),
                ("pages/index.md", page("Index")),
                ("pages/怒り.md", page("怒り")),
                ("pages/-a.md", page("A")),
                ("sessions/03-what? why\u{1b}[31m.yml", session.replace("Welcome", "Three").into_bytes()),
            ],
        ),
        (
            "made-names-that-look-alike",
            vec![
                ("curriculum.yml", curriculum.replace("pages/about.md", "pages/about.md, pages/café.md, pages/About.md").into_bytes()),
                ("pages/café.md", page("One")),
                ("pages/cafe\u{301}.md", page("Two")),
                ("pages/About.md", page("Three")),
                ("modules/grounding/Five-Senses.md", page("Four")),
            ],
        ),
        (
            "made-what-other-programs-leave",
            vec![
                ("sessions/01-welcome (1).yml", session.clone().into_bytes()),
                ("sessions/01-welcome - Copy.yml", session.clone().into_bytes()),
                ("sessions/01-welcome.sync-conflict-20261101-120000-ABCDEF.yml", session.clone().into_bytes()),
                ("sessions/01-welcome.yml~", session.clone().into_bytes()),
                ("sessions/.#01-welcome.yml", session.clone().into_bytes()),
                ("sessions/~$1-welcome.yml", session.clone().into_bytes()),
                ("sessions/Thumbs.db", vec![0, 1, 2]),
                ("modules/grounding/five-senses (Ana's conflicted copy 2026-11-01).md", handout.clone().into_bytes()),
            ],
        ),
        ("made-sixty-mistakes", vec![(SESSION, format!("{session}{}", "      - sya: Hello.\n".repeat(60)).into_bytes())]),
    ]
}

/// Cases that are more than files with a content.
fn others() -> Vec<(&'static str, tempfile::TempDir)> {
    let nothing = case(&[], None);
    fs::rename(nothing.path().join(FOLDER).join("curriculum.yml"), nothing.path().join(FOLDER).join("curriculum.yaml")).expect("another name");
    let mut others = vec![("made-curriculum-with-another-ending", nothing)];
    #[cfg(unix)]
    others.push(("made-links", links()));
    others
}

/// A curriculum in which links stand where files and folders belong.
#[cfg(unix)]
fn links() -> tempfile::TempDir {
    use std::os::unix::fs::symlink;
    let folder = case(&[], None);
    let inside = |path: &str| folder.path().join(FOLDER).join(path);
    symlink("/etc/hostname", inside("pages/link.md")).expect("a link");
    symlink(inside("sessions/01-welcome.yml"), inside("sessions/03-link.yml")).expect("a link");
    symlink("/nowhere", inside("assets/gone.png")).expect("a link");
    symlink(inside(""), inside("modules/loop")).expect("a link");
    fs::create_dir(inside("sessions/04-folder.yml")).expect("a folder");
    folder
}

fn base() -> PathBuf {
    root().join("_base")
}

/// A folder with the base, and over it a case's files.
#[expect(clippy::disallowed_methods, reason = "a test lays out what copebook reads")]
fn case(files: &[Made], over: Option<&Path>) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().join(FOLDER);
    copy(&base(), &place);
    if let Some(over) = over {
        copy(over, &place);
    }
    for (path, bytes) in files {
        let path = place.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }
    folder
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("a file");
        let place = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &place);
        } else {
            fs::copy(entry.path(), place).expect("a copy");
        }
    }
}

/// Reads, loads and checks as the commands do, and draws what is told, with paths as seen from the curriculum.
fn tell(folder: &tempfile::TempDir) -> Told {
    let place = folder.path().join(FOLDER);
    let (diagnostics, text) = match problems(&place) {
        Ok(told) => told,
        Err(error) => (Vec::new(), format!("copebook cannot go on: {error:#}\n")),
    };
    let outer = folder.path().to_string_lossy().into_owned();
    let inner = place.to_string_lossy().into_owned();
    let text = if text.is_empty() { NO_PROBLEMS.to_owned() } else { text };
    Told { diagnostics, text: text.replace(&format!("{inner}/"), "").replace(&inner, "THE-FOLDER").replace(&outer, "OUTSIDE") }
}

fn problems(place: &Path) -> anyhow::Result<(Vec<Diagnostic>, String)> {
    let files = read::Files::default();
    let Checked { value: mut scope, mut diagnostics } = read::curricula(&[place.to_owned()], &files)?;
    let modules: Vec<SourcePath> =
        scope.sources.curricula.iter().flat_map(|folder| load::named_modules(folder, &scope.sources, &load::Memory::default())).collect();
    read::add_folders(&mut scope.sources, &modules, &files, &mut diagnostics)?;
    let Checked { value: curricula, diagnostics: told } = load::load(&scope.sources);
    diagnostics.extend(told);
    // The preview shows a page before these have run.
    assert!(!check::words(&curricula).told.iter().any(Diagnostic::is_error), "a rule on words told an error");
    diagnostics.extend(check::check(&curricula, &scope.sources));
    let diagnostics = report::sorted(diagnostics);
    let text = report::text(&diagnostics, &scope.sources, false);
    Ok((diagnostics, text))
}
