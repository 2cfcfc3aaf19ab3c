"""The pieces that a small reader keeps: vocab.py VOCAB.txt N WORDS.txt… > KEPT.txt

All single characters, and of the rest the most frequent in the texts given (JSON lines with `text`, CoNLL-U or plain)."""
import collections, json, sys
from tokenizers import BertWordPieceTokenizer

vocab, n = open(sys.argv[1]).read().splitlines(), int(sys.argv[2])
tokenizer, counts = BertWordPieceTokenizer({piece: i for i, piece in enumerate(vocab)}, lowercase=True), collections.Counter()
for path in sys.argv[3:]:
    for line in open(path):
        if line.startswith('{'):
            line = json.loads(line)['text']
        elif line[:1].isdigit() and '\t' in line:
            line = line.split('\t')[1]
        counts.update(tokenizer.encode(line, add_special_tokens=False).ids)
must = [i for i, piece in enumerate(vocab)
        if piece in ('[PAD]', '[UNK]', '[CLS]', '[SEP]') or len(piece.removeprefix('##')) == 1]
taken = set(must)
best = [i for i, _ in counts.most_common() if i not in taken]
taken |= set(best)
# Pieces that no text holds come in MiniLM's own order, which is by frequency.
best += [i for i in range(1996, len(vocab)) if i not in taken]
kept = sorted(set(must + best[: n - len(must)]))
print('\n'.join(vocab[i] for i in kept))
