//! Which inputs lie behind the paths that were given, and what is each called?
//!
//! Comes in: paths as typed. Goes out: one [`Input`] per file (or a reason), in a fixed order, none opened yet.

use crate::{Skipped, sidecar, sniff};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// One input that has been found but not opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Input {
    /// A file, with the name its page gets.
    File {
        /// Where it is.
        path: PathBuf,
        /// The page's id.
        id: String,
    },
    /// Standard input.
    Stdin,
}

impl Input {
    /// Its size in bytes, as far as it is known before it is read.
    pub(crate) fn n_bytes(&self) -> u64 {
        match self {
            Input::File { path, .. } => fs::metadata(path).map_or(0, |meta| meta.len()),
            Input::Stdin => 0,
        }
    }
}

/// How a path came in: the user meant this very file, or it was met on a walk.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Found {
    Named,
    Walked,
}

/// The inputs behind `paths`, each path once, in the order given, folders sorted by name.
pub(crate) fn inputs(paths: &[String]) -> Vec<Result<Input, Skipped>> {
    let mut found = Vec::new();
    for path in paths {
        expand(path, &mut found);
    }
    let mut seen = BTreeSet::new();
    found.retain(|one| match one {
        Ok((path, _)) => seen.insert(path.clone()),
        Err(_) => true,
    });
    let found = without_sidecars(found);
    let ids = ids(found.iter().filter_map(|one| one.as_ref().ok()).map(PathBuf::as_path));
    found
        .into_iter()
        .map(|one| {
            one.map(|path| match ids.get(&path) {
                Some(id) => Input::File { id: id.clone(), path },
                None => Input::Stdin,
            })
        })
        .collect()
}

/// What one path as typed stands for: standard input, an existing file or folder, else a glob.
fn expand(typed: &str, found: &mut Vec<Result<(PathBuf, Found), Skipped>>) {
    let path = tidy(Path::new(typed));
    if typed == "-" {
        return found.push(Ok((PathBuf::from("-"), Found::Named)));
    }
    if crate::is_address(typed) {
        let why = "an address of the web, which is not fetched here (`onrecord fetch` does)";
        return found.push(Err(Skipped::new(typed, why)));
    }
    match fs::metadata(&path) {
        Ok(meta) if meta.is_dir() => walk(&path, found),
        Ok(_) => found.push(Ok((path, Found::Named))),
        Err(error) if !typed.contains(['*', '?', '[']) => {
            found.push(Err(Skipped::new(typed, reason(&error))));
        }
        Err(_) => expand_glob(typed, found),
    }
}

fn expand_glob(typed: &str, found: &mut Vec<Result<(PathBuf, Found), Skipped>>) {
    let options = glob::MatchOptions { require_literal_leading_dot: true, ..Default::default() };
    let matches = match glob::glob_with(typed, options) {
        Ok(matches) => matches,
        Err(error) => return found.push(Err(Skipped::new(typed, format!("bad pattern: {}", error.msg)))),
    };
    let n_before = found.len();
    for path in matches {
        match path {
            Ok(path) if path.is_dir() => walk(&path, found),
            Ok(path) => found.push(Ok((tidy(&path), Found::Walked))),
            Err(error) => {
                found.push(Err(Skipped::new(error.path().to_string_lossy(), reason(error.error()))));
            }
        }
    }
    if found.len() == n_before {
        found.push(Err(Skipped::new(typed, "no file matches")));
    }
}

/// Everything below `folder`, sorted; each real folder once, so that links which lead back end the walk.
fn walk(folder: &Path, found: &mut Vec<Result<(PathBuf, Found), Skipped>>) {
    let n_before = found.len();
    let mut real_folders = BTreeSet::new();
    let mut open = vec![folder.to_owned()];
    while let Some(path) = open.pop() {
        let meta = match fs::metadata(&path) {
            Ok(meta) => meta,
            Err(error) => {
                found.push(Err(Skipped::new(path.to_string_lossy(), reason(&error))));
                continue;
            }
        };
        if meta.is_file() {
            found.push(Ok((path, Found::Walked)));
            continue;
        }
        if !meta.is_dir() {
            found.push(Err(Skipped::new(path.to_string_lossy(), "not a file")));
            continue;
        }
        let fresh = fs::canonicalize(&path).is_ok_and(|real| real_folders.insert(real));
        if !fresh {
            continue;
        }
        match fs::read_dir(&path) {
            Ok(entries) => {
                let mut inside: Vec<PathBuf> = entries
                    .filter_map(Result::ok)
                    .filter(|entry| !entry.file_name().to_string_lossy().starts_with('.'))
                    .map(|entry| tidy(&entry.path()))
                    .collect();
                inside.sort();
                open.extend(inside.into_iter().rev());
            }
            Err(error) => found.push(Err(Skipped::new(path.to_string_lossy(), reason(&error)))),
        }
    }
    if found.len() == n_before {
        found.push(Err(Skipped::new(folder.to_string_lossy(), "no file in this folder")));
    }
}

