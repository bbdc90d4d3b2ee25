//! stub
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction { Request, Response }
