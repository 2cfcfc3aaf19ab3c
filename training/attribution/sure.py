"""How sure is an attribution? Fits the weights of crates/quote/src/find/sure.rs and draws how well they hold.

    python sure.py POLNEAR.jsonl TOLD.jsonl [CURVE.svg]

TOLD is what `dump-features` prints. Right is what overlaps an attribution's content and its source (or neither has
one). The articles are dealt into five parts; each is told by weights that were fitted on the others.
"""
import json, math, sys


def fit(rows, rounds=60):
    """Logistic regression by Newton's method with a small ridge."""
    n = len(rows[0][0])
    w = [0.0] * n
    for _ in range(rounds):
        g, h = [-0.5 * x for x in w], [[0.5 * (i == j) for j in range(n)] for i in range(n)]
        for x, y in rows:
            p = sigmoid(dot(w, x))
            for i in range(n):
                g[i] += (y - p) * x[i]
                for j in range(n):
                    h[i][j] += p * (1 - p) * x[i] * x[j]
        step = solve(h, g)
        w = [a + b for a, b in zip(w, step)]
        if max(map(abs, step)) < 1e-6:
            break
    return w


def dot(a, b):
    return sum(x * y for x, y in zip(a, b))


def sigmoid(x):
    return 1 / (1 + math.exp(-max(-30, min(30, x))))


def solve(a, b):
    n = len(b)
    a = [row[:] + [y] for row, y in zip(a, b)]
    for i in range(n):
        best = max(range(i, n), key=lambda k: abs(a[k][i]))
        a[i], a[best] = a[best], a[i]
        for k in range(n):
            if k != i:
                f = a[k][i] / a[i][i]
                a[k] = [x - f * y for x, y in zip(a[k], a[i])]
    return [a[i][n] / a[i][i] for i in range(n)]


def main(gold, told, svg=None):
    chars = lambda spans: {i for a, b in spans for i in range(a, b)}
    wanted = {d['doc_id']: [[chars(q[r]) for r in ('source', 'cue', 'content')] for q in d['attributions']]
              for d in map(json.loads, open(gold))}
    articles = []
    for line in map(json.loads, open(told)):
        rows = []
        for found in line['told']:
            s, _, c = (chars(found[r]) for r in ('source', 'cue', 'content'))
            right = any(c & z and (s & x or not (s or x)) for x, _, z in wanted[line['id']])
            rows.append((found['features'], float(right)))
        articles.append(rows)
    print('weights ' + ','.join(f'{w:.3f}' for w in fit([r for rows in articles for r in rows])))
    seen = []
    for part in range(5):
        w = fit([r for n, rows in enumerate(articles) if n % 5 != part for r in rows])
        seen += [(sigmoid(dot(w, x)), y) for n, rows in enumerate(articles) if n % 5 == part for x, y in rows]
    for enough in (0.3, 0.4, 0.45, 0.5, 0.6, 0.9):
        kept = [y for p, y in seen if p >= enough]
        print(f'from {enough}: {len(kept)} of {len(seen)}, right {sum(kept) / len(kept):.3f}')
    bins = []
    for n in range(10):
        own = [(p, y) for p, y in seen if n / 10 <= p < (n + 1) / 10 or n == 9 and p == 1]
        if own:
            bins.append((sum(p for p, _ in own) / len(own), sum(y for _, y in own) / len(own), len(own)))
            print('  told %.2f right %.2f of %d' % bins[-1])
    if svg:
        open(svg, 'w').write(draw(bins))


def draw(bins):
    x, y = lambda p: 50 + p * 300, lambda p: 320 - p * 300
    most = max(n for *_, n in bins)
    out = ['<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 380 370" font-family="sans-serif" font-size="11">',
           '<title>Confidence against the share of attributions that are right</title>',
           '<rect width="380" height="370" fill="white"/>']
    for tick in (0, .2, .4, .6, .8, 1):
        out.append(f'<text x="{x(tick):.0f}" y="336" text-anchor="middle">{tick:.1f}</text>'
                   f'<text x="44" y="{y(tick) + 4:.0f}" text-anchor="end">{tick:.1f}</text>')
    out.append(f'<path d="M{x(0)} {y(1)}V{y(0)}H{x(1)}" fill="none" stroke="black"/>'
               f'<path d="M{x(0)} {y(0)}L{x(1)} {y(1)}" stroke="#999" stroke-dasharray="4 4"/>')
    out.append('<path d="M' + 'L'.join(f'{x(p):.0f} {y(r):.0f}' for p, r, _ in bins) + '" fill="none" stroke="#06c"/>')
    for p, r, n in bins:
        out.append(f'<circle cx="{x(p):.0f}" cy="{y(r):.0f}" r="{2 + 8 * math.sqrt(n / most):.1f}" fill="#06c" fill-opacity=".6"/>'
                   f'<text x="{x(p) + 8:.0f}" y="{y(r) + 14:.0f}">{n}</text>')
    out.append('<text x="200" y="358" text-anchor="middle">confidence (the number of attributions beside each point)</text>'
               '<text x="14" y="170" transform="rotate(-90 14 170)" text-anchor="middle">share that is right</text></svg>\n')
    return '\n'.join(out)


main(*sys.argv[1:])
