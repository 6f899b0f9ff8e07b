//! The list of files, by folders, and what can be done with each.

use exchange::file;
use leptos::prelude::*;
use model::limits;
use session::{RoomFile, TakenOut};
use ui::{
    Badge, Button, ButtonKind, ButtonSize, Dialog, Field, Icon, Menu, MenuItem, MenuRule, Tone, effect, live,
};

use super::{Files, by, copy};
use crate::{copy as words, features::room::comments::FileMark};

/// A row of the list.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Row {
    Folder(String),
    /// By its folder and name.
    File(String, String),
}

/// What is asked about a file, by its folder and name.
type Asked = RwSignal<Option<(String, String)>>;

#[component]
pub(super) fn Rows(files: Files) -> impl IntoView {
    let (naming, listing): (Asked, Asked) = (RwSignal::new(None), RwSignal::new(None));
    let rows = Memo::new(move |_| {
        let mut rows = Vec::new();
        files.all.with(|all| {
            for file in all {
                let folder = Row::Folder(file.folder.clone());
                if !file.folder.is_empty() && !rows.contains(&folder) {
                    rows.push(folder);
                }
                rows.push(Row::File(file.folder.clone(), file.name.clone()));
            }
        });
        rows
    });
    view! {
        <ul class="card files" data-flush="" aria-label=copy::LIST>
            <For each=move || rows.get() key=Row::clone let:row>
                {match row {
                    Row::Folder(name) => view! { <li class="files-folder"><Icon name="archive" /><h3>{name}</h3></li> }.into_any(),
                    Row::File(folder, name) => view! { <FileRow files place=(folder, name) naming listing /> }.into_any(),
                }}
            </For>
        </ul>
        <NameDialog files asked=naming />
        <VersionsDialog files asked=listing />
    }
}

/// A drawing for what a name promises.
fn icon(name: &str) -> &'static str {
    match file::ending(name).as_str() {
        "png" | "jpg" | "jpeg" | "gif" | "webp" | "avif" | "svg" => "image",
        "mp4" | "mov" | "webm" | "mp3" | "wav" | "m4a" | "ogg" | "flac" => "play",
        "xls" | "xlsx" | "csv" | "ods" => "table",
        "pdf" | "doc" | "docx" | "odt" | "txt" | "md" => "doc",
        _ => "file",
    }
}

#[component]
fn FileRow(files: Files, place: (String, String), naming: Asked, listing: Asked) -> impl IntoView {
    let place = StoredValue::new(place);
    let name = place.with_value(|(_, name)| name.clone());
    let file = Memo::new(move |_| place.with_value(|(folder, name)| files.find(folder, name)));
    let newest = move |look: fn(&session::FileVersion) -> String| {
        file.with(|file| file.as_ref().map(|file| look(file.newest())).unwrap_or_default())
    };
    let versions = Signal::derive(move || {
        file.with(|file| file.as_ref().map(|it| it.versions.clone()).unwrap_or_default())
    });
    let is_here = Memo::new(move |_| file.get().is_none_or(|file| files.is_here(file.newest())));
    let open = move |()| files.shown.set(file.get_untracked().map(|file| file.newest().id.clone()));
    let more = move || {
        file.with(|file| {
            let version = file.as_ref().map(RoomFile::newest)?;
            let is_coming = files.getting.with(|getting| getting.as_ref() == Some(&version.id));
            Some(match is_here.get() {
                _ if is_coming => {
                    files.fetching.track();
                    let size = browser::clock::size;
                    copy::so_far(&size(files.come(version).min(version.size)), &size(version.size))
                }
                true => copy::added_by(&by(version), &browser::clock::date_time(version.at)),
                false => copy::comes_from(&by(version), version.is_carried()),
            })
        })
    };
    let count = Memo::new(move |_| file.with(|file| file.as_ref().map_or(1, |file| file.versions.len())));
    let badges = live(move || {
        let is_large = file.with(|file| file.as_ref().is_some_and(|file| !file.newest().is_carried()));
        let get = (is_large && !is_here.get()).then(|| {
            let is_coming = file.with(|file| {
                files.getting.with(|getting| file.as_ref().map(|file| &file.newest().id) == getting.as_ref())
            });
            let (label, icon) = if is_coming { (copy::STOP, "x") } else { (copy::GET, "download") };
            let press = move |()| match file.get_untracked() {
                Some(file) if !is_coming => files.get(file.newest().clone()),
                _ => files.room.get().stop_fetching(),
            };
            view! { <Button label size=ButtonSize::Small icon on_press=press /> }
        });
        let missing = (!is_large && !is_here.get())
            .then(|| view! { <Badge label=copy::NOT_HERE tone=Tone::Warn icon="clock" /> });
        let versions = (count.get() > 1).then(|| {
            let list = move |()| listing.set(Some(place.get_value()));
            view! { <Button label=copy::versions(count.get()) kind=ButtonKind::Quiet size=ButtonSize::Small icon="history" on_press=list /> }
        });
        view! { {get} {missing} {versions} }
    });
    let is_own = Memo::new(move |_| {
        file.with(|file| file.as_ref().is_some_and(|file| file.versions.iter().all(|it| it.mine)))
    });
    let has_own = Memo::new(move |_| {
        file.with(|file| file.as_ref().is_some_and(|file| file.versions.iter().any(|it| it.mine)))
    });
    let may_edit = files.room.may_edit();
    let remove = move |()| {
        let Some(file) = file.get_untracked() else { return };
        let said = if has_own.get_untracked() { copy::deleted(&file.name) } else { copy::hidden(&file.name) };
        if let Some(taken) = files.told(files.room.get().take_out(&file)) {
            offer_back(files, said, taken);
        }
    };
    let take = move |()| {
        if let Some(file) = file.get_untracked() {
            files.take(file.name.clone(), file.newest().clone());
        }
    };
    view! {
        <li class="file" data-away=Signal::derive(move || (!is_here.get()).then_some(""))>
            <span class="tile"><Icon name=icon(&name) /></span>
            <div class="file-what">
                <button type="button" class="file-name" dir="auto" on:click=move |_| open(())>{name.clone()}</button>
                <span class="file-more">{more}</span>
            </div>
            <div class="file-facts">
                <div class="file-badges">{badges}<FileMark versions called=name.clone() /></div>
                <span class="file-size">{move || newest(|it| browser::clock::size(it.size))}</span>
            </div>
            <Menu label=copy::acts_on(&name) icon="more" icon_only=true kind=ButtonKind::Quiet>
                <MenuItem label=copy::OPEN icon="eye" on_pick=open />
                <MenuItem label=copy::DOWNLOAD icon="download" on_pick=take />
                {live(move || (count.get() > 1).then(|| view! { <MenuItem label=copy::VERSIONS icon="history" on_pick=move |()| listing.set(Some(place.get_value())) /> }))}
                {live(move || is_own.get().then(|| view! { <MenuItem label=copy::RENAME icon="pen" on_pick=move |()| naming.set(Some(place.get_value())) /> }))}
                {live(move || (has_own.get() || may_edit).then(|| {
                    let label = if has_own.get() { copy::DELETE } else { copy::HIDE };
                    view! { <MenuRule /> <MenuItem label icon="trash" danger=true on_pick=remove /> }
                }))}
            </Menu>
        </li>
    }
}

