//! Reads words, of a text or of a page, as hashes.
//!
//! A word is letters and digits in a row, in small letters; apostrophes and signs that nobody sees do not part it. Digits alone are
//! no word: a scale from 0 to 10 is nobody's words. What a page shows and what stands inside its tags are read apart. `slowly` says
//! all this letter by letter. It is asked where a page is not plain: nearly all of one are words of ASCII between spaces, tags and
//! other signs that part them, and those are read 64 bytes at a time, with a bit for each byte.

/// How many bytes are looked at together: a bit for each fits into a number.
const BLOCK: usize = 64;
/// How many bytes of a word are hashed together.
const STEP: usize = 8;
/// The most words that a block can have.
const MOST: usize = BLOCK / 2;
/// How many words are kept before they are handed on.
const ROOM: usize = 512;

/// What takes words, row by row.
pub(super) type See<'s> = dyn FnMut(&[u64]) + 's;

/// Reads texts and pages, one after the other.
#[derive(Default)]
pub(super) struct Reading {
    /// What is shown, and what stands inside tags.
    rows: [Row; 2],
    /// Whether a tag has begun.
    inside: bool,
    /// Whether tags and entities are read as such.
    is_page: bool,
    /// A text with spaces behind it, so that all of it can be read in blocks.
    padded: Vec<u8>,
}

impl Reading {
    /// The words of a plain text; `say` is called with what takes its pieces, one after the other.
    pub(super) fn text(&mut self, say: impl FnOnce(&mut dyn FnMut(&str))) -> Vec<u64> {
        let mut padded = std::mem::take(&mut self.padded);
        padded.clear();
        say(&mut |piece| padded.extend_from_slice(piece.as_bytes()));
        let end = padded.len();
        padded.resize(end + BLOCK + STEP, b' ');
        let mut words = Vec::new();
        self.is_page = false;
        self.all(&padded, end, 0, &mut |row| words.extend_from_slice(row));
        self.padded = padded;
        words
    }

    /// Hands on the words that a page shows, and those inside its tags, with entities written out. Any `together` words in a row
    /// are handed on in one row. Bytes that are no text part words.
    pub(super) fn page(&mut self, bytes: &[u8], together: usize, see: &mut See<'_>) {
        self.is_page = true;
        self.all(bytes, bytes.len(), together - 1, see);
    }

    /// Reads bytes as far as `end`, or as the block that goes over it.
    fn all(&mut self, bytes: &[u8], end: usize, keep: usize, see: &mut See<'_>) {
        self.inside = false;
        let mut at = 0;
        while at < end {
            for row in &mut self.rows {
                row.hand_on_when_full(keep, see);
            }
            at += match self.block(bytes, at) {
                0 => self.slowly(bytes, at, keep, see),
                read => read,
            };
        }
        for row in &mut self.rows {
            row.part();
            see(row.words.get(..row.length).unwrap_or_default());
            row.length = 0;
        }
    }

    /// Reads a block as far as it is plain, and gives how many bytes that is. No word has begun before it, and none will have behind it.
    fn block(&mut self, bytes: &[u8], at: usize) -> usize {
        let Some(window) = bytes.get(at..).and_then(|rest| rest.first_chunk()) else { return 0 };
        let Signs { word, open, close, quote, other } = Signs::of(window, self.is_page);
        let turns = open | close;
        // From each `<` to the byte before its `>`: a bit is turned by every turn up to its own.
        let mut within = turns;
        for by in [1, 2, 4, 8, 16, 32] {
            within ^= within << by;
        }
        if self.inside {
            within = !within;
        }
        let before = within ^ turns;
        let starts = word & !(word << 1);
        let ends = !word & (word << 1);
        // A quote needs care inside a word alone: behind letters, and not before a sign that parts words.
        let in_word = quote & ends & ((word | turns | quote | other) >> 1 | 1 << (BLOCK - 1));
        let odd = other | in_word | (open & before) | (close & !before);
        let start_of_word = |end: u32| if end == 0 { 0 } else { end - (word << (64 - end)).leading_ones() };
        // A word at the end may go on.
        let mut length = start_of_word(odd.trailing_zeros());
        // So may one before a tag, if a letter stands right behind the tag.
        let mut tagged = ends & open & below(length);
        while tagged != 0 {
            let tag = tagged.trailing_zeros();
            if is_letter_behind_tag(bytes, at + tag as usize, close >> tag) {
                length = start_of_word(tag);
                break;
            }
            tagged &= tagged - 1;
        }
        for (row, stream) in self.rows.iter_mut().zip([!within, within]) {
            let mut starts = starts & stream & below(length);
            let mut ends = ends & (stream << 1);
            while starts != 0 {
                let (hash, has_letter) = plain_hash(window, starts.trailing_zeros() as usize, ends.trailing_zeros() as usize);
                row.add(hash, has_letter);
                starts &= starts - 1;
                ends &= ends - 1;
            }
        }
        if length > 0 {
            self.inside = within >> (length - 1) & 1 == 1;
        }
        length as usize
    }

