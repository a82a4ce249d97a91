//! Reads a page of Markdown: the keys between its `---` lines, and its text.

use super::blocks::{self, Body, Piece};
use super::fields::{Keys, Problems};
use super::yaml::{self, Node, Value, Yaml};
use super::{limits, lines, notes, worksheet};
use crate::audience::{Audience, Facilitator, Member, Prose};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Block, BlockKind, Breath, Handout, HandoutId, PageTexts, Title};
use crate::source::{SourcePath, Span, Spanned, Text, count};

pub(super) const HANDOUT_KEYS: &[&str] = &["title", "summary", "minutes", "source", "facilitator"];
pub(super) const PAGE_KEYS: &[&str] = &["title", "summary"];
/// The key under which a translation keeps the stamp of the text that it was made from.
pub(super) const STAMP: &str = "translates";
pub(super) const TRANSLATED_KEYS: &[&str] = &["title", "summary", "source", STAMP];

/// Reads a handout.
pub fn handout(id: HandoutId, file: &SourcePath, text: &str, problems: &mut Problems) -> Option<Handout> {
    let mut page = Page::split(file, text, problems)?;
    let heading = page.take_heading();
    let blocks = page.blocks(problems);
    let Some(head) = &page.head else {
        if let Some(title) = heading {
            return Some(Handout { id, file: file.clone(), title, summary: None, minutes: None, source: None, notes: None, blocks });
        }
        // The keys of a head that was not opened are no notes in the text.
        problems.retain(|problem| problem.code != Code::NotesInText || problem.span.file != *file);
        problems.push(no_head(file, text, Code::FrontMatter, "this handout does not begin with its title"));
        return None;
    };
    let elsewhere = |key: &str| match key {
        "handouts" | "practice" | "goals" => Some("this belongs in a session plan (`sessions/…yml`), under `members`"),
        "purpose" | "evidence" | "watch_for" => Some("this belongs in the `module.yml` beside this file, under `facilitator`"),
        "notes" | "note" | "facilitators" => Some("notes for facilitators go under `facilitator: |`"),
        _ => None,
    };
    let keys = Keys::of(head, "a handout", HANDOUT_KEYS, elsewhere, problems)?;
    let title = match heading {
        Some(heading) if keys.place("title").is_none() => heading,
        _ => keys.title(problems),
    };
    Some(Handout {
        id,
        file: file.clone(),
        title,
        summary: keys.prose("summary", problems),
        minutes: keys.minutes("minutes", problems).map(|minutes| minutes.value),
        source: keys.prose("source", problems),
        notes: keys.prose::<Facilitator>("facilitator", problems),
        blocks,
    })
}

/// Reads the translation of a handout or of a page for members, and the stamp that it has.
pub fn translated(file: &SourcePath, text: &str, problems: &mut Problems) -> Option<(PageTexts, Option<Spanned<String>>)> {
    let mut page = Page::split(file, text, problems)?;
    let heading = page.take_heading();
    let blocks = page.blocks(problems);
    let Some(head) = &page.head else {
        if let Some(title) = heading {
            return Some((PageTexts { title, summary: None, source: None, blocks }, None));
        }
        problems.push(no_head(file, text, Code::FrontMatter, "this translation does not begin with its title"));
        return None;
    };
    let elsewhere = |key: &str| match key {
        "facilitator" | "facilitators" | "notes" | "note" => Some(
            "all of this file is for members. Notes for facilitators are in the curriculum's own language: they go under `facilitator` in the file that this one translates",
        ),
        "minutes" => Some("the minutes stand in the file that this one translates, and hold for both"),
        _ => None,
    };
    let keys = Keys::of(head, "a translation", TRANSLATED_KEYS, elsewhere, problems)?;
    let title = match heading {
        Some(heading) if keys.place("title").is_none() => heading,
        _ => keys.title(problems),
    };
    let texts = PageTexts { title, summary: keys.prose("summary", problems), source: keys.prose("source", problems), blocks };
    Some((texts, keys.plain(STAMP, problems)))
}

/// What the two kinds of free pages have in common.
pub struct FreePage<A> {
    /// The title, where the head has one.
    pub title: Option<Title>,
    /// What it is, in a sentence.
    pub summary: Option<Prose<A>>,
}

