//! In what do the renderings of a statement differ, taken together? One logistic model a type (`models/differs.tsv`).
//!
//! Each type weighs only what can bear on it ([`BEARS_ON`]): how long a rendering is says nothing about its verb.

use super::shades::Shade;
use super::view::View;
use crate::statements::telling::{Telling, Tellings};
use onrecord_infer::sigmoid;
use onrecord_terms::{Differs, Kind};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// What is measured of the renderings of one statement, by name.
pub const DIFFERS_FEATURES: &[&str] = &[
    "renderings",
    "articles",
    "title",
    "direct",
    "mixed",
    "indirect",
    "direct_indirect",
    "direct_mixed",
    "mixed_indirect",
    "all_direct",
    "all_indirect",
    "cue_class",
    "cue_classes",
    "cue_charged",
    "cue_charged_and_plain",
    "cue_verb",
    "cue_none",
    "cue_all_none",
    "cue_unknown",
    "cue_of_will",
    "overlap_least",
    "overlap_mean",
    "shared_least",
    "shared_most",
    "quoted_both",
    "quoted_least",
    "quoted_near",
    "quoted_shared_least",
    "left_out_most",
    "left_out_least",
    "added_most",
    "added_least",
    "length_ratio",
    "longest",
    "shortest",
    "modal_future",
    "modal_possible",
    "modal_able",
    "modal_ought",
    "modal_hedge",
    "modals_differ",
    "modals_disjoint",
    "modals_in_one",
    "condition_in_one",
    "condition_in_all",
    "figures",
    "figures_differ",
    "figures_disjoint",
    "figures_in_one",
    "vague_differ",
    "denied_in_one",
    "credit_without_name",
    "credit_without_name_in_one",
    "credit_without_name_in_all",
    "credit_other",
    "credit_own",
    "credit_mixed",
    "credit_two",
    "credit_pronoun",
    "body",
    "speakers_two",
    "speakers_named_and_not",
    "rule_verb",
    "rule_condition",
    "rule_modality",
    "rule_number",
    "rule_wording",
    "rule_scope",
    "rule_speaker",
];

/// How often, where and in which kinds it is told.
const KINDS: &[&str] = &["renderings", "articles", "title", "direct", "mixed", "indirect", "all_"];

/// How much of the words the tellings share.
const EXTENT: &[&str] =
    &["overlap", "shared", "quoted", "left_out", "added", "length", "longest", "shortest"];

/// The beginnings of the names of what bears on each type, in groups.
const BEARS_ON: &[(Differs, &[&[&str]])] = &[
    (Differs::Verb, &[KINDS, &["cue_", "rule_verb"]]),
    (
        Differs::Condition,
        &[&[
            "renderings",
            "articles",
            "direct_indirect",
            "mixed_indirect",
            "condition_",
            "cue_of_will",
            "left_out_most",
            "length_ratio",
            "denied",
            "modal",
            "rule_condition",
        ]],
    ),
    (
        Differs::Modality,
        &[
            KINDS,
            &[
                "modal",
                "cue_of_will",
                "cue_class",
                "cue_charged",
                "denied",
                "condition_in_one",
                "rule_modality",
            ],
        ],
    ),
    (Differs::Number, &[&["renderings", "articles", "all_indirect", "figures", "vague", "rule_number"]]),
    (
        Differs::Scope,
        &[KINDS, EXTENT, &["condition_in_one", "figures_in_one", "modals_in_one", "rule_scope"]],
    ),
    (
        Differs::Wording,
        &[KINDS, EXTENT, &["denied", "modals_differ", "figures", "cue_all_none", "rule_wording"]],
    ),
    (
        Differs::Speaker,
        &[&[
            "renderings",
            "articles",
            "title",
            "direct",
            "all_indirect",
            "cue_class",
            "cue_none",
            "cue_all_none",
            "credit",
            "body",
            "speakers",
            "rule_speaker",
        ]],
    ),
];

/// Whether what is measured bears on a type.
pub fn bears_on(kind: Differs, feature: &str) -> bool {
    let of_kind = BEARS_ON.iter().filter(|(of, _)| *of == kind);
    of_kind.flat_map(|(_, groups)| groups.iter().copied().flatten()).any(|head| feature.starts_with(head))
}

