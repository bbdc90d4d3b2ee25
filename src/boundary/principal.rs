//! Who is calling.

use contract::Problem;
use contract::problems;

use crate::ids::{ApiKeyId, PartnerId};

/// Who is calling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Principal {
    /// Nobody in particular; only operations with `security: []` have such callers.
    Anonymous,
    /// A partner, by one of its API keys.
    Partner {
        /// The tenant, to whom everything that the call sees belongs.
        id: PartnerId,
        /// The key.
        key: ApiKeyId,
    },
}

impl Principal {
    /// Who it is, as the audit log names them.
    #[must_use]
    pub fn actor(&self) -> String {
        match self {
            Self::Partner { key, .. } => format!("key:{key}"),
            Self::Anonymous => "anonymous".to_owned(),
        }
    }

    /// The partner; 401 for anonymous callers.
    pub fn partner(&self) -> Result<PartnerId, Problem> {
        match self {
            Self::Partner { id, .. } => Ok(*id),
            Self::Anonymous => Err(Problem::new(problems::UNAUTHORIZED)),
        }
    }
}
