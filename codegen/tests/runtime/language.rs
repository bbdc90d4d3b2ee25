//! Which of the offered languages a client gets.

use crate::runtime::language::negotiate;

#[test]
fn the_language_that_the_client_likes_best_is_taken() {
    for (accepted, expected) in [
        ("", "en"),
        ("ko", "ko"),
        ("KO-kr", "ko"),
        ("ko-KR,ko;q=0.9,en-US;q=0.8,en;q=0.7", "ko"),
        ("en, ko", "en"),
        ("en;q=0.5, ko;q=0.8", "ko"),
        ("fr, ko;q=0.1", "ko"),
        ("fr", "en"),
        ("*", "en"),
        ("*;q=0.5, ko", "ko"),
        ("ko;q=0, *", "en"),
        ("ko;q=0", "en"),
        ("ko;q=2", "en"),
        ("ko;q=0.0001, en;q=0.1", "en"),
        (";;,;q=,", "en"),
    ] {
        assert_eq!(
            negotiate(accepted, &["en", "ko"]),
            Some(expected),
            "{accepted}"
        );
    }
}
