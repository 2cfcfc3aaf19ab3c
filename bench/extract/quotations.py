"""Of the gold paragraphs that hold a quotation, how many come out verbatim? usage: quotations.py GOLD.jsonl LINES.jsonl…"""
import json, re, sys
squeeze = lambda s: re.sub(r"\s+", " ", re.sub("[\u00ad\u200b\ufeff\u200e\u200f\u2060]", "", s or "")).strip()
# Words in quotation marks of any custom, four words or more.
quoted = re.compile(r'["“„«»「『]([^"“”„«»」』]+)["”“«»」』]')
gold = [json.loads(l) for l in open(sys.argv[1], encoding="utf8")]
for path in sys.argv[2:]:
    lines = {(d := json.loads(l))["id"]: d for l in open(path, encoding="utf8")}
    n = whole = within = 0
    for g in gold:
        text = (lines.get(g["id"]) or {}).get("text") or ""
        have, flat = {squeeze(p) for p in text.split("\n")}, squeeze(text)
        for p in g.get("paragraphs") or []:
            if any(len(q.split()) >= 4 or re.search(r"[\u3040-\u9fff]{6}", q) for q in quoted.findall(p)):
                n += 1
                whole += squeeze(p) in have
                within += squeeze(p) in flat
    print(f"{path}: {n} paragraphs with a quotation; as a paragraph {100 * whole / n:.1f}%, within the text {100 * within / n:.1f}%")