    /// Reads letter by letter until no word has begun, and gives how many bytes that is.
    fn slowly(&mut self, bytes: &[u8], from: usize, keep: usize, see: &mut See<'_>) -> usize {
        let [shown, in_tags] = &mut self.rows;
        let mut at = from;
        while at < bytes.len() {
            let (mut c, mut length) = letter(bytes, at);
            let row = if self.inside { &mut *in_tags } else { &mut *shown };
            match c {
                '<' if self.is_page => self.inside = true,
                '>' if self.is_page => {
                    self.inside = false;
                    // Tags part words in their own stream, and not in the text around them.
                    in_tags.part();
                    if !letter(bytes, at + 1).0.is_alphanumeric() {
                        shown.part();
                    }
                }
                _ => {
                    if c == '&' && self.is_page {
                        (c, length) = entity(bytes.get(at..).unwrap_or_default());
                    }
                    row.read(c);
                    row.hand_on_when_full(keep, see);
                }
            }
            at += length;
            if shown.begun.is_empty() && in_tags.begun.is_empty() {
                break;
            }
        }
        at - from
    }
}

/// Words that have been read, and the one that has begun.
struct Row {
    words: [u64; ROOM],
    length: usize,
    begun: Vec<u8>,
    has_letter: bool,
}

impl Default for Row {
    fn default() -> Self {
        Self { words: [0; ROOM], length: 0, begun: Vec::new(), has_letter: false }
    }
}

impl Row {
    fn read(&mut self, c: char) {
        if c.is_alphanumeric() {
            self.has_letter |= c.is_alphabetic();
            for small in c.to_lowercase() {
                self.begun.extend_from_slice(small.encode_utf8(&mut [0; 4]).as_bytes());
            }
        } else if !matches!(c, '\'' | '’' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}') {
            self.part();
        }
    }

    /// Ends a word, if one has begun.
    fn part(&mut self) {
        if !self.begun.is_empty() {
            let has_letter = std::mem::take(&mut self.has_letter);
            self.add(hash(&self.begun), has_letter);
            self.begun.clear();
        }
    }

    fn add(&mut self, hash: u64, has_letter: bool) {
        // There is room, since a full row has been handed on: `%` never changes the place, but spares a question for each word.
        if let Some(place) = self.words.get_mut(self.length % ROOM) {
            *place = hash;
        }
        self.length += usize::from(has_letter);
    }

    /// Makes room for the words of a block. The last `keep` words stay, to be seen with those that follow.
    fn hand_on_when_full(&mut self, keep: usize, see: &mut See<'_>) {
        if self.length > ROOM - MOST {
            see(self.words.get(..self.length).unwrap_or_default());
            self.words.copy_within(self.length - keep..self.length, 0);
            self.length = keep;
        }
    }
}

/// Which bytes of a block are of a kind; the first byte has the lowest bit.
#[derive(Default)]
struct Signs {
    /// Letters and digits of ASCII.
    word: u64,
    open: u64,
    close: u64,
    /// Straight apostrophes.
    quote: u64,
    /// What is to be read slowly: entities, and all that is not ASCII.
    other: u64,
}

impl Signs {
    fn of(window: &[u8; BLOCK + STEP], is_page: bool) -> Self {
        let mut kinds = [0; BLOCK];
        let mut all = 0;
        for (kind, &byte) in kinds.iter_mut().zip(window) {
            let word = (byte | 0x20).wrapping_sub(b'a') < 26 || byte.wrapping_sub(b'0') < 10;
            let (open, close) = (byte == b'<' && is_page, byte == b'>' && is_page);
            let other = byte >= 0x80 || (byte == b'&' && is_page);
            *kind = u8::from(word) | u8::from(open) << 1 | u8::from(close) << 2 | u8::from(byte == b'\'') << 3 | u8::from(other) << 4;
            all |= *kind;
        }
        let bits = |kind: u32| {
            let mut bits = 0;
            for (nth, eight) in kinds.as_chunks().0.iter().enumerate() {
                let eight = u64::from_le_bytes(*eight) >> kind & 0x0101_0101_0101_0101;
                // The bits of eight bytes come together in the highest byte of the product.
                bits |= (eight.wrapping_mul(0x0102_0408_1020_4080) >> 56) << (8 * nth);
            }
            bits
        };
        let signs = Self { word: bits(0), open: bits(1), close: bits(2), ..Self::default() };
        if all >> 3 == 0 { signs } else { Self { quote: bits(3), other: bits(4), ..signs } }
    }
}

