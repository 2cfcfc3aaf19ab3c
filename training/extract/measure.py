"""The scorer's measures over chosen blocks, as articles.py has them, quick enough for a loop."""
import html, re, statistics as st, unicodedata
from collections import Counter
norm = lambda s: re.sub(r'\s+', ' ', s or '').strip()
key = lambda s: re.sub(r'\W+', '', unicodedata.normalize('NFKC', html.unescape(s or ''))).lower()
def grams(t, n=4):
    w = re.findall(r'\w+', t or ''); return Counter(tuple(w[i:i + n]) for i in range(max(1, len(w) - n + 1)) if w)
def shingle(gold_grams, p):
    a, b = gold_grams, grams(p); tp = sum((a & b).values()); fp = sum(b.values()) - tp; fn = sum(a.values()) - tp; s = tp + fp + fn
    return (tp / s, fp / s, fn / s) if s else (0, 0, 0)
_G = {}
def scores(pages, text_of, only=None):
    """{set: {body, bad, parts, par}} for texts given by text_of(page index)."""
    out = {}
    for name in dict.fromkeys(p["set"] for p in pages):
        x, parts, par = [], [0, 0, 0], [0, 0, 0]
        for i, p in enumerate(pages):
            if p["set"] != name: continue
            g, t = p["gold"], text_of(i)
            if g.get("body"):
                k = (name, p["id"])
                if k not in _G: _G[k] = grams(g["body"])
                x.append(shingle(_G[k], t))
            if g.get("with"):
                f = norm(t); a = sum(norm(s) in f for s in g["with"])
                parts[0] += a; parts[2] += len(g["with"]) - a; parts[1] += sum(norm(s) in f for s in g.get("without") or [])
            if g.get("paragraphs"):
                a = Counter(k for k in map(key, g["paragraphs"]) if k)
                neutral = {key(s) for s in (g.get('headlines') or []) + (g.get('summary') or []) + [g.get('title') or '']}
                b = Counter(k for k in map(key, t.split("\n")) if k and k not in neutral)
                h = sum((a & b).values()); par[0] += h; par[1] += sum(b.values()) - h; par[2] += sum(a.values()) - h
        r = {}
        if x:
            pr = st.mean([(a / (a + b) if a else 0.) if b or c else 1. for a, b, c in x if a + b > 0] or [0]); rc = st.mean([(a / (a + c) if a else 0.) if b or c else 1. for a, b, c in x if a + c > 0] or [0])
            r = dict(P=100 * pr, R=100 * rc, F=200 * pr * rc / (pr + rc or 1), bad=100 * sum((2 * a / (2 * a + b + c) if a else 0) < .8 for a, b, c in x) / len(x))
        f1 = lambda v: 200 * v[0] / (2 * v[0] + v[1] + v[2] or 1)
        if sum(parts): r["parts"] = f1(parts)
        if sum(par): r["par"] = f1(par)
        out[name] = r
    return out
def show(tag, s):
    print(tag, " | ".join(n + " " + " ".join(f"{k}{v:.1f}" for k, v in r.items()) for n, r in s.items()), flush=True)
