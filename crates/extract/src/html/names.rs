//! Which names of elements and attributes are told apart?
//!
//! A name is looked up once, where the page is parsed; from then on it is a number.

use html5ever::tendril::StrTendril;

/// Declares names in the order of their text, and what finds them.
macro_rules! names {
    ($(#[$doc:meta])* $kind:ident, $n:ident, $keys:ident: $($name:ident $text:literal)+; $($more:ident $other:literal)*) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub(crate) enum $kind {
            $($name,)+
            $($more,)*
        }

        const $n: usize = [$($text),+].len();
        static $keys: [u128; $n] = keys(&[$($text),+]);

        impl $kind {
            const ALL: [$kind; $n] = [$($kind::$name),+];

            /// The one of this name.
            pub(crate) fn named(name: &str) -> Option<$kind> {
                if name.len() > 16 {
                    return None;
                }
                $keys.binary_search(&packed(name.as_bytes())).ok().map(|at| $kind::ALL[at])
            }

            /// Its name.
            #[allow(dead_code, reason = "the names of attributes are asked by tests alone")]
            pub(crate) fn as_str(self) -> &'static str {
                match self {
                    $($kind::$name => $text,)+
                    $($kind::$more => $other,)*
                }
            }
        }
    };
}

names! {
    /// Elements; all that are not told apart are `Other`, and what is no element is `Text`.
    Tag, N_TAGS, TAG_KEYS:
    A "a" Abbr "abbr" Address "address" AmpAd "amp-ad" AmpImg "amp-img" Article "article" Aside "aside"
    Audio "audio" B "b" Base "base" Blockquote "blockquote" Body "body" Br "br" Button "button"
    Canvas "canvas" Caption "caption" Center "center" Cite "cite" Code "code" Dd "dd" Del "del"
    Details "details" Dialog "dialog" Div "div" Dl "dl" Dt "dt" Em "em" Embed "embed" Fieldset "fieldset"
    Figcaption "figcaption" Figure "figure" Font "font" Footer "footer" Form "form" H1 "h1" H2 "h2" H3 "h3"
    H4 "h4" H5 "h5" H6 "h6" Head "head" Header "header" Hgroup "hgroup" Hr "hr" Html "html" I "i"
    Iframe "iframe" Img "img" Input "input" Label "label" Legend "legend" Li "li" Link "link" Main "main"
    Map "map" Mark "mark" Menu "menu" Meta "meta" Nav "nav" Noscript "noscript" Object "object" Ol "ol"
    Optgroup "optgroup" Option "option" P "p" Picture "picture" Pre "pre" Progress "progress" Q "q" S "s"
    Script "script" Section "section" Select "select" Small "small" Source "source" Span "span"
    Strike "strike" Strong "strong" Style "style" Sub "sub" Summary "summary" Sup "sup" Svg "svg"
    Table "table" Tbody "tbody" Td "td" Template "template" Textarea "textarea" Tfoot "tfoot" Th "th"
    Thead "thead" Time "time" Title "title" Tr "tr" Tt "tt" U "u" Ul "ul" Video "video";
    Other "other" Text ""
}

names! {
    /// Attributes that are read.
    Attr, N_ATTRS, ATTR_KEYS:
    AriaHidden "aria-hidden" AriaLabel "aria-label" Charset "charset" Class "class" Content "content"
    DataComponent "data-component" DataTestid "data-testid" Datetime "datetime" Hidden "hidden" Href "href"
    HttpEquiv "http-equiv" Id "id" Itemprop "itemprop" Itemscope "itemscope" Itemtype "itemtype" Lang "lang"
    Name "name" Property "property" Pubdate "pubdate" Rel "rel" Role "role" Style "style" Title "title"
    Type "type";
}

impl Tag {
    /// Whether the element stands as a block of its own, so that text before and after it is parted.
    pub(crate) fn is_block(self) -> bool {
        matches!(
            self,
            Tag::Address
                | Tag::Article
                | Tag::Aside
                | Tag::Blockquote
                | Tag::Body
                | Tag::Button
                | Tag::Caption
                | Tag::Center
                | Tag::Dd
                | Tag::Details
                | Tag::Dialog
                | Tag::Div
                | Tag::Dl
                | Tag::Dt
                | Tag::Fieldset
                | Tag::Figcaption
                | Tag::Figure
                | Tag::Footer
                | Tag::Form
                | Tag::H1
                | Tag::H2
                | Tag::H3
                | Tag::H4
                | Tag::H5
                | Tag::H6
                | Tag::Header
                | Tag::Hgroup
                | Tag::Hr
                | Tag::Html
                | Tag::Iframe
                | Tag::Legend
                | Tag::Li
                | Tag::Main
                | Tag::Menu
                | Tag::Nav
                | Tag::Noscript
                | Tag::Ol
                | Tag::Option
                | Tag::P
                | Tag::Pre
                | Tag::Section
                | Tag::Select
                | Tag::Summary
                | Tag::Table
                | Tag::Tbody
                | Tag::Td
                | Tag::Template
                | Tag::Textarea
                | Tag::Tfoot
                | Tag::Th
                | Tag::Thead
                | Tag::Tr
                | Tag::Ul
                | Tag::Video
                | Tag::Audio
                | Tag::Object
                | Tag::Picture
        )
    }
}

/// The attributes of an element that are read.
#[derive(Debug, Default)]
pub(crate) struct Attrs {
    /// Which there are, a bit each: most are asked for where they are not.
    has: u32,
    values: Vec<(Attr, StrTendril)>,
}

impl Attrs {
    /// The value of an attribute.
    pub(crate) fn get(&self, name: Attr) -> Option<&str> {
        if self.has & name.bit() == 0 {
            return None;
        }
        self.values.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_ref())
    }

    /// Adds an attribute, unless one of its name is there.
    pub(super) fn add(&mut self, name: Attr, value: StrTendril) {
        if self.has & name.bit() == 0 {
            self.has |= name.bit();
            self.values.push((name, value));
        }
    }
}

impl Attr {
    fn bit(self) -> u32 {
        1 << self as u32
    }
}

/// A name of 16 bytes or fewer as a number, in the names' order.
pub(super) const fn packed(name: &[u8]) -> u128 {
    let (mut bytes, mut at) = ([0; 16], 0);
    while at < name.len() {
        bytes[at] = name[at];
        at += 1;
    }
    u128::from_be_bytes(bytes)
}

/// Names as numbers.
pub(super) const fn keys<const N: usize>(names: &[&str]) -> [u128; N] {
    let (mut keys, mut at) = ([0; N], 0);
    while at < N {
        keys[at] = packed(names[at].as_bytes());
        at += 1;
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted() {
        assert!(TAG_KEYS.is_sorted() && ATTR_KEYS.is_sorted());
        assert!(Attr::ALL.len() <= u32::BITS as usize);
    }

    #[test]
    fn a_name_finds_its_own() {
        for tag in Tag::ALL {
            assert_eq!(Tag::named(tag.as_str()), Some(tag));
        }
        for attr in Attr::ALL {
            assert_eq!(Attr::named(attr.as_str()), Some(attr));
        }
        assert_eq!(Tag::named("a-name-longer-than-sixteen"), None);
    }
}
