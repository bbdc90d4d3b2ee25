//! Bodies of `multipart/form-data`: texts read as values, files as uploads.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;

use bytes::Bytes;
use futures_util::stream::{self, Stream, StreamExt};
use http::HeaderMap;
use multer::{Field, Multipart};
use serde_json::{Map, Value};

use super::form::{is_json, malformed, pointer, violation};
use super::json;
use super::media::{self, MediaType};
use super::operation::{Media, Part, Shape, Style};
use super::problem::{Problem, Violation, boundary};
use super::upload::{Spool, Upload};

/// What a multipart body may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Parts.
    pub parts: usize,
    /// Bytes of one part's headers.
    pub part_header_bytes: usize,
    /// Bytes of all parts that are no files, together.
    pub text_bytes: usize,
    /// Bytes of the body.
    pub total_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            parts: 64,
            part_header_bytes: 8 << 10,
            text_bytes: 256 << 10,
            total_bytes: 10 << 20,
        }
    }
}

/// A body that was read: the form as an object, and its files.
///
/// In the object a file is a string that holds its index in `files`, so that the schema finds
/// it where it looks for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Form {
    /// The form's members.
    pub value: Value,
    /// The files, in the order sent.
    pub files: Vec<FilePart>,
}

/// What is known of a file before its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileHead {
    /// Name of the form's member.
    pub name: String,
    /// The client's name for the file; never to be used as a path.
    pub file_name: Option<String>,
    /// The media type that the client gave it.
    pub content_type: Option<String>,
    /// Headers of the part.
    pub headers: HeaderMap,
}

/// A file of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilePart {
    /// What is known of it.
    pub head: FileHead,
    /// Its content.
    pub content: Upload,
}

/// The content of a part that is arriving.
struct Content {
    field: Field<'static>,
    feed: Feed,
}

impl Content {
    /// The next bytes; `None` at the end. Errors are those of the body: malformed, too large,
    /// too slow.
    async fn chunk(&mut self) -> Result<Option<Bytes>, Problem> {
        self.field.chunk().await.map_err(|_| self.feed.problem())
    }
}

/// Reads a body. Only as much of it is held in memory as one part's headers or the texts need; a
/// large file goes to disk.
///
/// A part is JSON if it says so, or is declared so, or is an object of the contract; other text
/// is coerced as parameters are. Parts of one name make an array where the shape has one.
///
/// Errors: 400 `malformed-body` for what cannot be read; 413 `body-too-large` beyond the limits;
/// 415 for a part of a type that is not declared for it; 422 `validation-error` for a part that
/// is given twice or lacks a header; whatever `body` fails with.
pub async fn read<S>(
    media: &'static Media,
    headers: &HeaderMap,
    body: S,
    limits: Limits,
) -> Result<Form, Problem>
where
    S: Stream<Item = Result<Bytes, Problem>> + Send + 'static,
{
    let boundary = boundary_of(headers)?;
    let feed = Feed::new(limits);
    let mut parts = Multipart::new(feed.attach(body), boundary);
    let mut reader = Reader {
        media,
        limits,
        members: BTreeMap::new(),
        count: 0,
        text_bytes: 0,
    };
    let mut files = Vec::new();
    loop {
        feed.expect_headers();
        let field = parts.next_field().await.map_err(|_| feed.problem())?;
        feed.expect_content();
        let Some(field) = field else { break };
        let mut content = Content {
            field,
            feed: feed.clone(),
        };
        let head = reader.open(&content.field)?;
        if reader.is_file(&head) {
            reader.push(head.name.clone(), Value::String(files.len().to_string()));
            files.push(reader.read_file(head, &mut content).await?);
        } else {
            let text = reader.read_text(&mut content).await?;
            let value = reader.text_value(&head, &text)?;
            reader.push(head.name, value);
        }
    }
    Ok(Form {
        value: reader.finish()?,
        files,
    })
}

fn boundary_of(headers: &HeaderMap) -> Result<String, Problem> {
    let media_type = media::content_type(headers)?;
    let boundary = media_type
        .as_ref()
        .and_then(|media_type| media_type.parameter("boundary"));
    boundary
        .filter(|boundary| (1..=70).contains(&boundary.len()))
        .map(str::to_owned)
        .ok_or_else(|| {
            malformed(vec![violation(
                "",
                "multipart",
                "the Content-Type must have a boundary of 1 to 70 characters",
            )])
        })
}

struct Reader {
    media: &'static Media,
    limits: Limits,
    members: BTreeMap<String, Vec<Value>>,
    count: usize,
    text_bytes: usize,
}

