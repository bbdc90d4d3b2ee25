//! Figures side by side: medians, ratios, a table.

use std::fmt;

use serde::Serialize;

use super::load::Sample;
use super::scenario::Scenario;

/// The same of the service and of its twin.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Pair<T> {
    pub ours: T,
    pub twin: T,
}

impl<T> Pair<T> {
    /// Asks both.
    pub fn each<U, E>(&self, ask: impl Fn(&T) -> Result<U, E>) -> Result<Pair<U>, E> {
        Ok(Pair {
            ours: ask(&self.ours)?,
            twin: ask(&self.twin)?,
        })
    }
}

/// All that was measured on one database.
#[derive(Debug, Serialize)]
pub struct Comparison {
    backend: &'static str,
    idle_memory_kb: Pair<u64>,
    peak_memory_kb: Pair<u64>,
    requests: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Row {
    name: &'static str,
    target: Option<f64>,
    cpu_ratio: f64,
    median: Option<Pair<Sample>>,
    rounds: Vec<Pair<Sample>>,
}

impl Comparison {
    pub fn new(backend: &'static str, scenarios: &[Scenario], idle: Pair<u64>) -> Self {
        let rows = scenarios.iter().map(|scenario| Row {
            name: scenario.name,
            target: scenario.target.filter(|_| backend == "postgres"),
            cpu_ratio: f64::NAN,
            median: None,
            rounds: Vec::new(),
        });
        Self {
            backend,
            idle_memory_kb: idle,
            peak_memory_kb: idle,
            requests: rows.collect(),
        }
    }

    /// Adds a round of the request with this number.
    pub fn add(&mut self, index: usize, measured: Pair<Sample>) {
        self.requests[index].rounds.push(measured);
    }

    /// Computes the medians.
    pub fn finish(&mut self, peak: Pair<u64>) {
        self.peak_memory_kb = peak;
        for row in &mut self.requests {
            // Both were measured next to each other, so that what else the machine did weighs
            // on both: the ratio is taken round by round.
            row.cpu_ratio = median(&row.rounds, |round| round.ours.cpu_us / round.twin.cpu_us);
            row.median = Some(Pair {
                ours: medians(&row.rounds, |round| round.ours),
                twin: medians(&row.rounds, |round| round.twin),
            });
        }
    }
}

fn medians(rounds: &[Pair<Sample>], side: impl Fn(&Pair<Sample>) -> Sample) -> Sample {
    Sample {
        requests_per_second: median(rounds, |round| side(round).requests_per_second),
        p50_ms: median(rounds, |round| side(round).p50_ms),
        p99_ms: median(rounds, |round| side(round).p99_ms),
        cpu_us: median(rounds, |round| side(round).cpu_us),
    }
}

fn median(rounds: &[Pair<Sample>], value: impl Fn(&Pair<Sample>) -> f64) -> f64 {
    let mut values: Vec<f64> = rounds.iter().map(value).collect();
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() % 2 {
        _ if values.is_empty() => f64::NAN,
        0 => (values[middle - 1] + values[middle]) / 2.0,
        _ => values[middle],
    }
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:<27} {:>17} {:>15} {:>15} {:>15} {:>7} {:>7}",
            self.backend, "requests/s", "p50 ms", "p99 ms", "CPU µs/request", "ratio", "target"
        )?;
        for row in &self.requests {
            let Some(Pair { ours, twin }) = row.median else {
                continue;
            };
            let target = row
                .target
                .map(|it| format!("≤ {it:.1}"))
                .unwrap_or_default();
            writeln!(
                f,
                "  {:<25} {:>8.0} {:>8.0} {:>7.2} {:>7.2} {:>7.2} {:>7.2} {:>7.1} {:>7.1} {:>7.2} {:>7}",
                row.name,
                ours.requests_per_second,
                twin.requests_per_second,
                ours.p50_ms,
                twin.p50_ms,
                ours.p99_ms,
                twin.p99_ms,
                ours.cpu_us,
                twin.cpu_us,
                row.cpu_ratio,
                target
            )?;
        }
        let mb = |kb: u64| kb as f64 / 1024.0;
        let (idle, peak) = (self.idle_memory_kb, self.peak_memory_kb);
        writeln!(
            f,
            "  memory MB: idle {:.1} and {:.1}, peak {:.1} and {:.1}; the service first, then its twin",
            mb(idle.ours),
            mb(idle.twin),
            mb(peak.ours),
            mb(peak.twin)
        )
    }
}
