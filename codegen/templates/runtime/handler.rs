//! The form of a handler in a tag's trait.

/// A method of a tag's trait: without a body, so that rustc names each handler that is missing; with
/// the feature `stubs` it answers 501 until it is written. Its future is `Send`, which `async fn` in
/// a trait does not say.
macro_rules! handler {
    (
        $(#[$attribute:meta])*
        async fn $name:ident(
            &$this:ident,
            $ctx:ident: $context:ty,
            $($req:ident: $request:ty,)?
        ) -> Result<$response:ty, $error:ty>;
    ) => {
        $(#[$attribute])*
        #[cfg(not(feature = "stubs"))]
        fn $name(
            &$this,
            $ctx: $context,
            $($req: $request,)?
        ) -> impl Future<Output = Result<$response, $error>> + Send;

        $(#[$attribute])*
        #[cfg(feature = "stubs")]
        fn $name(
            &$this,
            $ctx: $context,
            $($req: $request,)?
        ) -> impl Future<Output = Result<$response, $error>> + Send {
            $(drop($req);)?
            std::future::ready(Err(not_implemented($ctx.operation).into()))
        }
    };
}

pub(crate) use handler;
