//! Operations on users.

use contract::{
    CreateUserRequest, CreateUserResponse, GetUserRequest, GetUserResponse, ListUsersRequest,
    ListUsersResponse, UpdateUserRequest, UpdateUserResponse, Users, models,
};

use super::{Context, caller};
use crate::app::App;
use crate::db::types::Json;
use crate::error::Error;
use crate::repository::role::Role;
use crate::repository::users::{NewUser, User, UserChanges};
use crate::services::pages::Wanted;
use crate::services::posts;
use crate::services::users::{self, UserPatch};

impl Users for App {
    async fn list_users(
        &self,
        ctx: Context,
        req: ListUsersRequest,
    ) -> Result<ListUsersResponse, Error> {
        let wanted = Wanted {
            limit: req.limit,
            cursor: req.cursor,
        };
        let partner = ctx.principal.partner()?;
        let page = users::list(self, partner, &wanted).await?;
        let mut posts = match req.expand.as_deref() {
            Some([_, ..]) => {
                let ids: Vec<_> = page.items.iter().map(|user| user.id).collect();
                Some(posts::of_each(self, partner, &ids).await?)
            }
            _ => None,
        };
        let page = page.map(|user| {
            let own = posts.as_mut().map(|posts| posts.remove(&user.id));
            models::User {
                posts: own.map(|own| own.into_iter().flatten().map(Into::into).collect()),
                ..user.into()
            }
        });
        Ok(ListUsersResponse::Ok(models::UserPage {
            items: page.items,
            next_cursor: page.next_cursor,
        }))
    }

    async fn create_user(
        &self,
        ctx: Context,
        req: CreateUserRequest,
    ) -> Result<CreateUserResponse, Error> {
        if req.body.role != models::UserRole::User {
            ctx.principal.fresh(self, ctx.operation).await?;
        }
        let user = users::create(self, &caller(&ctx)?, req.body.into()).await?;
        Ok(CreateUserResponse::Created {
            location: format!("/v1/users/{}", user.id),
            etag: user.etag(),
            body: user.into(),
        })
    }

    async fn get_user(&self, ctx: Context, req: GetUserRequest) -> Result<GetUserResponse, Error> {
        let user = users::get(self, ctx.principal.partner()?, req.user_id.into()).await?;
        Ok(GetUserResponse::Ok {
            etag: user.etag(),
            body: user.into(),
        })
    }

    async fn update_user(
        &self,
        ctx: Context,
        req: UpdateUserRequest,
    ) -> Result<UpdateUserResponse, Error> {
        if req.body.role.is_some() || req.body.is_active.is_some() {
            ctx.principal.fresh(self, ctx.operation).await?;
        }
        let user = users::update(
            self,
            &caller(&ctx)?,
            req.user_id.into(),
            req.body.into(),
            &ctx.preconditions,
        )
        .await?;
        Ok(UpdateUserResponse::Ok {
            etag: user.etag(),
            body: user.into(),
        })
    }
}

impl From<models::NewUser> for NewUser {
    fn from(new: models::NewUser) -> Self {
        Self {
            username: new.username,
            email: new.email,
            age: new.age.flatten(),
            role: new.role.into(),
            name: new.name.flatten(),
            tags: Json(new.tags),
            metadata: new.metadata.flatten().map(Json),
        }
    }
}

impl From<models::UserPatch> for UserPatch {
    fn from(patch: models::UserPatch) -> Self {
        Self {
            changes: UserChanges {
                username: patch.username,
                email: patch.email,
                age: patch.age,
                role: patch.role.map(Role::from),
                name: patch.name,
                tags: patch.tags.map(Json),
                metadata: None,
                is_active: patch.is_active,
            },
            metadata: patch.metadata,
        }
    }
}

impl From<User> for models::User {
    fn from(user: User) -> Self {
        Self {
            id: user.id.into(),
            username: user.username,
            email: user.email,
            age: user.age,
            role: user.role.into(),
            name: user.name,
            tags: user.tags.0,
            metadata: user.metadata.map(|metadata| metadata.0),
            is_active: user.is_active,
            posts: None,
            created_at: user.created_at.into(),
            updated_at: user.updated_at.into(),
        }
    }
}

impl From<models::UserRole> for Role {
    fn from(role: models::UserRole) -> Self {
        match role {
            models::UserRole::Admin => Self::Admin,
            models::UserRole::Moderator => Self::Moderator,
            models::UserRole::User => Self::User,
        }
    }
}

impl From<Role> for models::UserRole {
    fn from(role: Role) -> Self {
        match role {
            Role::Admin => Self::Admin,
            Role::Moderator => Self::Moderator,
            Role::User => Self::User,
        }
    }
}
