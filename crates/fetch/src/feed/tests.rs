//! One small list of each format, and what is read of it.

use super::*;

const LONG: &str = "The council met on the quay again and again, and nobody was late for it that day. ";

fn read(list: &str) -> Listing {
    parse(list.as_bytes(), Some("https://vale.example/feeds/all"), None)
        .unwrap_or_else(|why| panic!("{list}: {why}"))
}

/// One line an entry: address, title, published, updated, authors, outlet, language, whether the text is there.
fn check(list: &str, form: Form, expected: &[&str]) {
    let listing = read(list);
    assert_eq!(listing.form, form);
    let lines: Vec<String> = listing
        .entries
        .iter()
        .map(|entry| {
            let moment = |moment: Option<Moment>| moment.map(|moment| moment.to_string()).unwrap_or_default();
            let word = |word: &Option<String>| word.clone().unwrap_or_default();
            [
                word(&entry.url),
                word(&entry.title),
                moment(entry.published),
                moment(entry.updated),
                entry.authors.join(", "),
                word(&entry.outlet),
                word(&entry.language),
                if entry.text.is_some() { "text" } else { "" }.to_owned(),
            ]
            .join("|")
        })
        .collect();
    assert_eq!(lines, expected);
}

#[test]
fn rss() {
    let rss = format!(
        "<?xml version='1.0'?><rss version='2.0' xmlns:dc='d' xmlns:content='c' xmlns:atom='a' xmlns:media='m'>
        <channel><atom:link rel='self' href='https://vale.example/rss'/><title>Vale &amp; Ledger</title>
        <link>https://vale.example/</link><language>en-GB</language><ttl>30</ttl>
        <item><title>A &lt;b&gt;quay&lt;/b&gt; opens</title><link>https://vale.example/quay?a=1&amp;b=2#top</link>
          <media:title>A picture</media:title><media:content url='x'/>
          <pubDate>Tue, 04 Mar 2031 10:00:00 GMT</pubDate><dc:creator>Ana Ruiz</dc:creator>
          <author>desk@vale.example (Bo Lind)</author>
          <content:encoded><![CDATA[<p>{}</p>]]></content:encoded></item>
        <item><guid isPermaLink='true'>https://vale.example/two</guid><description>Short.</description></item>
        <item><guid isPermaLink='false'>https://vale.example/no</guid><author>desk@vale.example</author></item>
        </channel></rss>",
        LONG.repeat(10)
    );
    check(
        &rss,
        Form::Rss,
        &[
            "https://vale.example/quay?a=1&b=2|A quay opens|2031-03-04T10:00:00Z||Ana Ruiz, Bo Lind|||text",
            "https://vale.example/two|||||||",
            "|||||||",
        ],
    );
    let listing = read(&rss);
    assert_eq!(
        (listing.title.as_deref(), listing.home.as_deref()),
        (Some("Vale & Ledger"), Some("https://vale.example/"))
    );
    assert_eq!((listing.language.as_deref(), listing.every_s), (Some("en-GB"), Some(1800)));
}

#[test]
fn rdf() {
    check(
        "<rdf:RDF xmlns:rdf='r' xmlns='s' xmlns:dc='d' xmlns:sy='y'><channel rdf:about='x'><title>Ledger</title>
         <sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency></channel>
         <item rdf:about='https://vale.example/1'><title>One</title><dc:date>2031-03-04T10:00+01:00</dc:date></item>
         <item><title>Two</title><link>/2</link></item></rdf:RDF>",
        Form::Rdf,
        &[
            "https://vale.example/1|One|2031-03-04T10:00:00+01:00|||||",
            "https://vale.example/2|Two||||||",
        ],
    );
}

#[test]
fn atom() {
    let long = LONG.repeat(10);
    check(
        &format!(
            "<feed xmlns='a' xml:lang='de'><title>Blatt</title><link rel='self' href='https://vale.example/atom'/>
             <link href='https://vale.example/'/>
             <entry><title type='html'>Ein &amp;amp; zwei</title><link rel='enclosure' href='/sound'/><link href='eins'/>
               <published>2031-03-04T10:00:00Z</published><updated>2031-03-05T10:00:00Z</updated>
               <author><name>Ana Ruiz</name></author><source><title>Bote</title></source>
               <content type='xhtml'><div xmlns='h'><p>{long}</p><p>Zwei <b>fett</b></p></div></content></entry>
             <entry xml:lang='fr'><id>https://vale.example/deux</id><summary type='text'>{long} &lt;p&gt;</summary></entry>
             <entry><content src='https://vale.example/x'/></entry></feed>"
        ),
        Form::Atom,
        &[
            "https://vale.example/feeds/eins|Ein & zwei|2031-03-04T10:00:00Z|2031-03-05T10:00:00Z|Ana Ruiz|Bote||text",
            "https://vale.example/deux||||||fr|text",
            "|||||||",
        ],
    );
}

