//! What is asked for something new: each question with its reason, its usual answer, and what it takes for an answer.

use super::minutes::{LONGEST, SHORTEST};
use super::words::clean;
use super::{Crisis, languages, usual};
use crate::model::Minutes;

/// A question.
pub struct Question {
    /// The flag that answers it on the command line.
    pub flag: &'static str,
    /// The question.
    pub text: String,
    /// Why it is asked, or what it does.
    pub why: String,
    /// What Enter takes.
    pub usual: Usual,
    /// Answers to choose from, by number or as they stand; none where any text will do.
    pub choices: Vec<String>,
    /// Takes an answer, or says what is wrong with it.
    read: fn(&str) -> Result<String, String>,
}

/// What is taken where nothing is answered.
pub enum Usual {
    /// This text.
    Text(String),
    /// Nothing: the line is left out.
    LeftOut,
    /// There is none: it has to be answered.
    Needed,
}

impl Question {
    fn new(flag: &'static str, text: &str, why: &str, usual: Usual) -> Self {
        Self { flag, text: text.into(), why: why.into(), usual, choices: Vec::new(), read: |answer| Ok(answer.to_owned()) }
    }

    fn read(mut self, read: fn(&str) -> Result<String, String>) -> Self {
        self.read = read;
        self
    }

    /// Takes what was typed: the answer, empty where it is left out, or what is wrong with it.
    pub fn take(&self, typed: &str) -> Result<String, String> {
        let typed = clean(typed);
        if typed.is_empty() {
            return match &self.usual {
                Usual::Text(text) => Ok(text.clone()),
                Usual::LeftOut => Ok(String::new()),
                Usual::Needed => Err("Please write an answer.".into()),
            };
        }
        if self.choices.is_empty() {
            return (self.read)(&typed);
        }
        let by_number = typed.parse::<usize>().ok().and_then(|n| self.choices.get(n.checked_sub(1)?));
        let chosen = by_number.or_else(|| self.choices.iter().find(|choice| **choice == typed));
        chosen.cloned().ok_or_else(|| format!("Please choose one of: {}.", self.choices.join(", ")))
    }
}

/// The name of a new thing.
pub fn title(text: &str, why: &str, usual: Usual) -> Question {
    Question::new("--title", text, why, usual)
}

/// The folder of a new curriculum.
pub fn folder() -> Question {
    Question::new("DIR", "In which folder should it be?", "A new one, made for you. Small letters and hyphens are best.", Usual::Text("my-group".into()))
}

/// The language of a new curriculum.
pub fn language() -> Question {
    let known = languages().join(", ");
    let why = format!("Write its code. The first texts are there in {known}; in any other language they are English, for you to translate.");
    Question::new("--language", "In which language do you write?", &why, Usual::Text("en".into())).read(|answer| {
        let parts: Vec<&str> = answer.split('-').collect();
        let is_code = parts.iter().enumerate().all(|(n, part)| {
            let longest = if n == 0 { 3 } else { 8 };
            (2..=longest).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric())
        });
        let code = parts.iter().enumerate().map(|(n, part)| if n == 0 { part.to_lowercase() } else { (*part).to_owned() }).collect::<Vec<_>>().join("-");
        if is_code { Ok(code) } else { Err("Please write a code of two letters, such as en for English or es for Spanish.".into()) }
    })
}

/// How long the sessions of a new curriculum are.
pub fn session_minutes() -> Question {
    let why = "In minutes, all in all. The two sessions that are there at the start are made to fit.";
    Question::new("--session-minutes", "How long is a session?", why, Usual::Text("90".into())).read(|answer| match Minutes::read(answer) {
        Some(minutes) if minutes.low >= SHORTEST && minutes.high <= LONGEST => Ok(answer.to_owned()),
        _ => Err(format!("Please write a number from {SHORTEST} to {LONGEST}, such as 90.")),
    })
}

/// Whom a new curriculum is for.
pub fn for_whom(language: &str) -> Question {
    let why = "A few words. Members read them too.";
    Question::new("--for", "Who is it for?", why, Usual::Text(usual(language, "for")))
}

/// The name of the crisis line of a new curriculum. A number is offered only where it is known to be the right one for most
/// who write in that language; `number_given` says that the number is there already.
pub fn crisis_name(language: &str, number_given: bool) -> Question {
    let text = "Which crisis line can your members call?";
    let united_states = matches!(language, "en" | "en-US");
    match (number_given, united_states) {
        (true, _) => Question::new("--crisis-name", text, "The name of the line that answers. It stands on every page for members.", Usual::Needed),
        (false, true) => Question::new(
            "--crisis-name",
            text,
            "It stands on every page for members. 988 answers in the United States: elsewhere, write the line of your country.",
            Usual::Text(Crisis::of_the_united_states().name),
        ),
        (false, false) => Question::new(
            "--crisis-name",
            text,
            "It stands on every page for members. Enter leaves it for later, but no site is made without one.",
            Usual::LeftOut,
        ),
    }
}

