//! A certificate as it is looked at and printed.

use browser::clock;
use exchange::frozen::Frozen;
use leptos::prelude::*;
use session::deal::{Signatory, Signature};

use super::copy;
use crate::features::{room::price, sealed};

/// One signature on it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Signed {
    /// Who.
    pub(crate) who: Signatory,
    /// How it looks; nothing while it is not signed.
    pub(crate) signature: Option<Signature>,
    /// When, milliseconds since 1970.
    pub(crate) at: u64,
    /// Whether it is of the selling side.
    pub(crate) sells: bool,
}

/// What stands on it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Paper {
    pub(crate) title: String,
    pub(crate) between: String,
    pub(crate) amount: Option<String>,
    pub(crate) sealed_at: u64,
    pub(crate) sealed_by: String,
    pub(crate) fingerprint: String,
    pub(crate) signed: Vec<Signed>,
}

impl Paper {
    pub(crate) fn of(
        frozen: &Frozen,
        hash: &[u8; 32],
        sealed_at: u64,
        sealed_by: String,
        signed: Vec<Signed>,
    ) -> Self {
        let portal = &frozen.portal;
        let sides = [&portal.buyer, &portal.seller].map(|side| side.trim()).into_iter();
        let between = sides.filter(|side| !side.is_empty()).collect::<Vec<_>>().join(" and ");
        Self {
            title: sealed::filled(frozen, &frozen.title),
            between,
            amount: price::first_year(&frozen.price, &frozen.choices),
            sealed_at,
            sealed_by,
            fingerprint: sealed::fingerprint(hash),
            signed,
        }
    }
}

/// It, on paper.
#[component]
pub(crate) fn CertificatePaper(paper: Paper) -> impl IntoView {
    let fact = |label: &'static str, words: String| {
        (!words.is_empty()).then(|| view! { <dt>{label}</dt><dd>{words}</dd> })
    };
    let line = |signed: &Signed| {
        let who = &signed.who;
        let when =
            if signed.signature.is_some() { clock::date_time(signed.at) } else { copy::NOT_YET.to_owned() };
        let more = [who.role.clone(), who.mail.clone()].into_iter().filter(|it| !it.is_empty());
        let more = more.collect::<Vec<_>>().join(" · ");
        view! {
            <li>
                <div class="signature">{signed.signature.as_ref().map(drawn)}</div>
                <p class="signature-name">{who.name.clone()}</p>
                {(!more.is_empty()).then(|| view! { <p>{more.clone()}</p> })}
                <p>{if signed.sells { copy::FOR_SELLER } else { copy::FOR_BUYER }}</p>
                <p>{when}</p>
            </li>
        }
    };
    view! {
        <article class="certificate" aria-label=copy::CERTIFICATE>
            <header>
                <p>{copy::CERTIFICATE}</p>
                <h2>{paper.title.clone()}</h2>
            </header>
            <dl class="facts">
                {fact(copy::BETWEEN, paper.between.clone())}
                {fact(copy::AMOUNT, paper.amount.as_ref().map(|money| copy::amount(money)).unwrap_or_default())}
            </dl>
            <ul class="signatures">{paper.signed.iter().map(line).collect_view()}</ul>
            <dl class="facts">
                {fact(copy::SEALED, copy::by(&clock::date_time(paper.sealed_at), &paper.sealed_by))}
                <dt>{copy::FINGERPRINT}</dt><dd class="fingerprint">{paper.fingerprint.clone()}</dd>
            </dl>
            <p class="certificate-note">{copy::SIMPLE}</p>
        </article>
    }
}

/// A signature as its person left it.
fn drawn(signature: &Signature) -> AnyView {
    match signature {
        Signature::Typed(name) => view! { <span class="hand">{name.clone()}</span> }.into_any(),
        Signature::Drawn(drawing) => view! {
            <svg viewBox="0 0 3000 1000" role="img" aria-label=copy::DRAWN><path d=drawing.path() /></svg>
        }
        .into_any(),
    }
}
