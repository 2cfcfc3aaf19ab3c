"""Learns the filter of blocks; scores it on sites that it never saw.

usage: train.py CACHE OUT
Writes OUT/fold-K.bin, the filters that score the sites of fold K, which they never saw, and OUT/filter.bin, learned on all.
"""
import argparse, pickle, struct, time
import numpy as np, lightgbm as lgb
from cache import FOLDS
import measure

A = argparse.ArgumentParser()
A.add_argument("cache"); A.add_argument("out")
A.add_argument("--trees", type=int, default=100); A.add_argument("--leaves", type=int, default=24); A.add_argument("--rate", type=float, default=0.1)
A.add_argument("--seed", type=int, default=1)
if __name__ == "__main__":
    A = A.parse_args()

WORD_COLUMNS = ["in_low", "in_high", "own_low", "own_high", "up1_low", "up1_high", "up2_low", "up2_high", "chain_low", "chain_high",
                "text_low", "text_high", "text_mean"]
SECOND = ["own_p", "a1_p", "a2_p", "a3_p", "b1_p", "b2_p", "b3_p", "near5", "near12", "before", "after", "element_p", "p1_p", "p2_p", "group_p",
          "gap_before", "gap_after", "most"]


class Data:
    def __init__(self, path):
        C = pickle.load(open(path, "rb"))
        self.columns = C["columns"]; self.words = C["words"]; self.tables = C["tables"]
        self.pages, self.worth, self.at = C["pages"], C["worth"], np.where(C["worth"])[0]
        self.N = len(C["y"])
        self.X, self.y, self.w = C["X"], C["y"][self.at], C["w"][self.at]
        self.page_of = np.repeat(np.arange(len(self.pages)), [p["n"] for p in self.pages])
        self.site_fold, self.page_site = C["site_fold"], C["page_site"]
        self.fold = C["site_fold"][C["page_site"]][self.page_of][self.at]
        self.start = np.array([p["at"] for p in self.pages])[self.page_of]
        self.end = self.start + np.array([p["n"] for p in self.pages])[self.page_of]
        group = np.concatenate([np.array(p["group"]) for p in self.pages]) + self.page_of * 100000
        _, self.group = np.unique(group, return_inverse=True)
        self.own, self.up1, self.up2 = C["at_node"][1:, self.at]
        self.parent = C["parent"]
        depth = np.zeros(len(self.parent), np.int32)
        order = np.arange(len(self.parent))
        for i in order:
            if self.parent[i] >= 0: depth[i] = depth[self.parent[i]] + 1
        self.levels = [np.where(depth == d)[0] for d in range(depth.max() + 1)]
        self.chars = np.zeros(self.N); self.chars[self.at] = np.minimum(self.X[:, self.columns.index("chars")], 500.0)

    def second(self, scores):
        """The columns that the second pass adds: the first scores around each block."""
        p = np.zeros(self.N); p[self.at] = scores
        weight, i, start, end = self.chars, np.arange(self.N), self.start, self.end
        def away(d):
            j = i + d
            return np.where((j >= start) & (j < end), p[np.clip(j, 0, self.N - 1)], -1.0)
        cols = [p, away(-1), away(-2), away(-3), away(1), away(2), away(3)]
        cw, cp = np.concatenate([[0], np.cumsum(weight)]), np.concatenate([[0], np.cumsum(weight * p)])
        for d in (5, 12):
            lo, hi = np.maximum(i - d, start), np.minimum(i + d + 1, end)
            cols.append((cp[hi] - cp[lo] - weight * p) / np.maximum(cw[hi] - cw[lo] - weight, 1.0))
        mass = np.maximum(cp[end] - cp[start], 1.0)
        cols += [(cp[i] - cp[start]) / mass, (cp[end] - cp[i + 1]) / mass]
        a, b = np.zeros(len(self.parent)), np.zeros(len(self.parent))
        np.add.at(a, self.own, (weight * p)[self.at]); np.add.at(b, self.own, weight[self.at])
        for at in reversed(self.levels[1:]):
            np.add.at(a, self.parent[at], a[at]); np.add.at(b, self.parent[at], b[at])
        for node in (self.own, self.up1, self.up2):
            full = np.zeros(self.N); full[self.at] = np.where(node >= 0, a[node] / np.maximum(b[node], 1.0), 0)
            cols.append(full)
        sums = np.bincount(self.group, weights=weight * p) / np.maximum(np.bincount(self.group, weights=weight), 1.0)
        cols.append(sums[self.group])
        good = (p > 0.5) & (weight >= 60)
        last = np.maximum.accumulate(np.where(good, i, -1)); last = np.concatenate([[-1], last[:-1]])
        nxt = np.minimum.accumulate(np.where(good, i, self.N + 1)[::-1])[::-1]; nxt = np.concatenate([nxt[1:], [self.N + 1]])
        cols += [np.where(last >= start, i - last, 99).clip(0, 99), np.where(nxt < end, nxt - i, 99).clip(0, 99), mass.clip(0, 1e5)]
        return np.stack(cols, 1)[self.at].astype(np.float32)

    def chosen(self, scores, threshold):
        keep = np.zeros(self.N, bool); keep[self.at] = scores > threshold
        P = self.pages
        return lambda i: "\n\n".join(P[i]["texts"][k] for k in range(P[i]["n"]) if keep[P[i]["at"] + k])


