//! Strict JSON.

use serde_json::{Value, json};

use crate::runtime::json::{DEPTH_LIMIT, JsonFault, canonical, parse};

fn read(text: &str) -> Value {
    parse(text.as_bytes(), DEPTH_LIMIT).expect(text)
}

fn fault(text: impl AsRef<[u8]>) -> JsonFault {
    parse(text.as_ref(), DEPTH_LIMIT).expect_err("a fault")
}

#[test]
fn every_kind_of_value_is_read() {
    let text = r#" {"a":[null,true,false,-1,0,18446744073709551615,1.5,-2e-3,"x\né😀"],"":{}} "#;

    assert_eq!(
        read(text),
        json!({"a": [null, true, false, -1, 0, 18_446_744_073_709_551_615_u64, 1.5, -0.002, "x\né😀"], "": {}})
    );
}

#[test]
fn what_is_not_one_json_value_is_refused() {
    for text in [
        "",
        " ",
        "{",
        "[1,]",
        "{\"a\":1,}",
        "{a:1}",
        "'a'",
        "nul",
        "01",
        "+1",
        "1.",
        ".5",
        "0x1",
        "NaN",
        "Infinity",
        "-",
        "1 2",
        "{} {}",
        "[1] x",
        "\"a",
        "\"\t\"",
        "\"\\x\"",
        "\"\\ud800\"",
        "\"\\udc00x\"",
        "/*c*/1",
        "\u{feff}1",
        "1e400",
        "-1e999",
    ] {
        assert_eq!(fault(text).rule, "json", "{text}");
    }
}

#[test]
fn text_that_is_not_utf8_is_refused_with_its_place() {
    let fault = fault(b"{\n\"a\":\"\xff\"}");

    assert_eq!(
        (fault.rule, fault.offset, fault.line, fault.column),
        ("json", 7, 2, 6)
    );
}

#[test]
fn overlong_and_surrogate_encodings_are_refused() {
    for bytes in [&b"\"\xc0\x80\""[..], b"\"\xed\xa0\x80\"", b"\xff\xfe1\x00"] {
        assert_eq!(fault(bytes).rule, "json");
    }
}

