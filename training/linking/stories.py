#!/usr/bin/env python3
"""Trains `models/story.tsv` and `story-trees.tsv`. usage: stories.py OUT_FOLDER SET=DUMP=GOLD.jsonl[=WEIGHT]…
DUMP: what `cargo run --example fit -- stories GOLD.jsonl` prints. Prints BCubed with half of the events held out (a pair of two
halves gets the mean of both models, which never saw it), then writes models fitted on all events."""
import json, sys, zlib
from collections import Counter
import numpy as np
from mixed import cluster, fit_line, fit_trees, settled, taken_in, tree_lines

BOUNDS = (-5, 3)
LINKAGES = [(-0.8, -4.0, 2.0)]
LONE = -0.95
SETTLING_UNMEASURED = -2.0
NOT_IN_TREES = {"gap_far"}
TREES = dict(n_estimators=250, num_leaves=12, learning_rate=0.05, min_child_samples=60, colsample_bytree=0.7)


class Set:
    def __init__(self, name, dump, gold, weight=1.0):
        lines = [json.loads(l) for l in open(gold, encoding="utf8")]
        at = {d["id"]: i for i, d in enumerate(lines)}
        self.name, self.gold = name, [d["cluster"] for d in lines]
        pairs, values = [], []
        for line in open(dump, encoding="utf8"):
            cells = line.rstrip("\n").split("\t")
            if cells[0] == "names":
                self.names = cells[1:]
                continue
            pairs.append((at[cells[1]], at[cells[2]]))
            values.append([float(v) for v in cells[3:]])
        self.pairs, self.x = np.array(pairs), np.array(values)
        self.y = np.array([self.gold[a] == self.gold[b] for a, b in pairs])
        half = np.array([zlib.crc32(g.encode()) % 2 for g in self.gold])
        a, b = half[self.pairs[:, 0]], half[self.pairs[:, 1]]
        self.half = np.where(a == b, a, -1)
        self.weight = float(weight)


def fit(sets, half):
    names = sets[0].names
    rows = [np.ones(len(s.y), bool) if half is None else s.half == 1 - half for s in sets]
    x = np.concatenate([s.x[r] for s, r in zip(sets, rows)])
    y = np.concatenate([s.y[r] for s, r in zip(sets, rows)])
    share = 20000 if half is None else 10000  # no set weighs more for having more pairs than this
    w = np.concatenate([np.full(r.sum(), s.weight * min(1, share / r.sum())) for s, r in zip(sets, rows)])
    far = names.index("gap_far")
    x[:, far] = 0
    bias, weights = fit_line(x, y, w, 0.3)
    # Stories of two events far apart in time are in no set: log odds of 1.5 against at a month, 5 at a year, after the mean.
    weights[far] = -3.0
    return (bias, weights), fit_trees(x, y, w, **TREES)


def odds(model, s):
    (bias, weights), trees = model
    x = s.x.copy()
    x[:, s.names.index("gap_far")] = 0
    return np.clip((bias + s.x @ weights + trees.predict(x, raw_score=True)) / 2, *BOUNDS)


def bcubed(gold, found):
    n, g, f, both = len(gold), Counter(gold), Counter(found), Counter(zip(gold, found))
    p = sum(both[k] / f[k[1]] for k in zip(gold, found)) / n
    r = sum(both[k] / g[k[0]] for k in zip(gold, found)) / n
    return f"P {100*p:.1f} R {100*r:.1f} F {200*p*r/(p+r):.1f}"


def main():
    out, sets = sys.argv[1], [Set(*a.split("=")) for a in sys.argv[2:]]
    held = [np.zeros(len(s.y)) for s in sets]
    for half in (0, 1):
        model = fit(sets, half)
        for h, s in zip(held, sets):
            o = odds(model, s)
            h += np.where(s.half == half, o, np.where(s.half == -1, o / 2, 0))
    names, model = sets[0].names, fit(sets, None)
    (bias, weights), trees = model
    with open(f"{out}/story.tsv", "w") as file:
        file.write(f"bias\t{bias:.4f}\n" + "".join(f"{n}\t{w:.4f}\n" for n, w in zip(names, weights)))
    with open(f"{out}/story-trees.tsv", "w") as file:
        file.write("\n".join(tree_lines(trees, names)) + "\n")
    for s, h in zip(sets, held):
        for linkage in LINKAGES:
            found = cluster(len(s.gold), s.pairs, h, *linkage)
            found = settled(found, s.pairs, h, linkage[0], SETTLING_UNMEASURED, linkage[2])
            found = taken_in(found, s.pairs, h, LONE, SETTLING_UNMEASURED, linkage[2])
            print(s.name, linkage, "held out", bcubed(s.gold, found), flush=True)


main()
