//! Operations of one tag: what a handler gets and what it may answer.

use crate::{models, runtime::prelude::*};

/// What can go wrong, in English and Korean. Public, not counted against any limit.
pub trait Problems: Host {
    handler! {
        /// List the types of problems
        ///
        /// Every error of this API is of one of these types. A page to read, or JSON.
        ///
        /// `GET /problems`
        async fn list_problem_types(
            &self,
            ctx: Context<Self::Principal>,
            req: ListProblemTypesRequest,
        ) -> Result<ListProblemTypesResponse, Self::Error>;
    }

    handler! {
        /// Explain a type of problem
        ///
        /// What the `type` of a problem leads to. A page to read, or JSON.
        ///
        /// `GET /problems/{slug}`
        async fn get_problem_type(
            &self,
            ctx: Context<Self::Principal>,
            req: GetProblemTypeRequest,
        ) -> Result<GetProblemTypeResponse, Self::Error>;
    }
}

/// What a client asks of `list_problem_types`.
#[derive(Debug, Clone)]
pub struct ListProblemTypesRequest {
    /// The languages that you read (RFC 9110, section 12.5.4): `en`, which is the default, or `ko`.
    pub accept_language: Option<String>,
}

impl ListProblemTypesRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            accept_language: input.parameter(Place::Header, "Accept-Language")?,
        })
    }
}

/// What `list_problem_types` answers.
#[derive(Debug)]
pub enum ListProblemTypesResponse {
    /// 200: The types of problems, by status.
    Ok {
        /// The language of the answer.
        content_language: String,
        /// The headers of the request that the answer depends on.
        vary: String,
        /// The body.
        body: ListProblemTypesResponseBody,
    },
}

impl From<ListProblemTypesResponse> for Reply {
    fn from(response: ListProblemTypesResponse) -> Self {
        match response {
            ListProblemTypesResponse::Ok {
                content_language,
                vary,
                body,
            } => {
                let reply = Reply::new(200)
                    .header("Content-Language", &content_language)
                    .header("Vary", &vary);
                match body {
                    ListProblemTypesResponseBody::Json(body) => {
                        reply.json("application/json", &body)
                    }
                    ListProblemTypesResponseBody::Html(body) => reply.text("text/html", body),
                }
            }
        }
    }
}

/// The body of an answer, by its media type.
#[derive(Debug)]
pub enum ListProblemTypesResponseBody {
    /// `application/json`
    Json(models::ProblemTypes),
    /// `text/html`
    Html(String),
}

/// What a client asks of `get_problem_type`.
#[derive(Debug, Clone)]
pub struct GetProblemTypeRequest {
    /// The languages that you read (RFC 9110, section 12.5.4): `en`, which is the default, or `ko`.
    pub accept_language: Option<String>,
    /// The type's name, the `code` of the problem.
    pub slug: String,
}

impl GetProblemTypeRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            accept_language: input.parameter(Place::Header, "Accept-Language")?,
            slug: input.parameter(Place::Path, "slug")?,
        })
    }
}

/// What `get_problem_type` answers.
#[derive(Debug)]
pub enum GetProblemTypeResponse {
    /// 200: The type of problem.
    Ok {
        /// The language of the answer.
        content_language: String,
        /// The headers of the request that the answer depends on.
        vary: String,
        /// The body.
        body: GetProblemTypeResponseBody,
    },
}

impl From<GetProblemTypeResponse> for Reply {
    fn from(response: GetProblemTypeResponse) -> Self {
        match response {
            GetProblemTypeResponse::Ok {
                content_language,
                vary,
                body,
            } => {
                let reply = Reply::new(200)
                    .header("Content-Language", &content_language)
                    .header("Vary", &vary);
                match body {
                    GetProblemTypeResponseBody::Json(body) => reply.json("application/json", &body),
                    GetProblemTypeResponseBody::Html(body) => reply.text("text/html", body),
                }
            }
        }
    }
}

/// The body of an answer, by its media type.
#[derive(Debug)]
pub enum GetProblemTypeResponseBody {
    /// `application/json`
    Json(models::ProblemType),
    /// `text/html`
    Html(String),
}
