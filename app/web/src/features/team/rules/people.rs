//! Who holds which role, and giving roles. Each is signed by an admin.

use leptos::{ev::Event, prelude::*};
use model::Author;
use session::Roles;
use terms::approval::Holder;
use ui::{Avatar, Button, ButtonKind, ButtonSize, Dialog, Field as TextField, Menu, MenuItem, Party, live};

use super::{Team, copy, said};
use crate::copy as words;

/// The card.
#[component]
pub(super) fn People(team: Team, is_admin: Memo<bool>) -> impl IntoView {
    let people = Memo::new(move |_| team.look(session::Book::people));
    let open = RwSignal::new(false);
    let rows = live(move || {
        people.get().into_iter().map(|it| view! { <Person team holder=it is_admin /> }).collect_view()
    });
    let give = live(move || {
        is_admin.get().then(|| view! { <Button label=copy::GIVE size=ButtonSize::Small icon="person-add" on_press=move |()| open.set(true) /> })
    });
    view! {
        <section class="card">
            <div class="card-head"><h2>{copy::PEOPLE}</h2>{give}</div>
            <ul class="checks">{rows}</ul>
        </section>
        <RolesDialog team open />
    }
}

#[component]
fn Person(team: Team, holder: Holder, is_admin: Memo<bool>) -> impl IntoView {
    let name = team.book.with_value(|book| said::holder(book, &holder));
    let until = holder.until.map(|at| copy::until(&browser::clock::date(at)));
    let roles = match holder.certificate {
        Some(_) => holder.roles.join(", "),
        None => copy::FOUNDER.to_owned(),
    };
    let region = Some(holder.region).filter(|it| !it.is_empty());
    let about = [Some(roles), region, until].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let called = name.clone();
    let menu = live(move || {
        let certificate = holder.certificate.filter(|_| is_admin.get())?;
        let end = move |()| {
            let book = team.book();
            team.handsel.attempt(async move {
                book.end_certificate(certificate).await?;
                team.handsel.toasts.say(copy::ROLES_ENDED);
                Ok(())
            });
        };
        Some(view! {
            <Menu label=copy::ends_for(&called) icon="more" icon_only=true kind=ButtonKind::Quiet size=ButtonSize::Small>
                <MenuItem label=copy::END_ROLES icon="x" danger=true on_pick=end />
            </Menu>
        })
    });
    view! {
        <li>
            <span class="row"><Avatar name=name.clone() party=Party::Seller small=true /><strong>{name}</strong><span class="hint">{about}</span></span>
            {menu}
        </li>
    }
}

/// Gives somebody of the team roles.
#[component]
fn RolesDialog(team: Team, open: RwSignal<bool>) -> impl IntoView {
    let field = || RwSignal::new(String::new());
    let (name, roles, region, until) = (field(), field(), field(), field());
    let who = RwSignal::new(None::<Author>);
    let is_odd = RwSignal::new(false);
    let colleagues = Memo::new(move |_| team.look(session::Book::colleagues));
    ui::effect(move || {
        if open.get() {
            [name, roles, region, until].iter().for_each(|field| field.set(String::new()));
            who.set(None);
            is_odd.set(false);
        }
    });
    let called = |name: &str| if name.is_empty() { copy::UNNAMED.to_owned() } else { name.to_owned() };
    let pick = move |event: Event| {
        let picked = event_target_value(&event)
            .parse()
            .ok()
            .and_then(|at: usize| colleagues.with_untracked(|all| all.get(at).cloned()));
        if let Some((_, called)) = &picked {
            name.set(called.clone());
        }
        who.set(picked.map(|(author, _)| author));
    };
    let give = move |()| {
        let list: Vec<String> = roles.with_untracked(|roles| {
            let each = roles.split(',').map(|it| it.trim().to_owned());
            each.filter(|it| !it.is_empty()).collect()
        });
        let called = name.get_untracked().trim().to_owned();
        let Some(author) = who.get_untracked().filter(|_| !list.is_empty() && !called.is_empty()) else {
            return is_odd.set(true);
        };
        let day = terms::plan::Day::parse(&until.get_untracked());
        let until = day.and_then(|day| {
            let (year, month, day) = day.figures();
            browser::clock::end_of_day(year, month, day)
        });
        let given = Roles { author, name: called, roles: list, region: region.get_untracked(), until };
        let book = team.book();
        team.handsel.attempt(async move {
            book.certify(&given).await?;
            let _ = open.try_set(false);
            team.handsel.toasts.say(copy::ROLES_GIVEN);
            Ok(())
        });
    };
    let footer = move || {
        view! {
            <Button label=words::CANCEL on_press=move |()| open.set(false) />
            <Button label=copy::GIVE kind=ButtonKind::Primary on_press=give />
        }
    };
    let nobody = Memo::new(move |_| colleagues.with(|all| all.len() < 2));
    let option = move |(at, (_, name)): (usize, (Author, String))| view! { <option value=at.to_string()>{called(&name)}</option> };
    view! {
        <Dialog open title=copy::GIVE close_label=words::CLOSE footer>
            {live(move || nobody.get().then(|| view! { <p class="hint">{copy::NO_COLLEAGUES}</p> }))}
            <label class="field">
                <span class="label" aria-hidden="true">{copy::WHO}</span>
                <select class="input" aria-label=copy::WHO on:change=pick>
                    <option value=""></option>
                    {colleagues.get_untracked().into_iter().enumerate().map(option).collect_view()}
                </select>
            </label>
            <TextField label=copy::NAME_OF_PERSON value=name max_length=100 />
            <TextField label=copy::ROLES hint=copy::ROLES_HINT value=roles max_length=400 />
            <div class="pairs">
                <TextField label=copy::REGION optional=copy::STAND_IN_HINT value=region max_length=100 />
                <TextField label=copy::UNTIL optional=copy::STAND_IN_HINT value=until kind="date" />
            </div>
            {live(move || is_odd.get().then(|| view! { <p class="field-error" role="alert">{copy::ROLES_ODD}</p> }))}
        </Dialog>
    }
}
