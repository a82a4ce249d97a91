//! Reads the questions of a worksheet.

use super::fields::{self, Keys, Problems, prose};
use super::yaml::{self, Node, Value, Yaml};
use crate::audience::{Member, Prose};
use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::model::{Field, FieldKind, Rows, Worksheet};
use crate::source::{Span, Text, count};

/// Each way to answer, with the keys that it knows beside its own.
pub(super) const KINDS: &[(&str, &[&str])] = &[
    ("line", &[]),
    ("lines", &["height"]),
    ("scale", &["from", "to", "low", "high"]),
    ("check", &["options", "other"]),
    ("choose", &["options", "other"]),
    ("yes_no", &["if_yes", "if_no"]),
    ("plan", &["slots"]),
    ("table", &["columns", "rows"]),
    ("grid", &["items", "options"]),
    ("list", &["count"]),
    ("blanks", &[]),
];

/// How many lines, rows and points a field may have: what fits some pages of paper.
const MOST: i32 = 200;

/// Reads a worksheet from the lines between its fences.
pub fn read(title: Option<Prose<Member>>, span: &Span, body: Option<&Text>, problems: &mut Problems) -> Worksheet {
    let mut worksheet = Worksheet { title, span: span.clone(), fields: Vec::new(), original: None };
    let empty =
        || Diagnostic::new(Code::EmptyValue, span.clone(), "this worksheet has no questions").help("write one on each line, such as `- line: Where were you?`");
    let Some(body) = body.filter(|body| !body.value.trim().is_empty()) else {
        problems.push(empty());
        return worksheet;
    };
    // YAML would take a heading for a note to oneself, and drop it.
    for (n, line) in body.value.lines().enumerate().filter(|(_, line)| line.starts_with("##")) {
        let at = Span { line: body.span.line + count(n), column: 1, len: count(line.chars().count()), ..body.span.clone() };
        problems.push(
            Diagnostic::new(Code::LostText, at, "a worksheet has no headings, so this would not be shown")
                .help("end the worksheet with `:::` above it, write the heading, and open another worksheet below"),
        );
    }
    let yaml = Yaml { file: &span.file, text: &body.value, lines_before: body.span.line.saturating_sub(1) };
    let Some(node) = yaml::parse(&yaml, problems) else { return worksheet };
    match &node.value {
        Value::List(items) => worksheet.fields = items.iter().filter_map(|item| field(item, problems)).collect(),
        Value::Nothing => problems.push(empty()),
        _ => problems.push(fields::expected(
            &node,
            "a worksheet is a list of questions",
            "begin each question with a hyphen and how it is answered: `- line: Where were you?`".into(),
        )),
    }
    worksheet
}

fn field(node: &Node, problems: &mut Problems) -> Option<Field> {
    let Value::Keys(entries) = &node.value else {
        let question = fields::scalar(node).filter(|text| text.chars().count() < 60 && !text.contains([':', '`', '\n'])).unwrap_or("Where were you?");
        problems.push(fields::expected(node, "a question starts with how it is answered", format!("write it this way: `- line: {question}`")));
        return None;
    };
    let kinds = || KINDS.iter().map(|(kind, _)| *kind);
    let found: Vec<_> = entries.iter().filter_map(|(key, _)| KINDS.iter().find(|(kind, _)| *kind == key.name).map(|kind| (kind, key))).collect();
    let Some(((kind, settings), _)) = found.first() else {
        let (key, _) = entries.first()?;
        let help = match meant(&key.name) {
            Some(kind) => format!("here it is called `{kind}`"),
            None => {
                did_you_mean(&key.name, kinds()).unwrap_or_else(|| format!("the ways are {}", kinds().map(|k| format!("`{k}`")).collect::<Vec<_>>().join(", ")))
            }
        };
        problems.push(Diagnostic::new(Code::UnknownKey, key.span.clone(), format!("`{}` is not a way to answer a question", key.name)).help(help));
        return None;
    };
    if let Some((_, second)) = found.get(1) {
        problems.push(
            Diagnostic::new(Code::UnknownKey, second.span.clone(), format!("one question cannot be both `{kind}` and `{}`", second.name))
                .help(format!("start a new question with a hyphen: `- {}: …`", second.name)),
        );
        return None;
    }
    let known: Vec<&str> = std::iter::once(*kind).chain(settings.iter().copied()).collect();
    let elsewhere = |key: &str| match key {
        "options" | "other" => Some("this belongs to `check` (any of them), `choose` (one of them) or `grid`"),
        "height" => Some("this belongs to `lines`"),
        "from" | "to" | "low" | "high" => Some("this belongs to `scale`"),
        "columns" | "rows" => Some("this belongs to `table`"),
        "slots" => Some("this belongs to `plan`"),
        "items" => Some("this belongs to `grid`"),
        "count" => Some("this belongs to `list`"),
        "if_yes" | "if_no" => Some("this belongs to `yes_no`"),
        _ => None,
    };
    let keys = Keys::of(node, "this question", &known, elsewhere, problems)?;
    let label: Prose<Member> = keys.prose(kind, problems)?;
    let kind = match *kind {
        "line" => FieldKind::Line,
        "lines" => FieldKind::Lines(amount(&keys, "height", 3, problems)),
        "scale" => scale(&keys, problems)?,
        "check" => FieldKind::Check { options: needed_list(&keys, "options", problems)?, other: keys.yes("other", problems) },
        "choose" => FieldKind::Choose { options: needed_list(&keys, "options", problems)?, other: keys.yes("other", problems) },
        "yes_no" => FieldKind::YesNo { if_yes: keys.prose("if_yes", problems), if_no: keys.prose("if_no", problems) },
        "plan" => FieldKind::Plan(needed_list(&keys, "slots", problems)?),
        "table" => FieldKind::Table { columns: needed_list(&keys, "columns", problems)?, rows: rows(&keys, problems) },
        "grid" => FieldKind::Grid { items: needed_list(&keys, "items", problems)?, options: needed_list(&keys, "options", problems)? },
        "list" => FieldKind::List(amount(&keys, "count", 3, problems)),
        _ => {
            if !has_gap(node) {
                problems.push(
                    Diagnostic::new(Code::WrongValue, label.span().clone(), "this text has no gap to fill")
                        .help("write each gap as four underscores: `I notice ____, and then I ____.`"),
                );
            }
            FieldKind::Blanks
        }
    };
    Some(Field { label, kind })
}