/// Least probability of a type that is named. With the event held out it gives three right of four, see the model's card.
const NAMED: f32 = 0.55;

/// Type → bias and weights in the order of [`DIFFERS_FEATURES`].
type Models = BTreeMap<Differs, (f32, Vec<f32>)>;

static MODELS: LazyLock<Models> = LazyLock::new(|| parse(include_str!("../../../models/differs.tsv")));

/// Lines of `type<TAB>name<TAB>weight`; what has no line weighs nothing.
fn parse(text: &str) -> Models {
    let mut models = Models::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let mut cells = line.split('\t');
        let (Some(kind), Some(name), Some(weight)) = (cells.next(), cells.next(), cells.next()) else {
            continue;
        };
        let (Some(kind), Ok(weight)) = (Differs::parse(kind), weight.parse::<f32>()) else { continue };
        let model = models.entry(kind).or_insert_with(|| (0.0, vec![0.0; DIFFERS_FEATURES.len()]));
        match DIFFERS_FEATURES.iter().position(|known| *known == name) {
            Some(idx) => model.1[idx] = weight,
            None => model.0 += if name == "bias" { weight } else { 0.0 },
        }
    }
    models
}

/// The types that are likely enough.
pub(super) fn named(values: &[f32]) -> BTreeSet<Differs> {
    let probability = |(bias, weights): &(f32, Vec<f32>)| {
        sigmoid(bias + weights.iter().zip(values).map(|(w, v)| w * v).sum::<f32>())
    };
    MODELS.iter().filter(|(_, model)| probability(model) >= NAMED).map(|(kind, _)| *kind).collect()
}

/// Words of two renderings, compared.
struct Between {
    /// Weight shared over the lighter's.
    overlap: f32,
    /// Weight shared over both together.
    shared: f32,
    /// Of words in marks where both have some: part of the fewer, and of both together.
    quoted: Option<(f32, f32)>,
}

/// What is measured, in the order of [`DIFFERS_FEATURES`]; `full` is the fullest, `rules` the types for which words were marked.
pub(super) fn values(
    tellings: &Tellings,
    each: &[&Telling],
    views: &[View],
    full: usize,
    rules: &BTreeSet<Differs>,
) -> Vec<f32> {
    let n = each.len() as f32;
    let flag = |yes: bool| f32::from(u8::from(yes));
    let articles: BTreeSet<usize> = each.iter().map(|t| t.article).collect();
    let part = |kind: Kind| each.iter().filter(|t| t.kind == kind).count() as f32 / n;
    let (direct, mixed, indirect) = (part(Kind::Direct), part(Kind::Mixed), part(Kind::Indirect));
    let mut values = vec![
        n.ln(),
        (articles.len() as f32).ln(),
        flag(each.iter().any(|t| t.in_title)),
        direct,
        mixed,
        indirect,
        flag(direct > 0.0 && indirect > 0.0),
        flag(direct > 0.0 && mixed > 0.0),
        flag(mixed > 0.0 && indirect > 0.0),
        flag(direct == 1.0),
        flag(indirect == 1.0),
    ];
    values.extend(cues(views));
    values.extend(contents(tellings, each, views, full));
    values.extend(shades(views).map(flag));
    values.extend(credits(each, views).map(flag));
    let order = [
        Differs::Verb,
        Differs::Condition,
        Differs::Modality,
        Differs::Number,
        Differs::Wording,
        Differs::Scope,
        Differs::Speaker,
    ];
    values.extend(order.map(|kind| flag(rules.contains(&kind))));
    values
}

/// The nine names that begin with "cue".
fn cues(views: &[View]) -> [f32; 9] {
    let flag = |yes: bool| f32::from(u8::from(yes));
    let class = |view: &View| match &view.cue {
        Some((class, _)) => *class,
        None if view.quote.cue().is_empty() => "",
        None => "?",
    };
    let classes: BTreeSet<&str> = views.iter().map(class).collect();
    let known: BTreeSet<&str> = classes.iter().copied().filter(|class| !matches!(*class, "" | "?")).collect();
    let verbs: BTreeSet<Option<&String>> =
        views.iter().map(|v| v.cue.as_ref().map(|(_, stem)| stem)).collect();
    let charged = known.iter().any(|class| *class != "say");
    let of_will = ["believe", "promise", "warn", "hint", "demand", "ask"];
    [
        flag(known.len() > 1),
        classes.len() as f32,
        flag(charged),
        flag(charged && known.contains("say")),
        flag(verbs.len() > 1),
        flag(classes.contains("")),
        flag(classes.len() == 1 && classes.contains("")),
        flag(classes.contains("?")),
        flag(known.iter().any(|class| of_will.contains(class))),
    ]
}

