//! What a stateful mock was sent, within bounds.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::Value;

/// Items of one collection, and bytes of JSON in all; what is oldest goes first.
const ITEMS: usize = 1_000;
const BYTES: usize = 64 << 20;

/// Collections of a mock, by their paths.
#[derive(Default)]
pub struct Store(Mutex<Inner>);

#[derive(Default)]
struct Inner {
    /// Items in the order of their making.
    collections: HashMap<String, Vec<(String, Value)>>,
    bytes: usize,
    made: u64,
}

impl Store {
    /// A number that no call before was given, from 1.
    pub fn number(&self) -> u64 {
        let mut inner = self.lock();
        inner.made += 1;
        inner.made
    }

    /// Adds an item or puts it in the place of the one with its id.
    pub fn put(&self, collection: &str, id: &str, value: Value) {
        let mut inner = self.lock();
        inner.bytes += value.to_string().len();
        let items = inner.collections.entry(collection.to_owned()).or_default();
        let mut gone = Vec::new();
        match items.iter_mut().find(|(known, _)| known == id) {
            Some((_, old)) => gone.push(std::mem::replace(old, value)),
            None => items.push((id.to_owned(), value)),
        }
        while items.len() > ITEMS {
            gone.push(items.remove(0).1);
        }
        inner.bytes -= gone.iter().map(|it| it.to_string().len()).sum::<usize>();
        inner.shrink();
    }

    /// An item.
    pub fn get(&self, collection: &str, id: &str) -> Option<Value> {
        let inner = self.lock();
        let mut items = inner.collections.get(collection)?.iter();
        items
            .find(|(known, _)| known == id)
            .map(|(_, it)| it.clone())
    }

    /// All items, oldest first.
    pub fn list(&self, collection: &str) -> Vec<Value> {
        let inner = self.lock();
        let items = inner.collections.get(collection).into_iter().flatten();
        items.map(|(_, value)| value.clone()).collect()
    }

    /// Removes an item and what lies below its path; whether it was there.
    pub fn remove(&self, collection: &str, id: &str) -> bool {
        let mut inner = self.lock();
        let Some(items) = inner.collections.get_mut(collection) else {
            return false;
        };
        let Some(at) = items.iter().position(|(known, _)| known == id) else {
            return false;
        };
        let (_, value) = items.remove(at);
        inner.bytes -= value.to_string().len();
        let below = format!("{collection}/{id}/");
        let gone: Vec<String> = (inner.collections.keys())
            .filter(|path| path.starts_with(&below))
            .cloned()
            .collect();
        gone.iter().for_each(|path| inner.forget(path));
        true
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn forget(&mut self, collection: &str) {
        let items = self.collections.remove(collection).unwrap_or_default();
        let bytes = items.iter().map(|(_, it)| it.to_string().len());
        self.bytes -= bytes.sum::<usize>();
    }

    /// Lets go of the oldest items of the largest collection.
    fn shrink(&mut self) {
        while self.bytes > BYTES {
            let largest = self
                .collections
                .values_mut()
                .max_by_key(|items| items.len());
            match largest.filter(|items| !items.is_empty()) {
                Some(items) => self.bytes -= items.remove(0).1.to_string().len(),
                None => return,
            }
        }
    }
}
