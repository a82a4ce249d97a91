//! Curricula grown from bytes: what stands where is chosen by them, and every text for facilitators is asked of the caller.
//!
//! Each kind of text for facilitators that the format knows is in every curriculum grown, so a caller that gives each a mark
//! of its own can look for all of them.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use copebook::source::{SourcePath, Sources};

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
    /// Plain text in one line, which is no Markdown: a name, a number of people.
    Name,
    /// Plain text that the guide alone shows, and that an author is asked to keep fit for members.
    Credit,
    /// Markdown in one line.
    Line,
    /// Markdown of any length.
    Text,
    /// Part of an address or of a key: letters only.
    Word,
    /// Plain text that stands in the guide only when the sites are made for the group.
    OfGroup,
    /// Plain text in a drawing that facilitators see.
    Drawing,
    /// A note to oneself, or a part of a name that stays at home: nobody is to see it.
    Nobody,
    /// What lies beside the course and is named nowhere; only the guide may tell that it does.
    Stray,
}

/// The files of a curriculum in the folder `course`, with modules of its own and one that is shared.
pub struct Grown {
    /// Texts, by their ways.
    pub files: Vec<(String, String)>,
    /// Drawings, by their ways.
    pub pictures: BTreeMap<String, String>,
}

impl Grown {
    /// What would have been read of these files.
    pub fn sources(&self) -> Sources {
        let mut sources = Sources::default();
        sources.curricula.push(SourcePath::new("course"));
        sources.texts.extend(self.files.iter().map(|(file, text)| (SourcePath::new(file), text.as_str().into())));
        sources.pictures.extend(self.pictures.iter().map(|(file, drawing)| (SourcePath::new(file), drawing.as_bytes().into())));
        sources
    }
}

struct Grower<'g> {
    choices: Choices<'g>,
    private: &'g mut dyn FnMut(Place) -> String,
    files: Vec<(String, String)>,
    pictures: BTreeMap<String, String>,
    members: usize,
    /// The language that members get beside the curriculum's own.
    other: Option<&'static str>,
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
    let mut grower = Grower { choices: Choices { bytes }, private, files: Vec::new(), pictures: BTreeMap::new(), members: 0, other: None };
    grower.course();
    Grown { files: grower.files, pictures: grower.pictures }
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

