//! YAML 1.2 (core schema) into a tree with places.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError, Span, Tag, options};

use super::MAX_DEPTH;
use super::node::{Data, Entry, Node, Spot};
use super::number::{self, Read};
use super::reading::Reading;

/// Values that aliases and merge keys may add together; a document that wants more is a bomb.
const MAX_COPIED: usize = 1_000_000;

/// Quoted texts that may be indented too little in one document.
const MAX_UNINDENTED: usize = 100;

/// Reads one YAML document. Faults go to `reading`; `None` when there is no tree at all.
pub fn parse(text: &str, reading: &mut Reading<'_>) -> Option<Node> {
    let faults = reading.faults.len();
    let mut unindented = Vec::new();
    let mut text = Cow::Borrowed(text);
    let root = loop {
        let error = match read(&text, reading) {
            Ok(root) => break root,
            Err(error) => error,
        };
        let line = error.marker().line();
        if *error.kind() != ErrorKind::InvalidQuotedScalarIndent
            || unindented.len() == MAX_UNINDENTED
        {
            let spot = reading.spot(line, error.marker().col() + 1);
            let message = format!("this is not YAML: {}", error.info());
            reading.error(spot, message, yaml_remedy(&error.info()));
            break None;
        }
        reading.faults.truncate(faults);
        unindented.push(line);
        text = Cow::Owned(indented(&text, line));
    };
    for line in unindented {
        reading.warning(
            reading.spot(line, 1),
            "a quoted text goes on here with less indentation than YAML asks for; it is read as if it had enough"
                .to_owned(),
            "indent every line of the text deeper than its key",
        );
    }
    root
}

/// The text with indentation from this line (counted from 1) to the next with a quote. Most readers
/// ask for none within quotes, and it means nothing there: lines are joined by one space.
fn indented(text: &str, line: usize) -> String {
    let mut is_open = true;
    let lines = text.split_inclusive('\n').zip(1..);
    let lines = lines.map(|(content, number)| {
        let is_within = number >= line && is_open;
        is_open &= number < line || !content.contains(['"', '\'']);
        let indentation = if is_within { MAX_DEPTH } else { 0 };
        format!("{:indentation$}{content}", "")
    });
    lines.collect()
}

/// Reads the text once. Errors: it is not YAML.
fn read(text: &str, reading: &mut Reading<'_>) -> Result<Option<Node>, ScanError> {
    let options = options! {
        simple_key_max_lookahead: 65_536,
        block_nesting_limit: MAX_DEPTH * 2,
        flow_nesting_limit: MAX_DEPTH * 2,
    };
    let mut builder = Builder {
        reading,
        stack: Vec::new(),
        anchors: HashMap::new(),
        copied: 0,
        root: None,
        documents: 0,
    };
    for event in Parser::new_from_str_with_options(text, options) {
        let (event, span) = event?;
        if !builder.event(event, span) {
            return Ok(None);
        }
    }
    let root = builder.root;
    if root.is_none() {
        reading.error(
            reading.spot(1, 1),
            "the file is empty".to_owned(),
            "write an OpenAPI document",
        );
    }
    Ok(root)
}

/// How to mend what the parser refuses; the commonest causes by name.
fn yaml_remedy(info: &str) -> &'static str {
    if info.contains("tab") {
        "indent with spaces; YAML does not allow tabs there"
    } else if info.contains("mapping values") {
        "quote a text that contains `: `, and check the indentation"
    } else if info.contains("anchor") {
        "define the anchor (`&name`) before its alias (`*name`), or quote a text that begins with `*`"
    } else {
        "check indentation and quotes here and on the line before"
    }
}

/// A collection that is being read.
struct Frame {
    node: Node,
    anchor: usize,
    /// The key whose value comes next.
    key: Option<(String, Spot, bool)>,
    /// First place of each key.
    seen: HashMap<String, Spot>,
    /// What `<<` brings.
    merges: Vec<Node>,
}

struct Builder<'r, 'a> {
    reading: &'r mut Reading<'a>,
    stack: Vec<Frame>,
    anchors: HashMap<usize, (Node, usize)>,
    copied: usize,
    root: Option<Node>,
    documents: usize,
}

