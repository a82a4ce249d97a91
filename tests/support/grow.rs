//! Curricula grown from bytes: what stands where is chosen by them, and every text for facilitators is asked of the caller.
//!
//! Each kind of text for facilitators that the format knows is in every curriculum grown, so a caller that gives each a mark
//! of its own can look for all of them.

use std::fmt::Write as _;

/// The choices that a curriculum is grown from; after the last one, all are the first.
pub struct Choices<'b> {
    bytes: &'b [u8],
}

impl Choices<'_> {
    /// One of so many.
    fn of(&mut self, many: usize) -> usize {
        let Some((first, rest)) = self.bytes.split_first() else { return 0 };
        self.bytes = rest;
        usize::from(*first) % many
    }

    fn yes(&mut self) -> bool {
        self.of(2) == 1
    }
}

/// How a text for facilitators is to be written down.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// Plain text in one line: a name.
    Name,
    /// Markdown in one line.
    Line,
    /// Markdown of any length.
    Text,
    /// Part of an address or of a key: letters only.
    Word,
    /// Plain text that stands in the guide only when the sites are made for the group.
    OfGroup,
    /// A note to oneself, which nobody is to see.
    Nobody,
}

/// The files of a curriculum in the folder `course`, with modules of its own and one that is shared.
pub struct Grown {
    /// Files, by their ways.
    pub files: Vec<(String, String)>,
}

struct Grower<'g> {
    choices: Choices<'g>,
    private: &'g mut dyn FnMut(Place) -> String,
    files: Vec<(String, String)>,
    members: usize,
}

/// The languages that a curriculum may be in: those that the theme has words for, and one that it has none for.
const LANGUAGES: [&str; 6] = ["en", "es", "fr", "de", "ar", "cy"];

/// Texts that members read, as someone may write them.
const FOR_MEMBERS: [&str; 8] = [
    "Breathe out slowly, and look around.",
    "**Bold** and *soft* words, and `code`.",
    "A <3 & a \\* b, \"quoted\" — and so on…",
    "¿Qué notas? Ünïcode, 怒り, שלום and مرحبا.",
    "Call [the line](tel:988) or [write](mailto:a@example.org).",
    "{{ page.title }} is not a template here",
    "1. One thing, at your own pace",
    "=SUM(A1:A9) is no formula here",
];

/// Grows a curriculum. `private` gives each text for facilitators.
pub fn grow(bytes: &[u8], private: &mut dyn FnMut(Place) -> String) -> Grown {
    let mut grower = Grower { choices: Choices { bytes }, private, files: Vec::new(), members: 0 };
    grower.course();
    Grown { files: grower.files }
}

/// A text as YAML takes it whatever it holds.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

