//! Numbers that belong to nobody: those kept for films and books, and those that people write until they know the real one.

use super::lists::Lists;

/// A range of numbers that a country keeps for films and books. Nobody answers there.
struct Kept {
    /// The language in whose courses a number without a country code is taken as one of this country.
    language: &'static str,
    /// The code of the country.
    country: &'static str,
    /// How the number begins, without the first 0.
    begins: &'static str,
    /// How many digits it has, without the first 0.
    length: usize,
}

/// Sources: Ofcom, "Telephone numbers for use in TV shows, films and other creative works" (UK); Arcep, the numbering plan's
/// fictitious numbers (France); Bundesnetzagentur, "Rufnummern für die Verwendung in Medien" (Germany); ACMA, "Phone numbers
/// for use in TV shows, films and creative works" (Australia). The 555 numbers of North America: NANPA.
const KEPT: &[Kept] = &[
    Kept { language: "en", country: "44", begins: "2079460", length: 10 },
    Kept { language: "en", country: "44", begins: "1632960", length: 10 },
    Kept { language: "en", country: "44", begins: "7700900", length: 10 },
    Kept { language: "en", country: "44", begins: "8081570", length: 10 },
    Kept { language: "en", country: "44", begins: "3069990", length: 10 },
    Kept { language: "en", country: "61", begins: "25550", length: 9 },
    Kept { language: "en", country: "61", begins: "35550", length: 9 },
    Kept { language: "en", country: "61", begins: "75550", length: 9 },
    Kept { language: "en", country: "61", begins: "85550", length: 9 },
    Kept { language: "fr", country: "33", begins: "19900", length: 9 },
    Kept { language: "fr", country: "33", begins: "26191", length: 9 },
    Kept { language: "fr", country: "33", begins: "35301", length: 9 },
    Kept { language: "fr", country: "33", begins: "46571", length: 9 },
    Kept { language: "fr", country: "33", begins: "53649", length: 9 },
    Kept { language: "fr", country: "33", begins: "63998", length: 9 },
    Kept { language: "de", country: "49", begins: "3023125", length: 10 },
    Kept { language: "de", country: "49", begins: "6990009", length: 10 },
    Kept { language: "de", country: "49", begins: "4066969", length: 10 },
    Kept { language: "de", country: "49", begins: "2214710", length: 10 },
    Kept { language: "de", country: "49", begins: "8999998", length: 10 },
];

/// Whether a number belongs to nobody.
pub fn is_placeholder(number: &str, language: &str) -> bool {
    let number = number.trim();
    let groups: Vec<&str> = number.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).collect();
    let digits: String = groups.concat();
    kept_for_america(&groups, &digits) || counted_or_repeated(&groups, &digits) || kept_elsewhere(number, &digits, language)
}

/// 555-0100 to 555-0199, with or without an area code, and the area code 555, which is nowhere.
fn kept_for_america(groups: &[&str], digits: &str) -> bool {
    let with_area = match digits.len() {
        10 => Some(digits),
        11 => digits.strip_prefix('1'),
        _ => None,
    };
    let local = with_area.and_then(|digits| digits.get(3..)).or((digits.len() == 7).then_some(digits));
    let grouped = groups.windows(2).any(|pair| matches!(pair, [area, line] if *area == "555" && line.len() == 4 && line.starts_with("01")));
    grouped || local.is_some_and(|local| local.starts_with("55501")) || with_area.is_some_and(|digits| digits.starts_with("555"))
}

/// 123-456-7890, 000-0000, 800-000-0000.
fn counted_or_repeated(groups: &[&str], digits: &str) -> bool {
    let one_digit = |digits: &str| digits.chars().next().is_some_and(|first| digits.chars().all(|digit| digit == first));
    let own = digits.strip_prefix('1').filter(|rest| rest.len() == 10).unwrap_or(digits);
    // 123-45-6789 is written as the number of a person, not of a phone.
    let of_a_person = groups.iter().map(|group| group.len()).eq([3, 2, 4]);
    let counted = !of_a_person && own.len() >= 6 && ("1234567890".starts_with(own) || own == "0123456789");
    let zeros = digits.len() == 6 && digits.starts_with('0');
    // The last group of a phone number has four digits; three zeros after a space make a thousand.
    let last_seven = digits.len().checked_sub(7).and_then(|start| digits.get(start..));
    let ends_like_one = groups.last().is_some_and(|last| last.len() == 4 || groups.len() == 1);
    counted || one_digit(digits) && (digits.len() >= 7 || zeros) || ends_like_one && last_seven.is_some_and(one_digit) && digits.len() <= 11
}

