//! `cargo xtask eval`: scores on the gold data, against the floors.

use anyhow::{Context as _, bail};
use onrecord_eval::floors::Floors;
use onrecord_eval::scores::Scores;
use onrecord_eval::{Places, suite};
use std::path::{Path, PathBuf};

/// Points that a floor stays below what was measured when it is raised: room for another machine's rounding.
const SLACK: f64 = 0.5;

/// Builds the release program, runs the suites named in `args` (all if none), writes `results.csv`, checks the floors.
pub(crate) fn run(root: &Path, args: &[&str]) -> anyhow::Result<()> {
    let floors_file = root.join("crates/eval/floors.toml");
    if let ["--lower", name, value, reason] = args {
        return lower(&floors_file, name, value.parse().context("VALUE is not a number")?, reason);
    }
    let raise = args.contains(&"--raise");
    let only: Vec<String> =
        args.iter().filter(|arg| !arg.starts_with("--")).map(|arg| (*arg).to_owned()).collect();
    if let Some(unknown) = only.iter().find(|name| !suite::ALL.iter().any(|(suite, _)| suite == name)) {
        bail!(
            "no suite {unknown:?}; there are: {}",
            suite::ALL.iter().map(|s| s.0).collect::<Vec<_>>().join(", ")
        );
    }
    let places = places(root)?;
    let mut floors = Floors::read(&floors_file)?;
    let gold = suite::fingerprint(&places)?;
    if floors.gold != gold && !raise {
        bail!("the gold data has changed ({} → {gold}): measure again with --raise", floors.gold);
    }
    let scores = suite::run(&places, &only, |name, scores| {
        println!("\n{name}");
        // What each article scores is for results.csv.
        for (score, value) in scores.iter().filter(|(score, _)| !score.contains(".article.")) {
            println!("  {score:<44} {value:>7.1}");
        }
    })?;
    if only.is_empty() {
        write_results(&root.join("crates/eval/results.csv"), &scores)?;
    }
    if raise {
        floors.gold = gold;
        floors.raise(&scores, SLACK);
        std::fs::write(&floors_file, floors.to_toml())?;
    }
    let measured = |name: &str| only.is_empty() || only.iter().any(|o| name.starts_with(&format!("{o}.")));
    let sunk: Vec<_> = floors.sunk(&scores).into_iter().filter(|sunk| measured(&sunk.name)).collect();
    for sunk in &sunk {
        let value = sunk.value.map_or("not measured".to_owned(), |v| format!("{v:.1}"));
        eprintln!("sunk: {} is {value}, must keep {:.1}", sunk.name, sunk.bound);
    }
    anyhow::ensure!(sunk.is_empty(), "{} floors sank", sunk.len());
    println!("\nall floors kept");
    Ok(())
}

/// Where things lie; the release program is built first, unless `ONRECORD_PROGRAM` names one to measure.
fn places(root: &Path) -> anyhow::Result<Places> {
    let given = std::env::var_os("ONRECORD_PROGRAM").map(PathBuf::from);
    if given.is_none() {
        crate::cargo(&["build", "--release", "--package", "onrecord"])?;
    }
    let example = ["--features", "train", "--example", "article-lines"];
    crate::cargo(&[&["build", "--release", "--package", "onrecord-extract"][..], &example].concat())?;
    let learned = ["--features", "train", "--example", "learn-acts"];
    crate::cargo(&[&["build", "--release", "--package", "onrecord-quote"][..], &learned].concat())?;
    let shared = std::env::var_os("ONRECORD_SHARED").map_or_else(|| root.join("../shared"), PathBuf::from);
    if !shared.join("data").is_dir() {
        bail!(
            "no gold data at {}: set ONRECORD_SHARED to the folder that holds data/, seeds/ and score/",
            shared.display()
        );
    }
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    let release = target.join("release");
    let built = |name: &str| release.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    Ok(Places {
        program: given.unwrap_or_else(|| built("onrecord")),
        article_lines: built("examples/article-lines"),
        learn_acts: built("examples/learn-acts"),
        act_labels: root.join("training/acts/labels.tsv"),
        folds: root.join("training/extract/folds"),
        shared,
        accurate: root.join("crates/quote/models/accurate.bin"),
        gold: root.join("crates/eval/gold"),
        scratch: target.join("eval"),
    })
}

/// One score a line, so that a change shows which moved.
fn write_results(path: &Path, scores: &Scores) -> anyhow::Result<()> {
    let mut lines = String::from("score,value\n");
    for (name, value) in scores {
        lines.push_str(&format!("{name},{value:.1}\n"));
    }
    std::fs::write(path, lines).with_context(|| path.display().to_string())
}

fn lower(path: &Path, name: &str, value: f64, reason: &str) -> anyhow::Result<()> {
    let mut floors = Floors::read(path)?;
    let bound = match (floors.floors.get_mut(name), floors.ceilings.get_mut(name)) {
        (Some(bound), _) | (None, Some(bound)) => bound,
        (None, None) => bail!("{name} is neither a floor nor a ceiling"),
    };
    *bound = value;
    floors.lowered.insert(name.to_owned(), reason.to_owned());
    Ok(std::fs::write(path, floors.to_toml())?)
}
