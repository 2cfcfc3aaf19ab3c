"""Trains a reader: see README.md for the command. The same seed, data and number of threads give the same weights."""
import argparse, json, os, random, subprocess, sys, time
import torch, torch.nn.functional as F
import data
from decode import read
from model import Reader, load, minilm, mpnet, save, start_from

p = argparse.ArgumentParser()
p.add_argument('--polnear', required=True)
p.add_argument('--words', required=True, help='folder of {train,dev}.words.jsonl by dump-words')
p.add_argument('--minilm', required=True)
p.add_argument('--out', required=True)
p.add_argument('--layers', default='0,1,2,3,4,5')
p.add_argument('--inner', type=int, default=1536)
p.add_argument('--heads', type=int, default=12)
p.add_argument('--d', type=int, default=128)
p.add_argument('--mpnet', default='', help="folder of all-mpnet-base-v2, for a teacher twice as wide")
p.add_argument('--vocab', default='', help='the pieces to keep (vocab.py), one a line; all of MiniLM\'s if none')
p.add_argument('--epochs', type=int, default=6)
p.add_argument('--window', type=int, default=256)
p.add_argument('--windows', type=int, default=8, help='windows a step')
p.add_argument('--rate', type=float, default=2e-4)
p.add_argument('--heads-rate', type=float, default=6, help='of the heads, for one of the encoder')
p.add_argument('--articles', type=int, default=10**9)
p.add_argument('--threads', type=int, default=2)
p.add_argument('--seed', type=int, default=1)
p.add_argument('--soft', default='', help="a teacher's view of train (teach.py): words' probabilities")
p.add_argument('--teacher', default='', help='a trained reader to start from, instead of MiniLM')
p.add_argument('--plain', default='', help='articles without gold, NAME of NAME.jsonl, NAME.words.jsonl')
p.add_argument('--views', default='', help="a teacher's view of these (teach.py)")
p.add_argument('--share', type=int, default=1, help='of the articles without gold an epoch takes one in so many')
p.add_argument('--score', required=True)
args = p.parse_args()
if args.plain and not args.views:
    p.error('--plain wants --views')
torch.set_num_threads(args.threads)
torch.manual_seed(args.seed)
rng = random.Random(args.seed)
known = open(args.minilm + '/vocab.txt').read().splitlines()
vocab = open(args.vocab).read().splitlines() if args.vocab else known
pieces = data.Pieces(vocab)
train = data.load(f'{args.polnear}/train.jsonl', f'{args.words}/train.words.jsonl', pieces)[: args.articles]
if args.soft:
    data.soften(train, args.soft)
plain = []
if args.plain:
    plain = data.load(f'{args.plain}.jsonl', f'{args.plain}.words.jsonl', pieces)
    data.soften(plain, args.views, spans=True)
dev = data.load(f'{args.polnear}/dev.jsonl', f'{args.words}/dev.words.jsonl', pieces)
layers = [int(n) for n in args.layers.split(',')]
hidden = 768 if args.mpnet else 384
reader = Reader(len(layers), args.inner, args.d, len(vocab), args.heads, hidden=hidden)
larger_vocab = known
if args.teacher:
    larger, larger_vocab = load(args.teacher)
    larger = larger.state_dict()
else:
    larger = mpnet(args.mpnet, known) if args.mpnet else minilm(args.minilm + '/model.safetensors')
row = {piece: n for n, piece in enumerate(larger_vocab)}
start_from(reader, larger, layers, [row[piece] for piece in vocab])
os.makedirs(args.out, exist_ok=True)


def evaluate(model, name):
    path = f'{args.out}/{name}.jsonl'
    with open(path, 'w') as f:
        for line in read(model, dev, pieces, args.window):
            f.write(json.dumps(line) + '\n')
    print(subprocess.run([sys.executable, args.score, f'{args.polnear}/dev.jsonl', path], capture_output=True, text=True).stdout, flush=True)


# Where the teacher's states are of another width, a guess at them from ours.
taught = next((a.states.shape[1] for a in train + plain if a.states is not None), hidden)
guess = torch.nn.Linear(hidden, taught) if taught != hidden else torch.nn.Identity()
encoder = [p for n, p in reader.encoder.named_parameters() if not n.startswith(('tags', 'looks'))]
heads = list(reader.heads.parameters()) + list(guess.parameters()) + [reader.encoder.tags.weight, reader.encoder.looks.weight]
optimizer = torch.optim.AdamW([dict(params=encoder, lr=args.rate), dict(params=heads, lr=args.rate * args.heads_rate)], weight_decay=0.01)
peaks = [g['lr'] for g in optimizer.param_groups]
average = [p.detach().clone() for p in reader.parameters()]


