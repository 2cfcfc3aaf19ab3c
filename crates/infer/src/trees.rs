//! How probable, where one measure counts only beside another? Boosted trees whose nodes are data that people can read.

use crate::BadModel;

/// Trees whose leaves add up to log odds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trees {
    trees: Vec<Vec<Node>>,
    /// For each tree the least and the most that it and all after it can add.
    left: Vec<(f32, f32)>,
}

/// A node of a tree, in preorder; small, since hundreds of trees are asked for every pair.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Node {
    /// The next node if the value is at most the threshold, else the one at `right`.
    Split {
        feature: u16,
        threshold: f32,
        right: u16,
    },
    Leaf(f32),
}

impl Trees {
    /// Trees over `names`, one a line: nodes in preorder, parted by spaces; `name<=number` asks, `=number` answers;
    /// `#` opens a comment.
    ///
    /// # Errors
    /// A name that is not measured, a number that is none, a tree that does not end where its line ends.
    ///
    /// ```
    /// use onrecord_infer::Trees;
    /// let trees = Trees::parse("# a card\nheight<=1.5 =-1 width<=2 =0 =3", &["height", "width"]).unwrap();
    /// assert_eq!(trees.logit(&[1.0, 9.0]), -1.0);
    /// assert_eq!(trees.logit(&[2.0, 9.0]), 3.0);
    /// assert!(Trees::parse("height<=1.5 =-1", &["height"]).is_err());
    /// ```
    pub fn parse(text: &str, names: &[&str]) -> Result<Trees, BadModel> {
        let lines = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
        let trees: Vec<Vec<Node>> = lines.map(|line| tree(line, names)).collect::<Result<_, _>>()?;
        let mut left = vec![(0.0, 0.0); trees.len()];
        let (mut least, mut most) = (0.0, 0.0);
        for (tree, left) in trees.iter().zip(&mut left).rev() {
            let leaves =
                || tree.iter().filter_map(|n| if let Node::Leaf(value) = n { Some(*value) } else { None });
            least += leaves().fold(f32::INFINITY, f32::min);
            most += leaves().fold(f32::NEG_INFINITY, f32::max);
            *left = (least, most);
        }
        Ok(Trees { trees, left })
    }

    /// The log odds for values in the order of the names.
    pub fn logit(&self, values: &[f32]) -> f32 {
        self.trees.iter().map(|tree| answer(tree, values)).sum()
    }

    /// As [`Trees::logit`], but anything at or beyond one of the bounds once it is sure that the log odds lie there: the
    /// caller asks no further.
    pub fn logit_within(&self, values: &[f32], low: f32, high: f32) -> f32 {
        let mut sum = 0.0;
        for (trees, left) in self.trees.chunks(ASKED_AT_ONCE).zip(self.left.chunks(ASKED_AT_ONCE)) {
            let (least, most) = left[0];
            if sum + most < low - ROUNDING {
                return low;
            }
            if sum + least > high + ROUNDING {
                return high;
            }
            for tree in trees {
                sum += answer(tree, values);
            }
        }
        sum
    }

    /// What no values can exceed: the sum of each tree's greatest leaf.
    pub fn most(&self) -> f32 {
        self.left.first().map_or(0.0, |(_, most)| *most)
    }
}

/// Trees that are asked before it is looked whether the rest can still matter.
const ASKED_AT_ONCE: usize = 10;
/// Room for sums that were made in another order.
const ROUNDING: f32 = 1e-3;

fn answer(tree: &[Node], values: &[f32]) -> f32 {
    let mut at = 0;
    loop {
        match tree.get(at) {
            Some(Node::Split { feature, threshold, right }) => {
                let left = values.get(usize::from(*feature)).is_some_and(|value| value <= threshold);
                at = if left { at + 1 } else { usize::from(*right) };
            }
            Some(Node::Leaf(value)) => return *value,
            None => return 0.0, // a parsed tree always ends in a leaf
        }
    }
}

fn tree(line: &str, names: &[&str]) -> Result<Vec<Node>, BadModel> {
    let mut nodes = Vec::new();
    let mut open: Vec<usize> = Vec::new(); // splits whose right side is still to come
    let mut done = false;
    for word in line.split_whitespace() {
        if done {
            return Err(BadModel::new(format!("more after the tree: {word:?}")));
        }
        let number = |text: &str| {
            text.parse::<f32>().map_err(|_| BadModel::new(format!("{word:?}: {text:?} is no number")))
        };
        if let Some(value) = word.strip_prefix('=') {
            nodes.push(Node::Leaf(number(value)?));
            match open.pop() {
                Some(split) => {
                    let too_long = |_| BadModel::new("a tree of too many nodes".to_owned());
                    let here = u16::try_from(nodes.len()).map_err(too_long)?;
                    if let Some(Node::Split { right, .. }) = nodes.get_mut(split) {
                        *right = here;
                    }
                }
                None => done = true,
            }
        } else {
            let (name, threshold) = word
                .split_once("<=")
                .ok_or_else(|| BadModel::new(format!("{word:?} neither asks nor answers")))?;
            let feature = names.iter().position(|known| *known == name);
            let feature = feature.and_then(|feature| u16::try_from(feature).ok());
            let feature =
                feature.ok_or_else(|| BadModel::new(format!("{name}: nothing of this name is measured")))?;
            open.push(nodes.len());
            nodes.push(Node::Split { feature, threshold: number(threshold)?, right: 0 });
        }
    }
    if done { Ok(nodes) } else { Err(BadModel::new("a tree without its end".to_owned())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_beyond_the_bounds_is_not_asked_to_the_end() {
        let lines: Vec<String> = (0..40).map(|n| format!("a<={n} =-1 =1")).collect();
        let trees = Trees::parse(&lines.join("\n"), &["a"]).unwrap();
        assert_eq!((trees.most(), trees.logit(&[100.0]), trees.logit(&[-1.0])), (40.0, 40.0, -40.0));
        for a in [-1.0, 7.5, 20.5, 100.0] {
            let (sure, asked) = (trees.logit(&[a]), trees.logit_within(&[a], -5.0, 5.0));
            assert_eq!(sure.clamp(-5.0, 5.0), asked.clamp(-5.0, 5.0), "{a}");
        }
    }

    #[test]
    fn a_tree_that_does_not_end_or_goes_on_is_refused() {
        let parse = |text: &str| Trees::parse(text, &["a", "b"]).is_ok();
        assert!(parse("=1") && parse("a<=0 b<=1 =1 =2 =3") && parse(""));
        for bad in ["a<=0", "a<=0 =1", "=1 =2", "c<=0 =1 =2", "a<=x =1 =2", "a =1 =2"] {
            assert!(!parse(bad), "{bad}");
        }
    }
}
