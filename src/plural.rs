//! Which form of a word fits a number, by the plural rules of Unicode's CLDR (cardinals, whole numbers).

/// The form for `n` in a language: `zero`, `one`, `two`, `few`, `many` or `other`.
pub fn form(language: &str, n: i64) -> &'static str {
    let n = n.unsigned_abs();
    match language {
        "fr" | "pt" if n < 2 => "one",
        "ar" => match (n, n % 100) {
            (0, _) => "zero",
            (1, _) => "one",
            (2, _) => "two",
            (_, 3..=10) => "few",
            (_, 11..=99) => "many",
            _ => "other",
        },
        "ru" | "uk" => match (n % 10, n % 100) {
            (1, tens) if tens != 11 => "one",
            (2..=4, tens) if !(12..=14).contains(&tens) => "few",
            _ => "many",
        },
        "pl" => match (n, n % 10, n % 100) {
            (1, _, _) => "one",
            (_, 2..=4, tens) if !(12..=14).contains(&tens) => "few",
            _ => "many",
        },
        "ja" | "ko" | "zh" | "vi" | "th" | "id" => "other",
        _ if n == 1 => "one",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::form;

    #[test]
    fn forms_of_the_languages_that_are_shipped() {
        let check = |language: &str, numbers: &[i64], wanted: &str| {
            for n in numbers {
                assert_eq!(form(language, *n), wanted, "{language} {n}");
            }
        };
        check("en", &[1], "one");
        check("en", &[0, 2, 11], "other");
        check("fr", &[0, 1], "one");
        check("ar", &[0], "zero");
        check("ar", &[3, 10, 103], "few");
        check("ar", &[11, 99, 111], "many");
        check("ar", &[100, 101, 102], "other");
        check("ru", &[1, 21], "one");
        check("ru", &[11, 5], "many");
    }
}