fn kept_elsewhere(number: &str, digits: &str, language: &str) -> bool {
    let short = language.split('-').next().unwrap_or(language);
    let abroad = number.starts_with('+').then_some(digits).or_else(|| digits.strip_prefix("00"));
    KEPT.iter().any(|kept| {
        // `+44 (0)20 …`: the 0 in brackets is dialled at home only.
        let from_abroad = abroad.and_then(|digits| digits.strip_prefix(kept.country)).map(|digits| digits.strip_prefix('0').unwrap_or(digits));
        let at_home = digits.strip_prefix('0').filter(|_| kept.language == short);
        from_abroad.or(at_home).is_some_and(|own| own.len() == kept.length && own.starts_with(kept.begins))
    })
}

/// The placeholders in a text: what is written there, and at which byte.
pub fn in_text<'t>(text: &'t str, language: &str) -> Vec<(&'t str, usize)> {
    // Most texts have nothing of which a placeholder is made. All bytes are looked at faster than one after the other until one is found.
    let mut found: Vec<(&str, usize)> = Vec::new();
    if has(text, |byte| byte.is_ascii_digit()) {
        found.extend(numbers(text).filter(|(number, _)| is_whole(number) && is_placeholder(number, language)));
    }
    if has(text, is_cross) {
        found.extend(crossed(text));
    }
    if has(text, |byte| byte == b'[') || shouts(text) {
        found.extend(Lists::of(language).into_iter().flat_map(|lists| fill_ins(text, lists)));
    }
    found.sort_by_key(|(_, at)| *at);
    found
}

/// Whether a run of digits is written as a phone number is: no group of one digit (`1 2 3 4 5 6 7` is counting), save a 1 or
/// a country's code at its start.
fn is_whole(number: &str) -> bool {
    let groups = number.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty());
    groups.enumerate().all(|(n, group)| n == 0 || group.len() > 1 || group == "0")
}

/// Runs of digits with what stands between the groups of a phone number.
fn numbers(text: &str) -> impl Iterator<Item = (&str, usize)> {
    let between = |c: char| matches!(c, ' ' | '-' | '.' | '(' | ')' | '/' | '\u{a0}' | '\u{2011}' | '\u{2013}');
    // Most texts have too few digits for one.
    let mut from = if text.bytes().filter(u8::is_ascii_digit).count() < 6 { text.len() } else { 0 };
    std::iter::from_fn(move || {
        loop {
            let rest = text.get(from..)?;
            let start = from + rest.bytes().position(|byte| byte.is_ascii_digit() || byte == b'+')?;
            let run = text.get(start..)?;
            let end = run.char_indices().find(|(n, c)| !(c.is_ascii_digit() || between(*c) || *n == 0)).map_or(run.len(), |(n, _)| n);
            let number = run.get(..end)?.trim_end_matches(|c: char| !c.is_ascii_digit());
            let before = text.get(..start).unwrap_or_default();
            from = start + end.max(1);
            // Digits that belong to a word or an address (`10.1016/j.brat`) are no phone number.
            let alone = !before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '=' | '#'));
            if number.chars().filter(char::is_ascii_digit).count() >= 6 && alone {
                return Some((number, start));
            }
        }
    })
}

/// Whether a text has such a byte.
fn has(text: &str, wanted: impl Fn(u8) -> bool) -> bool {
    text.bytes().fold(false, |found, byte| found | wanted(byte))
}

/// Whether a byte stands for a digit that is crossed out.
fn is_cross(byte: u8) -> bool {
    matches!(byte, b'x' | b'X' | b'#')
}

/// How many digits of a number are crossed out at the least.
const FEWEST_CROSSES: usize = 4;

/// `XXX-XXXX`, `###-####`. (`XXX` alone is a mark of what is not finished, and told as such.)
fn crossed(text: &str) -> impl Iterator<Item = (&str, usize)> {
    let is_part = |byte: u8| matches!(byte, b'x' | b'X' | b'#' | b'-' | b'.' | b'(' | b')') || byte.is_ascii_digit();
    let crosses = |text: &str| text.bytes().filter(|byte| is_cross(*byte)).count();
    // Texts with too few crosses, or without a hyphen or full stop between two such signs, need not be cut into pieces.
    let may_have_one = crosses(text) >= FEWEST_CROSSES
        && text.as_bytes().windows(3).any(|three| matches!(three, [before, b'-' | b'.', after] if is_part(*before) && is_part(*after)));
    let text = if may_have_one { text } else { "" };
    let pieces = text.split_inclusive(char::is_whitespace).scan(0, |at, piece| {
        let start = *at;
        *at += piece.len();
        Some((piece, start))
    });
    pieces.filter_map(move |(piece, start)| {
        let word = piece.trim_matches(|c: char| !(c.is_alphanumeric() || c == '#'));
        let other = word.chars().any(|c| !(matches!(c, 'x' | 'X' | '#' | '-' | '.' | ')' | '(') || c.is_ascii_digit()));
        let number = crosses(word) >= FEWEST_CROSSES && word.contains(['-', '.']) && !word.contains("##.");
        (number && !other).then(|| (word, start + piece.find(word).unwrap_or_default()))
    })
}

