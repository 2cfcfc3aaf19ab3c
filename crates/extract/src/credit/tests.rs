//! Are credits, bylines and datelines told in the forms that they take, in each language of the tables?

use super::*;

#[test]
fn every_agency_of_the_table_has_a_name_and_a_source() {
    let rows: Vec<_> = crate::table::rows(include_str!("../../data/agencies.tsv")).collect();
    assert!(rows.len() > 50);
    for row in &rows {
        assert!(row.len() == 3 && !row[0].is_empty() && !row[2].is_empty(), "{row:?}");
        assert!(
            is_known(row[0]) && row[1].split('|').all(|form| form.is_empty() || is_known(form)),
            "{row:?}"
        );
    }
}

#[test]
fn the_tables_of_credits_are_whole_and_of_twelve_languages() {
    let credits: Vec<_> = crate::table::rows(include_str!("../../data/credits.tsv")).collect();
    let languages: BTreeSet<&str> = credits.iter().filter_map(|row| row.get(2).copied()).collect();
    assert!(languages.len() >= 12, "{languages:?}");
    for row in &credits {
        assert!(row.len() == 4 && ["before", "after"].contains(&row[1]), "{row:?}");
        assert_eq!(row[0], row[0].to_lowercase());
        // Each with an agency is a credit.
        let line =
            if row[1] == "before" { format!("{}: Reuters", row[0]) } else { format!("Reuters {}", row[0]) };
        assert_eq!(credit_line(&line).map(|c| c.agencies), Some(vec!["Reuters".to_owned()]), "{line}");
    }
    for row in crate::table::rows(include_str!("../../data/bylines.tsv")) {
        assert!(row.len() == 3 && ["word", "label", "joined"].contains(&row[1]), "{row:?}");
        let line = format!("{}{} Jane Roe", row[0], if row[1] == "label" { ":" } else { "" });
        assert_eq!(byline(&line).map(|c| c.people), Some(vec!["Jane Roe".to_owned()]), "{line}");
    }
    for row in crate::table::rows(include_str!("../../data/nobody.tsv")) {
        assert!(row.len() == 3 && !row[2].is_empty() && is_nobody(row[0]), "{row:?}");
    }
}

#[test]
fn credits_in_their_common_forms() {
    for (line, agencies) in [
        ("AFP contributed reporting.", "AFP"),
        ("AFP and Reuters contributed to this report", "AFP Reuters"),
        ("Source: Anadolu Agency", "Anadolu Agency"),
        ("Source: Norvik News Agency", "Norvik News Agency"),
        ("(Reuters)", "Reuters"),
        ("— AFP", "AFP"),
        ("NPA contributed reporting.", "NPA"),
        ("With inputs from PTI", "PTI"),
        ("Agencies", ""),
        ("Staff, Agencies", ""),
        ("Jane Roe contributed to this report.", ""),
        ("(Reporting by Jane Roe in Norvik; Editing by John Doe)", ""),
        ("The Associated Press contributed to this report.", "The Associated Press"),
        // The languages of `credits.tsv`.
        ("Quelle: dpa/afp", "dpa afp"),
        ("Mit Material der dpa", "dpa"),
        ("(sda/reuters)", "sda reuters"),
        ("Avec AFP", "AFP"),
        ("Source : AFP et Reuters", "AFP Reuters"),
        ("Con información de EFE y AFP", "EFE AFP"),
        ("Fuente: agencias", ""),
        ("Com informações da Agência Brasil", "Agência Brasil"),
        ("Fonte: ANSA", "ANSA"),
        ("Bron: ANP", "ANP"),
        ("Źródło: PAP", "PAP"),
        ("Источник: ТАСС, РИА Новости", "ТАСС РИА Новости"),
        ("За матеріалами Укрінформ", "Укрінформ"),
        ("المصدر: رويترز، الأناضول", "رويترز الأناضول"),
        ("المصدر: وكالات", ""),
        ("Kaynak: AA", "AA"),
        ("来源：新华社", "新华社"),
        ("（新华社）", "新华社"),
        ("Källa: TT", "TT"),
        ("Kilde: Ritzau", "Ritzau"),
    ] {
        assert_eq!(credit_line(line).map(|c| c.agencies.join(" ")).as_deref(), Some(agencies), "{line}");
    }
    for line in [
        "The report contributed to this crisis.",
        "Heavy rain contributed to the flood, the mayor said.",
        "With the bridge closed, the ferry ran all night.",
        "Source: “We were never asked about the bridge,” the mayor said",
        "The minister met Reuters.",
        "Conclusion",
        "Editor",
        "Mit dem Schiff nach Norvik",
        "Con Ana Ruiz",
        "Источник: мэрия Норвика",
        "Avec le pont fermé, le bac a circulé toute la nuit",
    ] {
        assert_eq!(credit_line(line), None, "{line}");
    }
}

