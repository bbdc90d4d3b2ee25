//! Reading and writing values that may be of several types.

use serde::de::DeserializeOwned;
use serde::{Serialize, Serializer};
use serde_json::Value;

pub(crate) use super::schemas::Arms;

/// Reads an arm.
pub(crate) fn arm<T: DeserializeOwned, E: serde::de::Error>(value: Value) -> Result<T, E> {
    serde_json::from_value(value).map_err(E::custom)
}

/// Picks the arm whose schema the value satisfies. Where several do (`anyOf`), the first that keeps
/// every member, else the first.
pub(crate) fn choose<U, E>(
    arms: &Arms,
    value: Value,
    read: impl Fn(usize, Value) -> Result<U, E>,
) -> Result<U, E>
where
    U: Serialize,
    E: serde::de::Error,
{
    let satisfied = arms.satisfied_by(&value);
    if let [only] = satisfied.as_slice() {
        return read(*only, value);
    }
    let mut first = None;
    for arm in satisfied {
        let Ok(read) = read(arm, value.clone()) else {
            continue;
        };
        if serde_json::to_value(&read).is_ok_and(|written| written == value) {
            return Ok(read);
        }
        first.get_or_insert(read);
    }
    first.ok_or_else(|| E::custom("the value satisfies none of the schemas that it may have"))
}

/// Writes an arm with the discriminator that names it.
pub(crate) fn tagged<T, S>(
    serializer: S,
    discriminator: &str,
    tag: &str,
    value: &T,
) -> Result<S::Ok, S::Error>
where
    T: Serialize,
    S: Serializer,
{
    let mut value = serde_json::to_value(value).map_err(serde::ser::Error::custom)?;
    if let Value::Object(members) = &mut value {
        members.insert(discriminator.to_owned(), tag.into());
    }
    value.serialize(serializer)
}