impl Grower<'_> {
    fn ask(&mut self, place: Place) -> String {
        (self.private)(place)
    }

    /// A text for facilitators as a value.
    fn secret(&mut self, place: Place) -> String {
        quoted(&self.ask(place))
    }

    /// A text for facilitators below its key, as a value or as lines below a bar.
    fn long_secret(&mut self, indent: usize) -> String {
        let text = self.ask(Place::Text);
        // A text that begins with white space, or is nothing else, would be another one below a bar.
        let plain = !text.starts_with(|c: char| c.is_whitespace()) && !text.trim().is_empty();
        if plain && self.choices.yes() {
            let spaces = " ".repeat(indent);
            let lines: String = text.split('\n').map(|line| if line.is_empty() { "\n".to_owned() } else { format!("{spaces}{line}\n") }).collect();
            return format!("{}\n{}", if self.choices.yes() { "|" } else { ">" }, lines.trim_end_matches('\n'));
        }
        quoted(&text)
    }

    /// A text for members, each with a number of its own.
    fn open(&mut self) -> String {
        self.members += 1;
        let text = FOR_MEMBERS[self.choices.of(FOR_MEMBERS.len())];
        quoted(&format!("{text} m{}", self.members))
    }

    fn block(&mut self) -> &'static str {
        MEMBER_BLOCKS[self.choices.of(MEMBER_BLOCKS.len())]
    }

    fn put(&mut self, file: &str, text: String) {
        self.files.push((file.to_owned(), text));
    }

    fn course(&mut self) {
        let own = 1 + self.choices.of(2);
        let mut handouts = self.module("modules/shared", "shared");
        let mut modules = vec!["../modules/shared".to_owned()];
        for n in 0..own {
            handouts.extend(self.module(&format!("course/modules/own{n}"), &format!("own{n}")));
            modules.push(format!("modules/own{n}"));
        }
        let sessions = 1 + self.choices.of(3);
        for n in 1..=sessions {
            let given: Vec<String> = handouts.iter().filter(|_| self.choices.yes()).cloned().collect();
            self.session(&format!("course/sessions/{n:02}-s{n}.yml"), false, &given);
        }
        if self.choices.yes() {
            self.session("course/sessions/extra.yml", true, &[]);
        }
        let block = self.block();
        self.put("course/pages/about.md", format!("---\ntitle: About\n---\nSome words.\n\n{block}"));
        let name = self.ask(Place::Word);
        let (title, summary, body) = (self.secret(Place::Name), self.secret(Place::Line), self.ask(Place::Text));
        self.put(&format!("course/guide/{name}.md"), format!("---\ntitle: {title}\nsummary: {summary}\n---\n{body}\n"));
        self.group();
        self.curriculum(&modules, &name);
    }

    fn curriculum(&mut self, modules: &[String], guide: &str) {
        let mut text = String::new();
        let y = &mut text;
        let _ = writeln!(y, "title: Course\nsummary: {}\nlanguage: {}", self.open(), LANGUAGES[self.choices.of(LANGUAGES.len())]);
        if self.choices.yes() {
            let _ = writeln!(y, "discreet: true");
        }
        let _ = writeln!(y, "# {}", self.ask(Place::Nobody));
        let _ = writeln!(y, "for: {}\ngroup: {{ kind: open, size: {}, facilitators: {} }}", self.open(), self.secret(Place::Name), self.secret(Place::Name));
        let _ = writeln!(y, "leads: [ {}, {} ]\nsession_minutes: 90\ndefaults:", self.secret(Place::Name), self.secret(Place::Name));
        for key in ["open", "close"] {
            let _ = writeln!(y, "  {key}:\n{}", self.item(4, &[]));
        }
        let _ = writeln!(y, "  prepare: [ {} ]\n  after: [ {} ]", self.secret(Place::Line), self.secret(Place::Line));
        let _ = writeln!(y, "hard_moments:\n  - when: {}\n    do: {}", self.secret(Place::Line), self.long_secret(6));
        let _ = writeln!(y, "newcomers: {}\ndistress_protocol: {}", self.long_secret(2), self.long_secret(2));
        y.push_str(&self.adapt());
        let _ = writeln!(y, "modules: [ {} ]\npages: [ pages/about.md ]\nguide: [ guide/{guide}.md ]", modules.join(", "));
        let _ = writeln!(y, "agreements: [ {} ]\nconfidentiality: {}", self.open(), self.open());
        let _ = writeln!(y, "crisis: [ {{ name: Line, call: \"988\", checked: 2026-11-01 }} ]\nreading_grade: 8\nreviewed: 2026-11-01");
        if self.choices.yes() {
            // Members' own address: the screen for the group shows it.
            let _ = writeln!(y, "publish_at: https://groups.example.org");
        }
        self.put("course/curriculum.yml", text);
    }

    fn adapt(&mut self) -> String {
        let own = self.ask(Place::Word);
        let mut text = String::from("adapt:\n");
        for key in ["online", "low_literacy", "teens", "one_facilitator", &format!("for_{own}")] {
            let _ = writeln!(text, "  {key}: {}", self.long_secret(4));
        }
        text
    }

    fn group(&mut self) {
        let released = if self.choices.yes() { format!("released: {}\n", self.choices.of(3)) } else { String::new() };
        let text = format!(
            "starts: 2026-12-01\ntime: 18:00\nplace: {}\ncontact: {}\nfacilitators: [ {} ]\n{released}",
            self.open(),
            self.open(),
            self.secret(Place::OfGroup)
        );
        self.put("course/groups/tuesday.yml", text);
    }

    /// A module with its handouts, and their names.
    fn module(&mut self, folder: &str, name: &str) -> Vec<String> {
        let many = 1 + self.choices.of(2);
        let names: Vec<String> = (0..many).map(|n| format!("h{n}")).collect();
        let mut text = format!("title: Module {name}\nsummary: {}\nhandouts: [ {} ]\noutside_sessions: true\nfacilitator:\n", self.open(), names.join(", "));
        for key in ["purpose", "evidence", "watch_for"] {
            let _ = writeln!(text, "  {key}: {}", self.long_secret(4));
        }
        self.put(&format!("{folder}/module.yml"), text);
        for handout in &names {
            let notes = self.long_secret(2);
            let block = self.block();
            let head = format!("title: Handout {name} {handout}\nsummary: {}\nminutes: 5", self.open());
            let head = if self.choices.yes() { format!("{head}\nfacilitator: {notes}") } else { format!("facilitator: {notes}\n{head}") };
            self.put(&format!("{folder}/{handout}.md"), format!("---\n{head}\n---\n## Why\n\nSome words.\n\n{block}"));
        }
        names.into_iter().map(|handout| format!("{name}/{handout}")).collect()
    }

    fn session(&mut self, file: &str, elective: bool, handouts: &[String]) {
        let mut text = String::new();
        let y = &mut text;
        let _ = writeln!(y, "title: Session");
        if elective {
            let _ = writeln!(y, "elective: true");
        }
        let _ = writeln!(y, "about: {}\ngoals: [ {} ]", self.long_secret(2), self.secret(Place::Line));
        let _ = writeln!(
            y,
            "members:\n  summary: {}\n  goals: [ {} ]\n  handouts: [ {} ]\n  practice: {}",
            self.open(),
            self.open(),
            handouts.join(", "),
            self.open()
        );
        let _ = writeln!(y, "practice: {}\nmaterials: [ {} ]", self.long_secret(2), self.secret(Place::Line));
        let _ = writeln!(y, "agenda:\n{}", self.item(2, handouts));
        // The first session leaves what the curriculum says of all sessions as it is, so that it is shown somewhere.
        if !file.contains("01-") && self.choices.yes() {
            let _ = writeln!(y, "open:\n{}\nclose: []", self.item(2, &[]));
            let _ = writeln!(y, "prepare: [ {} ]\nafter: [ {} ]", self.secret(Place::Line), self.secret(Place::Line));
        }
        y.push_str(&self.adapt());
        let _ = writeln!(y, "safety: {}\nnewcomers: {}", self.long_secret(2), self.long_secret(2));
        self.put(file, text);
    }

    /// An item of an agenda with each kind of step, and one with parts.
    fn item(&mut self, indent: usize, handouts: &[String]) -> String {
        let spaces = " ".repeat(indent);
        let mut text = format!("{spaces}- title: {}\n{spaces}  minutes: 5\n", self.secret(Place::Line));
        if self.choices.yes() {
            let _ = writeln!(text, "{spaces}  members: {}", self.open());
        }
        if let Some(handout) = handouts.first() {
            let _ = writeln!(text, "{spaces}  handout: {handout}");
        }
        let _ = writeln!(text, "{spaces}  steps:");
        for verb in ["say", "ask", "do", "listen_for", "watch_for", "note"] {
            let _ = writeln!(text, "{spaces}    - {verb}: {}\n{spaces}      lead: first", self.long_secret(indent + 8));
        }
        let _ = write!(
            text,
            "{spaces}- title: {}\n{spaces}  parts:\n{spaces}    - title: {}\n{spaces}      steps: [ {{ ask: {}, listen_for: {}, lead: second }} ]",
            self.secret(Place::Line),
            self.secret(Place::Line),
            self.secret(Place::Line),
            self.secret(Place::Line)
        );
        text
    }
}

/// What the text of a handout may have at its end.
const MEMBER_BLOCKS: [&str; 6] = [
    "",
    "::: practice Try it\n1. Look around.\n2. Breathe.\n:::\n",
    "::: care\nStop if it hurts.\n:::\n\n::: breathe 4-2-6\n:::\n",
    ":::: example One day\nIt went well.\n\n::: tip\nKeep going.\n:::\n::::\n",
    "::: worksheet Sheet\n- line: Where?\n- scale: How much?\n- table: Week\n  columns: [Day, What]\n- yes_no: Again?\n:::\n",
    "| a | b |\n|---|---|\n| 1 | 2 |\n\n> Someone said so.\n\n```\ncode\n```\n",
];
