//! Which rules weigh how much, and where they do not hold.

use std::collections::HashMap;
use std::path::Path;

use anyhow::{Context, bail};

use super::rules;
use crate::toolchain::report::{Finding, Level};

/// The configuration of `lint`.
#[derive(Debug, Default)]
pub struct Settings {
    /// Levels by rule; `None` is off.
    levels: HashMap<String, Option<Level>>,
    /// Rules that do not hold at and below a pointer.
    exempt: Vec<(String, String)>,
}

impl Settings {
    /// Reads a file of lines `RULE LEVEL` (off, note, warning, error) and `RULE off POINTER`; `#` begins a comment.
    ///
    /// # Errors
    /// The file cannot be read, a rule or level is not known, or a pointer stands with another level than off.
    pub fn read(path: &Path) -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("cannot read {}", path.display()))?;
        let mut settings = Self::default();
        for (index, line) in text.lines().enumerate() {
            let line = line.trim();
            if !line.is_empty() && !line.starts_with('#') {
                settings
                    .line(line)
                    .with_context(|| format!("{}:{}", path.display(), index + 1))?;
            }
        }
        Ok(settings)
    }

    fn line(&mut self, line: &str) -> anyhow::Result<()> {
        let words: Vec<&str> = line.split_whitespace().collect();
        let (rule, level, pointer) = match words.as_slice() {
            [rule, level] => (*rule, *level, None),
            [rule, level, pointer] => (*rule, *level, Some(*pointer)),
            _ => bail!("`{line}` is not `RULE LEVEL [POINTER]`"),
        };
        if rules::named(rule).is_none() {
            bail!("there is no rule `{rule}`; `--explain all` lists them");
        }
        let level = match level {
            "off" => None,
            "note" => Some(Level::Note),
            "warning" => Some(Level::Warning),
            "error" => Some(Level::Error),
            other => bail!("`{other}` is no level; use off, note, warning or error"),
        };
        match pointer {
            None => drop(self.levels.insert(rule.to_owned(), level)),
            Some(pointer) if level.is_none() => {
                self.exempt.push((rule.to_owned(), pointer.to_owned()))
            }
            Some(_) => bail!("a pointer goes with off alone"),
        }
        Ok(())
    }

    /// Whether a rule holds nowhere.
    pub(super) fn is_off(&self, rule: &str) -> bool {
        self.levels.get(rule) == Some(&None)
    }

    /// Gives a finding its weight; `false` if it has none.
    pub(super) fn weigh(&self, finding: &mut Finding) -> bool {
        let is_below = |pointer: &str| {
            let rest = finding.pointer.strip_prefix(pointer);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        if self
            .exempt
            .iter()
            .any(|(rule, pointer)| *rule == finding.rule && is_below(pointer))
        {
            return false;
        }
        match self.levels.get(&finding.rule) {
            Some(Some(level)) => finding.level = *level,
            Some(None) => return false,
            None => {}
        }
        true
    }
}
