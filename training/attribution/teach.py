"""What a trained reader makes of articles, for another to learn from:

    teach.py READER.pt STATES [OUT.soft.pt ARTICLES.jsonl WORDS.jsonl]...

STATES: how many numbers to keep of each word's state: the first principal components of what the reader makes of the
first articles, scaled to a mean variance of 1; 0 keeps states as they are.
"""
import sys
import torch
import data
from decode import decode_cues, runs
from model import load

torch.set_num_threads(2)
ROUND, BATCH = 40, 16  # articles whose windows are sorted by length, windows a batch


@torch.no_grad()
def main(reader, kept, *sets):
    model, vocab = load(reader)
    pieces, kept = data.Pieces(vocab), int(kept)
    middle = basis = None
    for out, articles, words in zip(sets[::3], sets[1::3], sets[2::3]):
        articles, views = data.load(articles, words, pieces), {}
        for begin in range(0, len(articles), ROUND):
            some = articles[begin:begin + ROUND]
            parts = [(n, a, b) for n, article in enumerate(some) for a, b in data.windows(article, 256)]
            parts.sort(key=lambda part: part[2] - part[1])
            told = []
            for at in range(0, len(parts), BATCH):
                told += see(model, pieces, some, parts[at:at + BATCH])
            if kept and basis is None:
                states = torch.cat([states for _, states, _ in told])
                middle = states.mean(0)
                basis = torch.linalg.eigh((states - middle).T @ (states - middle))[1][:, -kept:]
                basis /= ((states - middle) @ basis).var(0).mean().sqrt()
            whole = sorted(zip(parts, told), key=lambda pair: pair[0])
            for n, article in enumerate(some):
                rows, states, spans = zip(*(view for part, view in whole if part[0] == n))
                states = torch.cat(states)
                if kept:
                    states = (states - middle) @ basis
                views[article.id] = dict(words=torch.cat(rows), states=states.half(), spans=sum(spans, []))
            print(f'{begin + len(some)}/{len(articles)}', flush=True)
        torch.save(views, out)


def see(model, pieces, articles, part):
    """Of each window: its words' probabilities, their states, its attributions."""
    batch = data.batch([data.window(articles[n], a, b, pieces) for n, a, b in part])
    with torch.autocast('cpu', torch.bfloat16):
        states = model.states(batch)
    states = states.float()
    cue, whole = model.heads.cue(states).softmax(-1), model.heads.whole(states).softmax(-1)
    told = [(torch.cat([cue[n, :b - a], whole[n, :b - a]], 1).half(), states[n, :b - a].clone(), [])
            for n, (_, a, b) in enumerate(part)]
    found = [(n, *c) for n, (_, a, b) in enumerate(part) for c in decode_cues(cue[n, :b - a], 0.5)]
    if found:
        which, first, last = (torch.tensor([f[k] for f in found]) for k in range(3))
        scores = model.heads.pairs(states, (1 - cue[..., 0]) * batch['mask'], which, first, last, batch['sentence'], batch['mask'])
        labels, _ = model.heads.decode(scores)
        for (n, f, l, p), row in zip(found, labels.tolist()):
            _, start, end = part[n]
            own = runs(row[: end - start])
            w = lambda role: [[start + s, start + e] for r, s, e in own if r == role]
            told[n][2].append(dict(source=w('source'), cue=[[start + f, start + l + 1]], content=w('content')))
    return told


main(*sys.argv[1:])