/// What a way to answer is called here, when it is written with a name that other programs use.
fn meant(word: &str) -> Option<&'static str> {
    match word.to_lowercase().as_str() {
        "text" | "textarea" | "open" | "paragraph" | "long" => Some("lines"),
        "short" | "input" | "question" | "answer" => Some("line"),
        "checkbox" | "checkboxes" | "check_all" | "checklist" | "multiple" | "multi" => Some("check"),
        "radio" | "select" | "dropdown" | "choice" | "multiple_choice" => Some("choose"),
        "rating" | "rate" | "slider" | "likert" | "number" => Some("scale"),
        "fill" | "fill_in" | "cloze" | "gaps" => Some("blanks"),
        _ => None,
    }
}

/// Whether the text of a `blanks` has a gap.
fn has_gap(node: &Node) -> bool {
    match &node.value {
        Value::Keys(entries) => entries.iter().any(|(_, value)| fields::scalar(value).is_some_and(|text| text.contains("___"))),
        _ => false,
    }
}

fn amount(keys: &Keys<'_>, key: &str, usual: u32, problems: &mut Problems) -> u32 {
    keys.number(key, 1, MOST, problems).map_or(usual, i32::unsigned_abs)
}

fn scale(keys: &Keys<'_>, problems: &mut Problems) -> Option<FieldKind> {
    let from = keys.number("from", -100, 100, problems).unwrap_or(0);
    let to = keys.number("to", -100, 1000, problems).unwrap_or(10);
    if to <= from {
        let span = keys.place("to").or(keys.place("from")).unwrap_or(keys.span()).clone();
        problems.push(
            Diagnostic::new(Code::WrongValue, span, format!("a scale from {from} to {to} does not go up"))
                .help("let `to` be larger than `from`, such as `from: 0` and `to: 10`"),
        );
        return None;
    }
    Some(FieldKind::Scale { from, to, low: keys.prose("low", problems), high: keys.prose("high", problems) })
}

fn needed_list(keys: &Keys<'_>, key: &str, problems: &mut Problems) -> Option<Vec<Prose<Member>>> {
    let node = keys.need(key, "[One, Another]", problems)?;
    let items: Vec<_> = fields::list(node, key, problems).iter().filter_map(|item| prose(item, key, problems)).collect();
    if items.is_empty() && matches!(&node.value, Value::List(list) if list.is_empty()) {
        problems.push(
            Diagnostic::new(Code::EmptyValue, node.span.clone(), format!("`{key}` is empty")).help(format!("write what it holds: `{key}: [One, Another]`")),
        );
    }
    (!items.is_empty()).then_some(items)
}

fn rows(keys: &Keys<'_>, problems: &mut Problems) -> Rows {
    let Some(node) = keys.get("rows", problems) else { return Rows::Empty(5) };
    match &node.value {
        Value::List(labels) => Rows::Labelled(labels.iter().filter_map(|label| prose(label, "rows", problems)).collect()),
        _ => Rows::Empty(amount(keys, "rows", 5, problems)),
    }
}
