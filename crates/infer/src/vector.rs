//! Which vector? Sparse vectors over term numbers, and how alike two of them are.

/// A sparse vector: term numbers in ascending order, each once, with positive weights, of length 1 (or empty).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Vector {
    entries: Vec<(u32, f32)>,
}

impl Vector {
    /// From weights in any order; a term given twice counts with the sum; scaled to length 1.
    pub fn new(mut weights: Vec<(u32, f32)>) -> Vector {
        weights.sort_unstable_by_key(|(term, _)| *term);
        let mut entries: Vec<(u32, f32)> = Vec::with_capacity(weights.len());
        for (term, weight) in weights {
            match entries.last_mut() {
                Some(last) if last.0 == term => last.1 += weight,
                _ => entries.push((term, weight)),
            }
        }
        let norm = entries.iter().map(|(_, w)| w * w).sum::<f32>().sqrt();
        if norm > 0.0 {
            entries.iter_mut().for_each(|(_, w)| *w /= norm);
        }
        Vector { entries }
    }

    /// Terms with weights, ascending by term.
    pub fn entries(&self) -> &[(u32, f32)] {
        &self.entries
    }

    /// Whether there is no term.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The cosine of the angle between the two, 0.0 to 1.0; 0.0 if either is empty.
    ///
    /// ```
    /// use onrecord_infer::Vector;
    /// let (a, b) = (Vector::new(vec![(1, 3.0)]), Vector::new(vec![(2, 4.0), (1, 3.0)]));
    /// assert!((a.cosine(&b) - 0.6).abs() < 1e-6);
    /// ```
    pub fn cosine(&self, other: &Vector) -> f32 {
        let (a, b) = (self.entries.as_slice(), other.entries.as_slice());
        let (mut at, mut bt, mut dot) = (0, 0, 0.0);
        let (small, large) = if a.len() <= b.len() { (a, b) } else { (b, a) };
        if small.len() * 8 < large.len() {
            let found = small
                .iter()
                .filter_map(|(term, w)| Some((w, large.binary_search_by_key(term, |entry| entry.0).ok()?)));
            return found.map(|(w, idx)| w * large[idx].1).sum::<f32>().min(1.0);
        }
        while let (Some((ta, wa)), Some((tb, wb))) = (a.get(at), b.get(bt)) {
            dot += if ta == tb { wa * wb } else { 0.0 }; // no branches: which is less is chance
            at += usize::from(ta <= tb);
            bt += usize::from(tb <= ta);
        }
        dot.min(1.0)
    }

    /// The `n` heaviest terms, heaviest first; equal weights by term.
    pub fn heaviest(&self, n: usize) -> Vec<(u32, f32)> {
        let mut entries = self.entries.clone();
        let order = |a: &(u32, f32), b: &(u32, f32)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
        if entries.len() > n {
            entries.select_nth_unstable_by(n, order);
            entries.truncate(n);
        }
        entries.sort_unstable_by(order);
        entries
    }

    /// Terms of both with the product of their weights, heaviest first.
    pub fn shared(&self, other: &Vector) -> Vec<(u32, f32)> {
        let mut shared: Vec<(u32, f32)> = self
            .entries
            .iter()
            .filter_map(|(term, w)| {
                let idx = other.entries.binary_search_by_key(term, |e| e.0).ok()?;
                Some((*term, w * other.entries[idx].1))
            })
            .collect();
        shared.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        shared
    }

    /// The direction of the sum of vectors.
    pub fn mean<'v>(vectors: impl IntoIterator<Item = &'v Vector>) -> Vector {
        Vector::new(vectors.into_iter().flat_map(|v| v.entries.iter().copied()).collect())
    }
}

/// A vector of counted terms: (1 + ln count) × `weight(term)`; terms of no weight are left out.
pub fn weighted(mut terms: Vec<u32>, weight: impl Fn(u32) -> f32) -> Vector {
    terms.sort_unstable();
    let entries =
        terms.chunk_by(|a, b| a == b).map(|run| (run[0], (1.0 + (run.len() as f32).ln()) * weight(run[0])));
    Vector::new(entries.filter(|(_, w)| *w > 0.0).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn like_vectors_have_cosine_one_and_strangers_none() {
        let a = Vector::new(vec![(3, 1.0), (9, 2.0)]);
        assert!((a.cosine(&a) - 1.0).abs() < 1e-6);
        assert_eq!(a.cosine(&Vector::new(vec![(4, 1.0)])), 0.0);
        assert_eq!(a.cosine(&Vector::default()), 0.0);
    }

    #[test]
    fn counts_weigh_by_their_logarithm() {
        let v = weighted(vec![7, 5, 7], |term| if term == 7 { 1.0 } else { 0.0 });
        assert_eq!(v.entries(), [(7, 1.0)]);
    }
}
