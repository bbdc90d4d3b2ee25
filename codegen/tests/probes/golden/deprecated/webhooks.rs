//! Requests that this service sends: the contract's webhooks, and the callbacks of its operations.
//!
//! Each has types for its body and its parameters, and a row that names it, which checks a body before
//! it is sent: `webhooks::find("name").map(|message| message.violations("application/json", &body))`.

use crate::runtime::messages::{Callback, Message, Payload};
use crate::runtime::operation::{Parameter, Shape, Style};
use crate::runtime::written::Head;
use crate::{models, runtime::prelude::*};

/// Every message, in the contract's order.
pub static ALL: &[&Message] = &[];

/// The message of this name.
pub fn find(name: &str) -> Option<&'static Message> {
    ALL.iter().copied().find(|message| message.name == name)
}
