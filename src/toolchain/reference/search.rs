//! What the search of the site looks through: a script, since a page on a disk may not read other files.

use serde_json::{Value, json};

use super::book::Book;

/// Words of a description that are searched, in characters.
const WORDS: usize = 300;

/// The script that holds the index: `[file, mark, title, subtitle, words]` for each page.
pub fn index(book: &Book<'_>) -> String {
    let mut rows: Vec<Value> = Vec::new();
    for operation in &book.operations {
        let id = operation.part.text("operationId").unwrap_or_default();
        let words = words(operation.part.text("description"));
        rows.push(json!([
            operation.file,
            operation.method,
            operation.title(),
            operation.path,
            format!("{id} {words}")
        ]));
    }
    for home in &book.schemas {
        rows.push(json!([
            home.file,
            "schema",
            home.name,
            "",
            words(home.part.text("description"))
        ]));
    }
    for (code, problem) in &book.problems {
        let title = problem.text("title").unwrap_or(code);
        let file = format!("problems.html#{code}");
        rows.push(json!([
            file,
            "problem",
            title,
            code,
            words(problem.text("description"))
        ]));
    }
    format!("\"use strict\";\nwindow.pages = {};\n", Value::Array(rows))
}

fn words(text: Option<&str>) -> String {
    text.unwrap_or_default().chars().take(WORDS).collect()
}
