//! Files of a multipart body on their way into typed values.
//!
//! In the decoded form a file is the text of its index. While a form is turned into its type, the
//! files wait here; a `FilePart` takes its own.

use std::cell::RefCell;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::multipart::FilePart;

thread_local! {
    static WAITING: RefCell<Vec<Option<FilePart>>> = const { RefCell::new(Vec::new()) };
}

/// Runs `read` with these files waiting.
pub(crate) fn with<T>(files: Vec<FilePart>, read: impl FnOnce() -> T) -> T {
    WAITING.with_borrow_mut(|waiting| *waiting = files.into_iter().map(Some).collect());
    let read = read();
    WAITING.with_borrow_mut(Vec::clear);
    read
}

impl<'de> Deserialize<'de> for FilePart {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let index: usize = String::deserialize(deserializer)?
            .parse()
            .map_err(D::Error::custom)?;
        let file = WAITING.with_borrow_mut(|waiting| waiting.get_mut(index).and_then(Option::take));
        file.ok_or_else(|| D::Error::custom("a file is only read from a multipart body"))
    }
}

impl Serialize for FilePart {
    /// Only its name: files are received, not sent.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.head.file_name.serialize(serializer)
    }
}
