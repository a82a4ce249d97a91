//! Reads typed values from a YAML tree, and tells every value that is not what its key wants.

use crate::audience::{Audience, Prose};
use crate::diagnostic::{Code, Diagnostic, did_you_mean, nearest};
use crate::model::{Date, Minutes, Title};
use crate::source::{Span, Spanned, Text};

use super::lines::{bullet, hyphen_without_space, missing_space, quote};
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
            let first = known.first().unwrap_or(&"title");
            let written = scalar(node).filter(|text| text.len() < 80 && !text.contains(['\n', '`', ':'])).unwrap_or("…");
            problems.push(expected(node, &format!("{what} is made of keys"), format!("write one key a line, such as `{first}: {written}`")));
            return None;
        };
        let mut entries: Vec<(&Key, &Node)> = Vec::with_capacity(all.len());
        let mut misspelt = Vec::new();
        let mut begins_again = false;
        for (key, value) in all {
            if let Some(position) = entries.iter().position(|(seen, _)| seen.name == key.name) {
                let first = entries.get(position).map_or(&key.span, |(first, _)| &first.span);
                // A thing of a list whose first key comes again is most likely two things; it is told once.
                let hyphen_lost = position == 0 && node.span.column > 1;
                if !begins_again {
                    let help = if hyphen_lost {
                        format!("if a new one begins here, put a hyphen before it: `- {}: …`; if not, keep one of the two", key.name)
                    } else {
                        format!("the first one is on line {}; keep one of them", first.line)
                    };
                    problems.push(
                        Diagnostic::new(Code::DuplicateKey, key.span.clone(), format!("`{}` is written twice in {what}", key.name))
                            .help(help)
                            .related(first.clone(), "the first one"),
                    );
                }
                begins_again |= hyphen_lost;
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
            problems.push(Diagnostic::new(Code::MissingKey, self.span.clone(), format!("{} needs `{key}`", self.what)).help(if example.starts_with('\n') {
                format!("add:\n{key}:{example}")
            } else {
                format!("add a line: `{key}: {example}`")
            }));
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

    /// A list of names, or one name alone, taken as they are.
    pub fn one_or_more(&self, key: &str, problems: &mut Problems) -> Vec<Spanned<String>> {
        let Some(node) = self.get(key, problems) else { return Vec::new() };
        if let Value::Text(scalar) = &node.value
            && scalar.text.value.contains(',')
        {
            let names: Vec<&str> = scalar.text.value.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
            problems.push(
                Diagnostic::new(Code::WrongKind, node.span.clone(), format!("`{key}` names several things, so it is a list"))
                    .help(format!("put brackets around them: `{key}: [{}]`", names.join(", "))),
            );
            return names.iter().map(|name| Spanned { value: (*name).to_owned(), span: node.span.clone() }).collect();
        }
        let items = match &node.value {
            Value::List(items) => items.as_slice(),
            _ => std::slice::from_ref(node),
        };
        let texts = items.iter().filter_map(|item| text(item, key, problems));
        texts.map(|text| Spanned { value: text.value.trim().to_owned(), span: text.span }).collect()
    }

    /// The things of a list, each read by `read`; `example` is how one of them begins.
    pub fn each<T>(&self, key: &str, example: &str, problems: &mut Problems, mut read: impl FnMut(&'n Node, &mut Problems) -> Option<T>) -> Vec<T> {
        let Some(node) = self.get(key, problems) else { return Vec::new() };
        list_of(node, key, Some(example), problems).iter().filter_map(|item| read(item, problems)).collect()
    }

    /// `true` or `false`; false when the key is not there.
    pub fn yes(&self, key: &str, problems: &mut Problems) -> bool {
        let Some(node) = self.get(key, problems) else { return false };
        match scalar(node) {
            Some("true") => true,
            Some("false") => false,
            _ => {
                let meant_no = scalar(node).is_some_and(|word| matches!(word.to_lowercase().as_str(), "no" | "n" | "off" | "never" | "0"));
                problems.push(Diagnostic::new(Code::WrongValue, node.span.clone(), format!("`{key}` is either `true` or `false`")).help(if meant_no {
                    format!("write `{key}: false`, or take the line away, which means the same")
                } else {
                    format!("write `{key}: true`, or take the line away")
                }));
                false
            }
        }
    }

    /// Minutes: a number, or a range such as `20-30`.
    pub fn minutes(&self, key: &str, problems: &mut Problems) -> Option<Spanned<Minutes>> {
        let node = self.get(key, problems)?;
        let read = scalar(node).and_then(Minutes::read);
        if read.is_none() {
            problems.push(
                Diagnostic::new(Code::WrongValue, node.span.clone(), format!("`{key}` is a number of minutes, but here is {}", written(node)))
                    .help(minutes_help(key, scalar(node).unwrap_or_default())),
            );
        }
        Some(Spanned { value: read?, span: node.span.clone() })
    }

    /// A whole number between `from` and `to`.
    pub fn number(&self, key: &str, from: i32, to: i32, problems: &mut Problems) -> Option<i32> {
        let node = self.get(key, problems)?;
        let read = scalar(node).and_then(whole_number).filter(|n| (from..=to).contains(n));
        if read.is_none() {
            problems.push(
                Diagnostic::new(Code::WrongValue, node.span.clone(), format!("`{key}` is a whole number from {from} to {to}, but here is {}", written(node)))
                    .help(format!("write just the number: `{key}: {}`", scalar(node).and_then(digits).unwrap_or(1).clamp(from, to))),
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
                Diagnostic::new(Code::WrongValue, node.span.clone(), format!("`{key}` is a date, but here is {}", written(node)))
                    .help(format!("write a day that exists as year, month and day: `{key}: 2026-11-01`")),
            );
        }
        date
    }

    /// One of a few words.
    pub fn choice<T: Copy>(&self, key: &str, words: &[(&str, T)], problems: &mut Problems) -> Option<T> {
        let node = self.get(key, problems)?;
        let word = scalar(node).unwrap_or_default();
        if let Some((_, value)) = words.iter().find(|(known, _)| *known == word) {
            return Some(*value);
        }
        let all = words.iter().map(|(word, _)| format!("`{word}`")).collect::<Vec<_>>().join(", ");
        problems.push(
            Diagnostic::new(Code::WrongValue, node.span.clone(), format!("`{key}` cannot be {}", written(node)))
                .help(did_you_mean(word, words.iter().map(|(known, _)| *known)).unwrap_or(format!("it is one of {all}"))),
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
        // `{name}`: the key begins behind the bracket.
        Value::Keys(entries) if entries.first().is_none_or(|(name, _)| name.span != node.span && name.span.column != node.span.column) => {
            problems.push(
                Diagnostic::new(
                    Code::WrongKind,
                    node.span.clone(),
                    format!("a text belongs here (`{key}`), and a text that starts with `{{` means something else in YAML"),
                )
                .help("put the whole text in double quotes"),
            );
            None
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
            problems.push(expected(node, &format!("`{key}` is a text"), "write one text here; if it has brackets or a colon, put it in double quotes".into()));
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
    // Members read titles. Lines below one, though they were meant for a key that is missing, would become a part of it.
    if !text.by_line || text.value.trim_end().contains('\n') {
        problems.push(
            Diagnostic::new(Code::WrongValue, node.span.clone(), "a title or name is one line, and this one goes on below")
                .help("write it on one line; if the lines below it are something else, write their key before them"),
        );
    }
    let value = text.value.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(Title { value, span: text.span })
}

/// The texts of a list; anything else is told.
pub fn list<'n>(node: &'n Node, key: &str, problems: &mut Problems) -> &'n [Node] {
    list_of(node, key, None, problems)
}

/// Tells a sentence that a comma between `[ ]` has cut in two: `[ Name the start, peak and fall of it. ]`. Its second half
/// begins with a small letter, and it ends like a sentence or a whole item comes after it.
fn tell_cut_sentence(items: &[Node], problems: &mut Problems) {
    let text = |item: &Node| scalar(item).map(str::to_owned).unwrap_or_default();
    for (n, pair) in items.windows(2).enumerate() {
        let [first, second] = pair else { continue };
        let (before, after) = (text(first), text(second));
        let beside = first.span.line == second.span.line;
        let goes_on =
            after.starts_with(char::is_lowercase) && after.contains(' ') && !before.ends_with(['.', '?', '!']) && before.starts_with(char::is_uppercase);
        let ends = after.ends_with(['.', '?', '!']) || items.iter().skip(n + 2).any(|item| text(item).starts_with(char::is_uppercase));
        if beside && goes_on && ends {
            problems.push(
                Diagnostic::new(Code::CutSentence, second.span.clone(), format!("the comma makes two items of `{before}` and `{after}`"))
                    .help(format!("if they are one, put the whole text in double quotes: {}", quote(&format!("{before}, {after}")))),
            );
        }
    }
}

/// The items of a list; anything else is told, with what was written as a list, or an example of an item.
fn list_of<'n>(node: &'n Node, key: &str, example: Option<&str>, problems: &mut Problems) -> &'n [Node] {
    let items = match &node.value {
        Value::List(items) => {
            tell_cut_sentence(items, problems);
            return items;
        }
        // Steps without their hyphens.
        Value::Keys(entries) => entries.iter().map(|(key, value)| format!("{}: {}", key.name, scalar(value).unwrap_or("…"))).collect(),
        Value::Text(_) if example.is_some() => vec![],
        Value::Text(scalar) => as_items(scalar.text.value.trim()),
        Value::Nothing => vec![],
    };
    let items: Vec<&str> = if items.is_empty() { vec![example.unwrap_or("…")] } else { items.iter().map(String::as_str).collect() };
    let shown: String = items.iter().take(3).map(|item| format!("\n  - {item}")).collect();
    let more = if items.len() > 3 { "\n  - …" } else { "" };
    let told = match scalar(node) {
        Some(text) if bullet(text).is_some() => {
            format!("`{key}` is a list, and a list starts with a hyphen, not with `{}`", text.chars().next().unwrap_or_default())
        }
        Some(text) if hyphen_without_space(text).is_some() => format!("`{key}` is a list, and a space is missing after its hyphens"),
        _ => format!("`{key}` is a list, but here is {}", found(node)),
    };
    problems
        .push(Diagnostic::new(Code::WrongKind, node.span.clone(), told).help(format!("start each line of it with a hyphen and a space:\n{key}:{shown}{more}")));
    &[]
}

/// What was written as one text and is meant as a list: lines with bullets, or things with commas between.
fn as_items(text: &str) -> Vec<String> {
    let sign = bullet(text).map(|(sign, _)| format!("{sign} ")).or_else(|| hyphen_without_space(text).map(|_| "-".to_owned()));
    let between = match &sign {
        Some(sign) => sign.as_str(),
        None if text.contains(". ") || text.ends_with('.') || text.contains('\n') => "\n",
        None => ", ",
    };
    text.split(between).map(|item| item.trim().to_owned()).filter(|item| !item.is_empty()).collect()
}

/// Whether a thing has a key, known or not.
pub fn has_key(node: &Node, name: &str) -> bool {
    matches!(&node.value, Value::Keys(entries) if entries.iter().any(|(key, _)| key.name == name))
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

/// Says that something else was expected at a node, and what to do.
pub fn expected(node: &Node, wanted: &str, help: String) -> Diagnostic {
    let problem = Diagnostic::new(Code::WrongKind, node.span.clone(), format!("{wanted}, but here is {}", found(node)));
    match scalar(node).and_then(missing_space) {
        Some((word, rest)) => problem.help(format!("a space is missing after the colon: write `{word}: {rest}`")),
        None => problem.help(help),
    }
}

/// What is written at a node, or what it is when it is no text.
fn written(node: &Node) -> String {
    scalar(node).map_or_else(|| found(node).to_owned(), |text| format!("`{text}`"))
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
    if key.name.is_empty() {
        return Diagnostic::new(Code::UnknownKey, key.span.clone(), "a key is missing before this colon")
            .help("write what it is before the colon, or put the text in double quotes");
    }
    let problem = Diagnostic::new(Code::UnknownKey, key.span.clone(), format!("`{}` is not a key of {what}", visible(&key.name)));
    if let Some((word, rest)) = missing_space(&key.name) {
        return problem.help(format!("a space is missing after the colon: write `{word}: {rest}`"));
    }
    if let Some(word) = hyphen_without_space(&key.name) {
        return problem.help(format!("a space is missing after the hyphen: write `- {word}: …`"));
    }
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
fn digits(text: &str) -> Option<i32> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let rest = text.get(start..)?;
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    rest.get(..end)?.parse().ok()
}

fn minutes_help(key: &str, written: &str) -> String {
    if written.chars().any(|c| c.is_numeric() && !c.is_ascii_digit()) {
        return format!("write it with the digits 0 to 9: `{key}: 20`");
    }
    if let Some((high, low)) = written.split_once('-').and_then(|(high, low)| Some((whole_number(high.trim())?, whole_number(low.trim())?)))
        && high > low
    {
        return format!("write the smaller number first: `{key}: {low}-{high}`");
    }
    let usual = if key == "session_minutes" { 90 } else { 10 };
    let number = hours(written)
        .or_else(|| digits(written).filter(|_| !written.contains(['_', 'e', 'x', 'o']) || written.contains(' ')))
        .filter(|n| (1..=999).contains(n));
    format!("write just the number: `{key}: {}` (or a range: `{key}: 20-30`)", number.unwrap_or(usual))
}

/// The minutes of `1:30`, `1.5 hours`, `an hour` or `half an hour`.
fn hours(written: &str) -> Option<i32> {
    if let Some((hours, minutes)) = written.split_once(':') {
        return Some(whole_number(hours.trim())? * 60 + digits(minutes.trim_start_matches('0')).unwrap_or(0));
    }
    let text = written.to_lowercase();
    let is_hours = text.contains("hour") || text.trim_end_matches(['r', 's']).ends_with('h');
    let half = text.contains(".5") || text.contains(",5") || text.contains("half");
    let whole = digits(&text).unwrap_or(i32::from(!text.contains("half") && !text.contains("quarter")));
    is_hours.then(|| {
        whole.saturating_mul(60)
            + if half {
                30
            } else if text.contains("quarter") {
                15
            } else {
                0
            }
    })
}
