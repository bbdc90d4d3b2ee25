//! The tables, one description for both databases.

pub use self::sql_types::{Document, Id, Instant};

/// SQL types that PostgreSQL and SQLite each have in their own way.
pub mod sql_types {
    use diesel::query_builder::QueryId;
    use diesel::sql_types::SqlType;

    /// An id: `uuid` on PostgreSQL, 16 bytes on SQLite. Both order it byte by byte.
    #[derive(Debug, Clone, Copy, SqlType, QueryId)]
    #[diesel(postgres_type(oid = 2950, array_oid = 2951))]
    #[diesel(sqlite_type(name = "Binary"))]
    pub struct Id;

    /// A moment: `timestamptz` on PostgreSQL, microseconds since 1970 in UTC on SQLite.
    #[derive(Debug, Clone, Copy, SqlType, QueryId)]
    #[diesel(postgres_type(oid = 1184, array_oid = 1185))]
    #[diesel(sqlite_type(name = "Long"))]
    pub struct Instant;

    /// A JSON document: `jsonb` on PostgreSQL, text on SQLite.
    #[derive(Debug, Clone, Copy, SqlType, QueryId)]
    #[diesel(postgres_type(oid = 3802, array_oid = 3807))]
    #[diesel(sqlite_type(name = "Text"))]
    pub struct Document;
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::*;

    partners (id) {
        id -> Id,
        name -> Text,
        created_at -> Instant,
        disabled_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::*;

    api_keys (id) {
        id -> Id,
        partner_id -> Id,
        role -> Text,
        prefix -> Text,
        hash -> Binary,
        created_at -> Instant,
        expires_at -> Nullable<Instant>,
        revoked_at -> Nullable<Instant>,
    }
}

diesel::table! {
    app_secrets (name) {
        name -> Text,
        value -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::*;

    idempotency_keys (partner_id, operation, key) {
        partner_id -> Id,
        operation -> Text,
        key -> Text,
        fingerprint -> Binary,
        response -> Nullable<Document>,
        created_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::*;

    users (id) {
        id -> Id,
        partner_id -> Id,
        username -> Text,
        email -> Text,
        age -> Nullable<Integer>,
        role -> Text,
        name -> Nullable<Text>,
        tags -> Document,
        metadata -> Nullable<Document>,
        version -> Integer,
        created_at -> Instant,
        updated_at -> Instant,
        is_active -> Bool,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::*;

    categories (id) {
        id -> Id,
        partner_id -> Id,
        name -> Text,
        slug -> Text,
        version -> Integer,
        created_at -> Instant,
        updated_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::*;

    products (id) {
        id -> Id,
        partner_id -> Id,
        category_id -> Id,
        name -> Text,
        price_minor -> BigInt,
        stock -> Integer,
        is_active -> Bool,
        version -> Integer,
        created_at -> Instant,
        updated_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::*;

    orders (id) {
        id -> Id,
        partner_id -> Id,
        user_id -> Nullable<Id>,
        status -> Text,
        total_minor -> BigInt,
        note -> Nullable<Text>,
        version -> Integer,
        created_at -> Instant,
        updated_at -> Instant,
        paid_at -> Nullable<Instant>,
        fulfilled_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::*;

    order_lines (order_id, line_no) {
        order_id -> Id,
        line_no -> Integer,
        partner_id -> Id,
        product_id -> Id,
        product_name -> Text,
        quantity -> Integer,
        unit_price_minor -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::*;

    posts (id) {
        id -> Id,
        partner_id -> Id,
        author_id -> Id,
        title -> Text,
        content -> Text,
        version -> Integer,
        created_at -> Instant,
        updated_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::*;

    audit_entries (id) {
        id -> Id,
        partner_id -> Id,
        actor -> Text,
        action -> Text,
        resource_type -> Text,
        resource_id -> Id,
        trace_id -> Nullable<Text>,
        created_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::*;

    logged_requests (id) {
        id -> Id,
        partner_id -> Id,
        actor -> Text,
        operation -> Text,
        method -> Text,
        target -> Text,
        headers -> Document,
        body -> Nullable<Text>,
        body_bytes -> BigInt,
        status -> Nullable<Integer>,
        verdict -> Text,
        problem -> Nullable<Text>,
        trace_id -> Text,
        duration_micros -> BigInt,
        created_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::*;

    deprecated_uses (id) {
        id -> Id,
        day -> Instant,
        partner_id -> Id,
        operation -> Text,
        part -> Text,
        place -> Text,
        value -> Text,
        count -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::*;

    sandboxes (partner_id) {
        partner_id -> Id,
        live_partner_id -> Id,
        ahead_micros -> BigInt,
    }
}

diesel::joinable!(api_keys -> partners (partner_id));
diesel::joinable!(users -> partners (partner_id));
diesel::joinable!(products -> categories (category_id));
diesel::allow_tables_to_appear_in_same_query!(api_keys, partners, sandboxes, users);
diesel::allow_tables_to_appear_in_same_query!(products, categories);
