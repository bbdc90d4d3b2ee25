//! The whole way: from a document to the files of a crate.

mod digest;
mod files;
mod generator;
mod validators;

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::api::{Api, written_order};
use crate::check::check;
use crate::fault::{Fault, Severity};
use crate::render;
use crate::source::Source;
use crate::types::{Kind, ModelId, Note, Types};

pub use files::{Files, format};
pub use generator::{GENERATOR_VERSION, generator_command};
pub use validators::Context as Validators;

/// Where things are.
#[derive(Debug, Clone)]
pub struct Options {
    /// The OpenAPI document.
    pub contract: PathBuf,
    /// The folder with `config.yaml`, `templates/` and this crate's sources.
    pub codegen: PathBuf,
    /// The folder of the crate that is written.
    pub out: PathBuf,
    /// The folder that `make tools` fills.
    pub tools: PathBuf,
    /// Generates even if nothing changed.
    pub force: bool,
    /// The package's name, if the crate is to stand alone: with a manifest and a demo of its own.
    pub standalone: Option<String>,
}

/// What a run did.
#[derive(Debug, Default)]
pub struct Report {
    /// Nothing had changed, so nothing was done.
    pub fresh: bool,
    /// Files that were written or removed.
    pub changed: usize,
    /// Things that the contract should mend, and what the Rust code says less exactly.
    pub warnings: Vec<Fault>,
    /// Operations of the contract.
    pub operations: usize,
    /// Request validators that are built at start, because together they are too large to compile.
    pub built_at_start: usize,
    /// Models that can only be written, because all together are too many to compile.
    pub only_written: usize,
}

impl Report {
    /// What a large document costs, in words.
    pub fn savings(&self) -> Vec<String> {
        let said = |count: usize, what: &str| (count > 0).then(|| format!("{count} {what}"));
        let validators = said(
            self.built_at_start,
            "validators of requests are built at start: as code, the schemas of this document would take \
             long to compile",
        );
        let models = said(
            self.only_written,
            "models that no request holds have no `Deserialize` and no `PartialEq`: the document has so many that \
             they would take long to compile",
        );
        [validators, models].into_iter().flatten().collect()
    }
}

/// Why a run ended without a crate.
#[derive(Debug)]
pub enum Stop {
    /// The contract has faults; all of them.
    Faults(Vec<Fault>),
    /// Something else is missing or broken.
    Error(anyhow::Error),
}

impl From<anyhow::Error> for Stop {
    fn from(error: anyhow::Error) -> Self {
        Self::Error(error)
    }
}

/// Files on which the result depends, for cargo's `rerun-if-changed`.
pub fn inputs(options: &Options) -> Vec<PathBuf> {
    digest::inputs(options)
}

/// Brings the crate in `out` up to date with the contract.
///
/// # Errors
/// The contract's faults, all at once, or what keeps the generator from running. In either case
/// `out` is as it was.
pub fn generate(options: &Options) -> Result<Report, Stop> {
    if !options.force && digest::is_fresh(options) {
        return Ok(Report {
            fresh: true,
            ..Report::default()
        });
    }
    let source = Source::load(&options.contract).map_err(Stop::Faults)?;
    let (faults, mut warnings): (Vec<Fault>, Vec<Fault>) =
        check(&source).into_iter().partition(Fault::is_error);
    if !faults.is_empty() {
        return Err(Stop::Faults(faults));
    }
    let order = written_order(&source);
    let mut types = Types::new(&source.document, &order);
    types.lower_components();
    let api = Api::read(&source.document, &mut types);
    types.break_cycles();
    let validators = validators::plan(&source, &api, &types);
    let written = only_written(&api, &types);
    warnings.extend(
        types
            .notes
            .iter()
            .chain(&api.notes)
            .map(|note| note_fault(&source, note)),
    );
    warnings.extend(validators.faults.iter().cloned());
    let json = source.original_json();
    let hash = digest::sha256(json.as_bytes());
    let document = render::document(
        &source.document,
        &hash,
        &api,
        &types,
        &written,
        &validators.context,
    );
    let mut files = generator::run(options, &document, &api)?;
    files.extend(validators.files);
    files.insert("contract.yaml".into(), read(&options.contract)?);
    files.insert("contract.json".into(), json);
    standalone(options, &mut files)?;
    format(&mut files)?;
    let digest = digest::of(options, &source);
    files.insert("contract.sha256".into(), digest.hash);
    files.insert("inputs.txt".into(), digest.list);
    let changed = files::install(&options.out, &files)?;
    Ok(Report {
        fresh: false,
        changed,
        warnings,
        operations: api.operations.len(),
        built_at_start: validators.built,
        only_written: written.len(),
    })
}

/// From so many models on, those that no request holds are only written: what reads and compares them
/// is the larger part of what is derived.
const MANY_MODELS: usize = 2_000;

/// The models that get no `Deserialize` and no `PartialEq`.
fn only_written(api: &Api, types: &Types<'_>) -> HashSet<ModelId> {
    let all = types.models.iter().enumerate();
    let all = all.filter(|(_, model)| !matches!(model.kind, Kind::Enum(_)));
    if all.clone().count() < MANY_MODELS {
        return HashSet::new();
    }
    let in_requests = api.operations.iter().flat_map(|operation| {
        let media = operation.body.iter().flat_map(|body| &body.media);
        let media = media.map(|media| &media.ty);
        media.chain(operation.parameters.iter().map(|parameter| &parameter.ty))
    });
    // Parameters of messages can be compared.
    let in_messages = api.messages.iter().flat_map(|message| &message.parameters);
    let in_messages = in_messages.map(|parameter| &parameter.ty);
    let read = types.reached(in_requests.chain(in_messages));
    all.map(|(id, _)| id)
        .filter(|id| !read.contains(id))
        .collect()
}

fn note_fault(source: &Source, note: &Note) -> Fault {
    source.fault(
        Severity::Warning,
        &note.pointer,
        note.message.clone(),
        "nothing need be done".to_owned(),
    )
}

/// What makes a crate stand alone; what would, goes from one that does not.
fn standalone(options: &Options, files: &mut Files) -> Result<()> {
    let demo = files.remove(Path::new("src/demo.rs"));
    let Some(package) = &options.standalone else {
        return Ok(());
    };
    let manifest = read(&options.codegen.join("templates/standalone.toml"))?;
    files.insert("Cargo.toml".into(), manifest.replace("PACKAGE", package));
    files.extend(demo.map(|demo| ("src/demo.rs".into(), demo)));
    Ok(())
}

fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// Whether the manifest of a crate is the one that codegen writes, or there is none yet.
pub fn stands_alone(out: &Path) -> bool {
    let manifest = std::fs::read_to_string(out.join("Cargo.toml"));
    manifest.map_or(true, |text| text.starts_with("# Written by codegen"))
}

/// Refuses an output folder that something else owns.
pub fn guard(out: &Path) -> Result<()> {
    let manifest = out.join("Cargo.toml");
    if out.exists()
        && !manifest.exists()
        && out
            .read_dir()
            .is_ok_and(|mut entries| entries.next().is_some())
    {
        bail!(
            "{} is not empty and has no Cargo.toml: give the folder of a contract crate",
            out.display()
        );
    }
    Ok(())
}
