//! The catalogue of problems: what can go wrong, and where.

use maud::html;
use serde_json::Value;

use super::book::{Book, Operation};
use super::frame::{Page, frame};

/// The page.
pub fn page(book: &Book<'_>) -> String {
    let page = Page::top(book, "Problems");
    let content = html! {
        h1 { "Problems" }
        p { "Every error names one of these types (RFC 9457). Branch on the type or its code, never on the words." }
        @for (code, problem) in &book.problems {
            section.problem id=(code) {
                h2 {
                    @if let Some(status) = problem.value.get("status") { span.status.bad { (status) } " " }
                    (problem.text("title").unwrap_or(code))
                }
                p.note { code { (code) } }
                @if let Some(text) = problem.text("description") { (page.prose(text)) }
                @let users: Vec<&Operation<'_>> = book.operations.iter().filter(|it| declares(it, code)).collect();
                @if !users.is_empty() {
                    details { summary { (users.len()) " operations" }
                        ul.plain { @for user in users { li { (page.operation_link(user)) } } }
                    }
                }
            }
        }
    };
    frame(&page, None, &content)
}

fn declares(operation: &Operation<'_>, code: &str) -> bool {
    let responses = operation.part.fields_of("responses");
    responses.iter().any(|(_, response)| {
        let codes = response.value.get("x-problems").and_then(Value::as_array);
        codes.into_iter().flatten().any(|known| known == code)
    })
}
