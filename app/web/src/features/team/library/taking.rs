//! Markdown files that come into the library, and what came of them.

use browser::files::{self, GivenFile};
use exchange::nugget::{Read, read};
use leptos::{ev::Event, prelude::*};
use model::limits;
use session::Taken;
use ui::{Button, ButtonKind, ButtonSize, FilePickerButton, Icon, live};

use super::{Team, copy};

/// The ends of names of files that are taken for Markdown.
const ENDS: [&str; 3] = [".md", ".markdown", ".txt"];
/// The same for the system's dialog.
const ACCEPT: &str = ".md,.markdown,.txt,text/markdown,text/plain";

/// What came of bringing files in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Brought {
    taken: Taken,
    /// Files that are no Markdown.
    skipped: usize,
    /// What was wrong or left out, in words.
    notes: Vec<String>,
}

/// The two ways to pick files.
#[component]
pub(super) fn BringIn(team: Team, brought: RwSignal<Option<Brought>>) -> impl IntoView {
    let pick = move |event: Event| take(team, files::picked(&event), brought);
    view! {
        <FilePickerButton label=copy::FILES on_pick=pick accept=ACCEPT multiple=true icon="upload" />
        <label class="button file-picker">
            <input type="file" multiple=true prop:webkitdirectory=true on:change=pick />
            <Icon name="file" />
            <span class="label">{copy::FOLDER}</span>
        </label>
    }
}

/// Reads files and takes in what they hold. One that is wrong stays out; the others come in.
pub(super) fn take(team: Team, given: Vec<GivenFile>, brought: RwSignal<Option<Brought>>) {
    if given.is_empty() {
        return;
    }
    let book = team.book();
    team.handsel.attempt(async move {
        let (mut nuggets, mut notes, mut skipped) = (Vec::new(), Vec::new(), 0);
        for file in given {
            let path = file.path();
            let lower = path.to_lowercase();
            if !ENDS.iter().any(|end| lower.ends_with(end)) {
                skipped += 1;
                continue;
            }
            let Ok(bytes) = file.read(limits::IMPORT_MAX).await else {
                notes.push(copy::too_large(&path));
                continue;
            };
            match read(&path, &bytes) {
                Ok(Read { nugget, passed_over }) => {
                    notes
                        .extend(passed_over.iter().map(|(line, name)| copy::passed_over(&path, *line, name)));
                    if nugget.check().is_ok() {
                        nuggets.push(nugget);
                    } else {
                        notes.push(copy::too_large(&path));
                    }
                }
                Err(wrong) => notes.push(copy::wrong(&path, wrong.line, &wrong.what)),
            }
        }
        let taken = book.take_nuggets(nuggets)?;
        let _ = brought.try_set(Some(Brought { taken, skipped, notes }));
        Ok(())
    });
}

/// Says what came of it, until somebody has read it.
#[component]
pub(super) fn Report(brought: RwSignal<Option<Brought>>) -> impl IntoView {
    live(move || {
        let Brought { taken, skipped, notes } = brought.get()?;
        let skipped = (skipped > 0).then(|| view! { <li>{copy::skipped(skipped)}</li> });
        let notes = notes.into_iter().map(|note| view! { <li>{note}</li> }).collect_view();
        Some(view! {
            <section class="card library-report" role="status">
                <div class="card-head"><h2>{copy::BROUGHT}</h2><Button label=copy::DISMISS size=ButtonSize::Small kind=ButtonKind::Quiet on_press=move |()| brought.set(None) /></div>
                <p>{copy::taken(taken)}</p>
                <ul class="lines">{skipped}{notes}</ul>
            </section>
        })
    })
}