/// The number of the crisis line with this name.
pub fn crisis_call(name: &str) -> Question {
    let united_states = Crisis::of_the_united_states();
    let usual = if name == united_states.name { Usual::Text(united_states.call) } else { Usual::Needed };
    Question::new("--crisis-call", "What is its number?", "Try it yourself before anyone reads it here.", usual).read(|answer| {
        let dialled = answer.chars().all(|c| c.is_ascii_digit() || " +-()*#.".contains(c)) && answer.contains(|c: char| c.is_ascii_digit());
        if dialled { Ok(answer.to_owned()) } else { Err("Please write a number that a phone can dial, with the digits 0 to 9.".into()) }
    })
}

/// When someone answers at the crisis line.
pub fn crisis_hours() -> Question {
    line("--crisis-hours", "When does someone answer there?", "Such as: day and night.")
}

/// How long the agenda of a new session is, `free` minutes being left for it.
pub fn agenda_minutes(free: u32, opening: u32) -> Question {
    let why = if opening > 0 { format!("In minutes. What opens and closes every session takes {opening} more.") } else { "In minutes, all in all.".to_owned() };
    Question::new("--minutes", "How long is its own agenda?", &why, Usual::Text(free.to_string())).read(|answer| {
        let minutes = answer.parse::<u32>().ok().filter(|minutes| (5..=LONGEST).contains(minutes));
        minutes.map(|minutes| minutes.to_string()).ok_or_else(|| format!("Please write a number from 5 to {LONGEST}, such as 60."))
    })
}

/// A line of text that may be left out.
pub fn line(flag: &'static str, text: &str, why: &str) -> Question {
    Question::new(flag, text, &format!("{why} Enter leaves it out."), Usual::LeftOut)
}

/// One of several.
pub fn choice(flag: &'static str, text: &str, why: &str, choices: Vec<String>, usual: Usual) -> Question {
    Question { choices, ..Question::new(flag, text, why, usual) }
}

/// The name of the first handout of a new module.
pub fn handout_title(module: &str) -> Question {
    let why = "A module needs one. You can write more later.";
    Question::new("--handout-title", "What is its first handout called?", why, Usual::Text(module.into()))
}

/// How long a handout takes.
pub fn handout_minutes() -> Question {
    Question::new("--minutes", "How many minutes does it take?", "A number, or a range such as 5-10.", Usual::Text("5".into()))
        .read(|answer| Minutes::read(answer).map(|_| answer.to_owned()).ok_or_else(|| "Please write a number from 1 to 999, such as 5.".into()))
}

/// Whether a handout has a worksheet.
pub fn worksheet() -> Question {
    Question::new(
        "--worksheet",
        "Should it have a worksheet?",
        "Questions that members answer, on paper or on the screen: yes or no.",
        Usual::Text("yes".into()),
    )
    .read(|answer| match answer.to_lowercase().as_str() {
        "y" | "yes" => Ok("yes".into()),
        "n" | "no" => Ok("no".into()),
        _ => Err("Please write yes or no.".into()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn enter_takes_what_is_usual() {
        assert_eq!(language().take(" \r\n").as_deref(), Ok("en"));
        assert_eq!(line("--practice", "?", "").take("").as_deref(), Ok(""));
        assert!(title("?", "", Usual::Needed).take("\u{200b}").is_err());
    }

    #[test]
    fn answers_are_looked_at() {
        for (code, taken) in [("ES", Some("es")), ("pt-BR", Some("pt-BR")), ("Spanish", None), ("e", None), ("en-", None), ("en_US", None)] {
            assert_eq!(language().take(code).ok().as_deref(), taken, "{code}");
        }
        for (minutes, is_taken) in [("90", true), ("75-90", true), ("14", false), ("481", false), ("an hour", false), ("90 min", false)] {
            assert_eq!(session_minutes().take(minutes).is_ok(), is_taken, "{minutes}");
        }
        for (number, is_taken) in [("+49 800 111-0-111", true), ("13 11 14", true), ("none", false), ("+", false)] {
            assert_eq!(crisis_call("x").take(number).is_ok(), is_taken, "{number}");
        }
        let modules = choice("--module", "?", "", vec!["grounding".into(), "sleep".into()], Usual::Needed);
        assert_eq!(modules.take("2").as_deref(), Ok("sleep"));
        assert_eq!(modules.take("grounding").as_deref(), Ok("grounding"));
        assert!(modules.take("3").is_err() && modules.take("0").is_err());
    }

    #[test]
    fn a_number_is_offered_only_where_it_is_the_right_one() {
        assert_eq!(crisis_name("en", false).take("").as_deref(), Ok("988 Suicide & Crisis Lifeline"));
        assert_eq!(crisis_call("988 Suicide & Crisis Lifeline").take("").as_deref(), Ok("988"));
        for elsewhere in ["en-GB", "es", "ar"] {
            assert_eq!(crisis_name(elsewhere, false).take("").as_deref(), Ok(""), "{elsewhere}");
        }
        assert!(crisis_call("Samaritans").take("").is_err());
        assert!(crisis_name("en", true).take("").is_err());
    }
}
