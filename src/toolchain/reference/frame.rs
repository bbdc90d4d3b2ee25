//! What is around every page of the reference: its head, the bar with the search, the contents.

use std::cell::Cell;

use codegen::schema::Direction;
use maud::{DOCTYPE, Markup, html};

use super::book::{Book, Group, Operation};
use crate::toolchain::html::{LINKED, Text, markdown};

/// Beyond so many operations the contents list those of the open group alone.
const LISTED: usize = 250;

/// Members that one page describes in full; beyond them schemas are only named, with links to their pages.
const MEMBERS: usize = 400;

/// A page that is being written.
pub struct Page<'b, 'a> {
    pub book: &'b Book<'a>,
    pub title: String,
    /// The way to the folder of the site.
    pub root: &'static str,
    /// Which way the values travel that are described, where that is known.
    pub way: Cell<Option<Direction>>,
    pub members: Cell<usize>,
}

impl<'b, 'a> Page<'b, 'a> {
    /// A page in the folder of the site.
    pub fn top(book: &'b Book<'a>, title: &str) -> Self {
        Self {
            book,
            title: title.to_owned(),
            root: "",
            way: Cell::new(None),
            members: Cell::new(MEMBERS),
        }
    }

    /// A page in a folder below.
    pub fn below(book: &'b Book<'a>, title: &str) -> Self {
        Self {
            root: "../",
            ..Self::top(book, title)
        }
    }

    /// A description, its headings below those of the page.
    pub fn prose(&self, text: &str) -> Markup {
        html! { div.prose { (self.text(text, 2).html) } }
    }

    /// A description with its headings.
    pub fn text(&self, text: &str, level: usize) -> Text {
        markdown(text, level, &|written| self.resolve(written))
    }

    /// Where what a description links to is: operations and tags, as other tools write their places, and paths
    /// of the first server.
    fn resolve(&self, written: &str) -> Option<String> {
        let id = |prefix: &str| written.strip_prefix(prefix);
        if let Some(operation) = id("#operation/").or(id("#/operations/")) {
            let known = self.book.operation(operation)?;
            return Some(format!("{}{}", self.root, known.file));
        }
        if let Some(tag) = id("#tag/") {
            let wanted = tag.replace('-', " ").to_lowercase();
            let mut groups = self.book.groups.iter();
            let group = groups.find(|it| it.name == tag || it.name.to_lowercase() == wanted)?;
            return Some(format!("{}index.html#{}", self.root, group.id));
        }
        let base = self.book.root.items_of("servers");
        let base = base.first().and_then(|server| server.text("url"))?;
        let is_path = written.starts_with('/') && !written.starts_with("//");
        let (scheme, rest) = base.split_once("://")?;
        let host = rest.split('/').next().unwrap_or_default();
        let is_web = ["http", "https"].contains(&scheme) && !host.contains('{');
        (is_path && is_web).then(|| format!("{scheme}://{host}{written}"))
    }

    /// A link to an operation, by its title.
    pub fn operation_link(&self, operation: &Operation<'_>) -> Markup {
        html! {
            a href={ (self.root) (operation.file) } { (method(&operation.method)) " " (operation.title()) }
            @if operation.part.is_true("deprecated") { " " span.tag.old { "deprecated" } }
        }
    }
}

/// A method as a mark.
pub fn method(name: &str) -> Markup {
    html! { span class={ "method " (name.to_lowercase()) } { (name) } }
}

/// A whole page.
pub fn frame(page: &Page<'_, '_>, open: Option<&Operation<'_>>, content: &Markup) -> String {
    let book = page.book;
    let name = match book.info("title") {
        "" => "API",
        title => title,
    };
    let title = match page.title.as_str() {
        "" => name.to_owned(),
        title => format!("{title} · {name}"),
    };
    let markup = html! {
        (DOCTYPE)
        html lang="en" data-root=(page.root) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(LINKED);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="generator" content=(super::write::GENERATOR);
                title { (title) }
                link rel="icon" href="data:,";
                link rel="stylesheet" href={ (page.root) "style.css" };
                script src={ (page.root) "search.js" } defer {}
                script src={ (page.root) "site.js" } defer {}
            }
            body.site {
                header.bar {
                    a.name href={ (page.root) "index.html" } { (name) }
                    span.version { (book.info("version")) }
                    div.search hidden {
                        input #search type="search" placeholder="Search (press /)" autocomplete="off"
                            aria-label="Search" aria-controls="found";
                        ul #found hidden {}
                    }
                    a.contents href="#contents" { "Contents" }
                    button #theme type="button" hidden aria-label="Light or dark" { "◐" }
                }
                div.columns {
                    main { (content) }
                    (contents(page, open))
                }
            }
        }
    };
    markup.into_string()
}

/// The list of everything.
fn contents(page: &Page<'_, '_>, open: Option<&Operation<'_>>) -> Markup {
    let book = page.book;
    let is_short = book.operations.len() <= LISTED;
    let has = |group: &Group<'_>| {
        let mut own = group
            .operations
            .iter()
            .filter_map(|it| book.operations.get(*it));
        own.any(|it| open.is_some_and(|open| open.file == it.file))
    };
    html! {
        nav #contents aria-label="Contents" {
            p { a href={ (page.root) "index.html" } { "Overview" } }
            @for group in &book.groups {
                @let is_open = has(group);
                @if is_short || is_open {
                    details open[is_open || open.is_none()] {
                        summary { (group.name) }
                        ul { @for index in &group.operations { (entry(page, *index, open)) } }
                    }
                } @else {
                    p { a href={ (page.root) "index.html#" (group.id) } { (group.name) } }
                }
            }
            p { a href={ (page.root) "schemas.html" } { "Schemas" } }
            @if !book.problems.is_empty() { p { a href={ (page.root) "problems.html" } { "Problems" } } }
            p { a href={ (page.root) "openapi.json" } { "openapi.json" } }
        }
    }
}

fn entry(page: &Page<'_, '_>, index: usize, open: Option<&Operation<'_>>) -> Markup {
    let Some(operation) = page.book.operations.get(index) else {
        return html! {};
    };
    let is_here = open.is_some_and(|open| open.file == operation.file);
    html! {
        li {
            a href={ (page.root) (operation.file) } title={ (operation.method) " " (operation.path) }
                aria-current=[is_here.then_some("page")] class=[operation.part.is_true("deprecated").then_some("old")] {
                (method(&operation.method)) " " (operation.title())
            }
        }
    }
}
