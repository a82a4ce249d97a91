//! Walks through every text of a curriculum, with the word on who reads it. For what looks at all texts alike: the checks,
//! and the scan for leaks. Nothing here makes a page.

use crate::audience::{Audience, Facilitator, MayRead, Member, Prose, Reader};
use crate::model::{AgendaItem, Block, Curriculum, FieldKind, Rows, Step};
use crate::source::Text;

/// Calls `see` with every text of a curriculum, and whether members read it.
pub fn each_text(curriculum: &Curriculum, see: &mut dyn FnMut(&Text, bool)) {
    let reader = Reader::<Facilitator>::new();
    let mut seen = Seen { reader: &reader, see };
    let c = curriculum;
    seen.members(c.summary.iter().chain(&c.for_whom).chain(&c.agreements).chain(&c.confidentiality).chain(&c.authors).chain(&c.references));
    seen.facilitators(c.newcomers.iter().chain(&c.distress_protocol).chain(c.adapt.iter().map(|adapt| &adapt.text)));
    seen.facilitators(c.hard_moments.iter().flat_map(|moment| [&moment.when, &moment.act]));
    seen.facilitators(c.defaults.prepare.iter().chain(&c.defaults.after));
    seen.items(&c.defaults.open);
    seen.items(&c.defaults.close);
    for module in &c.modules {
        seen.members(&module.summary);
        seen.facilitators(module.notes.purpose.iter().chain(&module.notes.evidence).chain(&module.notes.watch_for));
        for handout in &module.handouts {
            seen.members(handout.summary.iter().chain(&handout.source));
            seen.facilitators(&handout.notes);
            each_block_text(&handout.blocks, &mut |texts| seen.members(texts));
        }
    }
    for page in &c.pages {
        seen.members(&page.summary);
        each_block_text(&page.blocks, &mut |texts| seen.members(texts));
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

struct Seen<'s> {
    reader: &'s Reader<Facilitator>,
    see: &'s mut dyn FnMut(&Text, bool),
}

impl Seen<'_> {
    fn members<'p>(&mut self, texts: impl IntoIterator<Item = &'p Prose<Member>>) {
        self.all(texts, true);
    }

    fn facilitators<'p>(&mut self, texts: impl IntoIterator<Item = &'p Prose<Facilitator>>) {
        self.all(texts, false);
    }

    fn all<'p, A: Audience>(&mut self, texts: impl IntoIterator<Item = &'p Prose<A>>, for_members: bool)
    where
        Facilitator: MayRead<A>,
    {
        for prose in texts {
            (self.see)(self.reader.open(prose), for_members);
        }
    }

    fn items(&mut self, items: &[AgendaItem]) {
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

    fn steps(&mut self, steps: &[Step]) {
        self.facilitators(steps.iter().map(|step| &step.text));
    }
}

/// Calls `see` with the texts of each block, in order.
pub fn each_block_text<'b>(blocks: &'b [Block], see: &mut dyn FnMut(Vec<&'b Prose<Member>>)) {
    for block in blocks {
        match block {
            Block::Text(prose) => see(vec![prose]),
            Block::Titled { title, blocks, .. } => {
                see(title.iter().collect());
                each_block_text(blocks, see);
            }
            Block::Breathe { title, blocks, .. } => {
                see(title.iter().collect());
                each_block_text(blocks, see);
            }
            Block::Worksheet(worksheet) => {
                see(worksheet.title.iter().collect());
                for field in &worksheet.fields {
                    see(vec![&field.label]);
                    see(field_texts(&field.kind));
                }
            }
        }
    }
}

fn field_texts(kind: &FieldKind) -> Vec<&Prose<Member>> {
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
