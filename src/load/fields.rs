//! Reads typed values from a YAML tree, and tells every value that is not what its key wants.

use crate::audience::{Audience, Prose};
use crate::diagnostic::{Code, Diagnostic, did_you_mean, nearest};
use crate::model::{Date, Minutes, Title};
use crate::source::{Span, Spanned, Text};

use super::syntax::{missing_space, quote};
use super::yaml::{Key, Node, Value};

/// Where problems are collected while a file is read.
pub type Problems = Vec<Diagnostic>;

/// The keys of one thing (a session plan, a module …), each taken once.
pub struct Keys<'n> {
    what: &'static str,
    span: Span,
    entries: Vec<(&'n Key, &'n Node)>,
    /// Known keys that were nearly written: they have been told as misspelt, and are not missing as well.
    misspelt: Vec<String>,
}

impl<'n> Keys<'n> {
    /// Takes a node as the keys of `what`. Unknown keys and keys that stand twice are told; `elsewhere` says where a key
    /// that is known, but not here, belongs.
    pub fn of(node: &'n Node, what: &'static str, known: &[&str], elsewhere: impl Fn(&str) -> Option<&'static str>, problems: &mut Problems) -> Option<Self> {
        let Value::Keys(all) = &node.value else {
            problems.push(expected(node, &format!("{what} is made of keys, one a line: `{}: …`", known.first().unwrap_or(&"title"))));
            return None;
        };
        let mut entries: Vec<(&Key, &Node)> = Vec::with_capacity(all.len());
        let mut misspelt = Vec::new();
        for (key, value) in all {
            if let Some((first, _)) = entries.iter().find(|(seen, _)| seen.name == key.name) {
                problems.push(
                    Diagnostic::new(Code::DuplicateKey, key.span.clone(), format!("`{}` is written twice in {what}", key.name))
                        .help(format!("the first one is on line {}; keep one of them", first.span.line))
                        .related(first.span.clone(), "the first one"),
                );
                continue;
            }
            if !known.contains(&key.name.as_str()) {
                misspelt.extend(nearest(&key.name, known.iter().copied()).map(str::to_owned));
                problems.push(unknown_key(key, what, known, elsewhere(&key.name)));
                continue;
            }
            entries.push((key, value));
        }
        Some(Self { what, span: node.span.clone(), entries, misspelt })
    }

    /// Where the thing begins.
    pub fn span(&self) -> &Span {
        &self.span
    }

    /// The place of a key.
    pub fn place(&self, key: &str) -> Option<&Span> {
        self.entries.iter().find(|(k, _)| k.name == key).map(|(k, _)| &k.span)
    }

