//! Requests that this service sends: the contract's webhooks, and the callbacks of its operations.
//!
//! Each has a type for its body and a row that names it, which checks a body before it is sent:
//! `webhooks::find("name").map(|message| message.violations("application/json", &body))`.

use crate::runtime::messages::{Callback, Message, Payload};
use crate::{models, runtime::prelude::*};

/// Body of `subscribe.event`.
pub type SubscribeEventPayload = models::Event;

/// `subscribe.event`
pub static SUBSCRIBE_EVENT: Message = Message {
    name: "subscribe.event",
    method: "POST",
    callback: Some(Callback {
        operation: "subscribe",
        url: "{$request.body#/url}",
    }),
    payloads: &[Payload {
        media: "application/json",
        entry: "message subscribe.event application/json",
    }],
    responses: &["200"],
};

/// `subscribe.gone`
pub static SUBSCRIBE_GONE: Message = Message {
    name: "subscribe.gone",
    method: "DELETE",
    callback: Some(Callback {
        operation: "subscribe",
        url: "{$request.body#/url}/gone",
    }),
    payloads: &[],
    responses: &["204"],
};

/// Body of `order.shipped`.
pub type OrderShippedPayload = models::Order;

/// An order has left.
///
/// Sent once a parcel.
pub static ORDER_SHIPPED: Message = Message {
    name: "order.shipped",
    method: "POST",
    callback: None,
    payloads: &[Payload {
        media: "application/json",
        entry: "message order.shipped application/json",
    }],
    responses: &["204", "4XX"],
};

/// Body of `stock.put` as `application/json`.
pub type StockPutJsonPayload = models::StockPutJsonPayload;

/// Body of `stock.put` as `text/plain`.
pub type StockPutTextPayload = String;

/// `stock.put`
pub static STOCK_PUT: Message = Message {
    name: "stock.put",
    method: "PUT",
    callback: None,
    payloads: &[
        Payload {
            media: "application/json",
            entry: "message stock.put application/json",
        },
        Payload {
            media: "text/plain",
            entry: "message stock.put text/plain",
        },
    ],
    responses: &["default"],
};

/// `stock.delete`
pub static STOCK_DELETE: Message = Message {
    name: "stock.delete",
    method: "DELETE",
    callback: None,
    payloads: &[],
    responses: &["204"],
};

/// Body of `shared`.
pub type SharedPayload = models::SharedPayload;

/// `shared`
pub static SHARED: Message = Message {
    name: "shared",
    method: "POST",
    callback: None,
    payloads: &[Payload {
        media: "application/json",
        entry: "message shared application/json",
    }],
    responses: &["200"],
};

/// Every message, in the contract's order.
pub static ALL: &[&Message] = &[
    &SUBSCRIBE_EVENT,
    &SUBSCRIBE_GONE,
    &ORDER_SHIPPED,
    &STOCK_PUT,
    &STOCK_DELETE,
    &SHARED,
];

/// The message of this name.
pub fn find(name: &str) -> Option<&'static Message> {
    ALL.iter().copied().find(|message| message.name == name)
}
