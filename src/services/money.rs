//! Money: integer minor units inside, a decimal string with two digits outside.

/// `12.34` as 1234; `None` for anything but digits, a point and two digits, or beyond 64 bits.
pub fn parse(text: &str) -> Option<i64> {
    let (units, cents) = text.split_once('.')?;
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(units) || cents.len() != 2 || !digits(cents) {
        return None;
    }
    units
        .parse::<i64>()
        .ok()?
        .checked_mul(100)?
        .checked_add(cents.parse().ok()?)
}

/// 1234 as `12.34`.
pub fn format(minor: i64) -> String {
    let sign = if minor < 0 { "-" } else { "" };
    let minor = minor.unsigned_abs();
    format!("{sign}{}.{:02}", minor / 100, minor % 100)
}

#[cfg(test)]
mod tests {
    use super::{format, parse};

    #[test]
    fn text_and_minor_units_say_the_same() {
        for (text, minor) in [
            ("0.00", 0),
            ("0.05", 5),
            ("12.34", 1_234),
            ("99999999.99", 9_999_999_999),
        ] {
            assert_eq!(parse(text), Some(minor));
            assert_eq!(format(minor), text);
        }
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for text in [
            "",
            "1",
            "1.2",
            "1.234",
            ".50",
            "-1.00",
            "1,00",
            "1.0a",
            "99999999999999999999.00",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
