//! How many syllables an English word has: groups of vowels, and what is known of silent and doubled ones. Held against the
//! 7,784 most frequent words that the CMU Pronouncing Dictionary has, it is wrong for 2.5 in 100, half of them abbreviations.

/// Counts the syllables of an English word. A word without a vowel (`Mr`, a number) has one.
pub fn syllables(word: &str) -> u32 {
    let word = word.to_lowercase().replace('’', "'");
    let (base, ending) = word.split_once('\'').unwrap_or((word.as_str(), ""));
    let extra = match ending {
        // did-n't, is-n't, but can't, don't.
        "t" => u32::from(base.ends_with("dn") || base.ends_with("sn")),
        "s" => u32::from(["s", "x", "z", "ch", "sh", "ce", "ge", "se"].iter().any(|hiss| base.ends_with(hiss))),
        _ => 0,
    };
    let base = if ending == "t" { base.strip_suffix('n').unwrap_or(base) } else { base };
    base.split('-').map(part).sum::<u32>() + extra
}

/// Words whose letters do not show their syllables, in order.
const ODD: &[(&str, u32)] = &[
    ("agenda", 3),
    ("area", 3),
    ("areas", 3),
    ("argue", 2),
    ("behavior", 3),
    ("behaviors", 3),
    ("behaviour", 3),
    ("behaviours", 3),
    ("being", 2),
    ("business", 2),
    ("businesses", 3),
    ("chocolate", 2),
    ("colleague", 2),
    ("colleagues", 2),
    ("convenient", 3),
    ("create", 2),
    ("created", 3),
    ("creates", 2),
    ("creating", 3),
    ("creative", 3),
    ("creature", 2),
    ("creatures", 2),
    ("diabetes", 4),
    ("diamond", 2),
    ("different", 3),
    ("element", 3),
    ("elements", 3),
    ("employee", 3),
    ("employees", 3),
    ("employer", 3),
    ("employers", 3),
    ("evening", 2),
    ("evenings", 2),
    ("every", 2),
    ("fluid", 2),
    ("friend", 1),
    ("friendly", 2),
    ("friends", 1),
    ("genius", 2),
    ("genuine", 3),
    ("giant", 2),
    ("hatred", 2),
    ("hundred", 2),
    ("hundreds", 2),
    ("idea", 3),
    ("ideas", 3),
    ("implement", 3),
    ("layer", 2),
    ("layered", 2),
    ("layers", 2),
    ("lion", 2),
    ("marriage", 2),
    ("maybe", 2),
    ("minute", 2),
    ("museum", 3),
    ("naked", 2),
    ("people", 2),
    ("peoples", 2),
    ("player", 2),
    ("players", 2),
    ("poem", 2),
    ("premier", 2),
    ("quiet", 2),
    ("quietly", 3),
    ("real", 1),
    ("recipe", 3),
    ("rhythm", 2),
    ("ruin", 2),
    ("ruined", 2),
    ("sacred", 2),
    ("safely", 2),
    ("safety", 2),
    ("science", 2),
    ("sciences", 3),
    ("scientist", 3),
    ("settlement", 3),
    ("simile", 3),
    ("soldier", 2),
    ("soldiers", 2),
    ("someone", 2),
    ("suicidal", 4),
    ("suicide", 3),
    ("supplement", 3),
    ("theatre", 3),
    ("valuable", 3),
    ("variety", 4),
    ("vegetable", 3),
    ("vegetables", 3),
    ("via", 2),
    ("wednesday", 2),
    ("wicked", 2),
];

/// Words that others are made of and that end in a silent `e`: some-thing, life-time.
const SILENT_INSIDE: &[&str] = &[
    "some", "time", "life", "home", "where", "there", "here", "house", "note", "like", "take", "make", "care", "base", "guide", "frame", "safe", "face", "name",
];

/// Endings before which an `e` is silent: safe-ly, hope-less, move-ment.
const AFTER_SILENT: &[&str] = &["ely", "eless", "eful", "efully", "eness", "ement", "ements", "efulness", "elessness", "etime", "etimes"];

fn part(word: &str) -> u32 {
    if let Ok(found) = ODD.binary_search_by_key(&word, |(odd, _)| odd) {
        return ODD.get(found).map_or(1, |(_, syllables)| *syllables);
    }
    // Ev-ery-one.
    if let Some(rest) = word.strip_prefix("every").filter(|rest| !rest.is_empty()) {
        return 2 + part(rest);
    }
    if let Some((first, rest)) = SILENT_INSIDE.iter().find_map(|inside| word.strip_prefix(inside).map(|rest| (*inside, rest)))
        && rest.len() > 2
        && !rest.starts_with(['a', 'e', 'i', 'o', 'u', 'y', 'r'])
    {
        return groups(first) - 1 + part(rest);
    }
    let letters: Vec<char> = word.chars().collect();
    let apart = (0..letters.len()).filter(|n| is_spoken_apart(&letters, *n, word)).count();
    let ends = |endings: &[&str]| endings.iter().any(|ending| word.ends_with(ending));
    // Aut-is-m, rhyth-m.
    let unwritten = u32::from(ends(&["ism", "isms", "thm", "thms"]));
    (groups(word) + u32::try_from(apart).unwrap_or_default() + unwritten).saturating_sub(silent(word)).max(1)
}