/// Takes out the sidecars (in silence where their page is read too, else with the reason) and, of what was met on a
/// walk, databases and files with endings that are not read: these are told in one line at the end.
fn without_sidecars(found: Vec<Result<(PathBuf, Found), Skipped>>) -> Vec<Result<PathBuf, Skipped>> {
    let inputs: BTreeSet<PathBuf> =
        found.iter().filter_map(|one| one.as_ref().ok()).map(|(path, _)| path.clone()).collect();
    let mut unread: BTreeMap<String, usize> = BTreeMap::new();
    let mut last_unread = None;
    let mut kept: Vec<Result<PathBuf, Skipped>> = found
        .into_iter()
        .filter_map(|one| {
            let (path, how) = match one {
                Ok(one) => one,
                Err(skipped) => return Some(Err(skipped)),
            };
            let origin = path.to_string_lossy();
            if let Some(page) = sidecar::page_of(&path) {
                return match inputs.contains(&page) {
                    true => None,
                    false => Some(Err(Skipped::new(origin, format!("describes {}", page.to_string_lossy())))),
                };
            }
            if how == Found::Walked && sniff::by_ending(&path).is_none() {
                if sniff::is_database(&path) {
                    return None;
                }
                if let Some(ending) = path.extension() {
                    *unread.entry(ending.to_string_lossy().into_owned()).or_default() += 1;
                    last_unread = Some(path);
                    return None;
                }
            }
            Some(Ok(path))
        })
        .collect();
    if let Some(last) = last_unread {
        let (n, endings): (usize, Vec<String>) = (unread.values().sum(), unread.into_keys().collect());
        let (shown, more) = endings.split_at(endings.len().min(8));
        let more = if more.is_empty() { "" } else { ", …" };
        let (origin, what) = match n {
            1 => (last.to_string_lossy().into_owned(), "file".to_owned()),
            n => (last.parent().unwrap_or(&last).to_string_lossy().into_owned(), format!("{n} files")),
        };
        let why = format!("{what} passed over for the ending: .{}{more}", shown.join(", ."));
        kept.push(Err(Skipped::new(origin, why)));
    }
    kept
}

/// A page's id: the file's name without its ending; the path without it where two inputs share the name; the whole
/// path where even that is shared. Standard input has none here.
fn ids<'a>(paths: impl Iterator<Item = &'a Path> + Clone) -> BTreeMap<PathBuf, String> {
    let paths: Vec<&Path> = paths.filter(|path| *path != Path::new("-")).collect();
    let name = |path: &Path| path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let stem = |path: &Path| path.with_extension("").to_string_lossy().into_owned();
    let count = |key: &dyn Fn(&Path) -> String| {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for path in &paths {
            *counts.entry(key(path)).or_default() += 1;
        }
        counts
    };
    let (names, stems) = (count(&name), count(&stem));
    let id = |path: &Path| match (names.get(&name(path)), stems.get(&stem(path))) {
        (Some(1), _) => name(path),
        (_, Some(1)) => stem(path),
        _ => path.to_string_lossy().into_owned(),
    };
    paths.iter().map(|path| (path.to_path_buf(), id(path))).collect()
}

/// Without the `.` parts, so that one file has one path.
fn tidy(path: &Path) -> PathBuf {
    let tidy: PathBuf = path.components().filter(|c| *c != std::path::Component::CurDir).collect();
    if tidy.as_os_str().is_empty() { PathBuf::from(".") } else { tidy }
}

/// The reason in our words for the common cases, in the system's for others.
pub(crate) fn reason(error: &std::io::Error) -> String {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::NotFound => "no such file or folder".to_owned(),
        ErrorKind::PermissionDenied => "no permission to read it".to_owned(),
        _ => format!("cannot be read: {}", error.to_string().to_lowercase()),
    }
}
