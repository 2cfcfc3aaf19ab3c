//! Pages as training sees them, a line a page: their blocks (`page-rows FOLDER… > rows.jsonl`, the columns' names in front),
//! or the days that they may be of (`page-rows --days FOLDER… > days.jsonl`).
#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a tool of training, no part of the program"
)]

use std::io::Write as _;

fn main() -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let days = std::env::args().any(|arg| arg == "--days");
    if !days {
        writeln!(out, "{}", serde_json::json!(onrecord_extract::training::columns()))?;
    }
    for folder in std::env::args().skip(1).filter(|arg| arg != "--days") {
        let mut files: Vec<_> = std::fs::read_dir(&folder)?.flatten().map(|entry| entry.path()).collect();
        files.sort();
        for file in files.iter().filter(|file| file.extension().is_some_and(|e| e == "html")) {
            let bytes = std::fs::read(file)?;
            let mut line = if days {
                serde_json::json!({ "days": onrecord_extract::training::page_days(&bytes) })
            } else {
                onrecord_extract::training::page_rows(&bytes)
            };
            line["id"] = file.file_stem().unwrap_or_default().to_string_lossy().into();
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}
