//! Walks through every text of a curriculum, with the word on who reads it. For what looks at all texts alike: the checks,
//! and the scan for leaks. Nothing here makes a page.

use std::borrow::Cow;

use crate::audience::{Audience, Facilitator, MayRead, Member, Prose, Reader};
use crate::model::{AgendaItem, Block, BlockKind, Curriculum, FieldKind, Handout, Rows, Step, Title};
use crate::source::Text;

/// Calls `see` with every text of a curriculum, and whether members read it.
pub fn each_text<'c>(curriculum: &'c Curriculum, see: &mut dyn FnMut(&'c Text, bool)) {
    let reader = Reader::<Facilitator>::new();
    let mut seen = Seen { reader: &reader, see };
    let c = curriculum;
    seen.members(c.summary.iter().chain(&c.for_whom).chain(&c.agreements).chain(&c.confidentiality).chain(&c.authors).chain(&c.references));
    seen.facilitators(c.newcomers.iter().chain(&c.distress_protocol).chain(c.adapt.iter().map(|adapt| &adapt.text)));
    seen.facilitators(c.hard_moments.iter().flat_map(|moment| [&moment.when, &moment.act]));
    seen.facilitators(c.defaults.prepare.iter().chain(&c.defaults.after));
    seen.facilitators(c.checks.iter().map(|setting| &setting.because));
    seen.items(&c.defaults.open);
    seen.items(&c.defaults.close);
    for module in &c.modules {
        seen.members(&module.summary);
        seen.facilitators(module.notes.purpose.iter().chain(&module.notes.evidence).chain(&module.notes.watch_for));
        for handout in &module.handouts {
            seen.members(handout.summary.iter().chain(&handout.source));
            seen.facilitators(&handout.notes);
            each_block_text(&handout.blocks, &mut |text| seen.members([text]));
        }
    }
    for page in &c.pages {
        seen.members(&page.summary);
        each_block_text(&page.blocks, &mut |text| seen.members([text]));
    }
    for page in &c.guide {
        seen.facilitators([&page.title, &page.body].into_iter().chain(&page.summary));
    }
    for session in &c.sessions {
        let s = session;
        seen.facilitators(s.about.iter().chain(&s.goals).chain(&s.practice).chain(&s.materials).chain(&s.safety).chain(&s.newcomers));
        seen.facilitators(s.prepare.iter().flatten().chain(s.after.iter().flatten()).chain(s.adapt.iter().map(|adapt| &adapt.text)));
        seen.members(s.members.summary.iter().chain(&s.members.goals).chain(&s.members.practice));
        seen.items(&s.agenda);
        seen.items(s.open.as_deref().unwrap_or_default());
        seen.items(s.close.as_deref().unwrap_or_default());
    }
}

struct Seen<'s, 'c> {
    reader: &'s Reader<Facilitator>,
    see: &'s mut dyn FnMut(&'c Text, bool),
}

impl<'c> Seen<'_, 'c> {
    fn members(&mut self, texts: impl IntoIterator<Item = &'c Prose<Member>>) {
        self.all(texts, true);
    }

    fn facilitators(&mut self, texts: impl IntoIterator<Item = &'c Prose<Facilitator>>) {
        self.all(texts, false);
    }

    fn all<A: Audience>(&mut self, texts: impl IntoIterator<Item = &'c Prose<A>>, for_members: bool)
    where
        Facilitator: MayRead<A>,
    {
        for prose in texts {
            (self.see)(self.reader.open(prose), for_members);
        }
    }

    fn items(&mut self, items: &'c [AgendaItem]) {
        for item in items {
            self.facilitators([&item.title]);
            self.members(&item.members);
            self.steps(&item.steps);
            for part in &item.parts {
                self.facilitators([&part.title]);
                self.steps(&part.steps);
            }
        }
    }

    fn steps(&mut self, steps: &'c [Step]) {
        self.facilitators(steps.iter().map(|step| &step.text));
    }
}

/// Calls `see` with the texts of each block, in order.
pub fn each_block_text<'b>(blocks: &'b [Block], see: &mut dyn FnMut(&'b Prose<Member>)) {
    for block in blocks {
        match block {
            Block::Text(prose) => see(prose),
            Block::Titled { title, blocks, .. } | Block::Breathe { title, blocks, .. } => {
                title.iter().for_each(&mut *see);
                each_block_text(blocks, see);
            }
            Block::Worksheet(worksheet) => {
                worksheet.title.iter().for_each(&mut *see);
                for field in &worksheet.fields {
                    see(&field.label);
                    field_texts(&field.kind).into_iter().for_each(&mut *see);
                }
            }
        }
    }
}

/// The texts of a question beside its label, in order: what can be chosen, the parts of a plan, the heads of a table.
pub fn field_texts(kind: &FieldKind) -> Vec<&Prose<Member>> {
    match kind {
        FieldKind::Line | FieldKind::Lines(_) | FieldKind::List(_) | FieldKind::Blanks => Vec::new(),
        FieldKind::Scale { low, high, .. } => low.iter().chain(high).collect(),
        FieldKind::Check { options, .. } | FieldKind::Choose { options, .. } => options.iter().collect(),
        FieldKind::YesNo { if_yes, if_no } => if_yes.iter().chain(if_no).collect(),
        FieldKind::Plan(slots) => slots.iter().collect(),
        FieldKind::Table { columns, rows: Rows::Labelled(labels) } => columns.iter().chain(labels).collect(),
        FieldKind::Table { columns, rows: Rows::Empty(_) } => columns.iter().collect(),
        FieldKind::Grid { items, options } => items.iter().chain(options).collect(),
    }
}

