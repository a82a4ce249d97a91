//! From folders to `Sources`: the only place that reads what authors wrote.

mod files;
mod open;

use std::collections::{BTreeMap, BTreeSet};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

pub use self::files::Files;
use self::files::Seen;
use self::open::{Unopened, read_file};
use crate::diagnostic::{Checked, Code, Diagnostic, did_you_mean};
use crate::picture;
use crate::source::{MANIFEST, SourcePath, Sources, Span, count, hidden_sign, turns_letters};
use crate::theme::{self, DEFAULT, ThemeFiles};

/// The largest text that is read, in bytes. A session plan has about 20,000.
const LARGEST_TEXT: u64 = 1024 * 1024;
/// The largest picture that is read, in bytes.
const LARGEST_PICTURE: u64 = 20 * 1024 * 1024;
/// How many texts and pictures are read at the most. A course of twelve weeks has about 100.
const MOST_FILES: usize = 100_000;
/// How many bytes all of them may have together: they are kept in memory.
const LARGEST_ALL: usize = 1024 * 1024 * 1024;
/// Endings of copies that editors and other programs make.
const LITTER: [&str; 8] = ["bak", "old", "orig", "rej", "swp", "swo", "tmp", "part"];

const TEXTS: [&str; 3] = ["yml", "yaml", "md"];
const THEME_TEXTS: [&str; 5] = ["yml", "yaml", "html", "css", "js"];

/// What a run works on.
pub struct Scope {
    /// The sources.
    pub sources: Sources,
    /// Whether the sites list several curricula, each in a folder of its own.
    pub listed: bool,
}

/// Reads the curricula in these folders; each is a curriculum, or holds some. `files` are those that were read before.
pub fn curricula(folders: &[PathBuf], files: &Files) -> anyhow::Result<Checked<Scope>> {
    let mut scope = Scope { sources: Sources::default(), listed: folders.len() != 1 };
    let mut diagnostics = Vec::new();
    for folder in folders {
        if !folder.is_dir() {
            bail!("there is no folder {}", folder.display());
        }
        if folder.to_str().is_none() {
            bail!("the way to the folder {} has letters that cannot be read; give the folders on it plain names", folder.display());
        }
        let found = find_curricula(folder)?;
        scope.listed |= found.iter().any(|curriculum| curriculum != folder);
        for curriculum in &found {
            let path = source_path(curriculum);
            if !scope.sources.curricula.contains(&path) {
                scope.sources.curricula.push(path);
            }
        }
        let found = find(&mut scope.sources, folder, &mut diagnostics)?;
        take(&mut scope.sources, &found, files, &mut diagnostics)?;
    }
    Ok(Checked { value: scope, diagnostics })
}

/// Reads folders that a curriculum names and that were not read with it, and the other modules beside them: a shared handout
/// may link to one that this curriculum does not use. One that is not there is left to `load` to tell.
pub fn add_folders(sources: &mut Sources, folders: &[SourcePath], files: &Files, diagnostics: &mut Vec<Diagnostic>) -> anyhow::Result<()> {
    let mut wanted: BTreeSet<SourcePath> = folders.iter().cloned().collect();
    let parents: BTreeSet<SourcePath> = folders.iter().map(SourcePath::parent).collect();
    for parent in parents {
        let around = WalkDir::new(parent.to_string()).min_depth(1).max_depth(1).sort_by_file_name();
        let folders = around.into_iter().filter_map(Result::ok).filter(|entry| entry.file_type().is_dir());
        let beside = folders.filter(|entry| entry.path().join("module.yml").is_file());
        wanted.extend(beside.map(|entry| source_path(entry.path())));
    }
    let mut found = Vec::new();
    let mut walked: Vec<&SourcePath> = Vec::new();
    for folder in &wanted {
        let read = sources.texts_in(folder).next().is_some() || walked.iter().any(|other| folder.is_inside(other));
        let path = Path::new(folder.as_str());
        if !read && is_closed(&path.join("module.yml")) && sources.unread.insert(folder.join("module.yml")) {
            diagnostics.push(closed_folder(folder));
        }
        // Whatever a curriculum from someone else names, only modules are looked into.
        if read || !path.join("module.yml").is_file() {
            continue;
        }
        match link_on_the_way(folder, &sources.curricula) {
            Some(link) => tell_link(&link, folder, sources, diagnostics),
            None => {
                found.extend(find(sources, path, diagnostics)?);
                walked.push(folder);
            }
        }
    }
    take(sources, &found, files, diagnostics)
}

