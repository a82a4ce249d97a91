//! Words for a broken rule of YAML: the parser says where it stumbled, this says what the author can do.

use granit_parser::{ErrorKind, ScanError};

use super::lines::{
    bullet, hyphen_without_space, indent, is_block_mark, key, key_and_value, missing_space, open_bracket, quoted, quoted_list, shown, wide_colon,
    without_outer_quotes,
};
use super::yaml::Yaml;
use crate::diagnostic::{Code, Diagnostic};

/// Says what is wrong at the place where the parser stopped, from what stands on that line and the ones above it.
pub fn explain(yaml: &Yaml<'_>, error: &ScanError) -> Diagnostic {
    let place = Place { yaml, lines: yaml.text.lines().collect(), stopped: error.marker().line(), column: error.marker().col() + 1, kind: error.kind() };
    place
        .depth()
        .or_else(|| place.start_of_line())
        .or_else(|| place.unclosed_quote())
        .or_else(|| place.near().find_map(|line| place.one_line(line)))
        .or_else(|| place.unclosed_bracket())
        .unwrap_or_else(|| place.unfitting())
}

/// The place where the parser stopped, and what is around it.
struct Place<'a> {
    yaml: &'a Yaml<'a>,
    lines: Vec<&'a str>,
    stopped: usize,
    column: usize,
    kind: &'a ErrorKind,
}

impl<'a> Place<'a> {
    fn tell(&self, line: usize, column: usize, len: usize, message: impl Into<String>, help: impl Into<String>) -> Diagnostic {
        Diagnostic::new(Code::YamlSyntax, self.yaml.span(line, column, len), message).help(help)
    }