#[test]
fn bylines_name_people_and_agencies() {
    for (line, people, agencies) in [
        ("By Jane Roe", "Jane Roe", ""),
        ("By JANE ROE and John van Doe", "Jane Roe;John van Doe", ""),
        ("By Jane Roe, AFP", "Jane Roe", "AFP"),
        ("By Staff, Agencies", "", ""),
        ("By Jane Roe in Norvik", "Jane Roe", ""),
        ("Author: Jane Roe", "Jane Roe", ""),
        ("By Norvik News Agency", "", "Norvik News Agency"),
        ("By Jane Roe, Political Editor", "Jane Roe", ""),
        ("By Jane Roe, Deputy CTO", "Jane Roe", ""),
        ("By Jane Roe The Associated Press", "Jane Roe", "The Associated Press"),
        ("von Jana Roth und Jonas Doll", "Jana Roth;Jonas Doll", ""),
        ("Autorin: Jana Roth", "Jana Roth", ""),
        ("Par Jeanne Roux avec AFP", "Jeanne Roux", "AFP"),
        ("Por Juana Ríos y Julio Díaz", "Juana Ríos;Julio Díaz", ""),
        ("Escrito por Juana Ríos", "Juana Ríos", ""),
        ("Di Gianna Rossi", "Gianna Rossi", ""),
        ("Door Jana Roos", "Jana Roos", ""),
        ("Autor: Janina Róg", "Janina Róg", ""),
        ("Автор: Жанна Роева", "Жанна Роева", ""),
        ("Текст: Жанна Роева, Иван Доев", "Жанна Роева;Иван Доев", ""),
        ("بقلم: جنى روحي", "جنى روحي", ""),
        ("Haber: Canan Rüya", "Canan Rüya", ""),
        ("记者 罗佳", "罗佳", ""),
        ("作者：罗佳、杜强", "罗佳;杜强", ""),
        ("Text: Jenny Ros", "Jenny Ros", ""),
        ("Af Jane Roholm", "Jane Roholm", ""),
    ] {
        let credit = byline(line).unwrap_or_else(|| panic!("{line}"));
        assert_eq!(
            (credit.people.join(";"), credit.agencies.join(";")),
            (people.to_owned(), agencies.to_owned()),
            "{line}"
        );
    }
    for line in ["By Tuesday the bridge was open.", "By contrast, the mayor stayed", "Bylaws of the harbor"] {
        assert_eq!(byline(line), None, "{line}");
    }
    assert!(is_staff_line("Editor : Jane Roe"));
    assert!(!is_staff_line("Editors met in Norvik on Tuesday to talk about the bridge."));
}

#[test]
fn datelines_and_closing_credits() {
    for (text, agency) in [
        ("NORVIK (NPA) — The bridge is open.", "NPA"),
        ("Norvik, March 14 (Xinhua) -- The bridge is open.", "Xinhua"),
        ("NORVIK, March 14. /TASS/. The bridge is open.", "TASS"),
        ("(Reuters) - The bridge is open.", "Reuters"),
        ("Norvik (dpa) – Die Brücke ist offen.", "dpa"),
        ("Norvik (AFP) – Le pont est ouvert.", "AFP"),
        ("Norvik, 14 mar (EFE).- El puente está abierto.", "EFE"),
        ("НОРВИК, 14 мар — РИА Новости. Мост открыт.", "РИА Новости"),
        ("نورفيك (رويترز) - الجسر مفتوح.", "رويترز"),
        ("NORVİK (AA) - Köprü açıldı.", "AA"),
        ("新华社诺维克3月14日电 大桥开放。", "新华社"),
        ("NORVIK (ANSA) - Il ponte è aperto.", "ANSA"),
    ] {
        assert_eq!(dateline(text), [agency], "{text}");
    }
    for text in [
        "The mayor (Jane Roe) — who was ill — stayed.",
        "Norvik (2031) - a year of rain",
        "The bridge is open.",
    ] {
        assert!(dateline(text).is_empty(), "{text}");
    }
    assert_eq!(closing("The bridge is open, he said. (Reuters)"), ["Reuters"]);
    assert_eq!(closing("The bridge is open. — AFP"), ["AFP"]);
    assert!(closing("The bridge is open (for now).").is_empty());
}