/// A drawing with these words in it.
fn drawing_of(words: &str) -> String {
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\"><text>{words}</text></svg>")
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

    /// A note to oneself, on a line of its own in YAML.
    fn note(&mut self) -> String {
        format!("# {}\n", self.ask(Place::Nobody))
    }

    /// A drawing in a folder, under a name that says too much; its name.
    fn drawing(&mut self, folder: &str, words: &str) -> String {
        let name = format!("{}.svg", self.ask(Place::Nobody));
        self.pictures.insert(format!("{folder}/{name}"), drawing_of(words));
        name
    }

    /// The texts for members of a file in the other language, where there is one; `texts` gives them. Some are not translated.
    fn translated(&mut self, file: &str, texts: impl FnOnce(&mut Self) -> String) {
        let Some(language) = self.other else { return };
        if self.choices.of(4) == 3 {
            return;
        }
        let (stem, ending) = file.rsplit_once('.').unwrap_or((file, ""));
        let (note, texts) = (self.note(), texts(self));
        let text = if ending == "md" { format!("---\n{note}{texts}") } else { format!("{note}{texts}") };
        self.put(&format!("{stem}.{language}.{ending}"), text);
    }

    fn course(&mut self) {
        let language = LANGUAGES[self.choices.of(LANGUAGES.len())];
        self.other = [None, Some(if language == "es" { "fr" } else { "es" })][self.choices.of(2)];
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
        let shown = self.drawing("course/assets", "A leaf");
        let note = self.note();
        self.put("course/pages/about.md", format!("---\ntitle: About\n{note}---\nSome words.\n\n![A leaf](../assets/{shown})\n\n{block}"));
        self.translated("course/pages/about.md", |_| format!("title: Otra\n---\nPalabras.\n\n![Una hoja](../assets/{shown})\n\n{block}"));
        let name = self.ask(Place::Word);
        let (title, summary, body) = (self.secret(Place::Line), self.secret(Place::Line), self.ask(Place::Text));
        let (words, said) = (self.ask(Place::Drawing), self.ask(Place::Name));
        let (shown, note) = (self.drawing("course/assets", &words), self.note());
        self.put(&format!("course/guide/{name}.md"), format!("---\n{note}title: {title}\nsummary: {summary}\n---\n{body}\n\n![{said}](../assets/{shown})\n"));
        // What lies in the folders and is named nowhere.
        let (unnamed, words) = (self.ask(Place::Stray), self.ask(Place::Stray));
        self.pictures.insert(format!("course/assets/{unnamed}.svg"), drawing_of(&words));
        self.put(&format!("course/guide/{unnamed}.md"), format!("# {words}\n\n{words}\n"));
        self.put(&format!("course/notes/{unnamed}.md"), format!("# {words}\n\n{words}\n"));
        self.group();
        self.curriculum(language, &modules, &name);
    }

    fn curriculum(&mut self, language: &str, modules: &[String], guide: &str) {
        let mut text = String::new();
        let y = &mut text;
        let _ = writeln!(y, "title: Course\nsummary: {}\nlanguage: {language}", self.open());
        if let Some(other) = self.other {
            let _ = writeln!(y, "translations: [ {other} ]");
        }
        if self.choices.yes() {
            let _ = writeln!(y, "discreet: true");
        }
        y.push_str(&self.note());
        let _ = writeln!(y, "for: {}\ngroup: {{ kind: open, size: {}, facilitators: {} }}", self.open(), self.secret(Place::Name), self.secret(Place::Name));
        let _ = writeln!(y, "leads: [ {}, {} ]\nsession_minutes: 90\ndefaults:", self.secret(Place::Name), self.secret(Place::Name));
        let mut lines = Vec::new();
        for key in ["open", "close"] {
            let (item, has_line) = self.item(4, &[]);
            let _ = writeln!(y, "  {key}:\n{item}");
            lines.extend(has_line.then_some(key));
        }
        let _ = writeln!(y, "  prepare: [ {} ]\n  after: [ {} ]", self.secret(Place::Line), self.secret(Place::Line));
        let _ = writeln!(y, "hard_moments:\n  - when: {}\n    do: {}", self.secret(Place::Line), self.long_secret(6));
        let _ = writeln!(y, "newcomers: {}\ndistress_protocol: {}", self.long_secret(2), self.long_secret(2));
        y.push_str(&self.adapt());
        let _ = writeln!(y, "modules: [ {} ]\npages: [ pages/about.md ]\nguide: [ guide/{guide}.md ]", modules.join(", "));
        let _ = writeln!(y, "agreements: [ {} ]\nconfidentiality: {}", self.open(), self.open());
        let _ = writeln!(y, "crisis: [ {{ name: Line, call: \"988\", checked: 2026-11-01 }} ]\nreading_grade: 8\nreviewed: 2026-11-01");
        let because = self.secret(Place::Line);
        let _ = writeln!(
            y,
            "checks:\n  - {{ rule: no-break, is: off, because: {because} }}\n  - rule: number-gap\n    is: warn\n    because: {}",
            self.long_secret(6)
        );
        let (not, rather, because) = (self.ask(Place::Nobody), self.ask(Place::Nobody), self.ask(Place::Nobody));
        let _ = writeln!(y, "terms: [ {{ not: {not}, rather: {rather}, because: {because} }} ]");
        let _ = writeln!(y, "authors: [ {} ]\nreferences: [ {} ]", self.secret(Place::Credit), self.secret(Place::Credit));
        let _ = writeln!(y, "license: {}", self.secret(Place::Credit));
        if self.choices.yes() {
            // Members' own address: the screen for the group shows it.
            let _ = writeln!(y, "publish_at: https://groups.example.org");
        }
        self.put("course/curriculum.yml", text);
        self.translated("course/curriculum.yml", |own| {
            let mut text =
                format!("title: Curso\nsummary: {}\nfor: {}\nagreements: [ {} ]\nconfidentiality: {}\n", own.open(), own.open(), own.open(), own.open());
            if !lines.is_empty() {
                text.push_str("defaults:\n");
                lines.iter().for_each(|key| text.push_str(&format!("  {key}: [ {} ]\n", own.open())));
            }
            text
        });
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
        let note = self.note();
        let text = format!(
            "{note}starts: 2026-12-01\ntime: 18:00\nplace: {}\ncontact: {}\nfacilitators: [ {} ]\n{released}",
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
        let note = self.note();
        let mut text =
            format!("{note}title: Module {name}\nsummary: {}\nhandouts: [ {} ]\noutside_sessions: true\nfacilitator:\n", self.open(), names.join(", "));
        for key in ["purpose", "evidence", "watch_for"] {
            let _ = writeln!(text, "  {key}: {}", self.long_secret(4));
        }
        let file = format!("{folder}/module.yml");
        self.put(&file, text);
        self.translated(&file, |own| format!("title: Módulo {name}\nsummary: {}\n", own.open()));
        for handout in &names {
            let notes = self.long_secret(2);
            let block = self.block();
            let head = format!("title: Handout {name} {handout}\nsummary: {}\nminutes: 5", self.open());
            let head = if self.choices.yes() { format!("{head}\nfacilitator: {notes}") } else { format!("facilitator: {notes}\n{head}") };
            let (note, shown) = (self.note(), self.drawing(folder, "A hill"));
            let file = format!("{folder}/{handout}.md");
            self.put(&file, format!("---\n{note}{head}\n---\n## Why\n\nSome words.\n\n![A hill]({shown})\n\n{block}"));
            self.translated(&file, |own| {
                let summary = own.open();
                format!("title: Hoja {name} {handout}\nsummary: {summary}\n---\n## Por qué\n\nPalabras.\n\n![Una colina]({shown})\n\n{block}")
            });
        }
        names.into_iter().map(|handout| format!("{name}/{handout}")).collect()
    }

    fn session(&mut self, file: &str, elective: bool, handouts: &[String]) {
        let mut text = String::new();
        let y = &mut text;
        y.push_str(&self.note());
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
        let mut lines = Vec::new();
        let (item, has_line) = self.item(2, handouts);
        let _ = writeln!(y, "agenda:\n{item}");
        lines.extend(has_line.then_some("agenda"));
        // The first session leaves what the curriculum says of all sessions as it is, so that it is shown somewhere.
        if !file.contains("01-") && self.choices.yes() {
            for key in ["open", "close"] {
                let (item, has_line) = self.item(2, &[]);
                let _ = writeln!(y, "{key}:\n{item}");
                lines.extend(has_line.then_some(key));
            }
            let _ = writeln!(y, "prepare: [ {} ]\nafter: [ {} ]", self.secret(Place::Line), self.secret(Place::Line));
        }
        y.push_str(&self.adapt());
        let _ = writeln!(y, "safety: {}\nnewcomers: {}", self.long_secret(2), self.long_secret(2));
        self.put(file, text);
        self.translated(file, |own| {
            let mut text = format!("title: Sesión\nsummary: {}\ngoals: [ {} ]\npractice: {}\n", own.open(), own.open(), own.open());
            lines.iter().for_each(|key| text.push_str(&format!("{key}: [ {} ]\n", own.open())));
            text
        });
    }

    /// An item of an agenda with each kind of step, and one with parts; and whether it has a line for members.
    fn item(&mut self, indent: usize, handouts: &[String]) -> (String, bool) {
        let spaces = " ".repeat(indent);
        let mut text = format!("{spaces}- title: {}\n{spaces}  minutes: 5\n", self.secret(Place::Line));
        let kind = KINDS[self.choices.of(KINDS.len())];
        if !kind.is_empty() {
            let _ = writeln!(text, "{spaces}  kind: {kind}\n{spaces}  at_least: 3\n{spaces}  can_drop: true\n{spaces}  lead: second");
        }
        let has_line = self.choices.yes();
        if has_line {
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
        (text, has_line)
    }
}

/// What an item of an agenda may be.
const KINDS: [&str; 8] = ["", "check-in", "review", "teach", "practise", "discuss", "break", "close"];

/// What the text of a handout may have at its end.
const MEMBER_BLOCKS: [&str; 6] = [
    "",
    "::: practice Try it\n1. Look around.\n2. Breathe.\n:::\n",
    "::: care\nStop if it hurts.\n:::\n\n::: breathe 4-2-6\n:::\n",
    ":::: example One day\nIt went well.\n\n::: tip\nKeep going.\n:::\n::::\n",
    "::: worksheet Sheet\n- line: Where?\n- scale: How much?\n- table: Week\n  columns: [Day, What]\n- yes_no: Again?\n:::\n",
    "| a | b |\n|---|---|\n| 1 | 2 |\n\n> Someone said so.\n\n```\ncode\n```\n",
];
