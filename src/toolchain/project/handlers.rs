//! The handlers of a project: one file for each tag, one method for each operation.

use std::path::PathBuf;

use codegen::api::{Api, Operation, Tag};
use codegen::generate::Files;
use codegen::names::value_name;

/// `src/handlers.rs` and what is below it.
pub(super) fn of(api: &Api) -> Files {
    let mut modules = String::from(
        "//! Handlers: one file for each tag of the contract. They convert, call and answer.\n\n",
    );
    let mut files = Files::new();
    for (index, tag) in api.tags.iter().enumerate() {
        let file = format!("handlers/{}.rs", tag.module);
        // rustc looks for no file of a name that is not ASCII by itself.
        if !tag.module.is_ascii() {
            modules.push_str(&format!("#[path = {file:?}]\n"));
        }
        modules.push_str(&format!("mod {};\n", value_name(&tag.module)));
        let operations = api.operations.iter().filter(|it| it.tag == index);
        files.insert(PathBuf::from("src").join(file), module(tag, operations));
    }
    files.insert("src/handlers.rs".into(), modules);
    files
}

fn module<'a>(tag: &Tag, operations: impl Iterator<Item = &'a Operation>) -> String {
    let methods: Vec<String> = operations.map(method).collect();
    format!(
        "//! Operations of {name}.

use contract::apis::{module} as api;
use contract::runtime::host::not_implemented;
use contract::{{Context, Failure}};

use crate::app::{{App, Caller}};

impl api::{name_of_trait} for App {{
{methods}}}
",
        name = one_line(&tag.wire),
        module = value_name(&tag.module),
        name_of_trait = tag.trait_name,
        methods = methods.join("\n"),
    )
}

/// The handler of an operation that is not written yet.
pub(super) fn method(operation: &Operation) -> String {
    let takes_request =
        operation.body.is_some() || operation.parameters.iter().any(|it| !it.by_boundary);
    let request = match takes_request {
        true => format!("\n        _req: api::{}Request,", operation.type_name),
        false => String::new(),
    };
    format!(
        "    /// `{} {}`
    async fn {}(
        &self,
        ctx: Context<Caller>,{request}
    ) -> Result<api::{}Response, Failure> {{
        Err(not_implemented(ctx.operation))
    }}
",
        operation.method,
        one_line(&operation.path),
        operation.fn_name,
        operation.type_name,
    )
}

/// A text as one line of a comment.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
