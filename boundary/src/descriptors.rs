//! What the system lets a process have open, and how many connections fit into that.

use rustix::process::{Resource, getrlimit, setrlimit};
use tracing::warn;

/// What is open besides connections: the database, its files, uploads, calls to others.
const OTHERS: usize = 128;

/// How many of `wanted` connections can be open. A soft limit of the system that is too low for them
/// is raised as far as the hard one goes: many systems give a process 1,024 files and let it take more.
/// What fits even then is told; beyond it nothing could be accepted, health included.
pub(crate) fn connections_within(wanted: usize) -> usize {
    let needed = wanted.saturating_add(OTHERS);
    let open = raised_to(needed);
    if open >= needed {
        return wanted;
    }
    let fitting = open.saturating_sub(OTHERS).max(open / 2).min(wanted);
    warn!(
        connections.max = fitting,
        connections.wanted = wanted,
        "the system allows too few open files: raise its limit (ulimit -n)"
    );
    fitting
}

/// How many files may be open, after having asked for so many.
fn raised_to(needed: usize) -> usize {
    let mut limit = getrlimit(Resource::Nofile);
    let count = |limit: Option<u64>| {
        limit.map_or(usize::MAX, |most| {
            usize::try_from(most).unwrap_or(usize::MAX)
        })
    };
    let soft = count(limit.current);
    let wanted = needed.min(count(limit.maximum));
    if soft >= wanted {
        return soft;
    }
    limit.current = u64::try_from(wanted).ok();
    match setrlimit(Resource::Nofile, limit) {
        Ok(()) => wanted,
        Err(_) => soft,
    }
}
