//! The review as a page for a browser.

use codegen::Source;
use maud::{Markup, html};

use super::{Coverage, Review};
use crate::toolchain::changelog::sentence;
use crate::toolchain::compare::{Change, Class, Edition, id, words};
use crate::toolchain::html::{json, markdown, single_page};

/// Operations that are named before the others are folded.
const NAMED: usize = 4;

/// The whole page.
pub fn page(review: &Review<'_>) -> String {
    let (is_good, verdict) = review.verdict();
    let content = html! {
        p.crumbs { "Contract review" }
        h1 { (review.title()) }
        div class={ "notice " (if is_good { "good" } else { "bad" }) } { b { (verdict) } (inline(&review.advice())) }
        ul.tally {
            @for (name, number, kind) in review.tallies() { li class=(kind) { b { (number) } span { (name) } } }
        }
        (changes(review, Class::Breaking, "Breaking"))
        (changes(review, Class::Undecided, "Undecided"))
        (changes(review, Class::Note, "To note"))
        (idle(review))
        (safe(review))
        (libraries(review))
        (lint(review))
        @if let Some(coverage) = &review.coverage { (covered(coverage)) }
    };
    single_page(&format!("Review: {}", review.title()), &content)
}

/// A sentence of ours, whose names are code between backticks.
fn inline(text: &str) -> Markup {
    markdown(text, 2, &|_| None).html
}

fn changes(review: &Review<'_>, class: Class, title: &str) -> Markup {
    let changes: Vec<&Change> = review.comparison.of(class).collect();
    html! {
        @if !changes.is_empty() {
            h2 { (title) " " span.version { (changes.len()) } }
            @for change in changes { (item(review, change)) }
        }
    }
}

fn item(review: &Review<'_>, change: &Change) -> Markup {
    let is_bad = change.class.is_bad();
    let evidence = change.evidence.as_ref().filter(|_| is_bad);
    let remedy = words::remedy(change);
    html! {
        section class={ "change is-" (change.class.as_str()) } id={ "change-" (id(change)) } {
            (inline(&sentence(change)))
            (reached(change))
            @if is_bad && !remedy.is_empty() { p { b { "For partners: " } (remedy) } }
            @if let Some(evidence) = evidence {
                @if let Some(payload) = &evidence.counterexample {
                    p.note { (words::payload(change)) }
                    pre { code { (json(payload)) } }
                }
                @if let Some((sent, taken)) = &evidence.schemas {
                    details { summary { "Both schemas" }
                        p.note { "What may be sent" } pre { code { (json(sent)) } }
                        p.note { "What is taken" } pre { code { (json(taken)) } }
                    }
                }
                details { summary { "All that was lost, as a schema" } pre { code { (json(&evidence.lost)) } } }
            }
            p.where {
                code { (place(review, change)) } " " (change.kind)
                @match (review.known.reason(change), is_bad) {
                    (Some(reason), _) => { " · " b { "acknowledged: " } (reason) },
                    (None, true) => { " · to acknowledge: " code { (id(change)) } },
                    _ => {},
                }
            }
        }
    }
}

/// Where a change is written: file and line.
fn place(review: &Review<'_>, change: &Change) -> String {
    let told = |source: &Source| {
        let place = source.place(&change.place);
        (place.file, place.line)
    };
    match change.edition {
        Edition::Old => {
            let (file, line) = told(&review.base.source);
            format!("{}:{line}", review.base.told(&file))
        }
        Edition::New => {
            let (file, line) = told(review.new);
            format!("{file}:{line}")
        }
    }
}

fn reached(change: &Change) -> Markup {
    let names: Vec<&String> = change.operations.iter().collect();
    let (first, more) = names.split_at(names.len().min(NAMED));
    let list = |names: &[&String]| {
        html! { @for (index, name) in names.iter().enumerate() { @if index > 0 { ", " } code { (name) } } }
    };
    html! {
        @if !first.is_empty() { p.note { (list(first)) } }
        @if !more.is_empty() { details { summary { "and " (more.len()) " more" } p.note { (list(more)) } } }
    }
}

fn idle(review: &Review<'_>) -> Markup {
    let idle = review.known.idle(&review.comparison);
    html! {
        @if !idle.is_empty() {
            p.notice { "Acknowledged, though there is no such change: " @for id in idle { code { (id) } " " } }
        }
    }
}

fn safe(review: &Review<'_>) -> Markup {
    let count = review.comparison.of(Class::Safe).count();
    html! {
        @if count > 0 {
            h2 { "Safe " span.version { (count) } }
            details { summary { "Nothing that worked fails" }
                @for change in review.comparison.of(Class::Safe) { (item(review, change)) }
            }
        }
    }
}

fn libraries(review: &Review<'_>) -> Markup {
    html! {
        @if !review.comparison.sdk.is_empty() {
            h2 { "SDK sources " span.version { (review.comparison.sdk.len()) } }
            p.note { "Nothing changes on the wire, but programs that use a generated library must be adapted." }
            ul { @for change in &review.comparison.sdk { li { (inline(&sentence(change))) } } }
        }
    }
}

fn lint(review: &Review<'_>) -> Markup {
    let lint = &review.lint;
    html! {
        @if !lint.fresh.is_empty() || lint.old > 0 {
            h2 { "Lint " span.version { (lint.fresh.len()) " new" } }
            @if lint.old > 0 { p.note { (lint.old) " findings were there before and are not listed." } }
        }
        @if !lint.fresh.is_empty() {
            table {
                tr { th { "" } th { "Where" } th { "What" } th { "Rule" } }
                @for finding in &lint.fresh {
                    tr {
                        td { (finding.level.as_str()) }
                        td { code { (finding.place.file) ":" (finding.place.line) } }
                        td { (inline(&finding.sentence())) }
                        td { code { (finding.rule) } }
                    }
                }
            }
        }
    }
}

fn covered(coverage: &Coverage) -> Markup {
    html! {
        h2 { "Coverage " span.version { (coverage.percent()) } }
        p.note { "What of the contract was seen in answers of the service." }
        @if !coverage.parts.is_empty() {
            table {
                tr { th { "" } th { "Seen" } th { "Of" } }
                @for part in &coverage.parts { tr { td { (part.name) } td { (part.seen) } td { (part.all) } } }
            }
        }
        @for (title, list) in [("Not seen", &coverage.unseen), ("Seen, but not declared", &coverage.undeclared)] {
            @if !list.is_empty() {
                details { summary { (title) ": " (list.len()) } ul { @for line in list { li { code { (line) } } } } }
            }
        }
    }
}