impl Builder<'_, '_> {
    /// Takes one event; `false` stops the reading.
    fn event(&mut self, event: Event<'_>, span: Span) -> bool {
        let spot = self.reading.spot(span.start.line(), span.start.col() + 1);
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    self.reading.error(
                        spot,
                        "a second YAML document begins here".to_owned(),
                        "keep one document in the file",
                    );
                    return false;
                }
                true
            }
            Event::Scalar(text, style, anchor, tag) => {
                let plain_merge = style == ScalarStyle::Plain && text == "<<" && tag.is_none();
                if self.expects_key() {
                    self.key(text.into_owned(), spot, plain_merge);
                    return true;
                }
                let data = self.scalar(text, style, tag.as_deref(), spot);
                let node = Node { spot, data };
                if anchor != 0 {
                    self.anchors.insert(anchor, (node.clone(), 1));
                }
                self.place(node);
                true
            }
            Event::SequenceStart(_, anchor, tag) => {
                self.open(Data::List(Vec::new()), anchor, tag.as_deref(), spot)
            }
            Event::MappingStart(_, anchor, tag) => {
                self.open(Data::Map(Vec::new()), anchor, tag.as_deref(), spot)
            }
            Event::SequenceEnd | Event::MappingEnd => {
                self.close();
                true
            }
            Event::Alias(id) => self.alias(id, spot),
            _ => true,
        }
    }

    fn expects_key(&self) -> bool {
        self.stack
            .last()
            .is_some_and(|frame| frame.key.is_none() && matches!(frame.node.data, Data::Map(_)))
    }

    fn key(&mut self, key: String, spot: Spot, merge: bool) {
        let Some(frame) = self.stack.last_mut() else {
            return;
        };
        if !merge && let Some(first) = frame.seen.get(&key) {
            let message = format!(
                "the key `{key}` is here a second time; the first is at line {}, column {}",
                first.line, first.column
            );
            self.reading
                .error(spot, message, "remove or rename one of the two");
        }
        frame.key = Some((key, spot, merge));
    }

    fn open(&mut self, data: Data, anchor: usize, tag: Option<&Tag>, spot: Spot) -> bool {
        if self.expects_key() {
            self.reading.error(
                spot,
                "a list or map stands as a key".to_owned(),
                "use a text as the key",
            );
            return false;
        }
        if self.stack.len() >= MAX_DEPTH {
            self.reading.too_deep(spot);
            return false;
        }
        if let Some(tag) = tag
            && !tag.is_yaml_core_schema()
        {
            self.unknown_tag(tag, spot);
        }
        let node = Node { spot, data };
        self.stack.push(Frame {
            node,
            anchor,
            key: None,
            seen: HashMap::new(),
            merges: Vec::new(),
        });
        true
    }

    fn close(&mut self) {
        let Some(mut frame) = self.stack.pop() else {
            return;
        };
        if let Data::Map(entries) = &mut frame.node.data
            && !frame.merges.is_empty()
        {
            let mut present: HashSet<String> =
                entries.iter().map(|entry| entry.key.clone()).collect();
            for merge in frame.merges {
                let Data::Map(merged) = merge.data else {
                    continue;
                };
                for entry in merged {
                    if present.insert(entry.key.clone()) {
                        entries.push(entry);
                    }
                }
            }
        }
        if frame.anchor != 0 {
            let count = frame.node.count();
            self.anchors
                .insert(frame.anchor, (frame.node.clone(), count));
        }
        self.place(frame.node);
    }

    fn alias(&mut self, id: usize, spot: Spot) -> bool {
        let Some((node, count)) = self.anchors.get(&id) else {
            self.reading.error(
                spot,
                "this alias stands inside what it names".to_owned(),
                "use a `$ref` to a component for a recursive structure",
            );
            return false;
        };
        self.copied += count;
        if self.copied > MAX_COPIED {
            let message = format!("aliases copy more than {MAX_COPIED} values");
            self.reading.error(
                spot,
                message,
                "use `$ref` to components instead of YAML aliases",
            );
            return false;
        }
        let node = node.clone();
        if self.stack.len() + depth(&node) > MAX_DEPTH {
            self.reading.too_deep(spot);
            return false;
        }
        if self.expects_key() {
            match node.data {
                Data::String(key) => self.key(key, spot, false),
                _ => {
                    self.reading.error(
                        spot,
                        "this alias stands as a key but does not name a text".to_owned(),
                        "write the key out",
                    );
                    return false;
                }
            }
            return true;
        }
        self.place(node);
        true
    }

    /// Puts a finished node where it belongs.
    fn place(&mut self, node: Node) {
        let Some(frame) = self.stack.last_mut() else {
            self.root = Some(node);
            return;
        };
        match &mut frame.node.data {
            Data::List(items) => items.push(node),
            Data::Map(entries) => {
                let Some((key, spot, merge)) = frame.key.take() else {
                    return;
                };
                if merge {
                    self.merge(node);
                } else if !frame.seen.contains_key(&key) {
                    frame.seen.insert(key.clone(), spot);
                    entries.push(Entry {
                        key,
                        spot,
                        value: node,
                    });
                }
            }
            _ => {}
        }
    }

    fn merge(&mut self, node: Node) {
        let sources = match node.data {
            Data::Map(_) => vec![node],
            Data::List(items) if items.iter().all(|item| matches!(item.data, Data::Map(_))) => {
                items
            }
            _ => {
                self.reading.error(
                    node.spot,
                    "`<<` takes a map or a list of maps".to_owned(),
                    "merge an alias of a map, or quote the key",
                );
                return;
            }
        };
        if let Some(frame) = self.stack.last_mut() {
            frame.merges.extend(sources);
        }
    }

    fn scalar(
        &mut self,
        text: Cow<'_, str>,
        style: ScalarStyle,
        tag: Option<&Tag>,
        spot: Spot,
    ) -> Data {
        match tag.map(|tag| tag.core_suffix()) {
            None if style == ScalarStyle::Plain => self.plain(text, spot),
            None | Some(Some("str")) => Data::String(text.into_owned()),
            Some(Some(kind)) => {
                let data = self.plain(Cow::Borrowed(&text), spot);
                let fits = match kind {
                    "null" => matches!(data, Data::Null),
                    "bool" => matches!(data, Data::Bool(_)),
                    "int" | "float" => matches!(data, Data::Number(_)),
                    _ => false,
                };
                if !fits {
                    self.reading.error(
                        spot,
                        format!("`{text}` is not what its tag `!!{kind}` says"),
                        "remove the tag or mend the value",
                    );
                }
                data
            }
            Some(None) => {
                // `!` alone is YAML's way of saying that a plain scalar is a text.
                if let Some(tag) = tag.filter(|tag| tag.original() != "!") {
                    self.unknown_tag(tag, spot);
                }
                Data::String(text.into_owned())
            }
        }
    }

    /// A plain scalar by the core schema.
    fn plain(&mut self, text: Cow<'_, str>, spot: Spot) -> Data {
        match text.as_ref() {
            "" | "~" | "null" | "Null" | "NULL" => return Data::Null,
            "true" | "True" | "TRUE" => return Data::Bool(true),
            "false" | "False" | "FALSE" => return Data::Bool(false),
            _ => {}
        }
        match number::yaml(&text) {
            Some(read) => self.reading.number(read, &text, spot),
            None => Data::String(text.into_owned()),
        }
    }

    fn unknown_tag(&mut self, tag: &Tag, spot: Spot) {
        self.reading.warning(
            spot,
            format!(
                "the tag `{}` means nothing in OpenAPI and is ignored",
                tag.original()
            ),
            "remove it",
        );
    }
}

/// How many levels a tree has.
fn depth(node: &Node) -> usize {
    match &node.data {
        Data::List(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        Data::Map(entries) => {
            1 + entries
                .iter()
                .map(|entry| depth(&entry.value))
                .max()
                .unwrap_or(0)
        }
        _ => 0,
    }
}

impl Reading<'_> {
    /// A number as read, with its fault if JSON cannot hold it.
    pub fn number(&mut self, read: Read, text: &str, spot: Spot) -> Data {
        match read {
            Read::Exact(number) => Data::Number(number),
            Read::Nearest(number) => {
                self.warning(
                    spot,
                    format!("the number {text} is read as {number}, the nearest double"),
                    "write fewer digits, or a string",
                );
                Data::Number(number)
            }
            Read::Beyond => {
                self.error(
                    spot,
                    format!("JSON has no number {text}"),
                    "quote it, or leave the keyword out",
                );
                Data::Null
            }
        }
    }
}
