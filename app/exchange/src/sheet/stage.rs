//! What the words for stages mean: still open, won, lost, or nothing decided.

use super::{Sheet, normal::letters};

/// Where a deal in a stage stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Still to be decided.
    Open,
    /// The buyer bought.
    Won,
    /// The buyer bought elsewhere, or said no.
    Lost,
    /// The buyer decided nothing.
    NoDecision,
}

/// A word for a stage in a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    /// As it is written.
    pub words: String,
    /// In how many rows.
    pub count: usize,
    /// What it likely means; nothing where its words tell nothing.
    pub place: Option<Place>,
}

/// Words in English, German, French and Spanish, in letters alone: a stage with one of them anywhere in it is there. Those that stand
/// first are looked for first, so that `not won` is lost and `closed` alone tells nothing.
const WORDS: [(Place, &str); 4] = [
    (
        Place::NoDecision,
        "nodecision nodecission abandoned stalled cancelled canceled keineentscheidung abgebrochen eingestellt \
         sanssuite sansdecision abandonne annule sindecision abandonad cancelad anulad",
    ),
    (
        Place::Lost,
        "lost notwon nichtgewonnen verloren abgelehnt perdu perdid perdue disqualified unqualified rejected declined \
         disqualifiziert rejete refuse nongagne descartad rechazad noganad",
    ),
    (
        Place::Won,
        "won gewonnen beauftragt gagne ganad signed contractsigned vertragunterschrieben signe firmad closedandwon",
    ),
    (
        Place::Open,
        "open prospect qualif engag lead discovery needs value demo appointment meeting presentation proposal quote \
         negotiat contract review evaluat pilot trial decision commit perception identify develop propose contact new \
         offen neu interessent termin bedarf angebot verhandlung prasentation entscheid test erstkontakt ouvert \
         nouveau nouvelle rendezvous besoin proposition devis negociation contrat abiert nuev cita necesidad propuesta \
         oferta presupuesto negociacion contrato encours enproceso inbearbeitung",
    ),
];

/// The place of a stage by its words.
pub fn place(words: &str) -> Option<Place> {
    let plain = letters(words);
    let is_there = |all: &str| all.split(' ').any(|word| plain.contains(word));
    WORDS.iter().find(|(_, all)| is_there(all)).map(|(place, _)| *place)
}

/// How early deals usually come to an open stage of these words: smaller is earlier.
pub fn early(words: &str) -> usize {
    let plain = letters(words);
    let open = WORDS.iter().find(|(place, _)| *place == Place::Open).map_or("", |(_, all)| all);
    // The words for open stages stand in the order in which deals come to them; `open` itself tells nothing.
    open.split(' ').skip(1).position(|word| plain.contains(word)).unwrap_or(usize::MAX)
}

/// The stages of a column, the most frequent first.
pub fn stages(sheet: &Sheet, column: usize) -> Vec<Stage> {
    let stage = |(words, count): (&str, usize)| Stage { words: words.to_owned(), count, place: place(words) };
    sheet.distinct(column).into_iter().map(stage).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stages_are_placed_in_four_languages() {
        let cases = [
            (Some(Place::Won), "Won|Closed Won|closedwon|Gewonnen|Gagnée|Ganado|Cerrada ganada|Signed"),
            (Some(Place::Lost), "Lost|Closed Lost|Verloren|Perdu|Perdida|Not won|Abgelehnt|Disqualified"),
            (
                Some(Place::NoDecision),
                "No decision|Keine Entscheidung|Sans suite|Sin decisión|Abandoned|Cancelled",
            ),
            (
                Some(Place::Open),
                "Prospecting|Engaging|Qualification|Proposal/Price Quote|Negotiation|Angebot|Verhandlung|Devis|\
                 Propuesta|Open|Appointment scheduled",
            ),
            (None, "Closed|Fertig|3|B"),
        ];
        for (wanted, all) in cases {
            for words in all.split('|') {
                assert_eq!(place(words), wanted, "{words}");
            }
        }
    }
}
