//! `codegen`: generates contract crates by hand, outside a build.

mod corpus;
mod sdk;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use codegen::generate::{Options, Stop, generate, guard, stands_alone};

const USAGE: &str = "\
usage: codegen generate [CONTRACT [OUT]]
       codegen corpus DIR [--json FILE] [NAME]…
       codegen sdk CONTRACT OUT [--repository URL] [LANGUAGE]…

generate  writes the crate OUT (default: this workspace's generated/) from the OpenAPI document
          CONTRACT (default: this workspace's openapi.yaml), whether or not anything changed
corpus    generates, compiles and serves every OpenAPI document in DIR, or those of the given names,
          sends each operation valid, invalid and hostile requests, and prints a table, as JSON to FILE
sdk       writes a client library for each LANGUAGE (typescript, python, rust, java, go; default: all)
          into a folder of its name in OUT";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["generate"] => write(
            &workspace().join("openapi.yaml"),
            &workspace().join("generated"),
        ),
        ["generate", contract] => write(Path::new(contract), &workspace().join("generated")),
        ["generate", contract, out] => write(Path::new(contract), Path::new(out)),
        ["corpus", documents, "--json", file, only @ ..] => run(documents, only, Some(file)),
        ["corpus", documents, only @ ..] => run(documents, only, None),
        ["sdk", contract, out, "--repository", url, languages @ ..] => {
            sdk(contract, out, Some(url), languages)
        }
        ["sdk", contract, out, languages @ ..] => sdk(contract, out, None, languages),
        ["help" | "-h" | "--help"] => {
            println!("{USAGE}");
            ExitCode::SUCCESS
        }
        _ => {
            eprintln!("{USAGE}");
            ExitCode::from(2)
        }
    }
}

/// The workspace that this program was built in.
fn workspace() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().unwrap_or(own).to_owned()
}

fn write(contract: &Path, out: &Path) -> ExitCode {
    let options = Options {
        contract: contract.to_owned(),
        codegen: workspace().join("codegen"),
        out: out.to_owned(),
        tools: workspace().join(".tools"),
        force: true,
        standalone: stands_alone(out).then(|| "contract".to_owned()),
    };
    match guard(out)
        .map_err(Stop::from)
        .and_then(|()| generate(&options))
    {
        Ok(report) => {
            report
                .warnings
                .iter()
                .for_each(|warning| eprintln!("{warning}"));
            let savings = report.savings();
            savings.iter().for_each(|saving| eprintln!("{saving}"));
            eprintln!(
                "{} operations, {} files changed",
                report.operations, report.changed
            );
            ExitCode::SUCCESS
        }
        Err(Stop::Faults(faults)) => {
            faults.iter().for_each(|fault| eprintln!("{fault}"));
            ExitCode::FAILURE
        }
        Err(Stop::Error(error)) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn sdk(contract: &str, out: &str, repository: Option<&str>, languages: &[&str]) -> ExitCode {
    let languages = match languages {
        [] => &sdk::LANGUAGES,
        named => named,
    };
    let settings = sdk::Settings {
        contract: contract.into(),
        out: out.into(),
        workspace: workspace(),
        languages: languages.iter().map(|it| (*it).to_owned()).collect(),
        repository: repository.map(str::to_owned),
    };
    match sdk::run(&settings) {
        Ok(folders) => {
            folders
                .iter()
                .for_each(|folder| println!("{}", folder.display()));
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(documents: &str, only: &[&str], json: Option<&str>) -> ExitCode {
    let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    let settings = corpus::Settings {
        documents: documents.into(),
        only: only.iter().map(|name| (*name).to_owned()).collect(),
        out: target
            .unwrap_or_else(|| workspace().join("target"))
            .join("corpus"),
        workspace: workspace(),
    };
    let rows = match corpus::run(&settings) {
        Ok(rows) => rows,
        Err(error) => {
            eprintln!("{error:#}");
            return ExitCode::from(2);
        }
    };
    corpus::print(&rows);
    let written = json.map_or(Ok(()), |file| std::fs::write(file, corpus::to_json(&rows)));
    if let Err(error) = &written {
        eprintln!("cannot write the JSON: {error}");
    }
    match written.is_ok() && rows.iter().all(corpus::Row::is_good) {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    }
}
