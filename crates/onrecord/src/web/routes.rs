//! Which address shows what? Every address ends in `.json` for the same thing as JSON.

use crate::web::fail::{Failure, HTML, JSON};
use crate::web::pages::{self, Form, Reply};
use crate::web::{Site, guard};
use axum::Router;
use axum::extract::{Request, State};
use axum::http::{StatusCode, Uri, header};
use axum::middleware;
use axum::response::{IntoResponse, Response};
use onrecord_answer::{Contrasts, Id};
use onrecord_store::Record;
use std::sync::Arc;

const ASSETS: [(&str, &str, &str); 3] = [
    ("onrecord.css", "text/css; charset=utf-8", include_str!("assets/onrecord.css")),
    ("keys.js", "text/javascript; charset=utf-8", include_str!("assets/keys.js")),
    ("icon.svg", "image/svg+xml", include_str!("assets/icon.svg")),
];

/// Every address of the site.
pub(crate) fn router(site: Site) -> Router {
    let site = Arc::new(site);
    Router::new()
        .fallback(any)
        .layer(middleware::from_fn_with_state(site.clone(), guard::guard))
        .with_state(site)
}

/// Answers an address: an asset, or a page made on a thread that may wait for the disk.
async fn any(State(site): State<Arc<Site>>, request: Request) -> Response {
    let uri = request.uri().clone();
    let Some(path) = decoded(uri.path()) else {
        return Failure::BadQuery("The address is not UTF-8".to_owned()).into_answer(false);
    };
    if let Some(name) = path.strip_prefix("/assets/") {
        return match ASSETS.iter().find(|(asset, _, _)| *asset == name) {
            Some((_, kind, body)) => ([(header::CONTENT_TYPE, *kind)], *body).into_response(),
            None => Failure::NotFound(format!("“{path}”")).into_answer(false),
        };
    }
    let (form, path) = match path.strip_suffix(".json") {
        Some(path) => (Form::Json, path.to_owned()),
        None => (Form::Page, path),
    };
    let work = move || {
        let record = Record::open(&site.record)?;
        record.hold()?;
        page(&record, &path, &uri, form, &site.words)
    };
    let done = tokio::task::spawn_blocking(work).await;
    match done
        .unwrap_or_else(|_| Err(Failure::Broken("A fault in onrecord itself; please report it".to_owned())))
    {
        Ok(Reply::Html(body)) => ([(header::CONTENT_TYPE, HTML)], body).into_response(),
        Ok(Reply::Json(body)) => ([(header::CONTENT_TYPE, JSON)], body).into_response(),
        Ok(Reply::Elsewhere(address)) => match address.parse::<axum::http::HeaderValue>() {
            Ok(address) => (StatusCode::SEE_OTHER, [(header::LOCATION, address)]).into_response(),
            Err(_) => {
                Failure::Broken("The address cannot be written".to_owned()).into_answer(form == Form::Json)
            }
        },
        Err(failure) => failure.into_answer(form == Form::Json),
    }
}

/// The page of an address without its `.json`.
fn page(record: &Record, path: &str, uri: &Uri, form: Form, words: &Contrasts) -> Result<Reply, Failure> {
    let parts: Vec<&str> = path.trim_start_matches('/').split('/').collect();
    match parts.as_slice() {
        [""] | ["index"] => pages::front(record, uri, form),
        ["stories"] => pages::stories(record, uri, form),
        ["story", id] => pages::story(record, id, words, form),
        ["statement", id] => pages::statement(record, id, form),
        ["quote", id] => pages::quote(record, id, form),
        ["who"] => pages::speakers(record, uri, form),
        ["who", slug] => pages::who(record, slug, form),
        ["position"] => pages::position(record, uri, form),
        ["outlets"] => pages::outlets(record, form),
        ["outlet", name @ ..] if !name.is_empty() => pages::outlet(record, &name.join("/"), form),
        ["article", id] => pages::article(record, id, form),
        ["said"] => pages::said(record, uri, form),
        ["search"] => pages::search(record, uri, form),
        [id] => match home(id, form) {
            Some(address) => Ok(Reply::Elsewhere(address)),
            None => Err(Failure::NotFound(format!("“{path}”"))),
        },
        _ => Err(Failure::NotFound(format!("“{path}”"))),
    }
}

/// The address of what a bare id names: `/s36`, `/st389`, `/a46`, `/q9`.
fn home(id: &str, form: Form) -> Option<String> {
    let kind = match Id::parse(id) {
        Id::Article(_) | Id::Version(..) => "article",
        Id::Quote(_) => "quote",
        Id::Statement(_) => "statement",
        Id::Story(_) => "story",
        Id::Speaker(_) => return None,
    };
    let ending = if form == Form::Json { ".json" } else { "" };
    Some(format!("/{kind}/{id}{ending}"))
}

/// A path with its `%XX` read; `None` if that is no UTF-8.
fn decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = |byte: u8| char::from(byte).to_digit(16).map(|digit| digit as u8);
        match (first, tail) {
            (b'%', [high, low, tail @ ..]) => match (hex(*high), hex(*low)) {
                (Some(high), Some(low)) => {
                    bytes.push(high * 16 + low);
                    rest = tail;
                }
                _ => return None,
            },
            (b'%', _) => return None,
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_decoded_or_refused() {
        assert_eq!(decoded("/who/%C3%A9va").as_deref(), Some("/who/éva"));
        for bad in ["/%", "/%4", "/%zz", "/%ff"] {
            assert_eq!(decoded(bad), None, "{bad}");
        }
    }
}