/// Bits below a bit.
fn below(bit: u32) -> u64 {
    !u64::MAX.checked_shl(bit).unwrap_or_default()
}

/// Whether a letter or a digit stands right behind the tag that begins at a place. `closes` has a bit for each `>` that is known.
fn is_letter_behind_tag(bytes: &[u8], tag: usize, closes: u64) -> bool {
    let far = || bytes.get(tag..)?.iter().position(|byte| *byte == b'>');
    let length = if closes == 0 { far() } else { Some(closes.trailing_zeros() as usize) };
    length.is_some_and(|length| letter(bytes, tag + length + 1).0.is_alphanumeric())
}

/// The letter at a place, and its length in bytes; a byte that is none is read as a sign.
fn letter(bytes: &[u8], at: usize) -> (char, usize) {
    match bytes.get(at) {
        Some(byte) if byte.is_ascii() => (char::from(*byte), 1),
        _ => {
            let near = bytes.get(at..bytes.len().min(at + 4)).unwrap_or_default();
            let letter = near.utf8_chunks().next().and_then(|chunk| chunk.valid().chars().next());
            letter.map_or((char::REPLACEMENT_CHARACTER, 1), |letter| (letter, letter.len_utf8()))
        }
    }
}

/// The letter of an entity at the start of a text, and its length in bytes.
fn entity(text: &[u8]) -> (char, usize) {
    // An entity is short; a page of `&` must not be walked to its end for each of them.
    let near = text.get(1..text.len().min(12)).unwrap_or_default();
    let name = near.iter().position(|byte| *byte == b';').and_then(|end| near.get(..end));
    let Some(name) = name.and_then(|name| std::str::from_utf8(name).ok()) else { return ('&', 1) };
    let number = name.strip_prefix('#').and_then(|digits| match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => digits.parse().ok(),
    });
    let letter = match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some(' '),
        _ => number.and_then(char::from_u32),
    };
    letter.map_or(('&', 1), |letter| (letter, name.len() + 2))
}

/// The hash of a word in small letters.
fn hash(word: &[u8]) -> u64 {
    word.chunks(STEP).fold(SEED, |hash, step| {
        let mut bytes = [0; STEP];
        bytes.iter_mut().rev().zip(step.iter().rev()).for_each(|(to, from)| *to = *from);
        mixed(hash ^ u64::from_le_bytes(bytes))
    })
}

/// The hash of a word of ASCII between two places of a block, and whether it has a letter.
fn plain_hash(window: &[u8; BLOCK + STEP], start: usize, end: usize) -> (u64, bool) {
    let (mut hash, mut has_letter) = (SEED, 0);
    let mut at = start;
    loop {
        let bytes = window.get(at..).and_then(|rest| rest.first_chunk()).copied().unwrap_or_default();
        // This bit makes letters small, and digits have it.
        let small = u64::from_le_bytes(bytes) | 0x2020_2020_2020_2020;
        let step = small << (8 * STEP.saturating_sub(end - at));
        // This one letters have, and digits have not.
        has_letter |= step & 0x4040_4040_4040_4040;
        hash = mixed(hash ^ step);
        at += STEP;
        if at >= end {
            return (hash, has_letter != 0);
        }
    }
}

const SEED: u64 = 0xcbf2_9ce4_8422_2325;

