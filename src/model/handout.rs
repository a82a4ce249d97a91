//! A handout: what a member reads, tries and fills in. All of it is for members, save its notes.

use super::{HandoutId, Minutes, Title};
use crate::audience::{Facilitator, Member, Prose};
use crate::source::{SourcePath, Span};

/// One skill on one page.
#[derive(Clone, Debug)]
pub struct Handout {
    /// Its name in the curriculum.
    pub id: HandoutId,
    /// The file.
    pub file: SourcePath,
    /// Its name.
    pub title: Title,
    /// What it is, in a sentence.
    pub summary: Option<Prose<Member>>,
    /// How long it takes.
    pub minutes: Option<Minutes>,
    /// Where it comes from.
    pub source: Option<Prose<Member>>,
    /// Notes for facilitators.
    pub notes: Option<Prose<Facilitator>>,
    /// Its text.
    pub blocks: Vec<Block>,
}

impl Handout {
    /// Whether there is something to fill in.
    pub fn has_worksheet(&self) -> bool {
        holds(&self.blocks, &|block| matches!(block, Block::Worksheet(_)))
    }
}

/// Whether any of these blocks, or one inside them, is such a one.
pub fn holds(blocks: &[Block], such: &dyn Fn(&Block) -> bool) -> bool {
    blocks.iter().any(|block| {
        such(block)
            || match block {
                Block::Titled { blocks, .. } | Block::Breathe { blocks, .. } => holds(blocks, such),
                Block::Text(_) | Block::Worksheet(_) => false,
            }
    })
}

/// A piece of a member text.
#[derive(Clone, Debug)]
pub enum Block {
    /// Plain Markdown.
    Text(Prose<Member>),
    /// A block with a meaning.
    Titled {
        /// Which.
        kind: BlockKind,
        /// Its title, where it has its own.
        title: Option<Prose<Member>>,
        /// Where it begins.
        span: Span,
        /// What is in it.
        blocks: Vec<Block>,
    },
    /// A breathing pacer.
    Breathe {
        /// Its counts.
        breath: Breath,
        /// Its title, where it has its own.
        title: Option<Prose<Member>>,
        /// Where it begins.
        span: Span,
        /// What is in it.
        blocks: Vec<Block>,
    },
    /// Something to fill in.
    Worksheet(Worksheet),
}

/// What a titled block means.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BlockKind {
    /// An exercise to try.
    Practice,
    /// An example.
    Example,
    /// A hint.
    Tip,
    /// What to remember.
    Key,
    /// Words of someone further ahead.
    Voice,
    /// When to stop, and where to get help.
    Care,
}

impl BlockKind {
    /// Each name in authors' files with its meaning.
    pub const WORDS: &'static [(&'static str, BlockKind)] =
        &[("practice", Self::Practice), ("example", Self::Example), ("tip", Self::Tip), ("key", Self::Key), ("voice", Self::Voice), ("care", Self::Care)];

    /// The name of the block that a word of everyday language, or of another program, most likely means.
    pub fn meant_by(word: &str) -> Option<&'static str> {
        match word {
            "exercise" | "excercise" | "activity" | "try" | "task" | "skill" => Some("practice"),
            "sample" | "story" | "case" => Some("example"),
            "hint" | "info" | "idea" | "abstract" => Some("tip"),
            "important" | "remember" | "summary" | "takeaway" => Some("key"),
            "quote" | "cite" | "testimonial" => Some("voice"),
            "warning" | "caution" | "danger" | "stop" | "safety" | "alert" => Some("care"),
            "breath" | "breathing" | "pacer" => Some("breathe"),
            "questions" | "form" | "log" | "diary" | "todo" => Some("worksheet"),
            _ => None,
        }
    }

    /// The name in authors' files.
    pub fn as_str(self) -> &'static str {
        Self::WORDS.iter().find(|(_, kind)| *kind == self).map_or("", |(word, _)| word)
    }
}

/// The counts of a breath, in seconds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Breath {
    /// Breathing in.
    pub inhale: u32,
    /// Holding the breath; 0 for no hold.
    pub hold: u32,
    /// Breathing out.
    pub exhale: u32,
    /// Resting before the next breath; 0 for none.
    pub rest: u32,
}

/// Questions to answer, on screen or on paper.
#[derive(Clone, Debug)]
pub struct Worksheet {
    /// Its title, where it has its own.
    pub title: Option<Prose<Member>>,
    /// Where it begins.
    pub span: Span,
    /// Its questions.
    pub fields: Vec<Field>,
    /// What it translates, where that asks the same in the same order: answers kept on one belong to the other as well.
    pub original: Option<Box<Worksheet>>,
}

/// A question of a worksheet.
#[derive(Clone, Debug)]
pub struct Field {
    /// The question.
    pub label: Prose<Member>,
    /// How it is answered.
    pub kind: FieldKind,
}

/// How a question is answered.
#[derive(Clone, Debug)]
pub enum FieldKind {
    /// On one line.
    Line,
    /// On several lines; how many.
    Lines(u32),
    /// With a number on a scale.
    Scale {
        /// The first number.
        from: i32,
        /// The last number.
        to: i32,
        /// What the first means.
        low: Option<Prose<Member>>,
        /// What the last means.
        high: Option<Prose<Member>>,
    },
    /// With any of some options.
    Check {
        /// The options.
        options: Vec<Prose<Member>>,
        /// Whether there is an "Other: ____".
        other: bool,
    },
    /// With one of some options.
    Choose {
        /// The options.
        options: Vec<Prose<Member>>,
        /// Whether there is an "Other: ____".
        other: bool,
    },
    /// With yes or no.
    YesNo {
        /// What is asked after a yes.
        if_yes: Option<Prose<Member>>,
        /// What is asked after a no.
        if_no: Option<Prose<Member>>,
    },
    /// By filling the slots of a plan.
    Plan(Vec<Prose<Member>>),
    /// In a table.
    Table {
        /// The heads of the columns.
        columns: Vec<Prose<Member>>,
        /// The rows.
        rows: Rows,
    },
    /// By choosing an option for each item.
    Grid {
        /// The items.
        items: Vec<Prose<Member>>,
        /// The options.
        options: Vec<Prose<Member>>,
    },
    /// With a list of so many lines.
    List(u32),
    /// By filling the gaps of the label itself.
    Blanks,
}

/// The rows of a table.
#[derive(Clone, Debug)]
pub enum Rows {
    /// So many empty ones.
    Empty(u32),
    /// One for each label, which fills the first column.
    Labelled(Vec<Prose<Member>>),
}
