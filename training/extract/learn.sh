#!/bin/bash
# Learns the filter of blocks and the weights of dates anew. usage: learn.sh PAGES WORK
set -eu
pages=$(realpath "$1"); mkdir -p "$2"; work=$(realpath "$2"); here=$(dirname "$(realpath "$0")"); python=${PYTHON:-python3}
cd "$here/../.."
cargo build --release --package onrecord-extract --features train --example page-rows
rows=${CARGO_TARGET_DIR:-target}/release/examples/page-rows
mkdir -p "$work/rows" "$work/days" "$work/model" "$here/folds"
for set in scrapinghub fundus newspaper_dataset wcxb trafilatura; do "$rows" "$pages/$set/pages" > "$work/rows/$set.jsonl"; done
for set in fundus newspaper_dataset wcxb trafilatura htmldate; do "$rows" --days "$pages/$set/pages" > "$work/days/$set.jsonl"; done
"$python" "$here/prepare.py" "$pages" "$work/rows" "$work/prepared.pkl"
"$python" "$here/cache.py" "$work/prepared.pkl" "$work/cache.pkl"
"$python" "$here/train.py" "$work/cache.pkl" "$work/model"
"$python" "$here/dates.py" "$pages" "$work/days" crates/extract/data/dates.tsv "$here/folds"
cp "$work"/model/fold-*.bin "$here/folds/"
cp "$work/model/filter.bin" crates/extract/data/filter.bin
