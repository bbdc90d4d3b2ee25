//! Log lines on standard error: JSON or text, never blocking, never longer than 16 KiB.

use std::borrow::Cow;
use std::io::{self, Write};
use std::panic::PanicHookInfo;

use anyhow::Context;
use tracing::error;
use tracing_appender::non_blocking::{NonBlocking, NonBlockingBuilder, WorkerGuard};
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Layer, fmt};

use crate::config::{LogFormat, Settings};

/// Longest line, in bytes.
const MAX_LINE: usize = 16 * 1_024;
/// Lines that may wait for a slow reader; more are lost rather than slow the service.
const MAX_WAITING: usize = 8_192;

/// Starts logging for the whole process, panics included. Lines are written by a thread of
/// their own; dropping what this returns waits for the last of them. Fails if called twice.
pub fn init(settings: &Settings) -> anyhow::Result<WorkerGuard> {
    let (writer, guard) = NonBlockingBuilder::default()
        .lossy(true)
        .buffered_lines_limit(MAX_WAITING)
        .finish(io::stderr());
    let lines = fmt::layer().with_ansi(false).with_writer(Lines {
        writer,
        format: settings.log_format,
    });
    let lines = match settings.log_format {
        LogFormat::Json => lines
            .json()
            .flatten_event(true)
            .with_span_list(false)
            .boxed(),
        LogFormat::Text => lines.boxed(),
    };
    let wanted = Targets::from(&settings.log_level);
    tracing_subscriber::registry()
        .with(lines.with_filter(wanted))
        .try_init()
        .context("logging was started before")?;
    std::panic::set_hook(Box::new(log_panic));
    Ok(guard)
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

/// Makes lines safe to read and bounded before they are queued.
struct Lines {
    writer: NonBlocking,
    format: LogFormat,
}

impl<'a> MakeWriter<'a> for Lines {
    type Writer = Line;

    fn make_writer(&'a self) -> Line {
        Line {
            writer: self.writer.clone(),
            format: self.format,
        }
    }
}

struct Line {
    writer: NonBlocking,
    format: LogFormat,
}

impl Write for Line {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let shown = escaped(line);
        match self.format {
            _ if shown.len() <= MAX_LINE => self.writer.write_all(&shown)?,
            LogFormat::Text => self
                .writer
                .write_all(&[start(&shown, MAX_LINE - 4).as_bytes(), b"...\n"].concat())?,
            LogFormat::Json => {
                // A quarter: escaping can at worst double it, once more for what is escaped already.
                let cut = serde_json::json!({
                    "level": "WARN", "message": "a log line was too long",
                    "line_bytes": line.len(), "line_start": start(&shown, MAX_LINE / 4),
                });
                self.writer.write_all(format!("{cut}\n").as_bytes())?;
            }
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

fn start(line: &[u8], most: usize) -> Cow<'_, str> {
    String::from_utf8_lossy(line.get(..most).unwrap_or(line))
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

    #[test]
    fn a_long_line_is_cut_and_stays_json() {
        let (sent, received) = std::sync::mpsc::channel();
        let (writer, guard) = NonBlockingBuilder::default().finish(Sink(sent));
        let long = format!("{{\"message\":\"{}\"}}\n", "\\\"".repeat(20_000));

        Line {
            writer,
            format: LogFormat::Json,
        }
        .write_all(long.as_bytes())
        .unwrap();
        drop(guard);

        let line: Vec<u8> = received.try_iter().flatten().collect();
        assert!(line.len() <= MAX_LINE);
        assert_eq!(
            serde_json::from_slice::<serde_json::Value>(&line).unwrap()["line_bytes"],
            long.len()
        );
    }

    struct Sink(std::sync::mpsc::Sender<Vec<u8>>);

    impl Write for Sink {
        fn write(&mut self, line: &[u8]) -> io::Result<usize> {
            self.0.send(line.to_vec()).map_err(io::Error::other)?;
            Ok(line.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
}
