//! Words for a broken rule of YAML: the parser says where it stumbled, this says what the author can do.

use granit_parser::{ErrorKind, ScanError};

use super::yaml::Yaml;
use crate::diagnostic::{Code, Diagnostic};

/// Says what is wrong at the place where the parser stopped, from what stands on that line and the ones above it.
pub fn explain(yaml: &Yaml<'_>, error: &ScanError) -> Diagnostic {
    let stopped = error.marker().line();
    // The mistake is often on the line above the one where the parser notices it.
    let near = (stopped.saturating_sub(3).max(1)..=stopped).rev();
    let tell = |line: usize, column: usize, len: usize, message: String, help: String| {
        Diagnostic::new(Code::YamlSyntax, yaml.span(line, column, len), message).help(help)
    };

    if let ErrorKind::RecursionLimitExceeded = error.kind() {
        return tell(
            stopped,
            1,
            0,
            "lists and keys are nested too deep here".into(),
            "a curriculum never needs more than 10 levels; look for a `[` or `{` too many".into(),
        );
    }
    // A tab is sometimes noticed one line early.
    for line in (stopped..=stopped + 2).chain(near.clone()) {
        let text = yaml.line(line);
        let indent: String = text.chars().take_while(|c| c.is_whitespace()).collect();
        if let Some(at) = indent.chars().position(|c| c == '\t') {
            return tell(
                line,
                at + 1,
                1,
                "this line is indented with a tab, and YAML wants spaces".into(),
                "take the tab away and press the space bar instead, two spaces for each step".into(),
            );
        }
        if let Some(at) = indent.chars().position(|c| c != ' ') {
            return tell(
                line,
                at + 1,
                1,
                "this line is indented with a space of another kind (a non-breaking space, often pasted from Word)".into(),
                "delete the space at the start of the line and type it again".into(),
            );
        }
        if let Some(bullet) = text
            .trim_start()
            .chars()
            .next()
            .filter(|c| matches!(c, '–' | '—' | '•' | '·' | '●' | '*'))
            .filter(|_| text.trim_start().chars().nth(1) == Some(' '))
        {
            return tell(
                line,
                indent.len() + 1,
                1,
                format!("a list starts with a hyphen, not with `{bullet}`"),
                format!("write `- {}`", text.trim_start().chars().skip(2).collect::<String>()),
            );
        }
    }
    if let ErrorKind::UnclosedQuotedScalar | ErrorKind::DocumentIndicatorInQuotedScalar | ErrorKind::InvalidQuotedScalarIndent = error.kind()
        && let Some((line, column, mark)) = opening_quote(yaml, stopped)
    {
        return tell(
            line,
            column,
            1,
            format!("this quote `{mark}` is opened and never closed"),
            format!("put a `{mark}` at the end of the text, or take the first one away"),
        );
    }
    for line in near {
        if let Some(found) = line_mistake(yaml, line, error.kind()) {
            return found;
        }
    }
    match error.kind() {
        ErrorKind::UnclosedFlowCollection { open } | ErrorKind::MismatchedFlowCollectionEnd { open, .. } => {
            let close = if *open == '[' { ']' } else { '}' };
            tell(
                stopped,
                error.marker().col() + 1,
                1,
                format!("this `{open}` has no `{close}` that fits"),
                format!("close it with `{close}`; a text inside that has a comma or a bracket needs double quotes"),
            )
        }
        ErrorKind::ExpectedFlowMappingSeparator
        | ErrorKind::ExpectedFlowSequenceSeparator
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofFlowSequence
        | ErrorKind::MisplacedFlowCollectionEnd => tell(
            stopped,
            error.marker().col() + 1,
            1,
            "something is missing or too much between `[ ]` or `{ }`".into(),
            "put a comma between the things in it, and double quotes around a text with a comma, a colon or a bracket".into(),
        ),
        _ => {
            let text = yaml.line(stopped);
            let indent = text.chars().take_while(|c| *c == ' ').count();
            tell(
                stopped,
                indent + 1,
                text.trim().chars().count(),
                "this line does not fit the lines above it".into(),
                "check how far it is indented: lines of one list, and keys that belong together, start in the same column".into(),
            )
        }
    }
}