/// How many of the vowel groups of a word are silent.
fn silent(word: &str) -> u32 {
    let ends = |endings: &[&str]| endings.iter().any(|ending| word.ends_with(ending));
    let after_consonant = |ending: &str| word.strip_suffix(ending).is_some_and(|rest| rest.ends_with(|c| !is_vowel(c)));
    // Make, makes, baked; but ta-ble, box-es, want-ed.
    let e = after_consonant("e") && !after_consonant("le");
    let es = after_consonant("es") && !ends(&["ses", "xes", "zes", "ces", "ges", "ches", "shes"]) && !after_consonant("les");
    let ed = after_consonant("ed") && !ends(&["ted", "ded"]) && (!after_consonant("led") || ends(&["lled"]));
    // Uni-que, ton-gue; bas-i-cally.
    let others = ends(&["que", "gue", "ically"]);
    let inside = AFTER_SILENT.iter().any(|ending| word.len() > ending.len() + 1 && after_consonant(ending));
    u32::from(e || es || ed || others) + u32::from(inside)
}

/// Whether the nth letter and the one after it are two vowels that are spoken apart: me-di-a, sci-ence, do-ing.
fn is_spoken_apart(letters: &[char], n: usize, word: &str) -> bool {
    let at = |n: usize| letters.get(n).copied().unwrap_or(' ');
    let before = |far: usize| n.checked_sub(far).map_or(' ', at);
    let (last, next) = (before(1), at(n + 2));
    let ends = |endings: &[&str]| endings.iter().any(|ending| word.ends_with(ending));
    match (at(n), at(n + 1)) {
        // So-cial, bril-liant; but me-di-a, as-so-ci-ate.
        ('i', 'a') => !(matches!(last, 'c' | 't' | 's' | 'g') || last == 'l' && matches!(before(2), 'i' | 'l')) || ends(&["iate", "iated", "iation", "iating"]),
        // Na-tion, anx-ious; but ser-i-ous, vi-o-lent.
        ('i', 'o') => !matches!(last, 'c' | 't' | 's' | 'g' | 'x' | 'n' | 'l') || ends(&["iolent", "iolence"]),
        ('i', 'u') => true,
        // Pa-tient, friend; but qui-et, anxi-e-ty, sci-ence, ex-pe-ri-ence, hap-pi-er, hap-pi-est.
        ('i', 'e') => {
            let quiet = next == 't' && matches!(last, 'u' | 'x' | 'd' | 'r' | 'c');
            let science = next == 'n' && (!matches!(last, 't' | 'c' | 'r' | 'f') || last == 'r' && n > 2 && before(2) != 'f');
            let happier = n > 1 && next == 'r' && n + 3 == letters.len();
            let happiest = n > 1 && next == 's' && at(n + 3) == 't' && last != 'r';
            quiet || science || happier || happiest
        }
        ('u', 'a') => !(matches!(last, 'q' | 'g') || last == 's' && before(2) == 'r'),
        ('u', 'o') => last != 'q',
        ('u', 'e') => next == 'l' && last == 'r' || next == 'n' && last != 'q',
        ('e', 'o') => !matches!(last, 'g' | 'p'),
        // Do-ing, try-ings.
        ('y' | 'e' | 'o' | 'u', 'i') => next == 'n' && at(n + 3) == 'g' && n + 5 >= letters.len() && n > 0 && !(at(n) == 'u' && last == 'q'),
        // Re-act, re-al-i-ty, cre-a-tion.
        ('e', 'a') => last == 'r' && (matches!(next, 'c' | 'l') && matches!(at(n + 3), 't' | 'i') && n < 2 || before(2) == 'c' && next == 't'),
        ('o', 'e') => next == 'm' || next == 't' && last != 'h',
        _ => false,
    }
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

/// How many groups of vowels a word has; `y` before a vowel begins a syllable and is no vowel itself.
fn groups(word: &str) -> u32 {
    let letters: Vec<char> = word.chars().collect();
    let mut count = 0;
    let mut inside = false;
    for (n, c) in letters.iter().enumerate() {
        let glides = *c == 'y' && letters.get(n + 1).is_some_and(|next| is_vowel(*next)) && !inside;
        let vowel = is_vowel(*c) && !(glides && n == 0);
        count += u32::from(vowel && !inside);
        inside = vowel && !(*c == 'y' && n > 0 && letters.get(n + 1).is_some_and(|next| matches!(next, 'o' | 'a')));
    }
    count
}

#[cfg(test)]
mod tests {
    use super::syllables;

    /// Every 37th of the frequent words with their syllables in the CMU Pronouncing Dictionary, without those that it
    /// speaks in two ways, and without abbreviations.
    const KNOWN: &str = "post:1 started:2 members:2 whether:2 available:4 students:2 killed:1 dead:1 gold:1 exactly:3 match:1 send:1 release:2 began:2 rules:1 note:1 cold:1 \
        normal:2 reported:3 canada:3 knowledge:2 annual:3 independent:4 sunday:2 closed:1 effects:2 purpose:2 app:1 finding:2 engine:2 fourth:1 generation:4 \
        memory:3 wild:1 eastern:2 garden:2 magic:2 paying:2 ordered:2 nuclear:3 kick:1 capacity:4 arts:1 buildings:2 download:2 artists:2 values:2 sector:2 \
        specifically:4 properly:3 forgot:2 delivered:3 brings:1 stands:1 territory:4 kinda:2 heaven:2 detail:2 consumer:3 sleeping:2 mate:1 client:2 broad:1 \
        seats:1 license:2 defence:2 approval:3 racing:2 filed:1 vast:1 sarah:2 immigration:4 bound:1 processes:3 discussed:2 rating:2 horrible:3 beating:2 \
        pushed:1 employed:2 solve:1 institution:4 buried:2 ownership:3 consumers:3 roger:2 increasingly:4 christians:2 resulted:3 frequency:3 wisconsin:3 \
        leather:2 wolf:1 occurs:2 defending:3 requested:3 encouraged:3 suspended:3 edited:3 secrets:2 hurts:1 beast:1 interaction:4 alarm:2 mature:2 \
        attempting:3 parallel:3 classified:3 refugees:3 enormous:3 refers:2 counties:2 picks:1 barcelona:4 jacob:2 tasks:1 eagles:2 shirts:1 creator:3 males:1 \
        blowing:2 loyal:2 adopt:2 fights:1 samuel:2 cancel:2 metro:2 warned:1 grammar:2 treasure:2 gentleman:3 realistic:4 caps:1 protocol:3 associates:4 \
        instruction:3 staring:2 controller:3 mud:1 arabia:4 jungle:2 athlete:2 intentions:3 urge:1 fitting:2 rental:2 disappear:3 potatoes:3 bleeding:2 \
        harrison:3 repairs:2 avoided:3 ink:1 retained:2 compact:2 linda:2 tolerance:3 ellen:2 raises:2 anyways:3 freaking:2 shallow:2 championships:4 \
        navigation:4 varied:2 diving:2 namely:2 activated:4 insert:2 seller:2 betting:2 holdings:2 silicon:3 dock:1 outbreak:2 successor:3 debates:2 pity:2 \
        writings:2 frustrating:3 resign:2 bees:1 fraction:2 scholar:2 amid:2 exchanges:3 punish:2 wilderness:3 hobby:2 rescued:2 andrews:2 governors:3 \
        reflecting:3";

    /// Words that groups use, among them the ones that rules get wrong most easily.
    const OURS: &str = "anxiety:4 worry:2 breathe:1 breathing:2 feelings:2 body:2 family:3 hopeless:2 safely:2 someone:2 everyone:3 something:2         worried:2 tired:1 wanted:2 asked:1 handled:2 noises:2 changes:2 takes:1 table:2 client:2 patient:2 medicine:3 suicide:3 therapist:3         experience:4 situation:4 didn't:2 can't:1 wouldn't:2 i'm:1 you're:1 quiet:2 being:2 going:2 trying:2 easier:3 earliest:3 movement:2         sometimes:2 lifetime:2 create:2 creative:3 autism:3 rhythm:2 journal:2 idea:3 basically:3 emergency:4 relaxation:4 depression:3";

    #[test]
    fn at_most_four_in_a_hundred_are_wrong() {
        let known: Vec<(&str, &str)> = KNOWN.split_whitespace().filter_map(|pair| pair.split_once(':')).collect();
        let wrong: Vec<_> = known.iter().filter(|(word, count)| syllables(word).to_string() != *count).collect();
        assert!(known.len() == 193 && wrong.len() * 100 <= known.len() * 4, "{} wrong: {wrong:?}", wrong.len());
    }

    #[test]
    fn odd_words_are_in_order() {
        assert!(super::ODD.is_sorted());
    }

    #[test]
    fn our_own_words_are_right() {
        let wrong: Vec<_> =
            OURS.split_whitespace().filter_map(|pair| pair.split_once(':')).filter(|(word, count)| syllables(word).to_string() != *count).collect();
        assert_eq!(wrong, [], "these words have another number of syllables");
    }
}
