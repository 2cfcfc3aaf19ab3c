//! Properties that every room relies on: any text, any numbers.

use onrecord_terms::{Article, Body, CodePoints, Kind, ParagraphKind, Place, Quote, Span};
use proptest::prelude::*;

proptest! {
    #[test]
    fn a_span_is_made_only_where_it_slices(text in ".{0,40}", start in 0usize..60, end in 0usize..60) {
        let span = Span::new(&text, start, end);
        prop_assert_eq!(span.is_ok(), start <= end && text.get(start..end).is_some());
        if let Ok(span) = span {
            prop_assert_eq!(span.slice(&text), &text[start..end]);
            prop_assert!(span.contains(span.trimmed(&text)));
        }
    }

    #[test]
    fn code_points_go_there_and_back(text in ".{0,40}", a in 0usize..50, b in 0usize..50) {
        let (start, end) = (a.min(b), a.max(b));
        let map = CodePoints::new(&text);
        let n_points = text.chars().count();
        match map.to_bytes(start, end) {
            Ok(span) => {
                prop_assert!(end <= n_points);
                let expected: String = text.chars().skip(start).take(end - start).collect();
                prop_assert_eq!(span.slice(&text), expected);
                prop_assert_eq!(map.from_bytes(span), [start, end]);
            }
            Err(_) => prop_assert!(end > n_points),
        }
    }

    #[test]
    fn a_body_from_reports_holds_every_paragraph(reports in prop::collection::vec(prop::collection::vec("[ a-zé\\n]{0,12}", 0..5), 0..4)) {
        let parts: Vec<Vec<(ParagraphKind, &str)>> =
            reports.iter().map(|r| r.iter().map(|p| (ParagraphKind::Text, p.as_str())).collect()).collect();
        let body = Body::from_reports(&parts);
        let expected: Vec<&str> = reports.iter().flatten().map(|p| p.trim()).filter(|p| !p.is_empty()).collect();
        let found: Vec<&str> = body.paragraphs().iter().map(|p| p.span.slice(body.text())).collect();
        prop_assert_eq!(found, expected);
        for (idx, item) in body.items().iter().enumerate() {
            prop_assert_eq!(body.item_at(item.start()), idx);
        }
        let again = Body::new(body.text().to_owned(), body.paragraphs().to_vec(), body.items().to_vec());
        prop_assert_eq!(again.unwrap(), body);
    }

    #[test]
    fn a_quote_never_points_outside(text in ".{0,30}", start in 0usize..40, end in 0usize..40) {
        let article = Article::new("a", Body::new(text.clone(), Vec::new(), Vec::new()).unwrap());
        let long = format!("{text}{text}{}", "x".repeat(80));
        if let Ok(span) = Span::new(&long, start, end) {
            let quote = Quote::new(&article, Place::Text, Kind::Direct, vec![], vec![], vec![span]);
            prop_assert_eq!(quote.is_ok(), span.fits(&text) && !span.is_empty());
        }
    }
}
