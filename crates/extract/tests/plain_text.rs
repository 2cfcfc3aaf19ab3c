//! Plain text with the dirt of its page: what is kept, what goes, and which facts are taken on the way?
#![allow(clippy::unwrap_used, reason = "a test fails where it stands")]

use onrecord_extract::article;
use onrecord_terms::{Article, Given, Media, Moment, Page, ParagraphKind};

fn read(text: &str) -> Article {
    read_with(text, Given::default()).0
}

fn read_with(text: &str, given: Given) -> (Article, Vec<String>) {
    let (id, origin) = ("p".to_owned(), "p.txt".to_owned());
    let page = Page { id, origin, media: Media::Text, bytes: text.as_bytes().to_vec(), given };
    let (article, notes) = article(&page);
    (article, notes.into_iter().map(|note| note.code).collect())
}

/// The lines marked `+` are the body, in order; those marked `T` the title; those marked `-` go; `H` is a heading.
fn check(marked: &str) -> Article {
    let (mut page, mut body, mut headings, mut title) = (Vec::new(), Vec::new(), Vec::new(), None);
    for line in marked.trim_matches('\n').lines() {
        let (mark, text) = line.split_at(line.len().min(2));
        page.push(text);
        match mark.trim() {
            "+" => body.push(text),
            "H" => {
                headings.push(text);
                body.push(text);
            }
            "T" => title = Some(text),
            _ => {}
        }
    }
    let article = read(&page.join("\n"));
    let of_kind = |kind: Option<ParagraphKind>| -> Vec<&str> {
        let paragraphs = article.body.paragraphs().iter();
        paragraphs
            .filter(|p| kind.is_none_or(|kind| p.kind == kind))
            .map(|p| p.span.slice(article.text()))
            .collect()
    };
    assert_eq!(of_kind(None), body, "{marked}");
    assert_eq!(of_kind(Some(ParagraphKind::Heading)), headings, "{marked}");
    assert_eq!(article.title.as_deref(), title, "{marked}");
    article
}

#[test]
fn a_report_with_head_and_foot() {
    let article = check(
        "
- By continuing to browse this site you agree to our use of cookies. Accept

- World | Northern Sea
T Norvik opens its bridge after two winters

- By Jane Roe and John Doe
- Published: 14 March 2032, 10:20 GMT
- 4 min read
- Share

+ The bridge at Norvik was opened on Sunday, and the first to cross it was a herd of sheep.

+ “It will hold,” Mayor Ana Ruiz said. “I have jumped on it.”

- READ MORE: Ferry goes on sale

+ The old ferry is to be sold, according to the harbor office.

- Norvik News Agency contributed to this report.

- Sign up for our morning newsletter
- Related News
- Sheep prices rise in the north
- Harbor fair put off
- © 2032 Harbor Ledger. All rights reserved.
",
    );
    assert_eq!(article.byline, ["Jane Roe", "John Doe"]);
    assert_eq!(article.agencies, ["Norvik News Agency"]);
    assert_eq!(article.published, Moment::parse("2032-03-14T10:20:00Z"));
    assert_eq!(article.language.unwrap().as_str(), "en");
    assert!(article.complete);
}

#[test]
fn an_appeal_at_the_foot_goes_to_the_end() {
    check(
        "
+ The ministry in Norvik said on Monday that it had closed two newspapers for a month.
+ “We read them first,” spokesman Ole Brandt told reporters on a call. “Then we closed them.”
- TASS contributed reporting.
- A message from the Harbor Ledger:
- Dear readers,
- The ministry has called us a danger to the harbor. These steps are an attack on our work and on you, our readers.
- We refuse to be silent. But to go on, we need your help.
- If you can, please support us monthly with as little as two crowns. It is quick, and every crown counts.

- Maybe later.
",
    );
}

#[test]
fn an_appeal_in_the_middle_lets_the_report_go_on() {
    check(
        "
T Norvik council votes on the harbor tax

+ The council of Norvik voted on Tuesday to double the harbor tax from the first of June.
- Before you go on: the Ledger needs you
- Our work depends on readers like you. Please support us with two crowns a month.
+ “Nobody likes a tax, but everybody likes a harbor,” council chair Lena Holt said after the vote.
+ The opposition walked out before the vote, and its leader called the tax a punishment for the poor.
",
    );
}

#[test]
fn headings_stay_and_titles_repeated_go() {
    check(
        "
T Ferry strike ends in Norvik
- Editor: Jane Roe
- Last update:

+ The strike of the ferry crews in Norvik has ended after nine days, the union said on Monday.

- Ferry strike ends in Norvik

H What was agreed
+ Crews will get four percent more pay from April, according to the text of the agreement.

H Reactions
+ “Four is not six,” union leader Ole Brandt said, “but it is not two either.”

- Source: Norvik News Agency
- WARNING: Comments with insults or written in capital letters will not be published.
",
    );
}

#[test]
fn an_essay_without_a_title_has_none() {
    check(
        "
H Introduction
+ The harbor of Norvik has drawn the eyes of the whole north since the flood of last autumn.
H The Harbor After the Flood
+ Since the flood, the harbor office has spoken of three ways to build the wall again.
H Conclusion
+ The wall remains a matter of money, and the money remains a matter of the council.
",
    );
}

