//! What a person has typed, as YAML and Markdown that mean just that.

use crate::model::Slug;

/// What was typed as one line: white space folded, and signs that nobody sees taken out. Empty when nothing is left to see.
pub fn clean(typed: &str) -> String {
    let unseen = |c: &char| {
        c.is_control() || matches!(c, '\u{200b}' | '\u{2060}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fff0}'..='\u{ffff}')
    };
    let seen: String = typed.split_whitespace().collect::<Vec<_>>().join(" ").chars().filter(|c| !unseen(c)).collect();
    let seen = seen.split_whitespace().collect::<Vec<_>>().join(" ");
    // The loader takes these for an empty value.
    let blank = seen == "~" || seen.chars().all(|c| matches!(c, '\u{200c}'..='\u{200f}'));
    if blank { String::new() } else { seen }
}

/// A line of text as a YAML value: as it is where that is safe, else in double quotes.
pub fn yaml(text: &str) -> String {
    let safe = text.starts_with(char::is_alphabetic)
        && text.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '.' | ',' | '\'' | '’' | '(' | ')' | '?' | '!' | '-' | '/' | '&'))
        && !matches!(text.to_lowercase().as_str(), "true" | "false" | "null" | "yes" | "no" | "on" | "off" | "y" | "n");
    if safe { text.to_owned() } else { format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")) }
}

/// A line of text as Markdown that shows it as it was typed, and that no check takes for a mark of another program.
pub fn markdown(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    let mut before = None;
    let mut only_digits = true;
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        let special = match c {
            '\\' | '`' | '*' | '_' | '<' | '>' | '[' | ']' | '#' | '|' | '~' | '%' | '=' | '^' | '{' | '}' | '$' => true,
            '&' => next.is_some_and(|next| next.is_ascii_alphanumeric() || next == '#'),
            '-' | '+' => before.is_none(),
            ':' => before.is_none_or(|before| before == ':') || next == Some(':'),
            '(' => before == Some(']'),
            '!' => before == Some('['),
            '.' | ')' => only_digits && before.is_some(),
            _ => false,
        };
        if c == '|' && before.is_none() {
            // Behind a backslash it would still look like a table.
            escaped.push_str("&#124;");
        } else {
            if special {
                escaped.push('\\');
            }
            escaped.push(c);
        }
        only_digits &= c.is_ascii_digit();
        before = Some(c);
    }
    escaped
}

/// A file's name for a title: `Five senses` → `five-senses`. Where the title has no Latin letter, `otherwise`. `taken` says
/// which names there are; a number is then added.
pub fn file_name(title: &str, otherwise: &str, taken: impl Fn(&str) -> bool) -> String {
    let suggested = Slug::suggest(title);
    let empty = !title.chars().any(|c| Slug::suggest(&c.to_string()) != "my");
    let base: String = if empty { otherwise.to_owned() } else { suggested.chars().take(56).collect() };
    let base = base.trim_end_matches(['-', '_']);
    let numbered = (2..).map(|n| format!("{base}-{n}"));
    std::iter::once(base.to_owned()).chain(numbered).find(|name| !taken(name)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_lines_are_cleaned() {
        assert_eq!(clean("  A  \t title\r\n"), "A title");
        assert_eq!(clean("a\u{202e}b\u{200b}c\u{7}"), "abc");
        assert_eq!(clean("👩\u{200d}👧"), "👩\u{200d}👧");
        for nothing in ["", " ", "~", "\u{200b}", "\u{200e}", "\u{1b}"] {
            assert_eq!(clean(nothing), "", "{nothing:?}");
        }
    }

    #[test]
    fn values_are_quoted_where_yaml_would_read_them_otherwise() {
        assert_eq!(yaml("Adults & teens, 16 to 25"), "Adults & teens, 16 to 25");
        for (text, quoted) in [("Anger: a start", r#""Anger: a start""#), ("Step #1", r#""Step #1""#), (r#"Say "no" \ stop"#, r#""Say \"no\" \\ stop""#)] {
            assert_eq!(yaml(text), quoted);
        }
        for text in ["no", "True", "988", "-", "[x]", "!a", "*a", "&a", "'a'", "@a", "🙂", "", "a: b", "{"] {
            assert_eq!(yaml(text), format!("\"{text}\""));
        }
    }

    #[test]
    fn markdown_shows_what_was_typed() {
        assert_eq!(markdown("Adults & teens, 5 - 7."), "Adults & teens, 5 - 7.");
        assert_eq!(markdown("<b> &lt; *a*"), r"\<b\> \&lt; \*a\*");
        assert_eq!(markdown("1. one"), r"1\. one");
        // What a check would take for a mark of another program.
        assert_eq!(markdown("[a](b c)"), r"\[a\]\(b c)");
        assert_eq!(markdown("[!"), r"\[\!");
        assert_eq!(markdown("|a|"), r"&#124;a\|");
        assert_eq!(markdown("a ::: b:"), r"a \:\:\: b:");
        assert_eq!(markdown("- one"), r"\- one");
    }

    #[test]
    fn files_get_names_that_are_addresses() {
        let name = |title: &str| file_name(title, "session", |name| matches!(name, "anger" | "anger-2"));
        assert_eq!(name("Riding the wave!"), "riding-the-wave");
        assert_eq!(name("Anger"), "anger-3");
        assert_eq!(name("怒り"), "session");
        assert_eq!(name("My"), "my");
        assert_eq!(name("index"), "my-index");
        for title in ["../../etc", "CON", &"long ".repeat(40), "🙂", "نص", "-_-"] {
            assert!(Slug::new(&format!("01-{}", name(title))).is_some(), "{title}");
        }
    }
}
