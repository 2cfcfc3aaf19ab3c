"""The prepared pages as flat arrays, and what words say for each fold: computed once, read by train.py.

usage: cache.py PREPARED CACHE
"""
import hashlib, pickle, sys, time
import numpy as np
from table import Bearers

FOLDS = 5
T0 = time.time()
say = lambda *a: print(f"{time.process_time():6.0f}s cpu {time.time() - T0:6.0f}s", *a, flush=True)


def domain(site):
    parts = site.split(".")
    return ".".join(parts[-3:] if len(parts) > 2 and len(parts[-2]) <= 3 else parts[-2:])


def fold_of(site):
    return int(hashlib.md5(domain(site).encode()).hexdigest()[:8], 16) % FOLDS


def main():
    D = pickle.load(open(sys.argv[1], "rb"))
    P, X, Y, W = D["pages"], D["X"], D["y"], D["w"]
    column = {c: i for i, c in enumerate(D["columns"])}
    g = lambda name: X[:, column[name]]
    worth = D["worth"]
    sites = sorted({domain(p["site"]) for p in P})
    site_id = {s: i for i, s in enumerate(sites)}
    site_fold = np.array([fold_of(s) for s in sites])
    page_site = np.array([site_id[domain(p["site"])] for p in P])
    say("read")
    words, node_site, parent, depth = [], [], [], []
    N = len(Y)
    at_node = np.full((4, N), -1, np.int64)  # of the first text, the block's element, and the two above it
    texts, text_site = [], []
    for k, p in enumerate(P):
        base, nodes = {}, p["nodes"]
        def number(idx):
            chain = []
            while idx in nodes and idx not in base:
                chain.append(idx); idx = nodes[idx][0]
            up = base.get(idx, -1)
            for idx in reversed(chain):
                base[idx] = len(words)
                words.append(nodes[idx][1]); node_site.append(page_site[k]); parent.append(up); depth.append(depth[up] + 1 if up >= 0 else 0)
                up = base[idx]
            return up
        for i in range(p["n"]):
            r = p["at"] + i
            if worth[r]:
                at_node[0, r], at_node[1, r] = number(p["into"][i]), number(p["own"][i])
                at_node[2, r], at_node[3, r] = number(p["up"][i][0]), number(p["up"][i][1])
                texts.append(p["words"][i]); text_site.append(page_site[k])
        p["nodes"] = p["words"] = p["into"] = p["own"] = p["up"] = None
    parent, depth = np.array(parent), np.array(depth)
    levels = [np.where(depth == d)[0] for d in range(depth.max() + 1)]
    say("nodes", len(parent), "texts", len(texts))
    elements, text = Bearers(words, node_site), Bearers(texts, text_site, 5)
    chars = np.minimum(g("chars"), 1000.0) * (W > 0)
    nw, ny = np.zeros(len(parent)), np.zeros(len(parent))
    np.add.at(nw, at_node[0, worth], chars[worth]); np.add.at(ny, at_node[0, worth], (chars * Y)[worth])
    for at in reversed(levels[1:]):
        np.add.at(nw, parent[at], nw[at]); np.add.at(ny, parent[at], ny[at])
    elements.learn(np.where(nw > 0, ny / np.maximum(nw, 1e-9), 0), nw)
    text.learn(Y[worth], (W[worth] > 0).astype(float))
    say("words", len(elements.vocabulary), len(text.vocabulary))
    out = dict(columns=D["columns"], X=X[worth], worth=worth, y=Y, w=W, sites=sites, site_fold=site_fold, page_site=page_site,
               at_node=at_node, parent=parent, pages=P, words={}, tables={})
    for f in [None, *range(FOLDS)]:
        train_sites = np.ones(len(sites), bool) if f is None else site_fold != f
        er, en = elements.table(train_sites); tr, tn = text.table(train_sites)
        e, t = elements.apply(er, en, train_sites), text.apply(tr, tn, train_sites)
        low, high = e[:, 0].copy(), e[:, 1].copy()
        for at in levels[1:]:
            low[at] = np.minimum(low[at], low[parent[at]]); high[at] = np.maximum(high[at], high[parent[at]])
        # What is not there says nothing: the last row, which -1 picks.
        e, low, high = np.concatenate([e, np.zeros((1, 3), np.float32)]), np.append(low, 0), np.append(high, 0)
        cols = []
        for i in at_node[:, worth]:
            cols += [e[i, 0], e[i, 1]]
        cols += [low[at_node[0, worth]], high[at_node[0, worth]]]
        out["words"][f] = np.concatenate([np.stack(cols, 1), t], 1).astype(np.float32)
        out["tables"][f] = (elements.export(er, en), text.export(tr, tn))
        say("fold", f, [len(x[0]) for x in out["tables"][f]])
    pickle.dump(out, open(sys.argv[2], "wb"), protocol=5)
    say("written")


if __name__ == "__main__":
    main()
