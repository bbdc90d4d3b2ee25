//! Lines on their way out: gathered in memory, written by a thread of their own.
//!
//! A queue would wake its reader with every line, which costs more than the line itself. Here the
//! reader is woken by the first line, waits a moment for others, and writes them all at once.

use std::io::Write;
use std::mem;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How long a line may wait for others.
const GATHER: Duration = Duration::from_millis(5);

/// Bytes that may wait for a slow reader; lines beyond them are lost rather than slow the service.
const MOST: usize = 4 * 1_024 * 1_024;

/// How long the end of the process waits for a reader that does not read.
const PATIENCE: Duration = Duration::from_secs(1);

/// Where lines are left; clones share it.
#[derive(Clone)]
pub(super) struct Lines(Arc<Shared>);

#[derive(Default)]
struct Shared {
    waiting: Mutex<Waiting>,
    arrived: Condvar,
}

#[derive(Default)]
struct Waiting {
    text: Vec<u8>,
    is_last: bool,
}

/// Dropping it waits for what was left until then to be written.
pub struct Written {
    lines: Lines,
    end: Receiver<()>,
}

impl Lines {
    /// Begins to write to `out`.
    pub(super) fn to(out: impl Write + Send + 'static) -> std::io::Result<(Self, Written)> {
        let lines = Self(Arc::default());
        let (ended, end) = channel();
        let source = lines.clone();
        std::thread::Builder::new()
            .name("log".to_owned())
            .spawn(move || source.write_to(out, ended))?;
        let written = Written {
            lines: lines.clone(),
            end,
        };
        Ok((lines, written))
    }

    /// Leaves a line, its end included. Never waits for the reader.
    pub(super) fn push(&self, line: &[u8]) {
        let mut waiting = self.waiting();
        if waiting.text.len() + line.len() > MOST {
            return;
        }
        let is_first = waiting.text.is_empty();
        waiting.text.extend_from_slice(line);
        drop(waiting);
        if is_first {
            self.0.arrived.notify_one();
        }
    }

    fn write_to(&self, mut out: impl Write, _ended: Sender<()>) {
        let mut text = Vec::new();
        loop {
            let is_last = self.gather(&mut text);
            // Nobody is left to tell that the log cannot be written.
            _ = out.write_all(&text).and_then(|()| out.flush());
            text.clear();
            if is_last {
                return;
            }
        }
    }

    /// Waits for lines and takes them all; whether they are the last.
    fn gather(&self, text: &mut Vec<u8>) -> bool {
        let is_idle = |waiting: &mut Waiting| waiting.text.is_empty() && !waiting.is_last;
        let waiting = self.0.arrived.wait_while(self.waiting(), is_idle);
        let is_last = waiting.unwrap_or_else(PoisonError::into_inner).is_last;
        if !is_last {
            std::thread::sleep(GATHER);
        }
        let mut waiting = self.waiting();
        mem::swap(&mut waiting.text, text);
        waiting.is_last
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.0
            .waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Written {
    fn drop(&mut self) {
        self.lines.waiting().is_last = true;
        self.lines.0.arrived.notify_one();
        // It ends without a word, which ends the wait.
        _ = self.end.recv_timeout(PATIENCE);
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Keeps what is written.
    #[derive(Clone, Default)]
    pub(in crate::logging) struct Kept(Arc<Mutex<Vec<u8>>>);

    impl Kept {
        pub(in crate::logging) fn text(&self) -> String {
            String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
        }
    }

    impl Write for Kept {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    /// Never takes anything.
    struct Stuck;

    impl Write for Stuck {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            loop {
                std::thread::park();
            }
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn every_line_that_was_left_is_written_in_order() {
        let kept = Kept::default();
        let (lines, written) = Lines::to(kept.clone()).unwrap();
        let expected: String = (0..1_000).map(|number| format!("{number}\n")).collect();

        for line in expected.split_inclusive('\n') {
            lines.push(line.as_bytes());
        }
        drop(written);

        assert_eq!(kept.text(), expected);
    }

    #[test]
    fn a_reader_that_does_not_read_stops_neither_the_service_nor_its_end() {
        let (lines, written) = Lines::to(Stuck).unwrap();

        for _ in 0..3 {
            lines.push(&vec![b'x'; MOST]);
        }

        assert!(lines.waiting().text.len() <= MOST);
        drop(written);
    }
}
