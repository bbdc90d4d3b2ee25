//! Log lines as JSON objects, flat: the fields of the event, then those of its spans.
//!
//! The crate tracing-subscriber has a JSON format, too. It took 9 µs for the line of a request,
//! this takes less than 5, and it writes the fields of spans into an object of their own.

use std::cell::RefCell;
use std::fmt::{Debug, Write as _};

use chrono::{DateTime, Utc};
use serde_json::Number;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::Context;
use tracing_subscriber::registry::LookupSpan;

use super::MAX_LINE;
use super::lines::Lines;

/// Writes each event as one line of at most 16 KiB.
pub(super) struct JsonLines(pub(super) Lines);

/// The members that a span adds to the lines of its events, each after a comma.
struct Members(String);

thread_local! {
    static LINE: RefCell<String> = const { RefCell::new(String::new()) };
}

impl<S: Subscriber + for<'s> LookupSpan<'s>> Layer<S> for JsonLines {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        // Room for what a request tells of itself.
        let mut members = String::with_capacity(192);
        attributes.record(&mut Fields(&mut members));
        if let Some(span) = context.span(id) {
            span.extensions_mut().insert(Members(members));
        }
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        if let Some(span) = context.span(id)
            && let Some(Members(members)) = span.extensions_mut().get_mut()
        {
            values.record(&mut Fields(members));
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        // Formatting a field may log in turn; that inner line gets a string of its own.
        LINE.with(|line| match line.try_borrow_mut() {
            Ok(mut line) => self.write(&mut line, event, &context),
            Err(_) => self.write(&mut String::new(), event, &context),
        });
    }
}

impl JsonLines {
    fn write<S>(&self, line: &mut String, event: &Event<'_>, context: &Context<'_, S>)
    where
        S: Subscriber + for<'s> LookupSpan<'s>,
    {
        let about = event.metadata();
        line.clear();
        line.push_str("{\"timestamp\":\"");
        timestamp(line, Utc::now());
        line.push_str("\",\"level\":\"");
        line.push_str(about.level().as_str());
        line.push('"');
        event.record(&mut Fields(line));
        for span in context.event_scope(event).into_iter().flatten() {
            if let Some(Members(members)) = span.extensions().get() {
                line.push_str(members);
            }
        }
        member(line, "target", about.target());
        line.push_str("}\n");
        if line.len() > MAX_LINE {
            *line = cut(line);
        }
        self.0.push(line.as_bytes());
    }
}

thread_local! {
    static SECOND: RefCell<(i64, String)> = const { RefCell::new((i64::MIN, String::new())) };
}

/// Writes a moment (RFC 3339); all but its fraction is kept for the lines of the same second.
fn timestamp(line: &mut String, now: DateTime<Utc>) {
    SECOND.with_borrow_mut(|(second, text)| {
        if *second != now.timestamp() {
            *second = now.timestamp();
            *text = now.format("%Y-%m-%dT%H:%M:%S").to_string();
        }
        line.push_str(text);
    });
    _ = write!(line, ".{:06}Z", now.timestamp_subsec_micros());
}

/// What stands for a line that is too long: its length and its beginning.
fn cut(line: &str) -> String {
    let mut short = String::from("{\"level\":\"WARN\",\"message\":\"a log line was too long\"");
    _ = write!(short, ",\"line_bytes\":{}", line.len());
    // The line is escaped already; escaped once more it may be twice as long.
    let start = line.get(..line.floor_char_boundary(MAX_LINE / 4));
    member(&mut short, "line_start", start.unwrap_or_default());
    short.push_str("}\n");
    short
}

/// Writes fields as members of a JSON object, each after a comma.
struct Fields<'l>(&'l mut String);

impl Fields<'_> {
    fn bare(&mut self, field: &Field, value: impl std::fmt::Display) {
        name(self.0, field.name());
        _ = write!(self.0, "{value}");
    }
}