/// A number with all its bits mixed: the two halves of a product.
fn mixed(number: u64) -> u64 {
    let wide = u128::from(number) * 0x9e37_79b9_7f4a_7c15;
    wide as u64 ^ (wide >> 64) as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Words as they are read, letter by letter: what is read quickly must be the same.
    #[derive(Default)]
    struct Simple {
        read: Vec<String>,
        word: String,
        has_letter: bool,
    }

    impl Simple {
        fn read(&mut self, c: char) {
            if c.is_alphanumeric() {
                c.to_lowercase().for_each(|small| self.word.push(small));
                self.has_letter |= c.is_alphabetic();
            } else if !matches!(c, '\'' | '’' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}') {
                self.part();
            }
        }

        fn part(&mut self) {
            let word = std::mem::take(&mut self.word);
            if std::mem::take(&mut self.has_letter) {
                self.read.push(word);
            }
        }

        fn end(mut self) -> Vec<u64> {
            self.part();
            self.read.iter().map(|word| hash(word.as_bytes())).collect()
        }
    }

    fn simple_text(text: &str) -> Vec<u64> {
        let mut words = Simple::default();
        text.chars().for_each(|c| words.read(c));
        words.end()
    }

    /// The words that a page shows, and those inside its tags.
    fn simple_page(html: &str) -> [Vec<u64>; 2] {
        let (mut shown, mut in_tags) = (Simple::default(), Simple::default());
        let mut inside = false;
        let mut rest = html;
        while let Some(c) = rest.chars().next() {
            let mut length = c.len_utf8();
            let stream = if inside { &mut in_tags } else { &mut shown };
            match c {
                '<' => inside = true,
                '>' => {
                    inside = false;
                    in_tags.part();
                    if !rest.chars().nth(1).is_some_and(char::is_alphanumeric) {
                        shown.part();
                    }
                }
                '&' => {
                    let letter;
                    (letter, length) = entity(rest.as_bytes());
                    stream.read(letter);
                }
                c => stream.read(c),
            }
            rest = rest.split_at(length).1;
        }
        [shown.end(), in_tags.end()]
    }

    fn rows(bytes: &[u8], together: usize) -> Vec<Vec<u64>> {
        let mut rows = Vec::new();
        Reading::default().page(bytes, together, &mut |row| rows.push(row.to_vec()));
        rows
    }

    fn piece() -> impl Strategy<Value = Vec<u8>> {
        let of = |regex| proptest::string::bytes_regex(regex).unwrap();
        prop_oneof![
            8 => of("[a-zA-Z]{1,9} {1,2}"),
            3 => of("[a-zA-Z0-9]{1,20}"),
            4 => of("[ .,:;=\"/\n@\\[`{^_~-]{1,3}"),
            2 => of("<[a-z]{1,4}( [a-z]{2,6}=\"[a-z ]{0,40}\")?>|</[a-z]{1,4}>"),
            1 => of("[<>&';#]"),
            1 => of("&(amp|lt|gt|quot|apos|nbsp|shy|#39|#x27|#173|#65|#x42|#xe9|#\\+66|#xD800|#0)[; ]?"),
            1 => of("&[a-z#0-9é]{0,12};"),
            1 => of("[’\u{ad}\u{200b}\u{200d}\u{2060}\u{a0}–“éÀİßǅ½²٣アก\u{301}😀]"),
            1 => proptest::collection::vec(any::<u8>(), 1..4),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        #[test]
        fn quick_reading_is_simple_reading(pieces in proptest::collection::vec(piece(), 0..60)) {
            let bytes = pieces.concat();
            let text = String::from_utf8_lossy(&bytes);
            prop_assert_eq!(rows(&bytes, 1), simple_page(&text), "{}", text);
            let pieces = |see: &mut dyn FnMut(&str)| text.split_inclusive('e').for_each(see);
            prop_assert_eq!(Reading::default().text(pieces), simple_text(&text), "{}", text);
        }

        // What is long is handed on in rows, and every few words of it stand in one.
        #[test]
        fn what_stands_together_is_seen_together(pieces in proptest::collection::vec(piece(), 1..60), times in 1..60usize) {
            let bytes = pieces.concat().repeat(times);
            let windows = |rows: &[Vec<u64>]| rows.iter().flat_map(|row| row.windows(8).map(<[u64]>::to_vec)).collect::<std::collections::BTreeSet<_>>();
            prop_assert!(windows(&rows(&bytes, 8)) == windows(&simple_page(&String::from_utf8_lossy(&bytes))));
            let all: usize = rows(&bytes, 1).iter().map(Vec::len).sum();
            prop_assert_eq!(all, simple_page(&String::from_utf8_lossy(&bytes)).concat().len());
        }
    }

    #[test]
    fn entities_are_written_out() {
        assert_eq!(rows(b"a&amp;b&#x41;&unknown;& c", 1)[0], simple_text("a&bA&unknown;& c"));
        assert_eq!(rows(b"<i class=\"x y\">z</i>", 1), [simple_text("z"), simple_text("i class x y i")]);
        assert_eq!(rows(b"one<b>two</b> three", 1)[0], simple_text("onetwo three"));
    }
}
