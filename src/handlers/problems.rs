//! The catalogue of problem types, to read or as JSON.

use contract::runtime::language;
use contract::{
    GetProblemTypeRequest, GetProblemTypeResponse, GetProblemTypeResponseBody,
    ListProblemTypesRequest, ListProblemTypesResponse, ListProblemTypesResponseBody, Problems,
    models,
};

use super::Context;
use crate::app::App;
use crate::docs;
use crate::error::Error;
use crate::services::problems::{self, Explained};

/// The contract's own language, then its translations.
const LANGUAGES: &[&str] = &["en", "ko"];

const HTML: &str = "text/html";
const VARY: &str = "Accept, Accept-Language";

impl Problems for App {
    async fn list_problem_types(
        &self,
        ctx: Context,
        req: ListProblemTypesRequest,
    ) -> Result<ListProblemTypesResponse, Error> {
        let language = language(req.accept_language.as_deref());
        let all = problems::list(language);
        let body = match ctx.media_type {
            Some(HTML) => ListProblemTypesResponseBody::Html(docs::problem_list(language, &all)),
            _ => ListProblemTypesResponseBody::Json(models::ProblemTypes {
                items: all.into_iter().map(Into::into).collect(),
            }),
        };
        Ok(ListProblemTypesResponse::Ok {
            content_language: language.to_owned(),
            vary: VARY.to_owned(),
            body,
        })
    }

    async fn get_problem_type(
        &self,
        ctx: Context,
        req: GetProblemTypeRequest,
    ) -> Result<GetProblemTypeResponse, Error> {
        let language = language(req.accept_language.as_deref());
        let problem = problems::get(&req.slug, language)?;
        let body = match ctx.media_type {
            Some(HTML) => GetProblemTypeResponseBody::Html(docs::problem_page(language, &problem)),
            _ => GetProblemTypeResponseBody::Json(problem.into()),
        };
        Ok(GetProblemTypeResponse::Ok {
            content_language: language.to_owned(),
            vary: VARY.to_owned(),
            body,
        })
    }
}

fn language(accepted: Option<&str>) -> &'static str {
    language::negotiate(accepted.unwrap_or_default(), LANGUAGES).unwrap_or("en")
}

impl From<Explained> for models::ProblemType {
    fn from(problem: Explained) -> Self {
        Self {
            r#type: format!("/problems/{}", problem.code),
            code: problem.code.to_owned(),
            status: i32::from(problem.status),
            title: problem.title.to_owned(),
            description: problem.description.to_owned(),
        }
    }
}
