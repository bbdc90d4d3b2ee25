//! Where settings come from, and what is told when they are wrong.

use std::collections::HashMap;
use std::fmt;

use super::rules::Rule;

/// One setting that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Name of the environment variable.
    pub name: &'static str,
    /// What it is, what it must be and how to mend it. Never holds a secret.
    pub text: String,
}

/// Everything that is wrong with the settings, at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Faults(pub Vec<Fault>);

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the settings are wrong:")?;
        self.0
            .iter()
            .try_for_each(|fault| write!(f, "\n  {} {}", fault.name, fault.text))
    }
}

impl std::error::Error for Faults {}

/// Reads settings one by one and gathers their faults.
pub(super) struct Reader<G> {
    get: G,
    faults: Vec<Fault>,
}

impl<G: Fn(&str) -> Option<String>> Reader<G> {
    pub(super) fn new(get: G) -> Self {
        Self {
            get,
            faults: Vec::new(),
        }
    }

    /// The value of a variable, or of its default if it is unset; `None` after a fault.
    pub(super) fn read<T>(
        &mut self,
        name: &'static str,
        default: &str,
        rule: Rule<T>,
    ) -> Option<T> {
        let given = (self.get)(name).filter(|text| !text.trim().is_empty());
        let text = given.as_deref().unwrap_or(default).trim();
        let value = (rule.parse)(text);
        if value.is_none() {
            let shown = if rule.secret {
                "unusable".to_owned()
            } else {
                format!("{:?}", shorten(text))
            };
            let remedy = if default.is_empty() {
                "unset it".to_owned()
            } else {
                format!("unset it for {default}")
            };
            let why = (rule.explain)(text).map_or_else(String::new, |why| format!(" ({why})"));
            self.fault(Fault {
                name,
                text: format!(
                    "is {shown}: it must be {}{why}; mend it, or {remedy}",
                    rule.says
                ),
            });
        }
        value
    }

    pub(super) fn fault(&mut self, fault: Fault) {
        self.faults.push(fault);
    }

    pub(super) fn into_faults(self) -> Faults {
        Faults(self.faults)
    }

    pub(super) fn finish<T>(self, value: T) -> Result<T, Faults> {
        if self.faults.is_empty() {
            Ok(value)
        } else {
            Err(self.into_faults())
        }
    }
}

fn shorten(text: &str) -> String {
    text.chars().take(60).collect()
}

/// The variables of a `.env` file; none if there is no such file.
pub(super) fn env_file(path: &str) -> Result<HashMap<String, String>, Faults> {
    let fault = |error: dotenvy::Error| {
        let what = match &error {
            // The text of a line may hold a secret.
            dotenvy::Error::LineParse(_, at) => {
                format!("has a line that cannot be read near its character {at}")
            }
            other => format!("cannot be read: {other}"),
        };
        Faults(vec![Fault {
            name: ".env",
            text: format!("{what}; write NAME=value lines, or remove the file"),
        }])
    };
    match dotenvy::from_path_iter(path) {
        Ok(lines) => lines.collect::<Result<_, _>>().map_err(fault),
        Err(error) if error.not_found() => Ok(HashMap::new()),
        Err(error) => Err(fault(error)),
    }
}
