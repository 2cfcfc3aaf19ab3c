//! Does a page that is twice as long take twice as long, whatever it is made of?
//!
//! `cargo bench --bench shapes [-- SHAPE…]`: each shape at 5, 10 and 20 MB in a process of its own, processor time, the
//! best of two. A ratio above 2.3 between two neighbours is called out. (Below 5 MB the step from memory that the process
//! already has to memory that the kernel must give weighs more than the page.)

use onrecord_terms::{Given, Media, Page};

const PARAGRAPH: &str = "<p>The mayor of Norvik said on Tuesday that the bridge would be open by winter, and that it would hold a hundred sheep.</p>";

/// A shape: its name, what stands in front, and its piece number `n`.
type Shape = (&'static str, &'static str, fn(usize) -> String);

const SHAPES: &[Shape] = &[
    ("paragraphs", "", |_| PARAGRAPH.to_owned()),
    ("paragraphs, no two alike", "", |n| {
        format!("<p>The mayor of Norvik said {n} times that the bridge would be open by winter.</p>")
    }),
    ("deep nesting", "", |n| format!("<div class=a{n}>word ")),
    (
        "deep nesting, closed",
        "",
        |n| if n % 2_000 < 1_000 { "<section>".into() } else { "x</section>".into() },
    ),
    ("inline tags", "", |n| format!("<span class=s{n}>a</span><b>b</b> <i>c</i>")),
    ("marks left open", "", |n| format!("<b id=b{n}><p>word")),
    (
        "marks left open once, then paragraphs",
        "<p><b id=1><i id=2><u id=3><em id=4><s id=5><tt id=6><big id=7><code id=8>",
        |_| "<p>word".into(),
    ),
    ("links left open", "", |n| format!("<a href=/{n}>word <p>")),
    ("marks closed crosswise", "", |_| "<b><i><p>a</b>b</i>".into()),
    ("items left open", "", |_| "<ul><li>word".into()),
    ("table", "<table>", |n| format!("<tr><td>{n}<td>Norvik<td>Harbor")),
    ("tables in tables", "", |_| "<table><tr><td>word".into()),
    ("text in tables' wrong places", "<table>", |_| "word<tr>".into()),
    ("scripts", "", |n| format!("<script>var a = {{\"publishedAt\": \"x{n}\", \"created\": 1}}</script>")),
    ("a script left open", "<script>", |_| "<!-- <script> ".into()),
    ("styles", "", |n| format!("<style>.a{n} {{ color: red }}</style>")),
    ("attributes", "", |n| {
        format!("<div class='a{n} b{n}-c d_{n}' id=x{n} data-a={n} data-b='{n}'>word</div>")
    }),
    ("one tag of many attributes", "<b ", |n| format!("a{n}=1 class=b ")),
    ("one attribute of many words", "<div class='", |n| format!("story{n} ")),
    ("text without blanks", "<p>", |_| "ab".into()),
    ("text without tags", "", |_| "The mayor spoke. ".into()),
    ("one paragraph", "<p>", |_| "The mayor said “so be it” on 14 March 2032. ".into()),
    ("JSON-LD", "", |n| {
        format!(
            "<script type=application/ld+json>{{\"@type\":\"NewsArticle\",\"@id\":\"{n}\",\"headline\":\"Bridge {n}\",\"author\":{{\"@id\":\"{n}\"}}}}</script>"
        )
    }),
    ("one JSON-LD", "<script type=application/ld+json>[", |n| {
        format!("{{\"@type\":\"Person\",\"@id\":\"{n}\",\"name\":\"Jane Roe\"}},")
    }),
    ("headings", "<h1>The bridge at Norvik</h1>", |n| {
        format!("<h1 class=t>Norvik bridge {n}</h1><h2>The ferry</h2>")
    }),
    ("links", "", |n| format!("<li><a href=/{n}>Also read: more news of the harbor, part {n}</a></li>")),
    ("dates", "", |n| {
        format!("<span>14 March 20{}</span><time datetime=2031-0{}-14>x</time>", n % 90 + 10, n % 9 + 1)
    }),
    ("live entries", "", |n| {
        format!("<div class=post><h2>Norvik {n}</h2><time>10:20</time>{PARAGRAPH}</div>")
    }),
    ("breaks", "<p>", |_| "a<br>b ".into()),
    ("forms", "", |_| "<form><input><select><option>a<option>b</select>".into()),
    ("comments", "", |_| "<!-- a -- b -->word".into()),
    ("comments left open", "", |_| "<!-- word ".into()),
    ("references", "<p>", |_| "&amp;&notit;&#8220;word&copy ".into()),
    ("signs", "", |_| "<".into()),
    ("quotation marks", "<p>", |_| "“word ".into()),
    ("footer lines", "", |n| format!("<p>Photo: Jane Roe/Harbor {n}</p><p>© 2031 Norvik Gazette {n}</p>")),
    ("bylines", "<h1>The bridge at Norvik</h1>", |n| format!("<span class=byline>By Jane Roe{n}</span>")),
    ("frames of foreign marks", "", |_| {
        "<svg><title>a</title><path d=b /></svg><math><mi>x</mi></math>".into()
    }),
    ("templates", "", |_| "<template><p>a".into()),
];

