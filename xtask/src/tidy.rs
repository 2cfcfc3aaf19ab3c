//! `cargo xtask tidy`: the house rules that no compiler checks. Each finding is one line with its file.

use anyhow::{Context as _, ensure};
use std::fs;
use std::path::{Path, PathBuf};

/// Who may know whom. Cargo forbids only cycles; this forbids the rest.
const ROOMS: &[(&str, &[&str])] = &[
    ("terms", &[]),
    ("infer", &[]),
    ("fetch", &["terms"]),
    ("extract", &["terms"]),
    ("quote", &["terms", "infer"]),
    ("link", &["terms", "infer"]),
    ("store", &["terms"]),
    ("answer", &["terms", "store"]),
    ("eval", &[]),
    ("onrecord", &["terms", "infer", "fetch", "extract", "quote", "link", "store", "answer"]),
];

/// A file longer than this is to be split, unless it is a table.
const LONGEST: usize = 800;

/// Runs every check and fails if any finds something.
pub(crate) fn run(root: &Path) -> anyhow::Result<()> {
    let mut findings = Vec::new();
    rooms(root, &mut findings)?;
    serde_in_terms(root, &mut findings)?;
    let files = tracked(root)?;
    for file in &files {
        let path = root.join(file);
        match path.extension().and_then(|e| e.to_str()) {
            Some("rs") => source_file(file, &text(&path)?, &mut findings),
            Some("md") => links(root, file, &text(&path)?, &mut findings),
            _ => {}
        }
        if file.components().any(|c| c.as_os_str() == "lexicon") {
            lexicon(file, &text(&path)?, &mut findings);
        }
    }
    named_paths(root, &mut findings)?;
    ensure!(findings.is_empty(), "{} findings\n  {}", findings.len(), findings.join("\n  "));
    println!("tidy: {} files, {} rooms, nothing to say", files.len(), ROOMS.len());
    Ok(())
}

/// Reads a file as text.
fn text(path: &Path) -> anyhow::Result<String> {
    fs::read_to_string(path).with_context(|| path.display().to_string())
}

/// Files that git tracks and that still exist.
fn tracked(root: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let listed = std::process::Command::new("git").arg("-C").arg(root).args(["ls-files", "-z"]).output()?;
    let listed = String::from_utf8(listed.stdout)?;
    Ok(listed
        .split('\0')
        .filter(|f| !f.is_empty())
        .map(PathBuf::from)
        .filter(|f| root.join(f).is_file())
        .collect())
}

/// Each room names only whom it may know, and each folder in `crates` is a room.
fn rooms(root: &Path, findings: &mut Vec<String>) -> anyhow::Result<()> {
    for entry in fs::read_dir(root.join("crates"))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if !ROOMS.iter().any(|(room, _)| *room == name) {
            findings.push(format!("crates/{name}: not in the table of rooms (xtask/src/tidy.rs)"));
        }
    }
    for (room, may_know) in ROOMS {
        let manifest = text(&root.join("crates").join(room).join("Cargo.toml"))?;
        for known in known_rooms(&manifest) {
            if !may_know.contains(&known.as_str()) {
                findings.push(format!("{room} must not depend on {known}"));
            }
        }
    }
    Ok(())
}

/// The rooms that a manifest names under `[dependencies]`.
fn known_rooms(manifest: &str) -> Vec<String> {
    let section = manifest.split_once("[dependencies]").map_or("", |(_, rest)| rest);
    let section = section.split("\n[").next().unwrap_or_default();
    let name = |line: &str| Some(line.strip_prefix("onrecord-")?.split(['.', ' ', '=']).next()?.to_owned());
    section.lines().filter_map(|line| name(line.trim())).collect()
}

/// Types in `terms` are not serialisable: formats belong to `store` and `answer`.
fn serde_in_terms(root: &Path, findings: &mut Vec<String>) -> anyhow::Result<()> {
    if text(&root.join("crates/terms/Cargo.toml"))?.contains("serde") {
        findings.push("crates/terms/Cargo.toml: serde has no place in terms".to_owned());
    }
    Ok(())
}

/// Every source file opens with its question, and is not too long.
fn source_file(file: &Path, text: &str, findings: &mut Vec<String>) {
    let name = file.display();
    if !text.starts_with("//!") {
        findings.push(format!("{name}: opens without `//!`"));
    }
    let n_lines = text.lines().count();
    if n_lines > LONGEST {
        findings.push(format!("{name}: {n_lines} lines, more than {LONGEST}"));
    }
}

/// Relative links in Markdown lead somewhere.
fn links(root: &Path, file: &Path, text: &str, findings: &mut Vec<String>) {
    let folder = root.join(file.parent().unwrap_or(Path::new("")));
    for target in text.split("](").skip(1).filter_map(|rest| rest.split([')', '#', ' ']).next()) {
        let elsewhere = target.is_empty() || target.contains("://") || target.starts_with("mailto:");
        if !elsewhere && !folder.join(target).exists() {
            findings.push(format!("{}: dead link to {target}", file.display()));
        }
    }
}

/// A lexicon says where its facts come from.
fn lexicon(file: &Path, text: &str, findings: &mut Vec<String>) {
    if !text.to_lowercase().contains("source") {
        findings.push(format!("{}: a lexicon without a source", file.display()));
    }
}

/// Paths that ARCHITECTURE.md names in backquotes exist.
fn named_paths(root: &Path, findings: &mut Vec<String>) -> anyhow::Result<()> {
    let Ok(map) = fs::read_to_string(root.join("ARCHITECTURE.md")) else {
        findings.push("ARCHITECTURE.md: missing".to_owned());
        return Ok(());
    };
    for path in map
        .split('`')
        .skip(1)
        .step_by(2)
        .filter(|word| word.contains('/') && !word.contains([' ', '…', '*', '<']))
    {
        if !root.join(path).exists() {
            findings.push(format!("ARCHITECTURE.md: names {path}, which does not exist"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_named_rooms_under_dependencies_count() {
        let manifest = "[package]\nname = \"onrecord-quote\"\n[dependencies]\nonrecord-terms.workspace = true\n\
                        onrecord-store = { path = \"../store\" }\nserde = \"1\"\n[dev-dependencies]\nonrecord-answer.workspace = true\n";
        assert_eq!(known_rooms(manifest), ["terms", "store"]);
    }

    #[test]
    fn a_dead_link_and_a_headless_file_are_found() {
        let mut findings = Vec::new();
        links(
            Path::new("/nowhere"),
            Path::new("README.md"),
            "[a](gone.md) [b](https://example.org)",
            &mut findings,
        );
        source_file(Path::new("a.rs"), "fn main() {}", &mut findings);
        lexicon(Path::new("lexicon/a.tsv"), "said\tspeech", &mut findings);
        assert_eq!(findings.len(), 3, "{findings:?}");
    }

    #[test]
    fn the_rooms_of_this_house_are_tidy() {
        let root = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR").unwrap()).parent().unwrap().to_owned();
        let mut findings = Vec::new();
        rooms(&root, &mut findings).unwrap();
        serde_in_terms(&root, &mut findings).unwrap();
        assert!(findings.is_empty(), "{findings:?}");
    }
}
