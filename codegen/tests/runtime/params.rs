//! Parameters: what is found, refused and made up for.

use http::HeaderMap;
use serde_json::json;

use super::support::{
    BARE, COLOUR, STRINGS, cookie, exploded, header, headers, operation, parameter, path, query,
    read, refusal, refused,
};
use crate::runtime::operation::{
    Operation, Parameter, Place, Requirement, Scheme, SchemeKind, Shape, Style,
};
use crate::runtime::params::decode;

const OPEN: Shape = Shape::Object {
    members: &[("R", &Shape::Integer)],
    rest: Some(&Shape::Number),
};

#[test]
fn header_names_know_no_case_and_keep_the_contract_s_spelling() {
    let operation = operation(vec![parameter(
        "x-Request-ID",
        Place::Header,
        Style::Simple,
        &Shape::String,
    )]);

    let decoded =
        decode(&operation, &[], None, &headers(&[("X-REQUEST-id", "a")])).expect("decoded");

    assert_eq!(
        decoded.into_value(),
        json!({"header": {"x-Request-ID": "a"}})
    );
}

#[test]
fn headers_that_the_contract_describes_elsewhere_are_ignored() {
    for name in ["Accept", "content-type", "AUTHORIZATION"] {
        let plain = parameter(name, Place::Header, Style::Simple, &Shape::String);
        assert_eq!(header(plain, &["x"]).expect("decoded"), json!({}));
    }
}

#[test]
fn a_header_given_twice_that_is_no_array_is_refused() {
    let plain = parameter("X-Value", Place::Header, Style::Simple, &Shape::String);

    assert_eq!(
        refusal(header(plain, &["a", "b"])),
        refused(422, "X-Value", "duplicate")
    );
}

#[test]
fn content_parameters_hold_strict_json() {
    let json = Parameter {
        json_content: true,
        ..parameter("x", Place::Query, Style::Form, &Shape::Any)
    };

    assert_eq!(
        query(json, "x=%7B%22a%22:[1]%7D").expect("read"),
        json!({"x": {"a": [1]}})
    );
    assert_eq!(refusal(query(json, "x={")), refused(400, "x", "json"));
    assert_eq!(refusal(query(json, "x=")), refused(400, "x", "json"));
    assert_eq!(
        refusal(query(json, "x={\"a\":1,\"a\":1}")),
        refused(400, "x", "duplicate")
    );
    assert_eq!(
        refusal(query(json, "x=1&x=2")),
        refused(422, "x", "duplicate")
    );
}

