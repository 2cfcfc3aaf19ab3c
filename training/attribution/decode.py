"""Attributions from a reader's scores."""
import torch
import data


def read(model, articles, pieces, window, threshold=0.5):
    """Attributions of articles as word ranges, greedy by probability, none overlapping another."""
    model.eval()
    out = []
    with torch.no_grad():
        for article in articles:
            found = []
            for a, b in data.windows(article, window):
                batch = data.batch([data.window(article, a, b, pieces)])
                with torch.autocast('cpu', torch.bfloat16):
                    states = model.states(batch)
                states = states.float()
                probs = model.heads.cue(states)[0].softmax(-1)
                cues = decode_cues(probs, threshold)
                if not cues:
                    continue
                n = len(cues)
                which = torch.zeros(n, dtype=torch.long)
                first, last = (torch.tensor([c[k] for c in cues]) for k in range(2))
                scores = model.heads.pairs(states, 1 - probs[None, :, 0], which, first, last, batch['sentence'], batch['mask'])
                labels, path = model.heads.decode(scores)
                order = sorted(range(n), key=lambda i: -cues[i][2] * float(path[i]))
                taken = set()
                for i in order:
                    spans = runs(labels[i].tolist())
                    own = set(range(cues[i][0], cues[i][1] + 1))
                    for _, s, e in spans:
                        own |= set(range(s, e))
                    if not any(r == 'content' for r, _, _ in spans) or own & taken:
                        continue
                    taken |= own
                    w = lambda s, e: [article.words[a + s][0], article.words[a + e - 1][1]]
                    found.append(dict(source=[w(s, e) for r, s, e in spans if r == 'source'], cue=[w(cues[i][0], cues[i][1] + 1)],
                                      content=[w(s, e) for r, s, e in spans if r == 'content'], confidence=cues[i][2] * float(path[i])))
            out.append(dict(doc_id=article.id, text=article.text, attributions=found))
    return out


def decode_cues(probs, threshold):
    cues, at, n = [], 0, len(probs)
    p = probs.tolist()
    while at < n:
        if p[at][1] > max(p[at][2], 1e-9) and 1 - p[at][0] >= threshold or (1 - p[at][0] >= threshold and (at == 0 or 1 - p[at - 1][0] < threshold)):
            end = at + 1
            while end < n and p[end][2] >= threshold * 0.9 and p[end][2] >= p[end][1]:
                end += 1
            cues.append((at, end - 1, 1 - p[at][0]))
            at = end
        else:
            at += 1
    return cues


def runs(labels):
    spans = []
    for at, label in enumerate(labels):
        if label in (1, 3):
            spans.append(['source' if label == 1 else 'content', at, at + 1])
        elif label in (2, 4) and spans:
            spans[-1][2] = at + 1
    return spans