#[test]
fn json_feed() {
    check(
        &format!(
            r#"{{"version": "https://jsonfeed.org/version/1.1", "title": "Ledger", "items": [
               {{"id": "1", "url": "https://vale.example/1", "title": "One", "date_published": "2031-03-04T10:00:00Z",
                 "authors": [{{"name": "Ana Ruiz"}}], "content_text": "{}"}},
               {{"id": "https://vale.example/2", "language": "nl", "summary": "Kort"}}, 3]}}"#,
            LONG.repeat(10)
        ),
        Form::JsonFeed,
        &[
            "https://vale.example/1|One|2031-03-04T10:00:00Z||Ana Ruiz|||text",
            "https://vale.example/2||||||nl|",
        ],
    );
}

#[test]
fn sitemaps() {
    check(
        "<urlset xmlns='s' xmlns:n='news'><url><loc> https://vale.example/1 </loc><lastmod>2031-03-05</lastmod>
         <n:news><n:publication><n:name>Vale Ledger</n:name><n:language>en</n:language></n:publication>
         <n:publication_date>2031-03-04T10:00:00Z</n:publication_date><n:title>One</n:title></n:news></url>
         <url><lastmod>2031-03-05</lastmod></url><url><loc>ftp://vale.example/2</loc></url></urlset>",
        Form::Sitemap,
        &["https://vale.example/1|One|2031-03-04T10:00:00Z|2031-03-05||Vale Ledger|en|", "|||||||"],
    );
    let index = read("<sitemapindex><sitemap><loc>https://vale.example/a.xml</loc></sitemap></sitemapindex>");
    assert_eq!((index.form, index.lists[0].url.as_str()), (Form::SitemapIndex, "https://vale.example/a.xml"));
}

#[test]
fn opml() {
    let opml = read(
        "<opml version='2.0'><head><title>Mine</title></head><body><outline text='Coast'>
         <outline type='rss' text='Courier' xmlUrl='https://coast.example/rss?a=1&amp;b=2' htmlUrl='x'/></outline>
         <outline text='no feed'/></body></opml>",
    );
    assert_eq!((opml.form, opml.title.as_deref()), (Form::Opml, Some("Mine")));
    let expected = Listed {
        url: "https://coast.example/rss?a=1&b=2".to_owned(),
        title: Some("Courier".to_owned()),
        updated: None,
    };
    assert_eq!(opml.lists, [expected]);
}

#[test]
fn what_is_no_list_is_refused_with_the_reason() {
    for (bytes, why) in [
        ("", "empty"),
        ("<html><body>", "a web page, not a feed"),
        ("<nitf><head/></nitf>", "XML, but neither a feed nor a sitemap nor OPML: its root is <nitf>"),
        ("{\"a\": 1}", "JSON, but no JSON Feed: `version` names none"),
    ] {
        assert_eq!(parse(bytes.as_bytes(), None, None).map(|_| ()), Err(why.to_owned()));
    }
}

#[test]
fn any_cut_and_any_odd_byte_is_read_without_a_panic() {
    let lists: [&[u8]; 4] = [
        b"<?xml version='1.0' encoding='x'?><rss><channel><item><link>/a&amp;&#x41;</link><pubDate>7 Jan 31 9:05 GMT</pubDate></item></channel></rss>",
        b"<feed><entry><link rel='alternate' href='a'/><content type='xhtml'><p>a</p></content></entry></feed>",
        b"{\"version\": \"https://jsonfeed.org/version/1\", \"items\": [{\"id\": \"a\", \"authors\": [{\"name\": \"b\"}]}]}",
        b"<!-- x --><opml><body><outline xmlUrl='https://vale.example/a' text='b'/></body></opml>",
    ];
    for list in lists {
        for at in 0..list.len() {
            let _ = (looks_like_one(&list[..at]), parse(&list[..at], None, None));
            for odd in [0, b'<', b'&', b'"', 0xff, b'>'] {
                let mut bytes = list.to_vec();
                bytes[at] = odd;
                let _ =
                    (looks_like_one(&bytes), parse(&bytes, Some("https://vale.example/"), Some("koi8-r")));
            }
        }
    }
}
