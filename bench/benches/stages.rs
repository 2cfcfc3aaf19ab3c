//! How fast is each stage, on the sample pages that the program carries?
//!
//! Each group is also a test: the expected counts must come out. Read the ratio within one run, never a rate across
//! machines: a page's extraction stands beside a bare parse of the same bytes (the work that nobody can avoid).
//! Bias: the sample is 55 pages of 3 to 8 KB, smaller and cleaner than real ones (real pages: some 320 KB).

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use onrecord_link::Quoted;
use onrecord_terms::{Article, Given, Media, Page};
use std::hint::black_box;

fn sample() -> Vec<Page> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/onrecord/sample");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).expect("the sample lies here").flatten().map(|e| e.path()).collect();
    files.retain(|path| path.extension().is_some_and(|e| e == "html"));
    files.sort();
    let page = |path: &std::path::PathBuf| Page {
        id: path.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
        origin: path.display().to_string(),
        media: Media::Html,
        bytes: std::fs::read(path).expect("the sample can be read"),
        given: Given::default(),
    };
    files.iter().map(page).collect()
}

fn stages(c: &mut Criterion) {
    let pages = sample();
    assert!(pages.len() >= 50);
    let n_bytes: usize = pages.iter().map(|page| page.bytes.len()).sum();

    let mut group = c.benchmark_group("page to article");
    group.throughput(Throughput::Bytes(n_bytes as u64));
    group.bench_function("bare parse", |b| {
        b.iter(|| {
            for page in &pages {
                black_box(dom_query::Document::from(String::from_utf8_lossy(&page.bytes).into_owned()));
            }
        });
    });
    group.bench_function("extract", |b| {
        b.iter(|| pages.iter().map(|p| onrecord_extract::article(p).0.text().len()).sum::<usize>())
    });
    group.finish();

    let articles: Vec<Article> = pages.iter().map(|page| onrecord_extract::article(page).0).collect();
    assert!(articles.iter().all(|article| !article.text().is_empty()));
    let mut group = c.benchmark_group("article to quotes");
    group.throughput(Throughput::Elements(articles.len() as u64));
    group.bench_function("quotes", |b| {
        b.iter(|| articles.iter().map(|a| onrecord_quote::quotes(a).0.len()).sum::<usize>())
    });
    group.finish();

    let quoted: Vec<Quoted> = articles
        .into_iter()
        .map(|article| {
            let quotes = onrecord_quote::quotes(&article).0;
            (article, quotes)
        })
        .collect();
    assert!(quoted.iter().map(|(_, quotes)| quotes.len()).sum::<usize>() > 400);
    let mut group = c.benchmark_group("linking");
    group.throughput(Throughput::Elements(quoted.len() as u64));
    group.bench_function("stories, actors, statements", |b| {
        b.iter(|| {
            let placements = onrecord_link::stories(&quoted);
            let actors = onrecord_link::actors(&quoted, &placements);
            onrecord_link::statements(&quoted, &placements, &actors).len()
        });
    });
    group.finish();
}

criterion_group!(benches, stages);
criterion_main!(benches);