/// Reads a theme: one of those inside copebook, or a folder, with those that it extends. A theme that is not there is an
/// error; all else that is wrong is told, and copebook's own theme stands in for one that cannot be extended.
pub fn theme(name: Option<&str>) -> anyhow::Result<Checked<ThemeFiles>> {
    let name = name.unwrap_or(DEFAULT);
    if let Some(value) = ThemeFiles::built_in(name) {
        return Ok(Checked { value, diagnostics: Vec::new() });
    }
    let folder = source_path(Path::new(name));
    if !is_theme(&folder) {
        bail!("there is no theme `{name}`: it is neither one of copebook's own ({}) nor a folder with a theme.yml", ThemeFiles::built_in_names().join(", "));
    }
    let mut diagnostics = Vec::new();
    let value = theme_folder(&folder, &mut Vec::new(), &mut diagnostics)?;
    Ok(Checked { value, diagnostics })
}

fn is_theme(folder: &SourcePath) -> bool {
    Path::new(folder.as_str()).join(theme::FILE).is_file()
}

/// Reads the theme in a folder, and the one that it extends. `below` are the folders that led here, as the disk knows them.
fn theme_folder(folder: &SourcePath, below: &mut Vec<PathBuf>, diagnostics: &mut Vec<Diagnostic>) -> anyhow::Result<ThemeFiles> {
    let on_disk = |folder: &SourcePath| {
        let path = Path::new(folder.as_str());
        path.canonicalize().with_context(|| format!("cannot look into the folder {folder}"))
    };
    below.push(on_disk(folder)?);
    let mut files = ThemeFiles { files: theme_files(folder, diagnostics)?, folder: Some(folder.clone()), parent: None };
    let Some(named) = theme::extends(&files) else { return Ok(files) };
    let parent = folder.join(&named.value);
    let own = ThemeFiles::built_in_names();
    let stand_in = |told: Diagnostic, diagnostics: &mut Vec<Diagnostic>| {
        diagnostics.push(told);
        ThemeFiles::built_in(DEFAULT)
    };
    let extended = if let Some(parent) = ThemeFiles::built_in(&named.value) {
        Some(parent)
    } else if !is_theme(&parent) {
        let help = did_you_mean(&named.value, own.iter().copied())
            .unwrap_or_else(|| format!("name one of copebook's own ({}), or a folder with a theme.yml, as seen from this one", own.join(", ")));
        let told = Diagnostic::new(Code::UnknownTheme, named.span, format!("there is no theme `{}` to extend", named.value)).help(help);
        stand_in(told, diagnostics)
    } else if below.contains(&on_disk(&parent)?) || below.len() >= theme::MOST_LAYERS {
        let told = if below.len() >= theme::MOST_LAYERS {
            format!("this is theme number {} in a row, each extending the next", below.len())
        } else {
            format!("this theme extends `{}`, and that one leads back to this one", named.value)
        };
        stand_in(
            Diagnostic::new(Code::ThemeCircle, named.span, told).help(format!("let one of them extend `{DEFAULT}` instead: `extends: {DEFAULT}`")),
            diagnostics,
        )
    } else {
        Some(theme_folder(&parent, below, diagnostics)?)
    };
    files.parent = extended.map(Box::new);
    Ok(files)
}

