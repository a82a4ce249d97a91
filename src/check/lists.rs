//! What some rules listen for, one list a language. A language that is not here has no list, and those rules say nothing.
//!
//! The lists were written for copebook, from the words that the sites' own texts and course manuals use for these things.

/// The lists of one language. All words are in small letters.
pub struct Lists {
    /// Whether words grow together, so that a piece may stand inside a word: German `Lebensgefahr`, Arabic articles.
    joined: bool,
    /// Beginnings of words that name a limit of confidentiality: danger, abuse, the law.
    pub limits: &'static [&'static str],
    /// Beginnings of words that ask about what members tried between two sessions.
    pub practice: &'static [&'static str],
    /// Words of a link that do not say where it leads.
    pub empty_links: &'static [&'static str],
    /// How the words of a picture begin that only say that it is one.
    pub picture_openings: &'static [&'static str],
    /// Words of a picture that say nothing of what it shows.
    pub picture_names: &'static [&'static str],
    /// Places where a number was to be filled in, between brackets or in capitals.
    pub fill_in: &'static [&'static str],
}

impl Lists {
    /// The lists of a language, `es-MX` being served by `es`.
    pub fn of(language: &str) -> Option<&'static Lists> {
        let short = language.split('-').next().unwrap_or(language);
        LISTS.iter().find(|(code, _)| *code == short).map(|(_, lists)| lists)
    }

    /// Whether a text names a limit of confidentiality, in whichever language it is written.
    pub fn names_a_limit(text: &str) -> bool {
        LISTS.iter().any(|(_, lists)| lists.says(text, lists.limits))
    }

    /// Whether a text has one of these words, or a word that begins with one.
    pub fn says(&self, text: &str, words: &[&str]) -> bool {
        let text = text.to_lowercase();
        if self.joined {
            return words.iter().any(|word| text.contains(word));
        }
        // All words are looked for where a word of the text begins: that takes one walk, and not one for each of them.
        let mut inside = false;
        text.char_indices().any(|(at, c)| {
            let begins = !std::mem::replace(&mut inside, c.is_alphanumeric());
            begins && text.get(at..).is_some_and(|rest| words.iter().any(|word| rest.starts_with(word)))
        })
    }
}

