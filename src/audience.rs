//! Whose text may be seen by whom: the whole policy of copebook, in types.
//!
//! A text carries its audience from the key or file that declares it. A page for members is written through a
//! [`Reader<Member>`], which opens members' text only; facilitators read both. The one `impl` that is missing below,
//! `MayRead<Facilitator> for Member`, is the promise.

use std::fmt;
use std::marker::PhantomData;

use crate::source::{Span, Text};

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Facilitator {}
    impl Sealed for super::Member {}
}

/// A group of readers. There are two, and no more can be added from elsewhere.
pub trait Audience: sealed::Sealed + Send + Sync + 'static {
    /// The name of this audience's folder in the output.
    const NAME: &'static str;
    /// The name of this audience's folder of templates and styles in a theme.
    const TEMPLATES: &'static str;
}

/// The one or two therapists who run the group.
pub enum Facilitator {}

/// The people in the group.
pub enum Member {}

impl Audience for Facilitator {
    const NAME: &'static str = "facilitator";
    const TEMPLATES: &'static str = "guide";
}

impl Audience for Member {
    const NAME: &'static str = "members";
    const TEMPLATES: &'static str = "members";
}

/// Says that pages for `Self` may show text written for `A`.
#[diagnostic::on_unimplemented(message = "a page for `{Self}` cannot show text written for `{A}`", label = "not for this reader")]
pub trait MayRead<A: Audience>: Audience {}

impl MayRead<Member> for Member {}
impl MayRead<Member> for Facilitator {}
impl MayRead<Facilitator> for Facilitator {}

/// A text in Markdown, written for `A`. It can be opened by a [`Reader`] only: it is not printed, compared or serialised.
pub struct Prose<A> {
    text: Text,
    audience: PhantomData<fn() -> A>,
}

impl<A: Audience> Prose<A> {
    /// Takes a text from the key or file that declares its audience. Only `load` does this.
    pub(crate) fn written(text: Text) -> Self {
        Self { text, audience: PhantomData }
    }

    /// Where the text was written.
    pub fn span(&self) -> &Span {
        &self.text.span
    }
}

impl<A> Clone for Prose<A> {
    fn clone(&self) -> Self {
        Self { text: self.text.clone(), audience: PhantomData }
    }
}

impl<A: Audience> fmt::Debug for Prose<A> {
    /// Shows the place, never the text.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Span { file, line, .. } = self.span();
        write!(f, "Prose<{}>({file}:{line})", A::NAME)
    }
}

/// The eyes of one audience.
pub struct Reader<V>(PhantomData<fn() -> V>);

impl<V: Audience> Reader<V> {
    /// A reader of this audience.
    pub(crate) fn new() -> Self {
        Self(PhantomData)
    }

    /// Opens a text that this audience may read.
    pub fn open<'p, A: Audience>(&self, prose: &'p Prose<A>) -> &'p Text
    where
        V: MayRead<A>,
    {
        &prose.text
    }
}
