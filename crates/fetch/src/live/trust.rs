//! Whose word is taken that a site is who it says it is?
//!
//! The authorities that the system trusts (or, where the environment names others, those: OpenSSL's `SSL_CERT_FILE` and
//! `SSL_CERT_DIR`), Mozilla's where the system has none, and those that the user names beside them. What is wrong with
//! a certificate is told in words.

use rustls::CertificateError;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, UnixTime};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use ureq::tls::{Certificate, RootCerts, TlsConfig};

/// Where certificates of authorities lie. What is not given is what the system has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trust {
    /// PEM files of authorities that are trusted beside the others.
    pub beside: Vec<PathBuf>,
    /// A PEM file of those that are trusted in place of the system's.
    pub file: Option<PathBuf>,
    /// Folders of such files, as a search path is written.
    pub folders: Option<OsString>,
}

impl Trust {
    /// Looks whether the files that are trusted beside the others hold certificates; else tells which does not.
    pub fn check(&self) -> Result<(), String> {
        self.beside.iter().try_for_each(|path| certificates(path).map(drop))
    }
}

/// How connections are made safe, or why they cannot be.
pub(super) fn config(trust: &Trust) -> Result<TlsConfig, String> {
    let mut roots = base(trust)?;
    for path in &trust.beside {
        roots.extend(certificates(path)?);
    }
    let roots = roots.iter().map(|root| Certificate::from_der(root.as_ref()).to_owned());
    Ok(TlsConfig::builder()
        .root_certs(RootCerts::Specific(Arc::new(roots.collect())))
        .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .build())
}

/// The authorities without those that the user adds.
fn base(trust: &Trust) -> Result<Vec<CertificateDer<'static>>, String> {
    if trust.file.is_none() && trust.folders.is_none() {
        // What of the system's cannot be read is no reason to ask nobody.
        let system = rustls_native_certs::load_native_certs().certs;
        return Ok(match system.is_empty() {
            true => webpki_root_certs::TLS_SERVER_ROOT_CERTS.to_vec(),
            false => system,
        });
    }
    let mut found = Vec::new();
    if let Some(file) = &trust.file {
        found.extend(certificates(file).map_err(|why| format!("SSL_CERT_FILE: {why}"))?);
    }
    for folder in trust.folders.iter().flat_map(std::env::split_paths) {
        found.extend(rustls_native_certs::load_certs_from_paths(None, Some(&folder)).certs);
    }
    match found.is_empty() {
        true => Err("SSL_CERT_DIR: no certificate in it".to_owned()),
        false => Ok(found),
    }
}

/// The certificates in a PEM file: at least one.
fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, String> {
    let why = |why: String| format!("{}: {why}", path.display());
    let bytes = fs::read(path).map_err(|error| why(error.to_string().to_lowercase()))?;
    let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&bytes).collect();
    match found {
        Ok(found) if !found.is_empty() => Ok(found),
        Ok(_) => Err(why("no certificate in it (expected PEM)".to_owned())),
        Err(error) => Err(why(format!("a broken certificate: {error}"))),
    }
}

/// What makes a connection unsafe, in words.
pub(super) fn unsafe_because(error: &rustls::Error) -> String {
    let why = match error {
        rustls::Error::InvalidCertificate(odd) => certificate_because(odd),
        rustls::Error::InvalidMessage(_) => "what answers there does not speak TLS".to_owned(),
        error => error.to_string(),
    };
    format!("no safe connection: {why}")
}

fn certificate_because(odd: &CertificateError) -> String {
    use CertificateError as Odd;
    let day = |time: &UnixTime| {
        super::iso(time.as_secs().saturating_mul(1000)).chars().take(10).collect::<String>()
    };
    match odd {
        Odd::UnknownIssuer => {
            "the site's certificate is signed by no authority that is known here (--ca FILE names one)"
                .to_owned()
        }
        Odd::ExpiredContext { not_after, .. } => {
            format!("the site's certificate ended on {}", day(not_after))
        }
        Odd::Expired => "the site's certificate has ended".to_owned(),
        Odd::NotValidYetContext { not_before, .. } => {
            format!("the site's certificate begins on {}", day(not_before))
        }
        Odd::NotValidYet => "the site's certificate has not begun".to_owned(),
        Odd::NotValidForName | Odd::NotValidForNameContext { .. } => {
            "the site's certificate is for another name".to_owned()
        }
        odd => format!("the site's certificate is not good: {odd}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_without_a_certificate_are_named() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str, bytes: &[u8]| {
            let path = folder.path().join(name);
            fs::write(&path, bytes).unwrap();
            path
        };
        let words = at("words.pem", b"no certificate at all");
        let broken = at("broken.pem", b"-----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----\n");
        let nowhere = folder.path().join("nowhere.pem");
        for (path, why) in
            [(words, "no certificate in it"), (broken, "a broken certificate"), (nowhere, "no such file")]
        {
            let trust = Trust { beside: vec![path.clone()], ..Trust::default() };
            let told = trust.check().unwrap_err();
            assert!(told.contains(why) && told.contains(&path.display().to_string()), "{told}");
            let told = config(&Trust { file: Some(path), ..Trust::default() }).map(drop).unwrap_err();
            assert!(told.starts_with("SSL_CERT_FILE: ") && told.contains(why), "{told}");
        }
        let empty = Trust { folders: Some(folder.path().into()), ..Trust::default() };
        assert!(config(&empty).map(drop).unwrap_err().starts_with("SSL_CERT_DIR"));
    }

    #[test]
    fn without_a_word_some_authorities_are_trusted() {
        assert!(base(&Trust::default()).unwrap().len() > 10);
        assert!(config(&Trust::default()).is_ok());
    }
}
