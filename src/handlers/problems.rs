//! The catalogue of problem types, to read or as JSON.

use contract::problems::{Article, CATALOGUE, Text};
use contract::runtime::language;
use contract::{
    GetProblemTypeBody, GetProblemTypeRequest, GetProblemTypeResponse, ListProblemTypesBody,
    ListProblemTypesRequest, ListProblemTypesResponse, Problems, models,
};

use super::Context;
use crate::app::App;
use crate::docs;
use crate::error::Error;

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
        let mut articles: Vec<_> = CATALOGUE.iter().collect();
        articles.sort_by_key(|article| (article.kind.status, article.kind.slug));
        let items: Vec<_> = articles.into_iter().map(|it| shown(it, language)).collect();
        let body = match ctx.media_type {
            Some(HTML) => ListProblemTypesBody::Html(docs::problem_list(language, &items)),
            _ => ListProblemTypesBody::Json(models::ProblemTypes { items }),
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
        let mut articles = CATALOGUE.iter();
        let article = articles.find(|article| article.kind.slug == req.slug);
        let problem = shown(article.ok_or(Error::NotFound)?, language);
        let body = match ctx.media_type {
            Some(HTML) => GetProblemTypeBody::Html(docs::problem_page(language, &problem)),
            _ => GetProblemTypeBody::Json(problem),
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

fn shown(article: &Article, language: &str) -> models::ProblemType {
    let mut translations = article.translations.iter();
    let translated = translations.find(|(name, _)| *name == language);
    let Text { title, description } = translated.map_or(article.text, |(_, text)| *text);
    models::ProblemType {
        r#type: format!("/problems/{}", article.kind.slug),
        code: article.kind.slug.to_owned(),
        status: i32::from(article.kind.status),
        title: title.to_owned(),
        description: description.to_owned(),
    }
}
