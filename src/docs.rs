//! The documentation pages and the contract as text, all served from the binary.

use std::future::ready;

use axum::Router;
use axum::response::Redirect;
use axum::routing::get;
use http::HeaderMap;

use self::asset::{Asset, asset};
use self::page::Page;

mod asset;
mod page;
mod problems;

pub use problems::{problem_list, problem_page};

const HTML: &str = "text/html; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const STYLE: &str = "text/css; charset=utf-8";

/// What every page may do: load from this server, and nothing inline.
macro_rules! policy {
    ($styles_and_workers:literal) => {
        concat!(
            "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self' data:; ",
            "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; ",
            $styles_and_workers
        )
    };
}

const CONSOLE_POLICY: &str = policy!("style-src 'self'");

/// Redoc adds two inline style elements, an empty one that it fills by script and one for its scroll
/// bars, named here by their hashes; it searches in a worker that it makes itself.
const REFERENCE_POLICY: &str = policy!(
    "style-src 'self' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' \
     'sha256-QMIg+bpjm3JdElJ388KYke01izlUW0UoNOeKjpMxdgc='; worker-src blob:"
);

/// The pages' third-party files, as `docs/vendor.sh` lays them down.
static ASSETS: [Asset; 4] = [
    asset!("swagger-ui-5.35.0", "swagger-ui-bundle.js", SCRIPT),
    asset!("swagger-ui-5.35.0", "swagger-ui.css", STYLE),
    asset!("swagger-ui-5.35.0", "favicon-32x32.png", "image/png"),
    asset!("redoc-2.5.4", "redoc.standalone.js", SCRIPT),
];

/// Serves the contract and its documentation: `/docs` (a console that can call every operation),
/// `/redoc` (a reference), `/openapi.json`, `/openapi.yaml`, and `/`, which leads to `/docs`.
///
/// `json` and `yaml` are the contract as the binary was built with it. All is public, answers GET and
/// HEAD, carries an `ETag` and loads nothing from elsewhere. The pages set their own
/// `Content-Security-Policy`, which whatever surrounds this router must leave in place.
pub fn router<S>(json: &'static str, yaml: &'static str) -> Router<S>
where
    S: Clone + Send + Sync + 'static,
{
    let pages = [
        (
            "/docs",
            Page::new(HTML, include_str!("docs/console.html")).with_policy(CONSOLE_POLICY),
        ),
        (
            "/docs/console.js",
            Page::new(SCRIPT, include_str!("docs/console.js")),
        ),
        (
            "/docs/pages.css",
            Page::new(STYLE, include_str!("docs/pages.css")),
        ),
        (
            "/redoc",
            Page::new(HTML, include_str!("docs/reference.html")).with_policy(REFERENCE_POLICY),
        ),
        (
            "/redoc/reference.js",
            Page::new(SCRIPT, include_str!("docs/reference.js")),
        ),
        ("/openapi.json", Page::new("application/json", json)),
        ("/openapi.yaml", Page::new("application/yaml", yaml)),
    ];

    let mut router = Router::new().route("/", get(|| ready(Redirect::temporary("/docs"))));
    for (path, page) in pages {
        router = router.route(
            path,
            get(move |headers: HeaderMap| ready(page.answer(&headers))),
        );
    }
    for asset in &ASSETS {
        let answer = move |headers: HeaderMap| ready(asset.answer(&headers));
        router = router.route(asset.path, get(answer));
    }
    router
}

#[cfg(test)]
mod tests;
