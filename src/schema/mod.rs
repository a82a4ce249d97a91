//! What editors are told about the source format: JSON Schemas, made from types whose comments are the words that an author
//! reads when she points at a key.
//!
//! The decoder in `load` does not use these types, since it tells mistakes in its own words; a test keeps the keys of both the same.

pub mod curriculum;
pub mod group;
pub mod kinds;
pub mod page;
pub mod session;
pub mod translation;
pub mod worksheet;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use schemars::transform::{Transform, transform_subschemas};
use serde_json::{Value, json};

/// Each schema by its file's name. The language server of VS Code knows JSON Schema up to draft 7.
pub fn schemas() -> Vec<(&'static str, Value)> {
    vec![
        ("curriculum.json", schema::<curriculum::Curriculum>()),
        ("module.json", schema::<page::Module>()),
        ("session.json", schema::<session::SessionPlan>()),
        ("group.json", schema::<group::Group>()),
        ("handout.json", schema::<page::Handout>()),
        ("page.json", schema::<page::Page>()),
        ("worksheet.json", schema::<worksheet::Worksheet>()),
        ("translated-curriculum.json", schema::<translation::Course>()),
        ("translated-module.json", schema::<translation::Module>()),
        ("translated-session.json", schema::<translation::Session>()),
        ("translated-page.json", schema::<translation::Page>()),
    ]
}

/// The settings that make VS Code use the schemas in `folder`, a folder seen from the one that is open.
pub fn settings(folder: &str) -> Value {
    let file = |name: &str| format!("./{folder}/{name}");
    json!({
        "yaml.schemas": {
            file("curriculum.json"): "**/curriculum.yml",
            file("module.json"): "**/module.yml",
            // A name with a language in it, `01-hello.es.yml`, is a translation.
            file("session.json"): ["**/sessions/*.yml", "**/sessions/*.yaml", "!**/sessions/*.*.yml"],
            file("group.json"): "**/groups/*.yml",
            file("translated-curriculum.json"): "**/curriculum.*.yml",
            file("translated-module.json"): "**/module.*.yml",
            file("translated-session.json"): "**/sessions/*.*.yml",
        }
    })
}

/// The extensions that VS Code offers to install.
pub fn extensions() -> Value {
    json!({ "recommendations": ["redhat.vscode-yaml"] })
}

fn schema<T: JsonSchema>() -> Value {
    let settings = SchemaSettings::draft07().with(|settings| settings.inline_subschemas = true).with_transform(Titled).with_transform(NeverEmpty);
    settings.into_generator().into_root_schema_for::<T>().to_value()
}

/// Gives each key its own name in words as a title: `session_minutes` is "Session minutes".
#[derive(Clone)]
struct Titled;

impl Transform for Titled {
    fn transform(&mut self, schema: &mut schemars::Schema) {
        if let Some(Value::Object(properties)) = schema.get_mut("properties") {
            for (key, property) in properties.iter_mut() {
                let words = key.replace('_', " ");
                let mut letters = words.chars();
                let title: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
                if let Value::Object(property) = property {
                    property.insert("title".into(), title.into());
                }
            }
        }
        transform_subschemas(self, schema);
    }
}

/// A key may be left out, but one with nothing behind it is an error: takes `null` away.
#[derive(Clone)]
struct NeverEmpty;

impl Transform for NeverEmpty {
    fn transform(&mut self, schema: &mut schemars::Schema) {
        transform_subschemas(self, schema);
        if let Some(Value::Array(types)) = schema.get_mut("type") {
            types.retain(|kind| kind != "null");
            if let [only] = types.as_slice() {
                let only = only.clone();
                schema.insert("type".into(), only);
            }
        }
        if let Some(Value::Array(words)) = schema.get_mut("enum") {
            words.retain(|word| !word.is_null());
        }
        if let Some(Value::Array(choices)) = schema.get_mut("anyOf") {
            choices.retain(|choice| choice.get("type") != Some(&Value::from("null")));
            if let [Value::Object(only)] = choices.as_slice() {
                let only = only.clone();
                schema.remove("anyOf");
                for (key, value) in only {
                    schema.ensure_object().entry(key).or_insert(value);
                }
            }
        }
    }
}
