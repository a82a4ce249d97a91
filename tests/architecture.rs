//! The house: who may use what, and the words that may not stand in some rooms.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice, reason = "a test fails by a panic")]

use std::collections::BTreeMap;

/// The layers, from the top: a file may use its own layer and those below it.
const LAYERS: &[&[&str]] = &[
    &["main", "lib"],
    &["commands"],
    &["preview"],
    &["cli", "explain", "read", "write", "report"],
    &["scan", "pack"],
    &["render"],
    &["theme", "site", "check", "changes", "schema", "starter"],
    &["reading"],
    &["load", "texts"],
    &["model"],
    &["audience", "diagnostic", "kept", "link", "markdown", "picture", "plain", "plural", "source"],
];

/// Uses on the same layer that are meant.
const BESIDE: &[(&str, &str)] = &[("diagnostic", "source"), ("audience", "source"), ("plain", "markdown"), ("markdown", "source")];

/// Uses that go over a wall on purpose: a rule and its reason.
const EXCEPTIONS: &[(&str, &str)] = &[
    // Reading a theme gives a value that `theme` defines.
    ("read", "theme"),
];

fn source_files() -> BTreeMap<String, String> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/src");
    let mut files = BTreeMap::new();
    for entry in walkdir::WalkDir::new(root).sort_by_file_name() {
        let entry = entry.unwrap();
        if entry.file_type().is_file() {
            let name = entry.path().strip_prefix(root).unwrap().to_string_lossy().into_owned();
            #[expect(clippy::disallowed_methods, reason = "this test reads the sources")]
            files.insert(name, std::fs::read_to_string(entry.path()).unwrap());
        }
    }
    files
}

/// The room of a file: `load/yaml.rs` is in `load`.
fn room(file: &str) -> &str {
    file.split(['/', '.']).next().unwrap_or_default()
}

fn layer(room: &str) -> usize {
    LAYERS.iter().position(|layer| layer.contains(&room)).unwrap_or_else(|| panic!("`{room}` has no place in the house"))
}

/// The rooms that a text uses: `use crate::model::…`, `crate::load::…`.
fn uses(text: &str) -> Vec<String> {
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    let mut rooms = Vec::new();
    for rest in code.split("crate::").skip(1) {
        let inside = rest.strip_prefix('{').and_then(|rest| rest.split('}').next());
        let names: Vec<&str> = inside.map_or_else(|| vec![rest], |list| list.split(',').collect());
        for name in names {
            let name: String = name.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            if LAYERS.iter().any(|layer| layer.contains(&name.as_str())) {
                rooms.push(name);
            }
        }
    }
    rooms
}

fn upward(files: &BTreeMap<String, String>) -> Vec<String> {
    let mut wrong = Vec::new();
    for (file, text) in files {
        let own = room(file);
        for used in uses(text) {
            let allowed = own == used || layer(&used) > layer(own) || BESIDE.contains(&(own, &used)) || EXCEPTIONS.contains(&(own, &used));
            if !allowed {
                wrong.push(format!("{file} uses {used}"));
            }
        }
    }
    wrong
}

#[test]
fn imports_go_down() {
    let mut files = source_files();
    assert_eq!(upward(&files), [] as [&str; 0]);
    // The test can fail.
    files.insert("model/planted.rs".into(), "use crate::render::Output;".into());
    assert_eq!(upward(&files), ["model/planted.rs uses render"]);
}

#[test]
fn a_child_does_not_use_its_own_mod() {
    for (file, text) in source_files() {
        let Some((folder, name)) = file.split_once('/') else { continue };
        let own = format!("use crate::{folder}::");
        // A sibling by its own name is fine (`crate::site::blocks::…`); what `mod.rs` passes on to others is not.
        let through_mod = text.split(&own).skip(1).any(|rest| !rest.split(';').next().is_some_and(|path| path.starts_with(char::is_lowercase)));
        assert!(name == "mod.rs" || !through_mod, "{file} imports from its own mod.rs: use a sibling by its name");
    }
}

#[test]
fn walls_of_the_promise() {
    for (file, text) in source_files() {
        let has = |word: &str| text.contains(word);
        let for_members = matches!(file.as_str(), "site/members.rs" | "site/single.rs" | "model/translation.rs" | "load/translation.rs");
        assert!(!for_members || !has("Facilitator"), "{file} may not even name the other audience");
        assert!(room(&file) == "load" || file == "audience.rs" || !has("Prose::written"), "{file} makes prose: only `load` may");
        assert!(!matches!(room(&file), "model" | "audience") || !has("Serialize"), "{file} opens the model to templates");
        assert!(
            matches!(file.as_str(), "audience.rs" | "site/view.rs" | "texts.rs" | "load/translation.rs")
                || matches!(room(&file), "check" | "changes")
                || !has("Reader::"),
            "{file} makes a reader"
        );
    }
}
