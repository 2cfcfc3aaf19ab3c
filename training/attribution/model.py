"""The attribution reader: an encoder with three heads.

Shapes: B windows, T pieces, W words, N cues, D width of the pair head.
- encoder: pieces with the looks and parts of speech of their words -> states [B, T, H]; a word's state is that of
  its first piece, [B, W, H].
- cue: which words are cues, labels outside, begin, inside.
- whole: what a word is to any attribution (outside, begin and inside of source, cue and content); a helper in
  training alone, and what tells sentences that surely hold nothing.
- pair: for each cue, what each word is to it: outside, begin and inside of source and content, decoded together
  by a linear-chain CRF.
`crates/quote/src/find/read` does the same in Rust.
"""
import json, math, struct
import torch, torch.nn as nn, torch.nn.functional as F

N_TAGS, N_LOOKS = 24, 32
CUE_LABELS, WHOLE_LABELS, PAIR_LABELS = 3, 7, 5
EDGES = [1, 2, 3, 4, 5, 7, 10, 14, 20, 30, 45, 70, 110]  # lower bounds of distances from the second bucket on
N_NEAR = 2 * (len(EDGES) + 1)
N_SENTENCES = 5  # two or more sentences before the cue's, one, the same, one behind, two or more
FAR = -1e4
HEAD = 32  # width of an attention head of MiniLM; MPNet's is twice that
NEARS, FARTHEST = 32, 128  # MPNet's buckets of distances between pieces, and the distance from which on all are one


def near(distance):
    """Bucket of a word's distance to the cue, in words: negative before it, positive behind it, 0 inside."""
    edges = torch.tensor(EDGES, device=distance.device)
    bucket = torch.bucketize(distance.abs(), edges, right=True)
    return torch.where(distance < 0, bucket + len(EDGES) + 1, bucket)


def apart(t):
    """MPNet's bucket [T, T] of the way from each piece (row) to each other."""
    at = torch.arange(t)
    back = at[:, None] - at[None]
    n, half, exact = back.abs(), NEARS // 2, NEARS // 4
    far = exact + ((n.clamp(min=1) / exact).log() / math.log(FARTHEST / exact) * (half - exact)).long()
    return (back < 0) * half + torch.where(n < exact, n, far.clamp(max=half - 1))


class Layer(nn.Module):
    def __init__(self, hidden, inner, heads, drop, head):
        super().__init__()
        self.heads, self.head = heads, head
        self.query, self.key, self.value = (nn.Linear(hidden, heads * head) for _ in range(3))
        self.out, self.norm = nn.Linear(heads * head, hidden), nn.LayerNorm(hidden, eps=1e-12)
        self.up, self.down = nn.Linear(hidden, inner), nn.Linear(inner, hidden)
        self.norm2 = nn.LayerNorm(hidden, eps=1e-12)
        self.drop = nn.Dropout(drop)

    def forward(self, x, mask):
        b, t, _ = x.shape
        split = lambda y: y.view(b, t, self.heads, self.head).transpose(1, 2)
        q, k, v = split(self.query(x)), split(self.key(x)), split(self.value(x))
        scores = q @ k.transpose(2, 3) * (1 / math.sqrt(self.head)) + mask
        y = (scores.softmax(-1).to(v.dtype) @ v).transpose(1, 2).reshape(b, t, self.heads * self.head)
        x = self.norm(x + self.drop(self.out(y)))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x), approximate='none'))))


