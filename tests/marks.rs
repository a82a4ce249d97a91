//! The proof proves something: every key for facilitators that the format knows, and every such text that the model has, carries a
//! mark in the courses that `tests/proof.rs` grows. Whoever adds one is told here.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice, reason = "a test fails by a panic")]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use copebook::load::{self, known};
use copebook::texts::each_text;
use serde_json::Value;
use support::grow::{Grown, Place, grow};
use support::keys::{BODY, GUIDE_PAGE, THINGS, Thing, held, kind_of};

/// What the nth mark is. No text of ours has it.
fn mark(n: usize) -> String {
    format!("zqxj{n}q")
}

/// The marks in a text.
fn marks(text: &str) -> BTreeSet<String> {
    let found = text.split("zqxj").skip(1).filter_map(|rest| rest.split_once('q'));
    found.filter(|(digits, _)| digits.bytes().all(|b| b.is_ascii_digit())).map(|(digits, _)| format!("zqxj{digits}q")).collect()
}

/// A course with a mark in every text that is not for members, and what each mark is.
fn marked(seed: u8) -> (Grown, BTreeMap<String, Place>) {
    let mut planted = BTreeMap::new();
    let bytes: Vec<u8> = (0..400_u32).map(|n| u8::try_from((n * n + n / 7 + u32::from(seed) * 131) % 251).unwrap()).collect();
    let grown = grow(&bytes, &mut |place| {
        let own = mark(planted.len() + 1);
        planted.insert(own.clone(), place);
        own
    });
    (grown, planted)
}

/// How many courses are grown: enough for each key to stand in one of them.
const MANY: u8 = 12;

/// Notes the keys of a thing in whose text a mark stands, and those of what it holds.
fn look(thing: &'static str, node: &Value, seen: &mut BTreeMap<(&'static str, String), bool>) {
    match node {
        Value::Array(items) => items.iter().for_each(|item| look(thing, item, seen)),
        Value::Object(keys) => {
            for (key, value) in keys {
                if let Some(inner) = held(thing, key) {
                    look(inner, value, seen);
                } else {
                    *seen.entry((thing, key.clone())).or_default() |= !marks(&value.to_string()).is_empty();
                }
            }
        }
        _ => {}
    }
}

/// The keys that stand in the courses grown, and whether a mark stands in their text.
fn keys_seen() -> BTreeMap<(&'static str, String), bool> {
    let mut seen = BTreeMap::new();
    for (file, text) in (0..MANY).flat_map(|seed| marked(seed).0.files) {
        let Some(kind) = kind_of(&file) else { continue };
        let head = if file.ends_with(".md") {
            let Some((head, body)) = text.strip_prefix("---\n").and_then(|text| text.split_once("\n---\n")) else { continue };
            // What members read below a head is no key; nor may a mark stand there. (Names of pictures stay at home.)
            let body: String = body.lines().filter(|line| kind == GUIDE_PAGE || !line.starts_with("![")).collect();
            seen.entry((kind, BODY.to_owned())).and_modify(|old| *old |= !marks(&body).is_empty()).or_insert(!marks(&body).is_empty());
            head.to_owned()
        } else {
            text
        };
        let node: Value = serde_yaml::from_str(&head).unwrap_or_else(|error| panic!("{file}: {error}"));
        look(kind, &node, &mut seen);
    }
    seen
}

/// A worksheet's questions: all of them are for members, and none has a key of the others.
fn is_question(name: &str, keys: &[&str]) -> bool {
    keys.first() == Some(&name)
}

#[test]
fn every_key_of_the_format_has_a_word_on_who_reads_it() {
    let known = known::keys();
    for (name, keys) in known.iter().filter(|(name, keys)| !is_question(name, keys)) {
        let thing = THINGS.iter().find(|thing| thing.name == *name).unwrap_or_else(|| panic!("tests/support/keys.rs does not say who reads a {name}"));
        let here: BTreeSet<&str> = [thing.private, thing.holds, thing.nobody, thing.others].concat().into_iter().collect();
        assert_eq!(here, keys.iter().copied().collect(), "{name}: tests/support/keys.rs does not say of these keys who reads them");
    }
    for thing in THINGS {
        assert!(thing.name == GUIDE_PAGE || known.iter().any(|(name, _)| *name == thing.name), "there is no {}", thing.name);
    }
}

