"""News without gold, for the fast reader to learn from what the accurate one makes of it.

    plain.py SHARED_DATA PAGES OUT.jsonl

SHARED_DATA: `../shared/data`; PAGES: a folder with its archives of pages `fundus` and `newspaper_dataset` unpacked.
Taken: the texts of the story sets' dev parts and of those two, half of `stream_dense`; not taken: what the dev part of
statements or of PolNeAR holds, and what is said twice. No gold of theirs is read.
"""
import json, random, sys

data, pages, out = sys.argv[1:]
rng = random.Random(3)
lines = lambda path: map(json.loads, open(path))
held_back = {d['id'] for d in lines(f'{data}/statements/articles-dev.jsonl')}
known = {d['text'][:80] for part in ('dev', 'train') for d in lines(f'{data}/polnear/{part}.jsonl')}
sources = [(name, f'{data}/stories/{name}-dev.jsonl', 'text') for name in ('stream_dense', 'gw5', 'neus', 'mmds_en')]
sources += [(name, f'{pages}/{name}/gold.jsonl', 'body') for name in ('fundus', 'newspaper_dataset')]
with open(out, 'w') as f:
    for name, path, key in sources:
        for d in lines(path):
            text = d.get(key) or ''
            if d['id'] in held_back or text[:80] in known or len(text) < 300:
                continue
            known.add(text[:80])
            if name == 'stream_dense' and rng.random() < 0.5:
                continue
            f.write(json.dumps(dict(id=f"{name} {d['id']}", text=text, attributions=[])) + '\n')
