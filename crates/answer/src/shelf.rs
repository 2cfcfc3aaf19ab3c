//! Articles that one answer needs more than once: read from the record once.

use crate::ids::Id;
use crate::near::Near;
use crate::negation;
use crate::passage::{Layers, around, passage};
use crate::views::{
    ActorView, ArticleRef, Beside, Caveat, Doubt, RenderingView, RoleView, SpeakerRef, round,
};
use onrecord_store::{
    ActorId, PageId, Record, Result, StoredActor, StoredArticle, StoredPlacement, StoredQuote,
    StoredRendering,
};
use onrecord_terms::quote::join;
use onrecord_terms::{Article, CodePoints, Kind, Lang, Mark, Place, Quote};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// So many articles are kept at a time.
const ROOM: usize = 512;

/// A speaker less likely than this is not named: the likeliest is told as a doubt instead.
const NAMED_FROM: f32 = 0.5;

/// A second choice below this is next to nothing and not told.
const FAINT: f32 = 0.05;

/// The articles of one answer.
pub(crate) struct Shelf<'r> {
    pub(crate) record: &'r Record,
    articles: RefCell<BTreeMap<PageId, Option<Rc<Shelved>>>>,
    actors: RefCell<BTreeMap<ActorId, Option<Rc<StoredActor>>>>,
    /// The passages of the story that was asked for last.
    near: RefCell<Option<(PageId, Rc<Near>)>>,
}

/// An article with its quotes and its place.
pub(crate) struct Shelved {
    pub(crate) stored: StoredArticle,
    pub(crate) quotes: Vec<StoredQuote>,
    pub(crate) placement: Option<StoredPlacement>,
}

impl Shelved {
    pub(crate) fn article(&self) -> &Article {
        &self.stored.article
    }

    /// What counts as one report: copies of one another do.
    pub(crate) fn family(&self) -> PageId {
        self.placement.as_ref().map_or(self.stored.page, |placement| placement.family)
    }

    /// Whether its text is in the language whose grammar the quote finder knows, as far as is known.
    pub(crate) fn is_english(&self) -> bool {
        self.article().language.is_none_or(|language| language == Lang::ENGLISH)
    }

    /// What a reader should know about one of its quotes.
    pub(crate) fn caveats(&self, quote: &Quote) -> Vec<Caveat> {
        let mut caveats = Vec::new();
        if quote.place() == Place::Title && quote.kind() != Kind::Indirect {
            let article = self.article();
            let noted = self.stored.notes.iter().filter(|note| note.code == Caveat::HEADLINE.code);
            let words = plain(&quote.words(article));
            // The note ends with the words that it is about.
            let about = |text: &str| {
                text.rsplit_once("body: ").is_none_or(|(_, noted)| {
                    let noted = plain(noted);
                    words.contains(&noted) || noted.contains(&words)
                })
            };
            if noted.into_iter().any(|note| about(&note.text)) {
                caveats.push(Caveat::HEADLINE);
            }
        }
        if negation::gone_from_headline(self, quote) {
            caveats.push(Caveat::NEGATION);
        }
        if !self.is_english() {
            caveats.push(Caveat::MARKS);
        }
        caveats
    }

    /// How a quote is told: words that only a headline sets in marks count as the outlet's own.
    pub(crate) fn kind(&self, quote: &Quote) -> Kind {
        match self.caveats(quote).contains(&Caveat::HEADLINE) {
            true => Kind::Indirect,
            false => quote.kind(),
        }
    }

    pub(crate) fn view(&self) -> ArticleRef {
        let article = self.article();
        let id = match self.stored.latest {
            true => Id::Article(self.stored.page),
            false => Id::Version(self.stored.page, self.stored.version.number),
        };
        ArticleRef {
            id: id.to_string(),
            name: article.id.clone(),
            outlet: article.outlet.clone(),
            title: article.title.clone(),
            url: article.url.clone(),
            published: article.published.map(|moment| moment.to_string()),
            language: article.language.map(|language| language.as_str().to_owned()),
            complete: article.complete,
            agencies: article.agencies.clone(),
            copy_of: self
                .placement
                .as_ref()
                .and_then(|p| p.copy_of)
                .map(|page| Id::Article(page).to_string()),
        }
    }
}

