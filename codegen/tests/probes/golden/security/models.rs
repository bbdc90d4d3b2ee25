//! The contract's schemas as types.

use crate::runtime::prelude::*;

/// Defaults of members, where they are not the type's own.
mod defaults {
    use super::*;
}
