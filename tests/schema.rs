//! What editors are told about the source format is what the decoder knows, and holds for every file that is shipped.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice, reason = "a test fails by a panic")]

mod support;

use std::collections::BTreeSet;
use std::path::Path;

use copebook::load::known;
use copebook::schema::schemas;
use serde_json::Value;
use support::Folder;

/// The schema of a file, by its name without `.json`.
fn schema(name: &str) -> Value {
    let file = format!("{name}.json");
    schemas().into_iter().find(|(known, _)| *known == file).unwrap_or_else(|| panic!("no schema {name}")).1
}

/// Where each kind of thing stands in the schemas. One that stands in several places is looked at in each.
const THINGS: &[(&str, &str, &str)] = &[
    ("curriculum", "curriculum", ""),
    ("group of a course", "curriculum", "/properties/group"),
    ("defaults", "curriculum", "/properties/defaults"),
    ("crisis line", "curriculum", "/properties/crisis/items"),
    ("crisis line", "group", "/properties/crisis/items"),
    ("hard moment", "curriculum", "/properties/hard_moments/items"),
    ("term", "curriculum", "/properties/terms/items"),
    ("setting of a rule", "curriculum", "/properties/checks/items"),
    ("adapt", "curriculum", "/properties/adapt"),
    ("adapt", "session", "/properties/adapt"),
    ("item", "curriculum", "/properties/defaults/properties/open/items"),
    ("item", "curriculum", "/properties/defaults/properties/close/items"),
    ("module", "module", ""),
    ("notes of a module", "module", "/properties/facilitator"),
    ("session", "session", ""),
    ("members", "session", "/properties/members"),
    ("item", "session", "/properties/agenda/items"),
    ("item", "session", "/properties/open/items"),
    ("item", "session", "/properties/close/items"),
    ("part", "session", "/properties/agenda/items/properties/parts/items"),
    ("step", "session", "/properties/agenda/items/properties/steps/items"),
    ("step", "session", "/properties/agenda/items/properties/parts/items/properties/steps/items"),
    ("handout", "handout", ""),
    ("page", "page", ""),
    ("group", "group", ""),
    ("translated curriculum", "translated-curriculum", ""),
    ("translated defaults", "translated-curriculum", "/properties/defaults"),
    ("translated crisis line", "translated-curriculum", "/properties/crisis/items"),
    ("translated module", "translated-module", ""),
    ("translated session", "translated-session", ""),
    ("translated page", "translated-page", ""),
];

/// Where fixed words stand in the schemas.
const WORDS: &[(&str, &str, &str)] = &[
    ("kind of a group", "curriculum", "/properties/group/properties/kind"),
    ("kind of an item", "session", "/properties/agenda/items/properties/kind"),
    ("what a rule is", "curriculum", "/properties/checks/items/properties/is"),
    ("lead", "session", "/properties/agenda/items/properties/lead"),
    ("lead", "session", "/properties/agenda/items/properties/steps/items/properties/lead"),
    ("thread", "module", "/properties/thread"),
    ("weekday", "group", "/properties/weekday"),
];

fn keys_of(thing: &Value) -> BTreeSet<&str> {
    thing["properties"].as_object().unwrap_or_else(|| panic!("no keys in {thing}")).keys().map(String::as_str).collect()
}

#[test]
fn every_key_of_the_decoder_is_in_the_schemas_and_the_other_way_round() {
    for (thing, keys) in known::keys() {
        let keys: BTreeSet<&str> = keys.into_iter().collect();
        let places: Vec<_> = THINGS.iter().filter(|(known, ..)| *known == thing).collect();
        for (_, file, place) in &places {
            let schema = schema(file);
            assert_eq!(keys_of(schema.pointer(place).unwrap()), keys, "{thing} in {file}.json{place}");
        }
        if places.is_empty() {
            // A question of a worksheet.
            let worksheet = schema("worksheet");
            let question =
                worksheet["items"]["anyOf"].as_array().unwrap().iter().find(|question| question["required"][0] == *thing || keys_of(question).contains(thing));
            assert_eq!(keys_of(question.unwrap_or_else(|| panic!("no question {thing}"))), keys, "{thing}");
        }
    }
    let questions = schema("worksheet")["items"]["anyOf"].as_array().unwrap().len();
    assert_eq!(
        THINGS.iter().map(|(thing, ..)| thing).collect::<BTreeSet<_>>().len() + questions,
        known::keys().len(),
        "a schema has a thing that the decoder has not"
    );
}

