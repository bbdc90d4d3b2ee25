//! Requests that this service sends: the contract's webhooks, and the callbacks of its operations.
//!
//! Each has types for its body and its parameters, and a row that names it, which checks a body before
//! it is sent: `webhooks::find("name").map(|message| message.violations("application/json", &body))`.

use crate::runtime::messages::{Callback, Message, Payload};
use crate::runtime::operation::{Parameter, Shape, Style};
use crate::runtime::written::Head;
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
    parameters: &[],
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
    parameters: &[],
    payloads: &[],
    responses: &["204"],
};

/// Body of `order.shipped`.
pub type OrderShippedPayload = models::Order;

/// What `order.shipped` carries beside its body.
#[derive(Debug, Clone, PartialEq)]
pub struct OrderShippedParameters {
    /// Who says so.
    pub x_signature: String,
    pub sent: Option<DateTime<Utc>>,
    pub of: Option<Vec<String>>,
    pub filter: Option<models::OrderShippedFilter>,
    pub why: Option<models::OrderShippedWhy>,
}

impl OrderShippedParameters {
    /// How they are written.
    pub const DECLARED: &'static [Parameter; 5] = &[
        Parameter {
            name: "X-Signature",
            place: Place::Header,
            style: Style::Simple,
            explode: false,
            required: true,
            allow_empty: false,
            json_content: false,
            shape: &Shape::String,
            default: None,
        },
        Parameter {
            name: "sent",
            place: Place::Query,
            style: Style::Form,
            explode: true,
            required: false,
            allow_empty: false,
            json_content: false,
            shape: &Shape::String,
            default: None,
        },
        Parameter {
            name: "of",
            place: Place::Query,
            style: Style::Form,
            explode: false,
            required: false,
            allow_empty: false,
            json_content: false,
            shape: &Shape::Array(&Shape::String),
            default: None,
        },
        Parameter {
            name: "filter",
            place: Place::Query,
            style: Style::DeepObject,
            explode: false,
            required: false,
            allow_empty: false,
            json_content: false,
            shape: &Shape::Object {
                members: &[("min", &Shape::Integer)],
                rest: Some(&Shape::Any),
            },
            default: None,
        },
        Parameter {
            name: "why",
            place: Place::Query,
            style: Style::Form,
            explode: true,
            required: false,
            allow_empty: false,
            json_content: false,
            shape: &Shape::String,
            default: None,
        },
    ];

    /// The parameters as they travel. Errors: a value that JSON cannot carry.
    pub fn head(&self) -> Result<Head, serde_json::Error> {
        let head = Head::default();
        let head = head.with(&Self::DECLARED[0], &self.x_signature)?;
        let head = head.with(&Self::DECLARED[1], &self.sent)?;
        let head = head.with(&Self::DECLARED[2], &self.of)?;
        let head = head.with(&Self::DECLARED[3], &self.filter)?;
        let head = head.with(&Self::DECLARED[4], &self.why)?;
        Ok(head)
    }
}

/// An order has left.
///
/// Sent once a parcel.
pub static ORDER_SHIPPED: Message = Message {
    name: "order.shipped",
    method: "POST",
    callback: None,
    parameters: OrderShippedParameters::DECLARED,
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
    parameters: &[],
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
    parameters: &[],
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
    parameters: &[],
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
