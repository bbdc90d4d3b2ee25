//! Operations that are deprecated, and those whose sunset has come.

use std::time::{Duration, UNIX_EPOCH};

use super::support::BARE;
use crate::runtime::life::{headers, is_over};
use crate::runtime::operation::{Operation, Response, Status};

/// 2027-01-31 is 1,801,353,600 seconds after 1970.
const OLD: Operation = Operation {
    deprecated: true,
    deprecated_since: Some("2026-01-31"),
    sunset: Some("2027-01-31"),
    responses: &[Response {
        status: Status::Code(410),
        media: &[],
        problems: &["gone"],
    }],
    ..BARE
};

#[test]
fn a_deprecated_operation_says_since_when_and_until_when() {
    let told: Vec<_> = headers(&OLD)
        .into_iter()
        .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()))
        .collect();

    assert_eq!(
        told,
        [
            "deprecation: @1769817600",
            "sunset: Sun, 31 Jan 2027 00:00:00 GMT"
        ]
    );
    assert!(headers(&BARE).is_empty());
}

#[test]
fn after_its_sunset_an_operation_that_declares_410_is_gone() {
    let at = |seconds| UNIX_EPOCH + Duration::from_secs(seconds);
    let undeclared = Operation {
        responses: &[],
        ..OLD
    };

    assert!(!is_over(&OLD, at(1_801_353_599)));
    assert!(is_over(&OLD, at(1_801_353_600)));
    assert!(!is_over(&undeclared, at(1_801_353_600)));
    assert!(!is_over(&BARE, at(u64::from(u32::MAX))));
}