impl Reader {
    /// Checks a part's headers.
    fn open(&mut self, field: &Field<'static>) -> Result<FileHead, Problem> {
        self.count += 1;
        if self.count > self.limits.parts {
            let error = violation("", "parts", "has too many parts");
            return Err(malformed(vec![Violation {
                limit: Some(self.limits.parts.into()),
                ..error
            }]));
        }
        let headers = field.headers();
        let header_bytes: usize = headers
            .iter()
            .map(|(name, value)| name.as_str().len() + value.len() + 4)
            .sum();
        if header_bytes > self.limits.part_header_bytes {
            return Err(headers_too_large(self.limits));
        }
        let is_clean = |text: &&str| !text.chars().any(char::is_control);
        let name = field.name().filter(is_clean).ok_or_else(|| {
            malformed(vec![violation(
                "",
                "multipart",
                "each part must have a name, without control characters",
            )])
        })?;
        let head = FileHead {
            name: name.to_owned(),
            file_name: field.file_name().filter(is_clean).map(str::to_owned),
            content_type: headers
                .get("content-type")
                .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned()),
            headers: headers.clone(),
        };
        self.check_declared(&head)?;
        Ok(head)
    }

    fn part(&self, name: &str) -> Option<&'static Part> {
        self.media.parts.iter().find(|part| part.name == name)
    }

    fn check_declared(&self, head: &FileHead) -> Result<(), Problem> {
        let Some(part) = self.part(&head.name) else {
            return Ok(());
        };
        if let Some(missing) = part
            .headers
            .iter()
            .find(|header| !head.headers.contains_key(**header))
        {
            let message = format!("the part must have the header {missing}");
            let error = violation(&pointer(&head.name), "required", &message);
            return Err(Problem::new(boundary::VALIDATION_ERROR).with_errors(vec![error]));
        }
        let sent = match &head.content_type {
            Some(content_type) => content_type,
            None if part.is_file => "application/octet-stream",
            None => return Ok(()),
        };
        if part.content_types.is_empty()
            || part
                .content_types
                .iter()
                .any(|range| media::covers(range, sent))
        {
            return Ok(());
        }
        let message = format!(
            "the part's Content-Type must be {}",
            part.content_types.join(", ")
        );
        Err(unsupported(&head.name, &message))
    }

    /// A part is a file if the contract says so; one that it does not name, if it has a file name.
    fn is_file(&self, head: &FileHead) -> bool {
        match self.part(&head.name) {
            Some(part) => part.is_file,
            None => head.file_name.is_some() && self.media.shape.named_member(&head.name).is_none(),
        }
    }

    async fn read_file(&self, head: FileHead, content: &mut Content) -> Result<FilePart, Problem> {
        let limit = self.part(&head.name).and_then(|part| part.max_bytes);
        let mut spool = Spool::new(limit.unwrap_or(u64::MAX));
        while let Some(chunk) = content.chunk().await? {
            spool.push(&chunk).await?;
        }
        Ok(FilePart {
            head,
            content: spool.finish().await?,
        })
    }

    async fn read_text(&mut self, content: &mut Content) -> Result<Vec<u8>, Problem> {
        let mut text = Vec::new();
        while let Some(chunk) = content.chunk().await? {
            self.text_bytes += chunk.len();
            if self.text_bytes > self.limits.text_bytes {
                return Err(Problem::new(boundary::BODY_TOO_LARGE)
                    .with_detail("the form's texts are too large"));
            }
            text.extend_from_slice(&chunk);
        }
        Ok(text)
    }

    fn text_value(&self, head: &FileHead, text: &[u8]) -> Result<Value, Problem> {
        let part = self.part(&head.name);
        let shape = self.media.shape.member(&head.name);
        let media_type = head.content_type.as_deref().and_then(MediaType::parse);
        if media_type
            .as_ref()
            .is_some_and(|media_type| !media_type.is_utf8())
        {
            return Err(unsupported(&head.name, "the part's charset must be utf-8"));
        }
        if reads_json(media_type.as_ref(), part, shape) {
            return json::parse(text, json::DEPTH_LIMIT).map_err(|fault| {
                let fault = fault.into_violation("body", None);
                malformed(vec![Violation {
                    pointer: pointer(&head.name) + &fault.pointer,
                    ..fault
                }])
            });
        }
        let refuse =
            |keyword, message| malformed(vec![violation(&pointer(&head.name), keyword, message)]);
        let text = std::str::from_utf8(text).map_err(|_| refuse("utf-8", "must be UTF-8"))?;
        if text.contains('\0') {
            return Err(refuse("nul", "must not hold U+0000"));
        }
        Ok(text_of_shape(text, part, shape))
    }

    fn push(&mut self, name: String, value: Value) {
        self.members.entry(name).or_default().push(value);
    }

    fn finish(self) -> Result<Value, Problem> {
        let mut object = Map::new();
        let mut errors = Vec::new();
        for (name, mut values) in self.members {
            let shape = self.media.shape.member(&name);
            let one = values.len() == 1;
            let value = match shape.item() {
                Some(_) if one && values.iter().all(Value::is_array) => values.pop(),
                Some(_) => Some(Value::Array(values)),
                None if one => values.pop(),
                None if matches!(shape, Shape::Any) => Some(Value::Array(values)),
                None => None,
            };
            match value {
                Some(value) => {
                    object.insert(name, value);
                }
                None => errors.push(violation(
                    &pointer(&name),
                    "duplicate",
                    "must not be given more than once",
                )),
            }
        }
        if errors.is_empty() {
            return Ok(Value::Object(object));
        }
        Err(Problem::new(boundary::VALIDATION_ERROR).with_errors(errors))
    }
}