impl Visit for Fields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        name(self.0, field.name());
        self.0.push('"');
        _ = write!(Escaped(self.0), "{value:?}");
        self.0.push('"');
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        member(self.0, field.name(), value);
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.bare(field, value);
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.bare(field, value);
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.bare(field, value);
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        // serde_json writes floats several times as fast as the standard library.
        match Number::from_f64(value) {
            Some(number) => self.bare(field, number),
            None => self.record_debug(field, &value),
        }
    }
}

fn name(line: &mut String, name: &str) {
    line.push_str(",\"");
    _ = Escaped(line).write_str(name);
    line.push_str("\":");
}

fn member(line: &mut String, key: &str, value: &str) {
    name(line, key);
    line.push('"');
    _ = Escaped(line).write_str(value);
    line.push('"');
}

/// Writes the inside of a JSON string (RFC 8259, section 7). Every control character is
/// escaped, DEL and those of C1 too, so that no value can drive a terminal.
struct Escaped<'l>(&'l mut String);

impl std::fmt::Write for Escaped<'_> {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        // Most text has none of these, which bytes tell faster than characters: the control
        // characters beyond ASCII begin with 0xC2.
        let odd = |byte: &u8| matches!(byte, 0..=0x1F | b'"' | b'\\' | 0x7F | 0xC2);
        if !text.as_bytes().iter().any(odd) {
            self.0.push_str(text);
            return Ok(());
        }
        let special = |c: char| c.is_control() || matches!(c, '"' | '\\');
        let mut rest = text;
        while let Some((plain, odd)) = rest.find(special).and_then(|at| rest.split_at_checked(at)) {
            self.0.push_str(plain);
            let mut characters = odd.chars();
            match characters.next() {
                Some(c @ ('"' | '\\')) => self.0.extend(['\\', c]),
                Some('\n') => self.0.push_str("\\n"),
                Some(c) => write!(self.0, "\\u{:04x}", u32::from(c))?,
                None => {}
            }
            rest = characters.as_str();
        }
        self.0.push_str(rest);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;
    use tracing::{error_span, field, info, subscriber};
    use tracing_subscriber::layer::SubscriberExt;

    use super::super::lines::tests::Kept;
    use super::*;

    fn lines_of(work: impl FnOnce()) -> Vec<String> {
        let kept = Kept::default();
        let (lines, written) = Lines::to(kept.clone()).unwrap();
        subscriber::with_default(tracing_subscriber::registry().with(JsonLines(lines)), work);
        drop(written);
        kept.text().lines().map(str::to_owned).collect()
    }

    #[test]
    fn a_line_holds_its_fields_and_those_of_its_spans() {
        let lines = lines_of(|| {
            let span = error_span!("request", trace_id = "t", partner_id = field::Empty);
            let _entered = span.enter();
            span.record("partner_id", field::display(7));
            info!(count = 3, ratio = 0.5, ok = true, odd = f64::NAN, "said");
        });

        let line: Value = serde_json::from_str(&lines[0]).unwrap();
        assert_eq!(
            (&line["message"], &line["level"]),
            (&"said".into(), &"INFO".into())
        );
        assert_eq!(
            (&line["count"], &line["ratio"], &line["ok"]),
            (&3.into(), &0.5.into(), &true.into())
        );
        assert_eq!(
            (&line["odd"], &line["trace_id"], &line["partner_id"]),
            (&"NaN".into(), &"t".into(), &"7".into())
        );
    }

    #[test]
    fn no_value_can_forge_a_line_or_drive_a_terminal() {
        let odd = "a\"b\\c\nd\u{1b}[31m\u{7f}\u{9b}é\0";

        let lines = lines_of(|| info!(odd, odd2 = ?odd, "said\r\n"));

        assert_eq!(lines.len(), 1);
        assert!(!lines[0].chars().any(char::is_control));
        assert_eq!(
            serde_json::from_str::<Value>(&lines[0]).unwrap()["odd"],
            odd
        );
    }

    #[test]
    fn a_long_line_is_cut_and_stays_json() {
        let lines = lines_of(|| info!(long = "\"\\".repeat(20_000), "said"));

        assert!(lines[0].len() <= MAX_LINE);
        let line: Value = serde_json::from_str(&lines[0]).unwrap();
        assert!(line["line_bytes"].as_u64() > Some(80_000));
    }
}
