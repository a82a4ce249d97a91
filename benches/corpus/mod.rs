//! A curriculum of any size, made from a seed: the same seed makes the same files on every machine.
#![allow(dead_code, reason = "each benchmark uses its own part of this")]

use std::fmt::Write as _;

/// Words that make plain sentences. The first column is said to members, the second to facilitators.
const WHO: &[&str] = &["You", "Your body", "A worry", "The next step", "A friend", "Your breath", "This feeling", "A small habit", "The day", "Sleep"];
const DOES: &[&str] = &[
    "can wait",
    "comes and goes",
    "slows down",
    "asks for rest",
    "gets lighter",
    "needs a name",
    "is not a fact",
    "may stay a while",
    "helps a little",
    "starts small",
];
const WHEN: &[&str] = &[
    "in the morning",
    "after a hard talk",
    "before you sleep",
    "on the bus",
    "when it is loud",
    "at the table",
    "while you walk",
    "with a cup of tea",
    "near the door",
    "at any time",
];
const TELL: &[&str] = &[
    "Thank the person who spoke",
    "Point to the board",
    "Wait for three breaths",
    "Name the sheet",
    "Keep the round short",
    "Look at the clock",
    "Ask for one more",
    "Leave room for silence",
];

/// A small generator of numbers (xorshift, Marsaglia 2003).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % n as u64).unwrap_or_default()
    }

    fn pick(&mut self, words: &[&'static str]) -> &'static str {
        words[self.below(words.len())]
    }

    /// A paragraph for members.
    fn prose(&mut self, sentences: usize) -> String {
        let each = (0..sentences).map(|_| format!("{} {} {}.", self.pick(WHO), self.pick(DOES), self.pick(WHEN)));
        each.collect::<Vec<_>>().join(" ")
    }

    /// A sentence for facilitators, of which no two are the same.
    fn tell(&mut self, n: usize) -> String {
        format!("{} for part {n}, and {} {}.", self.pick(TELL), self.pick(TELL).to_lowercase(), self.pick(WHEN))
    }
}

/// The files of a curriculum with this many handouts, and a session for each module, by their ways.
pub fn curriculum(handouts: usize, seed: u64) -> Vec<(String, String)> {
    let mut dice = Dice(seed | 1);
    // A course has at most 999 numbered sessions.
    let in_a_module = if handouts <= 8 * 999 { 8 } else { 16 };
    let modules = handouts.div_ceil(in_a_module);
    let mut files = Vec::new();
    let list: String = (0..modules).map(|m| format!("  - modules/m{m}\n")).collect();
    files.push((
        "course/curriculum.yml".to_owned(),
        format!(
            "title: A long course\nsummary: Many small steps.\nlanguage: en\nfor: Adults\ngroup: {{ kind: closed, size: 6 to 10, facilitators: 2 }}\nsession_minutes: 90\nmodules:\n{list}agreements:\n  - What is said here stays here.\nconfidentiality: |\n  What you say stays here, unless someone is in danger, a child is harmed, or a court orders it.\ncrisis:\n  - {{ name: 988 Suicide & Crisis Lifeline, call: \"988\", text: \"988\" }}\ndistress_protocol: |\n  1. Stay with the person.\n"
        ),
    ));
    for m in 0..modules {
        let own = (m * in_a_module)..((m + 1) * in_a_module).min(handouts);
        let names: Vec<String> = own.clone().map(|h| format!("h{h}")).collect();
        files.push((
            format!("course/modules/m{m}/module.yml"),
            format!(
                "title: Skill {m}\nsummary: {}\nhandouts: [ {} ]\nfacilitator:\n  purpose: |\n    {}\n  watch_for: |\n    {}\n",
                dice.prose(1),
                names.join(", "),
                dice.tell(m),
                dice.tell(m)
            ),
        ));
        for h in own {
            files.push((format!("course/modules/m{m}/h{h}.md"), handout(&mut dice, h)));
        }
        files.push((format!("course/sessions/{:03}-meeting.yml", m + 1), session(&mut dice, m, &names)));
    }
    files
}

fn handout(dice: &mut Dice, n: usize) -> String {
    let mut text = format!("---\ntitle: Handout {n}\nsummary: {}\nminutes: 5\nfacilitator: |\n  {}\n---\n", dice.prose(1), dice.tell(n));
    let _ = writeln!(text, "{}\n\n::: practice Try it now\n1. {}\n2. {}\n3. {}\n:::\n", dice.prose(4), dice.prose(1), dice.prose(1), dice.prose(1));
    let _ = writeln!(text, "::: care\nStop if this makes you feel worse. {}\n:::\n", dice.prose(1));
    for part in 0..3 {
        let _ = writeln!(text, "## Why part {part} helps\n\n{}\n\n{}\n\n- {}\n- {}\n", dice.prose(5), dice.prose(4), dice.prose(1), dice.prose(1));
    }
    let _ = writeln!(text, "::: key\n{}\n:::\n", dice.prose(1));
    text += "::: worksheet My notes\n- line: Where were you?\n- lines: What was going on?\n  height: 3\n- scale: How strong was it?\n  from: 0\n  to: 10\n  low: weak\n  high: strong\n- check: What helped?\n  options: [Rest, A walk, A call]\n  other: true\n:::\n";
    text
}

fn session(dice: &mut Dice, n: usize, handouts: &[String]) -> String {
    let given: Vec<String> = handouts.iter().map(|handout| format!("m{n}/{handout}")).collect();
    let mut text = format!(
        "title: Meeting {}\ngoals: [ \"{}\" ]\nmembers:\n  summary: {}\n  goals: [ \"{}\" ]\n  handouts: [ {} ]\n  practice: Try one sheet a day.\npractice: |\n  {}\nmaterials: [ Whiteboard ]\nagenda:\n",
        n + 1,
        dice.tell(n),
        dice.prose(2),
        dice.prose(1),
        given.join(", "),
        dice.tell(n)
    );
    for (part, kind) in ["check-in", "review", "teach", "practise", "break", "discuss", "close"].into_iter().enumerate() {
        let minutes = if kind == "break" { 5 } else { 12 };
        let _ = write!(text, "  - title: Part {part}\n    kind: {kind}\n    minutes: {minutes}\n    members: {}\n    steps:\n", dice.prose(1));
        for step in 0..4 {
            let _ = write!(text, "      - say: {}\n      - do: {}\n", dice.tell(n * 100 + part * 10 + step), dice.tell(step));
        }
        let _ = writeln!(text, "      - watch_for: {}", dice.tell(part));
    }
    text
}
