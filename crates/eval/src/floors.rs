//! What must not sink? Floors (and ceilings for counts of mistakes), pinned in `floors.toml` with a fingerprint of the gold.
//!
//! Sinking fails. Raising is a command; lowering needs a flag of its own and a reason that stays in the file.

use crate::Error;
use crate::scores::Scores;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// The pinned values.
#[derive(Debug, Default, Clone, Deserialize)]
pub struct Floors {
    /// Fingerprint of the gold data that the values were measured on.
    #[serde(default)]
    pub gold: String,
    /// At least these.
    #[serde(default)]
    pub floors: Scores,
    /// At most these (counts of mistakes).
    #[serde(default)]
    pub ceilings: Scores,
    /// Why a floor was lowered.
    #[serde(default)]
    pub lowered: BTreeMap<String, String>,
}

/// One value that sank.
#[derive(Debug, PartialEq)]
pub struct Sunk {
    /// The score's name.
    pub name: String,
    /// What it must be.
    pub bound: f64,
    /// What it is; `None` if it was not measured.
    pub value: Option<f64>,
}

impl Floors {
    /// Reads `floors.toml`.
    ///
    /// # Errors
    /// If the file cannot be read or is not in this form.
    pub fn read(path: &Path) -> Result<Floors, Error> {
        let text = std::fs::read_to_string(path).map_err(|e| Error::new(path.display(), e))?;
        toml::from_str(&text).map_err(|e| Error::new(path.display(), e))
    }

    /// Every bound that `scores` does not keep.
    pub fn sunk(&self, scores: &Scores) -> Vec<Sunk> {
        let missed = |bounds: &Scores, keeps: fn(f64, f64) -> bool| -> Vec<Sunk> {
            bounds
                .iter()
                .map(|(name, bound)| Sunk {
                    name: name.clone(),
                    bound: *bound,
                    value: scores.get(name).copied(),
                })
                .filter(|sunk| !sunk.value.is_some_and(|value| keeps(value, sunk.bound)))
                .collect()
        };
        let mut all = missed(&self.floors, |value, floor| value >= floor);
        all.extend(missed(&self.ceilings, |value, ceiling| value <= ceiling));
        all
    }

    /// Lifts every floor to what was measured less `slack`, and pulls every ceiling down to it; never the other way.
    pub fn raise(&mut self, scores: &Scores, slack: f64) {
        for (name, floor) in &mut self.floors {
            if let Some(value) = scores.get(name) {
                let counted = name.ends_with("_n");
                *floor = floor.max(if counted { *value } else { ((value - slack) * 10.0).floor() / 10.0 });
            }
        }
        for (name, ceiling) in &mut self.ceilings {
            if let Some(value) = scores.get(name) {
                *ceiling = ceiling.min(*value);
            }
        }
    }

    /// The file's form.
    pub fn to_toml(&self) -> String {
        let mut out = String::from(
            "# What must not sink. `cargo xtask eval` fails below a floor or above a ceiling; `cargo xtask eval --raise`\n\
             # lifts them to what was measured (less half a point); `--lower NAME VALUE REASON` lowers one.\n\n",
        );
        let _ = writeln!(out, "gold = {:?}", self.gold);
        for (table, bounds) in [("floors", &self.floors), ("ceilings", &self.ceilings)] {
            let _ = writeln!(out, "\n[{table}]");
            for (name, bound) in bounds {
                let _ = writeln!(out, "{name:?} = {bound:?}");
            }
        }
        let _ = writeln!(out, "\n[lowered]");
        for (name, reason) in &self.lowered {
            let _ = writeln!(out, "{name:?} = {reason:?}");
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn floors() -> Floors {
        toml::from_str(
            "gold = 'g'\n[floors]\n'a.f1' = 50.0\n'a.found_n' = 3.0\n[ceilings]\n'a.wrong_n' = 4.0",
        )
        .unwrap()
    }

    fn scores(f1: f64, found: f64, wrong: f64) -> Scores {
        [("a.f1", f1), ("a.found_n", found), ("a.wrong_n", wrong)].map(|(n, v)| (n.to_owned(), v)).into()
    }

    #[test]
    fn what_sinks_is_told_by_name() {
        assert!(floors().sunk(&scores(50.0, 3.0, 4.0)).is_empty());
        let names: Vec<String> = floors().sunk(&scores(49.9, 3.0, 5.0)).into_iter().map(|s| s.name).collect();
        assert_eq!(names, ["a.f1", "a.wrong_n"]);
    }

    #[test]
    fn what_was_not_measured_has_sunk() {
        assert_eq!(floors().sunk(&Scores::new()).len(), 3);
    }

    #[test]
    fn raising_never_lowers() {
        let mut raised = floors();
        raised.raise(&scores(61.27, 2.0, 9.0), 0.5);
        assert_eq!(
            (raised.floors["a.f1"], raised.floors["a.found_n"], raised.ceilings["a.wrong_n"]),
            (60.7, 3.0, 4.0)
        );
        let read: Floors = toml::from_str(&raised.to_toml()).unwrap();
        assert_eq!(read.floors, raised.floors);
    }
}
