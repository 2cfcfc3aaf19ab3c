"""Our articles beside those of trafilatura: the measures of score/articles.py, and whether a difference holds.

usage: beside.py PAGES OURS [THEIRS] [--bad]
PAGES holds SET/gold.jsonl and SET/pages, OURS SET.jsonl of article lines (the example `article-lines`: each page read by
what was learned without its site). THEIRS is made with trafilatura where it is not there, in this environment. A paired bootstrap over
sites, 1,000 draws: the 95% interval of the difference of body F1 (and of segment F1, day, names). --bad lists our bad pages.
"""
import json, os, random, re, sys, time
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../training/extract"))
from measure import grams, norm, shingle

SETS = ["scrapinghub", "fundus", "newspaper_dataset", "wcxb", "trafilatura", "htmldate"]
args = [a for a in sys.argv[1:] if not a.startswith("--")]
pages_at, ours_at, theirs_at = args[0], args[1], args[2] if len(args) > 2 else "theirs"


def theirs(name, gold):
    path = f"{theirs_at}/{name}.jsonl"
    if not os.path.exists(path):
        import trafilatura
        os.makedirs(theirs_at, exist_ok=True)
        start, out = time.perf_counter(), []
        for i in gold:
            d = trafilatura.bare_extraction(open(f"{pages_at}/{name}/pages/{i}.html", "rb").read(), include_comments=False, with_metadata=True)
            d = {} if d is None else d if isinstance(d, dict) else d.as_dict()
            out.append(dict(id=i, text=d.get("text") or "", date=d.get("date"), author=d.get("author")))
        print(f"{name}: trafilatura {1000 * (time.perf_counter() - start) / len(gold):.1f} ms a page")
        open(path, "w").write("".join(json.dumps(d) + "\n" for d in out))
    return read(path)


def read(path):
    return {(d := json.loads(l))["id"]: d for l in open(path, encoding="utf8")}


def mean(rows):
    return sum(rows) / len(rows) if rows else 0.0


def day(s):
    m = re.match(r"(\d{4})-(\d\d?)-(\d\d?)", str(s or "")); return f"{m[1]}-{int(m[2]):02d}-{int(m[3]):02d}" if m else None


def body(rows):
    """Mean precision and recall, as the scorer has them."""
    p, r = mean([a / (a + b) if a else 0.0 for a, b, c in rows if a + b > 0]), mean([a / (a + c) if a else 0.0 for a, b, c in rows if a + c > 0])
    return 200 * p * r / (p + r or 1)


def ratio(rows):
    tp, fp, fn = (sum(x) for x in zip(*rows)); return 200 * tp / (2 * tp + fp + fn or 1)


def share(rows):
    return 100 * mean(rows)


def compare(name, what, measure, rows, sites):
    """rows: (ours, theirs) a page."""
    by_site = {}
    for row, site in zip(rows, sites): by_site.setdefault(site, []).append(row)
    keys, draws = sorted(by_site), random.Random(1)
    of = lambda many: (measure([a for a, _ in many]), measure([b for _, b in many]))
    a, b = of(rows)
    diffs = sorted(x - y for x, y in (of([r for k in draws.choices(keys, k=len(keys)) for r in by_site[k]]) for _ in range(1000)))
    print(f"{name:18} {what:8} ours {a:5.1f}  theirs {b:5.1f}  difference {a - b:+.1f} [{diffs[25]:+.1f}, {diffs[-26]:+.1f}]  ({len(rows)} pages)", flush=True)


for name in SETS:
    gold = read(f"{pages_at}/{name}/gold.jsonl")
    pair = (read(f"{ours_at}/{name}.jsonl"), theirs(name, gold))
    text = lambda which, i: (pair[which].get(i) or {}).get("text") or ""
    site = lambda i: gold[i].get("site") or i
    some = [i for i in gold if gold[i].get("body")]
    if some:
        rows = []
        for i in some:
            g = grams(gold[i]["body"]); rows.append(tuple(shingle(g, text(w, i)) for w in (0, 1)))
        compare(name, "body", body, rows, [site(i) for i in some])
        bad = lambda x: 1.0 if (2 * x[0] / (2 * x[0] + x[1] + x[2]) if x[0] else 0) < 0.8 else 0.0
        compare(name, "bad", share, [(bad(a), bad(b)) for a, b in rows], [site(i) for i in some])
        if "--bad" in sys.argv:
            for (a, _), i in zip(rows, some):
                if bad(a): print("   ", i[:32], gold[i].get("url"), f"precision {a[0] / (a[0] + a[1] or 1):.2f} recall {a[0] / (a[0] + a[2] or 1):.2f}")
    some = [i for i in gold if gold[i].get("with")]
    if some:
        def parts(which, i):
            t = norm(text(which, i)); a = sum(norm(s) in t for s in gold[i]["with"])
            return a, sum(norm(s) in t for s in gold[i].get("without") or []), len(gold[i]["with"]) - a
        compare(name, "parts", ratio, [(parts(0, i), parts(1, i)) for i in some], [site(i) for i in some])
    some = [i for i in gold if day(gold[i].get("date"))]
    if some:
        right = lambda which, i: float(day((pair[which].get(i) or {}).get("date")) == day(gold[i]["date"]))
        compare(name, "date", share, [(right(0, i), right(1, i)) for i in some], [site(i) for i in some])