/// The files of a theme's folder, by their way from it; texts as `text` gives them. What cannot be read is told.
fn theme_files(folder: &SourcePath, diagnostics: &mut Vec<Diagnostic>) -> anyhow::Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    let root = Path::new(folder.as_str());
    for entry in WalkDir::new(root).sort_by_file_name().into_iter().filter_entry(|entry| entry.depth() == 0 || !is_litter(&entry.file_name().to_string_lossy()))
    {
        let entry = entry.with_context(|| format!("cannot look into the folder {folder}"))?;
        if !entry.file_type().is_file() {
            continue;
        }
        let inside = entry.path().strip_prefix(root).unwrap_or(entry.path()).to_string_lossy().replace('\\', "/");
        let path = folder.join(&inside);
        let is_text = THEME_TEXTS.contains(&path.ending().as_str());
        let largest = if is_text { LARGEST_TEXT } else { LARGEST_PICTURE };
        if entry.metadata().with_context(|| format!("cannot read {path}"))?.len() > largest {
            let message = format!("{} is larger than {} MB", path.name(), largest / 1024 / 1024);
            diagnostics.push(Diagnostic::new(Code::UnreadableFile, Span::of_file(&path), message).help("make it smaller, or take it away"));
            continue;
        }
        let bytes = read_bytes(entry.path())?;
        if picture::ENDINGS.contains(&path.ending().as_str()) {
            match picture::clean(&bytes) {
                Ok(seen) => {
                    files.insert(inside, seen);
                }
                Err(unfit) => diagnostics.push(unfit_picture(&path, &unfit)),
            }
            continue;
        }
        if !is_text {
            files.insert(inside, bytes);
            continue;
        }
        match text(&path, &bytes) {
            Ok(text) => {
                files.insert(inside, text.into_bytes());
            }
            Err(told) => diagnostics.push(told),
        }
    }
    Ok(files)
}

/// The first link on the way to a module, from where it parts with the ways to the curricula: those were given by whoever
/// runs copebook, and may be links themselves.
fn link_on_the_way(folder: &SourcePath, curricula: &[SourcePath]) -> Option<SourcePath> {
    let names = |path: &SourcePath| path.as_str().split('/').map(str::to_owned).collect::<Vec<_>>();
    let way = names(folder);
    let shared = |other: &SourcePath| way.iter().zip(names(other)).take_while(|(a, b)| *a == b).count();
    let shared = curricula.iter().map(shared).max().unwrap_or_default();
    let ways = (shared + 1..=way.len()).filter_map(|n| Some(SourcePath::new(&way.get(..n)?.join("/"))));
    ways.into_iter().find(|path| Path::new(path.as_str()).is_symlink())
}

/// Tells a link where a folder belongs. What would be in `folder` is not told as missing.
fn tell_link(link: &SourcePath, folder: &SourcePath, sources: &mut Sources, diagnostics: &mut Vec<Diagnostic>) {
    let file = folder.join("module.yml");
    if sources.unread.insert(file) {
        let message = format!("{} is a link to another folder, so nothing in it is read", link.name());
        diagnostics.push(Diagnostic::new(Code::UnreadableFile, Span::of_file(link), message).help("put a copy of the folder itself here"));
    }
}

/// Whether a file lies in a folder that this user may not look into.
fn is_closed(file: &Path) -> bool {
    file.symlink_metadata().is_err_and(|error| error.kind() == ErrorKind::PermissionDenied)
}

fn closed_folder(folder: &SourcePath) -> Diagnostic {
    let message = format!("the folder {} may not be opened by you, so nothing in it is read", folder.name());
    let help = "ask whoever owns the folder to let you read it, or put a copy of your own here";
    Diagnostic::new(Code::UnreadableFile, Span::of_file(folder), message).help(help)
}

/// The text of an author's file just as it stands, for a small change in it.
pub fn as_it_stands(path: &Path) -> anyhow::Result<String> {
    String::from_utf8(read_bytes(path)?).with_context(|| format!("{} is not saved as UTF-8", path.display()))
}

fn find_curricula(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    if folder.join("curriculum.yml").is_file() {
        return Ok(vec![folder.to_owned()]);
    }
    let mut found = Vec::new();
    for entry in WalkDir::new(folder).min_depth(1).max_depth(1).sort_by_file_name() {
        let entry = entry.with_context(|| format!("cannot look into the folder {}", folder.display()))?;
        if entry.file_type().is_dir() && entry.path().join("curriculum.yml").is_file() {
            found.push(entry.path().to_owned());
        }
    }
    if found.is_empty() {
        if folder.join("curriculum.yaml").is_file() {
            bail!("copebook looks for curriculum.yml, and {} has a file curriculum.yaml: give it the other name", folder.display());
        }
        bail!("there is no curriculum in {}: a curriculum is a folder with a file curriculum.yml", folder.display());
    }
    Ok(found)
}