/// What a text for members is on its page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Role {
    /// Paragraphs, lists and headings.
    Body,
    /// The same, as words of someone further ahead.
    Voice,
    /// A sentence or two on one line: a summary, a goal, an agreement.
    Line,
    /// The name of something.
    Title,
    /// A piece of a worksheet.
    Label,
    /// How members reach someone, and where they meet.
    Contact,
    /// Words of others: sources, and who wrote it.
    Citation,
}

/// A text for members.
#[derive(Debug)]
pub struct MemberText<'c> {
    /// The text.
    pub text: Cow<'c, Text>,
    /// What it is.
    pub role: Role,
}

impl MemberText<'_> {
    /// Whether it is shown inside a line, so that what it begins with is no mark.
    pub fn is_one_line(&self) -> bool {
        !matches!(self.role, Role::Body | Role::Voice)
    }
}

/// The texts for members of one file.
#[derive(Debug)]
pub struct MemberTexts<'c> {
    /// The handout that they are, where they are one.
    pub handout: Option<&'c Handout>,
    /// The texts, in their order.
    pub texts: Vec<MemberText<'c>>,
}

/// All texts for members, for each thing that has a file of its own (a handout, a session …), in their order.
pub fn member_texts(curriculum: &Curriculum) -> Vec<MemberTexts<'_>> {
    let c = curriculum;
    let mut rows = Vec::new();
    let mut course = Gathered::default();
    course.title(&c.title);
    course.add(c.summary.iter().chain(&c.for_whom).chain(&c.agreements), Role::Line);
    course.add(&c.confidentiality, Role::Body);
    course.add(c.authors.iter().chain(&c.references), Role::Citation);
    course.items(&c.defaults.open);
    course.items(&c.defaults.close);
    rows.push(course.done());
    for module in &c.modules {
        let mut own = Gathered::default();
        own.title(&module.title);
        own.add(&module.summary, Role::Line);
        rows.push(own.done());
        rows.extend(module.handouts.iter().map(|handout| MemberTexts { handout: Some(handout), texts: handout_texts(handout) }));
    }
    for page in &c.pages {
        let mut own = Gathered::default();
        own.title(&page.title);
        own.add(&page.summary, Role::Line);
        own.blocks(&page.blocks, Role::Body);
        rows.push(own.done());
    }
    for session in &c.sessions {
        let mut own = Gathered::default();
        own.title(&session.title);
        own.add(session.members.summary.iter().chain(&session.members.goals), Role::Line);
        own.add(&session.members.practice, Role::Body);
        own.items(&session.agenda);
        own.items(session.open.as_deref().unwrap_or_default());
        own.items(session.close.as_deref().unwrap_or_default());
        rows.push(own.done());
    }
    for group in &c.groups {
        let mut own = Gathered::default();
        own.add(group.place.iter().chain(&group.contact), Role::Contact);
        rows.push(own.done());
    }
    rows
}

/// The texts of a handout, in their order.
pub fn handout_texts(handout: &Handout) -> Vec<MemberText<'_>> {
    let mut own = Gathered::default();
    own.title(&handout.title);
    own.add(&handout.summary, Role::Line);
    own.blocks(&handout.blocks, Role::Body);
    own.add(&handout.source, Role::Citation);
    own.texts
}

/// Texts for members, as they are met.
struct Gathered<'c> {
    reader: Reader<Member>,
    texts: Vec<MemberText<'c>>,
}

impl Default for Gathered<'_> {
    fn default() -> Self {
        Self { reader: Reader::new(), texts: Vec::new() }
    }
}

impl<'c> Gathered<'c> {
    fn done(self) -> MemberTexts<'c> {
        MemberTexts { handout: None, texts: self.texts }
    }

    fn title(&mut self, title: &Title) {
        let text = Text { value: title.value.clone(), span: title.span.clone(), indent: 1, by_line: true };
        self.texts.push(MemberText { text: Cow::Owned(text), role: Role::Title });
    }

    fn add(&mut self, texts: impl IntoIterator<Item = &'c Prose<Member>>, role: Role) {
        for prose in texts {
            let text = Cow::Borrowed(self.reader.open(prose));
            self.texts.push(MemberText { text, role });
        }
    }

    fn items(&mut self, items: &'c [AgendaItem]) {
        self.add(items.iter().filter_map(|item| item.members.as_ref()), Role::Line);
    }

    fn blocks(&mut self, blocks: &'c [Block], role: Role) {
        for block in blocks {
            match block {
                Block::Text(prose) => self.add([prose], role),
                Block::Titled { kind, title, blocks, .. } => {
                    self.add(title, Role::Title);
                    self.blocks(blocks, if *kind == BlockKind::Voice { Role::Voice } else { role });
                }
                Block::Breathe { title, blocks, .. } => {
                    self.add(title, Role::Title);
                    self.blocks(blocks, role);
                }
                Block::Worksheet(worksheet) => {
                    self.add(&worksheet.title, Role::Title);
                    for field in &worksheet.fields {
                        self.add([&field.label], Role::Label);
                        self.add(field_texts(&field.kind), Role::Label);
                    }
                }
            }
        }
    }
}
