"""What a reader makes of a text, word by word, for the binary to be held to: same.py READER.pt TEXT.jsonl WORDS.jsonl

A line for each word: the word, its pieces, the probabilities that it is outside of a cue, begins one, goes on in one.
Then a line for each cue: `cue`, its first and last word, the parts of all words.
"""
import sys
import torch
import data
from decode import decode_cues
from model import load

torch.set_num_threads(1)


@torch.no_grad()
def main(reader, text, words):
    model, vocab = load(reader)
    pieces = data.Pieces(vocab)
    article = data.load(text, words, pieces)[0]
    batch = data.batch([data.window(article, 0, len(article.words), pieces)])
    states = model.states(batch)
    cue = model.heads.cue(states).softmax(-1)
    for word, own, p in zip(article.words, article.pieces, cue[0].tolist()):
        print(article.text[word[0]:word[1]], ' '.join(map(str, own)), ' '.join(f'{x:.3f}' for x in p), sep='\t')
    found = decode_cues(cue[0], 0.5)
    first, last = (torch.tensor([c[k] for c in found]) for k in range(2))
    which = torch.zeros(len(found), dtype=torch.long)
    scores = model.heads.pairs(states, 1 - cue[..., 0], which, first, last, batch['sentence'], batch['mask'])
    for (a, b, _), labels in zip(found, model.heads.decode(scores)[0].tolist()):
        print('cue', f'{a} {b}', ' '.join(map(str, labels)), sep='\t')


main(*sys.argv[1:])
