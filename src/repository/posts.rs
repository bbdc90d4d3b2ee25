//! What a partner's users write.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Text};
use diesel_async::RunQueryDsl;

use crate::db::types::Time;
use crate::db::{Conn, constraints, fault, on};
use crate::ids::{PartnerId, PostId, UserId};
use crate::repository::page::{Page, Position, Slice};
use crate::schema::{Id, posts};

/// A post.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, QueryableByName)]
#[diesel(table_name = posts)]
pub struct Post {
    /// Its id.
    pub id: PostId,
    /// Who wrote it.
    pub author_id: UserId,
    /// 1 to 200 characters.
    pub title: String,
    /// 1 to 20,000 characters.
    pub content: String,
    /// Grows with every update.
    pub version: i32,
    /// When it was made.
    pub created_at: Time,
    /// When it was last changed.
    pub updated_at: Time,
}

impl Post {
    /// The strong entity tag (RFC 9110, section 8.8.3) of the post.
    #[must_use]
    pub fn etag(&self) -> String {
        super::etag(self.version)
    }
}

/// A post to be made.
#[derive(Debug, Clone, PartialEq, Eq, Insertable)]
#[diesel(table_name = posts)]
pub struct NewPost {
    /// See [`Post`].
    pub author_id: UserId,
    /// See [`Post`].
    pub title: String,
    /// See [`Post`].
    pub content: String,
}

/// The partner's post with this id.
///
/// # Errors
/// Diesel's.
pub async fn find(
    conn: &mut Conn<'_>,
    partner: PartnerId,
    id: PostId,
) -> QueryResult<Option<Post>> {
    on!(conn, |c| posts::table
        .find(id)
        .filter(posts::partner_id.eq(partner))
        .select(Post::as_select())
        .first(c)
        .await
        .optional())
}

/// The posts of one of the partner's users, newest first.
///
/// # Errors
/// Diesel's.
pub async fn list(
    conn: &mut Conn<'_>,
    partner: PartnerId,
    author: UserId,
    slice: &Slice<Time>,
) -> QueryResult<Page<Post, Time>> {
    let rows = on!(conn, |c| {
        let mut query = posts::table
            .filter(posts::partner_id.eq(partner))
            .filter(posts::author_id.eq(author))
            .into_boxed();
        if let Some(after) = &slice.after {
            query = query.filter(posts::created_at.le(after.key)).filter(
                posts::created_at
                    .lt(after.key)
                    .or(posts::id.lt(PostId::from(after.id))),
            );
        }
        query
            .order((posts::created_at.desc(), posts::id.desc()))
            .limit(slice.rows())
            .select(Post::as_select())
            .load(c)
            .await
    })?;
    Ok(slice.page(rows, |post| Position {
        key: post.created_at,
        id: post.id.uuid(),
    }))
}

/// The newest posts of each of these users, at most `most` of one, the newest first: one query
/// however many they are.
///
/// # Errors
/// Diesel's.
pub async fn newest_of_each(
    conn: &mut Conn<'_>,
    partner: PartnerId,
    authors: &[UserId],
    most: u8,
) -> QueryResult<Vec<Post>> {
    let most = i64::from(most);
    let postgres = || {
        diesel::sql_query(newest("$1", "author_id = ANY($2)", "$3"))
            .bind::<Id, _>(partner)
            .bind::<Array<Id>, _>(authors)
            .bind::<BigInt, _>(most)
    };
    let mut found: Vec<Post> = on!(conn, |c| postgres().load(c).await, |c| {
        // SQLite binds no lists; it takes one apart that is written as JSON.
        let ids: Vec<_> = authors
            .iter()
            .map(|id| id.uuid().simple().to_string())
            .collect();
        let some_of = "author_id IN (SELECT unhex(value) FROM json_each(?))";
        diesel::sql_query(newest("?", some_of, "?"))
            .bind::<Id, _>(partner)
            .bind::<Text, _>(serde_json::json!(ids).to_string())
            .bind::<BigInt, _>(most)
            .load(c)
            .await
    })?;
    found.sort_by_key(|post| std::cmp::Reverse((post.created_at, post.id)));
    Ok(found)
}

fn newest(partner: &str, some_of: &str, most: &str) -> String {
    format!(
        "SELECT id, author_id, title, content, version, created_at, updated_at FROM (\
         SELECT posts.*, row_number() OVER \
         (PARTITION BY author_id ORDER BY created_at DESC, id DESC) AS place \
         FROM posts WHERE partner_id = {partner} AND {some_of}) AS ranked \
         WHERE place <= {most}"
    )
}

/// Adds a post.
///
/// # Errors
/// Diesel's; [`constraints::POSTS_AUTHOR`] if the partner has no such user.
pub async fn insert(
    conn: &mut Conn<'_>,
    partner: PartnerId,
    id: PostId,
    new: &NewPost,
    now: Time,
) -> QueryResult<Post> {
    on!(conn, |c| diesel::insert_into(posts::table)
        .values((
            posts::id.eq(id),
            posts::partner_id.eq(partner),
            posts::created_at.eq(now),
            posts::updated_at.eq(now),
            new,
        ))
        .returning(Post::as_returning())
        .get_result(c)
        .await)
    .map_err(fault::foreign_key(constraints::POSTS_AUTHOR))
}