/// From "overlap_least" to "shortest".
fn contents(tellings: &Tellings, each: &[&Telling], views: &[View], full: usize) -> Vec<f32> {
    let weigh = |terms: &mut dyn Iterator<Item = &u32>| terms.map(|t| tellings.idf[*t as usize]).sum::<f32>();
    let has = |telling: &Telling, term: &u32| telling.terms.binary_search(term).is_ok();
    let over = |part: f32, of: f32| if of > 0.0 { part / of } else { 0.0 };
    let weights: Vec<f32> = each.iter().map(|t| weigh(&mut t.terms.iter())).collect();
    let mut pairs = Vec::new();
    for (a, x) in each.iter().enumerate() {
        for (b, y) in each.iter().enumerate().skip(a + 1) {
            let shared = weigh(&mut x.terms.iter().filter(|t| has(y, t)));
            let (p, q) = (&views[a].quoted, &views[b].quoted);
            let n = p.intersection(q).count() as f32;
            let quoted = (!p.is_empty() && !q.is_empty())
                .then(|| (n / p.len().min(q.len()) as f32, n / p.union(q).count() as f32));
            let overlap = over(shared, weights[a].min(weights[b]));
            pairs.push(Between { overlap, shared: over(shared, weights[a] + weights[b] - shared), quoted });
        }
    }
    let least = |of: &dyn Fn(&Between) -> f32| pairs.iter().map(of).fold(1.0f32, f32::min);
    let quoted: Vec<(f32, f32)> = pairs.iter().filter_map(|p| p.quoted).collect();
    let others = || (0..each.len()).filter(|idx| *idx != full);
    let lacking = |of: usize, from: usize| {
        over(weigh(&mut each[of].terms.iter().filter(|t| !has(each[from], t))), weights[of])
    };
    let left_out: Vec<f32> = others().map(|idx| lacking(full, idx)).collect();
    let added: Vec<f32> = others().map(|idx| lacking(idx, full)).collect();
    let most = |values: &[f32]| values.iter().copied().fold(0.0f32, f32::max);
    let fewest = |values: &[f32]| values.iter().copied().fold(1.0f32, f32::min);
    let lengths: Vec<f32> = each.iter().map(|t| t.n_words.max(1) as f32).collect();
    let (longest, shortest) = (most(&lengths), lengths.iter().copied().fold(f32::INFINITY, f32::min));
    vec![
        least(&|p| p.overlap),
        pairs.iter().map(|p| p.overlap).sum::<f32>() / pairs.len().max(1) as f32,
        least(&|p| p.shared),
        pairs.iter().map(|p| p.shared).fold(0.0, f32::max),
        f32::from(u8::from(!quoted.is_empty())),
        quoted.iter().map(|q| q.0).fold(1.0, f32::min),
        f32::from(u8::from(quoted.iter().any(|q| q.1 > 0.4 && q.1 < 1.0))),
        quoted.iter().map(|q| q.1).fold(1.0, f32::min),
        most(&left_out),
        fewest(&left_out),
        most(&added),
        fewest(&added),
        (longest / shortest).ln(),
        longest.ln(),
        shortest.ln(),
    ]
}

