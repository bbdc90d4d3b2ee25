//! `contract diff` on single edits whose verdicts are known by how they are made.

mod changes;
mod corpus;
mod deprecated;
mod edits;
mod open;
mod places;
mod versions;
mod wire;
