//! Credentials of every scheme.

use super::support::{BARE, headers};
use crate::runtime::credentials::{Alternative, CredentialValue, extract, invalid_credentials};
use crate::runtime::operation::{Operation, Requirement, Scheme, SchemeKind};
use crate::runtime::problem::Problem;

static BEARER: Scheme = Scheme {
    name: "bearer",
    kind: SchemeKind::HttpBearer,
};
static BASIC: Scheme = Scheme {
    name: "basic",
    kind: SchemeKind::HttpBasic,
};
static DIGEST: Scheme = Scheme {
    name: "hmac",
    kind: SchemeKind::HttpOther("HMAC"),
};
static HEADER: Scheme = Scheme {
    name: "header",
    kind: SchemeKind::ApiKeyHeader("X-API-Key"),
};
static QUERY: Scheme = Scheme {
    name: "query",
    kind: SchemeKind::ApiKeyQuery("api_key"),
};
static COOKIE: Scheme = Scheme {
    name: "cookie",
    kind: SchemeKind::ApiKeyCookie("session"),
};
static OAUTH: Scheme = Scheme {
    name: "oauth",
    kind: SchemeKind::OAuth2,
};
static OPENID: Scheme = Scheme {
    name: "openid",
    kind: SchemeKind::OpenIdConnect,
};
static TLS: Scheme = Scheme {
    name: "tls",
    kind: SchemeKind::MutualTls,
};

const fn one(scheme: &'static Scheme) -> Requirement {
    Requirement {
        scheme,
        scopes: &["read"],
    }
}

fn secured(alternatives: &[&[Requirement]]) -> Operation {
    let leaked: Vec<&'static [Requirement]> = alternatives
        .iter()
        .map(|requirements| &*requirements.to_vec().leak())
        .collect();
    Operation {
        security: leaked.leak(),
        ..BARE
    }
}

fn found(
    operation: &Operation,
    lines: &[(&str, &str)],
    query: Option<&str>,
) -> Result<Vec<Alternative>, Problem> {
    extract(operation, &headers(lines), query)
}

fn token(scheme: &'static Scheme, lines: &[(&str, &str)], query: Option<&str>) -> Option<String> {
    let alternatives = found(&secured(&[&[one(scheme)]]), lines, query).ok()?;
    alternatives
        .first()?
        .credentials
        .first()?
        .token()
        .map(str::to_owned)
}

#[test]
fn each_scheme_is_found_where_it_is_declared() {
    let expected = Some("s3cret".to_owned());
    for scheme in [&BEARER, &OAUTH, &OPENID] {
        assert_eq!(
            token(scheme, &[("authorization", "bEARER  s3cret ")], None),
            expected,
            "{scheme:?}"
        );
    }
    assert_eq!(token(&HEADER, &[("x-api-key", "s3cret")], None), expected);
    assert_eq!(token(&QUERY, &[], Some("a=1&api_key=s3%63ret")), expected);
    assert_eq!(
        token(&COOKIE, &[("cookie", "a=1; session=s3cret")], None),
        expected
    );
    assert_eq!(
        token(&DIGEST, &[("authorization", "hmac id=1, s=2")], None),
        Some("id=1, s=2".to_owned())
    );
}

#[test]
fn what_is_absent_empty_or_of_another_form_is_not_found() {
    for line in [
        "Bearer",
        "Bearer ",
        "Bearers x",
        "Basic eDp5",
        "Bearer a b",
        "Bearer a,b",
        "Bearer ===",
        "x",
        "",
    ] {
        assert_eq!(
            token(&BEARER, &[("authorization", line)], None),
            None,
            "{line}"
        );
    }
    assert_eq!(token(&HEADER, &[("x-api-key", " ")], None), None);
    assert_eq!(token(&QUERY, &[], Some("api_key=")), None);
    assert_eq!(token(&QUERY, &[], Some("API_KEY=a")), None);
    assert_eq!(token(&COOKIE, &[("cookie", "sessions=a")], None), None);
}

