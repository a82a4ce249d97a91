//! Tells files that are in a curriculum's folder, but that nothing names: their authors believe them to be on a site.

use std::collections::BTreeSet;

use super::fields::Problems;
use crate::diagnostic::{Code, Diagnostic, nearest, nearest_path};
use crate::model::{Curriculum, Module};
use crate::source::{SourcePath, Sources, Span};

/// Tells what the curriculum in `folder` does not use. `mentioned` are the pages that its file names, good or not, and
/// `unread` the modules that it names and that could not be read.
pub fn tell(folder: &SourcePath, modules: &[Module], mentioned: &BTreeSet<SourcePath>, unread: &[SourcePath], sources: &Sources, problems: &mut Problems) {
    pages(folder, mentioned, sources, problems);
    modules_not_named(folder, modules, unread, sources, problems);
    plans(folder, sources, problems);
}

fn unlisted(file: &SourcePath, message: String, help: String) -> Diagnostic {
    Diagnostic::new(Code::UnlistedFile, Span::of_file(file), message).help(help)
}

fn pages(folder: &SourcePath, mentioned: &BTreeSet<SourcePath>, sources: &Sources, problems: &mut Problems) {
    for key in ["pages", "guide"] {
        let place = folder.join(key);
        for file in sources.texts_in(&place).filter(|file| file.ending() == "md" && !mentioned.contains(file) && file.language().is_none()) {
            let (name, way) = (file.name(), folder.way_to(file));
            problems.push(unlisted(
                file,
                format!("nothing names {name}, so it is on neither site"),
                format!("add `{way}` to `{key}` in curriculum.yml, or take the file away"),
            ));
        }
    }
}

fn modules_not_named(folder: &SourcePath, modules: &[Module], unread: &[SourcePath], sources: &Sources, problems: &mut Problems) {
    let place = folder.join("modules");
    let mut told: BTreeSet<SourcePath> = BTreeSet::new();
    let folders: BTreeSet<&SourcePath> = modules.iter().map(|module| &module.folder).collect();
    for file in sources.texts_in(&place).filter(|file| file.ending() == "md" || file.name() == "module.yml") {
        let own = file.parent();
        // A module that could not be read has been told, and what is below a module is its own affair.
        let is_known = folders.contains(&own) || unread.contains(&own) || folders.iter().any(|folder| own.is_inside(folder));
        if own == place || is_known || sources.unread.contains(&own.join("module.yml")) || !told.insert(own.clone()) {
            continue;
        }
        let (name, way, module) = (own.name(), folder.way_to(&own), own.join("module.yml"));
        problems.push(if sources.text(&module).is_some() {
            unlisted(
                &module,
                format!("no curriculum names the module {name}, so it is on neither site"),
                format!("add `{way}` to `modules` in curriculum.yml, or take the folder away"),
            )
        } else {
            unlisted(
                file,
                format!("the folder {name} has no file module.yml, so its handouts are on neither site"),
                format!("make a file module.yml in it, with `title` and `handouts`, and add `{way}` to `modules` in curriculum.yml"),
            )
        });
    }
}

/// YAML that copebook does not look at: a plan in the wrong folder, or a file with the other ending.
fn plans(folder: &SourcePath, sources: &Sources, problems: &mut Problems) {
    let sessions = folder.join("sessions");
    for file in sources.texts_in(folder).filter(|file| matches!(file.ending().as_str(), "yml" | "yaml") && file.language().is_none()) {
        let name = file.name();
        if file.ending() == "yaml" && matches!(file.stem(), "curriculum" | "module") {
            problems.push(unlisted(file, format!("copebook does not look at {name}"), format!("call it `{}.yml`", file.stem())));
        } else if file.is_inside(&sessions) && file.parent() != sessions || file.parent() == *folder && name != "curriculum.yml" {
            let help = format!("if it is a session plan, move it into the folder `sessions`: `sessions/{name}`");
            problems.push(unlisted(file, format!("copebook does not look at {name} in this folder, so it is on neither site"), help));
        }
    }
}

/// Tells translations that are on no site: into a language that the curriculum does not name, or of a file that is not there.
/// In shared modules, other curricula may name other languages.
pub fn tell_translations(curriculum: &Curriculum, sources: &Sources, problems: &mut Problems) {
    let (folder, languages) = (&curriculum.folder, curriculum.languages.get(1..).unwrap_or_default());
    let yml = [folder.join("curriculum.yml")].into_iter().chain(curriculum.modules.iter().map(|module| module.folder.join("module.yml")));
    let handouts = curriculum.handouts().map(|(_, handout)| &handout.file);
    let others = handouts.chain(curriculum.pages.iter().map(|page| &page.file)).chain(curriculum.sessions.iter().map(|session| &session.file));
    let originals: BTreeSet<SourcePath> = yml.chain(others.cloned()).collect();
    for file in sources.texts.keys() {
        let Some(code) = file.language() else { continue };
        let (is_own, original) = (file.is_inside(folder), file.original());
        let is_shared = curriculum.modules.iter().any(|module| module.folder == file.parent());
        if !(is_own || is_shared && languages.iter().any(|language| language == code))
            || originals.contains(&original) && languages.iter().any(|language| language == code)
        {
            continue;
        }
        let name = file.name();
        if original.is_inside(&folder.join("guide")) {
            problems.push(unlisted(
                file,
                format!("{name} looks like a translation, and the guide is in the curriculum's own language only"),
                "take the file away, or give it a name without a language and list it under `guide` in curriculum.yml".into(),
            ));
        } else if !languages.iter().any(|language| language == code) {
            problems.push(unlisted(
                file,
                format!("`{code}` is not a language of this curriculum, so {name} is on neither site"),
                match nearest(code, languages.iter().map(String::as_str)) {
                    Some(near) => format!("did you mean `{}`?", original.translated(near).name()),
                    None => format!("add `{code}` to `translations` in curriculum.yml, or take the file away"),
                },
            ));
        } else if sources.text(&original).is_none() && !sources.unread.contains(&original) {
            let near = nearest_path(&original, originals.iter().filter(|known| known.parent() == original.parent() && known.ending() == original.ending()));
            problems.push(unlisted(
                file,
                format!("{name} translates {}, which is not there, so it is on neither site", original.name()),
                match near {
                    Some(near) => format!("did you mean `{}`?", near.translated(code).name()),
                    None => {
                        format!("call it like the file that it translates, with `.{code}` before the ending: `five-senses.{code}.md` beside `five-senses.md`")
                    }
                },
            ));
        }
    }
}
