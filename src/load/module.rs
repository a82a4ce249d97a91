//! Reads a module: its `module.yml` and its handouts.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::fields::{Keys, Problems};
use super::memory::Memory;
use super::names::{is_copy, slug};
use super::yaml::Node;
use crate::diagnostic::{Code, Diagnostic, nearest_path};
use crate::model::{HandoutId, Module, ModuleNotes, Slug, THREADS};
use crate::source::{SourcePath, Sources, Span, Spanned};

pub(super) const MODULE_KEYS: &[&str] = &["title", "summary", "handouts", "thread", "outside_sessions", "facilitator"];
pub(super) const NOTE_KEYS: &[&str] = &["purpose", "evidence", "watch_for"];

/// A module as far as it could be read, and the handouts that are there but could not be.
pub struct Loaded {
    /// The module.
    pub module: Option<Module>,
    /// The files of handouts that could not be read.
    pub unread: Vec<SourcePath>,
}

/// Reads the module in `folder`, which the curriculum names at `named`.
pub fn module(folder: &SourcePath, named: &Spanned<String>, sources: &Sources, memory: &Memory, problems: &mut Problems) -> Loaded {
    let mut unread = Vec::new();
    let module = read(folder, named, sources, memory, &mut unread, problems);
    if module.is_none() {
        // The folder stands for handouts whose names are not known.
        unread = markdown_files(folder, sources).chain([folder]).cloned().collect();
    }
    Loaded { module, unread }
}

/// The folder of a module that the curriculum in `from` names. One that is not there is told; the one that was most
/// likely meant takes its place, so that what uses its handouts is not told as well.
pub fn find(folder: SourcePath, named: &Spanned<String>, from: &SourcePath, sources: &Sources, problems: &mut Problems) -> SourcePath {
    let is_module = |folder: &SourcePath| {
        let file = folder.join("module.yml");
        sources.text(&file).is_some() || sources.unread.contains(&file)
    };
    if is_module(&folder) {
        return folder;
    }
    let folders: Vec<SourcePath> = sources.texts.keys().filter(|file| file.name() == "module.yml").map(SourcePath::parent).collect();
    let meant = Some(folder.parent()).filter(|_| folder.name() == "module.yml").filter(is_module).or_else(|| nearest_path(&folder, &folders).cloned());
    problems.push(Diagnostic::new(Code::UnknownModule, named.span.clone(), format!("there is no module `{}`", named.value)).help(
        match (&meant, named.value.contains('/')) {
            (Some(near), _) => format!("did you mean `{}`?", from.way_to(near)),
            (None, false) => format!("write the way to its folder from curriculum.yml: `modules/{0}` or `../modules/{0}`", named.value),
            (None, true) => "write the way to its folder from curriculum.yml, and see that a file module.yml is in it".into(),
        },
    ));
    meant.unwrap_or(folder)
}

fn read(
    folder: &SourcePath,
    named: &Spanned<String>,
    sources: &Sources,
    memory: &Memory,
    unread: &mut Vec<SourcePath>,
    problems: &mut Problems,
) -> Option<Module> {
    let file = folder.join("module.yml");
    sources.text(&file)?;
    let slug = slug(folder.name(), "a module's folder", named.span.clone(), problems)?;
    let node = memory.yaml(&file, sources, problems)?;
    let elsewhere = |key: &str| match key {
        "purpose" | "evidence" | "watch_for" => Some("this goes under `facilitator:`, two spaces further in"),
        "notes" | "note" => Some("notes for facilitators go under `facilitator:`, as `purpose`, `evidence` or `watch_for`"),
        "description" | "about" => Some("here it is called `summary`"),
        "skills" | "pages" | "files" => Some("here they are called `handouts`"),
        "color" | "colour" => Some("here it is called `thread`"),
        _ => None,
    };
    let keys = Keys::of(&node, "a module", MODULE_KEYS, elsewhere, problems)?;
    let title = keys.title(problems);
    let (listed, mentioned) = listed_handouts(&keys, folder, sources, problems);
    tell_unlisted(folder, &mentioned, sources, problems);
    unread.extend(mentioned.iter().filter(|file| !listed.iter().any(|(_, known)| known == *file)).cloned());
    let read: Vec<_> = listed
        .par_iter()
        .map(|(name, file)| {
            let mut problems = Problems::new();
            let id = HandoutId { module: slug.clone(), handout: name.clone() };
            (memory.handout(id.clone(), file, sources, &mut problems), id, problems)
        })
        .collect();
    let mut handouts = Vec::new();
    for (handout, id, told) in read {
        problems.extend(told);
        if handout.is_none() {
            unread.push(folder.join(&format!("{}.md", id.handout)));
        }
        handouts.extend(handout);
    }
    let notes = keys.get("facilitator", problems).and_then(|node| notes(node, problems)).unwrap_or_default();
    let threads: Vec<_> = THREADS.iter().map(|thread| (*thread, *thread)).collect();
    let module = Module {
        slug,
        folder: folder.clone(),
        summary: keys.prose("summary", problems),
        thread: keys.choice("thread", &threads, problems).map(str::to_owned),
        outside_sessions: keys.yes("outside_sessions", problems),
        notes,
        handouts,
        title,
    };
    Some(module)
}

