//! The first page: what the API is, where it is, who may call, and every operation.

use maud::{Markup, html};

use super::book::{Book, Group};
use super::frame::{Page, frame};
use crate::toolchain::compare::open;
use crate::toolchain::html::slug;
use crate::toolchain::part::Part;

/// The page.
pub fn page(book: &Book<'_>) -> String {
    let page = Page::top(book, "");
    let title = match book.info("title") {
        "" => "API",
        title => title,
    };
    let text = page.text(book.info("description"), 1);
    let content = html! {
        h1 { (title) " " span.version { (book.info("version")) } }
        @if !book.info("summary").is_empty() { p.lead { (book.info("summary")) } }
        @if text.headings.len() > 2 {
            ul.toc {
                @for heading in &text.headings { li { a href={ "#" (heading.id) } { (heading.title) } } }
                li { a href="#operations" { "Operations" } }
            }
        }
        div.prose { (text.html) }
        @if open::is_promised(&book.root.source.document) {
            p.note { "Later versions may add members to answers and webhooks: leave out what you do not know." }
        }
        (addresses(&page))
        (schemes(&page))
        h2 #operations { "Operations" }
        @for group in &book.groups { (operations(&page, group)) }
        (about(&page))
    };
    frame(&page, None, &content)
}

fn operations(page: &Page<'_, '_>, group: &Group<'_>) -> Markup {
    let own = group
        .operations
        .iter()
        .filter_map(|index| page.book.operations.get(*index));
    html! {
        section.group id=(group.id) {
            h3 { (group.name) }
            @if let Some(part) = &group.part {
                @if let Some(text) = part.text("description") { (page.prose(text)) }
                @if let Some(owner) = part.text("x-owner") { p.note { "Owner: " (owner) } }
                (more(part))
            }
            table.operations {
                @for operation in own {
                    tr {
                        td { (page.operation_link(operation)) }
                        td { code { (operation.path) } }
                    }
                }
            }
        }
    }
}

fn addresses(page: &Page<'_, '_>) -> Markup {
    let servers = page.book.root.items_of("servers");
    html! {
        @if !servers.is_empty() {
            h2 #servers { "Servers" }
            ul.plain {
                @for server in servers {
                    li {
                        code { (server.text("url").unwrap_or_default()) }
                        @if let Some(text) = server.text("description") { (page.prose(text)) }
                        @for (name, variable) in server.fields_of("variables") {
                            p.note {
                                code { "{" (name) "}" } " is " code { (variable.text("default").unwrap_or_default()) }
                                " unless you say otherwise"
                                @let values = variable.member("enum").map(|it| it.items()).unwrap_or_default();
                                @for (index, value) in values.iter().enumerate() {
                                    @if index == 0 { "; one of " } @else { ", " }
                                    code { (value.value.as_str().unwrap_or_default()) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The ways to say who is calling.
fn schemes(page: &Page<'_, '_>) -> Markup {
    let components = page.book.root.get("components");
    let schemes = components
        .map(|it| it.fields_of("securitySchemes"))
        .unwrap_or_default();
    html! {
        @if !schemes.is_empty() {
            h2 #credentials { "Credentials" }
            @for (name, scheme) in &schemes {
                section id={ "auth-" (slug(name)) } {
                    h3 { (name) }
                    p { (told(scheme)) }
                    @if let Some(text) = scheme.text("description") { (page.prose(text)) }
                    @for (name, flow) in scheme.fields_of("flows") { (flow_of(&name, &flow)) }
                }
            }
        }
    }
}

fn told(scheme: &Part<'_>) -> Markup {
    let name = scheme.text("name").unwrap_or_default();
    let place = scheme.text("in").unwrap_or_default();
    match scheme.text("type").unwrap_or_default() {
        "apiKey" => html! { "A key in the " (place) " " code { (name) } "." },
        "http" => html! {
            code { "Authorization: " (scheme.text("scheme").unwrap_or_default()) " …" }
            @if let Some(format) = scheme.text("bearerFormat") { " (" (format) ")" }
        },
        "openIdConnect" => {
            html! { "OpenID Connect, " code { (scheme.text("openIdConnectUrl").unwrap_or_default()) } }
        }
        "oauth2" => html! { "OAuth 2" },
        "mutualTLS" => html! { "A client certificate (mutual TLS)" },
        other => html! { (other) },
    }
}

fn flow_of(name: &str, flow: &Part<'_>) -> Markup {
    html! {
        h4 { (name) }
        dl.facts {
            @for (field, words) in [("authorizationUrl", "Authorize at"), ("tokenUrl", "Tokens from"), ("refreshUrl", "Refresh at")] {
                @if let Some(url) = flow.text(field) { dt { (words) } dd { code { (url) } } }
            }
            @let scopes = flow.get("scopes").map(|it| it.members()).unwrap_or_default();
            @for (scope, words) in scopes {
                dt { code { (scope) } } dd { (words.value.as_str().unwrap_or_default()) }
            }
        }
    }
}

fn about(page: &Page<'_, '_>) -> Markup {
    let info = page.book.root.get("info");
    let part = |name: &str| info.as_ref().and_then(|info| info.get(name));
    let (contact, license) = (part("contact"), part("license"));
    html! {
        @if contact.is_some() || license.is_some() {
            h2 #about { "About" }
            ul.plain {
                @if let Some(contact) = &contact {
                    li {
                        "Contact: " (contact.text("name").unwrap_or_default())
                        @if let Some(mail) = contact.text("email") { " " code { (mail) } }
                        @if let Some(url) = contact.text("url") { " " (link(url)) }
                    }
                }
                @if let Some(license) = &license {
                    li {
                        "Licence: " (license.text("name").unwrap_or_default())
                        @if let Some(url) = license.text("url") { " " (link(url)) }
                    }
                }
            }
        }
        @for part in info.iter().chain([&page.book.root]) { (more(part)) }
    }
}

/// Where more is said (`externalDocs`).
fn more(part: &Part<'_>) -> Markup {
    let docs = part.get("externalDocs");
    let url = docs.as_ref().and_then(|docs| docs.text("url"));
    let text = docs.as_ref().and_then(|docs| docs.text("description"));
    html! { @if let Some(url) = url { p { @if let Some(text) = text { (text) ": " } (link(url)) } } }
}

/// A link if it leads to the web, else its text.
fn link(url: &str) -> Markup {
    let is_web = ["https://", "http://"]
        .iter()
        .any(|scheme| url.starts_with(scheme));
    html! { @if is_web { a href=(url) { (url) } } @else { code { (url) } } }
}
