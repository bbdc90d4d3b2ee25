//! Operations of one tag: what a handler gets and what it may answer.

use crate::{models, runtime::prelude::*};

/// The people of a partner, who may be named as the buyers in orders.
pub trait Users: Host {
    handler! {
        /// List users
        ///
        /// The newest come first.
        ///
        /// `GET /v1/users`
        async fn list_users(
            &self,
            ctx: Context<Self::Principal>,
            req: ListUsersRequest,
        ) -> Result<ListUsersResponse, Self::Error>;
    }

    handler! {
        /// Create a user
        ///
        /// The name is trimmed and the e-mail address lower-cased. An admin needs at least one tag.
        ///
        /// `POST /v1/users`
        async fn create_user(
            &self,
            ctx: Context<Self::Principal>,
            req: CreateUserRequest,
        ) -> Result<CreateUserResponse, Self::Error>;
    }

    handler! {
        /// Show a user
        ///
        /// `GET /v1/users/{user_id}`
        async fn get_user(
            &self,
            ctx: Context<Self::Principal>,
            req: GetUserRequest,
        ) -> Result<GetUserResponse, Self::Error>;
    }

    handler! {
        /// Change a user
        ///
        /// A JSON merge patch (RFC 7396). `tags` are replaced as a whole; `metadata` is merged, so that a `null` inside removes one entry and `null` instead of it removes all.
        ///
        /// `PATCH /v1/users/{user_id}`
        async fn update_user(
            &self,
            ctx: Context<Self::Principal>,
            req: UpdateUserRequest,
        ) -> Result<UpdateUserResponse, Self::Error>;
    }
}

/// What a client asks of `list_users`.
#[derive(Debug, Clone)]
pub struct ListUsersRequest {
    /// What to show of each user besides; `posts` are the newest ten.
    pub expand: Option<Vec<models::UserExpansion>>,
    /// How many items a page has at most.
    pub limit: i32,
    /// Where the page begins, `next_cursor` of the page before it. Absent for the first page.
    pub cursor: Option<String>,
}

impl ListUsersRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            expand: input.parameter(Place::Query, "expand")?,
            limit: input.parameter(Place::Query, "limit")?,
            cursor: input.parameter(Place::Query, "cursor")?,
        })
    }
}

/// What `list_users` answers.
#[derive(Debug)]
pub enum ListUsersResponse {
    /// 200: A page of users.
    Ok(models::UserPage),
}

impl From<ListUsersResponse> for Reply {
    fn from(response: ListUsersResponse) -> Self {
        match response {
            ListUsersResponse::Ok(body) => Reply::new(200)
                .next_page("cursor", &body.next_cursor)
                .json("application/json", &body),
        }
    }
}

/// What a client asks of `create_user`.
#[derive(Debug, Clone)]
pub struct CreateUserRequest {
    /// The body.
    pub body: models::NewUser,
}

impl CreateUserRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            body: input.value()?,
        })
    }
}

/// What `create_user` answers.
#[derive(Debug)]
pub enum CreateUserResponse {
    /// 201: The user was created.
    Created {
        /// The path of the new resource.
        location: String,
        /// Names this state of the resource, a strong validator (RFC 9110, section 8.8.3). Changes whenever the answer does.
        etag: String,
        /// The body.
        body: models::User,
    },
}

impl From<CreateUserResponse> for Reply {
    fn from(response: CreateUserResponse) -> Self {
        match response {
            CreateUserResponse::Created {
                location,
                etag,
                body,
            } => Reply::new(201)
                .header("Location", &location)
                .header("ETag", &etag)
                .json("application/json", &body),
        }
    }
}

/// What a client asks of `get_user`.
#[derive(Debug, Clone)]
pub struct GetUserRequest {
    /// The user's id.
    pub user_id: Uuid,
}

impl GetUserRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            user_id: input.parameter(Place::Path, "user_id")?,
        })
    }
}

/// What `get_user` answers.
#[derive(Debug)]
pub enum GetUserResponse {
    /// 200: The user.
    Ok {
        /// Names this state of the resource, a strong validator (RFC 9110, section 8.8.3). Changes whenever the answer does.
        etag: String,
        /// The body.
        body: models::User,
    },
}

impl From<GetUserResponse> for Reply {
    fn from(response: GetUserResponse) -> Self {
        match response {
            GetUserResponse::Ok { etag, body } => Reply::new(200)
                .header("ETag", &etag)
                .json("application/json", &body),
        }
    }
}

/// What a client asks of `update_user`.
#[derive(Debug, Clone)]
pub struct UpdateUserRequest {
    /// The user's id.
    pub user_id: Uuid,
    /// The body.
    pub body: models::UserPatch,
}

impl UpdateUserRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            user_id: input.parameter(Place::Path, "user_id")?,
            body: input.value()?,
        })
    }
}

/// What `update_user` answers.
#[derive(Debug)]
pub enum UpdateUserResponse {
    /// 200: The user as it is now.
    Ok {
        /// Names this state of the resource, a strong validator (RFC 9110, section 8.8.3). Changes whenever the answer does.
        etag: String,
        /// The body.
        body: models::User,
    },
}

impl From<UpdateUserResponse> for Reply {
    fn from(response: UpdateUserResponse) -> Self {
        match response {
            UpdateUserResponse::Ok { etag, body } => Reply::new(200)
                .header("ETag", &etag)
                .json("application/json", &body),
        }
    }
}
