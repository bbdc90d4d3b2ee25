//! What surrounds the router, seen through sockets and through the program itself.

mod connections;
mod errors;
mod framing;
mod http2;
mod program;
mod refusals;
mod settings;
mod support;
mod tracing;