impl<'r> Shelf<'r> {
    pub(crate) fn new(record: &'r Record) -> Shelf<'r> {
        Shelf { record, articles: RefCell::default(), actors: RefCell::default(), near: RefCell::default() }
    }

    /// The latest version of a page's article.
    pub(crate) fn article(&self, page: PageId) -> Result<Option<Rc<Shelved>>> {
        if let Some(found) = self.articles.borrow().get(&page) {
            return Ok(found.clone());
        }
        let shelved = match self.record.article(page)? {
            Some(stored) => Some(Rc::new(self.shelve(stored)?)),
            None => None,
        };
        let mut articles = self.articles.borrow_mut();
        if articles.len() >= ROOM {
            articles.clear();
        }
        articles.insert(page, shelved.clone());
        Ok(shelved)
    }

    /// The passages of a story by their words.
    pub(crate) fn near(&self, story: PageId) -> Result<Rc<Near>> {
        if let Some((of, near)) = &*self.near.borrow()
            && *of == story
        {
            return Ok(near.clone());
        }
        let near = Rc::new(Near::new(&crate::stories::articles(self, story)?));
        *self.near.borrow_mut() = Some((story, near.clone()));
        Ok(near)
    }

    /// An article with its quotes, of any version.
    pub(crate) fn shelve(&self, stored: StoredArticle) -> Result<Shelved> {
        let quotes = self.record.quotes(&stored)?;
        let placement = match stored.latest {
            true => self.record.placement(stored.page)?,
            false => None,
        };
        Ok(Shelved { stored, quotes, placement })
    }

    pub(crate) fn actor(&self, id: ActorId) -> Result<Option<Rc<StoredActor>>> {
        if let Some(found) = self.actors.borrow().get(&id) {
            return Ok(found.clone());
        }
        let actor = self.record.actor(id)?.map(Rc::new);
        self.actors.borrow_mut().insert(id, actor.clone());
        Ok(actor)
    }

    /// A speaker over the whole record, as others refer to it.
    pub(crate) fn actor_ref(&self, id: ActorId) -> Result<Option<SpeakerRef>> {
        Ok(self.actor(id)?.map(|actor| SpeakerRef {
            id: Some(actor.slug.clone()),
            name: actor.name.clone(),
            kind: actor.kind.as_str().to_owned(),
            named: actor.named,
            role: actor.roles.last().map(|role| role.title.clone()),
            of: None,
        }))
    }

    pub(crate) fn actor_view(&self, actor: &StoredActor) -> Result<ActorView> {
        let day = |day: Option<onrecord_terms::Day>| day.map(|day| day.to_string());
        Ok(ActorView {
            id: actor.slug.clone(),
            name: actor.name.clone(),
            kind: actor.kind.as_str().to_owned(),
            named: actor.named,
            names: actor.names.clone(),
            roles: actor
                .roles
                .iter()
                .map(|role| RoleView { title: role.title.clone(), first: day(role.from), last: day(role.to) })
                .collect(),
            of: match actor.of {
                Some(of) => self.actor_ref(of)?,
                None => None,
            },
            statements: actor.n_statements,
        })
    }

    /// Who speaks in a quote, as its article has it; nobody where that is more doubtful than not.
    pub(crate) fn speakers(&self, quote: &StoredQuote) -> Result<Vec<SpeakerRef>> {
        match quote.quote.voice.confidence < NAMED_FROM {
            true => Ok(Vec::new()),
            false => self.all_speakers(quote),
        }
    }

    /// Who speaks in a quote, however doubtful.
    pub(crate) fn all_speakers(&self, quote: &StoredQuote) -> Result<Vec<SpeakerRef>> {
        let mut speakers = Vec::new();
        for (speaker, actor) in quote.quote.voice.speakers.iter().zip(&quote.actors) {
            let id = match actor {
                Some(actor) => self.actor(*actor)?.map(|actor| actor.slug.clone()),
                None => None,
            };
            speakers.push(SpeakerRef {
                id,
                name: speaker.name.clone(),
                kind: speaker.kind.as_str().to_owned(),
                named: speaker.named,
                role: speaker.role.clone(),
                of: speaker.of.clone(),
            });
        }
        Ok(speakers)
    }

    /// One telling with its evidence.
    pub(crate) fn rendering(
        &self,
        shelved: &Shelved,
        told: &StoredRendering,
    ) -> Result<Option<RenderingView>> {
        let Some(quote) = shelved.quotes.get(told.idx).filter(|quote| quote.id == told.quote) else {
            return Ok(None);
        };
        let marks = told.marks(quote.quote.place().text(shelved.article()))?;
        self.quote(shelved, quote, &marks, told.complete).map(Some)
    }

    /// One quote with its evidence.
    pub(crate) fn quote(
        &self,
        shelved: &Shelved,
        stored: &StoredQuote,
        marks: &[Mark],
        complete: bool,
    ) -> Result<RenderingView> {
        let (article, quote) = (shelved.article(), &stored.quote);
        let place = quote.place();
        let text = place.text(article);
        let points = CodePoints::new(text);
        let window = around(article, place, quote.sentence());
        let mut differs: Vec<&'static str> = Vec::new();
        for mark in marks {
            if !differs.contains(&mark.differs.as_str()) {
                differs.push(mark.differs.as_str());
            }
        }
        let sense = &quote.sense;
        Ok(RenderingView {
            quote: Id::Quote(stored.id).to_string(),
            statement: stored.statement.map(|id| Id::Statement(id).to_string()),
            article: shelved.view(),
            kind: shelved.kind(quote).as_str().to_owned(),
            caveats: shelved.caveats(quote),
            cue: (!quote.cue().is_empty()).then(|| join(text, quote.cue())),
            words: quote.words(article),
            passage: passage(place, text, &points, window, &Layers::with_marks(quote, marks)),
            speakers: self.speakers(stored)?,
            doubt: doubt(quote),
            mode: sense.mode.map(|mode| mode.as_str().to_owned()),
            act: sense.act.filter(|_| shelved.is_english()).map(|act| act.as_str().to_owned()),
            target: sense.target.clone(),
            condition: sense.condition.map(|span| join(text, &[span])),
            said_on: sense.said_on.map(|day| day.to_string()),
            venue: sense.venue.clone(),
            beside: Beside::of(&sense.beside),
            complete,
            differs,
            confidence: round(quote.confidence),
            content: quote.content().iter().map(|span| points.from_bytes(*span)).collect(),
        })
    }
}

/// How sure it is who speaks.
pub(crate) fn doubt(quote: &Quote) -> Doubt {
    let voice = &quote.voice;
    let runner_up = voice.runner_up.as_ref().filter(|runner_up| runner_up.confidence >= FAINT);
    let unnamed = voice.confidence < NAMED_FROM && !voice.speakers.is_empty();
    let names =
        || voice.speakers.iter().map(|speaker| speaker.name.as_str()).collect::<Vec<_>>().join(" and ");
    Doubt {
        confidence: round(voice.confidence),
        likeliest: unnamed.then(names),
        runner_up: runner_up.map(|runner_up| runner_up.name.clone()),
        runner_up_confidence: runner_up.map(|runner_up| round(runner_up.confidence)),
    }
}

/// Letters and digits in lower case, words parted by one blank, with a blank at both ends: for comparing.
pub(crate) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push(' ');
    for c in text.chars() {
        if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        } else if !matches!(c, '\'' | '’') && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    if !out.ends_with(' ') {
        out.push(' ');
    }
    out
}
