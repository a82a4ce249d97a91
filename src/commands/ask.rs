//! Asks at the terminal: an answer comes from a flag, from the person, or is what is usual.

use std::io::{BufRead, IsTerminal as _, Write};

use anyhow::{Context as _, bail};

use crate::starter::questions::{Question, Usual};

/// Where answers come from.
pub(super) struct Answers {
    /// Whether a person is there to answer.
    terminal: bool,
    /// What is said before the first question.
    greeting: Option<String>,
}

impl Answers {
    /// Asks only where both the questions and the answers go through a terminal.
    pub(super) fn new(greeting: String) -> Self {
        Self { terminal: std::io::stdin().is_terminal() && std::io::stderr().is_terminal(), greeting: Some(greeting) }
    }

    /// Whether a person is there to answer.
    pub(super) fn can_ask(&self) -> bool {
        self.terminal
    }

    /// The answer to a question: empty where it is left out.
    pub(super) fn take(&mut self, flag: Option<&str>, question: &Question) -> anyhow::Result<String> {
        if let Some(given) = flag {
            return from_flag(given, question);
        }
        if !self.terminal {
            return without_asking(question);
        }
        let mut output = std::io::stderr().lock();
        if let Some(greeting) = self.greeting.take() {
            writeln!(output, "{greeting}")?;
        }
        ask(question, &mut std::io::stdin().lock(), &mut output)
    }
}

fn from_flag(given: &str, question: &Question) -> anyhow::Result<String> {
    if given.trim().is_empty() && !matches!(question.usual, Usual::LeftOut) {
        bail!("{} has nothing behind it", question.flag);
    }
    question.take(given).map_err(|wrong| anyhow::anyhow!("{} \"{given}\": {wrong}", question.flag))
}

fn without_asking(question: &Question) -> anyhow::Result<String> {
    match &question.usual {
        Usual::Text(usual) => Ok(usual.clone()),
        Usual::LeftOut => Ok(String::new()),
        Usual::Needed => bail!("nobody is here to answer \"{}\": say it with {}", question.text, question.flag),
    }
}

/// Asks until there is an answer. The end of the input (Ctrl-D) stops everything.
fn ask(question: &Question, input: &mut impl BufRead, output: &mut impl Write) -> anyhow::Result<String> {
    writeln!(output, "\n{}\n  {}", question.text, question.why)?;
    for (n, choice) in question.choices.iter().enumerate() {
        writeln!(output, "  {}. {choice}", n + 1)?;
    }
    loop {
        match &question.usual {
            Usual::Text(usual) => write!(output, "  [{usual}]: ")?,
            Usual::LeftOut | Usual::Needed => write!(output, "  : ")?,
        }
        output.flush()?;
        let mut typed = Vec::new();
        if input.read_until(b'\n', &mut typed).context("cannot read the answer")? == 0 {
            writeln!(output)?;
            bail!("stopped, and nothing was written");
        }
        let answer = match std::str::from_utf8(&typed) {
            Ok(typed) => question.take(typed),
            Err(_) => Err("Some letters did not come through. Please write it once more.".into()),
        };
        match answer {
            Ok(answer) => return Ok(answer),
            Err(wrong) => writeln!(output, "  {wrong}")?,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::starter::questions::{choice, session_minutes, title};

    fn asked(question: &Question, typed: &[u8]) -> (anyhow::Result<String>, String) {
        let mut output = Vec::new();
        let answer = ask(question, &mut &*typed, &mut output);
        (answer, String::from_utf8(output).unwrap())
    }

    #[test]
    fn a_question_says_why_and_what_enter_takes() {
        let (answer, said) = asked(&session_minutes(), b"\n");
        assert_eq!(answer.unwrap(), "90");
        assert!(said.contains("How long is a session?\n  In minutes") && said.ends_with("  [90]: "), "{said}");
    }

    #[test]
    fn a_wrong_answer_is_asked_again() {
        let (answer, said) = asked(&session_minutes(), "an hour\n\u{ff}\n60\r\n".as_bytes());
        assert_eq!(answer.unwrap(), "60");
        assert_eq!(said.matches("Please write a number from 15 to 480").count(), 2, "{said}");
        let (answer, said) = asked(&title("?", "", Usual::Needed), b"\xff\n\nMine");
        assert_eq!(answer.unwrap(), "Mine");
        assert!(said.contains("did not come through") && said.contains("Please write an answer."), "{said}");
    }

    #[test]
    fn choices_are_numbered() {
        let (answer, said) = asked(&choice("--module", "Which?", "", vec!["a".into(), "b".into()], Usual::Needed), b"2\n");
        assert_eq!(answer.unwrap(), "b");
        assert!(said.contains("  1. a\n  2. b\n"), "{said}");
    }

    #[test]
    fn the_end_of_the_input_stops_everything() {
        let (answer, _) = asked(&session_minutes(), b"");
        assert_eq!(answer.unwrap_err().to_string(), "stopped, and nothing was written");
    }

    #[test]
    fn flags_and_silence() {
        assert_eq!(from_flag("75-90", &session_minutes()).unwrap(), "75-90");
        assert!(from_flag("", &session_minutes()).unwrap_err().to_string().contains("--session-minutes has nothing"));
        assert!(from_flag("x", &session_minutes()).unwrap_err().to_string().contains("Please write a number"));
        assert_eq!(without_asking(&session_minutes()).unwrap(), "90");
        assert!(without_asking(&title("Its name?", "", Usual::Needed)).unwrap_err().to_string().contains("--title"));
    }
}