def learn(x, y, w, seed, trees, leaves, rate):
    params = dict(objective="cross_entropy", learning_rate=rate, num_leaves=leaves, min_data_in_leaf=50, min_sum_hessian_in_leaf=1e-3,
                  feature_fraction=0.4, bagging_fraction=0.7, bagging_freq=1, lambda_l2=3.0, max_bin=63, num_threads=1, verbosity=-1,
                  seed=seed, deterministic=True, force_col_wise=True)
    ok = w > 0
    return lgb.train(params, lgb.Dataset(x[ok], y[ok], weight=w[ok] * (ok.sum() / w[ok].sum())), trees)


def write(path, tables, *rounds):
    """The bytes that `filter.rs` reads."""
    out = bytearray(b"ORF1")
    for hashes, steps in tables:
        out += struct.pack("<I", len(hashes)) + hashes.astype("<u4").tobytes() + steps.astype(np.int8).tobytes()
    for model in rounds:
        trees = [t["tree_structure"] for t in model.dump_model()["tree_info"]]
        out += struct.pack("<H", len(trees))
        for tree in trees:
            nodes = []
            def walk(node):
                at = len(nodes)
                if "leaf_value" in node:
                    nodes.append((0xFFFF, 0, node["leaf_value"]))
                    return
                assert node["decision_type"] == "<="
                nodes.append(None)
                walk(node["left_child"])
                right = len(nodes)
                walk(node["right_child"])
                # Rounded up, so that a number equal to the threshold goes left as in training.
                value = np.float32(node["threshold"])
                if float(value) < node["threshold"]: value = np.nextafter(value, np.float32(np.inf))
                nodes[at] = (node["split_feature"], right, value)
            walk(tree)
            out += struct.pack("<H", len(nodes)) + b"".join(struct.pack("<HHf", *n) for n in nodes)
    open(path, "wb").write(out)


def main():
    T0 = time.time()
    say = lambda *a: print(f"{time.process_time():5.0f}s cpu {time.time() - T0:5.0f}s", *a, flush=True)
    D = Data(A.cache)
    say("rows", len(D.y), "weighed", (D.w > 0).sum())
    fit = lambda x, ok, seed: learn(x[ok], D.y[ok], D.w[ok], seed, A.trees, A.leaves, A.rate)
    guess = lambda m, x: m.predict(x, num_threads=1)
    rows = np.arange(len(D.y))
    p1, p2 = np.zeros(len(D.y)), np.zeros(len(D.y))
    for f in range(FOLDS):
        # What is scored on fold f never saw a site of it: neither its words, nor its first round, nor its second.
        x = np.concatenate([D.X, D.words[f]], 1)
        inside, out = D.fold != f, D.fold == f
        first = fit(x, inside, A.seed)
        inner = np.zeros(len(D.y))
        inner[out] = p1[out] = guess(first, x[out])
        for g in range(FOLDS):
            if g != f:
                inner[D.fold == g] = guess(fit(x, inside & (D.fold != g), A.seed + g), x[D.fold == g])
        x = np.concatenate([x, D.second(inner)], 1)
        second = fit(x, inside, A.seed)
        p2[out] = guess(second, x[out])
        write(f"{A.out}/fold-{f}.bin", D.tables[f], first, second)
        say("fold", f)
    np.savez(A.out + "/oof.npz", p1=p1, p2=p2)
    measure.show("first  0.45", measure.scores(D.pages, D.chosen(p1, 0.45)))
    for t in (0.4, 0.45, 0.5):
        measure.show(f"second {t}", measure.scores(D.pages, D.chosen(p2, t)))
    x = np.concatenate([D.X, D.words[None]], 1)
    every = rows >= 0
    first = fit(x, every, A.seed)
    x = np.concatenate([x, D.second(p1)], 1)
    write(f"{A.out}/filter.bin", D.tables[None], first, fit(x, every, A.seed))
    say("done")


if __name__ == "__main__":
    main()
