//! Published formulas that tell from lengths of words and sentences how hard a text is to read. For each language one that
//! gives a school grade, or whose scale its authors tied to school grades.

use super::syllables;

/// What formulas count.
#[derive(Clone, Copy, Default, Debug)]
pub struct Counts {
    /// Sentences.
    pub sentences: f64,
    /// Words.
    pub words: f64,
    /// Syllables.
    pub syllables: f64,
    /// Letters and digits.
    pub letters: f64,
    /// Words of one syllable.
    pub short: f64,
    /// Words of three syllables or more.
    pub many: f64,
    /// Words of more than six letters.
    pub long: f64,
}

impl Counts {
    /// Those of a word.
    pub fn of_word(syllables: u32, letters: usize) -> Self {
        let one_where = |is_so: bool| f64::from(u8::from(is_so));
        Self {
            sentences: 0.0,
            words: 1.0,
            syllables: f64::from(syllables),
            letters: letters as f64,
            short: one_where(syllables == 1),
            many: one_where(syllables >= 3),
            long: one_where(letters > 6),
        }
    }
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.sentences += other.sentences;
        self.words += other.words;
        self.syllables += other.syllables;
        self.letters += other.letters;
        self.short += other.short;
        self.many += other.many;
        self.long += other.long;
    }
}

/// A formula with its language.
pub struct Formula {
    /// The code of the language.
    pub language: &'static str,
    /// The name under which it is known.
    pub name: &'static str,
    /// How many syllables a word has.
    pub syllables: fn(&str) -> u32,
    /// How hard a text is: the more, the harder.
    pub hardness: fn(&Counts) -> f64,
    /// The school grade that this is.
    pub grade: fn(f64) -> u32,
}

const FORMULAS: &[Formula] = &[
    // Kincaid, Fishburne, Rogers, Chissom: Derivation of new readability formulas for Navy enlisted personnel, 1975.
    Formula {
        language: "en",
        name: "Flesch-Kincaid",
        syllables: syllables::english::syllables,
        hardness: |c| 0.39 * c.words / c.sentences + 11.8 * c.syllables / c.words - 15.59,
        grade: rounded,
    },
    // Fernández Huerta: Medidas sencillas de lecturabilidad, 1959, with sentences counted as G. Law showed in 2011 that they
    // were meant. It has the school grades of its scale from Flesch.
    Formula {
        language: "es",
        name: "Fernández Huerta",
        syllables: syllables::spanish::syllables,
        hardness: |c| 60.0 * c.syllables / c.words + 1.02 * c.words / c.sentences - 206.84,
        grade: grade_of_ease,
    },
    // Kandel, Moles: Application de l'indice de Flesch à la langue française, 1958.
    Formula {
        language: "fr",
        name: "Kandel-Moles",
        syllables: syllables::french::syllables,
        hardness: |c| 73.6 * c.syllables / c.words + 1.015 * c.words / c.sentences - 207.0,
        grade: grade_of_ease,
    },
    // Bamberger, Vanecek: Lesen – Verstehen – Lernen – Schreiben, 1984: the first of the four formulas. Its scale goes from 4 to 15.
    Formula {
        language: "de",
        name: "Wiener Sachtextformel 1",
        syllables: syllables::german::syllables,
        hardness: |c| {
            let share = |some: f64| 100.0 * some / c.words;
            0.1935 * share(c.many) + 0.1672 * c.words / c.sentences + 0.1297 * share(c.long) - 0.0327 * share(c.short) - 0.875
        },
        grade: |hardness| rounded(hardness).clamp(4, 15),
    },
    // Lucisano, Piemontese: GULPEASE, 1988. It counts letters, and its scale knows three school leavings.
    Formula {
        language: "it",
        name: "Gulpease",
        syllables: |_| 1,
        hardness: |c| (10.0 * c.letters - 300.0 * c.sentences) / c.words - 89.0,
        grade: |hardness| match -hardness {
            80.0.. => 5,
            60.0.. => 8,
            40.0.. => 13,
            _ => 16,
        },
    },
];

/// The formula for a language, by its code (`es`, `es-MX`).
pub fn formula(language: &str) -> Option<&'static Formula> {
    let language = language.split('-').next().unwrap_or_default().to_lowercase();
    FORMULAS.iter().find(|formula| formula.language == language)
}

/// A grade as a formula gives it: from 1, without parts.
fn rounded(grade: f64) -> u32 {
    // A text of a few easy words would be below the first grade, and no text is beyond university.
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17].into_iter().find(|whole| grade < f64::from(*whole) + 0.5).unwrap_or(18)
}

/// The grade of a reading ease from 0 to 100, by the table of Flesch (How to Write Plain English, 1979), whose scale the
/// Spanish and the French formula keep; the table's “8th and 9th grade” is halved. Hardness is the ease turned round.
fn grade_of_ease(hardness: f64) -> u32 {
    match -hardness {
        90.0.. => 5,
        80.0.. => 6,
        70.0.. => 7,
        65.0.. => 8,
        60.0.. => 9,
        50.0.. => 11,
        30.0.. => 14,
        _ => 16,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_give_what_one_works_out_by_hand() {
        let counts = Counts { sentences: 5.0, words: 100.0, syllables: 150.0, letters: 500.0, short: 40.0, many: 20.0, long: 30.0 };
        let by_hand = [
            // 0.39 × 20 + 11.8 × 1.5 − 15.59
            ("en", 9.91, 10),
            // 206.84 − 60 × 1.5 − 1.02 × 20, turned round
            ("es", -96.44, 5),
            // 207 − 73.6 × 1.5 − 1.015 × 20
            ("fr", -76.3, 7),
            // 0.1935 × 20 + 0.1672 × 20 + 0.1297 × 30 − 0.0327 × 40 − 0.875
            ("de", 8.922, 9),
            // 89 + (300 × 5 − 10 × 500) / 100
            ("it", -54.0, 13),
        ];
        for (language, hardness, grade) in by_hand {
            let formula = formula(language).unwrap();
            let found = (formula.hardness)(&counts);
            assert!((found - hardness).abs() < 1e-9, "{language}: {found}");
            assert_eq!((formula.grade)(found), grade, "{language}");
        }
    }

    #[test]
    fn grades_have_their_bounds() {
        assert_eq!([-3.0, 1.4, 1.6, 9.5, 40.0].map(rounded), [1, 1, 2, 10, 18]);
        assert_eq!([-95.0, -85.0, -75.0, -66.0, -61.0, -52.0, -40.0, 10.0].map(grade_of_ease), [5, 6, 7, 8, 9, 11, 14, 16]);
    }
}
