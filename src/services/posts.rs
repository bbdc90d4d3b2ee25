//! Posts: what is trimmed, and whose they are.

use std::collections::HashMap;

use super::audit::{self, Caller};
use super::pages::{Listed, Wanted};
use crate::app::App;
use crate::error::Error;
use crate::ids::{PartnerId, PostId, UserId};
use crate::repository::audit::{AuditAction, AuditResource};
use crate::repository::page::Scope;
use crate::repository::posts::{self, NewPost, Post};
use crate::repository::users;

/// Posts that are shown with a user.
const SHOWN: u8 = 10;

/// The post with this id.
pub async fn get(app: &App, partner: PartnerId, id: PostId) -> Result<Post, Error> {
    let mut conn = app.db().read().await?;
    posts::find(&mut conn, partner, id)
        .await?
        .ok_or(Error::NotFound)
}

/// The posts of a user, the newest first. 404 if there is no such user.
pub async fn list(
    app: &App,
    partner: PartnerId,
    author: UserId,
    wanted: &Wanted,
) -> Result<Listed<Post>, Error> {
    let scope = Scope::new("listUserPosts", partner).with("user_id", Some(&author.to_string()));
    let mut conn = app.db().read().await?;
    users::find(&mut conn, partner, author)
        .await?
        .ok_or(Error::NotFound)?;
    let slice = wanted.slice(app, &scope)?;
    let page = posts::list(&mut conn, partner, author, &slice).await?;
    Listed::seal(app, &scope, page)
}

/// The newest ten posts of each of these users, by one query.
pub async fn of_each(
    app: &App,
    partner: PartnerId,
    authors: &[UserId],
) -> Result<HashMap<UserId, Vec<Post>>, Error> {
    let mut conn = app.db().read().await?;
    let mut of_each: HashMap<UserId, Vec<Post>> = HashMap::new();
    for post in posts::newest_of_each(&mut conn, partner, authors, SHOWN).await? {
        of_each.entry(post.author_id).or_default().push(post);
    }
    Ok(of_each)
}

/// Adds a post. 409 if the partner has no such author.
pub async fn create(app: &App, caller: &Caller, new: NewPost) -> Result<Post, Error> {
    let new = NewPost {
        title: new.title.trim().to_owned(),
        ..new
    };
    let now = caller.now(app);
    app.db()
        .transaction_for(caller.partner, |conn| {
            let new = &new;
            Box::pin(async move {
                let id = PostId::new(now);
                let post = posts::insert(conn, caller.partner, id, new, now).await?;
                audit::note(
                    conn,
                    caller,
                    AuditAction::Created,
                    AuditResource::Post,
                    id,
                    now,
                )
                .await?;
                Ok(post)
            })
        })
        .await
}
