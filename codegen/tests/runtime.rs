//! The run-time modules of generated crates, compiled and tested apart from any contract.

#[path = "../templates/runtime"]
mod runtime {
    pub mod json;
    pub mod problem;
}

#[path = "runtime"]
mod tests {
    mod json;
}