#[test]
fn fixed_words_are_the_same() {
    for (thing, words) in known::words() {
        let places: Vec<_> = WORDS.iter().filter(|(known, ..)| *known == thing).collect();
        assert!(!places.is_empty(), "{thing}");
        for (_, file, place) in places {
            let schema = schema(file);
            let place = schema.pointer(place).unwrap();
            let told: Vec<&str> = match (place["oneOf"].as_array(), place["enum"].as_array()) {
                (Some(each), _) => each.iter().map(|word| word["const"].as_str().unwrap()).collect(),
                (_, words) => words.unwrap().iter().map(|word| word.as_str().unwrap()).collect(),
            };
            assert_eq!(told, words, "{thing}");
        }
    }
}

#[test]
fn every_key_says_what_it_is_and_knows_no_others() {
    fn walk(schema: &Value, place: &str) {
        match schema {
            Value::Object(entries) => {
                if let Some(properties) = entries.get("properties").and_then(Value::as_object) {
                    assert!(entries.contains_key("additionalProperties"), "{place} lets unknown keys pass");
                    for (key, property) in properties {
                        assert!(property["description"].as_str().is_some_and(|words| words.len() > 8), "{place}/{key} has no words");
                        assert!(property["title"].is_string(), "{place}/{key} has no title");
                    }
                }
                entries.iter().for_each(|(key, value)| walk(value, &format!("{place}/{key}")));
            }
            Value::Array(items) => items.iter().enumerate().for_each(|(n, value)| walk(value, &format!("{place}/{n}"))),
            _ => assert!(schema != "null" && !schema.is_null(), "{place} lets a key be empty"),
        }
    }
    for (name, schema) in schemas() {
        assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#", "{name}");
        assert!(schema["title"].is_string() && schema["description"].is_string(), "{name}");
        walk(&schema, name);
    }
}

/// What is wrong with a value: a small checker of just those words of JSON Schema that the schemas use.
fn wrong(schema: &Value, value: &Value, place: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut need = |fine: bool, what: String| {
        if !fine {
            found.push(format!("{place}: {what}"));
        }
    };
    let is = |kind: &Value| match kind.as_str().unwrap() {
        "string" => value.is_string(),
        "integer" => value.is_i64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("unknown type {other}"),
    };
    let fits = |choice: &&Value| wrong(choice, value, place).is_empty();
    for (word, wanted) in schema.as_object().unwrap() {
        match word.as_str() {
            "$schema" | "title" | "description" | "format" => {}
            "type" => need(wanted.as_array().map_or_else(|| is(wanted), |kinds| kinds.iter().any(is)), format!("{value} is not {wanted}")),
            "const" => need(value == wanted, format!("{value} is not {wanted}")),
            "enum" => need(wanted.as_array().unwrap().contains(value), format!("{value} is none of {wanted}")),
            "anyOf" => need(wanted.as_array().unwrap().iter().any(|choice| fits(&choice)), format!("{value} fits nothing")),
            "oneOf" => need(wanted.as_array().unwrap().iter().filter(fits).count() == 1, format!("{value} fits none or several")),
            "pattern" => need(
                value.as_str().is_none_or(|text| regex_lite::Regex::new(wanted.as_str().unwrap()).unwrap().is_match(text)),
                format!("{value} is not like {wanted}"),
            ),
            "minimum" => need(value.as_f64().is_none_or(|n| n >= wanted.as_f64().unwrap()), format!("{value} is too small")),
            "maximum" => need(value.as_f64().is_none_or(|n| n <= wanted.as_f64().unwrap()), format!("{value} is too large")),
            "minItems" => need(value.as_array().is_none_or(|list| list.len() as u64 >= wanted.as_u64().unwrap()), "too few".into()),
            "maxItems" => need(value.as_array().is_none_or(|list| list.len() as u64 <= wanted.as_u64().unwrap()), "too many".into()),
            "required" => {
                for key in wanted.as_array().unwrap() {
                    need(value.as_object().is_none_or(|keys| keys.contains_key(key.as_str().unwrap())), format!("{key} is missing"));
                }
            }
            "items" => {
                for (n, item) in value.as_array().into_iter().flatten().enumerate() {
                    wrong(wanted, item, &format!("{place}/{n}")).into_iter().for_each(|what| need(false, what));
                }
            }
            "properties" => {
                for (key, item) in value.as_object().into_iter().flatten() {
                    if let Some(known) = wanted.get(key) {
                        wrong(known, item, &format!("{place}/{key}")).into_iter().for_each(|what| need(false, what));
                    }
                }
            }
            "additionalProperties" => {
                for (key, item) in value.as_object().into_iter().flatten().filter(|(key, _)| schema["properties"].get(key.as_str()).is_none()) {
                    match wanted {
                        Value::Bool(false) => need(false, format!("{key} is unknown")),
                        other => wrong(other, item, &format!("{place}/{key}")).into_iter().for_each(|what| need(false, what)),
                    }
                }
            }
            other => panic!("this test does not know `{other}`"),
        }
    }
    found
}