    /// The value of a key; a key with nothing behind it is told.
    pub fn get(&self, key: &str, problems: &mut Problems) -> Option<&'n Node> {
        let (key, node) = self.entries.iter().find(|(k, _)| k.name == key)?;
        let empty = match &node.value {
            Value::Nothing => true,
            Value::Text(scalar) => is_blank(&scalar.text.value),
            _ => false,
        };
        if empty {
            problems.push(
                Diagnostic::new(Code::EmptyValue, key.span.clone(), format!("`{}` is empty", key.name))
                    .help("write something after the colon, or take the line away"),
            );
            return None;
        }
        Some(node)
    }

    /// The value of a key that has to be there.
    pub fn need(&self, key: &str, example: &str, problems: &mut Problems) -> Option<&'n Node> {
        if self.place(key).is_none() && self.misspelt.iter().any(|known| known == key) {
            return None;
        }
        if self.place(key).is_none() {
            problems.push(
                Diagnostic::new(Code::MissingKey, self.span.clone(), format!("{} needs `{key}`", self.what)).help(format!("add a line: `{key}: {example}`")),
            );
            return None;
        }
        self.get(key, problems)
    }

    /// A text for `A`.
    pub fn prose<A: Audience>(&self, key: &str, problems: &mut Problems) -> Option<Prose<A>> {
        prose(self.get(key, problems)?, key, problems)
    }

    /// A list of texts for `A`.
    pub fn prose_list<A: Audience>(&self, key: &str, problems: &mut Problems) -> Vec<Prose<A>> {
        let Some(node) = self.get(key, problems) else { return Vec::new() };
        list(node, key, problems).iter().filter_map(|item| prose(item, key, problems)).collect()
    }

    /// A list of texts for `A`, or nothing when the key is not there.
    pub fn maybe_prose_list<A: Audience>(&self, key: &str, problems: &mut Problems) -> Option<Vec<Prose<A>>> {
        self.place(key)?;
        Some(self.prose_list(key, problems))
    }

    /// A title: one line of plain text, for both audiences. A missing one is told, and an empty one stands in for it, so
    /// that the rest of the thing is still read and checked.
    pub fn title(&self, problems: &mut Problems) -> Title {
        let node = self.need("title", "\"A short name\"", problems);
        node.and_then(|node| title(node, problems)).unwrap_or_else(|| Title { value: String::new(), span: self.span.clone() })
    }

    /// A text for `A` that has to be there. As with a title, an empty one stands in for a missing one.
    pub fn need_prose<A: Audience>(&self, key: &str, example: &str, problems: &mut Problems) -> Prose<A> {
        let node = self.need(key, example, problems);
        node.and_then(|node| prose(node, key, problems))
            .unwrap_or_else(|| Prose::written(Text { value: String::new(), span: self.span.clone(), indent: 1, by_line: true }))
    }

    /// A text that is taken as it is.
    pub fn plain(&self, key: &str, problems: &mut Problems) -> Option<Spanned<String>> {
        let text = text(self.get(key, problems)?, key, problems)?;
        Some(Spanned { value: text.value.trim().to_owned(), span: text.span })
    }

    /// A list of texts, or one text alone, taken as they are.
    pub fn one_or_more(&self, key: &str, problems: &mut Problems) -> Vec<Spanned<String>> {
        let Some(node) = self.get(key, problems) else { return Vec::new() };
        let items = match &node.value {
            Value::List(items) => items.as_slice(),
            _ => std::slice::from_ref(node),
        };
        let texts = items.iter().filter_map(|item| text(item, key, problems));
        texts.map(|text| Spanned { value: text.value.trim().to_owned(), span: text.span }).collect()
    }

    /// The things of a list, each read by `read`.
    pub fn each<T>(&self, key: &str, problems: &mut Problems, mut read: impl FnMut(&'n Node, &mut Problems) -> Option<T>) -> Vec<T> {
        let Some(node) = self.get(key, problems) else { return Vec::new() };
        list(node, key, problems).iter().filter_map(|item| read(item, problems)).collect()
    }

    /// `true` or `false`; false when the key is not there.
    pub fn yes(&self, key: &str, problems: &mut Problems) -> bool {
        let Some(node) = self.get(key, problems) else { return false };
        match scalar(node) {
            Some("true") => true,
            Some("false") => false,
            _ => {
                problems.push(
                    Diagnostic::new(Code::WrongValue, node.span.clone(), format!("`{key}` is either `true` or `false`"))
                        .help(format!("write `{key}: true`, or take the line away")),
                );
                false
            }
        }
    }

    /// Minutes: a number, or a range such as `20-30`.
    pub fn minutes(&self, key: &str, problems: &mut Problems) -> Option<Spanned<Minutes>> {
        let node = self.get(key, problems)?;
        let read = scalar(node).and_then(Minutes::read);
        if read.is_none() {
            let found = scalar(node).map_or_else(|| found(node).to_owned(), |text| format!("`{text}`"));
            problems.push(
                Diagnostic::new(Code::WrongValue, node.span.clone(), format!("`{key}` is a number of minutes, but here is {found}"))
                    .help(minutes_help(key, scalar(node))),
            );
        }
        Some(Spanned { value: read?, span: node.span.clone() })
    }

    /// A whole number between `from` and `to`.
    pub fn number(&self, key: &str, from: i32, to: i32, problems: &mut Problems) -> Option<i32> {
        let node = self.get(key, problems)?;
        let read = scalar(node).and_then(whole_number).filter(|n| (from..=to).contains(n));
        if read.is_none() {
            let found = scalar(node).map_or_else(|| found(node).to_owned(), |text| format!("`{text}`"));
            problems.push(
                Diagnostic::new(Code::WrongValue, node.span.clone(), format!("`{key}` is a whole number from {from} to {to}, but here is {found}"))
                    .help(format!("write just the number: `{key}: {}`", digits(scalar(node)).filter(|n| (from..=to).contains(n)).unwrap_or(from.max(1)))),
            );
        }
        read
    }

    /// A date, `2026-11-01`.
    pub fn date(&self, key: &str, problems: &mut Problems) -> Option<Date> {
        let node = self.get(key, problems)?;
        let date = scalar(node).and_then(Date::read);
        if date.is_none() {
            problems.push(
                Diagnostic::new(Code::WrongValue, node.span.clone(), format!("`{key}` is a date"))
                    .help(format!("write year, month and day: `{key}: 2026-11-01`")),
            );
        }
        date
    }

    /// One of a few words.
    pub fn choice<T: Copy>(&self, key: &str, words: &[(&str, T)], problems: &mut Problems) -> Option<T> {
        let node = self.get(key, problems)?;
        let written = scalar(node).unwrap_or_default();
        if let Some((_, value)) = words.iter().find(|(word, _)| *word == written) {
            return Some(*value);
        }
        let all = words.iter().map(|(word, _)| format!("`{word}`")).collect::<Vec<_>>().join(", ");
        problems.push(
            Diagnostic::new(Code::WrongValue, node.span.clone(), format!("`{key}` cannot be `{written}`"))
                .help(did_you_mean(written, words.iter().map(|(word, _)| *word)).unwrap_or(format!("it is one of {all}"))),
        );
        None
    }
}