fn main() {
    let asked: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    match &asked[..] {
        [flag, name] if flag == "--one" => one(name),
        _ => all(&asked),
    }
}

/// A table of the shapes that are asked for; all if none is.
fn all(asked: &[String]) {
    println!(
        "| shape | 5 MB, ms | 10 MB, ms | 20 MB, ms | ratios | most memory, MB |\n|---|---|---|---|---|---|"
    );
    let own = std::env::current_exe().expect("a program has a path");
    for (name, ..) in SHAPES.iter().filter(|(name, ..)| asked.is_empty() || asked.iter().any(|a| a == name)) {
        let out = std::process::Command::new(&own).args(["--one", name]).output().expect("the shape runs");
        print!("{}", String::from_utf8_lossy(&out.stdout));
    }
}

/// The row of one shape.
fn one(name: &str) {
    for (name, front, piece) in SHAPES.iter().filter(|(shape, ..)| *shape == name) {
        let at = |bytes: usize| {
            let page = page(front, *piece, bytes);
            (0..2).map(|_| took(&page)).fold(f64::MAX, f64::min)
        };
        let [five, ten, twenty] = [5_000_000, 10_000_000, 20_000_000].map(at);
        let ratios = [ten / five, twenty / ten];
        let call = if ratios.iter().any(|ratio| *ratio > 2.3) { " !" } else { "" };
        println!(
            "| {name} | {five:.0} | {ten:.0} | {twenty:.0} | {:.2}, {:.2}{call} | {:.0} |",
            ratios[0],
            ratios[1],
            megabytes()
        );
    }
}

fn page(front: &str, piece: fn(usize) -> String, bytes: usize) -> Page {
    let mut html = format!("<html><head><title>The bridge at Norvik</title></head><body>{front}");
    let mut n = 0;
    while html.len() < bytes {
        html.push_str(&piece(n));
        n += 1;
    }
    let (id, origin) = ("p".to_owned(), "bench".to_owned());
    Page { id, origin, media: Media::Html, bytes: html.into_bytes(), given: Given::default() }
}

/// The milliseconds of processor time that a page takes.
fn took(page: &Page) -> f64 {
    let now = || {
        let told = std::fs::read_to_string("/proc/thread-self/schedstat").expect("Linux tells");
        told.split(' ').next().and_then(|ns| ns.parse::<f64>().ok()).expect("nanoseconds") / 1e6
    };
    let start = now();
    std::hint::black_box(onrecord_extract::article(page));
    now() - start
}

/// The most memory that this process held since the last time that it was asked.
fn megabytes() -> f64 {
    let told = std::fs::read_to_string("/proc/self/status").expect("Linux tells");
    let line = told.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("it is told");
    let most = line.trim().trim_end_matches(" kB").parse::<f64>().expect("kilobytes") / 1024.0;
    // Linux begins anew where it is asked to.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    most
}
