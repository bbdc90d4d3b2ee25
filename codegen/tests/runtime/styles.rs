//! Values in every style, shape and place.

use serde_json::{Value, json};

use super::support::{
    COLOUR, INTEGERS, STRINGS, cookie, exploded, header, parameter, path, query, refusal, refused,
};
use crate::runtime::operation::{Parameter, Place, Shape, Style};

#[test]
fn text_is_coerced_only_where_it_is_exact() {
    let cases: &[(&'static Shape, &str, Value)] = &[
        (&Shape::Integer, "5", json!(5)),
        (&Shape::Integer, "-0", json!(0)),
        (
            &Shape::Integer,
            "18446744073709551615",
            json!(18_446_744_073_709_551_615_u64),
        ),
        (&Shape::Integer, "-9223372036854775808", json!(i64::MIN)),
        (
            &Shape::Integer,
            "18446744073709551616",
            json!("18446744073709551616"),
        ),
        (&Shape::Integer, "1.0", json!("1.0")),
        (&Shape::Integer, "%2B1", json!("+1")),
        (&Shape::Integer, "01", json!("01")),
        (&Shape::Integer, "+1", json!(" 1")),
        (&Shape::Integer, "", json!("")),
        (&Shape::Integer, "-", json!("-")),
        (&Shape::Integer, "1e3", json!("1e3")),
        (&Shape::Integer, "%D9%A1", json!("١")),
        (&Shape::Number, "1.5", json!(1.5)),
        (&Shape::Number, "-1.5E%2B2", json!(-150.0)),
        (&Shape::Number, "7", json!(7)),
        (&Shape::Number, "1e400", json!("1e400")),
        (&Shape::Number, "NaN", json!("NaN")),
        (&Shape::Number, "inf", json!("inf")),
        (&Shape::Number, "1.", json!("1.")),
        (&Shape::Number, ".5", json!(".5")),
        (&Shape::Number, "1e", json!("1e")),
        (
            &Shape::Number,
            "123456789012345678901",
            json!("123456789012345678901"),
        ),
        (&Shape::Boolean, "true", json!(true)),
        (&Shape::Boolean, "True", json!("True")),
        (&Shape::Boolean, "1", json!("1")),
        (&Shape::String, "5", json!("5")),
        (&Shape::String, "a+b%2Bc%20d%C3%A9", json!("a b+c dé")),
        (&Shape::Any, "5", json!("5")),
        (
            &Shape::OneOf(&[&Shape::Integer, &Shape::Null]),
            "null",
            json!(null),
        ),
        (
            &Shape::OneOf(&[&Shape::Integer, &Shape::Null]),
            "",
            json!(null),
        ),
        (
            &Shape::OneOf(&[&Shape::Null, &Shape::String]),
            "null",
            json!("null"),
        ),
        (
            &Shape::OneOf(&[
                &Shape::OneOf(&[&Shape::Null, &Shape::Integer]),
                &Shape::String,
            ]),
            "null",
            json!("null"),
        ),
        (
            &Shape::OneOf(&[&Shape::String, &Shape::Boolean]),
            "true",
            json!(true),
        ),
        (
            &Shape::OneOf(&[&Shape::Integer, &Shape::String]),
            "latest",
            json!("latest"),
        ),
    ];

    for (shape, text, expected) in cases {
        let got = query(
            parameter("x", Place::Query, Style::Form, shape),
            &format!("x={text}"),
        );
        assert_eq!(got.expect(text), json!({"x": expected}), "{shape:?} {text}");
    }
}

#[test]
fn query_values_are_read_in_every_style() {
    let plain = |style, shape| parameter("x", Place::Query, style, shape);
    let cases: Vec<(Parameter, &str, Value)> = vec![
        (plain(Style::Form, &INTEGERS), "x=3,4,5", json!([3, 4, 5])),
        (plain(Style::Form, &INTEGERS), "x=3%2C4,5", json!([3, 4, 5])),
        (
            plain(Style::Form, &STRINGS),
            "x=a%2Cb,c",
            json!(["a,b", "c"]),
        ),
        (plain(Style::Form, &STRINGS), "x=a%2Cb", json!(["a,b"])),
        (
            plain(Style::Form, &STRINGS),
            "x=a,,b",
            json!(["a", "", "b"]),
        ),
        (plain(Style::Form, &STRINGS), "x=", json!([])),
        (plain(Style::Form, &STRINGS), "x", json!([])),
        (plain(Style::Form, &INTEGERS), "x=1&x=2,3", json!([1, 2, 3])),
        (plain(Style::Form, &INTEGERS), "x=1,a", json!([1, "a"])),
        (
            plain(Style::Form, &COLOUR),
            "x=R,100,name,a%2Cb",
            json!({"R": 100, "name": "a,b"}),
        ),
        (
            plain(Style::Form, &COLOUR),
            "x=R,100,name",
            json!("R,100,name"),
        ),
        (
            plain(Style::Form, &COLOUR),
            "x=R,1,other,2",
            json!({"R": 1, "other": "2"}),
        ),
        (
            exploded(plain(Style::Form, &INTEGERS)),
            "x=3&x=4",
            json!([3, 4]),
        ),
        (exploded(plain(Style::Form, &INTEGERS)), "x=3", json!([3])),
        (
            exploded(plain(Style::Form, &INTEGERS)),
            "x=3,4",
            json!(["3,4"]),
        ),
        (exploded(plain(Style::Form, &INTEGERS)), "x=", json!([])),
        (exploded(plain(Style::Form, &STRINGS)), "x=", json!([""])),
        (
            exploded(plain(Style::Form, &STRINGS)),
            "x=a,b&x=c",
            json!(["a,b", "c"]),
        ),
        (
            exploded(plain(Style::Form, &COLOUR)),
            "R=1&name=a",
            json!({"R": 1, "name": "a"}),
        ),
        (
            plain(Style::SpaceDelimited, &INTEGERS),
            "x=3%204+5",
            json!([3, 4, 5]),
        ),
        (
            plain(Style::SpaceDelimited, &COLOUR),
            "x=R%20100%20G%20200",
            json!({"R": 100, "G": 200}),
        ),
        (
            exploded(plain(Style::SpaceDelimited, &INTEGERS)),
            "x=3&x=4",
            json!([3, 4]),
        ),
        (
            plain(Style::PipeDelimited, &INTEGERS),
            "x=3|4%7C5%7c6",
            json!([3, 4, 5, 6]),
        ),
        (
            plain(Style::PipeDelimited, &COLOUR),
            "x=R|100|G|200",
            json!({"R": 100, "G": 200}),
        ),
        (
            plain(Style::PipeDelimited, &STRINGS),
            "x=a,b|c",
            json!(["a,b", "c"]),
        ),
        (
            exploded(plain(Style::DeepObject, &COLOUR)),
            "x[R]=1&x[name]=a",
            json!({"R": 1, "name": "a"}),
        ),
        (
            plain(Style::DeepObject, &COLOUR),
            "x%5BR%5D=1&x[z]=2",
            json!({"R": 1, "z": "2"}),
        ),
    ];

    for (parameter, text, expected) in cases {
        let got = query(parameter, text).expect(text);
        assert_eq!(got, json!({"x": expected}), "{parameter:?} {text}");
    }
}

#[test]
fn path_values_are_read_in_every_style() {
    let plain = |style, shape| parameter("x", Place::Path, style, shape);
    let cases: Vec<(Parameter, &str, Value)> = vec![
        (plain(Style::Simple, &Shape::Integer), "5", json!(5)),
        (
            plain(Style::Simple, &Shape::String),
            "a%2Fb+c%2Cd,e",
            json!("a/b+c,d,e"),
        ),
        (plain(Style::Simple, &INTEGERS), "3,4", json!([3, 4])),
        (
            exploded(plain(Style::Simple, &STRINGS)),
            "a%2Cb,c",
            json!(["a,b", "c"]),
        ),
        (
            plain(Style::Simple, &COLOUR),
            "R,100,G,200",
            json!({"R": 100, "G": 200}),
        ),
        (
            exploded(plain(Style::Simple, &COLOUR)),
            "R=100,name=a%3Db",
            json!({"R": 100, "name": "a=b"}),
        ),
        (plain(Style::Label, &Shape::Integer), ".5", json!(5)),
        (plain(Style::Label, &Shape::String), ".", json!("")),
        (plain(Style::Label, &INTEGERS), ".3,4", json!([3, 4])),
        (
            exploded(plain(Style::Label, &INTEGERS)),
            ".3.4",
            json!([3, 4]),
        ),
        (
            plain(Style::Label, &COLOUR),
            ".R,100,G,200",
            json!({"R": 100, "G": 200}),
        ),
        (
            exploded(plain(Style::Label, &COLOUR)),
            ".R=100.G=200",
            json!({"R": 100, "G": 200}),
        ),
        (plain(Style::Matrix, &Shape::Integer), ";x=5", json!(5)),
        (plain(Style::Matrix, &Shape::String), ";x", json!("")),
        (plain(Style::Matrix, &INTEGERS), ";x=3,4", json!([3, 4])),
        (
            exploded(plain(Style::Matrix, &Shape::Integer)),
            ";x=5",
            json!(5),
        ),
        (
            exploded(plain(Style::Matrix, &INTEGERS)),
            ";x=3;x=4",
            json!([3, 4]),
        ),
        (
            plain(Style::Matrix, &COLOUR),
            ";x=R,100,G,200",
            json!({"R": 100, "G": 200}),
        ),
        (
            exploded(plain(Style::Matrix, &COLOUR)),
            ";R=100;G=200",
            json!({"R": 100, "G": 200}),
        ),
    ];

    for (parameter, text, expected) in cases {
        let got = path(parameter, text).expect(text);
        assert_eq!(got, json!({"x": expected}), "{parameter:?} {text}");
    }
}

#[test]
fn a_path_value_that_is_not_of_its_style_breaks_its_schema() {
    let label = parameter("x", Place::Path, Style::Label, &Shape::Integer);
    let matrix = parameter("x", Place::Path, Style::Matrix, &INTEGERS);

    assert_eq!(refusal(path(label, "5")), refused(422, "x", "style"));
    for text in ["x=5", ";y=5"] {
        assert_eq!(refusal(path(matrix, text)), refused(422, "x", "style"));
        assert_eq!(
            refusal(path(exploded(matrix), text)),
            refused(422, "x", "style")
        );
    }
}

#[test]
fn header_values_are_read_in_every_shape() {
    let plain = |shape| parameter("X-Value", Place::Header, Style::Simple, shape);
    let cases: Vec<(Parameter, &[&str], Value)> = vec![
        (plain(&Shape::Integer), &[" 5 "], json!(5)),
        (plain(&Shape::String), &["a%20b, c"], json!("a%20b, c")),
        (plain(&INTEGERS), &["3, 4 ,5"], json!([3, 4, 5])),
        (plain(&INTEGERS), &["3", "4,5"], json!([3, 4, 5])),
        (plain(&STRINGS), &[""], json!([])),
        (
            plain(&COLOUR),
            &["R, 100, name, a"],
            json!({"R": 100, "name": "a"}),
        ),
        (
            exploded(plain(&COLOUR)),
            &["R=100, name=a=b"],
            json!({"R": 100, "name": "a=b"}),
        ),
    ];

    for (parameter, lines, expected) in cases {
        let got = header(parameter, lines).expect("a value");
        assert_eq!(got, json!({"X-Value": expected}), "{parameter:?} {lines:?}");
    }
}

#[test]
fn cookie_values_are_read_in_every_shape() {
    let plain = |shape| parameter("x", Place::Cookie, Style::Form, shape);
    let cases: Vec<(Parameter, &str, Value)> = vec![
        (plain(&Shape::Integer), "a=1; x=5; b=2", json!({"x": 5})),
        (
            plain(&Shape::String),
            "x=\"a+b%20c\"",
            json!({"x": "a+b c"}),
        ),
        (plain(&INTEGERS), "x=3,4", json!({"x": [3, 4]})),
        (exploded(plain(&INTEGERS)), "x=3; x=4", json!({"x": [3, 4]})),
        (
            plain(&COLOUR),
            "x=R,1,name,a",
            json!({"x": {"R": 1, "name": "a"}}),
        ),
        (
            exploded(plain(&COLOUR)),
            "R=1; session=s; name=a",
            json!({"x": {"R": 1, "name": "a"}}),
        ),
        (plain(&Shape::Integer), "session=%zz", json!({})),
    ];

    for (parameter, line, expected) in cases {
        assert_eq!(
            cookie(parameter, line).expect(line),
            expected,
            "{parameter:?} {line}"
        );
    }
}

#[test]
fn deep_objects_nest_and_hold_arrays() {
    const FILTER: Shape = Shape::Object {
        members: &[
            ("ids", &INTEGERS),
            ("range", &COLOUR),
            ("rows", &Shape::Array(&COLOUR)),
            ("any", &Shape::Any),
        ],
        rest: None,
    };
    let filter = exploded(parameter("f", Place::Query, Style::DeepObject, &FILTER));
    let cases = [
        ("f[ids]=1&f[ids]=2", json!({"ids": [1, 2]})),
        ("f[ids]=1", json!({"ids": [1]})),
        ("f[ids]=", json!({"ids": []})),
        ("f[ids][]=1&f[ids][]=2", json!({"ids": [1, 2]})),
        (
            "f[ids][10]=3&f[ids][2]=2&f[ids][0]=1",
            json!({"ids": [1, 2, 3]}),
        ),
        (
            "f[range][R]=1&f[range][name]=2",
            json!({"range": {"R": 1, "name": "2"}}),
        ),
        (
            "f[rows][0][R]=1&f[rows][1][R]=2",
            json!({"rows": [{"R": 1}, {"R": 2}]}),
        ),
        (
            "f[any][x][y]=1&f[any][z]=a&f[any][z]=b",
            json!({"any": {"x": {"y": "1"}, "z": ["a", "b"]}}),
        ),
    ];

    for (text, expected) in cases {
        assert_eq!(
            query(filter, text).expect(text),
            json!({"f": expected}),
            "{text}"
        );
    }
    assert_eq!(
        refusal(query(filter, "f[range][R]=1&f[range][R]=2")),
        refused(422, "f", "duplicate")
    );
    assert_eq!(
        refusal(query(filter, "f[range]=1&f[range][R]=2")),
        refused(400, "f", "style")
    );
    assert_eq!(
        refusal(query(filter, &format!("f{}=1", "[a]".repeat(33)))),
        refused(400, "f", "style")
    );
    assert_eq!(
        refusal(query(filter, "f[ids=1")),
        refused(422, "f[ids", "additionalProperties")
    );
}

#[test]
fn a_deep_object_that_may_be_a_single_value_or_a_list_is_read_as_such() {
    const CREATED: Shape = Shape::OneOf(&[&COLOUR, &Shape::Integer]);
    let created = exploded(parameter(
        "created",
        Place::Query,
        Style::DeepObject,
        &CREATED,
    ));
    let expand = exploded(parameter(
        "expand",
        Place::Query,
        Style::DeepObject,
        &STRINGS,
    ));

    assert_eq!(
        query(created, "created=5").expect("read"),
        json!({"created": 5})
    );
    assert_eq!(
        query(created, "created[R]=5").expect("read"),
        json!({"created": {"R": 5}})
    );
    assert_eq!(
        query(expand, "expand[]=a&expand[]=b").expect("read"),
        json!({"expand": ["a", "b"]})
    );
    assert_eq!(
        query(expand, "expand[0]=a").expect("read"),
        json!({"expand": ["a"]})
    );
    assert_eq!(
        query(expand, "expand=a&expand=b").expect("read"),
        json!({"expand": ["a", "b"]})
    );
}

#[test]
fn one_of_several_shapes_is_told_by_how_it_is_written() {
    const ONE_OR_MANY: Shape = Shape::OneOf(&[&Shape::Integer, &STRINGS]);
    const NULLABLE: Shape = Shape::OneOf(&[&INTEGERS, &Shape::Null]);
    let plain = |shape| parameter("x", Place::Query, Style::Form, shape);

    assert_eq!(
        query(exploded(plain(&ONE_OR_MANY)), "x=5").expect("read"),
        json!({"x": 5})
    );
    assert_eq!(
        query(exploded(plain(&ONE_OR_MANY)), "x=a").expect("read"),
        json!({"x": ["a"]})
    );
    assert_eq!(
        query(exploded(plain(&ONE_OR_MANY)), "x=5&x=6").expect("read"),
        json!({"x": ["5", "6"]})
    );
    assert_eq!(
        query(plain(&ONE_OR_MANY), "x=5,6").expect("read"),
        json!({"x": ["5", "6"]})
    );
    assert_eq!(
        query(plain(&NULLABLE), "x=5").expect("read"),
        json!({"x": [5]})
    );
    assert_eq!(
        query(exploded(plain(&NULLABLE)), "x=5").expect("read"),
        json!({"x": [5]})
    );
    assert_eq!(
        query(exploded(plain(&Shape::Any)), "x=5&x=a").expect("read"),
        json!({"x": ["5", "a"]})
    );
}