#[test]
fn a_member_given_twice_is_refused_at_any_level() {
    let fault = fault(r#"{"list":[{"a/b":1,"c":2,"a\u002fb":3}]}"#);

    assert_eq!(fault.rule, "duplicate");
    assert_eq!(fault.pointer, "/list/0/a~1b");
}

#[test]
fn the_same_name_in_other_objects_is_no_duplicate() {
    assert_eq!(
        read(r#"[{"a":{"a":1}},{"a":2}]"#),
        json!([{"a": {"a": 1}}, {"a": 2}])
    );
}

#[test]
fn nul_is_refused_in_strings_and_names() {
    assert_eq!(fault(r#"{"a":["x\u0000"]}"#).rule, "nul");
    assert_eq!(fault(r#"{"a":["x\u0000"]}"#).pointer, "/a/0");
    assert_eq!(fault(r#"{"o":{"\u0000":1}}"#).rule, "nul");
    assert_eq!(fault("\"a\0\"").rule, "json");
    assert_eq!(read(r#""\\u0000""#), json!("\\u0000"));
}

#[test]
fn nesting_is_allowed_up_to_the_limit() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));

    assert!(parse(nested(32).as_bytes(), 32).is_ok());
    assert_eq!(fault(nested(33)).rule, "depth");
    assert_eq!(fault(nested(33)).limit, Some(32));
    assert_eq!(fault("[".repeat(100_000)).rule, "depth");
    assert_eq!(fault("{\"a\":".repeat(50_000)).rule, "depth");
    assert_eq!(parse(b"1", 0), Ok(json!(1)));
    assert!(parse(b"[]", 0).is_err());
}

#[test]
fn integers_beyond_64_bits_are_refused_and_never_become_floats() {
    for text in [
        "18446744073709551616",
        "-9223372036854775809",
        "123456789012345678901234567890",
        "-99999999999999999999",
    ] {
        let fault = fault(format!(
            r#"{{"a":[1e30, "12345678901234567890123\"", 1.5e300, {text}, 1e25]}}"#
        ));
        assert_eq!(
            (fault.rule, fault.pointer.as_str()),
            ("integer", "/a/3"),
            "{text}"
        );
    }
}

#[test]
fn integers_of_64_bits_are_exact() {
    for text in [
        "18446744073709551615",
        "9223372036854775808",
        "-9223372036854775808",
        "9007199254740993",
    ] {
        assert_eq!(read(text).to_string(), text);
    }
}

#[test]
fn large_numbers_with_an_exponent_or_fraction_stay_floats() {
    assert_eq!(
        read("[1e30,-1.5e300,18446744073709551616.0,1E+20]"),
        json!([1e30, -1.5e300, 18446744073709551616.0, 1e20])
    );
    assert_eq!(
        read(r#"["99999999999999999999999", 1e30, 18446744073709551615]"#)
            .as_array()
            .map(Vec::len),
        Some(3)
    );
}

#[test]
fn floats_that_equal_an_integer_become_it() {
    assert_eq!(
        read("[1.0,-0.0,-0,1e3,-2.50e1,0.5,1e18,1E+19,-1e18]").to_string(),
        "[1,0,0,1000,-25,0.5,1000000000000000000,10000000000000000000,-1000000000000000000]"
    );
}

#[test]
fn a_float_says_no_more_digits_than_it_holds() {
    for text in [
        "0.1",
        "0.30000000000000004",
        "0.10000000000000001",
        "1.7976931348623157e308",
        "5e-324",
        "9007199254740992.0",
        "0.1000000000000000055511151231257827021181583404541015625",
        "1000000000000000000000e0",
        "0.000000000000000000000000000001",
        "0.0",
        "-0e99",
    ] {
        assert!(parse(text.as_bytes(), 1).is_ok(), "{text}");
    }
    let endless = format!("0.{}", "1".repeat(100_000));
    for text in [
        "0.12345678901234567890",
        "9007199254740993.0",
        "1.00000000000000000001",
        "1.0000000000000000000001",
        "-3.141592653589793238462643383279",
        "1e-400",
        "1.25e-323",
        endless.as_str(),
    ] {
        let fault = fault(format!(
            r#"[-0, 0.5, "0.12345678901234567890", {{"a": {text}}}]"#
        ));
        assert_eq!((fault.rule, fault.pointer.as_str()), ("number", "/3/a"));
    }
}

#[test]
fn a_fault_says_line_column_offset_and_pointer() {
    let fault = fault("{\n  \"a\": [1, 2,\n   x]\n}");

    assert_eq!((fault.line, fault.column, fault.offset), (3, 4, 19));
    assert_eq!(fault.pointer, "/a/2");
    assert!(!fault.message.contains(" at line "), "{fault}");
}

#[test]
fn a_text_cut_short_is_said_to_end_too_early() {
    assert_eq!(fault("{\"a\": [1,").message, "the text ends too early");
}

#[test]
fn a_fault_becomes_a_400_with_one_violation() {
    let problem = fault(r#"{"a":1,"a":2}"#).into_problem();

    assert_eq!(
        (problem.kind.slug, problem.kind.status),
        ("malformed-body", 400)
    );
    assert_eq!(problem.errors.len(), 1);
    let error = problem.errors.first().expect("one");
    assert_eq!(
        (error.place, error.pointer.as_str(), error.keyword.as_ref()),
        ("body", "/a", "duplicate")
    );
}

#[test]
fn canonical_text_is_the_same_for_equal_values() {
    let one = read(r#"{"b":[1, {"z":null,"a":"x\u00e9"}],"a":1.0}"#);
    let two = read(r#"{ "a" : 1, "b" : [ 1.0, { "a":"xé", "z":null } ] }"#);

    assert_eq!(canonical(&one), canonical(&two));
    assert_eq!(
        String::from_utf8(canonical(&one)).as_deref(),
        Ok(r#"{"a":1,"b":[1,{"a":"xé","z":null}]}"#)
    );
}
