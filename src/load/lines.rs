//! What stands on one line of YAML, and how it should be written instead.

/// Splits a line in its key (empty where there is none), its value and the value's column, from 1.
pub fn key_and_value(line: &str) -> Option<(&str, &str, usize)> {
    let mut rest = line.trim_start_matches(' ');
    while let Some(after) = rest.strip_prefix("- ") {
        rest = after.trim_start_matches(' ');
    }
    if rest.is_empty() || rest.starts_with('#') {
        return None;
    }
    let start = rest.chars().next()?;
    if let Some((key, value)) = rest.split_once(": ").filter(|(key, _)| start.is_alphabetic() && !key.contains(' ')) {
        let value = value.trim_start_matches(' ');
        return (!value.is_empty()).then(|| (key, value, column(line, value)));
    }
    Some(("", rest, column(line, rest)))
}

/// The column, from 1, at which the end of a line begins.
fn column(line: &str, end: &str) -> usize {
    line.chars().count() - end.chars().count() + 1
}

/// The key that a line gives a value to, even where the value stands on the lines below.
pub fn key(line: &str) -> Option<&str> {
    let line = line.trim().trim_start_matches("- ");
    let (word, rest) = line.split_once(':')?;
    (is_word(word) && (rest.is_empty() || rest.starts_with(' '))).then_some(word)
}

/// `title:Anger` in a line: the word before the colon and what follows it without a space.
pub fn missing_space(line: &str) -> Option<(&str, &str)> {
    let line = line.trim().trim_start_matches("- ");
    let (word, rest) = line.split_once(':')?;
    (is_word(word) && !rest.is_empty() && !rest.starts_with(' ') && !rest.starts_with("//")).then_some((word, rest.trim()))
}

/// `minutes：15` in a line: the word before a colon of another script, the colon, and what follows.
pub fn wide_colon(line: &str) -> Option<(&str, char, &str)> {
    let line = line.trim().trim_start_matches("- ");
    let at = line.find(['：', '﹕', '︰', '∶'])?;
    let (word, rest) = line.split_at_checked(at)?;
    let colon = rest.chars().next()?;
    is_word(word).then(|| (word, colon, rest.trim_start_matches(colon).trim()))
}

fn is_word(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| c.is_ascii_alphabetic() || c == '_')
}

/// `-say: Hello` in a line: what follows the hyphen.
pub fn hyphen_without_space(line: &str) -> Option<&str> {
    line.trim().strip_prefix('-').filter(|rest| rest.starts_with(|c: char| c.is_alphabetic() || matches!(c, '"' | '\'' | '[' | '{')))
}

/// A list item that begins with a sign other than a hyphen, as Word and phones write it: the sign, and what follows.
pub fn bullet(line: &str) -> Option<(char, &str)> {
    let line = line.trim_start();
    let sign = line.chars().next().filter(|c| matches!(c, '–' | '—' | '•' | '·' | '●' | '▪' | '◦' | '*'))?;
    line.strip_prefix(sign)?.strip_prefix([' ', '\t', '\u{a0}']).map(|rest| (sign, rest.trim()))
}

/// How many spaces a line begins with.
pub fn indent(line: &str) -> usize {
    line.chars().take_while(|c| *c == ' ').count()
}

/// Whether a value is only the mark of a block of lines: `|`, `>-`, `|2`.
pub fn is_block_mark(value: &str) -> bool {
    let value = value.trim();
    value.len() <= 3 && value.starts_with(['|', '>']) && value.chars().skip(1).all(|c| c == '-' || c == '+' || c.is_ascii_digit())
}

/// Where a value in brackets is opened and not closed on its line: the bracket.
pub fn open_bracket(value: &str) -> Option<char> {
    let open = value.chars().next().filter(|c| matches!(c, '[' | '{'))?;
    let (mut depth, mut quote) = (0_i32, None);
    let mut before = ' ';
    let mut rest = value.chars();
    while let Some(c) = rest.next() {
        let after = rest.clone().find(|c| *c != ' ');
        // A mark within a word is an apostrophe.
        let ends = matches!(after, None | Some(',' | ']' | '}' | ':'));
        match (quote, c) {
            (Some(mark), c) if c == mark && ends => quote = None,
            (None, '"' | '\'') if matches!(before, '[' | '{' | ',' | ':') => quote = Some(c),
            (None, '[' | '{') => depth += 1,
            (None, ']' | '}') => depth -= 1,
            _ => {}
        }
        if c != ' ' {
            before = c;
        }
    }
    (depth > 0).then_some(open)
}

