//! An agreed deal as a file, and what is to be found when one is verified.

use std::collections::BTreeSet;

use exchange::frozen::{Digest, Frozen, FrozenError};
use model::{ActHash, Author, DocName};
use stdx::Gather as _;
use sync::{
    deal::{Certificate, Finding, Part, SignedAct, State, Unreadable, Verified},
    roll::{Said, Statement},
};

use super::NotSigned;
use crate::{Problem, Room};

/// Images of more bytes than this in all are left out of a certificate: it names them all the same.
const IMAGES_MAX: usize = 20 * 1024 * 1024;

impl Room {
    /// An agreed deal as a file that anybody can verify.
    ///
    /// # Errors
    /// [`NotSigned::NotAccepted`] for what is not agreed, and what the store says.
    pub async fn certificate(&self, seal: ActHash) -> Result<Vec<u8>, Problem> {
        let (acts, sealed) = {
            let documents = self.documents();
            let seals = documents.deal.seals();
            let it = seals.iter().find(|it| it.hash == seal && it.state == State::Agreed);
            let it = it.ok_or(NotSigned::NotAccepted)?;
            let (by, _, countersigned) = it.countersigned.ok_or(NotSigned::NotAccepted)?;
            let answers = it.answers.iter().flatten().map(|answer| answer.hash);
            let named = answers.filter(|hash| countersigned.acceptances.contains(hash));
            let names: Vec<ActHash> = [seal, by].into_iter().chain(named).collect();
            let acts: Option<Vec<SignedAct>> =
                names.iter().map(|name| documents.deal.act(name).cloned()).collect();
            (acts.ok_or(NotSigned::NotHere)?, it.seal.clone())
        };
        let frozen = self.sealed_bytes(&sealed).await?.ok_or(NotSigned::NotHere)?;
        let mut images: Vec<Vec<u8>> = Vec::new();
        for blob in &sealed.shows {
            // What is not here is named all the same.
            if let Ok(Some(image)) = self.blob(*blob).await
                && images.iter().map(Vec::len).sum::<usize>() + image.len() <= IMAGES_MAX
            {
                images.push(image);
            }
        }
        let authors: BTreeSet<Author> = acts.iter().map(|signed| signed.author).gather();
        let joinings = self.joinings(&authors).await?;
        let mut bytes = acts.into_iter().map(|signed| signed.bytes);
        let (seal, countersignature) = (bytes.next(), bytes.next());
        let certificate = Certificate {
            room: self.id(),
            owner: self.keys().owner,
            seal: seal.unwrap_or_default(),
            countersignature: countersignature.unwrap_or_default(),
            acceptances: bytes.collect(),
            joinings,
            frozen,
            images,
        };
        Ok(certificate.write())
    }

    /// The statements by which authors joined, as they were signed.
    async fn joinings(&self, authors: &BTreeSet<Author>) -> Result<Vec<Vec<u8>>, Problem> {
        let owner = self.keys().owner;
        let stored = self.ports().store.entries(self.id()).await?;
        let mut joinings: Vec<Vec<u8>> = Vec::new();
        for entry in stored.iter().filter(|entry| entry.doc == DocName::Roll) {
            let Ok((_, signed)) = self.writer().open(&entry.sealed) else { continue };
            let Ok(said) = Said::read(&owner, self.id(), &signed.entry.update) else { continue };
            let is_wanted = matches!(&said.statement, Statement::Joined(it) if authors.contains(&it.author));
            if is_wanted && !joinings.contains(&said.bytes) {
                joinings.push(said.bytes);
            }
        }
        Ok(joinings)
    }
}

/// A certificate that was read and verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// As it was read.
    pub certificate: Certificate,
    /// What was found.
    pub verified: Verified,
    /// What was sealed, where it can be read.
    pub frozen: Option<Frozen>,
}

/// Reads a certificate's file and verifies all that can be.
///
/// # Errors
/// Where it cannot even be told what the file holds.
pub fn verify_certificate(bytes: &[u8]) -> Result<Checked, Unreadable> {
    let (certificate, fits) = Certificate::read(bytes)?;
    let mut verified = certificate.verify(|bytes| match Digest::of(bytes) {
        Ok(digest) => {
            let parts = digest.parts.into_iter();
            Ok(parts.map(|(part, hash)| Part { name: part.name(), hash }).collect())
        }
        Err(FrozenError::Changed(part) | FrozenError::Unreadable(part)) => Err(Some(part.name())),
        Err(_) => Err(None),
    });
    let frozen = Frozen::decode(&certificate.frozen);
    if let Err(FrozenError::Unreadable(part)) = &frozen {
        verified.findings.push(Finding::Part(part.name()));
    }
    if !fits {
        verified.findings.push(Finding::File);
    }
    Ok(Checked { certificate, verified, frozen: frozen.ok() })
}