/// Reads a page for members.
pub fn member_page(file: &SourcePath, text: &str, problems: &mut Problems) -> Option<(FreePage<Member>, Vec<Block>)> {
    let mut page = Page::split(file, text, problems)?;
    let head = page.free_head(problems);
    Some((head, page.blocks(problems)))
}

/// The text of a handout or a page that has been read, without its head and its title.
pub fn body<'a>(file: &'a SourcePath, text: &'a str) -> &'a str {
    let page = Page::split(file, text, &mut Problems::new());
    page.map_or("", |mut page| {
        page.take_heading();
        page.text
    })
}

/// Reads a page for facilitators: Markdown without blocks.
pub fn guide_page(file: &SourcePath, text: &str, problems: &mut Problems) -> Option<(FreePage<Facilitator>, Prose<Facilitator>)> {
    let mut page = Page::split(file, text, problems)?;
    let head = page.free_head(problems);
    let mut told = Problems::new();
    let pieces = blocks::split(&page.body(), &mut told);
    let blocks = pieces.iter().filter_map(|piece| match piece {
        Piece::Block { name, span, .. } => Some(
            Diagnostic::new(Code::MisplacedBlock, span.clone(), format!("a page of the guide has no blocks, but here is `{name}`"))
                .help("write it as plain text, or put it in a handout"),
        ),
        Piece::Markdown(_) => None,
    });
    let blocks: Problems = blocks.collect();
    let wrong = if blocks.is_empty() { told } else { blocks };
    // What has been told here is not told again by the check of the text; an empty line keeps the places right.
    let is_fence = |line: &&str| line.trim_start().starts_with(":::") && !wrong.is_empty();
    let lines: Vec<&str> = page.text.split('\n').map(|line| Some(line).filter(|line| !is_fence(line)).unwrap_or_default()).collect();
    problems.extend(wrong.iter().cloned());
    let first = page.text.lines().next().unwrap_or_default().chars().count();
    let span = Span { file: file.clone(), line: page.lines_before + 1, column: 1, len: count(first) };
    let text = Text { value: lines.join("\n"), span, indent: 1, by_line: true };
    Some((head, Prose::written(text)))
}

/// Says that a page does not begin with its head, and how it should.
fn no_head(file: &SourcePath, text: &str, code: Code, message: &str) -> Diagnostic {
    let first = text.lines().position(|line| !line.trim().is_empty());
    let line = first.and_then(|line| text.lines().nth(line)).unwrap_or_default();
    match lines::key(line) {
        Some(key) => {
            let span = Span { line: count(first.unwrap_or_default()) + 1, len: count(line.trim_end().chars().count()), ..Span::of_file(file) };
            Diagnostic::new(Code::FrontMatter, span, format!("a line `---` is missing above `{key}`"))
                .help("the keys of a page stand at its head, between two lines `---`")
        }
        None => Diagnostic::new(code, Span::of_file(file), message).help("begin the file with three lines:\n---\ntitle: A short name\n---"),
    }
}

/// Whether a line is meant as the `---` around the head of a page, but is written in another way: `----`, `—`.
fn is_nearly_dashes(line: &str) -> bool {
    let line = line.trim();
    line != "---" && line != "-" && !line.is_empty() && line.chars().all(|c| matches!(c, '-' | '–' | '—' | '―' | '−' | '_'))
}

/// A Markdown file in two: its head of keys, and its text.
struct Page<'a> {
    file: &'a SourcePath,
    head: Option<Node>,
    text: &'a str,
    lines_before: u32,
}