/// A list in brackets with quotes around each thing that needs them.
pub fn quoted_list(value: &str) -> String {
    let inner = value.trim().trim_start_matches('[').trim_end_matches(']');
    let items = inner.split(',').map(str::trim).filter(|item| !item.is_empty()).map(|item| {
        let plain = item.trim_matches(['\'', '"']);
        if plain.contains(['\'', '"', ':', '#', '[', ']', '{', '}']) || item.len() > plain.len() { quote(plain) } else { plain.to_owned() }
    });
    format!("[{}]", items.collect::<Vec<_>>().join(", "))
}

/// A text in quotes as YAML wants it.
pub fn quote(text: &str) -> String {
    let text = text.trim();
    if text.contains('"') || text.contains('\\') { format!("'{}'", text.replace('\'', "''")) } else { format!("\"{text}\"") }
}

/// A line whose value is put in quotes, to be shown to the author.
pub fn quoted(key: &str, value: &str) -> String {
    shown(&if key.is_empty() { format!("- {}", quote(value)) } else { format!("{key}: {}", quote(value)) })
}

/// What an author can write, between backquotes; without them when it has some itself.
pub fn shown(text: &str) -> String {
    if text.contains('`') { text.to_owned() } else { format!("`{text}`") }
}

/// What a text in double quotes was meant to be, when a double quote stands inside. In `"Say "hello" now"` the outer ones
/// go around the whole; in `"Hello," and wait` they are a part of it.
pub fn without_outer_quotes(value: &str) -> &str {
    let value = value.trim();
    let Some(inner) = value.strip_prefix('"').and_then(|value| value.strip_suffix('"')) else { return value };
    let closes = inner.find('"').is_some_and(|at| !inner.get(..at).is_some_and(|before| before.ends_with(' ')));
    if closes { value } else { inner }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_a_key_and_a_value() {
        assert_eq!(key_and_value("  - say: Hello: you"), Some(("say", "Hello: you", 10)));
        assert_eq!(key_and_value("  - My plan: you"), Some(("", "My plan: you", 5)));
        assert_eq!(key_and_value("  # note"), None);
        assert_eq!(key("  steps:"), Some("steps"));
        assert_eq!(key("What we do: x"), None);
    }

    #[test]
    fn slips_are_seen() {
        assert_eq!(missing_space("  title:Anger"), Some(("title", "Anger")));
        assert_eq!(missing_space("https://example.org"), None);
        assert_eq!(wide_colon("  minutes：15"), Some(("minutes", '：', "15")));
        assert_eq!(hyphen_without_space("  -say: x"), Some("say: x"));
        assert_eq!(hyphen_without_space("  -5"), None);
        assert_eq!(hyphen_without_space("---"), None);
        assert_eq!(bullet("  • one"), Some(('•', "one")));
        assert_eq!(bullet("**bold** text"), None);
        assert_eq!(open_bracket("[a, 'b]'"), Some('['));
        assert_eq!(open_bracket("[a] b"), None);
        assert_eq!(open_bracket("[a, 'It's b', it's]"), None);
        assert_eq!(open_bracket("[a, \"]\", [b]"), Some('['));
    }

    #[test]
    fn quotes_fit_the_text() {
        assert_eq!(quoted("title", "Anger: it"), "`title: \"Anger: it\"`");
        assert_eq!(quote("Say \"no\": it's fine"), "'Say \"no\": it''s fine'");
        assert_eq!(quoted_list("[a, b: c, 'It's d']"), "[a, \"b: c\", \"It's d\"]");
        assert_eq!(without_outer_quotes("\"Say \"hello\" now\""), "Say \"hello\" now");
        assert_eq!(without_outer_quotes("\"Yes\" and \"no\""), "\"Yes\" and \"no\"");
        assert_eq!(without_outer_quotes("\"Hello,\" and wait"), "\"Hello,\" and wait");
    }
}
