//! Draws problems: for a terminal, with the source line, or as JSON.

pub mod faults;

use std::borrow::Cow;
use std::fmt::Write as _;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet, renderer::DecorStyle};
use serde::Serialize;

use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{Sources, Span};

/// How many problems are drawn in full; JSON has them all.
const MOST: usize = 50;

/// How many columns are drawn at the most.
const WIDTH: u32 = 100;
/// The column behind which a line is not drawn: to find it in a line that long, an editor helps more than a picture.
const FARTHEST: u32 = 4000;

/// Problems in the order of their files and lines, each once.
pub fn sorted(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let key = |d: &Diagnostic| (d.span.clone(), d.code, d.message.clone(), d.stays_warning);
    diagnostics.sort_by_cached_key(key);
    // What two curricula share is told once, and as strictly as the stricter of them has it.
    diagnostics.dedup_by(|b, a| (&a.span, a.code, &a.message, &a.help, &a.related) == (&b.span, b.code, &b.message, &b.help, &b.related));
    diagnostics
}

/// Problems as text for a terminal.
pub fn text(diagnostics: &[Diagnostic], sources: &Sources, colours: bool) -> String {
    let renderer = if colours { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(WIDTH as usize);
    let mut text = String::new();
    for diagnostic in diagnostics.iter().take(MOST) {
        text.push_str(&renderer.render(&draw(diagnostic, sources)));
        text.push_str("\n\n");
    }
    if diagnostics.len() > MOST {
        let _ = writeln!(text, "… and {} more. Mend these first, or ask for all with --format json.\n", diagnostics.len() - MOST);
    }
    text
}

/// How many errors and warnings there are, in words; empty when there are none.
pub fn summary(diagnostics: &[Diagnostic]) -> String {
    let count = |severity: Severity, one: &str, many: &str| {
        let n = diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count();
        (n > 0).then(|| format!("{n} {}", if n == 1 { one } else { many }))
    };
    let parts = [count(Severity::Error, "error", "errors"), count(Severity::Warning, "warning", "warnings")];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn draw<'d>(diagnostic: &'d Diagnostic, sources: &'d Sources) -> Vec<Group<'d>> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(visible(&diagnostic.message));
    let mut group = match snippet(&diagnostic.span, None, sources) {
        Some(snippet) => title.element(snippet),
        None => title.element(origin(&diagnostic.span)),
    };
    for related in &diagnostic.related {
        group = match snippet(&related.span, Some(&related.message), sources) {
            Some(snippet) => group.element(snippet),
            None => group.element(origin(&related.span)),
        };
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(visible(help)));
    }
    // The words come first; the rule's name is for those who want to look it up.
    vec![group.element(Level::NOTE.with_name("rule").message(diagnostic.code.as_str()))]
}

/// The line of a place, with the place marked; nothing for a file whose text could not be read.
fn snippet<'d>(span: &'d Span, label: Option<&'d str>, sources: &'d Sources) -> Option<Snippet<'d, annotate_snippets::Annotation<'d>>> {
    let line = sources.text(&span.file)?.split('\n').nth(span.line.saturating_sub(1) as usize).unwrap_or_default();
    if span.column > FARTHEST {
        return None;
    }
    let offset = |chars: u32| line.char_indices().nth(chars as usize).map_or(line.len(), |(byte, _)| byte);
    let start = offset(span.column.saturating_sub(1));
    let end = offset(span.column.saturating_sub(1) + span.len.clamp(1, WIDTH)).max(start);
    // What is far behind the place is not drawn, so it need not be measured either.
    let line = line.get(..offset(span.column + span.len.min(WIDTH) + WIDTH)).unwrap_or(line);
    let kind = if label.is_some() { AnnotationKind::Context } else { AnnotationKind::Primary };
    Some(Snippet::source(line).line_start(span.line as usize).path(path(span)).annotation(kind.span(start..end).label(label)))
}

/// A place without its line: the file alone where the whole of it is meant.
fn origin(span: &Span) -> Origin<'_> {
    let origin = Origin::path(path(span));
    let whole = span.line == 1 && span.column == 1;
    if whole { origin } else { origin.line(span.line as usize).char_column(span.column as usize) }
}

/// The way to a file on one line.
fn path(span: &Span) -> Cow<'_, str> {
    let path = visible(span.file.as_str());
    if path.contains('\n') { path.replace('\n', "\\n").into() } else { path }
}

/// A text without what could steer a terminal: a file's name may hold anything.
pub fn visible(text: &str) -> Cow<'_, str> {
    let steers = |c: char| c != '\n' && c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if !text.contains(steers) {
        return Cow::Borrowed(text);
    }
    text.chars().map(|c| if steers(c) { c.escape_unicode().to_string() } else { c.to_string() }).collect::<String>().into()
}

#[derive(Serialize)]
struct Json<'d> {
    code: &'static str,
    severity: &'static str,
    message: &'d str,
    help: Option<&'d str>,
    file: &'d str,
    line: u32,
    column: u32,
    length: u32,
    related: Vec<JsonRelated<'d>>,
}

#[derive(Serialize)]
struct JsonRelated<'d> {
    message: &'d str,
    file: &'d str,
    line: u32,
    column: u32,
}

/// Problems as JSON: a list; lines and columns count from 1, columns in characters.
pub fn json(diagnostics: &[Diagnostic]) -> serde_json::Result<String> {
    let list: Vec<Json<'_>> = diagnostics
        .iter()
        .map(|d| Json {
            code: d.code.as_str(),
            severity: d.severity.as_str(),
            message: &d.message,
            help: d.help.as_deref(),
            file: d.span.file.as_str(),
            line: d.span.line,
            column: d.span.column,
            length: d.span.len,
            related: d
                .related
                .iter()
                .map(|r| JsonRelated { message: &r.message, file: r.span.file.as_str(), line: r.span.line, column: r.span.column })
                .collect(),
        })
        .collect();
    serde_json::to_string_pretty(&list)
}
