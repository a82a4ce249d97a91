//! YAML as a tree with a place for every node, so that all mistakes of a file can be told together.
//!
//! What YAML would lose without a word is a problem here: tags, anchors, aliases, and `#` in the middle of a text.

use granit_parser::{Event, Options, Parser, ScalarStyle};

use super::{lines, syntax};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{SourcePath, Span, Text, count, hidden_sign, is_hidden_sign};

/// How deep lists and keys may nest. A session plan needs 8.
const MAX_DEPTH: usize = 32;

/// How many keys, texts and lists a file may hold. A session plan has about 300; what is far more is a mistake or an attack.
const MAX_NODES: usize = 10_000;

/// How many texts that YAML would lose are told in one file, before the reading ends.
const MAX_LOST: usize = 100;

/// A piece of YAML with its place.
#[derive(Clone, Debug)]
pub struct Node {
    /// What it is.
    pub value: Value,
    /// Where it begins.
    pub span: Span,
}

/// What a piece of YAML is.
#[derive(Clone, Debug)]
pub enum Value {
    /// Nothing was written.
    Nothing,
    /// One text or number, as written.
    Text(Scalar),
    /// A list: lines that start with `- `, or `[a, b]`.
    List(Vec<Node>),
    /// Keys with their values.
    Keys(Vec<(Key, Node)>),
}

/// One text or number.
#[derive(Clone, Debug)]
pub struct Scalar {
    /// The text.
    pub text: Text,
    /// A comment on the same line, one space behind the text: perhaps it was meant as text.
    pub comment: Option<Span>,
}

/// A key and its place.
#[derive(Clone, Debug)]
pub struct Key {
    /// The key as written.
    pub name: String,
    /// Where.
    pub span: Span,
}

/// A stretch of a file that is YAML: a whole file, or the lines of one that start after `lines_before`.
pub struct Yaml<'a> {
    /// The file.
    pub file: &'a SourcePath,
    /// The YAML.
    pub text: &'a str,
    /// How many lines of the file come before it.
    pub lines_before: u32,
}

impl Yaml<'_> {
    /// A place of this stretch in its file; `line` from 1, `column` from 1.
    pub fn span(&self, line: usize, column: usize, len: usize) -> Span {
        Span { file: self.file.clone(), line: self.lines_before + count(line), column: count(column), len: count(len) }
    }
}

/// Reads YAML. A broken rule of YAML ends the reading: the tree is then missing.
pub fn parse(yaml: &Yaml<'_>, problems: &mut Vec<Diagnostic>) -> Option<Node> {
    let mut options = Options::default();
    options.emit_unresolved_aliases = true;
    options.flow_nesting_limit = MAX_DEPTH;
    options.block_nesting_limit = MAX_DEPTH;
    let lines: Vec<&str> = yaml.text.split('\n').collect();
    let mut tree = Tree { yaml, lines: &lines, open: Vec::new(), root: None, nodes: 0, lost: 0, problems };
    for event in Parser::new_from_str_with_options(yaml.text, options) {
        match event {
            Ok((event, span)) => tree.take(event, span)?,
            Err(error) => {
                let told = syntax::explain(yaml, &error);
                // A `*` or `&` that has been told on this line is what the parser stumbled over.
                if !tree.problems.iter().any(|known| known.code == Code::LostText && known.span.file == told.span.file && known.span.line == told.span.line) {
                    tree.problems.push(told);
                }
                return None;
            }
        }
    }
    let nothing = Node { value: Value::Nothing, span: yaml.span(1, 1, 0) };
    Some(tree.root.unwrap_or(nothing))
}

/// A list or a set of keys that is not finished yet.
enum Open {
    List(Span, Vec<Node>),
    Keys(Span, Vec<(Key, Node)>, Option<Key>),
}

struct Tree<'a, 'y> {
    yaml: &'a Yaml<'y>,
    lines: &'a [&'a str],
    open: Vec<Open>,
    root: Option<Node>,
    nodes: usize,
    lost: usize,
    problems: &'a mut Vec<Diagnostic>,
}

