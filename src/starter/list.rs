//! Adds a name to a list in an author's file, and changes nothing else there: her comments and her spacing stay.

use crate::load::yaml::{self, Node, Value, Yaml};
use crate::source::{SourcePath, Span};

/// The text of a YAML file with `item` added to the list under `key`, or with such a list where there is none. Nothing when
/// that cannot be done safely: the file cannot be read, or the list is written in an unusual way.
pub fn add(text: &str, key: &str, item: &str) -> Option<String> {
    let (mark, body) = text.strip_prefix('\u{feff}').map_or(("", text), |body| ("\u{feff}", body));
    let before = tree(body)?;
    let list = entry(&before, key);
    let added = match list.map(|list| &list.value) {
        None => append(body, &format!("{key}: [ {item} ]")),
        Some(Value::List(items)) => to_list(body, &list?.span, items.last(), item)?,
        _ => return None,
    };
    // The proof: the new text reads as the old one with just this item more.
    let after = tree(&added)?;
    let mut wanted = plain(&before);
    let serde_json::Value::Object(keys) = &mut wanted else { return None };
    keys.entry(key).or_insert_with(|| serde_json::json!([])).as_array_mut()?.push(item.into());
    (plain(&after) == wanted).then(|| format!("{mark}{added}"))
}

/// The tree of a file that has no mistakes; line ends of Windows are fine, those of old Macs are not.
fn tree(text: &str) -> Option<Node> {
    let text = text.replace("\r\n", "\n");
    let mut problems = Vec::new();
    let node = yaml::parse(&Yaml { file: &SourcePath::new("list.yml"), text: &text, lines_before: 0 }, &mut problems)?;
    (problems.is_empty() && !text.contains('\r')).then_some(node)
}

fn entry<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    match &node.value {
        Value::Keys(entries) => entries.iter().find(|(name, _)| name.name == key).map(|(_, value)| value),
        _ => None,
    }
}

fn to_list(text: &str, list: &Span, last: Option<&Node>, item: &str) -> Option<String> {
    let start = offset(text, list, 0)?;
    let in_brackets = text.get(start..)?.starts_with('[');
    let (at, new) = match last {
        None if in_brackets => (start + 1, format!(" {item}{}", if text.get(start + 1..)?.starts_with(']') { " " } else { "" })),
        None => return None,
        Some(last) if in_brackets => (offset(text, &last.span, last.span.len)?, format!(", {item}")),
        Some(last) => {
            // Below the last item, indented as it is.
            let item_at = offset(text, &last.span, 0)?;
            let line = text.get(..item_at)?.rfind('\n').map_or(0, |at| at + 1);
            let hyphen = text.get(line..item_at)?;
            let end = text.get(item_at..)?.find('\n').map_or(text.len(), |at| item_at + at);
            let has_return = text.get(..end)?.ends_with('\r');
            (end - usize::from(has_return), format!("{}{hyphen}{item}", if has_return { "\r\n" } else { "\n" }))
        }
    };
    Some(format!("{}{new}{}", text.get(..at)?, text.get(at..)?))
}

/// A line more at the end of a file.
fn append(text: &str, line: &str) -> String {
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let between = if text.is_empty() || text.ends_with('\n') { "" } else { end };
    format!("{text}{between}{line}{end}")
}

/// The byte that stands so many characters behind the start of a place.
fn offset(text: &str, place: &Span, behind: u32) -> Option<usize> {
    let before: usize = text.split_inclusive('\n').take(place.line.checked_sub(1)? as usize).map(str::len).sum();
    let column = (place.column.checked_sub(1)? + behind) as usize;
    let line = text.get(before..)?.split('\n').next()?;
    line.char_indices().map(|(at, _)| at).chain([line.len()]).nth(column).map(|at| before + at)
}

/// What a tree says, without its places.
fn plain(node: &Node) -> serde_json::Value {
    match &node.value {
        Value::Nothing => serde_json::Value::Null,
        Value::Text(scalar) => scalar.text.value.clone().into(),
        Value::List(items) => items.iter().map(plain).collect(),
        Value::Keys(entries) => entries.iter().map(|(key, value)| (key.name.clone(), plain(value))).collect::<serde_json::Map<_, _>>().into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_added_and_all_else_stays() {
        for (before, after) in [
            ("a: [ x, y ]  # why\nb: 1\n", "a: [ x, y, new ]  # why\nb: 1\n"),
            ("# top\na:\n  - x # one\n  - y\n\n# then\nb: 1\n", "# top\na:\n  - x # one\n  - y\n  - new\n\n# then\nb: 1\n"),
            ("a:\n- x\nb: 1", "a:\n- x\n- new\nb: 1"),
            ("a:\n  - x", "a:\n  - x\n  - new"),
            ("a: []\n", "a: [ new ]\n"),
            ("a: [ ]\n", "a: [ new ]\n"),
            ("a: [\n  x,\n  \"ü y\",\n]\n", "a: [\n  x,\n  \"ü y\", new,\n]\n"),
            ("\u{feff}a: [x]\r\nb: 1\r\n", "\u{feff}a: [x, new]\r\nb: 1\r\n"),
            ("a:\r\n  - x\r\nb: 1\r\n", "a:\r\n  - x\r\n  - new\r\nb: 1\r\n"),
            ("b: |\n  text\n", "b: |\n  text\na: [ new ]\n"),
            ("b: 1\r\n", "b: 1\r\na: [ new ]\r\n"),
            ("b: 1", "b: 1\na: [ new ]\n"),
        ] {
            assert_eq!(add(before, "a", "new").as_deref(), Some(after), "{before:?}");
        }
    }

    #[test]
    fn what_is_unusual_is_left_to_the_author() {
        for text in [
            "a: x\n",
            "a:\n",
            "a: {x: y}\n",
            "a: [x\n",
            "- a\n",
            "{a: 1}\n",
            "a:\n  - >\n    long\n    text\n",
            "a: [x]\rb: 1",
            "a: [one\n  two]\n",
            "",
            "a: &x [y]\n",
        ] {
            assert_eq!(add(text, "a", "new"), None, "{text:?}");
        }
    }
}
