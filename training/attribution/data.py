"""Articles as windows of pieces.

Input: lines of `dump-words` beside the articles that they were made of. A window holds whole paragraphs where they
fit, each ended by [SEP]; a longer one is cut between words, at the first word of a sentence where there is one.
"""
import json, random
import torch
from tokenizers import BertWordPieceTokenizer

OPENS = 2  # first word of its sentence, as crates/quote/src/find/words.rs has it


class Pieces:
    """Words as numbers of pieces; `vocab` lists the pieces, [PAD] first."""

    def __init__(self, vocab):
        numbers = {piece: n for n, piece in enumerate(vocab)}
        self.tokenizer, self.known = BertWordPieceTokenizer(numbers, lowercase=True), {}
        self.unknown, self.cls, self.sep = (numbers[piece] for piece in ('[UNK]', '[CLS]', '[SEP]'))

    def of(self, word):
        ids = self.known.get(word)
        if ids is None:
            ids = self.known[word] = self.tokenizer.encode(word, add_special_tokens=False).ids[:16] or [self.unknown]
        return ids


class Article:
    def __init__(self, text, line, pieces):
        self.id, self.text, self.spans = line['id'], text, line['spans']
        self.words = line['words']
        self.soft, self.states, self.labelled = None, None, True
        self.pieces = [pieces.of(text[w[0]:w[1]]) for w in self.words]


def load(articles, words, pieces):
    out = []
    with open(articles) as a, open(words) as w:
        for article, line in zip(a, w):
            line = json.loads(line)
            if line['words']:
                out.append(Article(json.loads(article)['text'], line, pieces))
    return out


def soften(articles, path, spans=False):
    """Adds a teacher's view: each word's probabilities [W, 3 + 7] and state [W, H], and where there is no gold its
    attributions."""
    soft = torch.load(path)
    for article in articles:
        article.soft, article.states = soft[article.id]['words'], soft[article.id]['states']
        if spans:
            article.spans, article.labelled = soft[article.id]['spans'], False


def windows(article, most, offset=0):
    """Ranges of words, each of at most `most` pieces with its [CLS] and [SEP]s; the first at most `most - offset`."""
    words, ranges = article.words, []
    start, size, room = 0, 1, most - offset
    cut = soft = None  # the last ends of a paragraph and of a sentence in the window
    at, n = 0, len(words)
    while at < n:
        ends = at + 1 == n or words[at + 1][2] != words[at][2]
        cost = len(article.pieces[at]) + (1 if ends else 0)
        if size + cost + 1 > room and at > start:
            end = cut if cut and (at - cut) * 2 < at - start else soft or cut or at
            ranges.append((start, end))
            start, size, room, cut, soft, at = end, 1, most, None, None, end
            continue
        size += cost
        at += 1
        if ends:
            cut = at
        elif words[at][4] & OPENS:
            soft = at
    ranges.append((start, n))
    return ranges


def swap_marks(article, rng):
    """Other marks for the same words, as other outlets set them: the map from characters to characters."""
    style = rng.random()
    if style < 0.08:
        return {'“': '‘', '”': '’', '"': "'"}
    if style < 0.2:
        return {'“': '"', '”': '"', '‘': "'", '’': "'"}
    if style < 0.3:
        return {}
    return None


def window(article, start, end, pieces, marks=None):
    ids, tags, looks, first, sentence = [pieces.cls], [0], [0], [], []
    s = 0
    for at in range(start, end):
        w = article.words[at]
        if w[4] & OPENS and at > start:
            s += 1
        sentence.append(s)
        first.append(len(ids))
        own = article.pieces[at]
        if marks:
            text = article.text[w[0]:w[1]]
            if text in marks:
                own = pieces.of(marks[text])
        for piece in own:
            ids.append(piece), tags.append(w[3] + 1), looks.append(w[4])
        if at + 1 == end or article.words[at + 1][2] != w[2]:
            ids.append(pieces.sep), tags.append(0), looks.append(0)
    cues = []
    whole = [0] * (end - start)
    cue = [0] * (end - start)
    for span in article.spans:
        if len(span['cue']) != 1 or not (start <= span['cue'][0][0] and span['cue'][0][1] <= end):
            for role, label in (('source', 1), ('cue', 3), ('content', 5)):
                paint(whole, span[role], start, end, label)
            continue
        a, b = span['cue'][0]
        labels = [0] * (end - start)
        for role, label in (('source', 1), ('content', 3)):
            paint(labels, span[role], start, end, label)
        # Parts that overlap their cue or one another give way, so that the labels make a path.
        labels[a - start:b - start] = [0] * (b - a)
        for at, label in enumerate(labels):
            if label in (2, 4) and (at == 0 or labels[at - 1] not in (label, label - 1)):
                labels[at] = label - 1
        for role, label in (('source', 1), ('cue', 3), ('content', 5)):
            paint(whole, span[role], start, end, label)
        paint(cue, span['cue'], start, end, 1)
        cues.append((a - start, b - 1 - start, labels))
    soft = None if article.soft is None else article.soft[start:end].float()
    return dict(ids=ids, tags=tags, looks=looks, first=first, sentence=sentence, cue=cue, whole=whole, cues=cues,
                soft=soft, states=None if article.states is None else article.states[start:end],
                labelled=article.labelled)


def paint(labels, spans, start, end, label):
    for a, b in spans:
        for at in range(max(a, start), min(b, end)):
            labels[at - start] = label if at == a or at == start else label + 1


def batch(items):
    t, w = max(len(i['ids']) for i in items), max(len(i['first']) for i in items)
    pad = lambda key, n: torch.tensor([i[key] + [0] * (n - len(i[key])) for i in items])
    out = dict(pieces=pad('ids', t), tags=pad('tags', t), looks=pad('looks', t), first=pad('first', w),
               sentence=pad('sentence', w), cue=pad('cue', w), whole=pad('whole', w))
    out['mask'] = torch.tensor([[j < len(i['first']) for j in range(w)] for i in items])
    cues = [(n, a, b, labels + [0] * (w - len(labels))) for n, i in enumerate(items) for a, b, labels in i['cues']]
    out['which'], out['from'], out['to'] = (torch.tensor([c[k] for c in cues], dtype=torch.long) for k in range(3))
    out['parts'] = torch.tensor([c[3] for c in cues], dtype=torch.long).view(len(cues), w)
    if any(i['soft'] is not None for i in items):
        none = torch.zeros(0, 10)
        soft = [none if i['soft'] is None else i['soft'] for i in items]
        out['soft'] = torch.stack([torch.nn.functional.pad(s, (0, 0, 0, w - len(s))) for s in soft])
        out['states'] = torch.cat([i['states'] for i in items if i['states'] is not None])
        out['taught'] = out['mask'] & torch.tensor([i['states'] is not None for i in items])[:, None]
        # How much is learned from the teacher's probabilities rather than from gold.
        share = [0. if i['soft'] is None else 0.5 if i['labelled'] else 1. for i in items]
        out['share'] = torch.tensor(share)[:, None].expand(-1, w)
    return out