#[test]
fn every_key_for_facilitators_has_a_mark_in_the_courses_grown() {
    let seen = keys_seen();
    for Thing { name, private, nobody, others, holds } in THINGS {
        let has = |key: &str| seen.get(&(*name, key.to_owned()));
        for key in private.iter().chain(*nobody) {
            assert_eq!(has(key), Some(&true), "no course grown has a mark under `{key}` of a {name}: add it to tests/support/grow.rs");
        }
        for key in *others {
            assert_ne!(has(key), Some(&true), "`{key}` of a {name} is not for facilitators alone, and a mark stands there");
        }
        for key in *holds {
            assert!(held(name, key).is_some(), "tests/support/keys.rs does not say what `{key}` of a {name} holds");
        }
    }
    // A course has nothing but what this looks at.
    let known = |(name, key): &(&str, String)| {
        let thing = THINGS.iter().find(|thing| thing.name == *name).unwrap();
        key == BODY || key.starts_with("for_") && *name == "adapt" || [thing.private, thing.nobody, thing.others, thing.holds].concat().contains(&key.as_str())
    };
    let unknown: Vec<_> = seen.keys().filter(|seen| !known(seen)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
    assert!(seen.iter().all(|((name, key), has)| key != BODY || *has == (*name == GUIDE_PAGE)), "a mark stands in a text for members");
}

/// Each text for facilitators of the model, and the key that it is read from.
const FIELDS: &[(&str, &str, &[&str])] = &[
    ("Adaptation.text", "adapt", &["online", "low_literacy", "teens", "one_facilitator"]),
    ("AgendaItem.title", "item", &["title"]),
    ("Curriculum.distress_protocol", "curriculum", &["distress_protocol"]),
    ("Curriculum.newcomers", "curriculum", &["newcomers"]),
    ("Defaults.after", "defaults", &["after"]),
    ("Defaults.prepare", "defaults", &["prepare"]),
    ("GuidePage.body", GUIDE_PAGE, &[BODY]),
    ("GuidePage.summary", GUIDE_PAGE, &["summary"]),
    ("GuidePage.title", GUIDE_PAGE, &["title"]),
    ("Handout.notes", "handout", &["facilitator"]),
    ("HardMoment.act", "hard moment", &["do"]),
    ("HardMoment.when", "hard moment", &["when"]),
    ("ModuleNotes.evidence", "notes of a module", &["evidence"]),
    ("ModuleNotes.purpose", "notes of a module", &["purpose"]),
    ("ModuleNotes.watch_for", "notes of a module", &["watch_for"]),
    ("Part.title", "part", &["title"]),
    ("RuleSetting.because", "setting of a rule", &["because"]),
    ("SessionPlan.about", "session", &["about"]),
    ("SessionPlan.after", "session", &["after"]),
    ("SessionPlan.goals", "session", &["goals"]),
    ("SessionPlan.materials", "session", &["materials"]),
    ("SessionPlan.newcomers", "session", &["newcomers"]),
    ("SessionPlan.practice", "session", &["practice"]),
    ("SessionPlan.prepare", "session", &["prepare"]),
    ("SessionPlan.safety", "session", &["safety"]),
    ("Step.text", "step", &["say", "ask", "do", "listen_for", "watch_for", "note"]),
];

/// Keys for facilitators that hold no Markdown: names, of pages too, and numbers of people.
const PLAIN: &[(&str, &str)] = &[
    ("curriculum", "guide"),
    ("curriculum", "leads"),
    ("curriculum", "authors"),
    ("curriculum", "references"),
    ("curriculum", "license"),
    ("group of a course", "size"),
    ("group of a course", "facilitators"),
    ("group", "facilitators"),
];

/// The fields of the model whose type is a text for facilitators: `Struct.field`.
fn fields() -> BTreeSet<String> {
    let mut fields = BTreeSet::new();
    for (_, bytes) in support::files(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/model")) {
        let text = String::from_utf8(bytes).unwrap();
        let mut of = String::new();
        for line in text.lines().map(str::trim_start) {
            let named = |start: &str| line.strip_prefix(start).map(|rest| rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_owned());
            if let Some(name) = named("pub struct ").or_else(|| named("pub enum ")) {
                of = name;
            } else if line.contains("Prose<Facilitator>") && !line.contains("fn ") && !line.starts_with("//") {
                let field = line.trim_start_matches("pub ").split([':', '(']).next().unwrap_or_default();
                fields.insert(format!("{of}.{field}"));
            }
        }
    }
    fields
}

#[test]
fn every_text_for_facilitators_of_the_model_has_a_key_with_a_mark() {
    let fields = fields();
    assert_eq!(fields, FIELDS.iter().map(|(field, ..)| (*field).to_owned()).collect(), "the model and this test know other texts for facilitators");
    let read: BTreeSet<(&str, &str)> = FIELDS.iter().flat_map(|(_, name, keys)| keys.iter().map(|key| (*name, *key))).chain(PLAIN.iter().copied()).collect();
    let private: BTreeSet<(&str, &str)> = THINGS.iter().flat_map(|thing| thing.private.iter().map(|key| (thing.name, *key))).collect();
    assert_eq!(read, private);
}

/// The walk through all texts, which the proof of every build relies on, misses no text and takes none for another's.
#[test]
fn the_walk_through_all_texts_sees_every_mark() {
    for seed in 0..MANY {
        let (grown, planted) = marked(seed);
        let loaded = load::load(&grown.sources());
        let errors: Vec<_> = loaded.diagnostics.iter().filter(|problem| problem.is_error()).collect();
        assert!(errors.is_empty(), "{errors:#?}");
        let (mut private, mut credits) = (BTreeSet::new(), BTreeSet::new());
        each_text(&loaded.value[0], &mut |text, for_members| {
            // The picture that a page shows has a name, which is nobody's.
            let text: String = text.value.lines().filter(|line| !line.starts_with("![")).collect();
            let found = marks(&text);
            if for_members {
                credits.extend(found);
            } else {
                assert!(!found.is_empty(), "this text for facilitators has no mark: {text}");
                private.extend(found);
            }
        });
        let of = |places: &[Place]| planted.iter().filter(|(_, place)| places.contains(place)).map(|(mark, _)| mark.clone()).collect::<BTreeSet<_>>();
        assert_eq!(private, of(&[Place::Line, Place::Text]));
        assert!(credits.is_subset(&of(&[Place::Credit])), "a text for facilitators is taken for one for members");
    }
}
