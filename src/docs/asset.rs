//! A third-party file of the pages, kept compressed and named by its version.

use std::io::Read;
use std::sync::OnceLock;

use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use flate2::read::GzDecoder;
use http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, VARY,
    X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderMap, StatusCode};

use super::page;

/// A file under `docs/assets/`. Its version stands in its path, so a browser may keep it for good.
pub struct Asset {
    /// Where the file is served.
    pub path: &'static str,
    /// A tag that changes with the version.
    pub etag: &'static str,
    /// Its media type.
    pub media_type: &'static str,
    /// The file as gzip.
    pub gzip: &'static [u8],
    /// The file itself, unpacked when the first client asks that does not take gzip.
    pub plain: OnceLock<Bytes>,
}

/// The asset of a folder (package and version) and a file in it.
macro_rules! asset {
    ($folder:literal, $file:literal, $media_type:expr) => {
        Asset {
            path: concat!("/docs/assets/", $folder, "/", $file),
            etag: concat!("W/\"", $folder, "\""),
            media_type: $media_type,
            gzip: include_bytes!(concat!("docs/assets/", $folder, "/", $file, ".gz")),
            plain: std::sync::OnceLock::new(),
        }
    };
}
pub(super) use asset;

impl Asset {
    /// 200 with the file, compressed if the client takes gzip, or 304 if it has this version.
    pub fn answer(&'static self, request: &HeaderMap) -> Response {
        let kept = [
            (CACHE_CONTROL, "public, max-age=31536000, immutable"),
            (ETAG, self.etag),
            (VARY, "accept-encoding"),
        ];
        if page::names(request, self.etag) {
            return (StatusCode::NOT_MODIFIED, kept).into_response();
        }

        let described = [
            (CONTENT_TYPE, self.media_type),
            (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        ];
        if takes_gzip(request) {
            return (kept, described, [(CONTENT_ENCODING, "gzip")], self.gzip).into_response();
        }
        (kept, described, self.unpacked()).into_response()
    }

    fn unpacked(&self) -> Bytes {
        let unpack = || {
            let mut plain = Vec::new();
            match GzDecoder::new(self.gzip).read_to_end(&mut plain) {
                Ok(_) => Bytes::from(plain),
                Err(_) => Bytes::new(),
            }
        };
        self.plain.get_or_init(unpack).clone()
    }
}

/// Whether `Accept-Encoding` lets the answer be gzip (RFC 9110 section 12.5.3). A client that names no
/// coding gets the plain file, as the simplest ones expect.
fn takes_gzip(request: &HeaderMap) -> bool {
    let refused = |parameters: &str| {
        let weight = parameters
            .trim()
            .strip_prefix("q=")
            .and_then(|q| q.parse::<f32>().ok());
        weight == Some(0.0)
    };
    request
        .get_all(ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(|coding| coding.split_once(';').unwrap_or((coding, "")))
        .any(|(name, parameters)| name.trim().eq_ignore_ascii_case("gzip") && !refused(parameters))
}
