#!/usr/bin/env python3
"""Lines for `cargo run --example fit -- statements|differs`: articles with quotes that bear the gold statements which they render.

usage: quotes.py FOLDER                 the gold renderings as quotes, among other sentences with a reporting word; a quarter
                                       of the speakers taken away (seed 1)
       quotes.py FOLDER --whole         the gold renderings alone, with all speakers
       quotes.py FOLDER QUOTES.jsonl    the quotes of `onrecord stage quotes`, each with the gold rendering that it overlaps most
FOLDER holds dev.jsonl and articles-dev.jsonl (data/statements)."""
import json, random, re, sys

folder, own = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None
whole = own == "--whole"
random.seed(1)
articles = {d["id"]: d for d in map(json.loads, open(f"{folder}/articles-dev.jsonl", encoding="utf8"))}
gold = [json.loads(l) for l in open(f"{folder}/dev.jsonl", encoding="utf8")]
BODIES = r"Department|House|Justice|Court|Committee|News|Office|Campaign|Party|State|Union|Kingdom|Administration|Study|Report"


def kind(name):
    person = re.match(r"^[A-Z][\w.'’-]+( [A-Z][\w.'’-]+){1,3}$", name) and not re.search(BODIES, name)
    return "person" if person else "organisation"


def renderings():
    """Statement, article, place, spans, rendering."""
    for k, s in enumerate(gold):
        for r in s["renderings"]:
            a = articles.get(r["article"])
            if not a:
                continue
            place = "title" if r.get("in_title") else "text"
            text = a.get(place) or ""
            parts = r["words"] if isinstance(r["words"], list) else [r["words"]]
            spans = sorted([j, j + len(p)] for p in parts if (j := text.find(p)) >= 0)
            if spans:
                yield k, s, a, place, text, spans, r


def cue(text, spans, words):
    found = None
    for m in re.finditer(re.escape(words), text) if words else ():
        if all(m.end() <= x or m.start() >= y for x, y in spans):
            far = min(abs(m.start() - spans[0][0]), abs(m.start() - spans[-1][1]))
            if far < 300 and (found is None or far < found[0]):
                found = (far, m)
    return [[found[1].start(), found[1].end()]] if found else []


def from_gold():
    quotes = {i: {} for i in articles}
    for k, s, a, place, text, spans, r in renderings():
        key = (place, json.dumps(spans))
        if key in quotes[a["id"]]:
            quotes[a["id"]][key]["gold"].append(k)
            continue
        names = [n.strip() for n in re.split(r" / | and |; ", re.sub(r"\(.*?\)", "", s["speaker"] or "")) if n.strip()]
        speaker = [{"name": n, "type": kind(n)} for n in names[:2]] if whole or random.random() > 0.25 else []
        quotes[a["id"]][key] = {
            "kind": r["kind"], "content": spans, "cue": cue(text, spans, r.get("cue")), "in": place,
            "speaker": speaker, "speaker_confidence": 0.95, "gold": [k], "event": s["event"],
        }
    for i, a in articles.items():
        all_quotes = list(quotes[i].values())
        if whole:
            all_quotes.sort(key=lambda q: (q["in"] != "title", q["content"]))
            yield a, all_quotes
            continue
        used = [(x, y) for q in all_quotes if q["in"] == "text" for x, y in q["content"]]
        names = [n["name"] for q in all_quotes for n in q["speaker"]]
        reports = r"\b(said|told|says|added|called|announced|claimed|tweeted|according|warned|argued)\b|[“\"]"
        for m in re.finditer(r"[^.!?\n]{20,300}[.!?][\"”]?", a["text"]):
            if re.search(reports, m.group()) and all(m.end() <= x or m.start() >= y for x, y in used):
                words = m.group()
                start = m.start() + len(words) - len(words.lstrip())
                all_quotes.append({
                    "kind": "direct" if words.strip().startswith(("“", '"')) else "indirect", "gold": [],
                    "content": [[start, m.end()]], "cue": [], "in": "text", "speaker_confidence": 0.95,
                    "speaker": [{"name": random.choice(names), "type": "person"}] if names and random.random() < 0.6 else [],
                })
        all_quotes.sort(key=lambda q: (q["in"] != "title", q["content"]))
        yield a, all_quotes


def letters(text, spans):
    return {i for s, e in spans for i in range(s, min(e, len(text))) if text[i].isalnum()}


def from_own(path):
    here, event = {}, {}
    for k, s, a, place, text, spans, _ in renderings():
        event[a["id"]] = s["event"]
        here.setdefault((a["id"], place), []).append((k, letters(text, spans)))
    for line in open(path, encoding="utf8"):
        d = json.loads(line)
        a = articles[d["id"]]
        for q in d["quotes"]:
            c = letters(a.get(q["in"]) or "", q["content"])
            like = [(len(c & g), k) for k, g in here.get((d["id"], q["in"]), []) if c & g and 2 * len(c & g) >= min(len(c), len(g))]
            q["gold"], q["event"] = [max(like)[1]] if like else [], event.get(d["id"], "")
        yield a, d["quotes"]


for article, quotes in from_own(own) if own and not whole else from_gold():
    print(json.dumps({**article, "quotes": quotes}))
