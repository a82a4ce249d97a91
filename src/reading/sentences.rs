//! Words and sentences of a plain text, by their marks.

use std::ops::Range;

/// How many letters the longest of the abbreviations has.
const LONGEST_ABBREVIATION: usize = 6;
/// Ends that are no end of a sentence, without their full stop.
const ABBREVIATIONS: &[&str] = &[
    // English
    "dr", "mr", "mrs", "ms", "prof", "st", "vs", "e.g", "i.e", "etc", "approx", "no", "vol", "ed", "eds", "al", "p", "pp", "a.m", "p.m", // German
    "z.b", "d.h", "u.a", "bzw", "ca", "usw", "evtl", "ggf", "nr", "abs", "inkl", "tel", // Spanish, French, Italian
    "sr", "sra", "dra", "ud", "uds", "ej", "p.ej", "pág", "núm", "m", "mme", "mlle", "p.ex", "ecc", "dott",
];

/// The words of a text: letters and digits, with apostrophes inside. A hyphen parts words.
pub fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = word_start(text, from)?;
        from = word_end(text, start);
        Some(start..from)
    })
}

/// Where the next word begins from a byte on.
fn word_start(text: &str, mut from: usize) -> Option<usize> {
    // Byte by byte, since nearly all are plain letters; the letters of other scripts are looked at as such.
    loop {
        let byte = text.as_bytes().get(from)?;
        if byte.is_ascii_alphanumeric() {
            return Some(from);
        }
        if byte.is_ascii() {
            from += 1;
            continue;
        }
        let c = text.get(from..)?.chars().next()?;
        if c.is_alphanumeric() {
            return Some(from);
        }
        from += c.len_utf8();
    }
}

/// Where the word ends that begins at a byte.
fn word_end(text: &str, start: usize) -> usize {
    let mut end = start;
    loop {
        end += text.as_bytes().iter().skip(end).take_while(|byte| byte.is_ascii_alphanumeric()).count();
        match text.as_bytes().get(end) {
            None => return end,
            Some(byte) if byte.is_ascii() && *byte != b'\'' => return end,
            Some(_) => {}
        }
        let mut rest = text.get(end..).unwrap_or_default().chars();
        let Some(c) = rest.next() else { return end };
        let inner = matches!(c, '\'' | '’' | '\u{ad}') && rest.next().is_some_and(char::is_alphabetic);
        if !c.is_alphanumeric() && !is_joined_mark(c) && !inner {
            return end;
        }
        end += c.len_utf8();
    }
}

/// The words of a text as one counts them: `self-care` and `4-2-6` are one.
pub fn counted(text: &str) -> impl Iterator<Item = &str> {
    text.split(parts_counted).filter(|word| word.contains(char::is_alphanumeric))
}

/// Whether a sign parts words as one counts them.
pub fn parts_counted(c: char) -> bool {
    c.is_whitespace() || matches!(c, '–' | '—' | '/' | '…')
}

/// Marks that belong to the letter before them, as Arabic and Hindi write vowels.
fn is_joined_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{900}'..='\u{903}' | '\u{93a}'..='\u{94f}')
}

/// The sentences of a run of words: each ends with its mark, or with the run.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut from = 0;
    // What is no letter of ASCII may be a mark at the end of a sentence in another script.
    while let Some(at) = text.bytes().skip(from).position(|byte| matches!(byte, b'.' | b'!' | b'?') || !byte.is_ascii()).map(|next| from + next) {
        let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
        let mut end = at + c.len_utf8();
        from = end;
        if !matches!(c, '.' | '!' | '?' | '…' | '؟' | '۔' | '。' | '！' | '？' | '।') {
            continue;
        }
        let closes = |c: &char| matches!(c, '.' | '!' | '?' | '…' | '"' | '\'' | '”' | '’' | '»' | '“' | '‘' | ')' | ']' | '؟');
        end += text.get(end..).unwrap_or_default().chars().take_while(closes).map(char::len_utf8).sum::<usize>();
        from = end;
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
    // “At 9 a.m. We meet”: what ends like an abbreviation can end a sentence as well; a title never does.
    if rest.trim_start().is_empty() {
        return false;
    }
    let last = before.rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '[' | '“' | '"')).next().unwrap_or_default();
    let letters = last.chars().count();
    let listed = || letters <= LONGEST_ABBREVIATION && ABBREVIATIONS.contains(&last.to_lowercase().as_str());
    let initial = letters == 1 && last.chars().all(|c| c.is_uppercase() && c != 'I');
    let number = (1..=2).contains(&last.len()) && last.chars().all(|c| c.is_ascii_digit()) && before.trim_end().len() == last.len();
    initial || number || listed()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_abbreviation_is_known() {
        assert_eq!(ABBREVIATIONS.iter().map(|word| word.chars().count()).max(), Some(LONGEST_ABBREVIATION));
    }

    #[test]
    fn words_are_cut() {
        let cut = |text: &str| words(text).map(|range| text.get(range).unwrap().to_owned()).collect::<Vec<_>>().join("|");
        assert_eq!(cut("Don't stop, self-care’s “good” (10:30)."), "Don't|stop|self|care’s|good|10|30");
        assert_eq!(cut("'quoted' 'n' Über-Ich"), "quoted|n|Über|Ich");
        assert_eq!(cut(" ... "), "");
        assert_eq!(counted("A self-care day – 4-2-6 … and/or ?").count(), 6);
    }

    proptest::proptest! {
        /// Byte by byte, words are the same as letter by letter.
        #[test]
        fn words_are_cut_at_their_letters(text in "([a-cZé’'0 .–-]|\u{ad}|\u{301}|ه|हि){0,16}") {
            let letters: Vec<(usize, char)> = text.char_indices().collect();
            let mut cut: Vec<Range<usize>> = Vec::new();
            for (n, (at, c)) in letters.iter().enumerate() {
                let goes_on = cut.last().is_some_and(|last| last.end == *at);
                let next_is_letter = letters.get(n + 1).is_some_and(|(_, next)| next.is_alphabetic());
                let inside = is_joined_mark(*c) || matches!(c, '\'' | '’' | '\u{ad}') && next_is_letter;
                match cut.last_mut() {
                    Some(last) if goes_on && (c.is_alphanumeric() || inside) => last.end = at + c.len_utf8(),
                    _ if c.is_alphanumeric() => cut.push(*at..at + c.len_utf8()),
                    _ => {}
                }
            }
            proptest::prop_assert_eq!(words(&text).collect::<Vec<_>>(), cut);
        }
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
