//! The run-time modules of generated crates, compiled and tested apart from any contract.

#[expect(
    dead_code,
    reason = "the modules serve generated crates, tests touch a part"
)]
#[path = "../templates/runtime"]
mod runtime {
    pub mod credentials;
    pub mod json;
    pub mod media;
    pub mod operation;
    pub mod params;
    pub mod problem;
    pub mod shape;
    pub mod styles;
    pub mod text;
}

#[path = "runtime"]
mod tests {
    mod credentials;
    mod json;
    mod media;
    mod params;
    mod support;
}