fn problems(name: &str, yaml: &str) -> Vec<String> {
    // As editors read YAML 1.2: `off` is a word.
    let value: Value =
        serde_yaml::from_str_with_options(yaml, serde_yaml::options! { strict_booleans: true }).unwrap_or_else(|error| panic!("{yaml}\n{error}"));
    wrong(&schema(name), &value, "")
}

/// The heads and the worksheets of a page of Markdown.
fn pieces(text: &str) -> (Option<String>, Vec<String>) {
    let head = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")).map(|(head, _)| head.to_owned());
    let mut worksheets = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line.starts_with(":::") && line.contains("worksheet") {
            worksheets.push(lines.by_ref().take_while(|line| !line.starts_with(":::")).collect::<Vec<_>>().join("\n"));
        }
    }
    (head, worksheets)
}

/// Checks every file of a folder; gives how many pieces were looked at.
fn check_folder(folder: &Path) -> usize {
    let mut looked = 0;
    for (file, bytes) in support::files(folder) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let mut fits = |name: &str, yaml: &str| {
            looked += 1;
            assert_eq!(problems(name, yaml), [] as [&str; 0], "{}/{file}", folder.display());
        };
        let path = Path::new(&file);
        let around = path.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy().into_owned();
        let name = path.file_name().unwrap().to_string_lossy();
        let is_translated = name.matches('.').count() == 2;
        match (&*name, &*around) {
            (name, _) if is_translated && name.starts_with("curriculum.") => fits("translated-curriculum", &text),
            (name, _) if is_translated && name.starts_with("module.") => fits("translated-module", &text),
            (name, "sessions") if is_translated && name.ends_with(".yml") => fits("translated-session", &text),
            ("curriculum.yml", _) => fits("curriculum", &text),
            ("module.yml", _) => fits("module", &text),
            (name, "sessions") if name.ends_with(".yml") => fits("session", &text),
            (name, "groups") if name.ends_with(".yml") => fits("group", &text),
            (name, around) if name.ends_with(".md") => {
                let (head, worksheets) = pieces(&text);
                let kind = if is_translated {
                    "translated-page"
                } else if matches!(around, "pages" | "guide") {
                    "page"
                } else {
                    "handout"
                };
                head.iter().for_each(|head| fits(kind, head));
                worksheets.iter().for_each(|worksheet| fits("worksheet", worksheet));
            }
            _ => {}
        }
    }
    looked
}

