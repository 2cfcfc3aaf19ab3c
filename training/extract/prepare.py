"""Pages' blocks with labels: which of them are the article that the gold gives?

usage: prepare.py PAGES ROWS OUT, with PAGES/SET/gold.jsonl and ROWS/SET.jsonl (of the example `page-rows`).
A block's label is the share of its words' 4-grams that stand in the gold body; a short block must stand in it word for
word beside blocks that do. Of the same text twice on a page the one among other parts of the article counts.
Sets with segments only (trafilatura) label the blocks that hold a segment, all others weigh nothing.
"""
import gzip, json, pickle, re, sys
from collections import Counter
import numpy as np

SETS = ["scrapinghub", "fundus", "newspaper_dataset", "wcxb", "trafilatura"]
words_of = lambda s: re.findall(r"\w+", s or "")
norm = lambda s: re.sub(r"\s+", " ", s or "").strip()
key = lambda s: re.sub(r"\W+", "", s or "").lower()


def labels(gold, blocks):
    """Share of each block that is article (y), and its weight (w)."""
    n = len(blocks)
    y, w = np.zeros(n), np.zeros(n)
    if gold.get("body"):
        text = gold["body"]
        gold_words = words_of(text)
        grams = Counter(tuple(gold_words[i:i + 4]) for i in range(max(1, len(gold_words) - 3)))
        flat = " " + " ".join(gold_words) + " "
        lines = {key(line) for line in text.split("\n")}
        toks = [words_of(b["t"]) for b in blocks]
        for i, t in enumerate(toks):
            if len(t) >= 4:
                own = [tuple(t[k:k + 4]) for k in range(len(t) - 3)]
                y[i] = sum(g in grams for g in own) / len(own)
        sure = y.copy()
        for i, t in enumerate(toks):
            if 0 < len(t) < 6 and (key(blocks[i]["t"]) in lines or f" {' '.join(t)} " in flat):
                near = [sure[j] for j in range(max(0, i - 4), min(n, i + 5)) if j != i and len(toks[j]) >= 8]
                y[i] = 1.0 if max(near, default=0) > 0.5 else 0.0
            elif len(t) < 4:
                y[i] = 0.0
        same = {}
        for i, b in enumerate(blocks):
            if y[i] > 0.5:
                same.setdefault(key(b["t"]), []).append(i)
        for k, many in same.items():
            if len(many) > 1:
                times = max(1, sum(key(line) == k for line in text.split("\n")))
                def company(i):
                    return sum(y[j] * min(60, len(toks[j])) / (1 + abs(i - j)) for j in range(max(0, i - 6), min(n, i + 7)) if j != i)
                best = sorted(many, key=company, reverse=True)[:times]
                for i in many:
                    if i not in best:
                        y[i] = 0.0
        size = np.sqrt(np.array([len(t) for t in toks]) + 3.0)
        total = max(np.sum(size[y > 0.5]), np.sqrt(len(gold_words) * 30.0), 20.0)
        w = size / total
        return y, w
    have = [norm(s) for s in gold.get("with") or []]
    out = [norm(s) for s in gold.get("without") or []]
    for i, b in enumerate(blocks):
        t = norm(b["t"])
        if any(s in t for s in have):
            y[i], w[i] = 1.0, 0.12
        elif any(s in t for s in out):
            y[i], w[i] = 0.0, 0.12
    return y, w


def main():
    pages_at, rows_at, out = sys.argv[1:4]
    pages, X, Y, W, worth = [], [], [], [], []
    columns = None
    at = 0
    for name in SETS:
        gold = {(d := json.loads(l))["id"]: d for l in open(f"{pages_at}/{name}/gold.jsonl", encoding="utf8")}
        for number, line in enumerate(open(f"{rows_at}/{name}.jsonl", encoding="utf8")):
            page = json.loads(line)
            if number == 0:
                columns = page
                continue
            g = gold.get(page["id"])
            if g is None or not page["blocks"]:
                continue
            y, w = labels(g, page["blocks"])
            b = page["blocks"]
            width = len(columns)
            X.append(np.array([r["x"] or [0.0] * width for r in b], dtype=np.float32))
            worth.append(np.array([bool(r["x"]) for r in b]))
            Y.append(y); W.append(w)
            pages.append(dict(set=name, id=page["id"], site=g.get("site") or page["id"], at=at, n=len(b), title=page["title"],
                              texts=[r["t"] for r in b], into=[r["in"] for r in b], own=[r["own"] for r in b], up=[r["up"] for r in b],
                              group=[r["g"] for r in b], words=[r["w"] for r in b], nodes={int(k): v for k, v in page["nodes"].items()}, gold=g))
            at += len(b)
        print(name, len(pages), at, flush=True)
    pickle.dump(dict(pages=pages, columns=columns, X=np.concatenate(X), worth=np.concatenate(worth), y=np.concatenate(Y).astype(np.float32),
                     w=np.concatenate(W).astype(np.float32)), open(out, "wb"), protocol=5)


main()