/// Says that a file is gone, with a way back. The row from which this comes goes away with the file.
fn offer_back(files: Files, said: String, taken: TakenOut) {
    let (room, handsel) = (files.room.room, files.handsel);
    handsel.attempt(async move {
        let back = move |()| {
            // The person may be in another room by now.
            let Some(room) = room.try_get_value() else { return };
            if let Err(problem) = room.put_back(&taken) {
                handsel.tell(&problem);
            }
        };
        handsel.toasts.offer(said, words::UNDO, back);
        Ok(())
    });
}

/// Another name, or another folder.
#[component]
fn NameDialog(files: Files, asked: Asked) -> impl IntoView {
    let open = RwSignal::new(false);
    let (folder, name) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let wrong = RwSignal::new(None::<String>);
    effect(move || {
        if let Some((old_folder, old_name)) = asked.get() {
            folder.set(old_folder);
            name.set(old_name);
            wrong.set(None);
            open.set(true);
        }
    });
    effect(move || {
        if !open.get() && asked.with_untracked(Option::is_some) {
            asked.set(None);
        }
    });
    let save = move |()| {
        let place = asked.get_untracked();
        let Some(file) = place.and_then(|(folder, name)| untrack(|| files.find(&folder, &name))) else {
            return open.set(false);
        };
        if file::clean_name(&name.get_untracked()).is_empty() {
            return wrong.set(Some(copy::NAME_MISSING.to_owned()));
        }
        match files.room.get().move_file(&file, &folder.get_untracked(), &name.get_untracked()) {
            Ok(()) => open.set(false),
            Err(problem) => wrong.set(Some(words::problem(&problem))),
        }
    };
    let most = limits::FILE_NAME_MAX as u32;
    let foot = move || {
        view! {
            <Button label=words::CANCEL on_press=move |()| open.set(false) />
            <Button label=copy::SAVE kind=ButtonKind::Primary on_press=save />
        }
    };
    view! {
        <Dialog open title=copy::RENAME close_label=words::CLOSE footer=foot>
            <Field label=copy::NAME value=name error=Signal::derive(move || wrong.get()) max_length=most />
            <Field label=copy::FOLDER optional=copy::OPTIONAL hint=copy::FOLDER_HINT value=folder max_length=most />
        </Dialog>
    }
}

/// All versions of a file.
#[component]
fn VersionsDialog(files: Files, asked: Asked) -> impl IntoView {
    let open = RwSignal::new(false);
    let is_asked = Memo::new(move |_| asked.with(Option::is_some));
    effect(move || open.set(is_asked.get()));
    effect(move || {
        if !open.get() && asked.with_untracked(Option::is_some) {
            asked.set(None);
        }
    });
    let title = Signal::derive(move || {
        asked.with(|asked| asked.as_ref().map(|(_, name)| copy::versions_of(name)).unwrap_or_default())
    });
    let list = move || {
        let (folder, name) = asked.get()?;
        let file = files.find(&folder, &name)?;
        let rows = file.versions.into_iter().enumerate().map(|(at, version)| {
            let (id, name, taken) = (version.id.clone(), name.clone(), version.clone());
            let look = move |()| {
                open.set(false);
                files.shown.set(Some(id.clone()));
            };
            let current = (at == 0).then(|| view! { <Badge label=copy::CURRENT tone=Tone::Accent /> });
            view! {
                <li>
                    <span class="grow">
                        {copy::added_by(&by(&version), &browser::clock::date_time(version.at))} ", "
                        {browser::clock::size(version.size)}
                    </span>
                    {current}
                    <Button label=copy::OPEN size=ButtonSize::Small on_press=look />
                    <Button
                        label=copy::DOWNLOAD
                        size=ButtonSize::Small
                        icon="download"
                        icon_only=true
                        on_press=move |()| files.take(name.clone(), taken.clone())
                    />
                </li>
            }
        });
        Some(rows.collect::<Vec<_>>())
    };
    view! {
        <Dialog open title close_label=words::CLOSE>
            <ul class="rows">{live(list)}</ul>
        </Dialog>
    }
}