#[test]
fn all_shipped_files_fit() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    assert!(check_folder(&root.join("curricula")) > 40);
    assert!(check_folder(&root.join("tests/fixtures/everything")) > 10);
    assert!(check_folder(&root.join("tests/diagnostics/_base")) > 5);
    let folder = Folder::with(&[]);
    for language in copebook::starter::languages() {
        let new = folder.copebook(&["new", language, "--language", language, "--crisis-name", "Line", "--crisis-call", "116 123"]);
        assert_eq!(new.status.code(), Some(0), "{}", String::from_utf8_lossy(&new.stderr));
        assert!(check_folder(&folder.path.join(language)) > 8, "{language}");
    }
}

#[test]
fn slips_are_found() {
    let session = |item: &str| problems("session", &format!("title: x\nagenda:\n  - title: y\n    {item}\n"));
    for right in [
        "minutes: 5",
        "minutes: 20-30",
        "minutes: 20 to 30",
        "kind: check-in",
        "steps: [ { ask: why, listen_for: how, lead: second } ]",
        "handout: a/b",
        "handout: [ a/b ]",
    ] {
        assert!(session(right).is_empty(), "{right}");
    }
    for slip in [
        "minuts: 5",
        "minutes: ten",
        "minutes: 0",
        "minutes:",
        "kind: checkin",
        "steps: [ { lead: second } ]",
        "steps: [ { explain: x } ]",
        "handout: { a: b }",
    ] {
        assert!(!session(slip).is_empty(), "{slip}");
    }
    assert!(!problems("session", "title: x\n").is_empty());
    assert!(!problems("curriculum", "title: x\ncrisis: [ { name: y } ]\n").is_empty());
    assert!(!problems("curriculum", "title: x\ncrisis: [ { name: y, call: nobody } ]\n").is_empty());
    assert!(problems("curriculum", "title: 7\ncrisis: [ { name: y, text: HOME to 741741 } ]\nadapt: { large_group: z }\n").is_empty());
    let setting =
        |setting: &str| problems("curriculum", &format!("title: x\ncrisis: [ {{ name: y, call: \"1\" }} ]\nchecks: [ {{ {setting}, because: z }} ]\n"));
    assert!(setting("rule: no-break, is: off").is_empty());
    assert!(!setting("rule: leak, is: off").is_empty() && !setting("rule: no-brake, is: off").is_empty() && !setting("rule: no-break, is: no").is_empty());
    assert!(!problems("group", "place: x\n").is_empty());
    assert!(!problems("worksheet", "- line: x\n  options: [a]\n").is_empty());
}

#[test]
fn the_editor_is_set_up_and_its_own_settings_stay() {
    let folder = Folder::with(&[("course/curriculum.yml", "title: x\n")]);
    let run = || folder.copebook(&["schema", "course"]);
    assert_eq!(run().status.code(), Some(0));
    let settings: Value = serde_json::from_str(&folder.text("course/.vscode/settings.json")).unwrap();
    for (file, _) in settings["yaml.schemas"].as_object().unwrap() {
        assert!(folder.path.join("course").join(file).is_file(), "{file}");
    }
    // A second run changes nothing.
    let before = folder.files("course");
    assert!(String::from_utf8_lossy(&run().stderr).contains("VS Code"));
    assert_eq!(folder.files("course"), before);
    // Settings of her own are hers: she is shown what to add.
    folder.put("course/.vscode/settings.json", "{ // mine\n}");
    let told = run();
    assert!(String::from_utf8_lossy(&told.stderr).contains("\"./.vscode/copebook/session.json\""));
    assert_eq!(folder.text("course/.vscode/settings.json"), "{ // mine\n}");
    // No source: the folder is passed over.
    assert!(!String::from_utf8_lossy(&folder.copebook(&["check", "course"]).stdout).contains(".vscode"));
    assert_eq!(folder.copebook(&["schema", "nowhere"]).status.code(), Some(2));
}
