//! Pages of a list by keyset, and the signed cursors that lead from one to the next.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::digest::KeyInit;
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::db::types::Time;
use crate::ids::PartnerId;

/// One page: at most as many items as were asked for, and where the next page begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T, K> {
    /// In the order of the list.
    pub items: Vec<T>,
    /// The last item's place, if more follow.
    pub next: Option<Position<K>>,
}

/// A place in an ordered list: what it is sorted by, then the id, which breaks ties.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position<K> {
    /// The sort key.
    pub key: K,
    /// The id of the item there.
    pub id: Uuid,
}

/// Which part of a list is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slice<K> {
    /// Only what comes after it.
    pub after: Option<Position<K>>,
    /// At most so many items; the contract allows 1 to 100.
    pub limit: u16,
}

impl<K> Slice<K> {
    /// The first `limit` items.
    #[must_use]
    pub const fn first(limit: u16) -> Self {
        Self { after: None, limit }
    }

    /// One row more than wanted tells whether there is a next page.
    pub(super) fn rows(&self) -> i64 {
        i64::from(self.limit) + 1
    }

    /// Makes a page of what [`Slice::rows`] fetched.
    pub(super) fn page<T>(
        &self,
        mut items: Vec<T>,
        position: impl Fn(&T) -> Position<K>,
    ) -> Page<T, K> {
        let limit = usize::from(self.limit);
        let more = items.len() > limit;
        items.truncate(limit);
        let next = items.last().filter(|_| more).map(position);
        Page { items, next }
    }
}

/// What a list can be sorted by: it travels inside a cursor.
pub trait SortKey: Sized {
    /// Appends the key.
    fn write(&self, out: &mut Vec<u8>);
    /// Reads what `write` wrote.
    fn read(bytes: &[u8]) -> Option<Self>;
}

impl SortKey for i64 {
    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.to_be_bytes());
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        Some(Self::from_be_bytes(bytes.try_into().ok()?))
    }
}

impl SortKey for Time {
    fn write(&self, out: &mut Vec<u8>) {
        self.micros().write(out);
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        Self::from_micros(i64::read(bytes)?)
    }
}

impl SortKey for String {
    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.as_bytes());
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        Self::from_utf8(bytes.to_vec()).ok()
    }
}

/// What a cursor is good for: one list of one partner, with one set of filters and one order.
#[derive(Debug, Clone)]
pub struct Scope(Vec<u8>);

impl Scope {
    /// The list of `operation` for `partner`.
    #[must_use]
    pub fn new(operation: &str, partner: PartnerId) -> Self {
        let mut scope = Self(Vec::with_capacity(128));
        scope.part(operation.as_bytes());
        scope.part(partner.uuid().as_bytes());
        scope
    }

    /// Narrows it to one filter or order. An absent filter is not the same as an empty one.
    #[must_use]
    pub fn with(mut self, name: &str, value: Option<&str>) -> Self {
        if let Some(value) = value {
            self.part(name.as_bytes());
            self.part(value.as_bytes());
        }
        self
    }

    /// Lengths keep one part from running into the next.
    fn part(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(&bytes.len().to_be_bytes());
        self.0.extend_from_slice(bytes);
    }
}

/// The cursor is not one of ours, or of another list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("invalid cursor")]
pub struct InvalidCursor;

/// Signs cursors and knows its own again: HMAC-SHA256, cut to 128 bits (RFC 2104, section 5).
#[derive(Clone)]
pub struct Cursors(Hmac<Sha256>);

/// The first byte of a cursor; another one for another layout.
const LAYOUT: u8 = 1;
const TAG: usize = 16;
const ID: usize = 16;

impl Cursors {
    /// Processes that share `key` understand each other's cursors. It should have at least
    /// 32 random bytes; it may serve other purposes too.
    #[must_use]
    pub fn new(key: &[u8]) -> Self {
        let own = Sha256::new()
            .chain_update(b"concordat cursor key\0")
            .chain_update(key)
            .finalize();
        let mut block = [0; 64];
        for (slot, byte) in block.iter_mut().zip(own) {
            *slot = byte;
        }
        Self(<Hmac<Sha256> as KeyInit>::new(&block.into()))
    }

    /// The cursor for what comes after `position`: base64url, at most 600 characters.
    #[must_use]
    pub fn seal<K: SortKey>(&self, scope: &Scope, position: &Position<K>) -> String {
        let mut bytes = vec![LAYOUT];
        bytes.extend_from_slice(position.id.as_bytes());
        position.key.write(&mut bytes);
        let tag = self.tag(scope, &bytes).finalize().into_bytes();
        bytes.extend(tag.iter().take(TAG));
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// What [`Cursors::seal`] was given.
    ///
    /// # Errors
    /// [`InvalidCursor`] if it was not sealed with this key for this scope.
    pub fn open<K: SortKey>(
        &self,
        scope: &Scope,
        cursor: &str,
    ) -> Result<Position<K>, InvalidCursor> {
        let bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| InvalidCursor)?;
        let (body, tag) = bytes
            .len()
            .checked_sub(TAG)
            .and_then(|end| bytes.split_at_checked(end))
            .ok_or(InvalidCursor)?;
        self.tag(scope, body)
            .verify_truncated_left(tag)
            .map_err(|_| InvalidCursor)?;
        read(body).ok_or(InvalidCursor)
    }

    fn tag(&self, scope: &Scope, body: &[u8]) -> Hmac<Sha256> {
        let mut mac = self.0.clone();
        mac.update(&scope.0.len().to_be_bytes());
        mac.update(&scope.0);
        mac.update(body);
        mac
    }
}

fn read<K: SortKey>(body: &[u8]) -> Option<Position<K>> {
    let rest = body.strip_prefix(&[LAYOUT])?;
    let (id, key) = rest.split_at_checked(ID)?;
    Some(Position {
        key: K::read(key)?,
        id: Uuid::from_slice(id).ok()?,
    })
}