impl<'a> Page<'a> {
    /// Splits a file at its `---` lines. A head that cannot be read is told and ends the file.
    fn split(file: &'a SourcePath, text: &'a str, problems: &mut Problems) -> Option<Self> {
        let mut lines = text.split_inclusive('\n');
        let mut skipped = 0;
        let mut blank_lines = 0;
        let first = loop {
            let Some(line) = lines.next() else {
                problems.push(
                    Diagnostic::new(Code::EmptyValue, Span::of_file(file), "nothing is written in this file")
                        .help("begin it with three lines, and write the text below:\n---\ntitle: A short name\n---"),
                );
                return None;
            };
            if !line.trim().is_empty() {
                break line;
            }
            skipped += line.len();
            blank_lines += 1;
        };
        let dashes = |line: u32, written: &str| {
            let span = Span { line, len: count(written.trim_end().chars().count()), ..Span::of_file(file) };
            Diagnostic::new(Code::FrontMatter, span, format!("the head of a page stands between two lines of three hyphens, but here is `{}`", written.trim()))
                .help("write `---`, alone on the line")
        };
        if is_nearly_dashes(first) && lines.clone().next().is_some_and(|line| lines::key(line).is_some()) {
            problems.push(dashes(blank_lines + 1, first));
            return None;
        }
        if first.trim_end() != "---" {
            return Some(Self { file, head: None, text, lines_before: 0 });
        }
        let start = skipped + first.len();
        let mut end = start;
        let mut nearly = None;
        for (count, line) in (blank_lines + 2..).zip(lines) {
            if line.trim_end() == "---" {
                let head = text.get(start..end).unwrap_or_default();
                let yaml = Yaml { file, text: head, lines_before: blank_lines + 1 };
                let node = yaml::parse(&yaml, problems)?;
                let head = if matches!(node.value, Value::Nothing) { None } else { Some(node) };
                return Some(Self { file, head, text: text.get(end + line.len()..).unwrap_or_default(), lines_before: count });
            }
            if nearly.is_none() && is_nearly_dashes(line) {
                nearly = Some(dashes(count, line));
            }
            end += line.len();
        }
        let span = Span { file: file.clone(), line: blank_lines + 1, column: 1, len: 3 };
        problems.push(nearly.unwrap_or_else(|| {
            Diagnostic::new(Code::FrontMatter, span, "the keys at the head of this file are not closed")
                .help("write a line `---` below the last key, before the text begins")
        }));
        None
    }

    fn body(&self) -> Body<'a> {
        Body { file: self.file, text: self.text, lines_before: self.lines_before }
    }

    fn blocks(&self, problems: &mut Problems) -> Vec<Block> {
        let blocks: Vec<Block> = blocks::split(&self.body(), problems).into_iter().filter_map(|piece| block(piece, problems)).collect();
        limits::tell(&blocks, problems);
        blocks
    }

    /// Takes the heading `# Title` from the head of the text, when the text begins with one: the page shows its title by itself.
    fn take_heading(&mut self) -> Option<Title> {
        let blank = self.text.len() - self.text.trim_start_matches(['\n', ' ']).len();
        let rest = self.text.get(blank..)?;
        let line = rest.strip_prefix("# ")?.lines().next()?;
        let above = count(self.text.get(..blank)?.matches('\n').count());
        let at = Span { file: self.file.clone(), line: self.lines_before + above + 1, column: 3, len: count(line.chars().count()) };
        self.lines_before = at.line;
        self.text = rest.split_once('\n').map_or("", |(_, rest)| rest);
        Some(Title { value: line.trim().trim_end_matches('#').trim().to_owned(), span: at })
    }

    /// The title and summary of a free page. A title may also be the first line of the text, `# Title`.
    fn free_head<A: Audience>(&mut self, problems: &mut Problems) -> FreePage<A> {
        let has_head = self.lines_before > 0;
        let head = self.head.take();
        let keys = head.as_ref().and_then(|head| Keys::of(head, "a page", PAGE_KEYS, |_| None, problems));
        let mut title = keys.as_ref().filter(|keys| keys.place("title").is_some()).map(|keys| keys.title(problems));
        let summary = keys.and_then(|keys| keys.prose("summary", problems));
        let heading = self.take_heading();
        title = title.or(heading);
        if title.is_none() {
            problems.push(if has_head {
                Diagnostic::new(Code::MissingKey, Span::of_file(self.file), "this page has no title")
                    .help("add a line `title: A short name` between the lines `---` at its head")
            } else {
                no_head(self.file, self.text, Code::MissingKey, "this page has no title")
            });
        }
        FreePage { title, summary }
    }
}

