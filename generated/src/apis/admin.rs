//! Operations of one tag: what a handler gets and what it may answer.

use crate::{models, runtime::prelude::*};

/// What only the administrators of a partner do.
pub trait Admin: Host {
    handler! {
        /// Find users
        ///
        /// The newest come first. For the partner's administrators only.
        ///
        /// `GET /v1/admin/users`
        async fn admin_list_users(
            &self,
            ctx: Context<Self::Principal>,
            req: AdminListUsersRequest,
        ) -> Result<AdminListUsersResponse, Self::Error>;
    }
}

/// What a client asks of `admin_list_users`.
#[derive(Debug, Clone)]
pub struct AdminListUsersRequest {
    /// Only users with this role.
    pub role: Option<models::UserRole>,
    /// Only users whose username or e-mail address contains this; case does not matter.
    pub q: Option<String>,
    /// How many items a page has at most.
    pub limit: i32,
    /// Where the page begins, `next_cursor` of the page before it. Absent for the first page.
    pub cursor: Option<String>,
}

impl AdminListUsersRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            role: input.parameter(Place::Query, "role")?,
            q: input.parameter(Place::Query, "q")?,
            limit: input.parameter(Place::Query, "limit")?,
            cursor: input.parameter(Place::Query, "cursor")?,
        })
    }
}

/// What `admin_list_users` answers.
#[derive(Debug)]
pub enum AdminListUsersResponse {
    /// 200: A page of users.
    Ok(models::UserPage),
}

impl From<AdminListUsersResponse> for Reply {
    fn from(response: AdminListUsersResponse) -> Self {
        match response {
            AdminListUsersResponse::Ok(body) => Reply::new(200).json("application/json", &body),
        }
    }
}