impl Tree<'_, '_> {
    /// Takes one event; `None` ends the reading.
    fn take(&mut self, event: Event<'_>, span: granit_parser::Span) -> Option<()> {
        let here = self.span(span);
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            self.problems.push(
                Diagnostic::new(Code::YamlSyntax, here, format!("there are more than {MAX_NODES} keys, texts and lists up to here, so the rest is not read"))
                    .help("divide what stands here into smaller files"),
            );
            return None;
        }
        if self.lost > MAX_LOST {
            return None;
        }
        if let Some(tag) = event.tag() {
            let at = span.tag_span().map_or(here.clone(), |tag| self.span(tag));
            let word = format!("!{}", tag.suffix());
            let told = format!("YAML takes `{word}` as an order to itself, so it would not be shown");
            self.lost(at, told);
        }
        if has_anchor(&event) {
            let at = self.anchor_before(&here);
            self.lost(at, "a text that starts with `&` means something else in YAML".into());
        }
        match event {
            Event::Scalar(text, style, ..) => {
                let node = self.scalar(text.into_owned(), style, span, here);
                self.put(node);
            }
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                self.lost(here.clone(), "a text that starts with `*` means something else in YAML".into());
                // It was meant as a text; taken as one, it is told once and not as empty too.
                let text = Text { value: self.rest_of_line(&here), span: here.clone(), indent: here.column, by_line: true };
                self.put(Node { value: Value::Text(Scalar { text, comment: None }), span: here });
            }
            Event::SequenceStart(..) => self.open.push(Open::List(here, Vec::new())),
            Event::MappingStart(..) => self.open.push(Open::Keys(here, Vec::new(), None)),
            Event::SequenceEnd | Event::MappingEnd => match self.open.pop()? {
                Open::List(span, items) => self.put(Node { value: Value::List(items), span }),
                Open::Keys(span, entries, _) => self.put(Node { value: Value::Keys(entries), span }),
            },
            Event::DocumentStart(true, _) if self.root.is_some() => {
                self.problems.push(
                    Diagnostic::new(Code::YamlSyntax, here, "a second part begins here, after `---`; a file has one part only")
                        .help("take the line `---` away"),
                );
                return None;
            }
            _ => {}
        }
        Some(())
    }

    /// Tells a text that YAML would change without a word, with the line as it should be written.
    fn lost(&mut self, at: Span, told: String) {
        self.lost += 1;
        let text = self.rest_of_line(&at);
        self.problems.push(Diagnostic::new(Code::LostText, at, told).help(format!("put the whole text in double quotes: {}", lines::quote(&text))));
    }

    /// What stands on a line from a place on, without the bracket that closes a list around it.
    fn rest_of_line(&self, at: &Span) -> String {
        let rest: String = self.line(at).chars().skip(at.column.saturating_sub(1) as usize).take(500).collect();
        let rest = rest.trim_end();
        rest.strip_suffix([']', '}']).filter(|text| !text.contains(['[', '{'])).unwrap_or(rest).trim_end().to_owned()
    }

    /// The line of a place.
    fn line(&self, at: &Span) -> &str {
        let line = (at.line - self.yaml.lines_before) as usize;
        line.checked_sub(1).and_then(|n| self.lines.get(n)).unwrap_or(&"")
    }

    /// The place of the `&` before a node.
    fn anchor_before(&self, node: &Span) -> Span {
        let before: Vec<char> = self.line(node).chars().take(node.column.saturating_sub(1) as usize).collect();
        let at = before.iter().rposition(|c| *c == '&');
        at.map_or_else(|| node.clone(), |at| Span { column: count(at + 1), len: 1, ..node.clone() })
    }

    /// Puts a finished node where it belongs.
    fn put(&mut self, node: Node) {
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open::List(_, items)) => items.push(node),
            Some(Open::Keys(_, entries, key)) => match key.take() {
                Some(name) => entries.push((name, node)),
                None => *key = Some(as_key(node)),
            },
        }
    }

    fn scalar(&mut self, mut value: String, style: ScalarStyle, span: granit_parser::Span, here: Span) -> Node {
        let plain = style == ScalarStyle::Plain;
        let mut text_span = here.clone();
        let mut by_line = span.start.line() == span.end.line();
        match style {
            ScalarStyle::Literal | ScalarStyle::Folded => {
                // Markdown folds lines by itself, so a folded text is read as its lines stand: its paragraphs and lists stay.
                if style == ScalarStyle::Folded {
                    value = self.unfolded(span.start.line(), span.start.col()).unwrap_or(value);
                }
                // The parser's place is the first line below the `|` that is not empty; a text may begin with empty ones.
                by_line = true;
                let empty = value.chars().take_while(|c| *c == '\n').count();
                let len = self.lines.get(span.start.line().saturating_sub(1)).map_or(0, |line| line.trim().chars().count());
                text_span = self.yaml.span(span.start.line().saturating_sub(empty), span.start.col() + 1, if empty == 0 { len } else { 0 });
            }
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => {
                // What `read` refuses in a file, a backslash could still write.
                if hidden_sign(&value).is_some() {
                    self.problems.push(
                        Diagnostic::new(Code::WrongValue, here.clone(), "a backslash in this text makes an invisible sign that no text needs")
                            .help("take away the backslash and the sign behind it; to show a backslash, write two: `\\\\`"),
                    );
                    value = value.replace(is_hidden_sign, "");
                }
                text_span.column += 1;
                text_span.len = text_span.len.saturating_sub(2);
            }
            _ => {}
        }
        let comment = if plain { self.comment_behind(&span) } else { None };
        // The parser gives `~` where nothing is written.
        if plain && (value.is_empty() || value == "~") {
            return Node { value: Value::Nothing, span: here };
        }
        let text = Text { value, indent: text_span.column, span: text_span, by_line };
        Node { value: Value::Text(Scalar { text, comment }), span: here }
    }

    /// The lines of a block of text from this line and column on, as they stand.
    fn unfolded(&self, line: usize, column: usize) -> Option<String> {
        let mut text = String::new();
        for line in self.lines.get(line.checked_sub(1)?..)? {
            let spaces = line.chars().take_while(|c| *c == ' ').count();
            if spaces < column && !line.trim().is_empty() {
                break;
            }
            text.extend(line.chars().skip(column));
            text.push('\n');
        }
        Some(format!("{}\n", text.trim_end_matches('\n')))
    }

    /// Looks at what follows a text without quotes on its line: `#1` would be lost, `# note` may be meant.
    fn comment_behind(&mut self, span: &granit_parser::Span) -> Option<Span> {
        let (start, end) = (span.start.byte_offset()?, span.end.byte_offset()?);
        let rest = self.yaml.text.get(end..)?;
        let gap = rest.find(|c| !matches!(c, ' ' | '\t' | ':'))?;
        let note = rest.get(gap..)?.strip_prefix('#').and_then(|_| rest.get(gap..)?.lines().next())?.trim_end();
        let at = self.yaml.span(span.end.line(), span.end.col() + gap + 1, note.chars().count());
        let next = note.chars().nth(1);
        if next.is_some_and(|c| !c.is_whitespace() && c != '#') {
            let whole = self.yaml.text.get(start..end + gap + note.len()).filter(|whole| !whole.contains('\n'));
            let quoted = whole
                .map_or_else(|| "put the whole text in double quotes".into(), |whole| format!("put the whole text in double quotes: {}", lines::quote(whole)));
            self.problems.push(
                Diagnostic::new(Code::LostText, at, format!("YAML takes `{note}` as a note to yourself, so it would not be shown"))
                    .help(format!("{quoted}; or, if it is a note, write a space after `#`")),
            );
            return None;
        }
        (gap == 1).then_some(at)
    }

    fn span(&self, span: granit_parser::Span) -> Span {
        let one_line = span.start.line() == span.end.line();
        let len = if one_line { span.end.col().saturating_sub(span.start.col()) } else { 0 };
        self.yaml.span(span.start.line(), span.start.col() + 1, len)
    }
}

/// Whether a node has an anchor (`&name`).
fn has_anchor(event: &Event<'_>) -> bool {
    match event {
        Event::Scalar(_, _, anchor, _) | Event::SequenceStart(_, anchor, _) | Event::MappingStart(_, anchor, _) => *anchor > 0,
        _ => false,
    }
}

/// A node that stands in the place of a key.
fn as_key(node: Node) -> Key {
    let name = match node.value {
        Value::Text(scalar) => scalar.text.value,
        Value::Nothing => String::new(),
        Value::List(_) | Value::Keys(_) => "{…}".into(),
    };
    Key { span: Span { len: count(name.chars().count()), ..node.span }, name }
}
