//! A problem is a value: what is wrong, where, and how to mend it, in a therapist's words.

use crate::source::{SourcePath, Span};

/// How much a problem matters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Severity {
    /// Stops the build: the last good site stays as it was.
    Error,
    /// Is told, and the sites are built all the same (unless `--strict`).
    Warning,
}

impl Severity {
    /// The word for it in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// What a kind of problem is about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Topic {
    /// Who reads what.
    Audience,
    /// Files, keys, blocks and links.
    Structure,
    /// Minutes and breaks.
    Time,
    /// What one session leaves to the next.
    Thread,
    /// What keeps members safe.
    Safety,
    /// How members are spoken to.
    Words,
    /// What helps those who read in other ways.
    Access,
}

/// Declares every kind of problem once, by topic: its variant, stable name, severity, and meaning.
macro_rules! codes {
    ($($topic:ident { $($variant:ident $name:literal $severity:ident $meaning:literal)* })*) => {
        /// A kind of problem. Its name is stable: it stands in JSON and in authors' settings.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
        pub enum Code { $($(#[doc = $meaning] $variant,)*)* }

        impl Code {
            /// Every kind of problem.
            pub const ALL: &'static [Code] = &[$($(Code::$variant,)*)*];

            /// The stable name.
            pub fn as_str(self) -> &'static str {
                match self { $($(Code::$variant => $name,)*)* }
            }

            /// How much a problem of this kind matters.
            pub fn severity(self) -> Severity {
                match self { $($(Code::$variant => Severity::$severity,)*)* }
            }

            /// What this kind of problem is about.
            pub fn topic(self) -> Topic {
                match self { $($(Code::$variant => Topic::$topic,)*)* }
            }

            /// What this kind of problem is, in a sentence.
            pub fn meaning(self) -> &'static str {
                match self { $($(Code::$variant => $meaning,)*)* }
            }
        }
    };
}

codes! {
    Audience {
        Leak "leak" Error "A text for facilitators was found in what members get."
        GuidePageForMembers "guide-page-for-members" Error "A file in the folder for facilitators is listed as a page for members."
        NotesInText "notes-in-text" Error "A line of a text for members says that it is for facilitators."
        PrivateMark "private-mark" Error "A text has a comment of another program, which readers would see."
    }
    Structure {
        UnreadableFile "unreadable-file" Error "A file cannot be read as text."
        UnfitPicture "unfit-picture" Error "A picture is broken, too large, or holds a program or something from elsewhere."
        FileName "file-name" Error "A file or folder has a name that cannot become a web address."
        YamlSyntax "yaml-syntax" Error "A file breaks the rules of YAML, so the rest of it cannot be read."
        LostText "lost-text" Error "YAML or Markdown would drop or change a part of the text without a word."
        CutSentence "cut-sentence" Warning "A comma between square brackets seems to have cut a sentence in two."
        CommentAfterText "comment-after-text" Warning "A text is followed by a comment that may have been meant as text."
        UnknownKey "unknown-key" Error "A key is not one that copebook knows in this place."
        DuplicateKey "duplicate-key" Error "A key is written twice in the same place."
        MissingKey "missing-key" Error "A key that is needed is not there."
        EmptyValue "empty-value" Error "A key is there, but nothing is written after it."
        WrongKind "wrong-kind" Error "A text stands where a list belongs, or the like."
        WrongValue "wrong-value" Error "A number, date or choice is not written in a way that copebook understands."
        FrontMatter "front-matter" Error "The lines between `---` at the head of a page are missing or not closed."
        UnknownBlock "unknown-block" Error "A `:::` block has a name that copebook does not know."
        UnclosedBlock "unclosed-block" Error "A `:::` block or a code fence is opened and never closed."
        MisplacedBlock "misplaced-block" Error "A `:::` line stands where it cannot open or close a block."
        BlockSettings "block-settings" Error "What follows the name of a block is not understood."
        RawHtml "raw-html" Error "A text has HTML in it."
        MarksShown "marks-shown" Warning "A text has marks that Markdown does not take, so readers would see them."
        UnknownModule "unknown-module" Error "A module is named that is not there."
        UnknownHandout "unknown-handout" Error "A handout is named that is not there."
        MissingFile "missing-file" Error "A file is named that is not there."
        UnknownTheme "unknown-theme" Error "A theme is named that is not there."
        ThemeCircle "theme-circle" Error "A theme extends itself, perhaps by way of others."
        ThemeFile "theme-file" Warning "A theme has a file that nothing uses."
        ThemeTemplate "theme-template" Error "A template of a theme cannot be used."
        ThemePolicy "theme-policy" Error "A theme has something that the pages tell browsers to forbid, such as a picture from another website."
        NoWords "no-words" Warning "The theme has no interface words in the curriculum's language, so these are English."
        DuplicateAddress "duplicate-address" Error "Two things would get the same web address."
        DuplicateTitle "duplicate-title" Warning "Two sessions, modules or handouts have the same title."
        UnknownLanguage "unknown-language" Error "Members are to get a language for which the theme has no words."
        TranslationMissing "translation-missing" Warning "Texts for members are not there in one of the curriculum's languages."
        TranslationUnsure "translation-unsure" Warning "A translation does not say from which text it was made."
        TranslationOutdated "translation-outdated" Warning "A translation was made from an earlier text."
        TranslationDiffers "translation-differs" Warning "A translation is not made of the same parts as its original."
        UnlistedFile "unlisted-file" Warning "A file is in the folder, but nothing names it, so it is on neither site."
        NumberGap "number-gap" Warning "The numbers of the sessions skip one."
        BrokenLink "broken-link" Error "A link leads to something that is not there, or that its readers cannot open."
        BrokenAnchor "broken-anchor" Error "A link leads to a heading that is not on that page."
        LinkAddress "link-address" Error "A link has an address of a kind that copebook does not allow."
        LinkLeftOut "link-left-out" Warning "A shared handout links to one that this curriculum does not use, so the link is left out."
        MissingPicture "missing-picture" Error "A picture is not there."
        RemotePicture "remote-picture" Error "A picture would be loaded from another website, which would learn who reads the page."
        UnknownRule "unknown-rule" Error "A setting under `checks` names a rule that is not there."
        RuleStaysOn "rule-stays-on" Error "A setting under `checks` would turn off a rule that nobody can turn off."
    }
    Time {
        SessionTooLong "session-too-long" Warning "A session's agenda takes longer than the group meets."
        CannotShorten "cannot-shorten" Error "An agenda item's `at_least` is longer than its `minutes`."
        NoBreak "no-break" Warning "A session of more than 90 minutes has no break."
    }
    Thread {
        NoWelcomeForNewcomers "no-newcomers" Warning "An open group does not say how to receive people who join later."
        HandoutNotListed "handout-not-listed" Warning "An agenda uses a handout that members are not given in this session or an earlier one."
        HandoutNotGivenOut "handout-not-given-out" Warning "A handout is used in no session."
        PracticeNotReviewed "practice-not-reviewed" Warning "Members practise between two sessions, and the second does not ask how it went."
        NotYetGiven "not-yet-given" Warning "Members are asked to use a handout that only a later session gives them."
    }
    Safety {
        NoCrisisLine "no-crisis-line" Error "Members would have no line to call when they are not safe."
        CrisisLineOld "crisis-line-old" Warning "A crisis line was last checked more than a year ago."
        NoAgreements "no-agreements" Warning "The curriculum does not say what its group agrees on."
        NoConfidentiality "no-confidentiality" Warning "The curriculum does not say what stays private, and the limits of that."
        NoDistressProtocol "no-distress-protocol" Warning "The curriculum does not say what to do when someone is not safe."
        CrisisLineNotChecked "crisis-line-not-checked" Warning "Nothing says when a crisis line was last checked."
        CrisisLineHours "crisis-line-hours" Warning "A crisis line does not say when someone answers."
        PlaceholderNumber "placeholder-number" Error "A crisis line has a number that belongs to nobody."
        PlaceholderInText "placeholder-in-text" Warning "A text has a number that belongs to nobody, or a place where one was to be filled in."
        ConfidentialityWithoutLimits "confidentiality-without-limits" Warning "The promise of confidentiality names no limit."
        PracticeWithoutCare "practice-without-care" Warning "A practice that may be hard for someone does not say when to stop."
    }
    Words {
        ReadingGrade "reading-grade" Warning "A handout is harder to read than the curriculum wants it to be."
        LongSentence "long-sentence" Warning "Sentences that members read have more than 25 words."
        HurtfulTerm "hurtful-term" Warning "A text for members has a term that can hurt or frighten, and there is a better one."
        OwnTerm "own-term" Warning "A text for members has a term that the curriculum's own `terms` leave out."
        FacilitatorVoice "facilitator-voice" Warning "A text for members sounds as if it were said to a facilitator."
        UnfinishedText "unfinished-text" Warning "A text for members has a mark that something is still to be written."
        PersonalData "personal-data" Warning "A text for members has what looks like the data of a person."
    }
    Access {
        PictureWithoutText "picture-without-text" Warning "A picture has no words for those who cannot see it."
        PictureWords "picture-words" Warning "The words of a picture are the name of its file, or only say that it is a picture."
        HeadingSkipped "heading-skipped" Warning "A heading is more than one step below the one above it."
        LinkWords "link-words" Warning "The words of a link do not say where it leads."
        TableWithoutHeads "table-without-heads" Warning "The columns of a table have no heads."
        LowContrast "low-contrast" Warning "Two colours of a theme are too near to each other for a text."
    }
}

impl Code {
    /// The kind with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str() == name)
    }

    /// Why an author cannot turn this rule off; nothing where she can.
    pub fn stays_on_because(self) -> Option<&'static str> {
        match (self.topic(), self.severity()) {
            (Topic::Audience, _) => Some("it keeps what is for facilitators from members"),
            (Topic::Safety, _) => Some("it keeps members safe"),
            (_, Severity::Error) => Some("without it the sites could not be made as you meant them"),
            (_, Severity::Warning) => None,
        }
    }
}