#[test]
fn defaults_stand_in_for_what_is_absent() {
    let limit = Parameter {
        default: Some("20"),
        ..parameter("limit", Place::Query, Style::Form, &Shape::Integer)
    };
    let colour = Parameter {
        default: Some(r#"{"R":1}"#),
        ..exploded(parameter("c", Place::Query, Style::Form, &COLOUR))
    };
    let operation = operation(vec![limit, colour]);

    assert_eq!(
        read(&operation, "").expect("read"),
        json!({"limit": 20, "c": {"R": 1}})
    );
    assert_eq!(
        read(&operation, "limit=5&R=2").expect("read"),
        json!({"limit": 5, "c": {"R": 2}})
    );
}

#[test]
fn an_empty_value_may_stand_for_none() {
    let flag = parameter("x", Place::Query, Style::Form, &Shape::Integer);
    let empty = Parameter {
        allow_empty: true,
        ..flag
    };
    let text = Parameter {
        shape: &Shape::String,
        ..empty
    };

    assert_eq!(query(flag, "x=").expect("read"), json!({"x": ""}));
    assert_eq!(query(empty, "x").expect("read"), json!({}));
    assert_eq!(query(text, "x").expect("read"), json!({"x": ""}));
}

#[test]
fn what_cannot_be_decoded_is_a_400_that_names_it() {
    let plain = parameter("x", Place::Query, Style::Form, &STRINGS);
    for (text, keyword) in [
        ("x=%", "percent-encoding"),
        ("x=%2", "percent-encoding"),
        ("x=a,%zz", "percent-encoding"),
        ("x=%ff", "utf-8"),
        ("x=%ED%A0%80", "utf-8"),
        ("x=a%00", "nul"),
    ] {
        assert_eq!(
            refusal(query(plain, text)),
            refused(400, "x", keyword),
            "{text}"
        );
    }
    assert_eq!(refusal(query(plain, "%ff=1")), refused(400, "%ff", "utf-8"));
    assert_eq!(refusal(query(plain, "y=%ff")), refused(400, "y", "utf-8"));
    let plain = parameter("x", Place::Path, Style::Simple, &Shape::String);
    assert_eq!(refusal(path(plain, "%00")), refused(422, "x", "nul"));
    let plain = parameter("x", Place::Cookie, Style::Form, &Shape::String);
    assert_eq!(
        refusal(cookie(plain, "x=%f")),
        refused(400, "x", "percent-encoding")
    );
}

#[test]
fn a_header_that_is_not_utf8_is_malformed() {
    let operation = operation(vec![parameter(
        "X-Value",
        Place::Header,
        Style::Simple,
        &Shape::String,
    )]);
    let mut map = HeaderMap::new();
    map.insert(
        "x-value",
        http::HeaderValue::from_bytes(b"\xff").expect("a value"),
    );

    let problem = decode(&operation, &[], None, &map).expect_err("a problem");

    assert_eq!(problem.kind.status, 400);
}

#[test]
fn a_value_given_twice_that_is_no_array_is_refused() {
    let plain = parameter("x", Place::Query, Style::Form, &Shape::Integer);

    assert_eq!(
        refusal(query(plain, "x=1&x=1")),
        refused(422, "x", "duplicate")
    );
    assert_eq!(
        refusal(query(exploded(plain), "x=1&x=2")),
        refused(422, "x", "duplicate")
    );
    let colour = parameter("x", Place::Query, Style::Form, &COLOUR);
    assert_eq!(
        refusal(query(exploded(colour), "R=1&R=2")),
        refused(422, "x", "duplicate")
    );
    assert_eq!(
        refusal(query(colour, "x=R,1,R,2")),
        refused(422, "x", "duplicate")
    );
}

#[test]
fn unknown_query_parameters_are_refused_and_the_known_named() {
    let plain = parameter("limit", Place::Query, Style::Form, &Shape::Integer);
    let operation = operation(vec![
        plain,
        exploded(parameter("c", Place::Query, Style::Form, &COLOUR)),
    ]);

    let problem = read(&operation, "limit=1&limt=2&LIMIT=3&=4").expect_err("a problem");

    assert_eq!(problem.kind.slug, "validation-error");
    let names: Vec<_> = problem
        .errors
        .iter()
        .map(|error| error.parameter.clone().unwrap_or_default())
        .collect();
    assert_eq!(names, ["limt", "LIMIT", ""]);
    assert!(
        problem.errors[0].message.contains("limit, R, G, name"),
        "{}",
        problem.errors[0].message
    );
    assert_eq!(problem.errors[0].keyword, "additionalProperties");
}

#[test]
fn an_object_that_takes_any_member_takes_what_others_leave() {
    let open = exploded(parameter("open", Place::Query, Style::Form, &OPEN));
    let plain = parameter("limit", Place::Query, Style::Form, &Shape::Integer);
    let colour = exploded(parameter("c", Place::Query, Style::Form, &COLOUR));
    let operation = operation(vec![open, plain, colour]);

    let value = read(&operation, "other=1.5&limit=3&G=2&z=x").expect("read");

    assert_eq!(
        value,
        json!({"limit": 3, "c": {"G": 2}, "open": {"other": 1.5, "z": "x"}})
    );
}

#[test]
fn a_parameter_s_own_name_wins_over_brackets_and_members() {
    let deep = exploded(parameter("f", Place::Query, Style::DeepObject, &COLOUR));
    let literal = exploded(parameter("f[]", Place::Query, Style::Form, &STRINGS));
    let operation = operation(vec![literal, deep]);

    assert_eq!(
        read(&operation, "f[]=a&f[R]=1").expect("read"),
        json!({"f[]": ["a"], "f": {"R": 1}})
    );
}

#[test]
fn a_key_in_the_query_is_not_unknown() {
    static KEY: Scheme = Scheme {
        name: "key",
        kind: SchemeKind::ApiKeyQuery("api_key"),
    };
    static OPERATION: Operation = Operation {
        security: &[&[Requirement {
            scheme: &KEY,
            scopes: &[],
        }]],
        ..BARE
    };

    assert!(decode(&OPERATION, &[], Some("api_key=s"), &HeaderMap::new()).is_ok());
    assert!(decode(&OPERATION, &[], Some("api_keys=s"), &HeaderMap::new()).is_err());
}

#[test]
fn only_places_with_parameters_are_in_the_value() {
    assert_eq!(
        decode(&BARE, &[], None, &HeaderMap::new())
            .expect("decoded")
            .into_value(),
        json!({})
    );
    let operation = operation(vec![
        Parameter {
            required: true,
            ..parameter("x", Place::Header, Style::Simple, &Shape::String)
        },
        parameter("y", Place::Query, Style::Form, &Shape::String),
    ]);

    let value = decode(&operation, &[], Some("&&"), &HeaderMap::new())
        .expect("decoded")
        .into_value();

    assert_eq!(value, json!({"header": {}, "query": {}}));
}

#[test]
fn broken_places_are_listed_up_to_a_limit() {
    let text = (0..500).map(|n| format!("u{n}=1&")).collect::<String>();

    let problem = read(&BARE, &text).expect_err("a problem");

    assert_eq!(problem.errors.len(), 50);
}
