"""News without gold, for the fast reader to learn from what the accurate one makes of it.

    plain.py SHARED_DATA PAGES OUT.jsonl

SHARED_DATA: `../shared/data`; PAGES: a folder with its archives of pages `fundus`, `newspaper_dataset`, `scrapinghub` and `wcxb` unpacked.
Taken: the texts of the story sets' dev parts and of those pages, of the sets of pages that hold more than news (`wcxb`)
what tells of somebody's words, of each at most 6,000 characters; not taken: what the dev part of statements or of
PolNeAR holds, and what is said twice. No gold of theirs is read but where the text of a page is.
"""
import json, re, sys

data, pages, out = sys.argv[1:]
SAID = re.compile(r'[“"]|\b(?:sa(?:id|ys)|told|according)\b')
lines = lambda path: map(json.loads, open(path))
held_back = {d['id'] for d in lines(f'{data}/statements/articles-dev.jsonl')}
known = {d['text'][:80] for part in ('dev', 'train') for d in lines(f'{data}/polnear/{part}.jsonl')}
sources = [(name, f'{data}/stories/{name}-dev.jsonl', 'text') for name in ('stream_dense', 'gw5', 'neus', 'mmds_en')]
sources += [(name, f'{pages}/{name}/gold.jsonl', 'body') for name in ('fundus', 'newspaper_dataset', 'scrapinghub', 'wcxb')]
with open(out, 'w') as f:
    for name, path, key in sources:
        for d in lines(path):
            text = d.get(key) or ''
            if d['id'] in held_back or text[:80] in known or len(text) < 300:
                continue
            known.add(text[:80])
            if name == 'wcxb':
                text = text[:6000]
                if len(SAID.findall(text)) < 4:
                    continue
            f.write(json.dumps(dict(id=f"{name} {d['id']}", text=text, attributions=[])) + '\n')