#[test]
fn basic_is_decoded_at_the_first_colon() {
    let operation = secured(&[&[one(&BASIC)]]);
    // "al:pa:ss"
    let alternatives =
        found(&operation, &[("authorization", "Basic YWw6cGE6c3M=")], None).expect("found");

    let CredentialValue::Basic { username, password } = &alternatives[0].credentials[0].value
    else {
        panic!()
    };
    assert_eq!((username.as_str(), password.expose()), ("al", "pa:ss"));
    for bad in ["Basic !!!", "Basic YWw=", "Basic /w==", "Basic YQA6Yg=="] {
        assert!(
            found(&operation, &[("authorization", bad)], None).is_err(),
            "{bad}"
        );
    }
}

#[test]
fn a_combination_needs_all_and_alternatives_any() {
    let operation = secured(&[&[one(&BEARER), one(&HEADER)], &[one(&QUERY)]]);

    assert!(found(&operation, &[("authorization", "Bearer a")], None).is_err());
    let both = found(
        &operation,
        &[("authorization", "Bearer a"), ("x-api-key", "k")],
        Some("api_key=q"),
    )
    .expect("found");
    let names: Vec<Vec<_>> = both
        .iter()
        .map(|one| {
            one.credentials
                .iter()
                .map(|credential| credential.scheme.name)
                .collect()
        })
        .collect();
    assert_eq!(names, [vec!["bearer", "header"], vec!["query"]]);
    assert_eq!(both[0].credentials[0].scopes, ["read"]);
}

#[test]
fn an_empty_alternative_lets_anonymous_callers_in_but_comes_last() {
    let operation = secured(&[&[], &[one(&BEARER)]]);

    let anonymous = found(&operation, &[], None).expect("found");
    assert!(anonymous.len() == 1 && anonymous[0].is_anonymous());
    let known = found(&operation, &[("authorization", "Bearer a")], None).expect("found");
    assert!(known.len() == 2 && !known[0].is_anonymous());
}

#[test]
fn a_public_operation_looks_for_nothing() {
    assert_eq!(
        found(&BARE, &[("authorization", "Bearer a")], None),
        Ok(Vec::new())
    );
}

#[test]
fn nothing_complete_is_a_401_with_a_challenge_a_scheme() {
    let operation = secured(&[
        &[one(&BEARER), one(&HEADER)],
        &[one(&OAUTH)],
        &[one(&BASIC)],
        &[one(&DIGEST)],
    ]);

    let problem = found(&operation, &[], None).expect_err("401");

    assert_eq!(problem.kind.slug, "unauthorized");
    let challenges: Vec<_> = problem.headers.get_all("www-authenticate").iter().collect();
    assert_eq!(
        challenges,
        [
            "Bearer realm=\"api\"",
            "ApiKey realm=\"api\", in=\"header\", name=\"X-API-Key\"",
            "Basic realm=\"api\", charset=\"UTF-8\"",
            "HMAC realm=\"api\"",
        ]
    );
    let refused = invalid_credentials(&operation);
    assert_eq!(
        refused.headers["www-authenticate"],
        "Bearer realm=\"api\", error=\"invalid_token\""
    );
}

#[test]
fn a_credential_given_twice_is_malformed() {
    let twice = [("authorization", "Bearer a"), ("authorization", "Bearer b")];

    assert_eq!(
        found(&secured(&[&[one(&BEARER)]]), &twice, None)
            .expect_err("400")
            .kind
            .status,
        400
    );
    assert_eq!(
        found(
            &secured(&[&[one(&QUERY)]]),
            &[],
            Some("api_key=a&api_key=b")
        )
        .expect_err("400")
        .kind
        .status,
        400
    );
}

#[test]
fn a_client_certificate_is_left_to_whoever_knows_the_connection() {
    let alternatives = found(&secured(&[&[one(&TLS)]]), &[], None).expect("found");

    assert_eq!(
        alternatives[0].credentials[0].value,
        CredentialValue::Certificate
    );
}

#[test]
fn secrets_do_not_show_in_debug_output() {
    let alternatives = found(
        &secured(&[&[one(&BEARER)]]),
        &[("authorization", "Bearer s3cret")],
        None,
    );

    assert!(!format!("{alternatives:?}").contains("s3cret"));
}
