//! A session plan: what one or two facilitators do in one meeting, and what members see of it.

use super::{HandoutId, Minutes, Slug, Title};
use crate::audience::{Facilitator, Member, Prose};
use crate::source::{SourcePath, Span, Spanned};

/// The plan of one meeting.
#[derive(Clone, Debug)]
pub struct SessionPlan {
    /// Its address: the file's name.
    pub slug: Slug,
    /// The file.
    pub file: SourcePath,
    /// Its number in the course; an elective has none.
    pub number: Option<u32>,
    /// Its name.
    pub title: Title,
    /// What to know before choosing or opening it.
    pub about: Option<Prose<Facilitator>>,
    /// Whether it stands apart and may take the place of any session.
    pub elective: bool,
    /// What it is to reach.
    pub goals: Vec<Prose<Facilitator>>,
    /// What members see of it.
    pub members: MemberView,
    /// How to set the practice.
    pub practice: Option<Prose<Facilitator>>,
    /// What to bring.
    pub materials: Vec<Prose<Facilitator>>,
    /// What to prepare, when it is not the course's.
    pub prepare: Option<Vec<Prose<Facilitator>>>,
    /// Its own items.
    pub agenda: Vec<AgendaItem>,
    /// The items before them, when they are not the course's.
    pub open: Option<Vec<AgendaItem>>,
    /// The items after them, when they are not the course's.
    pub close: Option<Vec<AgendaItem>>,
    /// How to adapt it.
    pub adapt: Vec<super::Adaptation>,
    /// What may be hard.
    pub safety: Option<Prose<Facilitator>>,
    /// What a newcomer needs, when it is not the course's.
    pub newcomers: Option<Prose<Facilitator>>,
    /// What to ask afterwards, when it is not the course's.
    pub after: Option<Vec<Prose<Facilitator>>>,
}

/// What members see of a session.
#[derive(Clone, Default, Debug)]
pub struct MemberView {
    /// What it is about.
    pub summary: Option<Prose<Member>>,
    /// Its goals, spoken to them.
    pub goals: Vec<Prose<Member>>,
    /// What is given out, in order.
    pub handouts: Vec<Spanned<HandoutId>>,
    /// What to practice until the next one.
    pub practice: Option<Prose<Member>>,
}

/// A stretch of a session.
#[derive(Clone, Debug)]
pub struct AgendaItem {
    /// Where it is written.
    pub span: Span,
    /// Its name; only the guide shows it.
    pub title: Prose<Facilitator>,
    /// What kind of stretch it is.
    pub kind: Option<ItemKind>,
    /// How long it takes; untimed where left out.
    pub minutes: Option<Spanned<Minutes>>,
    /// The shortest it can be cut to, in minutes.
    pub at_least: Option<u32>,
    /// Whether it may be left out when late.
    pub can_drop: bool,
    /// Who leads it.
    pub lead: Lead,
    /// What members read of it.
    pub members: Option<Prose<Member>>,
    /// The handouts that it uses.
    pub handouts: Vec<Spanned<HandoutId>>,
    /// What to say, ask and do.
    pub steps: Vec<Step>,
    /// Topics that share its minutes.
    pub parts: Vec<Part>,
}

/// A topic inside an agenda item.
#[derive(Clone, Debug)]
pub struct Part {
    /// Its name; only the guide shows it.
    pub title: Prose<Facilitator>,
    /// The handouts that it uses.
    pub handouts: Vec<Spanned<HandoutId>>,
    /// What to say, ask and do.
    pub steps: Vec<Step>,
}

/// One thing that a facilitator says, asks, does or notices.
#[derive(Clone, Debug)]
pub struct Step {
    /// Which of these.
    pub verb: Verb,
    /// The words.
    pub text: Prose<Facilitator>,
    /// Who, when it is not the item's lead.
    pub lead: Option<Lead>,
}

/// Declares an enum of words that stand in authors' files.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum $name { $($(#[$variant_doc])* $variant),* }

        impl $name {
            /// Each word with its meaning.
            pub const WORDS: &'static [(&'static str, $name)] = &[$(($word, $name::$variant)),*];

            /// The word in authors' files.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $word),* }
            }
        }
    };
}

words! {
    /// What a stretch of a session is for.
    ItemKind {
        /// How everyone arrives.
        CheckIn = "check-in",
        /// Last week's practice.
        Review = "review",
        /// A skill is explained.
        Teach = "teach",
        /// A skill is tried.
        Practise = "practise",
        /// Members talk.
        Discuss = "discuss",
        /// A pause.
        Break = "break",
        /// How everyone leaves; never cut.
        Close = "close",
    }
}

words! {
    /// Who leads.
    Lead {
        /// The first facilitator.
        First = "first",
        /// The second facilitator.
        Second = "second",
        /// Both.
        Both = "both",
    }
}

words! {
    /// What a step is.
    Verb {
        /// Words to say.
        Say = "say",
        /// A question to ask.
        Ask = "ask",
        /// Something to do.
        Do = "do",
        /// What to hear in answers.
        ListenFor = "listen_for",
        /// What to see in people.
        WatchFor = "watch_for",
        /// Something to know.
        Note = "note",
    }
}
