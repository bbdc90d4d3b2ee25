//! Reading and writing values that may be of several types.

use serde::de::DeserializeOwned;
use serde::{Serialize, Serializer};
use serde_json::Value;

use super::schemas;

/// Reads an arm.
pub(crate) fn arm<T: DeserializeOwned, E: serde::de::Error>(value: Value) -> Result<T, E> {
    serde_json::from_value(value).map_err(E::custom)
}

/// Picks the arm whose schema the value satisfies. Where several do (`anyOf`), the first that keeps
/// every member, else the first.
pub(crate) fn choose<U, E>(
    union: &str,
    value: &Value,
    read: impl Fn(usize, Value) -> Result<U, E>,
) -> Result<U, E>
where
    U: Serialize,
    E: serde::de::Error,
{
    let arms = schemas::arms(union, value);
    let mut first = None;
    for arm in &arms {
        let Ok(read) = read(*arm, value.clone()) else {
            continue;
        };
        let last = arms.len() == 1;
        if last || serde_json::to_value(&read).is_ok_and(|written| written == *value) {
            return Ok(read);
        }
        first.get_or_insert(read);
    }
    first.ok_or_else(|| no_arm(union))
}

/// The error for a value that satisfies none of the schemas.
pub(crate) fn no_arm<E: serde::de::Error>(union: &str) -> E {
    E::custom(format_args!("no variant of {union} has this form"))
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