#[test]
fn a_live_page_is_parted_by_titles_that_are_set_off() {
    let article = check(
        "
T Norvik: flood waters fall, harbor opens

+ The water in the harbor of Norvik fell by a meter on Friday, the harbor office said.

+ “You can see the bollards again,” harbor master Ole Brandt told the Ledger.


H Minister promises money for the wall

+ The interior minister promised on Friday that the state would pay for half of the wall.

+ Council chair Lena Holt called that “half of what was promised”.


H Why did the gauge fail on Tuesday?

+ The gauge at the bridge stopped at noon on Tuesday, according to a first report.
",
    );
    assert_eq!(article.body.items().len(), 3);
}

#[test]
fn a_live_page_is_parted_by_times() {
    let article = check(
        "
T Flood in Norvik: live

- 14:20
H Harbor master speaks of a miracle
+ The water in the harbor of Norvik fell by a meter on Friday, the harbor office said.
- 12:05
H Bridge closed until Monday morning
+ The bridge stays closed until Monday, the mayor of Norvik told reporters at noon on Friday.
",
    );
    assert_eq!(article.body.items().len(), 2);
}

#[test]
fn wide_gaps_in_one_report_part_nothing() {
    let article = check(
        "
T Norvik calls for an end to the strike

+ Norvik has called for an end to the strike, and the harbor office has offered to talk.


+ Noting that nobody had been asked,


+ \"This is our firm position,\" spokesman Ole Brandt said on Tuesday in the harbor office.

+ Brandt answered the question of how many ships were waiting \"I cannot count that far,\"
",
    );
    assert_eq!(article.body.items().len(), 1);
}

#[test]
fn lines_that_look_like_furniture_stay_where_they_report() {
    check(
        "
T Minister: “Subscribe to nothing”

+ NORVIK (NPA) — The minister for the harbor told a fair on Sunday that nobody had to read the Ledger.
+ (Laughter)
+ “Sign up for nothing, share nothing, comment on nothing,” he told the visitors of the fair.
+ He said that comments by readers had contained insults and that some of them had been approved.
+ Related talks on the ferry went on until the evening.
",
    );
}

#[test]
fn wrapped_lines_are_joined() {
    let article = read(
        "Ferry strike ends in Norvik\n\nThe strike of the ferry crews in Norvik has ended after nine days,\nthe union of the crews said on Monday, and the first ferry left the\nharbor before noon with two hundred cars and one goat on board.\n\n“Four is not six,” union leader Ole Brandt said in the harbor office\non Monday, “but it is not two either, and nobody could have told me\nin March that we would be standing here in April with a signature.”\n",
    );
    assert_eq!(article.body.paragraphs().len(), 2, "{}", article.text());
    assert_eq!(article.title.as_deref(), Some("Ferry strike ends in Norvik"));
}

#[test]
fn a_text_that_breaks_off_says_so() {
    for end in ["Subscribe to continue reading", "[…] [+1423 chars]", "Read the full story…"] {
        let text = format!(
            "Ferry strike ends\n\nThe strike of the ferry crews in Norvik has ended after nine days, the union said.\n{end}\n"
        );
        let article = read(&text);
        assert!(!article.complete, "{end}");
        assert!(!article.text().contains(end), "{end}");
    }
}

#[test]
fn what_is_given_wins_and_disagreement_is_noted() {
    let text = "Ferry strike ends in Norvik\n14 March 2032\n\nThe strike of the ferry crews in Norvik has ended after nine days.\n";
    let given = Given {
        published: Moment::parse("2032-03-16"),
        title: Some("Strike ends".to_owned()),
        ..Given::default()
    };
    let (article, notes) = read_with(text, given);
    assert_eq!(article.published, Moment::parse("2032-03-16"));
    assert_eq!(article.title.as_deref(), Some("Strike ends"));
    assert_eq!(notes, ["date-disagrees", "title-disagrees"]);
    assert_eq!(article.text(), "The strike of the ferry crews in Norvik has ended after nine days.");
}

#[test]
fn dates_without_a_year_are_no_dates() {
    let (article, notes) = read_with(
        "Ferry strike ends in Norvik\nTuesday, 14 March\n\nThe strike of the ferry crews in Norvik ended on Tuesday after nine days.",
        Given::default(),
    );
    assert_eq!(article.published, None);
    assert!(notes.contains(&"no-date".to_owned()));
    assert!(!article.text().contains("14 March"));
}

#[test]
fn tags_in_plain_text_are_text() {
    for text in [
        "<script>alert(1)</script>",
        "<p>Norvik: the bridge opens</p>\n\nThe mayor of Norvik said on Tuesday that the bridge opens by winter.",
    ] {
        let (article, _) = read_with(text, Given::default());
        assert_eq!(article.text(), text);
    }
}

#[test]
fn a_given_date_that_is_none_is_noted() {
    let given = Given { published_raw: Some("soon".to_owned()), ..Given::default() };
    let (article, notes) =
        read_with("The mayor of Norvik said on Tuesday that the bridge opens by winter.", given);
    assert_eq!(article.published, None);
    assert!(notes.iter().any(|note| note == "bad-date"), "{notes:?}");
}