const LISTS: &[(&str, Lists)] = &[
    (
        "en",
        Lists {
            joined: false,
            limits: &[
                "danger", "harm", "hurt", "suicid", "kill", "unsafe", "not safe", "at risk", "abus", "neglect", "violen", "weapon", "threat", "emergenc",
                "court", "judge", "law", "subpoena", "mandated",
            ],
            practice: &[
                "practice",
                "practise",
                "practic",
                "homework",
                "assignment",
                "worksheet",
                "log",
                "diary",
                "diaries",
                "journal",
                "tried",
                "try out",
                "did you use",
                "did you do",
                "how did it go",
                "between sessions",
                "last session",
                "last time",
                "since we met",
            ],
            empty_links: &[
                "here",
                "click here",
                "click",
                "tap here",
                "press here",
                "see here",
                "go here",
                "this",
                "link",
                "the link",
                "this link",
                "this page",
                "page",
                "more",
                "read more",
                "learn more",
                "see more",
                "find out more",
                "more info",
                "more information",
                "download",
            ],
            picture_openings: &[
                "image of",
                "an image of",
                "picture of",
                "a picture of",
                "photo of",
                "a photo of",
                "photograph of",
                "a photograph of",
                "graphic of",
            ],
            picture_names: &["image", "picture", "photo", "photograph", "graphic", "figure", "icon", "screenshot", "illustration"],
            fill_in: &["your number here", "your phone number", "phone number here", "phone number", "phone", "number", "number here"],
        },
    ),
    (
        "es",
        Lists {
            joined: false,
            limits: &[
                "peligro", "daño", "dañ", "herir", "suicid", "matar", "violen", "abus", "maltrat", "neglig", "descuid", "amenaz", "riesgo", "emergenc",
                "urgenc", "juez", "jueces", "tribunal", "juzgado", "ley",
            ],
            practice: &[
                "práctica",
                "practic",
                "tarea",
                "ejercicio",
                "registro",
                "diario",
                "hoja",
                "probar",
                "probó",
                "probaste",
                "probaron",
                "intent",
                "entre sesiones",
                "la última vez",
                "la sesión pasada",
                "la última sesión",
            ],
            empty_links: &[
                "aquí",
                "haz clic aquí",
                "haga clic aquí",
                "clic aquí",
                "pulsa aquí",
                "pulse aquí",
                "este enlace",
                "enlace",
                "el enlace",
                "esta página",
                "página",
                "más",
                "ver más",
                "leer más",
                "saber más",
                "más información",
                "descargar",
            ],
            picture_openings: &["imagen de", "una imagen de", "foto de", "una foto de", "fotografía de", "una fotografía de", "gráfico de"],
            picture_names: &["imagen", "foto", "fotografía", "gráfico", "figura", "icono", "ilustración", "captura de pantalla"],
            fill_in: &["su número aquí", "tu número aquí", "número aquí", "número", "teléfono", "número de teléfono"],
        },
    ),
    (
        "fr",
        Lists {
            joined: false,
            limits: &[
                "danger",
                "bless",
                "du mal à",
                "suicid",
                "tuer",
                "violen",
                "abus",
                "maltrait",
                "néglig",
                "menac",
                "risque",
                "urgence",
                "juge",
                "tribunal",
                "justice",
                "loi",
            ],
            practice: &[
                "pratiqu",
                "exercice",
                "devoir",
                "journal",
                "carnet",
                "relevé",
                "fiche",
                "essay",
                "essai",
                "entre les séances",
                "entre deux séances",
                "la dernière fois",
                "la dernière séance",
                "la séance précédente",
            ],
            empty_links: &[
                "ici",
                "cliquez ici",
                "clique ici",
                "cliquer ici",
                "lien",
                "le lien",
                "ce lien",
                "cette page",
                "page",
                "plus",
                "voir plus",
                "lire plus",
                "lire la suite",
                "en savoir plus",
                "plus d’informations",
                "plus d'informations",
                "télécharger",
            ],
            picture_openings: &["image de", "image d’", "image d'", "une image de", "photo de", "photo d’", "photo d'", "une photo de", "photographie de"],
            picture_names: &["image", "photo", "photographie", "graphique", "figure", "icône", "illustration", "capture d’écran"],
            fill_in: &["votre numéro ici", "ton numéro ici", "numéro ici", "numéro", "téléphone", "numéro de téléphone"],
        },
    ),
    (
        "de",
        Lists {
            joined: true,
            limits: &[
                "gefahr",
                "gefähr",
                "verletz",
                "suizid",
                "selbstmord",
                "umbring",
                "töten",
                "antun",
                "gewalt",
                "missbrauch",
                "misshandl",
                "vernachlässig",
                "bedroh",
                "notfall",
                "kindeswohl",
                "gericht",
                "richter",
                "gesetz",
            ],
            practice: &[
                "übung",
                "geübt",
                "übt",
                "aufgabe",
                "protokoll",
                "tagebuch",
                "arbeitsblatt",
                "versucht",
                "probiert",
                "zwischen den treffen",
                "zwischen den sitzungen",
                "letztes mal",
                "letzte mal",
                "letzten mal",
                "letzten treffen",
                "letzten sitzung",
            ],
            empty_links: &[
                "hier",
                "hier klicken",
                "klick hier",
                "klicke hier",
                "klicken sie hier",
                "link",
                "der link",
                "dieser link",
                "diesen link",
                "diese seite",
                "seite",
                "mehr",
                "mehr lesen",
                "weiterlesen",
                "mehr erfahren",
                "weitere informationen",
                "mehr informationen",
                "herunterladen",
            ],
            picture_openings: &[
                "bild von",
                "ein bild von",
                "bild eine",
                "foto von",
                "ein foto von",
                "foto eine",
                "abbildung von",
                "abbildung eine",
                "grafik von",
            ],
            picture_names: &["bild", "foto", "grafik", "abbildung", "figur", "symbol", "illustration", "bildschirmfoto"],
            fill_in: &["ihre nummer hier", "deine nummer hier", "nummer hier", "nummer", "telefon", "telefonnummer"],
        },
    ),
    (
        "ar",
        Lists {
            joined: true,
            limits: &["خطر", "أذى", "إيذاء", "يؤذي", "تؤذي", "انتحار", "قتل", "عنف", "إساءة", "اعتداء", "إهمال", "تهديد", "طوارئ", "قاض", "محكمة", "قانون"],
            practice: &[
                "تمرين",
                "تمارين",
                "تدريب",
                "تدرّب",
                "واجب",
                "مارس",
                "جرّب",
                "جرب",
                "سجل",
                "سجلّ",
                "يوميات",
                "ورقة العمل",
                "المرة الماضية",
                "الجلسة الماضية",
                "الجلسة السابقة",
            ],
            empty_links: &["هنا", "اضغط هنا", "انقر هنا", "رابط", "الرابط", "هذا الرابط", "هذه الصفحة", "الصفحة", "المزيد", "اقرأ المزيد", "تنزيل"],
            picture_openings: &["صورة ل", "صورة من", "رسم ل"],
            picture_names: &["صورة", "الصورة", "رسم", "شكل", "أيقونة", "لقطة شاشة"],
            fill_in: &["رقمك هنا", "الرقم هنا", "رقم الهاتف", "الهاتف"],
        },
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_match_at_their_beginning() {
        let en = Lists::of("en-GB").unwrap();
        assert!(en.says("When a child is being Abused.", en.limits));
        assert!(!en.says("A flaw in the pharmacy.", en.limits));
        let de = Lists::of("de").unwrap();
        assert!(de.says("Bei Lebensgefahr rufen wir an.", de.limits));
        let ar = Lists::of("ar").unwrap();
        assert!(ar.says("إلا إذا كان أحد في الخطر", ar.limits));
        assert!(Lists::of("nl").is_none());
    }

    proptest::proptest! {
        /// In one walk, words are found where looking for each of them finds them.
        #[test]
        fn one_walk_finds_what_many_find(text in "([aglw é.]|log|law|tried|try out|at risk|last |time){0,12}") {
            let en = Lists::of("en").unwrap();
            for words in [en.limits, en.practice] {
                let begins = |at: usize| !text.get(..at).unwrap().ends_with(char::is_alphanumeric);
                let found = words.iter().any(|word| text.match_indices(word).any(|(at, _)| begins(at)));
                proptest::prop_assert_eq!(en.says(&text, words), found);
            }
        }
    }

    #[test]
    fn all_words_are_in_small_letters_and_no_list_is_empty() {
        for (code, lists) in LISTS {
            for list in [lists.limits, lists.practice, lists.empty_links, lists.picture_openings, lists.picture_names, lists.fill_in] {
                assert!(!list.is_empty(), "{code}");
                assert!(list.iter().all(|word| *word == word.to_lowercase() && word.trim() == *word), "{code}: {list:?}");
            }
        }
    }
}