/// Looks for the mistakes that can be seen on one line.
fn line_mistake(yaml: &Yaml<'_>, line: usize, kind: &ErrorKind) -> Option<Diagnostic> {
    let text = yaml.line(line);
    let (key, value, column) = key_and_value(text)?;
    let len = value.chars().count();
    let tell = |message: String, help: String| Some(Diagnostic::new(Code::YamlSyntax, yaml.span(line, column, len), message).help(help));
    let quoted = |key: &str, value: &str| if key.is_empty() { format!("- {}", quote(value)) } else { format!("{key}: {}", quote(value)) };
    let first = value.chars().next()?;
    match first {
        '\'' if value.trim_end().chars().filter(|c| *c == '\'').count() % 2 == 1 || !value.trim_end().ends_with('\'') => {
            let whole = value.trim().trim_start_matches('\'').trim_end_matches('\'');
            return tell("the apostrophe in this text ends the quotes too early".into(), format!("use double quotes outside: {}", quoted(key, whole)));
        }
        '"' if value.trim_end().len() > 1 && (!value.trim_end().ends_with('"') || inner_quote(value)) => {
            let whole = value.trim().trim_start_matches('"');
            return tell(
                "something stands behind the closing quote of this text, or a quote is in the middle of it".into(),
                format!("use single quotes outside: {}", single(key, whole.trim_end_matches('"'))),
            );
        }
        '“' | '”' | '„' | '‘' | '’' | '«' => {
            let whole = value.trim().trim_matches(|c| matches!(c, '“' | '”' | '„' | '‘' | '’' | '«' | '»'));
            return tell(format!("`{first}` is a quote for readers, not for YAML"), format!("use straight quotes: {}", quoted(key, whole)));
        }
        '*' | '&' | '@' | '%' | '`' | '!' | '>' | '|' if value.trim().chars().count() > 1 && !is_block_mark(value) => {
            return tell(
                format!("a text that starts with `{first}` means something else in YAML"),
                format!("put it in double quotes: {}", quoted(key, value.trim())),
            );
        }
        '{' | '['
            if matches!(
                kind,
                ErrorKind::ExpectedFlowMappingSeparator
                    | ErrorKind::ExpectedFlowSequenceSeparator
                    | ErrorKind::UnexpectedEofFlowMapping
                    | ErrorKind::UnexpectedEofFlowSequence
                    | ErrorKind::UnclosedFlowCollection { .. }
            ) =>
        {
            return None;
        }
        _ => {}
    }
    if matches!(first, '"' | '\'' | '{' | '[') {
        let closed_early =
            matches!(kind, ErrorKind::ExpectedBlockMappingKey | ErrorKind::InvalidTrailingDoubleQuotedScalar | ErrorKind::InvalidTrailingSingleQuotedScalar);
        if closed_early && matches!(first, '{' | '[') {
            return tell(
                format!("a text that starts with `{first}` means something else in YAML"),
                format!("put it in double quotes: {}", quoted(key, value.trim())),
            );
        }
        return None;
    }
    if let Some(at) = value.find(": ").or_else(|| value.trim_end().strip_suffix(':').filter(|_| !key.is_empty()).map(str::len)) {
        let second = value.get(..at).unwrap_or_default().chars().count();
        return Some(
            Diagnostic::new(Code::YamlSyntax, yaml.span(line, column + second, 1), "this line has a second colon, and YAML stumbles over it")
                .help(format!("put the text in double quotes: {}", quoted(key, value.trim()))),
        );
    }
    if key.is_empty()
        && let Some((word, rest)) = missing_space(text)
    {
        let at = text.find(':').unwrap_or_default();
        return Some(
            Diagnostic::new(
                Code::YamlSyntax,
                yaml.span(line, text.get(..at).unwrap_or_default().chars().count() + 1, 1),
                format!("a space is missing after the colon of `{word}:`"),
            )
            .help(format!("write `{word}: {rest}`")),
        );
    }
    None
}

/// `title:Anger` in a line: the word before the colon and what follows it without a space.
pub fn missing_space(line: &str) -> Option<(&str, &str)> {
    let line = line.trim().trim_start_matches("- ");
    let (word, rest) = line.split_once(':')?;
    let is_key = !word.is_empty() && word.chars().all(|c| c.is_ascii_alphabetic() || c == '_');
    (is_key && !rest.is_empty() && !rest.starts_with(' ') && !rest.starts_with("//")).then_some((word, rest.trim()))
}

/// Splits a line in its key (empty where there is none), its value and the value's column, from 1.
fn key_and_value(line: &str) -> Option<(&str, &str, usize)> {
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
        let before = line.len() - value.len();
        return (!value.is_empty()).then(|| (key, value, line.get(..before).unwrap_or_default().chars().count() + 1));
    }
    let before = line.len() - rest.len();
    Some(("", rest, line.get(..before).unwrap_or_default().chars().count() + 1))
}

/// Whether a value is only the mark of a block of lines: `|`, `>-`, `|2`.
fn is_block_mark(value: &str) -> bool {
    let value = value.trim();
    value.len() <= 3 && value.starts_with(['|', '>']) && value.chars().skip(1).all(|c| c == '-' || c == '+' || c.is_ascii_digit())
}

/// Whether a text in double quotes has a double quote inside that is not escaped.
fn inner_quote(value: &str) -> bool {
    let value = value.trim();
    let inner = value.get(1..value.len().saturating_sub(1)).unwrap_or_default();
    inner.replace("\\\"", "").contains('"')
}

/// Where the quote was opened that is never closed: the last line at or above `stopped` whose value starts with one.
fn opening_quote(yaml: &Yaml<'_>, stopped: usize) -> Option<(usize, usize, char)> {
    (1..=stopped).rev().find_map(|line| {
        let (_, value, column) = key_and_value(yaml.line(line))?;
        let mark = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        (value.matches(mark).count() % 2 == 1).then_some((line, column, mark))
    })
}

/// A text in quotes as YAML wants it.
pub fn quote(text: &str) -> String {
    let text = text.trim();
    if text.contains('"') || text.contains('\\') { format!("'{}'", text.replace('\'', "''")) } else { format!("\"{text}\"") }
}

fn single(key: &str, value: &str) -> String {
    let value = format!("'{}'", value.replace('\'', "''"));
    if key.is_empty() { format!("- {value}") } else { format!("{key}: {value}") }
}
