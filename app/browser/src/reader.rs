//! The program that reads Markdown and HTML, fetched when there is some to read.

use crate::{program::Program, thrown};

/// Hands the program a question and gives its answer. It is started anew each time, so that nothing stays of a text
/// that was too much for it.
///
/// # Errors
/// Says why there is no answer: the program did not arrive, or it could not cope with the question.
pub async fn ask(question: &[u8]) -> Result<Vec<u8>, String> {
    let asked = async { Program::start("reader").await?.ask(question, ("read", &[]), "answer") };
    asked.await.map_err(|error| thrown::words(&error))
}
