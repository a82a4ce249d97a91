//! Tells files that are in a curriculum's folder, but that nothing names: their authors believe them to be on a site.

use std::collections::BTreeSet;

use super::fields::Problems;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Module;
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
        for file in sources.texts_in(&place).filter(|file| file.ending() == "md" && !mentioned.contains(file)) {
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
    for file in sources.texts_in(&place).filter(|file| file.ending() == "md" || file.name() == "module.yml") {
        let own = file.parent();
        // A module that could not be read has been told, and what is below a module is its own affair.
        let is_known = unread.contains(&own) || modules.iter().any(|module| module.folder == own || own.is_inside(&module.folder));
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
    for file in sources.texts_in(folder).filter(|file| matches!(file.ending().as_str(), "yml" | "yaml")) {
        let name = file.name();
        if file.ending() == "yaml" && matches!(file.stem(), "curriculum" | "module") {
            problems.push(unlisted(file, format!("copebook does not look at {name}"), format!("call it `{}.yml`", file.stem())));
        } else if file.is_inside(&sessions) && file.parent() != sessions || file.parent() == *folder && name != "curriculum.yml" {
            let help = format!("if it is a session plan, move it into the folder `sessions`: `sessions/{name}`");
            problems.push(unlisted(file, format!("copebook does not look at {name} in this folder, so it is on neither site"), help));
        }
    }
}
