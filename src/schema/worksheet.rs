//! Worksheets: the list of questions inside a block `worksheet`.

use schemars::JsonSchema;

use super::kinds::{Amount, Text};

/// A worksheet: a list of questions, each of which begins with how it is answered.
#[derive(JsonSchema)]
#[schemars(title = "A worksheet", extend("minItems" = 1))]
pub struct Worksheet(pub Vec<Question>);

/// A question, by how it is answered.
#[derive(JsonSchema)]
#[serde(untagged)]
pub enum Question {
    /// In a few words.
    Line(Line),
    /// In several lines.
    Lines(Lines),
    /// With a number.
    Scale(Scale),
    /// With any of your options.
    Check(Check),
    /// With one of your options.
    Choose(Choose),
    /// With yes or no.
    YesNo(YesNo),
    /// By filling in each part of a plan.
    Plan(Plan),
    /// In a table.
    Table(Table),
    /// With one option for each item.
    Grid(Grid),
    /// In a list of short lines.
    List(List),
    /// By filling the gaps in a sentence.
    Blanks(Blanks),
}

/// Declares a question: its own key, which is needed, and the others that it knows.
macro_rules! question {
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $kind:ty),* $(,)? }) => {
        $(#[$doc])*
        #[derive(JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $name { $($(#[$field_doc])* pub $field: $kind),* }
    };
}

question! {
    /// A question that is answered in a few words.
    Line {
        /// The question; members answer in a few words.
        line: Text,
    }
}
question! {
    /// A question that is answered in several lines.
    Lines {
        /// The question; members answer in several lines.
        lines: Text,
        /// How many lines, 1 to 200; 3 where left out.
        height: Option<Amount>,
    }
}
question! {
    /// A question that is answered with a number.
    Scale {
        /// The question; members answer with a number.
        scale: Text,
        /// The smallest number; 0 where left out.
        #[schemars(range(min = -100, max = 100))]
        from: Option<i32>,
        /// The largest number; 10 where left out.
        #[schemars(range(min = -100, max = 1000))]
        to: Option<i32>,
        /// What the smallest number means.
        low: Option<Text>,
        /// What the largest number means.
        high: Option<Text>,
    }
}
question! {
    /// A question that is answered with any of your options.
    Check {
        /// The question; members tick any of your options.
        check: Text,
        /// What members can tick.
        options: Vec<Text>,
        /// `true` for an "Other: ____" at the end.
        other: Option<bool>,
    }
}
question! {
    /// A question that is answered with one of your options.
    Choose {
        /// The question; members choose one of your options.
        choose: Text,
        /// What members can choose.
        options: Vec<Text>,
        /// `true` for an "Other: ____" at the end.
        other: Option<bool>,
    }
}
question! {
    /// A question that is answered with yes or no.
    YesNo {
        /// The question; members answer yes or no.
        yes_no: Text,
        /// What to ask after a yes.
        if_yes: Option<Text>,
        /// What to ask after a no.
        if_no: Option<Text>,
    }
}
question! {
    /// A plan to fill in.
    Plan {
        /// The name of the plan; members fill in each part of it.
        plan: Text,
        /// The names of its parts.
        slots: Vec<Text>,
    }
}
question! {
    /// A table to fill in.
    Table {
        /// What the table is for.
        table: Text,
        /// The names of its columns.
        columns: Vec<Text>,
        /// How many rows, 1 to 200; 5 where left out. Or a list of names, which then fill the first column.
        rows: Option<Rows>,
    }
}
question! {
    /// A grid: one option for each item.
    Grid {
        /// The question; members choose one option for each item.
        grid: Text,
        /// The items, one a row.
        items: Vec<Text>,
        /// The options, one a column.
        options: Vec<Text>,
    }
}
question! {
    /// A list of short lines.
    List {
        /// What to list; members write short lines.
        list: Text,
        /// How many lines, 1 to 200; 3 where left out.
        count: Option<Amount>,
    }
}
question! {
    /// A sentence with gaps.
    Blanks {
        /// The sentence; each gap is `____`.
        blanks: Text,
    }
}

/// The rows of a table.
#[derive(JsonSchema)]
#[serde(untagged)]
pub enum Rows {
    /// How many.
    Number(Amount),
    /// Their names.
    Names(Vec<Text>),
}