/// A second place that belongs to a problem.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Related {
    /// Where.
    pub span: Span,
    /// What is there.
    pub message: String,
}

/// A problem, told so that the author can mend it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// The kind of problem.
    pub code: Code,
    /// How much it matters.
    pub severity: Severity,
    /// Where it is.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// Other places that belong to it.
    pub related: Vec<Related>,
    /// Whether it stays a warning under `--strict`, since the author's settings say so.
    pub stays_warning: bool,
}

impl Diagnostic {
    /// A problem of a kind, at a place, in words.
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self { code, severity: code.severity(), span, message: message.into(), help: None, related: Vec::new(), stays_warning: false }
    }

    /// Adds what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds what to do, where there is something to say.
    #[must_use]
    pub fn maybe_help(mut self, help: Option<String>) -> Self {
        self.help = help;
        self
    }

    /// Adds a second place.
    #[must_use]
    pub fn related(mut self, span: Span, message: impl Into<String>) -> Self {
        self.related.push(Related { span, message: message.into() });
        self
    }

    /// Whether this problem stops the build.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// A value and the problems that were met on the way to it.
#[derive(Debug)]
pub struct Checked<T> {
    /// The value, as far as it could be made.
    pub value: T,
    /// The problems.
    pub diagnostics: Vec<Diagnostic>,
}