class Encoder(nn.Module):
    def __init__(self, layers=6, hidden=384, inner=1536, heads=12, vocab=30522, places=512, drop=0.1, head=HEAD):
        super().__init__()
        self.words, self.places = nn.Embedding(vocab, hidden), nn.Embedding(places, hidden)
        self.kind = nn.Parameter(torch.zeros(hidden))
        self.tags, self.looks = nn.Embedding(N_TAGS, hidden), nn.Embedding(N_LOOKS, hidden)
        for table in (self.tags, self.looks):
            nn.init.zeros_(table.weight)
        self.norm, self.drop = nn.LayerNorm(hidden, eps=1e-12), nn.Dropout(drop)
        self.layers = nn.ModuleList(Layer(hidden, inner, heads, drop, head) for _ in range(layers))
        self.apart = nn.Embedding(NEARS, heads) if head != HEAD else None

    def forward(self, pieces, tags, looks, mask):
        """pieces, tags, looks: [B, T]; mask: [B, 1, 1, T], 0 where a piece stands and very low elsewhere."""
        places = self.places.weight[: pieces.shape[1]]
        x = self.words(pieces) + places + self.kind + self.tags(tags) + self.looks(looks)
        x = self.drop(self.norm(x))
        if self.apart is not None:
            mask = mask + self.apart.weight[apart(pieces.shape[1])].permute(2, 0, 1)
        for layer in self.layers:
            x = layer(x, mask)
        return x