fn notes(node: &Node, problems: &mut Problems) -> Option<ModuleNotes> {
    let keys = Keys::of(node, "`facilitator` of a module", NOTE_KEYS, |_| None, problems)?;
    Some(ModuleNotes { purpose: keys.prose("purpose", problems), evidence: keys.prose("evidence", problems), watch_for: keys.prose("watch_for", problems) })
}

/// The handouts that `module.yml` lists, with their files, and all files that it mentions: those that cannot be handouts
/// are told, and not told again as unlisted or missing elsewhere.
fn listed_handouts(keys: &Keys<'_>, folder: &SourcePath, sources: &Sources, problems: &mut Problems) -> (Vec<(Slug, SourcePath)>, BTreeSet<SourcePath>) {
    let mut listed: Vec<(Slug, SourcePath)> = Vec::new();
    let mut mentioned = BTreeSet::new();
    if keys.need("handouts", "[five-senses, grounding-log]", problems).is_none() {
        return (listed, markdown_files(folder, sources).cloned().collect());
    }
    for name in keys.one_or_more("handouts", problems) {
        let stem = name.value.strip_suffix(".md").unwrap_or(&name.value);
        let file = folder.join(&format!("{stem}.md"));
        mentioned.insert(file.clone());
        if sources.unread.contains(&file) {
            continue;
        }
        if sources.text(&file).is_none() {
            let near = nearest_path(&file, markdown_files(folder, sources));
            mentioned.extend(near.cloned());
            problems.push(
                Diagnostic::new(
                    Code::UnknownHandout,
                    name.span.clone(),
                    format!("there is no handout `{}`: the file {} is not there", name.value, file.name()),
                )
                .help(match near {
                    Some(near) if Slug::new(near.stem()).is_none() => format!("there is a file {}; call it {}", near.name(), file.name()),
                    Some(near) => format!("did you mean `{}`?", near.stem()),
                    None => "make the file, or take the name out of the list".into(),
                }),
            );
            continue;
        }
        let Some(slug) = slug(stem, "a handout's file", name.span.clone(), problems) else { continue };
        if listed.iter().any(|(known, _)| *known == slug) {
            problems.push(Diagnostic::new(Code::DuplicateAddress, name.span, format!("`{stem}` stands twice in this list")).help("take one of them away"));
            continue;
        }
        listed.push((slug, file));
    }
    (listed, mentioned)
}

/// Tells a copy that a program made of a file that copebook looks at.
pub fn copy_of_a_file(file: &SourcePath) -> Diagnostic {
    let message = format!("`{}` looks like a copy that a program made, so it is on neither site", file.name());
    Diagnostic::new(Code::UnlistedFile, Span::of_file(file), message)
        .help("compare it with the other one, keep the one that you want under its own name, and take this one away")
}

fn markdown_files<'a>(folder: &'a SourcePath, sources: &'a Sources) -> impl Iterator<Item = &'a SourcePath> {
    sources.texts_in(folder).filter(move |file| file.ending() == "md" && file.parent() == *folder && file.language().is_none())
}

fn tell_unlisted(folder: &SourcePath, mentioned: &BTreeSet<SourcePath>, sources: &Sources, problems: &mut Problems) {
    let copies = sources.texts_in(folder).filter(|file| file.parent() == *folder && file.ending() != "md" && is_copy(file.stem()));
    problems.extend(copies.map(copy_of_a_file));
    for file in markdown_files(folder, sources).filter(|file| !mentioned.contains(file)) {
        let help = if is_copy(file.stem()) {
            "it looks like a copy that a program made: compare it with the other one, keep the one that you want under its own name, and take this one away"
                .into()
        } else if Slug::new(file.stem()).is_none() {
            let name = Slug::suggest(file.stem());
            format!("call it `{name}.md` and add `{name}` to `handouts` in module.yml, or take the file away")
        } else {
            format!("add `{}` to `handouts` in module.yml, or take the file away", file.stem())
        };
        problems.push(Diagnostic::new(Code::UnlistedFile, Span::of_file(file), format!("nothing names {}, so it is on neither site", file.name())).help(help));
    }
}
