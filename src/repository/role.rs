//! What an API key or a user may do, by name.

super::words! {
    /// A role: of an API key it decides the scopes, of a user it is only kept.
    Role {
        /// Everything.
        Admin = "admin",
        /// Less than an administrator.
        Moderator = "moderator",
        /// The least.
        User = "user",
    }
}
