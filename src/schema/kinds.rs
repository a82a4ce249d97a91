//! The kinds of values: what a text, a number of minutes or a date looks like in YAML.

use std::borrow::Cow;
use std::marker::PhantomData;

use crate::diagnostic::Code;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

/// Declares a kind of value by its schema.
macro_rules! kind {
    ($(#[$doc:meta])* $name:ident $schema:tt) => {
        $(#[$doc])*
        pub struct $name;

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!($schema)
            }
        }
    };
}

kind! {
    /// A text. What YAML takes for a number is one as well, such as a title of digits.
    Text { "type": ["string", "number", "boolean"] }
}
kind! {
    /// Minutes: a number, or a range.
    Minutes { "anyOf": [{ "type": "integer", "minimum": 1, "maximum": 999 }, { "type": "string", "pattern": "^[1-9][0-9]{0,2}( *[-–] *| to )[1-9][0-9]{0,2}$" }] }
}
kind! {
    /// A day that exists, `2026-11-01`.
    Date { "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" }
}
kind! {
    /// A number that a phone can dial.
    PhoneNumber { "type": ["string", "integer"], "pattern": "^[-0-9 +()*#.]+$" }
}
kind! {
    /// A number to text, or the word to send and the number.
    TextNumber { "type": ["string", "integer"], "pattern": "^([^ ]+ to )?[-0-9 +()*#.]+$" }
}
kind! {
    /// A whole web address.
    Web { "type": "string", "pattern": "^https?://[^ \"<>]+$" }
}
kind! {
    /// The code of a language.
    Language { "type": "string", "pattern": "^[A-Za-z0-9]{2,3}(-[A-Za-z0-9]{2,8})*$" }
}
kind! {
    /// A time of day, or two.
    Hours { "type": "string", "pattern": "^[0-9]{1,2}:[0-9]{2}( *[-–] *[0-9]{1,2}:[0-9]{2})?$" }
}
kind! {
    /// A number from 1 to 200: what fits some pages of paper.
    Amount { "type": "integer", "minimum": 1, "maximum": 200 }
}

/// The name of a rule that may be turned off.
pub struct Rule;

impl JsonSchema for Rule {
    fn schema_name() -> Cow<'static, str> {
        "Rule".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let rules = Code::ALL.iter().filter(|rule| rule.stays_on_because().is_none());
        let rules: Vec<Schema> = rules.map(|rule| json_schema!({ "type": "string", "const": rule.as_str(), "description": rule.meaning() })).collect();
        json_schema!({ "oneOf": rules })
    }
}

/// One thing alone, or a list of them.
pub struct OneOrMore<T>(PhantomData<T>);

impl<T: JsonSchema> JsonSchema for OneOrMore<T> {
    fn schema_name() -> Cow<'static, str> {
        format!("OneOrMore{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let one = generator.subschema_for::<T>();
        json_schema!({ "anyOf": [one, { "type": "array", "items": one }] })
    }
}