fn block(piece: Piece, problems: &mut Problems) -> Option<Block> {
    let (name, rest, span, pieces) = match piece {
        Piece::Markdown(mut text) => {
            notes::take(&mut text, problems);
            return Some(Block::Text(Prose::written(text)));
        }
        Piece::Block { name, rest, span, pieces } => (name, rest, span, pieces),
    };
    let title = |rest: Text| (!rest.value.is_empty()).then(|| Prose::written(rest));
    match name {
        "worksheet" => {
            let body = pieces.iter().find_map(|piece| match piece {
                Piece::Markdown(text) => Some(text),
                Piece::Block { .. } => None,
            });
            Some(Block::Worksheet(worksheet::read(title(rest), &span, body, problems)))
        }
        "breathe" => {
            let (breath, title) = breath(&rest, &span, problems)?;
            Some(Block::Breathe { breath, title, span, blocks: children(pieces, problems) })
        }
        _ => {
            let (_, kind) = BlockKind::WORDS.iter().find(|(word, _)| *word == name)?;
            let mut pieces = pieces;
            let title = title(rest).or_else(|| (*kind == BlockKind::Voice).then(|| speaker(&mut pieces)).flatten());
            let blocks = children(pieces, problems);
            if blocks.is_empty() {
                problems.push(
                    Diagnostic::new(Code::EmptyValue, span.clone(), format!("the block `{name}` is empty"))
                        .help("write something between its two lines, or take them away"),
                );
            }
            Some(Block::Titled { kind: *kind, title, span, blocks })
        }
    }
}

fn children(pieces: Vec<Piece>, problems: &mut Problems) -> Vec<Block> {
    pieces.into_iter().filter_map(|piece| block(piece, problems)).collect()
}

/// Reads the counts of a breath, `4-6` (in, out), `4-2-6` (in, hold, out) or `4-4-4-4` (in, hold, out, rest), in seconds,
/// and the title that may follow them.
fn breath(rest: &Text, span: &Span, problems: &mut Problems) -> Option<(Breath, Option<Prose<Member>>)> {
    let (written, title) = rest.value.split_once(' ').unwrap_or((&rest.value, ""));
    let counts: Option<Vec<u32>> = written.replace('–', "-").split('-').map(|count| count.parse().ok().filter(|seconds| *seconds <= 20)).collect();
    let breath = match counts.as_deref() {
        Some(&[inhale, exhale]) => Some(Breath { inhale, hold: 0, exhale, rest: 0 }),
        Some(&[inhale, hold, exhale]) => Some(Breath { inhale, hold, exhale, rest: 0 }),
        Some(&[inhale, hold, exhale, rest]) => Some(Breath { inhale, hold, exhale, rest }),
        _ => None,
    };
    let Some(breath) = breath.filter(|breath| breath.inhale > 0 && breath.exhale > 0) else {
        problems.push(
            Diagnostic::new(Code::BlockSettings, span.clone(), "`breathe` needs the seconds of a breath")
                .help("write them with hyphens and without spaces: `::: breathe 4-6` (in, out) or `::: breathe 4-2-6` (in, hold, out); 20 at the most"),
        );
        return None;
    };
    let title = title.trim();
    let text = Text { value: title.to_owned(), ..rest.clone() };
    Some((breath, (!title.is_empty()).then(|| Prose::written(text))))
}

/// Takes the last paragraph of a voice as the name of who speaks, when it begins with a dash: `— Mia, two years on`.
fn speaker(pieces: &mut [Piece]) -> Option<Prose<Member>> {
    let Some(Piece::Markdown(text)) = pieces.last_mut() else { return None };
    let words = text.value.trim_end();
    let start = words.rfind('\n').map_or(0, |at| at + 1);
    let line = words.get(start..)?;
    let name = line.strip_prefix('—').or_else(|| line.strip_prefix('–')).or_else(|| line.strip_prefix("-- "))?.trim();
    if name.is_empty() || start == 0 {
        return None;
    }
    let at = text.at(start, line.len());
    let speaker = Prose::written(Text { value: name.to_owned(), span: at, indent: 1, by_line: true });
    text.value.truncate(start);
    Some(speaker)
}
