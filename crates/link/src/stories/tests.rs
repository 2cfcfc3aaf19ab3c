//! Made-up reports of two events, through the door.

use super::*;
use crate::{Quoted, stories as placed};
use onrecord_terms::{Body, Moment};

fn report(title: &str, day: &str, text: &str) -> Quoted {
    let mut article = Article::new(title, Body::new(text.to_owned(), vec![], vec![]).unwrap());
    article.title = Some(title.to_owned());
    article.published = Moment::parse(day);
    (article, Vec::new())
}

fn reports() -> Vec<Quoted> {
    vec![
        report(
            "Ferry runs aground off Port Merrow",
            "2031-05-04",
            "A ferry ran aground on the Gull Reef off Port Merrow on Sunday and the coast guard took all ninety passengers ashore. The captain, Ivo Lund, blamed a broken rudder.",
        ),
        report(
            "Wheat harvest in Ardenia fails after frost",
            "2031-05-04",
            "Farmers in Ardenia lost half of the wheat harvest to late frost, the farm board said, and bread prices may double by winter.",
        ),
        report(
            "Passengers rescued from stranded Merrow ferry",
            "2031-05-05",
            "The coast guard rescued ninety passengers from a ferry stranded on the Gull Reef near Port Merrow. Captain Ivo Lund said that the rudder broke.",
        ),
        report(
            "Frost halves Ardenia's wheat harvest",
            "2031-05-05",
            "Late frost destroyed half of the wheat harvest in Ardenia, and the farm board warned that bread prices may double.",
        ),
    ]
}

#[test]
fn two_events_are_two_stories_with_reasons() {
    let placements = placed(&reports());
    assert_eq!(placements.iter().map(|p| p.story).collect::<Vec<_>>(), [0, 1, 0, 1]);
    assert!(
        placements[0].why.contains(&"ferry".to_owned()) || placements[0].why.contains(&"Ferry".to_owned()),
        "{:?}",
        placements[0].why
    );
}

#[test]
fn order_of_input_does_not_matter() {
    let articles = reports();
    let expected = placed(&articles);
    for shift in 1..articles.len() {
        let shuffled: Vec<Quoted> =
            (0..articles.len()).map(|idx| articles[(idx * 3 + shift) % articles.len()].clone()).collect();
        let placements = placed(&shuffled);
        for a in 0..articles.len() {
            for b in 0..articles.len() {
                let (x, y) = ((a * 3 + shift) % articles.len(), (b * 3 + shift) % articles.len());
                assert_eq!(
                    placements[a].story == placements[b].story,
                    expected[x].story == expected[y].story
                );
            }
        }
    }
}

#[test]
fn missing_dates_titles_and_texts_do_no_harm() {
    let mut articles = reports();
    for (article, _) in &mut articles {
        article.published = None;
    }
    articles[1].0.title = None;
    articles.push((Article::new("empty", Body::default()), Vec::new()));
    let placements = placed(&articles);
    assert_eq!(placements.iter().map(|p| p.story).collect::<Vec<_>>(), [0, 1, 0, 1, 4]);
    assert!(placed(&[]).is_empty());
}

#[test]
fn a_copy_leads_to_the_earliest_and_a_shared_quotation_does_not() {
    let wire = "The harbour board of Port Merrow voted on Sunday to close the old fish market by the end of the year after three failed inspections and a long dispute with the stallholders over rents.";
    let mut agency = report("Port Merrow closes fish market", "2031-05-04T10:00:00Z", wire);
    agency.0.outlet = Some("Northwire".to_owned());
    let mut copy = report(
        "Fish market to close",
        "2031-05-04T12:00:00Z",
        &format!("{wire} Shops nearby fear for their trade."),
    );
    copy.0.agencies = vec!["Northwire".to_owned()];
    let speech = "“We have counted every stall and every drain and we have found nothing that a new coat of paint would mend, so we close it,”";
    let own = report(
        "Board explains",
        "2031-05-05",
        &format!("{speech} the chair said. Our reporter watched gulls."),
    );
    let other = report(
        "Stalls go",
        "2031-05-05",
        &format!("Traders listened in silence. {speech} they were told at noon."),
    );
    let placements = placed(&[copy, agency, own, other]);
    assert_eq!(placements[0].family, placements[1].family);
    assert_eq!((placements[0].copy_of, placements[1].copy_of), (Some(1), None));
    assert_ne!(placements[2].family, placements[3].family);
}

#[test]
fn every_model_file_fits_what_is_measured() {
    assert!(STORY_MODEL.is_ok() && THREAD_MODEL.is_ok(), "{:?} {:?}", *STORY_MODEL, *THREAD_MODEL);
}

#[test]
fn what_people_decide_outweighs_words() {
    let articles = reports();
    let joint = |same, one, other| Joint { same, one, other };
    let stories = |joints: &[Joint]| -> Vec<usize> {
        crate::stories_decided(&articles, joints).iter().map(|p| p.story).collect()
    };
    assert_eq!(stories(&[joint(true, 0, 1)]), [0, 0, 0, 0]);
    assert_eq!(stories(&[joint(false, 0, 2)]), [0, 1, 2, 1]);
    assert_eq!(stories(&[joint(false, 2, 0)]), [0, 1, 2, 1]);
    // The later word counts; a word on what is apart already, or on what is not there, changes nothing.
    assert_eq!(stories(&[joint(true, 0, 1), joint(false, 0, 3)]), [0, 0, 0, 3]);
    assert_eq!(stories(&[joint(false, 0, 1), joint(true, 0, 99), joint(false, 0, 0)]), [0, 1, 0, 1]);
    // Two that left are kept together.
    assert_eq!(stories(&[joint(false, 0, 2), joint(true, 2, 1)]), [0, 1, 1, 1]);
}

#[test]
fn late_merges_and_splits_are_told() {
    // In order of time: 0 opens; 1 opens and is merged; 2 was with 0 and is no more; 3 is with 2.
    let (order, first, settled) = ([3, 0, 1, 2], [0, 1, 0, 3], [0, 0, 2, 2]);
    assert_eq!(
        late(&order, &first, &settled),
        [Some(Late::Merged), Some(Late::Split(3)), Some(Late::Merged), None]
    );
}