/// The text of a node; anything else is told.
pub fn text(node: &Node, key: &str, problems: &mut Problems) -> Option<Text> {
    match &node.value {
        Value::Text(scalar) => {
            if let Some(comment) = scalar.comment.clone().filter(|_| scalar.text.value.contains(' ')) {
                problems.push(
                    Diagnostic::new(Code::CommentAfterText, comment, "YAML takes what follows `#` as a note to yourself, so it is not shown")
                        .help("if it is a part of the text, put the whole text in double quotes; if it is a note, write two spaces before `#`"),
                );
            }
            Some(scalar.text.clone())
        }
        Value::Keys(entries) if entries.len() == 1 => {
            let (name, value) = entries.first()?;
            let rest = scalar(value).unwrap_or_default();
            problems.push(
                Diagnostic::new(
                    Code::WrongKind,
                    node.span.clone(),
                    format!("a text belongs here (`{key}`), but YAML reads `{}` as a key because of the colon", name.name),
                )
                .help(format!("put the text in double quotes: {}", quote(&format!("{}: {rest}", name.name)))),
            );
            None
        }
        _ => {
            problems.push(expected(node, &format!("`{key}` is a text")));
            None
        }
    }
}

/// A text for `A`.
pub fn prose<A: Audience>(node: &Node, key: &str, problems: &mut Problems) -> Option<Prose<A>> {
    if matches!(&node.value, Value::Nothing) {
        problems
            .push(Diagnostic::new(Code::EmptyValue, node.span.clone(), format!("a line of `{key}` is empty")).help("write something, or take the line away"));
        return None;
    }
    text(node, key, problems).map(Prose::written)
}

/// A title: one line of plain text.
pub fn title(node: &Node, problems: &mut Problems) -> Option<Title> {
    let text = text(node, "title", problems)?;
    let value = text.value.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(Title { value, span: text.span })
}

/// The items of a list; anything else is told.
pub fn list<'n>(node: &'n Node, key: &str, problems: &mut Problems) -> &'n [Node] {
    if let Value::List(items) = &node.value {
        return items;
    }
    let example = scalar(node).map(|text| text.lines().next().unwrap_or_default().to_owned()).unwrap_or_else(|| "…".into());
    problems.push(
        Diagnostic::new(Code::WrongKind, node.span.clone(), format!("`{key}` is a list, but here is {}", found(node)))
            .help(format!("start each line of it with a hyphen and a space, below `{key}:`\n  - {example}")),
    );
    &[]
}

/// The text of a node without its place.
pub fn scalar(node: &Node) -> Option<&str> {
    match &node.value {
        Value::Text(scalar) => Some(scalar.text.value.trim()),
        _ => None,
    }
}

/// Whether nothing of a text can be seen.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}')) || text.trim() == "~"
}

/// Says that something else was expected at a node.
pub fn expected(node: &Node, wanted: &str) -> Diagnostic {
    let problem = Diagnostic::new(Code::WrongKind, node.span.clone(), format!("{wanted}, but here is {}", found(node)));
    match scalar(node).and_then(missing_space) {
        Some((word, rest)) => problem.help(format!("a space is missing after the colon: write `{word}: {rest}`")),
        None => problem,
    }
}

/// What a node is, in words.
pub fn found(node: &Node) -> &'static str {
    match &node.value {
        Value::Nothing => "nothing",
        Value::Text(_) => "a text",
        Value::List(_) => "a list",
        Value::Keys(_) => "a set of keys",
    }
}

fn unknown_key(key: &Key, what: &str, known: &[&str], elsewhere: Option<&str>) -> Diagnostic {
    if key.name == "<<" {
        return Diagnostic::new(Code::LostText, key.span.clone(), "`<<` is an order to YAML that copebook does not follow")
            .help("write the keys out where they are needed");
    }
    let problem = Diagnostic::new(Code::UnknownKey, key.span.clone(), format!("`{}` is not a key of {what}", visible(&key.name)));
    if let Some(place) = elsewhere {
        return problem.help(place.to_owned());
    }
    match nearest(&key.name, known.iter().copied()) {
        Some(near) => problem.help(format!("did you mean `{near}`?")),
        None => problem.help(format!("the keys here are {}", known.iter().map(|k| format!("`{k}`")).collect::<Vec<_>>().join(", "))),
    }
}

/// A name with its invisible characters written out.
fn visible(name: &str) -> String {
    name.replace('\u{a0}', "<non-breaking space>").replace('\u{200b}', "<invisible space>")
}

fn whole_number(text: &str) -> Option<i32> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = digits.len() <= 6 && !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) && (digits == "0" || !digits.starts_with('0'));
    plain.then(|| text.parse().ok()).flatten()
}

/// The first number in a text.
fn digits(text: Option<&str>) -> Option<i32> {
    let text = text?;
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let rest = text.get(start..)?;
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    rest.get(..end)?.parse().ok()
}

fn minutes_help(key: &str, written: Option<&str>) -> String {
    let hours =
        written.and_then(|text| text.split_once(':')).and_then(|(h, m)| Some(whole_number(h)? * 60 + whole_number(m.trim_start_matches('0')).unwrap_or(0)));
    let number = hours.or_else(|| digits(written)).filter(|n| (1..=999).contains(n)).unwrap_or(10);
    format!("write just the number: `{key}: {number}` (or a range: `{key}: 20-30`)")
}
