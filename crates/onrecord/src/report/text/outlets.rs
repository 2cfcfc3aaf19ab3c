//! How do outlets read? Reports and quotes counted, with and without wire copy; the verbs of one, and whom it quotes.

use super::{counted, faint, plain};
use crate::report::screen::Screen;
use onrecord_answer::{OutletView, OutletsView, ShareView};

/// A figure of all reports, and without wire copy where that is another.
fn both(share: ShareView) -> String {
    match share.all == share.own {
        true => share.all.to_string(),
        false => format!("{} ({})", share.all, share.own),
    }
}

/// Every outlet.
pub(crate) fn outlets(screen: &mut Screen, view: &OutletsView) {
    if view.outlets.is_empty() {
        return screen.line(0, "no reports in the record");
    }
    let heads =
        ["outlet", "reports", "quotes", "quoted", "partly", "paraphrased", "published"].map(str::to_owned);
    let rows = view.outlets.iter().map(|row| {
        vec![
            row.outlet.clone().unwrap_or_else(|| "outlet not known".to_owned()),
            both(row.reports),
            both(row.quotes),
            both(row.direct),
            both(row.mixed),
            both(row.indirect),
            match (&row.first, &row.last) {
                (Some(first), Some(last)) if first != last => format!("{first} – {last}"),
                (Some(first), _) => first.clone(),
                _ => "date not known".to_owned(),
            },
        ]
    });
    screen.table(&heads, rows.collect());
    screen.flow(0, &[faint("In brackets: without wire copy, where that makes a difference.")]);
}

/// One outlet.
pub(crate) fn outlet(screen: &mut Screen, view: &OutletView, shown: usize) {
    let row = &view.row;
    let name = row.outlet.clone().unwrap_or_else(|| "outlet not known".to_owned());
    screen.title(&format!("{name} · {} reports · {} quotes", both(row.reports), both(row.quotes)));
    let kinds = [("quoted", row.direct), ("partly", row.mixed), ("paraphrased", row.indirect)];
    let line = |parts: &[(&str, ShareView)]| {
        parts.iter().map(|(name, share)| format!("{name} {}", both(*share))).collect::<Vec<_>>().join(" · ")
    };
    screen.field("TOLD", &[plain(line(&kinds))]);
    let speakers =
        [("by name", view.named), ("without a name", view.unnamed), ("speaker not known", view.not_known)];
    screen.field("SPEAKERS", &[plain(line(&speakers))]);
    screen.title("Words that ascribe");
    let rows = view.verbs.iter().take(shown).map(|verb| {
        let forms: Vec<String> = verb.forms.iter().skip(1).take(4).cloned().collect();
        vec![verb.verb.clone(), both(verb.quotes), forms.join(", "), verb.example.clone()]
    });
    let mut rows: Vec<Vec<String>> = rows.collect();
    if view.without_verb.all > 0 {
        rows.push(vec!["(none)".to_owned(), both(view.without_verb), String::new(), String::new()]);
    }
    screen.table(&["verb", "quotes", "also as", "for example"].map(str::to_owned), rows);
    left(screen, view.verbs.len(), shown);
    screen.title("Whom it quotes");
    let rows = view.quoted.iter().take(shown).map(|one| {
        let role = one.speaker.role.as_ref().map(|role| format!(", {role}")).unwrap_or_default();
        vec![format!("{}{role}", one.speaker.name), both(one.quotes), both(one.reports)]
    });
    screen.table(&["speaker", "quotes", "reports"].map(str::to_owned), rows.collect());
    left(screen, view.quoted.len(), shown);
    screen.flow(0, &[faint("In brackets: without wire copy, where that makes a difference.")]);
}

fn left(screen: &mut Screen, all: usize, shown: usize) {
    if all > shown {
        screen.flow(0, &[faint(format!("{}; --verbs shows more", counted(all - shown, "more", "more")))]);
    }
}
