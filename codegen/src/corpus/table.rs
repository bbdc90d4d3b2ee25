//! What a run found, as a table for people and as JSON.

use serde_json::{Value, json};

/// How many of how many.
#[derive(Debug, Default, Clone, Copy)]
pub struct Tally {
    /// Those that did what they should.
    pub passed: usize,
    /// All.
    pub all: usize,
}

impl Tally {
    fn is_complete(self) -> bool {
        self.passed == self.all
    }

    fn text(self) -> String {
        format!("{}/{}", self.passed, self.all)
    }
}

/// What became of one document.
#[derive(Debug, Default)]
pub struct Row {
    /// Its name.
    pub document: String,
    /// Operations that the crate has.
    pub operations: usize,
    /// The crate was written.
    pub is_generated: bool,
    /// It compiles.
    pub is_compiled: bool,
    /// Its server listens.
    pub is_serving: bool,
    /// Valid requests that met the 501.
    pub served: Tally,
    /// Invalid requests that a problem refused.
    pub refused: Tally,
    /// Hostile requests that were refused by a problem, or served.
    pub hostile: Tally,
    /// Seconds for everything.
    pub seconds: f64,
    /// Seconds until the crate was written.
    pub generate_seconds: f64,
    /// Seconds of cargo.
    pub compile_seconds: f64,
    /// What the crate says less exactly than the document, by place.
    pub lost: Vec<String>,
    /// Operations for which no valid request could be made.
    pub unmade: Vec<String>,
    /// Operations for which there is no valid request: their schemas refuse every value.
    pub impossible: Vec<String>,
    /// What went wrong.
    pub failures: Vec<String>,
}

impl Row {
    /// Whether the document came through whole.
    pub fn is_good(&self) -> bool {
        self.is_serving
            && self.served.is_complete()
            && self.refused.is_complete()
            && self.hostile.is_complete()
            && self.unmade.is_empty()
            && self.failures.is_empty()
    }

    fn cells(&self) -> [String; 9] {
        let yes = |is: bool| if is { "yes" } else { "NO" }.to_owned();
        let told = |it: Tally| match self.is_serving {
            true => it.text(),
            false => "NO".to_owned(),
        };
        [
            self.document.clone(),
            self.operations.to_string(),
            yes(self.is_generated),
            yes(self.is_compiled),
            told(self.served),
            told(self.refused),
            told(self.hostile),
            format!("{:.1}", self.seconds),
            self.lost.len().to_string(),
        ]
    }

    fn to_json(&self) -> Value {
        let tally = |it: Tally| json!({ "passed": it.passed, "all": it.all });
        json!({
            "document": self.document,
            "good": self.is_good(),
            "operations": self.operations,
            "generated": self.is_generated,
            "compiled": self.is_compiled,
            "serving": self.is_serving,
            "served": tally(self.served),
            "refused": tally(self.refused),
            "hostile": tally(self.hostile),
            "seconds": { "all": self.seconds, "generate": self.generate_seconds, "compile": self.compile_seconds },
            "lost": self.lost,
            "unmade": self.unmade,
            "impossible": self.impossible,
            "failures": self.failures,
        })
    }
}

const TITLES: [&str; 9] = [
    "document",
    "operations",
    "generated",
    "compiled",
    "served",
    "refused",
    "hostile",
    "seconds",
    "lost",
];

/// The rows under each other, and a last line that sums up.
pub fn print(rows: &[Row]) {
    let mut lines = vec![TITLES.map(str::to_owned)];
    lines.extend(rows.iter().map(Row::cells));
    let width = |column: usize| {
        let cells = lines.iter().filter_map(|line| line.get(column));
        cells
            .map(|cell| cell.chars().count())
            .max()
            .unwrap_or_default()
    };
    let widths: Vec<usize> = (0..TITLES.len()).map(width).collect();
    for line in &lines {
        let cells = line.iter().zip(&widths).enumerate();
        let cells = cells.map(|(index, (cell, width))| match index {
            0 => format!("{cell:<width$}"),
            _ => format!("{cell:>width$}"),
        });
        println!("{}", cells.collect::<Vec<_>>().join("  "));
    }
    let good = rows.iter().filter(|row| row.is_good()).count();
    println!("{good} of {} documents came through whole", rows.len());
}

/// The table as JSON text.
pub fn to_json(rows: &[Row]) -> String {
    let rows: Vec<Value> = rows.iter().map(Row::to_json).collect();
    format!("{:#}\n", json!({ "documents": rows }))
}
