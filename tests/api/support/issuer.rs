//! An issuer of tokens on this machine: the address of its keys, and tokens that it signs.

use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, RsaKeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, EncodingKey, crypto};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// What its tokens have for `iss`.
pub const ISSUER: &str = "https://issuer.test";

/// A key of an issuer.
pub struct SigningKey {
    pub kid: String,
    pub algorithm: Algorithm,
    private: EncodingKey,
}

impl SigningKey {
    pub fn ed25519(kid: &str) -> Self {
        let seed: [u8; 32] = std::array::from_fn(|_| fastrand::u8(..));
        let mut der = vec![
            0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20,
        ];
        der.extend(seed);
        Self::new(kid, Algorithm::EdDSA, EncodingKey::from_ed_der(&der))
    }

    pub fn es256(kid: &str) -> Self {
        let random = SystemRandom::new();
        let der = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
        Self::new(
            kid,
            Algorithm::ES256,
            EncodingKey::from_ec_der(der.as_ref()),
        )
    }

    pub fn rs256(kid: &str) -> Self {
        let pair = RsaKeyPair::generate(KeySize::Rsa2048).unwrap();
        let der: Pkcs8V1Der<'_> = pair.as_der().unwrap();
        // The key itself, without what PKCS #8 puts before one of 2048 bits.
        let der = &der.as_ref()[26..];
        Self::new(kid, Algorithm::RS256, EncodingKey::from_rsa_der(der))
    }

    fn new(kid: &str, algorithm: Algorithm, private: EncodingKey) -> Self {
        Self {
            kid: kid.to_owned(),
            algorithm,
            private,
        }
    }

    /// The public key, as the set has it.
    pub fn jwk(&self) -> Value {
        let jwk = Jwk::from_encoding_key(&self.private, self.algorithm).unwrap();
        let mut jwk = serde_json::to_value(jwk).unwrap();
        jwk["kid"] = json!(self.kid);
        jwk["use"] = json!("sig");
        jwk
    }

    /// The header of its tokens.
    pub fn header(&self) -> Value {
        json!({"alg": format!("{:?}", self.algorithm), "kid": self.kid, "typ": "JWT"})
    }

    /// A token with these claims.
    pub fn token(&self, claims: &Value) -> String {
        self.sign(&self.header().to_string(), &claims.to_string())
    }

    /// A token with any header and claims, truly signed.
    pub fn sign(&self, header: &str, claims: &str) -> String {
        let message = unsigned(header, claims);
        let signature = crypto::sign(message.as_bytes(), &self.private, self.algorithm).unwrap();
        format!("{message}.{signature}")
    }
}

/// A token but for its signature.
pub fn unsigned(header: &str, claims: &str) -> String {
    let part = |text| URL_SAFE_NO_PAD.encode(text);
    format!("{}.{}", part(header), part(claims))
}

/// How the issuer answers whoever asks for its keys.
#[derive(Clone)]
pub enum Manner {
    /// With this status, these header lines and this body.
    Says(u16, &'static str, Vec<u8>),
    /// Not at all, while the connection stays open.
    Hangs,
}

impl Manner {
    /// With a set of these keys.
    pub fn keys(keys: &[&SigningKey]) -> Self {
        let keys: Vec<Value> = keys.iter().map(|key| key.jwk()).collect();
        Self::set(&json!({"keys": keys}))
    }

    /// With this set.
    pub fn set(set: &Value) -> Self {
        Self::Says(
            200,
            "content-type: application/json\r\n",
            set.to_string().into(),
        )
    }
}

/// The address of an issuer's keys; it goes away with this value.
pub struct Issuer {
    pub url: String,
    state: Arc<Mutex<(Manner, usize)>>,
    serving: JoinHandle<()>,
}

impl Issuer {
    pub async fn start(manner: Manner) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/keys", listener.local_addr().unwrap());
        let state = Arc::new(Mutex::new((manner, 0)));
        let serving = tokio::spawn(serve(listener, Arc::clone(&state)));
        Self {
            url,
            state,
            serving,
        }
    }

    /// The settings of a service that trusts it.
    pub fn settings(&self) -> [(&str, &str); 2] {
        [("JWT_ISSUER", ISSUER), ("JWT_JWKS_URL", &self.url)]
    }

    /// Lets it answer in another manner from now on.
    pub fn change(&self, manner: Manner) {
        self.state().0 = manner;
    }

    /// How often it was asked.
    pub fn asked(&self) -> usize {
        self.state().1
    }

    fn state(&self) -> MutexGuard<'_, (Manner, usize)> {
        self.state.lock().unwrap()
    }
}

impl Drop for Issuer {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn serve(listener: TcpListener, state: Arc<Mutex<(Manner, usize)>>) {
    while let Ok((stream, _)) = listener.accept().await {
        let manner = {
            let mut state = state.lock().unwrap();
            state.1 += 1;
            state.0.clone()
        };
        tokio::spawn(answer(stream, manner));
    }
}

/// The client may be gone at any time, which is no concern of the issuer's.
async fn answer(mut stream: TcpStream, manner: Manner) {
    let mut asked = Vec::new();
    while !asked.ends_with(b"\r\n\r\n") {
        match stream.read_u8().await {
            Ok(byte) => asked.push(byte),
            Err(_) => return,
        }
    }
    match manner {
        Manner::Hangs => tokio::time::sleep(Duration::from_secs(60)).await,
        Manner::Says(status, fields, body) => {
            let length = body.len();
            let head = format!(
                "HTTP/1.1 {status} Told\r\nconnection: close\r\n{fields}content-length: {length}\r\n\r\n"
            );
            _ = stream.write_all(head.as_bytes()).await;
            _ = stream.write_all(&body).await;
        }
    }
}
