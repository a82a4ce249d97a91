//! Fences of code in Markdown: between them, nothing is a block.

/// A line that opens a stretch of code, or closes one.
#[derive(Debug)]
pub struct Fence {
    mark: char,
    length: usize,
}

impl Fence {
    /// Whether another fence, which stands on `line`, ends the code that this one begins.
    pub fn is_closed_by(&self, other: &Self, line: &str) -> bool {
        other.mark == self.mark && other.length >= self.length && line.trim().chars().all(|c| c == self.mark)
    }

    /// The fence as it is written.
    pub fn shown(&self) -> String {
        self.mark.to_string().repeat(self.length)
    }
}

/// The fence that a line is, when it is one.
pub fn code_fence(line: &str) -> Option<Fence> {
    let bare = line.trim_start_matches(' ');
    if line.len() - bare.len() > 3 {
        return None;
    }
    let mark = bare.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = bare.chars().take_while(|c| *c == mark).count();
    let info = bare.get(length..).unwrap_or_default();
    (length >= 3 && !(mark == '`' && info.contains('`'))).then_some(Fence { mark, length })
}
