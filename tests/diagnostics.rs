//! The mistakes that authors make, and what copebook tells them.
//!
//! A case is a folder in `tests/diagnostics`: the files that differ from `_base`, a small curriculum without a mistake.
//! Cases whose files cannot lie in a repository (other encodings, names that some systems refuse, links) are made here.
//! What is told is kept in `tests/snapshots`: read it as a therapist would, who has to know what is wrong, where, and
//! what to do.

use std::collections::BTreeSet;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use copebook::diagnostic::{Checked, Code, Diagnostic};
use copebook::source::SourcePath;
use copebook::{check, load, read, report};

/// The name of the folder that each case's curriculum gets.
const FOLDER: &str = "calm-group";

/// Words that belong to the machine and not to the author. `Option` stands for the type: `options` is a key.
const MACHINE_WORDS: &[&str] = &[
    "serde",
    "struct",
    "mapping",
    "sequence",
    "scalar",
    "parse",
    "parser",
    "token",
    "unwrap",
    "panic",
    "Option",
    "Some",
    "None",
    "Vec",
    "str",
    "String",
    "u8",
    "u16",
    "u32",
    "u64",
    "i32",
    "i64",
    "usize",
    "f64",
    "bool",
    "enum",
    "null",
    "deserialize",
    "anchor",
    "indicator",
    "flow",
    "UnreadableFile",
    "Err",
    "Ok",
];

/// What is told about one curriculum.
struct Told {
    diagnostics: Vec<Diagnostic>,
    text: String,
}

#[test]
fn every_case_is_told_as_before() {
    let changed: Vec<String> = cases()
        .into_iter()
        .filter(|(name, told)| {
            catch_unwind(AssertUnwindSafe(|| insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!(name.as_str(), told.text) })))
                .is_err()
        })
        .map(|(name, _)| name)
        .collect();
    assert!(changed.is_empty(), "these cases are told in another way than before: {changed:?}");
}

#[test]
fn the_base_has_no_mistake() {
    let told = tell(&case(&[], None));
    assert!(told.diagnostics.is_empty(), "{}", told.text);
}

#[test]
fn every_kind_of_problem_has_a_case() {
    let told: BTreeSet<Code> = cases().iter().flat_map(|(_, told)| told.diagnostics.iter().map(|diagnostic| diagnostic.code)).collect();
    let never: Vec<&str> = Code::ALL.iter().filter(|code| !told.contains(code)).map(|code| code.as_str()).collect();
    assert!(never.is_empty(), "no case has a problem of these kinds: {never:?}");
}

#[test]
fn no_message_speaks_the_language_of_machines() {
    for (name, told) in cases() {
        for diagnostic in &told.diagnostics {
            let related = diagnostic.related.iter().map(|related| &related.message);
            for words in [&diagnostic.message].into_iter().chain(&diagnostic.help).chain(related) {
                let found = our_words(words).split(|c: char| !c.is_alphanumeric()).find(|word| MACHINE_WORDS.contains(word)).map(str::to_owned);
                assert!(found.is_none(), "{name}: {found:?} in: {words}");
            }
        }
    }
}

#[test]
fn every_message_has_a_place_and_most_say_what_to_do() {
    for (name, told) in cases() {
        for diagnostic in &told.diagnostics {
            assert!(diagnostic.span.line >= 1 && diagnostic.span.column >= 1, "{name}: {diagnostic:?}");
            assert!(diagnostic.help.is_some(), "{name}: nothing says what to do about: {}", diagnostic.message);
            assert!(!diagnostic.message.ends_with('.') && !diagnostic.message.is_empty(), "{name}: {}", diagnostic.message);
        }
    }
}

/// A message without what stands in backquotes: those are the author's own words.
fn our_words(message: &str) -> String {
    message.split('`').step_by(2).collect::<Vec<_>>().join(" ")
}

/// Every case with what is told of it, in byte order of the names.
fn cases() -> Vec<(String, Told)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics");
    let folders = fs::read_dir(&root).expect("the cases").map(|entry| entry.expect("a case").path());
    let names = folders.map(|folder| folder.file_name().expect("a name").to_string_lossy().into_owned()).filter(|name| name != "_base");
    let mut told: Vec<(String, Told)> = names.map(|name| (name.clone(), tell(&case(&[], Some(&root.join(name)))))).collect();
    told.extend(made().into_iter().map(|(name, files)| (name.to_owned(), tell(&case(&files, None)))));
    #[cfg(unix)]
    told.push(("made-links".into(), tell(&links())));
    told.sort_by(|(a, _), (b, _)| a.cmp(b));
    told
}

/// A file of a case that is made here: its way, and its bytes.
type Made = (&'static str, Vec<u8>);

/// Cases whose files cannot lie in a repository.
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
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics/_base")
}

/// A folder with the base, and over it a case's files.
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
    let text = if text.is_empty() { "no problems\n".to_owned() } else { text };
    Told { diagnostics, text: text.replace(&format!("{inner}/"), "").replace(&inner, "THE-FOLDER").replace(&outer, "OUTSIDE") }
}

fn problems(place: &Path) -> anyhow::Result<(Vec<Diagnostic>, String)> {
    let Checked { value: mut scope, mut diagnostics } = read::curricula(&[place.to_owned()])?;
    let modules: Vec<SourcePath> = scope.sources.curricula.iter().flat_map(|folder| load::named_modules(folder, &scope.sources)).collect();
    read::add_folders(&mut scope.sources, &modules, &mut diagnostics)?;
    let Checked { value: curricula, diagnostics: told } = load::load(&scope.sources);
    diagnostics.extend(told);
    diagnostics.extend(check::check(&curricula, &scope.sources));
    let diagnostics = report::sorted(diagnostics);
    let text = report::text(&diagnostics, &scope.sources, false);
    Ok((diagnostics, text))
}
