"""What the two trainings share: models as text, average linkage as in crates/link/src/stories/cluster.rs, trees by LightGBM."""
import heapq
from collections import Counter
import numpy as np
import lightgbm as lgb
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler


def fit_line(x, y, w, c):
    """Bias and weights over raw values, fitted on standardised ones."""
    scale = StandardScaler().fit(x)
    model = LogisticRegression(C=c, max_iter=500).fit(scale.transform(x), y, w)
    weights = np.where(scale.var_ > 0, model.coef_[0] / scale.scale_, 0.0)
    return model.intercept_[0] - (weights * scale.mean_).sum(), weights


def fit_trees(x, y, w, **options):
    model = lgb.LGBMClassifier(subsample=0.8, subsample_freq=1, verbose=-1, n_jobs=1, random_state=1, **options)
    return model.fit(x, y, w)


def tree_lines(model, names):
    """One tree a line, nodes in preorder: what crates/infer/src/trees.rs reads."""
    def walk(node):
        if "leaf_value" in node:
            return [f"={node['leaf_value']:.4f}"]
        assert node["decision_type"] == "<="
        head = f"{names[node['split_feature']]}<={node['threshold']:.6g}"
        return [head] + walk(node["left_child"]) + walk(node["right_child"])

    return [" ".join(walk(t["tree_structure"])) for t in model.booster_.dump_model()["tree_info"]]


def cluster(n, pairs, odds, threshold, unmeasured, reach):
    between = [{} for _ in range(n)]
    for (a, b), o in zip(pairs, odds):
        a, b, o = int(a), int(b), float(o)
        between[a][b] = (o, 1)
        between[b][a] = (o, 1)
    size, age, into = [1] * n, [0] * n, list(range(n))

    def score(pair, x, y):
        total, count = pair
        lacking = max(0, min(x * y - count, reach * min(x, y)))
        return (total + unmeasured * lacking) / (count + lacking)

    heap = [(-score(p, 1, 1), a, b, 0) for a in range(n) for b, p in between[a].items() if a < b]
    heapq.heapify(heap)
    while heap:
        best, a, b, made = heapq.heappop(heap)
        if -best < threshold:
            break
        if into[a] != a or into[b] != b or age[a] + age[b] != made:
            continue
        keep, gone = (a, b) if len(between[a]) >= len(between[b]) else (b, a)
        into[gone] = keep
        size[keep] += size[gone]
        age[keep] += 1
        moved, between[gone] = between[gone], {}
        between[keep].pop(gone, None)
        for other, (total, count) in moved.items():
            if other == keep:
                continue
            between[other].pop(gone, None)
            t, c = between[keep].get(other, (0, 0))
            between[keep][other] = between[other][keep] = (t + total, c + count)
        for other, pair in between[keep].items():
            s = score(pair, size[keep], size[other])
            if s >= threshold:
                heapq.heappush(heap, (-s, min(keep, other), max(keep, other), age[keep] + age[other]))

    def root(i):
        while into[i] != i:
            i = into[i]
        return i

    return np.array([root(i) for i in range(n)])


def settled(groups, pairs, odds, threshold, unmeasured, reach, rounds=5):
    """As crates/link/src/stories/cluster.rs: each member to the group with the greatest sum of log odds above the threshold."""
    n = len(groups)
    beside = [[] for _ in range(n)]
    for (a, b), o in zip(pairs, odds):
        beside[a].append((b, float(o)))
        beside[b].append((a, float(o)))
    groups = [int(g) for g in groups]
    size = np.bincount(groups, minlength=n).tolist()
    free = [g for g in range(n) if size[g] == 0]

    def both(pair, members):
        total, count = pair
        lacking = max(0, min(members - count, reach))
        return total + unmeasured * lacking - threshold * (count + lacking), (total + unmeasured * lacking) / (count + lacking)

    for _ in range(rounds):
        moved = False
        for i in range(n):
            sums = {}
            for other, o in beside[i]:
                t, c = sums.get(groups[other], (0, 0))
                sums[groups[other]] = (t + o, c + 1)
            own = groups[i]
            stays = both(sums.get(own, (0, 0)), size[own] - 1)[0] if size[own] > 1 else 0
            best = (max(stays, 0), own)
            for group, pair in sorted(sums.items()):
                if group != own:
                    worth, mean = both(pair, size[group])
                    if worth > best[0] and mean >= threshold:
                        best = (worth, group)
            if best[1] == own and stays < 0:
                best = (0, free.pop())
            if best[1] != own:
                size[own] -= 1
                size[best[1]] += 1
                if size[own] == 0:
                    free.append(own)
                groups[i], moved = best[1], True
        if not moved:
            break
    return np.array(groups)


def taken_in(groups, pairs, odds, threshold, unmeasured, reach):
    """As crates/link/src/stories/cluster.rs: who stands alone goes into the group with the highest mean of log odds."""
    size, beside = Counter(groups), [[] for _ in groups]
    for (a, b), o in zip(pairs, odds):
        beside[a].append((b, float(o)))
        beside[b].append((a, float(o)))
    homes = list(groups)
    for i in range(len(groups)):
        if size[groups[i]] > 1:
            continue
        sums = {}
        for other, o in beside[i]:
            t, c = sums.get(groups[other], (0, 0))
            sums[groups[other]] = (t + o, c + 1)
        best = (threshold, None)
        for group, (t, c) in sorted(sums.items()):
            lacking = max(0, min(size[group] - c, reach))
            mean = (t + unmeasured * lacking) / (c + lacking)
            if size[group] > 1 and (mean > best[0] or best[1] is None and mean == best[0]):
                best = (mean, group)
        homes[i] = groups[i] if best[1] is None else best[1]
    return homes
