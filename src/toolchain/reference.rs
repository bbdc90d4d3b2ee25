//! `docs`: the reference of a document as a site of files, which needs no server and loads nothing from elsewhere.

mod book;
mod frame;
mod message;
mod operation;
mod problems;
mod rules;
mod sample;
mod schema;
mod search;
mod start;
#[cfg(test)]
mod tests;
mod write;

use codegen::Source;
use maud::html;

use super::html::STYLE;
use book::{Book, Home};
use frame::{Page, frame};
pub use write::write;

const SCRIPT: &str = include_str!("reference/site.js");

/// A file of the site.
#[derive(Debug)]
pub struct File {
    /// Below the site's folder, with `/` between.
    pub path: String,
    pub text: String,
}

/// Every file of a document's reference. `index.html` is where to begin.
pub fn site(source: &Source) -> Vec<File> {
    let book = Book::read(source);
    let mut files = vec![
        file("style.css", STYLE.to_owned()),
        file("site.js", SCRIPT.to_owned()),
        file("search.js", search::index(&book)),
        file("openapi.json", source.original_json()),
        file("index.html", start::page(&book)),
        file("schemas.html", schema::list(&book)),
    ];
    if !book.problems.is_empty() {
        files.push(file("problems.html", problems::page(&book)));
    }
    for operation in &book.operations {
        files.push(file(&operation.file, operation::page(&book, operation)));
    }
    for home in &book.schemas {
        files.push(file(&home.file, schema_page(&book, home)));
    }
    files
}

fn file(path: &str, text: String) -> File {
    File {
        path: path.to_owned(),
        text,
    }
}

fn schema_page<'a>(book: &Book<'a>, home: &Home<'a>) -> String {
    let page = Page::below(book, &home.name);
    let content = html! {
        p.crumbs { a href="../schemas.html" { "Schemas" } }
        h1 { (home.name) }
        (schema::whole(&page, &home.part))
        (sample::of_schema(&page, &home.part))
        @let users = book.users(home);
        @if !users.is_empty() {
            h2 #used { "Used by" }
            ul.plain { @for user in users { li { (page.operation_link(user)) } } }
        }
    };
    frame(&page, None, &content)
}
