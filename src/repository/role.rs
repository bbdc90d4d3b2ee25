//! What a user or an API key may do, by name.

super::words! {
    /// The role of a user.
    Role {
        /// Everything.
        Admin = "admin",
        /// Less than an administrator.
        Moderator = "moderator",
        /// The least.
        User = "user",
    }
}

super::words! {
    /// The role of an API key; it decides the scopes.
    KeyRole {
        /// Everything that is the partner's.
        Admin = "admin",
        /// Less than an administrator.
        Moderator = "moderator",
        /// The least.
        User = "user",
        /// Nothing that is any partner's: it looks after the service.
        Operator = "operator",
    }
}