    /// A line, from 1.
    fn line(&self, line: usize) -> &'a str {
        line.checked_sub(1).and_then(|n| self.lines.get(n)).copied().unwrap_or_default()
    }

    /// The lines where the mistake may be: it is often on a line above the one where the parser notices it.
    fn near(&self) -> impl Iterator<Item = usize> {
        (self.stopped.saturating_sub(3).max(1)..=self.stopped).rev()
    }

    /// Whether a line stands in a text below `|` or `>`, where anything may be written.
    fn in_text(&self, line: usize) -> bool {
        let mut left = indent(self.line(line));
        for above in (1..line).rev().map(|line| self.line(line)).filter(|above| !above.trim().is_empty()) {
            if left == 0 {
                return false;
            }
            if indent(above) < left {
                left = indent(above);
                if key_and_value(above).is_some_and(|(_, value, _)| is_block_mark(value)) {
                    return true;
                }
            }
        }
        false
    }

    fn depth(&self) -> Option<Diagnostic> {
        let too_deep = matches!(self.kind, ErrorKind::RecursionLimitExceeded);
        too_deep.then(|| {
            let help = "a curriculum never needs more than 10 levels; look for a `[` or `{` too many";
            self.tell(self.stopped, 1, 0, "lists and keys are nested too deep here", help)
        })
    }

    /// What is wrong with the first characters of a line. A tab is sometimes noticed one line early.
    fn start_of_line(&self) -> Option<Diagnostic> {
        (self.stopped..=self.stopped + 2).chain(self.near()).find_map(|line| {
            let text = self.line(line);
            let white: Vec<char> = text.chars().take_while(|c| c.is_whitespace()).collect();
            if let Some(at) = white.iter().position(|c| *c == '\t') {
                let help = "take the tab away and press the space bar instead, two spaces for each step";
                return Some(self.tell(line, at + 1, 1, "this line is indented with a tab, and YAML wants spaces", help));
            }
            if let Some(at) = white.iter().position(|c| *c != ' ') {
                let message = "this line is indented with a space of another kind (a non-breaking space, often pasted from Word)";
                return Some(self.tell(line, at + 1, 1, message, "delete the space at the start of the line and type it again"));
            }
            let (sign, rest) = bullet(text).filter(|_| !self.in_text(line))?;
            let help = format!("write {}", shown(&format!("- {rest}")));
            Some(self.tell(line, white.len() + 1, 1, format!("a list starts with a hyphen, not with `{sign}`"), help))
        })
    }

    /// A quote that is opened and never closed: on the last line at or above the place whose value starts with one.
    fn unclosed_quote(&self) -> Option<Diagnostic> {
        if !matches!(self.kind, ErrorKind::UnclosedQuotedScalar | ErrorKind::DocumentIndicatorInQuotedScalar | ErrorKind::InvalidQuotedScalarIndent) {
            return None;
        }
        let (line, column, mark) = (1..=self.stopped).rev().find_map(|line| {
            let (_, value, column) = key_and_value(self.line(line))?;
            let mark = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            (value.matches(mark).count() % 2 == 1).then_some((line, column, mark))
        })?;
        let help = format!("put a `{mark}` at the end of the text, or take the first one away");
        Some(self.tell(line, column, 1, format!("this quote `{mark}` is opened and never closed"), help))
    }

    /// Looks for the mistakes that can be seen on one line.
    fn one_line(&self, line: usize) -> Option<Diagnostic> {
        if self.in_text(line) {
            return None;
        }
        let text = self.line(line);
        if let Some(found) = self.missing_spaces(line, text) {
            return Some(found);
        }
        let (key, value, column) = key_and_value(text)?;
        let tell = |message: String, help: String| Some(self.tell(line, column, value.trim_end().chars().count(), message, help));
        let value = value.trim();
        let first = value.chars().next()?;
        match first {
            '\'' if value.matches('\'').count() % 2 == 1 || !value.ends_with('\'') => {
                let whole = value.trim_start_matches('\'').trim_end_matches('\'');
                tell("the apostrophe in this text ends the quotes too early".into(), format!("use double quotes outside: {}", quoted(key, whole)))
            }
            '"' if value.len() > 1 && (!value.ends_with('"') || inner_quote(value)) => tell(
                "something stands behind the closing quote of this text, or a quote is in the middle of it".into(),
                format!("put the whole text in single quotes: {}", quoted(key, without_outer_quotes(value))),
            ),
            '“' | '”' | '„' | '‘' | '’' | '«' if value.contains(": ") || value.contains(" #") => {
                let whole = value.trim_matches(|c| matches!(c, '“' | '”' | '„' | '‘' | '’' | '«' | '»'));
                tell(format!("`{first}` is a quote for readers, not for YAML"), format!("use straight quotes: {}", quoted(key, whole)))
            }
            '|' | '>' if !is_block_mark(value) => {
                let help = if key.is_empty() {
                    "write the text on the line below".into()
                } else {
                    format!("write `{key}: {first}`, and the text on the lines below, two spaces further in")
                };
                tell(format!("after `{first}` a text begins on the next line"), format!("{help}; if `{first}` belongs to the text, put the text in quotes"))
            }
            '-' if value.starts_with("- ") && !key.is_empty() => {
                tell("a list begins on the line below its key".into(), format!("write it this way:\n{key}:\n  {value}"))
            }
            '*' | '&' | '@' | '%' | '`' | '!' | ',' | ']' | '}' if value.chars().count() > 1 => {
                self.other_meaning(key, value, first).and_then(|(message, help)| tell(message, help))
            }
            '?' if value.starts_with("? ") => self.other_meaning(key, value, first).and_then(|(message, help)| tell(message, help)),
            '[' | '{' => self.brackets(key, value, first).and_then(|(message, help)| tell(message, help)),
            '"' | '\'' => None,
            _ => self.second_colon(line, key, value, column),
        }
    }

    /// A space that is not there, or is of another kind.
    fn missing_spaces(&self, line: usize, text: &str) -> Option<Diagnostic> {
        let start = indent(text) + 1;
        if let Some(rest) = hyphen_without_space(text) {
            return Some(self.tell(line, start, 1, "a space is missing after the hyphen", format!("write {}", shown(&format!("- {rest}")))));
        }
        if let Some((word, colon, rest)) = wide_colon(text) {
            let column = text.chars().take_while(|c| *c != colon).count() + 1;
            return Some(self.tell(
                line,
                column,
                1,
                format!("`{colon}` is a colon of another kind"),
                format!("type a plain colon and a space: {}", shown(&format!("{word}: {rest}"))),
            ));
        }
        let (word, rest) = missing_space(text)?;
        let column = text.chars().take_while(|c| *c != ':').count() + 1;
        if text.chars().nth(column).is_some_and(char::is_whitespace) {
            let message = "the space after this colon is of another kind (a non-breaking space, often pasted from Word)";
            return Some(self.tell(line, column + 1, 1, message, "delete the space and type it again"));
        }
        Some(self.tell(line, column, 1, format!("a space is missing after the colon of `{word}:`"), format!("write {}", shown(&format!("{word}: {rest}")))))
    }

    /// A text whose first character YAML takes for an order to itself.
    fn other_meaning(&self, key: &str, value: &str, first: char) -> Option<(String, String)> {
        let first = if first == '`' { "a backquote".to_owned() } else { format!("`{first}`") };
        Some((format!("a text that starts with {first} means something else in YAML"), format!("put it in quotes: {}", quoted(key, value))))
    }

    /// A value in brackets: a text that only begins with one, or a list with a thing that needs quotes.
    fn brackets(&self, key: &str, value: &str, first: char) -> Option<(String, String)> {
        if open_bracket(value).is_some() {
            return None;
        }
        let close = if first == '[' { ']' } else { '}' };
        if !value.ends_with(close) {
            return self.other_meaning(key, value, first);
        }
        let fixed = quoted_list(value);
        (first == '[' && !value.get(1..).is_some_and(|inner| inner.contains(['[', '{'])) && value.contains(['\'', '"', ':']) && fixed != value).then(|| {
            ("something in this list needs quotes, so that YAML does not stumble over it".into(), format!("write {}", shown(&format!("{key}: {fixed}"))))
        })
    }

    fn second_colon(&self, line: usize, key: &str, value: &str, column: usize) -> Option<Diagnostic> {
        let at = value.find(": ").or_else(|| value.strip_suffix(':').filter(|_| !key.is_empty()).map(str::len))?;
        let colon = column + value.get(..at).unwrap_or_default().chars().count();
        if !key.is_empty() {
            let help = format!("put the text in quotes: {}", quoted(key, value));
            return Some(self.tell(line, colon, 1, "this line has a second colon, and YAML stumbles over it", help));
        }
        // A key of several words is fine, so only the line itself is blamed, and only below a text that it may go on with.
        let above = self.key_above(line).filter(|_| line == self.stopped)?;
        let help = format!("write `{above}: |`, and the whole text on the lines below, two spaces further in");
        Some(self.tell(line, colon, 1, "this line goes on with a text, but its colon makes YAML take it for a key", help))
    }

    /// A bracket that is opened and never closed.
    fn unclosed_bracket(&self) -> Option<Diagnostic> {
        let inside = matches!(
            self.kind,
            ErrorKind::ExpectedFlowMappingSeparator
                | ErrorKind::ExpectedFlowSequenceSeparator
                | ErrorKind::UnexpectedEofFlowMapping
                | ErrorKind::UnexpectedEofFlowSequence
                | ErrorKind::UnexpectedEofImplicitFlowMapping
                | ErrorKind::MisplacedFlowCollectionEnd
        );
        let opened = self.near().find_map(|line| {
            let (key, value, column) = key_and_value(self.line(line)).filter(|_| !self.in_text(line))?;
            open_bracket(value).map(|open| (line, key, value, column, open))
        });
        if let Some((line, key, value, column, open)) = opened {
            let close = if open == '[' { ']' } else { '}' };
            let whole = if key.is_empty() { format!("- {} {close}", value.trim()) } else { format!("{key}: {} {close}", value.trim()) };
            return Some(self.tell(
                line,
                column,
                1,
                format!("this `{open}` is opened and never closed"),
                format!("close it with `{close}`: {}", shown(&whole)),
            ));
        }
        if let ErrorKind::UnclosedFlowCollection { open } | ErrorKind::MismatchedFlowCollectionEnd { open, .. } = self.kind {
            let close = if *open == '[' { ']' } else { '}' };
            let help = format!("close it with `{close}`; a text inside that has a comma or a bracket needs double quotes");
            return Some(self.tell(self.stopped, self.column, 1, format!("this `{open}` has no `{close}` that fits"), help));
        }
        inside.then(|| {
            let help = "put a comma between the things in it, and double quotes around a text with a comma, a colon or a bracket";
            self.tell(self.stopped, self.column, 1, "something is missing or too much between `[ ]` or `{ }`", help)
        })
    }

    /// A line that does not fit the ones above it: a text that is not indented, or lines that start in different columns.
    fn unfitting(&self) -> Diagnostic {
        let text = self.line(self.stopped);
        let start = indent(text) + 1;
        let len = text.trim().chars().count();
        let is_text = key(text).is_none() && !text.trim_start().starts_with('-') && !text.trim().is_empty();
        if let Some(above) = self.key_above(self.stopped).filter(|_| is_text) {
            let help = format!(
                "if it goes on with the text of `{above}`, begin that text with `{above}: |`, and put two spaces more before each of its lines than before `{above}`"
            );
            return self.tell(self.stopped, start, len, "this line has no key, and stands too far left to belong to the text above it", help);
        }
        let above = (1..self.stopped).rev().map(|line| self.line(line)).find(|line| !line.trim().is_empty());
        let columns = above
            .map(|above| indent(above) + 1)
            .filter(|above| *above != start)
            .map(|above| format!("it starts in column {start}, and the line above in column {above}; "));
        let help = format!("{}lines of one list, and keys that belong together, start in the same column", columns.unwrap_or_default());
        self.tell(self.stopped, start, len, "this line does not fit the lines above it", help)
    }

    /// The nearest key on a line above.
    fn key_above(&self, line: usize) -> Option<&'a str> {
        (1..line).rev().find_map(|line| key(self.line(line)))
    }
}

/// Whether a text in double quotes has a double quote inside that is not escaped.
fn inner_quote(value: &str) -> bool {
    let inner = value.get(1..value.len().saturating_sub(1)).unwrap_or_default();
    inner.replace("\\\"", "").contains('"')
}
