//! Operations for the administrators of a partner.

use contract::{Admin, AdminListUsersRequest, AdminListUsersResponse, models};

use super::Context;
use crate::app::App;
use crate::error::Error;
use crate::repository::role::Role;
use crate::repository::users::UserFilter;
use crate::services::pages::Wanted;
use crate::services::users;

impl Admin for App {
    async fn admin_list_users(
        &self,
        ctx: Context,
        req: AdminListUsersRequest,
    ) -> Result<AdminListUsersResponse, Error> {
        let wanted = Wanted {
            limit: req.limit,
            cursor: req.cursor,
        };
        let filter = UserFilter {
            role: req.role.map(Role::from),
            q: req.q,
        };
        let page = users::search(self, ctx.principal.partner()?, &filter, &wanted)
            .await?
            .map(models::User::from);
        Ok(AdminListUsersResponse::Ok(models::UserPage {
            items: page.items,
            next_cursor: page.next_cursor,
        }))
    }
}
