//! placeholder
use sha2::{Digest, Sha256};

/// SHA-256 of a well-formed key; `None` for what cannot be one.
pub fn hash(key: &str) -> Option<[u8; 32]> {
    let body = key.strip_prefix("sk_live_")?;
    let well_formed = body.len() == 43
        && body
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    well_formed.then(|| Sha256::digest(key).into())
}