def steps_of_epoch(epoch):
    items = []
    for article in train + plain[epoch % args.share::args.share]:
        marks = data.swap_marks(article, rng) if epoch else None
        for a, b in data.windows(article, args.window, rng.randrange(0, args.window // 2) if epoch else 0):
            items.append((article, a, b, marks))
    # Windows of like length together, so that little is padded.
    rng.shuffle(items)
    chunk = args.windows * 16
    batches = []
    for n in range(0, len(items), chunk):
        part = sorted(items[n:n + chunk], key=lambda i: i[2] - i[1])
        batches += [part[k:k + args.windows] for k in range(0, len(part), args.windows)]
    rng.shuffle(batches)
    return batches


total = args.epochs * len(steps_of_epoch(0))
step, begun, seen = 0, time.time(), 0
for epoch in range(args.epochs):
    sums = [0.] * 4
    for chosen in steps_of_epoch(epoch):
        reader.train()
        batch = data.batch([data.window(a, s, e, pieces, m) for a, s, e, m in chosen])
        done = step / total
        for group, peak in zip(optimizer.param_groups, peaks):
            group['lr'] = peak * min(1, done / 0.06) * max(0.02, 1 - max(0, done - 0.06) / 0.94)
        with torch.autocast('cpu', torch.bfloat16):
            states = reader.states(batch)
        states = states.float()
        cue = reader.heads.cue(reader.heads.drop(states))
        whole = reader.heads.whole(reader.heads.drop(states))
        mask = batch['mask']
        if 'soft' in batch:
            soft, share = batch['soft'][mask], batch['share'][mask]
            mixed = lambda scores, gold, soft: (share * F.cross_entropy(scores, soft, reduction='none')
                                                + (1 - share) * F.cross_entropy(scores, gold, reduction='none')).mean()
            cue_loss = mixed(cue[mask], batch['cue'][mask], soft[:, :3])
            whole_loss = mixed(whole[mask], batch['whole'][mask], soft[:, 3:])
        else:
            cue_loss = F.cross_entropy(cue[mask], batch['cue'][mask], label_smoothing=0.02)
            whole_loss = F.cross_entropy(whole[mask], batch['whole'][mask], label_smoothing=0.02)
        cued = (1 - cue.softmax(-1)[..., 0]).detach() * mask
        which, first, last, gold = (batch[k] for k in ('which', 'from', 'to', 'parts'))
        # Words that look like cues and are none: every part of theirs is outside.
        wrong = (cued > 0.15) & (batch['cue'] == 0) & mask
        if 'soft' in batch:
            wrong &= (batch['share'] < 1) | (batch['soft'][..., 0] > 0.85)
        wrong = wrong.nonzero()[torch.randperm(int(wrong.sum()))[: args.windows]]
        which, first, last = (torch.cat([x, wrong[:, k]]) for x, k in ((which, 0), (first, 1), (last, 1)))
        gold = torch.cat([gold, torch.zeros(len(wrong), gold.shape[1], dtype=torch.long)])
        if len(which):
            scores = reader.heads.pairs(states, cued, which, first, last, batch['sentence'], mask)
            pair_loss = reader.heads.loss(scores, gold).sum() / max(1, len(which))
        else:
            pair_loss = torch.zeros(())
        loss = 20 * cue_loss + 5 * whole_loss + pair_loss
        if 'states' in batch:
            loss = loss + (5 if taught == hidden else 2) * F.mse_loss(guess(states[batch['taught']]), batch['states'].float())
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(reader.parameters(), 10.)
        optimizer.step()
        step += 1
        keep = min(0.998, 1 - 1 / (step + 1))
        for mean, value in zip(average, reader.parameters()):
            mean.lerp_(value.detach(), 1 - keep)
        seen += int((batch['pieces'] > 0).sum())
        for k, value in enumerate((loss, cue_loss, whole_loss, pair_loss)):
            sums[k] += float(value)
        if step % 50 == 0:
            print(f'{step}/{total} {seen / (time.time() - begun):.0f} pieces/s loss', *(f'{s / 50:.3f}' for s in sums), f'{time.time() - begun:.0f}s', flush=True)
            sums = [0.] * 4
    mean = Reader(len(layers), args.inner, args.d, len(vocab), args.heads, hidden=hidden)
    mean.load_state_dict({**reader.state_dict(), **dict(zip([n for n, _ in reader.named_parameters()], average))})
    save(mean, f'{args.out}/reader.pt', layers, args.inner, args.heads, args.d, vocab, hidden)
    print('epoch', epoch, f'{time.time() - begun:.0f}s', flush=True)
    evaluate(mean, f'dev{epoch}')
