"""What words of elements and texts say, each site counting once, and never a site about itself."""
import numpy as np

STEP, PRIOR, K, LEAST = 0.05, 0.3, 2.0, 3


class Bearers:
    """Words of many bearers (elements or texts): flat arrays, with the site and page of each bearer."""

    def __init__(self, words, sites, least=LEAST):
        self.least = least
        self.n = len(words)
        self.len = np.array([len(w) for w in words])
        flat = np.concatenate([np.array(w, dtype=np.uint32) for w in words if len(w)]) if self.len.sum() else np.zeros(0, np.uint32)
        self.vocabulary, self.word = np.unique(flat, return_inverse=True)
        self.bearer = np.repeat(np.arange(self.n), self.len)
        self.site = np.asarray(sites)[self.bearer]
        self.bearer_site = np.asarray(sites)

    def learn(self, y, weight):
        """Rates of each (site, word), from each bearer's share y of article and its weight."""
        pair = self.site.astype(np.int64) * len(self.vocabulary) + self.word
        self.pairs, inverse = np.unique(pair, return_inverse=True)
        ws = np.bincount(inverse, weights=weight[self.bearer])
        wy = np.bincount(inverse, weights=(weight * y)[self.bearer])
        self.rate = np.where(ws > 0, wy / np.maximum(ws, 1e-9), -1.0)
        self.pair_site, self.pair_word = self.pairs // len(self.vocabulary), self.pairs % len(self.vocabulary)
        self.own = np.searchsorted(self.pairs, pair)

    def table(self, train_sites):
        """Sum of rates and number of sites for each word, over the training sites."""
        ok = train_sites[self.pair_site] & (self.rate >= 0)
        n = np.bincount(self.pair_word[ok], minlength=len(self.vocabulary)).astype(float)
        r = np.bincount(self.pair_word[ok], weights=self.rate[ok], minlength=len(self.vocabulary))
        return r, n

    @staticmethod
    def steps(r, n):
        p = (r + K * PRIOR) / (n + K)
        return np.clip(np.round((np.log(p / (1 - p)) - np.log(PRIOR / (1 - PRIOR))) / STEP), -127, 127)

    def apply(self, r, n, train_sites):
        """Low, high and mean of each bearer's known words, its own site left out."""
        rate = self.rate[self.own]
        own = train_sites[self.site] & (rate >= 0)
        rr, nn = r[self.word] - np.where(own, rate, 0), n[self.word] - own
        steps = self.steps(rr, nn)
        known = (nn >= self.least) & (np.abs(steps) >= 4)
        odds = steps * STEP
        low, high, total, count = np.full(self.n, np.inf), np.full(self.n, -np.inf), np.zeros(self.n), np.zeros(self.n)
        b = self.bearer[known]
        np.minimum.at(low, b, odds[known]); np.maximum.at(high, b, odds[known])
        total += np.bincount(b, weights=odds[known], minlength=self.n); count += np.bincount(b, minlength=self.n)
        none = count == 0
        low[none] = high[none] = 0
        return np.stack([low, high, total / np.maximum(count, 1)], 1).astype(np.float32)

    def export(self, r, n):
        """The table that is shipped: words met on enough sites that say something."""
        keep = (n >= self.least) & (np.abs(self.steps(r, n)) >= 4)
        return self.vocabulary[keep], self.steps(r, n)[keep].astype(np.int8)
