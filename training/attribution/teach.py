"""What a trained reader makes of articles, for another to learn from: teach.py READER.pt OUT.soft.pt ARTICLES.jsonl WORDS.jsonl"""
import sys
import torch
import data
from decode import decode_cues, runs
from model import load

torch.set_num_threads(2)

@torch.no_grad()
def main(reader, out, articles, words):
    model, vocab = load(reader)
    pieces = data.Pieces(vocab)
    views = {}
    for article in data.load(articles, words, pieces):
        rows, own_states, spans = [], [], []
        ranges = data.windows(article, 256)
        for at in range(0, len(ranges), 8):
            part = ranges[at:at + 8]
            batch = data.batch([data.window(article, a, b, pieces) for a, b in part])
            with torch.autocast('cpu', torch.bfloat16):
                states = model.states(batch)
            states = states.float()
            cue, whole = model.heads.cue(states).softmax(-1), model.heads.whole(states).softmax(-1)
            rows += [torch.cat([cue[n, :b - a], whole[n, :b - a]], 1).half() for n, (a, b) in enumerate(part)]
            own_states += [states[n, :b - a].half() for n, (a, b) in enumerate(part)]
            found = [(n, *c) for n, (a, b) in enumerate(part) for c in decode_cues(cue[n, :b - a], 0.5)]
            if not found:
                continue
            which, first, last = (torch.tensor([f[k] for f in found]) for k in range(3))
            scores = model.heads.pairs(states, (1 - cue[..., 0]) * batch['mask'], which, first, last, batch['sentence'], batch['mask'])
            labels, _ = model.heads.decode(scores)
            for (n, f, l, p), row in zip(found, labels.tolist()):
                start = part[n][0]
                own = runs(row[: part[n][1] - start])
                w = lambda role: [[start + s, start + e] for r, s, e in own if r == role]
                spans.append(dict(source=w('source'), cue=[[start + f, start + l + 1]], content=w('content')))
        views[article.id] = dict(words=torch.cat(rows), states=torch.cat(own_states), spans=spans)
    torch.save(views, out)


main(*sys.argv[1:])
