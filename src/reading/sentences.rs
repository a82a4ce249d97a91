//! Words and sentences of a plain text, by their marks.

use std::ops::Range;

/// Ends that are no end of a sentence, without their full stop.
const ABBREVIATIONS: &[&str] = &[
    // English
    "dr", "mr", "mrs", "ms", "prof", "st", "vs", "e.g", "i.e", "etc", "approx", "no", "vol", "ed", "eds", "al", "p", "pp", "a.m", "p.m", // German
    "z.b", "d.h", "u.a", "bzw", "ca", "usw", "evtl", "ggf", "nr", "abs", "inkl", "tel", // Spanish, French, Italian
    "sr", "sra", "dra", "ud", "uds", "ej", "p.ej", "pág", "núm", "m", "mme", "mlle", "p.ex", "ecc", "dott",
];

/// The words of a text: letters and digits, with apostrophes inside. A hyphen parts words.
pub fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut letters = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let start = loop {
            let (at, c) = letters.next()?;
            if c.is_alphanumeric() {
                break at;
            }
        };
        let mut end = start + text.get(start..)?.chars().next()?.len_utf8();
        while let Some((at, c)) = letters.peek().copied() {
            let after = at + c.len_utf8();
            let inner = matches!(c, '\'' | '’' | '\u{ad}') && text.get(after..).is_some_and(|rest| rest.starts_with(char::is_alphabetic));
            if !c.is_alphanumeric() && !is_joined_mark(c) && !inner {
                break;
            }
            end = after;
            letters.next();
        }
        Some(start..end)
    })
}

/// The words of a text as one counts them: `self-care` and `4-2-6` are one.
pub fn counted(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || matches!(c, '–' | '—' | '/' | '…')).filter(|word| word.contains(char::is_alphanumeric))
}

/// Marks that belong to the letter before them, as Arabic and Hindi write vowels.
fn is_joined_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{900}'..='\u{903}' | '\u{93a}'..='\u{94f}')
}

/// The sentences of a run of words: each ends with its mark, or with the run.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut letters = text.char_indices().peekable();
    while let Some((at, c)) = letters.next() {
        if !matches!(c, '.' | '!' | '?' | '…' | '؟' | '۔' | '。' | '！' | '？' | '।') {
            continue;
        }
        let mut end = at + c.len_utf8();
        while let Some((at, c)) = letters.next_if(|(_, c)| matches!(c, '.' | '!' | '?' | '…' | '"' | '\'' | '”' | '’' | '»' | '“' | '‘' | ')' | ']' | '؟'))
        {
            end = at + c.len_utf8();
        }
        let rest = text.get(end..).unwrap_or_default();
        let wide = matches!(c, '。' | '！' | '？');
        let goes_on = !rest.is_empty() && !wide && !rest.starts_with(char::is_whitespace);
        // “Why me?” she said; but a mark at the end of a line ends what stands there.
        let small = rest.trim_start().starts_with(char::is_lowercase) && !rest.trim_start_matches(' ').starts_with('\n');
        if goes_on || small || (c == '.' && is_abbreviation(text.get(start..at).unwrap_or_default(), rest)) {
            continue;
        }
        sentences.push(start..end);
        start = end;
    }
    sentences.push(start..text.len());
    let trimmed = |range: Range<usize>| {
        let sentence = text.get(range.clone())?;
        let (left, right) = (sentence.len() - sentence.trim_start().len(), sentence.trim_end().len());
        (left < right).then(|| range.start + left..range.start + right)
    };
    sentences.into_iter().filter_map(trimmed).filter(|range| text.get(range.clone()).is_some_and(|sentence| sentence.contains(char::is_alphanumeric))).collect()
}

/// Whether a full stop after these words is that of an abbreviation, of an initial, or of a number in a German date.
fn is_abbreviation(before: &str, rest: &str) -> bool {
    let last = before.rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '[' | '“' | '"')).next().unwrap_or_default();
    let small = last.to_lowercase();
    let initial = last.chars().count() == 1 && last.chars().all(|c| c.is_uppercase() && c != 'I');
    let number = (1..=2).contains(&last.len()) && last.chars().all(|c| c.is_ascii_digit()) && before.trim_end().len() == last.len();
    // “At 9 a.m. We meet”: what ends like an abbreviation can end a sentence as well; a title never does.
    !rest.trim().is_empty() && (ABBREVIATIONS.contains(&small.as_str()) || initial || number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut() {
        let cut = |text: &str| words(text).map(|range| text.get(range).unwrap().to_owned()).collect::<Vec<_>>().join("|");
        assert_eq!(cut("Don't stop, self-care’s “good” (10:30)."), "Don't|stop|self|care’s|good|10|30");
        assert_eq!(cut("'quoted' 'n' Über-Ich"), "quoted|n|Über|Ich");
        assert_eq!(cut(" ... "), "");
        assert_eq!(counted("A self-care day – 4-2-6 … and/or ?").count(), 6);
    }

    #[test]
    fn sentences_are_cut() {
        let cut = |text: &str| sentences(text).into_iter().map(|range| text.get(range).unwrap().to_owned()).collect::<Vec<_>>();
        assert_eq!(cut("One. Two! Three? Four"), ["One.", "Two!", "Three?", "Four"]);
        assert_eq!(cut("Call Dr. Lee at 4.30 p.m. on Monday."), ["Call Dr. Lee at 4.30 p.m. on Monday."]);
        assert_eq!(cut("“Why me?” she said. “Wait.” Then she left…"), ["“Why me?” she said.", "“Wait.”", "Then she left…"]);
        assert_eq!(cut("Breathe in … and out. See www.a.org. e.g. this"), ["Breathe in … and out.", "See www.a.org. e.g. this"]);
        assert_eq!(cut("Das ist z.B. Angst. So."), ["Das ist z.B. Angst.", "So."]);
        assert_eq!(cut("You and I. We meet."), ["You and I.", "We meet."]);
        assert_eq!(cut("هل أنت بخير؟ نعم."), ["هل أنت بخير؟", "نعم."]);
        assert_eq!(cut("silent: say nothing.\nloud: shout.\nSee e.g.\nthis"), ["silent: say nothing.", "loud: shout.", "See e.g.\nthis"]);
        assert_eq!(cut("— … —"), [] as [&str; 0]);
    }
}
