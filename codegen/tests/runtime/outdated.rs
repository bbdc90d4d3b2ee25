//! What a value has of what is deprecated.

use serde_json::{Value, json};

use crate::runtime::operation::{Arm, Life, Outdated, Spot};

const LIFE: Life = Life {
    since: None,
    sunset: None,
    link: None,
};

fn found(spots: &'static [Spot], value: &Value) -> Vec<String> {
    let outdated = Outdated {
        parameters: &[],
        bodies: &[],
        answers: &[],
        events: &[],
        headers: &[],
        spots,
    };
    let found = outdated.found(0, value).into_iter();
    found
        .map(|it| format!("{} {}", it.place, it.value.unwrap_or("-")))
        .collect()
}

#[test]
fn a_value_is_compared_as_json() {
    const VALUES: &[Spot] = &[Spot {
        values: &[
            ("\"a\"", LIFE),
            ("1.0", LIFE),
            ("\"\\\"\"", LIFE),
            ("null", LIFE),
        ],
        ..Spot::NONE
    }];

    assert_eq!(found(VALUES, &json!("a")), [" \"a\""]);
    assert_eq!(found(VALUES, &json!(1)), [" 1.0"]);
    assert_eq!(found(VALUES, &json!("\"")), [" \"\\\"\""]);
    assert_eq!(found(VALUES, &Value::Null), [" null"]);
    for other in [json!("b"), json!(2), json!("1.0"), json!({}), json!([])] {
        assert!(found(VALUES, &other).is_empty(), "{other}");
    }
}

#[test]
fn a_member_that_is_named_is_none_of_the_others() {
    const SPOTS: &[Spot] = &[
        Spot {
            members: &[("known", None), ("old", Some(1))],
            rest: &[2],
            ..Spot::NONE
        },
        Spot {
            place: "/old",
            life: Some(LIFE),
            ..Spot::NONE
        },
        Spot {
            place: "/*",
            life: Some(LIFE),
            ..Spot::NONE
        },
    ];

    assert!(found(SPOTS, &json!({"known": 1})).is_empty());
    assert_eq!(found(SPOTS, &json!({"known": 1, "old": 2})), ["/old -"]);
    assert_eq!(found(SPOTS, &json!({"x": 1, "y": 2})), ["/* -"]);
    assert_eq!(found(SPOTS, &json!([1, 2])), ["/* -"]);
}

#[test]
fn a_member_belongs_to_the_pattern_that_its_name_matches() {
    const SPOTS: &[Spot] = &[
        Spot {
            members: &[("old_known", None)],
            patterns: &[("^old_", Some(1)), ("^new_", None)],
            rest: &[2],
            ..Spot::NONE
        },
        Spot {
            place: "/*",
            life: Some(LIFE),
            ..Spot::NONE
        },
        Spot {
            place: "/rest",
            life: Some(LIFE),
            ..Spot::NONE
        },
    ];

    assert_eq!(found(SPOTS, &json!({"old_a": 1, "new_b": 2})), ["/* -"]);
    assert_eq!(found(SPOTS, &json!({"old_known": 1})), ["/* -"]);
    assert_eq!(found(SPOTS, &json!({"other": 1})), ["/rest -"]);
    assert!(found(SPOTS, &json!({"new_b": 2})).is_empty());
}

#[test]
fn what_holds_otherwise_counts_where_the_value_is_not_like_that() {
    const SPOTS: &[Spot] = &[
        Spot {
            arms: &[Arm {
                spot: 1,
                required: &["name"],
                is_negated: true,
                ..Arm::NONE
            }],
            ..Spot::NONE
        },
        Spot {
            life: Some(LIFE),
            ..Spot::NONE
        },
    ];

    assert_eq!(found(SPOTS, &json!({})), [" -"]);
    assert!(found(SPOTS, &json!({"name": 1})).is_empty());
}

#[test]
fn an_arm_counts_where_the_value_is_what_it_asks() {
    const SPOTS: &[Spot] = &[
        Spot {
            arms: &[Arm {
                spot: 1,
                types: &["object"],
                required: &["name"],
                tags: &[("kind", &["\"cat\""])],
                ..Arm::NONE
            }],
            ..Spot::NONE
        },
        Spot {
            life: Some(LIFE),
            ..Spot::NONE
        },
    ];

    for cat in [json!({"name": "a"}), json!({"name": "a", "kind": "cat"})] {
        assert_eq!(found(SPOTS, &cat), [" -"], "{cat}");
    }
    for other in [
        json!({}),
        json!({"name": "a", "kind": "dog"}),
        json!("name"),
    ] {
        assert!(found(SPOTS, &other).is_empty(), "{other}");
    }
}

#[test]
fn the_walk_ends_whatever_the_spots_and_the_value_are() {
    // Each level could be meant in two ways, and each way leads back: 2¹⁰⁰ steps.
    const DOUBLING: &[Spot] = &[
        Spot {
            arms: &[
                Arm {
                    spot: 1,
                    ..Arm::NONE
                },
                Arm {
                    spot: 1,
                    ..Arm::NONE
                },
            ],
            ..Spot::NONE
        },
        Spot {
            members: &[("in", Some(0)), ("old", Some(2))],
            ..Spot::NONE
        },
        Spot {
            place: "/old",
            life: Some(LIFE),
            ..Spot::NONE
        },
    ];
    const ROUND: &[Spot] = &[Spot {
        arms: &[Arm::NONE],
        ..Spot::NONE
    }];
    const NOWHERE: &[Spot] = &[Spot {
        rest: &[7],
        ..Spot::NONE
    }];
    let mut nested = json!({"old": 1});
    for _ in 0..100 {
        nested = json!({"in": nested, "old": 1});
    }

    assert_eq!(found(DOUBLING, &nested), ["/old -"]);
    assert!(found(ROUND, &nested).is_empty());
    assert!(found(NOWHERE, &nested).is_empty());
}