/// From "modal_future" to "denied_in_one".
fn shades(views: &[View]) -> [bool; 16] {
    let in_one = |has: &dyn Fn(&View) -> bool| views.iter().any(has) && !views.iter().all(has);
    let pairs = |test: &dyn Fn(&View, &View) -> bool| {
        views.iter().enumerate().any(|(at, a)| views[at + 1..].iter().any(|b| test(a, b)))
    };
    let shaded = |shade: Shade| in_one(&|v: &View| v.shaded(shade));
    let strong = |view: &View| -> BTreeSet<Shade> {
        view.modals().into_iter().filter(|shade| *shade != Shade::Hedge).collect()
    };
    let conditional = |v: &View| v.condition.is_some() || v.shaded(Shade::Condition);
    let vague = |view: &View| -> BTreeSet<String> {
        let words = view.words.iter().filter(|w| w.shades.contains(&Shade::Vague));
        words.map(|w| w.folded.clone()).collect()
    };
    let counts = |v: &View| !v.digits().is_empty() || v.shaded(Shade::Vague);
    [
        shaded(Shade::Future),
        shaded(Shade::Possible),
        shaded(Shade::Able),
        shaded(Shade::Ought),
        shaded(Shade::Hedge),
        pairs(&|a, b| !strong(a).is_empty() && !strong(b).is_empty() && strong(a) != strong(b)),
        pairs(&|a, b| !strong(a).is_empty() && !strong(b).is_empty() && strong(a).is_disjoint(&strong(b))),
        in_one(&|v: &View| !strong(v).is_empty()),
        in_one(&conditional),
        views.iter().all(conditional),
        views.iter().any(|v| !v.digits().is_empty()),
        pairs(&|a, b| !a.digits().is_empty() && !b.digits().is_empty() && a.digits() != b.digits()),
        pairs(&|a, b| {
            !a.digits().is_empty() && !b.digits().is_empty() && a.digits().is_disjoint(&b.digits())
        }),
        in_one(&|v: &View| !v.digits().is_empty()),
        pairs(&|a, b| counts(a) && counts(b) && vague(a) != vague(b)),
        in_one(&|v: &View| v.denies()),
    ]
}

/// From "credit_without_name" to "speakers_named_and_not".
fn credits(each: &[&Telling], views: &[View]) -> [bool; 11] {
    let speakers = views.iter().flat_map(|v| &v.quote.voice.speakers);
    let own: BTreeSet<String> = speakers
        .flat_map(|s| onrecord_infer::tokens(&s.name))
        .map(|t| onrecord_infer::fold(t.word))
        .collect();
    let without = |v: &View| v.credit.without_name;
    let other = views.iter().any(|v| !v.credit.names.is_empty() && v.credit.names.is_disjoint(&own));
    let of_own = views.iter().any(|v| !v.credit.names.is_disjoint(&own));
    let two = |a: &View, b: &View| {
        !a.credit.names.is_empty()
            && !b.credit.names.is_empty()
            && a.credit.names.is_disjoint(&b.credit.names)
    };
    let two_speakers = |a: &Telling, b: &Telling| {
        !a.speakers.is_empty() && !b.speakers.is_empty() && a.speakers.is_disjoint(&b.speakers)
    };
    [
        views.iter().any(without),
        views.iter().any(without) && !views.iter().all(without),
        views.iter().all(without),
        other,
        of_own,
        other && of_own,
        views.iter().enumerate().any(|(at, a)| views[at + 1..].iter().any(|b| two(a, b))),
        views.iter().any(|v| v.credit.pronoun),
        each.iter().any(|t| !t.people),
        each.iter().enumerate().any(|(at, a)| each[at + 1..].iter().any(|b| two_speakers(a, b))),
        each.iter().any(|t| t.named) && each.iter().any(|t| !t.named && !t.speakers.is_empty()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_model_is_of_a_type_and_a_name_that_bears_on_it() {
        for line in include_str!("../../../models/differs.tsv").lines().filter(|l| !l.starts_with('#')) {
            let cells: Vec<&str> = line.split('\t').collect();
            let kind = Differs::parse(cells[0]).unwrap();
            assert!(cells[1] == "bias" || DIFFERS_FEATURES.contains(&cells[1]), "{line}");
            assert!(cells[1] == "bias" || bears_on(kind, cells[1]), "{line}");
            assert!(cells[2].parse::<f32>().is_ok(), "{line}");
        }
        assert_eq!(MODELS.len(), Differs::ALL.len());
    }

    #[test]
    fn whatever_is_said_to_bear_is_measured() {
        let measured = |head: &&str| DIFFERS_FEATURES.iter().any(|name| name.starts_with(*head));
        assert!(BEARS_ON.iter().flat_map(|(_, groups)| groups.iter().copied().flatten()).all(measured));
    }
}
