#!/usr/bin/env python3
"""A stream of N articles at so many a day: the needles are stream_dense dev, the hay is recombined from all sets.
usage: stream.py STORIES_FOLDER N A_DAY > STREAM.jsonl ; onrecord stage stories STREAM.jsonl > PRED.jsonl
       stream.py STORIES_FOLDER --score PRED.jsonl     BCubed over the needles alone
A piece of hay has the headline of one article with a third of its words from another, and sentences of four articles: a
neighbour of many events, of none. Quotes are given as none, so that linking alone is measured. Seed 1."""
import json, random, re, sys, zlib
from collections import Counter
from datetime import datetime, timedelta

folder = sys.argv[1]
load = lambda name: [json.loads(l) for l in open(f"{folder}/{name}-dev.jsonl", encoding="utf8")]
needles = load("stream_dense")
if sys.argv[2] == "--score":
    gold = {d["id"]: d["cluster"] for d in needles}
    found = {d["id"]: d["story"] for d in map(json.loads, open(sys.argv[3], encoding="utf8")) if d["id"] in gold}
    pairs = [(gold[i], found[i]) for i in gold]
    g, f, both = Counter(x for x, _ in pairs), Counter(y for _, y in pairs), Counter(pairs)
    p = sum(both[k] / f[k[1]] for k in pairs) / len(pairs)
    r = sum(both[k] / g[k[0]] for k in pairs) / len(pairs)
    print(f"needles {len(pairs)}  BCubed P {100*p:.1f} R {100*r:.1f} F1 {200*p*r/(p+r):.1f}")
    sys.exit()

n, a_day = int(sys.argv[2]), int(sys.argv[3])
random.seed(1)
texts = []
for name in ("stream_dense", "ecbplus", "gw5", "mmds_en", "pac", "neus"):
    for d in load(name):
        sentences = [s for s in re.split(r"(?<=[.!?])\s+", d.get("text") or "") if len(s) > 30]
        if len(sentences) > 2:
            texts.append((d.get("title") or sentences[0][:90], sentences))
start = datetime(2025, 1, 1)
times = [datetime.fromisoformat(d["date"]) for d in needles]
first, last = min(times), max(times)
days = n / a_day
squeeze = min(1.0, days / max(1e-9, (last - first).total_seconds() / 86400))
lines = []
for d, t in zip(needles, times):
    at = start + (t - first) * squeeze if squeeze < 1 else start + (t - first)
    lines.append((at, {"id": d["id"], "outlet": d.get("outlet"), "title": d["title"], "text": d["text"]}))
for k in range(n - len(needles)):
    parts = random.sample(texts, 4)
    words, other = parts[0][0].split(), parts[1][0].split()
    title = " ".join(random.choice(other) if other and random.random() < 0.33 else w for w in words)
    body = [random.choice(p[1]) for p in parts for _ in range(3)]
    at = start + timedelta(days=random.random() * days)
    lines.append((at, {"id": f"hay-{k}", "outlet": f"hay{k % 40}", "title": title, "text": " ".join(body)}))
lines.sort(key=lambda x: (x[0], zlib.crc32(x[1]["id"].encode())))
for at, d in lines:
    print(json.dumps({**d, "date": at.isoformat(timespec="seconds"), "quotes": []}))