/// Whether two capitals may stand side by side in a text.
fn shouts(text: &str) -> bool {
    let may_be_one = |byte: &u8| byte.is_ascii_uppercase() || !byte.is_ascii();
    // All bytes are looked at faster than one after the other until one is found.
    let next = text.as_bytes().get(1..).unwrap_or_default();
    text.as_bytes().iter().zip(next).fold(false, |found, (one, next)| found | (may_be_one(one) & may_be_one(next)))
}

/// `[phone number]`, `YOUR NUMBER HERE`.
fn fill_ins<'t>(text: &'t str, lists: &'static Lists) -> Vec<(&'t str, usize)> {
    let mut found = Vec::new();
    for (start, _) in text.match_indices('[') {
        // Only so far, or a text of brackets would be walked for each of them.
        let near = text.get(start + 1..).map(|rest| rest.get(..rest.floor_char_boundary(80)).unwrap_or(rest));
        let Some((inside, after)) = near.and_then(|near| near.split_once(']')) else { continue };
        // What links is no gap.
        let links = after.starts_with(['(', '[', ':']);
        if !links && inside.len() < 60 && lists.fill_in.contains(&inside.trim().to_lowercase().as_str()) {
            found.extend(text.get(start..start + inside.len() + 2).map(|whole| (whole, start)));
        }
    }
    // In capitals, only what says "here": EMERGENCY PHONE NUMBER may be a heading.
    let here = lists.empty_links.first().copied().unwrap_or_default();
    let says_here = text.contains(&here.to_uppercase());
    for phrase in lists.fill_in.iter().filter(|phrase| says_here && phrase.ends_with(here)) {
        let shouted = phrase.to_uppercase();
        for (at, words) in text.match_indices(&shouted).filter(|_| shouted != **phrase) {
            let seen = found.iter().any(|(other, from)| (*from..from + other.len()).contains(&at));
            found.extend((!seen).then_some((words, at)));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_nobody() {
        for number in [
            "555-0100",
            "5550123",
            "(212) 555-0147",
            "1-800-555-0199",
            "+1 555 123 4567",
            "555-123-4567",
            "123-456-7890",
            "1234567",
            "(123) 456-7890",
            "123456",
            "000-0000",
            "0000000",
            "800-000-0000",
            "1-800-000-0000",
            "999-9999",
            "020 7946 0018",
            "+44 20 7946 0018",
            "+44 (0)7700 900123",
            "+49 30 23125 012",
            "+33 1 99 00 12 34",
            "+61 2 5550 1234",
        ] {
            assert!(is_placeholder(number, "en"), "{number}");
        }
        assert!(is_placeholder("01 99 00 12 34", "fr") && is_placeholder("030 23125 012", "de-AT"));
    }

    #[test]
    fn numbers_of_somebody() {
        for number in [
            "988",
            "741741",
            "911",
            "112",
            "116 123",
            "0800 1110111",
            "1-800-799-7233",
            "88788",
            "13 11 14",
            "1800 55 1800",
            "0800 456 789",
            "24680",
            "+1 212 555 2368",
            "(800) 555-1212",
            "123-45-6789",
            "0808 808 8000",
            "020 7946 1018",
            "085258",
            "50808",
            "0800 111 0 222",
            "3114",
            "01 99 00 12 34",
            "02 6191 1234",
        ] {
            assert!(!is_placeholder(number, "en"), "{number}");
        }
    }

    #[test]
    fn here_in_capitals_is_seen_in_every_language() {
        for lists in ["en", "es", "fr", "de", "it", "ar"].into_iter().filter_map(Lists::of) {
            let here = lists.empty_links[0];
            assert!(shouts(&format!("a {} b", here.to_uppercase())), "{here}");
        }
        assert!(!shouts("Write Your Number Here, I say."));
    }

    #[test]
    fn placeholders_in_a_text() {
        let found = |text: &'static str| in_text(text, "en").iter().map(|(what, _)| *what).collect::<Vec<_>>();
        assert_eq!(found("Call us on 555-0100, or on (212) 555-0147."), ["555-0100", "212) 555-0147"]);
        assert_eq!(found("Ring XXX-XXXX or 555-xxxx. Ask for XXX."), ["XXX-XXXX", "555-xxxx"]);
        assert_eq!(found("Call [phone number], or YOUR NUMBER HERE."), ["[phone number]", "YOUR NUMBER HERE"]);
        for fine in [
            "Count 1 2 3 4 5 6 7 8 9 10.",
            "About 10 000 000 people.",
            "In 2019-2020, 384-398.",
            "Write your number here: 7",
            "[phone number](tel:988), <https://doi.org/10.1016/1234567>, #1234567",
            "EMERGENCY PHONE NUMBER. xxx, Ana. Size XXL. A 4-4-4 breath. ### three",
            "Call 988 or text HOME to 741741.",
            "1. 2. 3. 0-10, 5/10, 12.30",
        ] {
            assert_eq!(found(fine), [] as [&str; 0], "{fine}");
        }
    }
}
