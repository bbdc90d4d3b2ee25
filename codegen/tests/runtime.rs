//! The run-time modules of generated crates, compiled and tested apart from any contract.

#[expect(
    dead_code,
    reason = "the modules serve generated crates, tests touch a part"
)]
#[path = "../templates/runtime"]
mod runtime {
    pub mod breach;
    pub mod conditional;
    pub mod credentials;
    pub mod events;
    pub mod form;
    pub mod json;
    pub mod language;
    pub mod life;
    pub mod media;
    pub mod multipart;
    pub mod operation;
    pub mod outdated;
    pub mod pages;
    pub mod params;
    pub mod path;
    pub mod problem;
    pub mod shape;
    pub mod styles;
    pub mod text;
    pub mod upload;
}

#[path = "runtime"]
mod tests {
    mod breach;
    mod conditional;
    mod credentials;
    mod events;
    mod form;
    mod json;
    mod language;
    mod life;
    mod media;
    mod multipart;
    mod outdated;
    mod pages;
    mod params;
    mod path;
    mod styles;
    mod support;
    mod upload;
}