fn reads_json(media_type: Option<&MediaType>, part: Option<&Part>, shape: &Shape) -> bool {
    let says_json = |essence: &str| essence == "application/json" || essence.ends_with("+json");
    match media_type {
        Some(media_type) if says_json(&media_type.essence) => true,
        _ if part.is_some_and(is_json) => true,
        _ => {
            !shape.takes_scalar()
                && (shape.takes_object() || shape.item().is_some_and(Shape::takes_object))
        }
    }
}

/// A text by its shape; one text holds all items of an array if its part is not exploded.
fn text_of_shape(text: &str, part: Option<&Part>, shape: &Shape) -> Value {
    let Some(item) = shape.item().filter(|_| !shape.takes_scalar()) else {
        return shape.coerce(text);
    };
    let separator = match part {
        Some(part) if !part.explode => match part.style {
            Style::SpaceDelimited => ' ',
            Style::PipeDelimited => '|',
            _ => ',',
        },
        _ => return item.coerce(text),
    };
    text.split(separator)
        .map(|text| item.coerce(text))
        .collect()
}

fn unsupported(name: &str, message: &str) -> Problem {
    let error = violation(&pointer(name), "contentMediaType", message);
    Problem::new(boundary::UNSUPPORTED_MEDIA_TYPE).with_errors(vec![error])
}

fn headers_too_large(limits: Limits) -> Problem {
    let error = violation("", "multipart", "the headers of a part are too large");
    malformed(vec![Violation {
        limit: Some(limits.part_header_bytes.into()),
        ..error
    }])
}

/// Hands the body to the parser chunk by chunk, counts it, and keeps the problem it ends with,
/// for which the parser's errors have no room.
#[derive(Clone)]
struct Feed(Arc<Mutex<FeedState>>);

struct FeedState {
    limits: Limits,
    total_left: u64,
    /// Bytes that may still come before the headers of a part must be complete.
    headers_left: Option<usize>,
    problem: Option<Problem>,
}

impl Feed {
    fn new(limits: Limits) -> Self {
        let state = FeedState {
            limits,
            total_left: limits.total_bytes,
            headers_left: None,
            problem: None,
        };
        Self(Arc::new(Mutex::new(state)))
    }

    fn state(&self) -> MutexGuard<'_, FeedState> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn expect_headers(&self) {
        let mut state = self.state();
        state.headers_left = Some(state.limits.part_header_bytes);
    }

    fn expect_content(&self) {
        self.state().headers_left = None;
    }

    /// Why the parser failed.
    fn problem(&self) -> Problem {
        let message = "must be multipart content that ends with its closing boundary";
        self.state()
            .problem
            .take()
            .unwrap_or_else(|| malformed(vec![violation("", "multipart", message)]))
    }

    fn attach<S>(&self, body: S) -> impl Stream<Item = io::Result<Bytes>> + Send + 'static
    where
        S: Stream<Item = Result<Bytes, Problem>> + Send + 'static,
    {
        let feed = self.clone();
        let mut body = Box::pin(body);
        let mut must_pause = false;
        stream::poll_fn(move |context| {
            // The parser polls until nothing is ready, and so would hold all that has arrived:
            // after each chunk it is told to come again.
            if std::mem::take(&mut must_pause) {
                context.waker().wake_by_ref();
                return Poll::Pending;
            }
            if feed.state().headers_left == Some(0) {
                let problem = headers_too_large(feed.state().limits);
                return Poll::Ready(Some(Err(feed.fail(problem))));
            }
            body.poll_next_unpin(context).map(|chunk| {
                must_pause = true;
                chunk.map(|chunk| {
                    chunk
                        .and_then(|chunk| feed.count(chunk))
                        .map_err(|problem| feed.fail(problem))
                })
            })
        })
    }

    fn count(&self, chunk: Bytes) -> Result<Bytes, Problem> {
        let mut state = self.state();
        let length = u64::try_from(chunk.len()).unwrap_or(u64::MAX);
        state.total_left = state
            .total_left
            .checked_sub(length)
            .ok_or(boundary::BODY_TOO_LARGE)?;
        state.headers_left = state
            .headers_left
            .map(|left| left.saturating_sub(chunk.len()));
        Ok(chunk)
    }

    fn fail(&self, problem: Problem) -> io::Error {
        self.state().problem = Some(problem);
        io::Error::other("the body ended with a problem")
    }
}