/// A text or a picture that was found.
struct File {
    path: SourcePath,
    entry: DirEntry,
    is_text: bool,
}

/// Finds all texts and pictures of a folder. Hidden files, what editors leave behind, and built sites are passed over.
fn find(sources: &mut Sources, folder: &Path, diagnostics: &mut Vec<Diagnostic>) -> anyhow::Result<Vec<File>> {
    let walk = WalkDir::new(folder).sort_by_file_name().into_iter().filter_entry(|entry| entry.depth() == 0 || !is_passed_over(entry));
    let mut found = Vec::new();
    for entry in walk {
        let entry = match entry {
            Ok(entry) => entry,
            // One folder that cannot be opened is told, and the others are read.
            Err(error) if error.depth() > 0 => {
                diagnostics.push(closed_folder(&source_path(error.path().unwrap_or(folder))));
                continue;
            }
            Err(error) => return Err(error).with_context(|| format!("cannot look into the folder {}", folder.display())),
        };
        if entry.file_type().is_dir() {
            continue;
        }
        let path = source_path(entry.path());
        let ending = path.ending();
        let (is_text, is_picture) = (TEXTS.contains(&ending.as_str()), picture::ENDINGS.contains(&ending.as_str()));
        if entry.depth() > 0 && entry.path_is_symlink() && ["curriculum.yml", "module.yml"].iter().any(|file| entry.path().join(file).is_file()) {
            tell_link(&path, &path, sources, diagnostics);
            continue;
        }
        if !is_text && !is_picture {
            // Notepad adds an ending, and Windows does not show it.
            if !LITTER.contains(&ending.as_str()) && TEXTS.iter().any(|ending| path.stem().to_lowercase().ends_with(&format!(".{ending}"))) {
                diagnostics.push(
                    Diagnostic::new(Code::UnlistedFile, Span::of_file(&path), format!("{} ends in `.{ending}`, so copebook does not look at it", path.name()))
                        .help(format!("call it {} (Windows hides endings: in its Explorer, switch on \"File name extensions\")", path.stem())),
                );
            }
            continue;
        }
        let mut unread = |problem: Diagnostic| {
            diagnostics.push(problem);
            sources.unread.insert(path.clone());
        };
        let inside = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        if inside.to_str().is_none_or(|name| name.contains(char::is_control)) {
            let message = "the name of this file, or of a folder around it, has signs in it that cannot be read";
            unread(Diagnostic::new(Code::FileName, Span::of_file(&path), message).help("give it a new name, of small letters, digits and hyphens"));
            continue;
        }
        found.push(File { path, entry, is_text });
    }
    Ok(found)
}

/// Takes what was found.
fn take(sources: &mut Sources, found: &[File], files: &Files, diagnostics: &mut Vec<Diagnostic>) -> anyhow::Result<()> {
    // Few enough at once that the limit on all of them holds, even where each has the most that it may have.
    const AT_ONCE: usize = 50;
    let mut total: usize = sources.pictures.values().map(|bytes| bytes.len()).sum();
    for some in found.chunks(AT_ONCE) {
        if sources.texts.len() + sources.pictures.len() + some.len() > MOST_FILES || total > LARGEST_ALL {
            let folder = some.first().and_then(|file| file.entry.path().ancestors().nth(file.entry.depth())).unwrap_or(Path::new("."));
            bail!(
                "{} holds more than {MOST_FILES} texts and pictures, or more than 1 GB of them, so copebook stops here; name the folder of the curriculum alone: copebook check curricula",
                folder.display()
            );
        }
        let read: Vec<Result<Seen, Diagnostic>> = some.par_iter().map(|File { path, entry, is_text }| files.see(path, entry.path(), *is_text)).collect();
        for (File { path, .. }, read) in some.iter().zip(read) {
            match read {
                Ok(Seen::Text(text)) => {
                    total += text.len();
                    sources.texts.insert(path.clone(), text);
                }
                Ok(Seen::Picture(bytes)) => {
                    total += bytes.len();
                    sources.pictures.insert(path.clone(), bytes);
                }
                Err(problem) => {
                    diagnostics.push(problem);
                    sources.unread.insert(path.clone());
                }
            }
        }
    }
    Ok(())
}

