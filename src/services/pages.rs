//! Pages: cursors between what a client sends and where a list goes on.

use contract::problems;

use crate::app::App;
use crate::error::Error;
use crate::repository::page::{Page, Scope, Slice, SortKey};

/// Part of a list as a client gets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed<T> {
    /// The items.
    pub items: Vec<T>,
    /// The cursor of the next part; `None` on the last.
    pub next_cursor: Option<String>,
}

/// Which part of a list a client asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Items at most; the contract bounds it.
    pub limit: i32,
    /// Where to go on.
    pub cursor: Option<String>,
}

impl Wanted {
    /// The slice to read. 409 `invalid-cursor` for a cursor that this list did not give out.
    pub fn slice<K: SortKey>(&self, app: &App, scope: &Scope) -> Result<Slice<K>, Error> {
        let after = match &self.cursor {
            None => None,
            Some(cursor) => Some(app.cursors()?.open(scope, cursor).map_err(|_| {
                Error::refused(
                    problems::INVALID_CURSOR,
                    "this list did not give out this cursor for this query",
                )
            })?),
        };
        Ok(Slice {
            after,
            limit: u16::try_from(self.limit).unwrap_or(1),
        })
    }
}

impl<T> Listed<T> {
    /// What was read, with its place sealed into a cursor.
    pub fn seal<K: SortKey>(app: &App, scope: &Scope, page: Page<T, K>) -> Result<Self, Error> {
        let next_cursor = match page.next {
            None => None,
            Some(position) => Some(app.cursors()?.seal(scope, &position)),
        };
        Ok(Self {
            items: page.items,
            next_cursor,
        })
    }

    /// The same page of other items.
    pub fn map<U>(self, convert: impl FnMut(T) -> U) -> Listed<U> {
        Listed {
            items: self.items.into_iter().map(convert).collect(),
            next_cursor: self.next_cursor,
        }
    }
}
