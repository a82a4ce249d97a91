//! Whatever an author changes, a course that is loaded again from what was kept is the same as one that is loaded afresh.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice, reason = "a test fails by a panic")]

mod support;

use copebook::diagnostic::{Checked, Diagnostic};
use copebook::load::{self, Memory};
use copebook::model::Curriculum;
use copebook::source::{SourcePath, Sources};
use copebook::texts::each_text;
use proptest::prelude::*;
use support::grow::grow;

/// All that a load gives: what is told, what the courses and their editions are, and every text with its place.
fn all(loaded: &Checked<Vec<Curriculum>>) -> (&[Diagnostic], String) {
    let mut all = String::new();
    for curriculum in loaded.value.iter().flat_map(|curriculum| [curriculum.clone()].into_iter().chain(curriculum.editions())) {
        all.push_str(&format!("{curriculum:?}\n"));
        each_text(&curriculum, &mut |text, for_members| all.push_str(&format!("{for_members} {text:?}\n")));
    }
    (&loaded.diagnostics, all)
}

/// Two courses that share a module, and their translations.
fn courses(grown: Option<&[u8]>) -> Sources {
    let mut sources = match grown {
        Some(bytes) => grow(bytes, &mut |_| "Look first for whoever is near the door.".into()).sources(),
        None => support::in_spanish(),
    };
    let own: Vec<_> = sources.texts.iter().filter_map(|(file, text)| Some((file.as_str().strip_prefix("course/")?.to_owned(), text.clone()))).collect();
    sources.texts.extend(own.into_iter().map(|(file, text)| (SourcePath::new(&format!("twin/{file}")), text)));
    sources.curricula.push(SourcePath::new("twin"));
    sources
}

/// A change: the file that it is made in, another one, what is done, and in which line.
type Change = (usize, usize, u8, usize);

fn change(sources: &mut Sources, first: &Sources, &(file, other, kind, at): &Change) {
    let files: Vec<SourcePath> = first.texts.keys().cloned().collect();
    let (file, other) = (&files[file % files.len()], &files[other % files.len()]);
    let text = sources.text(file).unwrap_or_default().to_owned();
    let mut lines: Vec<&str> = text.split('\n').collect();
    let at = at % lines.len();
    let others = sources.text(other).unwrap_or_default().to_owned();
    let new = match kind {
        0 => {
            lines.remove(at);
            lines.join("\n")
        }
        1 => {
            lines.insert(at, others.lines().nth(at % others.lines().count().max(1)).unwrap_or_default());
            lines.join("\n")
        }
        2 => {
            let line = format!("{} more", lines[at]);
            lines[at] = &line;
            lines.join("\n")
        }
        // Another file's text, of which something may be kept under that file's name.
        3 => others,
        4 => {
            sources.texts.remove(file);
            return;
        }
        5 => {
            sources.texts.remove(file);
            sources.unread.insert(file.clone());
            return;
        }
        // As long as it was.
        6 => text.replace('e', "a"),
        // As it was in the beginning.
        _ => first.text(file).unwrap_or_default().to_owned(),
    };
    sources.unread.remove(file);
    sources.texts.insert(file.clone(), new.into());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_loaded_again_is_what_would_be_loaded_afresh(
        grown in proptest::option::of(proptest::collection::vec(any::<u8>(), 0..200)),
        changes in proptest::collection::vec(proptest::collection::vec((any::<usize>(), any::<usize>(), 0..10u8, any::<usize>()), 0..4), 1..10),
    ) {
        let first = courses(grown.as_deref());
        let memory = Memory::keeping();
        let mut sources = first.clone();
        for some in changes {
            some.iter().for_each(|one| change(&mut sources, &first, one));
            memory.next_round();
            let (again, afresh) = (load::load_again(&sources, &memory), load::load(&sources));
            prop_assert_eq!(all(&again), all(&afresh), "after {:?}", some);
        }
    }
}

/// What is not changed is not made again, or there would be no use in it.
#[test]
fn handouts_that_have_not_changed_are_the_same() {
    let mut sources = courses(None);
    let memory = Memory::keeping();
    let handouts = |sources: &Sources| {
        memory.next_round();
        let loaded = load::load_again(sources, &memory);
        let handouts = loaded.value[0].modules.iter().flat_map(|module| module.handouts.clone());
        handouts.map(|handout| (handout.file.to_string(), handout)).collect::<Vec<_>>()
    };
    let before = handouts(&sources);
    let changed = SourcePath::new("course/modules/own/second.md");
    let text = format!("{}\nA line more.\n", sources.text(&changed).unwrap());
    sources.texts.insert(changed.clone(), text.into());
    let after = handouts(&sources);
    assert!(before.len() > 1);
    for ((file, was), (_, is)) in before.iter().zip(&after) {
        assert_eq!(std::sync::Arc::ptr_eq(was, is), file != changed.as_str(), "{file}");
    }
}
