//! Numbers as they are written: the YAML 1.2 core schema, and whether a number survives as one of JSON's.

use serde_json::{Number, Value};

/// A number read from text.
#[derive(Debug, PartialEq)]
pub enum Read {
    /// The number, equal to the text.
    Exact(Number),
    /// The nearest number there is; the text says more digits than it keeps.
    Nearest(Number),
    /// Infinity, NaN, or beyond the range of a double: JSON has no such number.
    Beyond,
}

/// Reads a plain scalar as the YAML 1.2 core schema does; `None` when it is not a number.
pub fn yaml(text: &str) -> Option<Read> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    if matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN") {
        return Some(Read::Beyond);
    }
    for (prefix, radix) in [("0o", 8), ("0x", 16)] {
        if let Some(digits) = text.strip_prefix(prefix) {
            if digits.is_empty() || !digits.chars().all(|c| c.is_digit(radix)) {
                return None;
            }
            return Some(match u64::from_str_radix(digits, radix) {
                Ok(value) => Read::Exact(value.into()),
                Err(_) => Read::Beyond,
            });
        }
    }
    is_decimal(unsigned).then(|| decimal(text))
}

/// `[0-9]+(\.[0-9]*)?` or `\.[0-9]+`, then maybe an exponent.
fn is_decimal(text: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (
            mantissa,
            Some(exponent.strip_prefix(['-', '+']).unwrap_or(exponent)),
        ),
        None => (text, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    digits(whole)
        && digits(fraction)
        && !(whole.is_empty() && fraction.is_empty())
        && exponent.is_none_or(|exponent| !exponent.is_empty() && digits(exponent))
}

/// Reads decimal text, known to be well formed.
pub fn decimal(text: &str) -> Read {
    let text = text.strip_prefix('+').unwrap_or(text);
    if let Ok(value) = text.parse::<i64>() {
        return Read::Exact(value.into());
    }
    if let Ok(value) = text.parse::<u64>() {
        return Read::Exact(value.into());
    }
    let Some(value) = text.parse::<f64>().ok().filter(|value| value.is_finite()) else {
        return Read::Beyond;
    };
    let written = normal(text);
    let exact =
        written == normal(&format!("{value:e}")) || written == normal(&format!("{value:.0}"));
    // 1e3 is the integer 1000 (YAML, JSON Schema); what is written with a fraction stays one.
    let number = if exact && !text.contains('.') && value.fract() == 0.0 && value.abs() < 9.0e15 {
        format!("{value:.0}").parse::<i64>().ok().map(Number::from)
    } else {
        None
    };
    match (number.or_else(|| Number::from_f64(value)), exact) {
        (Some(number), true) => Read::Exact(number),
        (Some(number), false) => Read::Nearest(number),
        (None, _) => Read::Beyond,
    }
}

/// Sign, significant digits without zeros at either end, and the power of ten of the last digit.
fn normal(text: &str) -> (bool, String, i64) {
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let mut power =
        exponent.parse::<i64>().unwrap_or(0) - i64::try_from(fraction.len()).unwrap_or(0);
    let digits = format!("{whole}{fraction}");
    let trimmed = digits.trim_end_matches('0');
    power += i64::try_from(digits.len() - trimmed.len()).unwrap_or(0);
    let significant = trimmed.trim_start_matches('0').to_owned();
    if significant.is_empty() {
        return (false, significant, 0);
    }
    (negative, significant, power)
}

/// The integer at or beside a number, on the side of zero; `None` if it is beyond 128 bits.
pub fn whole(number: &Number) -> Option<i128> {
    let exact = number.as_i64().map(i128::from);
    let exact = exact.or_else(|| number.as_u64().map(i128::from));
    let double = || format!("{:.0}", number.as_f64()?.trunc()).parse().ok();
    exact.or_else(double)
}

/// An integer of 64 bits, signed or not, as JSON has it.
pub fn json(integer: i128) -> Value {
    let signed = i64::try_from(integer).map(Value::from);
    signed
        .or_else(|_| u64::try_from(integer).map(Value::from))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Read, yaml};

    fn shown(text: &str) -> String {
        match yaml(text) {
            Some(Read::Exact(number)) => number.to_string(),
            Some(Read::Nearest(number)) => format!("~{number}"),
            Some(Read::Beyond) => "beyond".to_owned(),
            None => "text".to_owned(),
        }
    }

    #[test]
    fn plain_scalars_are_numbers_as_yaml_1_2_says() {
        let cases = [
            ("12", "12"),
            ("-0", "0"),
            ("007", "7"),
            ("0o17", "15"),
            ("0xFf", "255"),
            ("1e3", "1000"),
            ("1.0", "1.0"),
            ("0.1", "0.1"),
            (".5", "0.5"),
            ("5.", "5.0"),
            ("+3", "3"),
            ("9223372036854775808", "9223372036854775808"),
            ("18446744073709551616", "1.8446744073709552e+19"),
            ("0.12345678901234567890123", "~0.12345678901234568"),
            ("1e999", "beyond"),
            (".inf", "beyond"),
            ("1_000", "text"),
            ("0b11", "text"),
            ("1e", "text"),
            (".", "text"),
            ("-", "text"),
            ("1.2.3", "text"),
            ("12:30", "text"),
        ];

        for (text, expected) in cases {
            assert_eq!(shown(text), expected, "{text}");
        }
    }
}