class Heads(nn.Module):
    def __init__(self, hidden=384, d=128, kernel=7):
        super().__init__()
        self.cue = nn.Linear(hidden, CUE_LABELS)
        self.whole = nn.Linear(hidden, WHOLE_LABELS)
        self.word, self.first, self.last, self.gate = (nn.Linear(hidden, d) for _ in range(4))
        nn.init.zeros_(self.gate.weight), nn.init.zeros_(self.gate.bias)
        self.near, self.sentence = nn.Embedding(N_NEAR, d), nn.Embedding(N_SENTENCES, d)
        self.other = nn.Parameter(torch.zeros(d))
        self.around = nn.Conv1d(d, d, kernel, padding=kernel // 2, groups=d)
        self.mix = nn.Linear(d, d)
        self.pair = nn.Linear(d, PAIR_LABELS)
        self.steps = nn.Parameter(torch.zeros(PAIR_LABELS, PAIR_LABELS))
        barred = torch.zeros(PAIR_LABELS, PAIR_LABELS)
        for inside, begin in ((2, 1), (4, 3)):
            for before in range(PAIR_LABELS):
                if before not in (inside, begin):
                    barred[before, inside] = FAR
        self.register_buffer('barred', barred)
        self.start = nn.Parameter(torch.zeros(PAIR_LABELS))
        self.drop = nn.Dropout(0.1)

    def pairs(self, states, cued, which, first, last, sentence, mask):
        """Scores [N, W, 5] of each word's part in each cue.

        states [B, W, H]; cued [B, W] the probability that a word is in some cue; which, first, last [N] window
        and words of the cues; sentence [B, W]; mask [B, W] true where a word stands."""
        words = self.word(states)[which]
        ends = states[which, first], states[which, last]
        query = self.first(ends[0]) + self.last(ends[1])
        gate = 1 + self.gate(ends[0])
        at = torch.arange(states.shape[1])[None]
        distance = torch.where(at < first[:, None], at - first[:, None], (at - last[:, None]).clamp(min=0))
        apart = (sentence[which] - sentence[which, first][:, None]).clamp(-2, 2) + 2
        inside = (at >= first[:, None]) & (at <= last[:, None])
        z = words * gate[:, None] + query[:, None] + self.near(near(distance)) + self.sentence(apart)
        z = z + (cued[which] * ~inside)[..., None] * self.other
        z = F.relu(z) * mask[which][..., None]
        mixed = self.around(z.transpose(1, 2)).transpose(1, 2)
        z = z + F.relu(self.mix(mixed))
        scores = self.pair(self.drop(z)).float()
        outside = torch.zeros_like(scores)
        outside[..., 1:] = FAR
        return torch.where((inside | ~mask[which])[..., None], scores.detach() * 0 + outside, scores)

    def crf(self):
        start = self.start + torch.tensor([0, 0, FAR, 0, FAR])
        return self.steps + self.barred, start

    def loss(self, scores, gold):
        """Negative log-likelihood [N] of the labels gold [N, W]."""
        steps, start = self.crf()
        n, w, _ = scores.shape
        alpha = start + scores[:, 0]
        path = start[gold[:, 0]] + scores[:, 0].gather(1, gold[:, :1])[:, 0]
        path = path + scores[:, 1:].gather(2, gold[:, 1:, None])[..., 0].sum(1) + steps[gold[:, :-1], gold[:, 1:]].sum(1)
        for t in range(1, w):
            alpha = torch.logsumexp(alpha[:, :, None] + steps, 1) + scores[:, t]
        return torch.logsumexp(alpha, 1) - path

    @torch.no_grad()
    def decode(self, scores):
        """Best labels [N, W] and the probability [N] of the path."""
        steps, start = self.crf()
        n, w, k = scores.shape
        best = alpha = start + scores[:, 0]
        back = []
        for t in range(1, w):
            values, at = (best[:, :, None] + steps).max(1)
            back.append(at)
            best = values + scores[:, t]
            alpha = torch.logsumexp(alpha[:, :, None] + steps, 1) + scores[:, t]
        value, label = best.max(1)
        p = (value - torch.logsumexp(alpha, 1)).exp()
        labels = [label]
        for at in reversed(back):
            label = at.gather(1, label[:, None])[:, 0]
            labels.append(label)
        return torch.stack(labels[::-1], 1), p


class Reader(nn.Module):
    def __init__(self, layers=6, inner=1536, d=128, vocab=30522, heads=12, drop=0.1, hidden=384):
        super().__init__()
        head = HEAD if hidden == 384 else hidden // 12
        self.encoder = Encoder(layers, hidden, inner, heads, vocab, drop=drop, head=head)
        self.heads = Heads(hidden, d=d)

    def states(self, batch):
        """States of the words [B, W, H]."""
        mask = torch.where(batch['pieces'] == 0, FAR, 0.)[:, None, None]
        x = self.encoder(batch['pieces'], batch['tags'], batch['looks'], mask)
        at = batch['first'][..., None].expand(-1, -1, x.shape[-1])
        return x.gather(1, at)


def safetensors(path):
    """What reads a tensor of the file by its name."""
    raw = open(path, 'rb').read()
    size = struct.unpack('<Q', raw[:8])[0]
    head = json.loads(raw[8:8 + size])

    def get(name):
        entry = head[name]
        a, b = entry['data_offsets']
        return torch.frombuffer(bytearray(raw[8 + size + a:8 + size + b]), dtype=torch.float32).view(entry['shape'])

    return get


def mpnet(folder, known):
    """all-mpnet-base-v2's safetensors under our names, its pieces in the order of MiniLM's, `known`."""
    get = safetensors(folder + '/model.safetensors')
    row = {piece: n for n, piece in enumerate(open(folder + '/vocab.txt').read().splitlines())}
    special = {'[PAD]': '<pad>', '[CLS]': '<s>', '[SEP]': '</s>'}
    state = {'words.weight': get('embeddings.word_embeddings.weight')[[row[special.get(p, p)] for p in known]],
             'places.weight': get('embeddings.position_embeddings.weight')[2:],
             'apart.weight': get('encoder.relative_attention_bias.weight')}
    names = {'norm': 'embeddings.LayerNorm'}
    for n in range(12):
        for ours, name in (('query', 'attention.attn.q'), ('key', 'attention.attn.k'), ('value', 'attention.attn.v'),
                           ('out', 'attention.attn.o'), ('norm', 'attention.LayerNorm'),
                           ('norm2', 'output.LayerNorm'), ('up', 'intermediate.dense'), ('down', 'output.dense')):
            names[f'layers.{n}.{ours}'] = f'encoder.layer.{n}.{name}'
    for ours, name in names.items():
        for part in ('weight', 'bias'):
            state[f'{ours}.{part}'] = get(f'{name}.{part}')
    return {f'encoder.{name}': value for name, value in state.items()}


def minilm(path):
    """all-MiniLM-L6-v2's safetensors under our names."""
    get = safetensors(path)
    state = {'words.weight': get('embeddings.word_embeddings.weight'),
             'places.weight': get('embeddings.position_embeddings.weight'),
             'kind': get('embeddings.token_type_embeddings.weight')[0]}
    names = {'norm': 'embeddings.LayerNorm'}
    for n in range(6):
        for ours, name in (('query', 'attention.self.query'), ('key', 'attention.self.key'),
                           ('value', 'attention.self.value'), ('out', 'attention.output.dense'),
                           ('norm', 'attention.output.LayerNorm'), ('norm2', 'output.LayerNorm'),
                           ('up', 'intermediate.dense'), ('down', 'output.dense')):
            names[f'layers.{n}.{ours}'] = f'encoder.layer.{n}.{name}'
    for ours, name in names.items():
        for part in ('weight', 'bias'):
            state[f'{ours}.{part}'] = get(f'{name}.{part}')
    return {f'encoder.{name}': value for name, value in state.items()}


def start_from(reader, state, layers, rows):
    """Fills a reader from a larger one's weights (a reader's own, or MiniLM's, which have no heads), taking `layers`
    of its layers and `rows` of its pieces; where the reader is narrower, the attention heads, inner units and
    dimensions of the pair head that weigh most."""
    ours = reader.state_dict()

    def heaviest(weights, n):
        return weights.argsort(descending=True)[:n].sort()[0]

    given = {}
    for name, value in state.items():
        if name == 'encoder.words.weight':
            value = value[rows]
        if not name.startswith('encoder.layers.'):
            given[name] = value
    for at, n in enumerate(layers):
        layer = {name.split('.', 3)[3]: value for name, value in state.items() if name.startswith(f'encoder.layers.{n}.')}
        head = reader.encoder.layers[at].head
        weight = (layer['value.weight'].norm(dim=1) * layer['out.weight'].norm(dim=0)).view(-1, head).sum(1)
        keep = (heaviest(weight, reader.encoder.layers[at].heads)[:, None] * head + torch.arange(head)).flatten()
        for name in ('query', 'key', 'value'):
            for part in ('weight', 'bias'):
                layer[f'{name}.{part}'] = layer[f'{name}.{part}'][keep]
        layer['out.weight'] = layer['out.weight'][:, keep]
        weight = layer['up.weight'].norm(dim=1) * layer['down.weight'].norm(dim=0)
        keep = heaviest(weight, reader.encoder.layers[at].up.out_features)
        layer['up.weight'], layer['up.bias'] = layer['up.weight'][keep], layer['up.bias'][keep]
        layer['down.weight'] = layer['down.weight'][:, keep]
        given |= {f'encoder.layers.{at}.{name}': value for name, value in layer.items()}
    if 'heads.word.weight' in given:
        weight = given['heads.pair.weight'].norm(dim=0) * given['heads.word.weight'].norm(dim=1)
        keep = heaviest(weight, reader.heads.word.out_features)
        d = len(weight)
        for name in [name for name in given if name.startswith('heads.')]:
            for side in range(given[name].dim()):
                if given[name].shape[side] == d and ours[name].shape[side] != d:
                    given[name] = given[name].index_select(side, keep)
    reader.load_state_dict({**ours, **given})


def save(reader, path, layers, inner, heads, d, vocab, hidden=384):
    torch.save(dict(state=reader.state_dict(), layers=layers, inner=inner, heads=heads, d=d, vocab=vocab, hidden=hidden), path)


def load(path):
    """A saved reader, ready to read, and its pieces."""
    saved = torch.load(path)
    reader = Reader(len(saved['layers']), saved['inner'], saved['d'], len(saved['vocab']), saved['heads'],
                    hidden=saved.get('hidden', 384))
    reader.load_state_dict(saved['state'])
    return reader.eval(), saved['vocab']
