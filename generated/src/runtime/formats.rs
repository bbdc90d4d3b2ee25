//! Formats and precision that JSON Schema leaves open: what a value must be for its type to hold it.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE, URL_SAFE_NO_PAD};
use jsonschema::paths::Location;
use jsonschema::{Keyword, PatternOptions, ValidationError, ValidationOptions};
use rust_decimal::Decimal;
use serde_json::{Map, Number, Value};

use super::values::exact_decimal;

/// The options of every validator that is built at start; those of compiled ones are the same.
pub fn options() -> ValidationOptions<'static> {
    jsonschema::draft202012::options()
        .should_validate_formats(true)
        .with_pattern_options(PatternOptions::regex())
        .with_format("byte", is_base64)
        .with_format("base64url", is_base64url)
        .with_format("decimal", is_decimal)
        .with_keyword("precision", precision)
}

/// `byte`: base64 with padding (RFC 4648, section 4).
pub(crate) fn is_base64(text: &str) -> bool {
    STANDARD.decode(text).is_ok()
}

/// `base64url`: with padding or without (RFC 4648, section 5).
pub(crate) fn is_base64url(text: &str) -> bool {
    URL_SAFE.decode(text).is_ok() || URL_SAFE_NO_PAD.decode(text).is_ok()
}

/// `decimal`: a number of JSON's grammar without exponent, of at most 28 digits.
pub(crate) fn is_decimal(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    are_digits(whole)
        && are_digits(fraction)
        && (whole == "0" || !whole.starts_with('0'))
        && Decimal::from_str_exact(text).is_ok()
}

/// `precision`: a keyword of our own beside `type: number`; the value is one that a `double` or a
/// `decimal` holds exactly.
pub(crate) fn precision<'a>(
    _parent: &'a Map<String, Value>,
    value: &'a Value,
    _path: Location,
) -> Result<Box<dyn for<'i> Keyword<'i>>, ValidationError<'a>> {
    Ok(Box::new(match value.as_str() {
        Some("decimal") => Precision::Decimal,
        _ => Precision::Double,
    }))
}

enum Precision {
    Double,
    Decimal,
}

impl Precision {
    fn holds(&self, number: &Number) -> bool {
        match self {
            Self::Double => is_double(number),
            Self::Decimal => exact_decimal(number).is_some(),
        }
    }
}

impl<'i> Keyword<'i> for Precision {
    fn validate(&self, instance: &'i Value) -> Result<(), ValidationError<'i>> {
        match self.is_valid(instance) {
            true => Ok(()),
            false => Err(ValidationError::custom(match self {
                Self::Double => "the integer has more digits than a double holds exactly",
                Self::Decimal => "the number has more digits than a decimal holds exactly",
            })),
        }
    }

    fn is_valid(&self, instance: &'i Value) -> bool {
        match instance {
            Value::Number(number) => self.holds(number),
            _ => true,
        }
    }
}

/// Whether an integer is one that a double holds; a number that is a double already is.
fn is_double(number: &Number) -> bool {
    let Some(magnitude) = number
        .as_u64()
        .or_else(|| Some(number.as_i64()?.unsigned_abs()))
    else {
        return true;
    };
    // 53 bits of which the first is set: what follows must be zeros.
    magnitude == 0 || (magnitude >> magnitude.trailing_zeros()) < 1 << f64::MANTISSA_DIGITS
}
