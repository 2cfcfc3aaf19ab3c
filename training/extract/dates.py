"""Learns what each voice that gives a date weighs; scores it on sites that it never saw.

usage: dates.py PAGES DAYS TABLE FOLDS [SET], with PAGES/SET/gold.jsonl and DAYS/SET.jsonl (of `page-rows --days`).
A softmax over the days of a page; the weights are small numbers, kept near zero. Writes TABLE (data/dates.tsv), FOLDS/dates-K.tsv and FOLDS/sites.tsv; with SET, prints the misses on it.
"""
import json, re, sys
from datetime import date
import numpy as np
from cache import FOLDS, domain, fold_of

SETS = ["scrapinghub", "fundus", "newspaper_dataset", "wcxb", "trafilatura", "htmldate"]
pages_at, days_at, table, folds_at = sys.argv[1:5]


def day(s):
    m = re.match(r"(\d{4})-(\d\d?)-(\d\d?)", str(s or "")); return f"{m[1]}-{int(m[2]):02d}-{int(m[3]):02d}" if m else None


pages, traits, every_site = [], {}, set()
for name in SETS:
    gold = {(d := json.loads(l))["id"]: d for l in open(f"{pages_at}/{name}/gold.jsonl", encoding="utf8")}
    every_site |= {g.get("site") or i for i, g in gold.items()}
    for line in [] if name == "scrapinghub" else open(f"{days_at}/{name}.jsonl", encoding="utf8"):
        d = json.loads(line)
        g = gold.get(d["id"])
        if not g or not day(g.get("date")):
            continue
        days = sorted(d["days"].items())
        for _, many in days:
            for t in many:
                traits.setdefault(t, len(traits))
        pages.append((name, g.get("site") or d["id"], day(g["date"]), [k for k, _ in days], [m for _, m in days], d["id"]))
K = len(traits)
names = sorted(traits, key=traits.get)


def matrix(p):
    x = np.zeros((len(p[3]), K))
    for i, many in enumerate(p[4]):
        for t in many:
            x[i, traits[t]] = 1
    return x


M = [matrix(p) for p in pages]
target = [p[3].index(p[2]) if p[2] in p[3] else -1 for p in pages]
fold = np.array([fold_of(p[1]) for p in pages])
# News counts more than pages of any kind.
weight = np.array([{"fundus": 2.0, "newspaper_dataset": 0.5, "wcxb": 0.7}.get(p[0], 1.0) for p in pages])


# What is believed before any page is seen: data that name a date of publication are right more often than not.
BEFORE = np.array([{"ld_published": 2.0, "meta_published": 1.5, "is_first_trusted": 1.0, "time_published": 1.0, "url": 1.0, "is_next_to_utc_evening": 1.0, "is_before_utc_morning": 1.0}.get(n, 0.0) for n in names])
L2 = 0.006


def learn(rows, steps=400, l2=L2):
    w, m, v = np.zeros(K), np.zeros(K), np.zeros(K)
    rows = [i for i in rows if target[i] >= 0 and len(M[i]) > 1]
    big = np.concatenate([M[i] for i in rows]); ends = np.cumsum([len(M[i]) for i in rows]); starts = ends - [len(M[i]) for i in rows]
    page = np.repeat(np.arange(len(rows)), [len(M[i]) for i in rows])
    right = starts + [target[i] for i in rows]
    wt = weight[rows]
    for step in range(1, steps + 1):
        z = big @ w
        z = np.exp(z - np.maximum.reduceat(z, starts)[page]); p = z / np.add.reduceat(z, starts)[page]
        err = p * wt[page]; err[right] -= wt
        g = big.T @ err / wt.sum() + l2 * (w - BEFORE)
        m, v = 0.9 * m + 0.1 * g, 0.99 * v + 0.01 * g * g
        w -= 0.1 * (m / (1 - 0.9 ** step)) / (np.sqrt(v / (1 - 0.99 ** step)) + 1e-8)
        w[POSITIVE] = np.maximum(w[POSITIVE], 0)
    return w


# What can only speak for a day: a rare page where it misleads must not turn it round.
POSITIVE = [traits[t] for t in ("ld_published", "meta_published", "time_published", "tab", "is_in_tab_and_shown", "is_told_by_both", "is_told_and_shown",
                                "is_in_url_and_told", "url", "has_local_time", "is_first_trusted") if t in traits]
def write(path, w):
    with open(path, "w", encoding="utf8") as out:
        out.write("# voice or trait, what it weighs, source. Learned by training/extract/dates.py on the dated pages of dev.\n")
        for k in sorted(range(K), key=lambda k: -w[k]):
            out.write(f"{names[k]}\t{w[k]:.2f}\tlearned on dev pages\n")


def pick(i, w):
    """As moments.rs: the day with the most weight, unless the page's data name one a month or more before it, or the day before by local time."""
    if not len(M[i]): return -1
    best = int(np.argmax(M[i] @ w))
    told = [k for k, many in enumerate(pages[i][4]) if "ld_published" in many]
    later = (date.fromisoformat(pages[i][3][best]) - date.fromisoformat(pages[i][3][told[0]])).days if told else 0
    if later > 30: return told[0]
    published = {"ld_published", "meta_published", "time_published"} & set(pages[i][4][best])
    if later == 1 and "has_local_time" in pages[i][4][told[0]] and not published: return told[0]
    return best


right, total, there = {}, {}, {}
wrong = []
for f in range(FOLDS):
    w = learn(np.where(fold != f)[0])
    write(f"{folds_at}/dates-{f}.tsv", w)
    for i in np.where(fold == f)[0]:
        name = pages[i][0]
        total[name] = total.get(name, 0) + 1
        there[name] = there.get(name, 0) + (target[i] >= 0)
        k = pick(i, w)
        ok = k >= 0 and k == target[i]
        right[name] = right.get(name, 0) + ok
        if not ok:
            wrong.append((name, pages[i][5], pages[i][2], pages[i][3][k] if k >= 0 else None, target[i] >= 0, pages[i][4][k] if k >= 0 else [], pages[i][4][target[i]] if target[i] >= 0 else []))
for name in SETS[1:]:
    print(f"{name:18} right {100 * right[name] / total[name]:.1f}%  among the candidates {100 * there[name] / total[name]:.1f}%  of {total[name]}")
w = learn(np.arange(len(pages)))
write(table, w)
with open(f"{folds_at}/sites.tsv", "w", encoding="utf8") as out:
    for site in sorted(every_site):
        out.write(f"{site}\t{fold_of(site)}\n")
if len(sys.argv) > 5:
    for x in wrong:
        if x[0] == sys.argv[5]: print(x)
