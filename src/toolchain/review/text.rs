//! The review as Markdown, for the comment of a pull request.

use super::{Coverage, Review};
use crate::toolchain::changelog::{payload, sentence};
use crate::toolchain::compare::{Change, Class, id};
use crate::toolchain::report::markdown::plain;

/// Safe changes that are listed; the others are counted.
const LISTED: usize = 100;

/// The whole page.
pub fn text(review: &Review<'_>) -> String {
    let (is_good, verdict) = review.verdict();
    let sign = if is_good { "✅" } else { "❌" };
    let mut text = format!(
        "# Review: {}\n\n{sign} **{verdict}** {}\n\n",
        plain(&review.title()),
        plain(&review.advice())
    );
    let tallies = review.tallies();
    let names: Vec<&str> = tallies.iter().map(|(name, ..)| name.as_str()).collect();
    let numbers: Vec<&str> = tallies
        .iter()
        .map(|(_, number, _)| number.as_str())
        .collect();
    text.push_str(&format!(
        "| {} |\n|{}\n| {} |\n",
        names.join(" | "),
        "---|".repeat(names.len()),
        numbers.join(" | ")
    ));
    for (class, title) in [
        (Class::Breaking, "Breaking"),
        (Class::Undecided, "Undecided"),
        (Class::Note, "To note"),
    ] {
        let changes: Vec<&Change> = review.comparison.of(class).collect();
        if !changes.is_empty() {
            text.push_str(&format!("\n## {title}\n\n"));
            changes
                .iter()
                .for_each(|change| item(review, change, &mut text));
        }
    }
    idle(review, &mut text);
    safe(review, &mut text);
    libraries(review, &mut text);
    lint(review, &mut text);
    if let Some(coverage) = &review.coverage {
        covered(coverage, &mut text);
    }
    text
}

fn item(review: &Review<'_>, change: &Change, text: &mut String) {
    text.push_str(&format!("- {} {}", sentence(change), reached(change)));
    match (review.known.reason(change), change.class.is_bad()) {
        (Some(reason), _) => text.push_str(&format!(" ✔ Acknowledged: {}", plain(reason))),
        (None, true) => text.push_str(&format!(" To acknowledge: `{}`", id(change))),
        _ => {}
    }
    text.push('\n');
    text.push_str(&payload(change));
}

/// Where a change is felt.
fn reached(change: &Change) -> String {
    let names: Vec<String> = change.operations.iter().map(|name| plain(name)).collect();
    match names.is_empty() {
        true => String::new(),
        false => format!("({})", names.join(", ")),
    }
}

fn idle(review: &Review<'_>, text: &mut String) {
    let idle = review.known.idle(&review.comparison);
    if !idle.is_empty() {
        let ids: Vec<String> = idle.iter().map(|id| format!("`{id}`")).collect();
        text.push_str(&format!(
            "\nAcknowledged, though there is no such change: {}.\n",
            ids.join(", ")
        ));
    }
}

fn safe(review: &Review<'_>, text: &mut String) {
    let changes: Vec<&Change> = review.comparison.of(Class::Safe).collect();
    if changes.is_empty() {
        return;
    }
    text.push_str(&format!(
        "\n<details><summary>{} safe changes</summary>\n\n",
        changes.len()
    ));
    changes
        .iter()
        .take(LISTED)
        .for_each(|change| item(review, change, text));
    if changes.len() > LISTED {
        text.push_str(&format!("- and {} more\n", changes.len() - LISTED));
    }
    text.push_str("\n</details>\n");
}

fn libraries(review: &Review<'_>, text: &mut String) {
    if !review.comparison.sdk.is_empty() {
        text.push_str("\n## SDK sources\n\nNothing changes on the wire, but programs that use a generated library must be adapted:\n\n");
        for change in &review.comparison.sdk {
            text.push_str(&format!("- {}\n", sentence(change)));
        }
    }
}

fn lint(review: &Review<'_>, text: &mut String) {
    let lint = &review.lint;
    if lint.fresh.is_empty() && lint.old == 0 {
        return;
    }
    text.push_str(&format!(
        "\n## Lint\n\n{} new, {} that were there before.\n",
        lint.fresh.len(),
        lint.old
    ));
    if !lint.fresh.is_empty() {
        text.push_str("\n| | where | what | rule |\n|---|---|---|---|\n");
    }
    for finding in &lint.fresh {
        let place = &finding.place;
        text.push_str(&format!(
            "| {} | `{}:{}` | {} | `{}` |\n",
            finding.level.as_str(),
            place.file,
            place.line,
            plain(&finding.sentence()),
            finding.rule
        ));
    }
}

fn covered(coverage: &Coverage, text: &mut String) {
    text.push_str(&format!(
        "\n## Coverage\n\n{} of the contract was seen in answers of the service.\n",
        coverage.percent()
    ));
    if !coverage.parts.is_empty() {
        text.push_str("\n| | seen | of |\n|---|---|---|\n");
    }
    for part in &coverage.parts {
        text.push_str(&format!(
            "| {} | {} | {} |\n",
            plain(&part.name),
            part.seen,
            part.all
        ));
    }
    for (title, list) in [
        ("Not seen", &coverage.unseen),
        ("Seen, but not declared", &coverage.undeclared),
    ] {
        if !list.is_empty() {
            text.push_str(&format!(
                "\n<details><summary>{title}: {}</summary>\n\n",
                list.len()
            ));
            list.iter()
                .for_each(|line| text.push_str(&format!("- {}\n", plain(line))));
            text.push_str("\n</details>\n");
        }
    }
}
