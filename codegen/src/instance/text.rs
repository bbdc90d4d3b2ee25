//! Texts of a format, of a pattern, or of a length.

use regex_syntax::hir::{Class, Hir, HirKind};

use super::flat::Flat;

/// A text that meets the format, the pattern or the lengths of a schema; `salt` varies it.
pub fn make(flat: &Flat, salt: usize) -> Option<String> {
    let least = flat.most("minLength");
    let most = flat.least("maxLength").unwrap_or(usize::MAX);
    if let Some(text) = flat
        .texts("format")
        .find_map(|format| of_format(format, salt))
    {
        return Some(text);
    }
    let patterns: Vec<&str> = flat.texts("pattern").collect();
    if !patterns.is_empty() {
        // The longest pattern says the most.
        let pattern = patterns.iter().max_by_key(|pattern| pattern.len())?;
        return of_pattern(pattern, least, most, salt);
    }
    let mut text = if salt == 0 {
        "text".to_owned()
    } else {
        format!("text{salt}")
    };
    while text.chars().count() < least {
        text.push('x');
    }
    Some(text.chars().take(most).collect())
}

fn of_format(format: &str, salt: usize) -> Option<String> {
    let digit = salt % 10;
    Some(match format {
        "date-time" => format!("2024-05-0{}T12:30:00Z", digit.max(1)),
        "date" => format!("2024-05-0{}", digit.max(1)),
        "time" => format!("12:30:0{digit}Z"),
        "duration" => format!("P{}D", digit + 1),
        "email" | "idn-email" => format!("someone{digit}@example.com"),
        "hostname" | "idn-hostname" => format!("host{digit}.example.com"),
        "ipv4" => format!("192.0.2.{digit}"),
        "ipv6" => format!("2001:db8::{digit}"),
        "uri" | "iri" | "url" => format!("https://example.com/{digit}"),
        "uri-reference" | "iri-reference" => format!("/path/{digit}"),
        "uri-template" => format!("/path/{{id}}/{digit}"),
        "uuid" => format!("018f4e9c-7c1a-7000-8000-00000000000{digit}"),
        "json-pointer" => format!("/a/{digit}"),
        "relative-json-pointer" => format!("{digit}/a"),
        "regex" => format!("^a{digit}$"),
        "byte" | "base64url" => ["dGV4dA==", "dGV4dDE=", "dGV4dDEy"][salt % 3].to_owned(),
        "decimal" => format!("{digit}.50"),
        _ => return None,
    })
}

/// A text that a pattern matches, as long as asked for if its repetitions allow it.
fn of_pattern(pattern: &str, least: usize, most: usize, salt: usize) -> Option<String> {
    // ECMA's escape of a slash, and its name for any character.
    let pattern = pattern.replace("\\/", "/").replace("[^]", "[\\s\\S]");
    let hir = regex_syntax::Parser::new().parse(&pattern).ok()?;
    let (fixed_start, fixed_end) = (pattern.starts_with('^'), pattern.ends_with('$'));
    for extra in 0..=least.saturating_add(8) {
        let mut text = String::new();
        let mut budget = u32::try_from(extra).unwrap_or(u32::MAX);
        write(&hir, &mut budget, salt, &mut text);
        if !fixed_end && salt > 0 {
            text.push_str(&salt.to_string());
        }
        let missing = least.saturating_sub(text.chars().count());
        match (fixed_start, fixed_end) {
            (_, false) => text.push_str(&"x".repeat(missing)),
            (false, true) => text.insert_str(0, &"x".repeat(missing)),
            (true, true) => {}
        }
        if (least..=most).contains(&text.chars().count()) {
            return Some(text);
        }
    }
    None
}

/// Writes what a pattern matches: each repetition as often as it must, the first ones more often as
/// long as the budget lasts.
fn write(hir: &Hir, budget: &mut u32, salt: usize, text: &mut String) {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.push_str(&String::from_utf8_lossy(&literal.0)),
        HirKind::Class(class) => text.extend(character(class, salt)),
        HirKind::Repetition(repetition) => {
            let room = repetition
                .max
                .unwrap_or(u32::MAX)
                .saturating_sub(repetition.min);
            let more = room.min(*budget);
            *budget -= more;
            for turn in 0..repetition.min.saturating_add(more) {
                let turn = usize::try_from(turn).unwrap_or_default();
                write(&repetition.sub, budget, salt + turn, text);
            }
        }
        HirKind::Capture(capture) => write(&capture.sub, budget, salt, text),
        HirKind::Concat(parts) => parts
            .iter()
            .for_each(|part| write(part, budget, salt, text)),
        HirKind::Alternation(arms) => {
            let index = if arms.is_empty() {
                0
            } else {
                salt % arms.len()
            };
            arms.iter()
                .skip(index)
                .take(1)
                .for_each(|arm| write(arm, budget, salt, text));
        }
    }
}

/// A character of a class, a readable one if it has one.
fn character(class: &Class, salt: usize) -> Option<char> {
    let ranges: Vec<(char, char)> = match class {
        Class::Unicode(class) => class
            .ranges()
            .iter()
            .map(|it| (it.start(), it.end()))
            .collect(),
        Class::Bytes(class) => class
            .ranges()
            .iter()
            .map(|it| (char::from(it.start()), char::from(it.end())))
            .collect(),
    };
    let holds = |c: &char| ranges.iter().any(|(start, end)| start <= c && c <= end);
    let readable: Vec<char> = ('a'..='z')
        .chain('A'..='Z')
        .chain('0'..='9')
        .chain("-_. @:/".chars())
        .filter(holds)
        .collect();
    match readable.len() {
        0 => ranges
            .iter()
            .map(|(start, _)| *start)
            .find(|c| !c.is_control())
            .or(ranges.first().map(|it| it.0)),
        count => readable.get(salt % count).copied(),
    }
}
