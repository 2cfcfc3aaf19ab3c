"""A reader's weights as one file that the binary reads.

    python export.py reader.pt vocab.txt reader.bin [--name NAME]

Matrices become bytes with a scale for each row (the output channel of a layer, the piece of a vocabulary); all else
stays float. `vocab.txt` is read where the checkpoint brings no vocabulary of its own.
`crates/infer/src/encoder/file.rs` tells the form.
"""
import argparse, struct
import torch

p = argparse.ArgumentParser()
p.add_argument('reader')
p.add_argument('vocab')
p.add_argument('out')
p.add_argument('--name', default='reader')
p.add_argument('--sure', default='-1.422,0.507,0.199,-1.726,0.431,0.016,0.313,0.356,0.289,0.678',
               help='weights that sure.py fitted; those of the accurate reader to begin with')
p.add_argument('--window', type=int, default=256, help='pieces of a window in training')
args = p.parse_args()
torch.set_num_threads(1)
checkpoint = torch.load(args.reader, map_location='cpu')
state = {name: value.float() for name, value in checkpoint['state'].items()}
vocab = checkpoint.get('vocab') or open(args.vocab, encoding='utf8').read().splitlines()
assert len(vocab) == state['encoder.words.weight'].shape[0] and '\n' not in ''.join(vocab)

tables = []


def put(name, kind, height, width, data):
    name = name.encode()
    tables.append(struct.pack('<I', len(name)) + name + struct.pack('<III', kind, height, width) + data)


def floats(name, value):
    value = value.contiguous()
    height = value.shape[0] if value.dim() > 1 else 1
    put(name, 0, height, value.numel() // height, value.numpy().tobytes())


def rows(name, value):
    scale = (value.abs().amax(1) / 127).clamp(min=1e-20)
    # The scale that loses least of a row, of a few below the largest.
    best, least = scale, None
    for share in (1.0, 0.95, 0.9, 0.85, 0.8):
        s = scale * share
        lost = ((value / s[:, None]).round().clamp(-127, 127) * s[:, None] - value).square().sum(1)
        best = s if least is None else torch.where(lost < least, s, best)
        least = lost if least is None else torch.minimum(least, lost)
    scale = best
    bytes_ = (value / scale[:, None]).round().clamp(-127, 127).to(torch.int8)
    put(name, 1, *value.shape, scale.numpy().tobytes() + bytes_.numpy().tobytes())


letters = '\n'.join(vocab).encode()
put('vocabulary', 2, 1, len(letters), letters)
floats('sure', torch.tensor([float(w) for w in args.sure.split(',')]))
floats('window', torch.tensor([float(args.window)]))
put('name', 2, 1, len(args.name.encode()), args.name.encode())
state['encoder.places.weight'] = state['encoder.places.weight'] + state.pop('encoder.kind')
state['heads.steps'] = state['heads.steps'] + state.pop('heads.barred')
start = state['heads.start']
start[[2, 4]] += -1e4
for name, value in sorted(state.items()):
    byte = value.dim() == 2 and (
        name in ('encoder.words.weight', 'encoder.places.weight')
        or name.startswith('encoder.layers.')
        or name in ('heads.word.weight', 'heads.mix.weight'))
    if name == 'heads.around.weight':
        value = value[:, 0].t()  # [kernel, d]
    (rows if byte else floats)(name, value)
with open(args.out, 'wb') as f:
    f.write(b'ONRECORD' + struct.pack('<II', 1, len(tables)) + b''.join(tables))