/// Whether a name is that of a hidden file, or of one that a program leaves behind.
pub fn is_litter(name: &str) -> bool {
    name.starts_with(['.', '~']) || name.ends_with('~') || matches!(name, "node_modules" | "target")
}

/// Whether a folder or file is none of the author's: litter, or a built site.
pub fn is_passed_over(entry: &DirEntry) -> bool {
    is_litter(&entry.file_name().to_string_lossy()) || entry.file_type().is_dir() && entry.path().join(MANIFEST).exists()
}

fn unfit_picture(path: &SourcePath, unfit: &picture::Unfit) -> Diagnostic {
    Diagnostic::new(Code::UnfitPicture, Span::of_file(path), format!("the picture {} {}", path.name(), unfit.message)).help(unfit.help)
}

/// The bytes of a file as text with `\n` line ends and no byte order mark.
fn text(path: &SourcePath, bytes: &[u8]) -> Result<String, Diagnostic> {
    const SAVE_AS: &str = "in your editor, choose \"Save as\" and the encoding UTF-8";
    let at = |line: u32, column: u32| Span { file: path.clone(), line, column, len: 0 };
    // Word and other programs pack their files; a PDF begins with its name.
    if [&b"PK\x03\x04"[..], b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf"].iter().any(|mark| bytes.starts_with(mark)) {
        let message = format!("{} is a document of Word or the like, and copebook reads plain text", path.name());
        return Err(
            Diagnostic::new(Code::UnreadableFile, at(1, 1), message).help("copy its text into a file that a text editor made, such as Notepad or Obsidian")
        );
    }
    // Plain English text in UTF-16 has a NUL in every other byte.
    let has_nuls = bytes.len() > 3 && bytes.iter().take(200).filter(|byte| **byte == 0).count() * 3 > bytes.len().min(200);
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) || has_nuls {
        return Err(Diagnostic::new(Code::UnreadableFile, at(1, 1), format!("{} is saved as UTF-16, and copebook reads UTF-8", path.name())).help(SAVE_AS));
    }
    let bytes = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let before = String::from_utf8_lossy(bytes.get(..error.valid_up_to()).unwrap_or_default()).into_owned();
        let line = count(before.matches('\n').count()) + 1;
        let column = count(before.rsplit('\n').next().unwrap_or_default().chars().count()) + 1;
        Diagnostic::new(Code::UnreadableFile, at(line, column), format!("{} is not saved as UTF-8: the letter here cannot be read", path.name())).help(SAVE_AS)
    })?;
    // The line and paragraph marks of Unicode are white space to a reader; as line ends, they would break YAML.
    let mut text = text.to_owned();
    if text.contains('\r') {
        text = text.replace("\r\n", "\n").replace('\r', "\n");
    }
    if text.contains('\u{2028}') || text.contains('\u{2029}') {
        text = text.replace(['\u{2028}', '\u{2029}'], " ");
    }
    if let Some((offset, found)) = hidden_sign(&text) {
        let before = text.get(..offset).unwrap_or_default();
        let line = before.rsplit('\n').next().unwrap_or_default();
        let column = count(line.chars().count()) + 1;
        let last_word = line.split_whitespace().next_back().map(|word| format!("behind `{word}`")).unwrap_or_else(|| "at the start of the line".into());
        let what = if turns_letters(found) { "an invisible sign that turns letters around" } else { "an invisible sign that no text needs" };
        return Err(Diagnostic::new(Code::UnreadableFile, at(count(before.matches('\n').count()) + 1, column), format!("{what} stands {last_word}"))
            .help("delete it: put the cursor behind it and press the backspace key"));
    }
    Ok(text)
}

fn read_bytes(path: &Path) -> anyhow::Result<Vec<u8>> {
    read_file(path, LARGEST_PICTURE).map(|(bytes, _)| bytes).map_err(|unopened| match unopened {
        Unopened::Refused(error) => anyhow::Error::new(error).context(format!("cannot read {}", path.display())),
        other => anyhow::anyhow!("{}", other.diagnostic(&source_path(path), false).message),
    })
}

fn source_path(path: &Path) -> SourcePath {
    SourcePath::new(&path.to_string_lossy())
}