/// "did you mean `x`?", when one of `known` is near enough to what was written.
pub fn did_you_mean<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(written, known).map(|near| format!("did you mean `{near}`?"))
}

/// The one of `known` that is nearest to what was written, when it is near enough to have been meant.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let fold = |text: &str| text.trim().to_lowercase().replace(['_', ' '], "-");
    let wanted = fold(written);
    // Nobody means a name with a text as long as a paragraph, and to compare it takes long.
    if wanted.len() > 200 {
        return None;
    }
    known
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(&wanted, &fold(name)), name))
        .filter(|(distance, name)| *distance <= 1 + name.chars().count() / 4)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// The file or folder that a way most likely means: one of the same name elsewhere or with another ending, or nearly so.
pub fn nearest_path<'a>(written: &SourcePath, known: impl IntoIterator<Item = &'a SourcePath>) -> Option<&'a SourcePath> {
    let known: Vec<&SourcePath> = known.into_iter().collect();
    let near = nearest(written.stem(), known.iter().map(|path| path.stem()))?;
    known.into_iter().find(|path| path.stem() == near)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_found_and_far_ones_are_not() {
        let known = ["minutes", "title", "handouts", "at_least"];
        assert_eq!(nearest("minuts", known), Some("minutes"));
        assert_eq!(nearest("Title", known), Some("title"));
        assert_eq!(nearest("at-least", known), Some("at_least"));
        assert_eq!(nearest("goals", known), None);
    }

    #[test]
    fn names_are_unique() {
        let mut names: Vec<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        names.sort_unstable();
        let before = names.len();
        names.dedup();
        assert_eq!(names.len(), before);
    }
}
