//! Operations that are deprecated, and those whose sunset has come.

use std::time::{Duration, UNIX_EPOCH};

use http::{HeaderMap, HeaderValue};

use super::support::BARE;
use crate::runtime::life::{headers, is_over, tell};
use crate::runtime::operation::{Life, Operation, Response, Status};

/// 2027-01-31 is 1,801,353,600 seconds after 1970.
const OLD: Operation = Operation {
    deprecated: true,
    deprecated_since: Some("2026-01-31"),
    sunset: Some("2027-01-31"),
    deprecation_link: Some("/why"),
    responses: &[Response {
        status: Status::Code(410),
        media: &[],
        problems: &["gone"],
    }],
    ..BARE
};

#[test]
fn a_deprecated_operation_says_since_when_and_until_when() {
    assert_eq!(
        told(&OLD, &[]),
        [
            "deprecation: @1769817600",
            "sunset: Sun, 31 Jan 2027 00:00:00 GMT",
            "link: </why>; rel=\"deprecation\"",
        ]
    );
    assert!(told(&BARE, &[]).is_empty());
}

fn told(operation: &Operation, used: &[Life]) -> Vec<String> {
    let lines = headers(operation, used).into_iter();
    lines
        .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()))
        .collect()
}

#[test]
fn of_all_that_is_used_the_first_days_count_and_each_address() {
    let life = |since, sunset, link| Life {
        since,
        sunset,
        link,
    };
    let used = [
        life(Some("2026-02-01"), None, Some("/b")),
        life(Some("2026-01-30"), Some("2028-01-01"), Some("/a")),
        life(None, None, Some("/a")),
    ];

    assert_eq!(
        told(&BARE, &used),
        [
            "deprecation: @1769731200",
            "sunset: Sat, 01 Jan 2028 00:00:00 GMT",
            "link: </a>; rel=\"deprecation\"",
            "link: </b>; rel=\"deprecation\"",
        ]
    );
    assert_eq!(told(&OLD, &used).len(), 5);
    assert!(told(&BARE, &[life(None, None, None)]).is_empty());
}

#[test]
fn the_link_of_a_list_stays_beside_that_of_its_deprecation() {
    let mut answer = HeaderMap::new();
    answer.insert(
        "link",
        HeaderValue::from_static("<?cursor=a>; rel=\"next\""),
    );

    tell(&mut answer, headers(&OLD, &[]));

    assert_eq!(answer.get_all("link").iter().count(), 2);
    assert_eq!(answer.get_all("deprecation").iter().count(), 1);
}

#[test]
fn after_its_sunset_an_operation_that_declares_410_is_gone() {
    let at = |seconds| UNIX_EPOCH + Duration::from_secs(seconds);
    let undeclared = Operation {
        responses: &[],
        ..OLD
    };

    assert!(!is_over(&OLD, || at(1_801_353_599)));
    assert!(is_over(&OLD, || at(1_801_353_600)));
    assert!(!is_over(&undeclared, || at(1_801_353_600)));
    assert!(!is_over(&BARE, || at(u64::from(u32::MAX))));
}
