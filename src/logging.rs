//! Log lines on standard error: JSON or text, never blocking, never longer than 16 KiB.

mod json;
mod lines;

use std::borrow::Cow;
use std::io::{self, Write};
use std::panic::PanicHookInfo;

use anyhow::Context;
use tracing::error;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Layer, fmt};

use self::json::JsonLines;
use self::lines::Lines;
pub use self::lines::Written;
use crate::config::{LogFormat, Settings};

/// Longest line, in bytes.
const MAX_LINE: usize = 16 * 1_024;

/// Starts logging for the whole process, panics included. Lines are written by a thread of
/// their own; dropping what this returns waits for the last of them. Fails if called twice.
pub fn init(settings: &Settings) -> anyhow::Result<Written> {
    let (writer, written) = Lines::to(io::stderr()).context("cannot start the log")?;
    let lines = match settings.log_format {
        LogFormat::Json => JsonLines(writer).boxed(),
        LogFormat::Text => fmt::layer()
            .with_ansi(false)
            .with_writer(move || TextLine(writer.clone()))
            .boxed(),
    };
    let wanted = Targets::from(&settings.log_level);
    tracing_subscriber::registry()
        .with(wanted)
        .with(lines)
        .try_init()
        .context("logging was started before")?;
    std::panic::set_hook(Box::new(log_panic));
    Ok(written)
}

fn log_panic(panic: &PanicHookInfo<'_>) {
    let message = panic
        .payload_as_str()
        .unwrap_or("something that is no text");
    let place = panic
        .location()
        .map(ToString::to_string)
        .unwrap_or_default();
    error!(panic.message = message, panic.place = place, "panicked");
}

/// Makes a line of text safe to read and bounded before it is queued.
struct TextLine(Lines);

impl Write for TextLine {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let shown = escaped(line);
        match shown.get(..MAX_LINE - 4) {
            Some(start) if shown.len() > MAX_LINE => self.0.push(&[start, b"...\n"].concat()),
            _ => self.0.push(&shown),
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The line with every control byte but its last line end written as `\u00XX`, so that no
/// value can forge a line or drive a terminal.
fn escaped(line: &[u8]) -> Cow<'_, [u8]> {
    let (text, end) = match line.split_last() {
        Some((b'\n', text)) => (text, "\n"),
        _ => (line, ""),
    };
    if !text.iter().any(u8::is_ascii_control) {
        return Cow::Borrowed(line);
    }
    let mut shown = Vec::with_capacity(line.len() + 32);
    for byte in text {
        if byte.is_ascii_control() {
            shown.extend_from_slice(format!("\\u{byte:04x}").as_bytes());
        } else {
            shown.push(*byte);
        }
    }
    shown.extend_from_slice(end.as_bytes());
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_bytes_are_escaped() {
        assert_eq!(
            escaped(b"a\x1b[31m\nb\x7f\n").as_ref(),
            b"a\\u001b[31m\\u000ab\\u007f\n"
        );
        assert_eq!(escaped(b"plain\n").as_ref(), b"plain\n");
    }
}
