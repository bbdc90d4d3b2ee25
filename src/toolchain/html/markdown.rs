//! Descriptions, written in CommonMark by whoever wrote the document, as HTML that does nothing.

use std::collections::{HashSet, VecDeque};

use maud::{Markup, PreEscaped};
use pulldown_cmark::{CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd, html};

/// A heading of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// The `id` of its element.
    pub id: String,
    /// Its words.
    pub title: String,
    /// 1 for the highest.
    pub level: usize,
}

/// A text made ready.
pub struct Text {
    pub html: Markup,
    pub headings: Vec<Heading>,
}

/// Renders CommonMark with tables. Raw HTML is shown as text, pictures become links, and a link stays one only
/// where `resolve` or a scheme that is safe says where it leads. Headings are at least of the level after `level`.
pub fn markdown(text: &str, level: usize, resolve: &dyn Fn(&str) -> Option<String>) -> Text {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let events: Vec<Event<'_>> = Parser::new_ext(text, options).collect();
    let headings = headings(&events);
    let mut tamer = Tamer {
        ids: headings.iter().map(|it| it.id.clone()).collect(),
        known: headings.iter().map(|it| format!("#{}", it.id)).collect(),
        links: Vec::new(),
        level,
        resolve,
    };
    let tame = events.into_iter().filter_map(|event| tamer.tame(event));
    let mut page = String::new();
    html::push_html(&mut page, tame);
    Text {
        html: PreEscaped(page),
        headings,
    }
}

/// Takes from a text whatever would do something.
struct Tamer<'r> {
    /// Of the headings to come.
    ids: VecDeque<String>,
    /// Links to headings.
    known: HashSet<String>,
    /// Whether each link that is open stays one.
    links: Vec<bool>,
    level: usize,
    resolve: &'r dyn Fn(&str) -> Option<String>,
}

impl Tamer<'_> {
    fn tame<'t>(&mut self, event: Event<'t>) -> Option<Event<'t>> {
        Some(match event {
            Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
            Event::Start(Tag::HtmlBlock) => Event::Start(Tag::Paragraph),
            Event::End(TagEnd::HtmlBlock) => Event::End(TagEnd::Paragraph),
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                let address = self.address(&dest_url);
                self.links.push(address.is_some());
                Event::Start(link(address?))
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                self.links.pop().filter(|stays| *stays)?;
                Event::End(TagEnd::Link)
            }
            Event::Start(Tag::Heading { level, .. }) => Event::Start(Tag::Heading {
                level: self.lowered(level),
                id: self.ids.pop_front().map(CowStr::from),
                classes: Vec::new(),
                attrs: Vec::new(),
            }),
            Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(self.lowered(level))),
            other => other,
        })
    }

    fn lowered(&self, own: HeadingLevel) -> HeadingLevel {
        let level = (own as usize + self.level).min(6);
        HeadingLevel::try_from(level).unwrap_or(HeadingLevel::H6)
    }

    /// Where a link may lead, if anywhere.
    fn address(&self, written: &str) -> Option<String> {
        let scheme = written
            .split_once(':')
            .map(|(scheme, _)| scheme.to_ascii_lowercase());
        let is_safe =
            scheme.is_some_and(|scheme| ["http", "https", "mailto"].contains(&scheme.as_str()));
        let is_plain = !written.contains(char::is_control);
        match self.known.contains(written) || is_safe && is_plain {
            true => Some(written.to_owned()),
            false => (self.resolve)(written),
        }
    }
}

/// Words as part of an address: small letters and digits of any script, with hyphens between.
pub fn slug(text: &str) -> String {
    let mut slug = String::new();
    for c in text.chars() {
        match c {
            c if c.is_alphanumeric() => slug.extend(c.to_lowercase()),
            _ if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            _ => {}
        }
    }
    slug.trim_end_matches('-').to_owned()
}

fn link<'t>(address: String) -> Tag<'t> {
    Tag::Link {
        link_type: LinkType::Inline,
        dest_url: address.into(),
        title: CowStr::from(""),
        id: CowStr::from(""),
    }
}

fn headings(events: &[Event<'_>]) -> Vec<Heading> {
    let mut found: Vec<Heading> = Vec::new();
    let mut taken = HashSet::new();
    let mut open: Option<(usize, String)> = None;
    for event in events {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                open = Some((*level as usize, String::new()))
            }
            Event::Text(text) | Event::Code(text) => {
                if let Some((_, title)) = &mut open {
                    title.push_str(text);
                }
            }
            Event::End(TagEnd::Heading(_)) => {
                if let Some((level, title)) = open.take() {
                    let id = unused(&slug(&title), &mut taken);
                    found.push(Heading { id, title, level });
                }
            }
            _ => {}
        }
    }
    found
}

/// The name, with a number if it is taken.
fn unused(name: &str, taken: &mut HashSet<String>) -> String {
    let base = if name.is_empty() { "section" } else { name };
    let mut name = base.to_owned();
    let mut number = 2;
    while !taken.insert(name.clone()) {
        name = format!("{base}-{number}");
        number += 1;
    }
    name
}

#[cfg(test)]
mod tests {
    use super::{markdown, slug};

    fn html(text: &str) -> String {
        markdown(text, 1, &|_| None).html.into_string()
    }

    #[test]
    fn what_a_text_would_do_is_shown_as_text() {
        for hostile in [
            "<script>alert(1)</script>",
            "a <img src=x onerror=alert(1)> b",
            "<svg/onload=alert(1)>",
            "[a](javascript:alert(1))",
            "[a](JavaScript:alert(1))",
            "[a](data:text/html;base64,PHNjcmlwdD4=)",
            "[a](vbscript:x)",
            "![a](javascript:alert(1))",
            "![a](https://tracker.example/p.png)",
            "[a]: javascript:alert(1)\n\n[a]",
            "<javascript:alert(1)>",
            "| a |\n|---|\n| <b onclick=x> |",
            "# <script>x</script>",
            "```<script>\n</code><script>x</script>\n```",
        ] {
            let page = html(hostile);

            for forbidden in [
                "<script",
                "<img",
                "<svg",
                "<b ",
                "href=\"javascript",
                "href=\"data",
                "href=\"vb",
            ] {
                assert!(
                    !page.to_lowercase().contains(forbidden),
                    "{hostile}: {page}"
                );
            }
        }
    }

    #[test]
    fn headings_are_places_that_the_text_can_link_to() {
        let text = markdown(
            "# One\n\n[one](#one), [two](#two), [ext](https://a.example)\n\n# One",
            1,
            &|_| None,
        );

        let page = text.html.into_string();
        assert!(
            page.contains("<h2 id=\"one\">") && page.contains("<h2 id=\"one-2\">"),
            "{page}"
        );
        assert!(
            page.contains("<a href=\"#one\">") && page.contains("<a href=\"https://a.example\">"),
            "{page}"
        );
        assert!(!page.contains("#two"), "{page}");
        assert_eq!(text.headings.len(), 2);
    }

    #[test]
    fn slugs_are_of_letters_and_digits() {
        assert_eq!(slug("Retries & idempotency!"), "retries-idempotency");
        assert_eq!(slug("주문 API"), "주문-api");
    }
}
