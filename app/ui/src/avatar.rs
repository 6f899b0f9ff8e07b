use leptos::prelude::*;

/// The side somebody stands on. The shape says it too: round, square, dashed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Party {
    /// The selling side.
    Seller,
    /// The buying side.
    Buyer,
    /// Not known.
    #[default]
    Unknown,
}

impl Party {
    fn attr(self) -> &'static str {
        match self {
            Party::Seller => "seller",
            Party::Buyer => "buyer",
            Party::Unknown => "unknown",
        }
    }
}

/// Somebody's initials in the shape and colour of their side.
#[component]
pub fn Avatar(
    /// The whole name, read aloud and shown as a hint.
    #[prop(into)]
    name: Signal<String>,
    /// Their side.
    #[prop(optional, into)]
    party: Signal<Party>,
    /// Words added to the name when they are here now, such as "here now". Shows a dot.
    #[prop(optional, into)]
    live: MaybeProp<String>,
    /// 22 px instead of 28.
    #[prop(optional)]
    small: bool,
) -> impl IntoView {
    let spoken = Signal::derive(move || match live.get() {
        Some(words) => name.get() + ", " + &words,
        None => name.get(),
    });
    view! {
        <span
            class="avatar"
            role="img"
            aria-label=spoken
            title=spoken
            data-party=Signal::derive(move || party.get().attr())
            data-live=Signal::derive(move || live.get().map(|_| ""))
            data-size=small.then_some("small")
        >
            {Signal::derive(move || name.with(|name| initials(name)))}
        </span>
    }
}

/// The first letters of the first and the last name; a lone name gives one letter, none a question mark. The style makes
/// them capitals.
fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().find(|it| it.is_alphanumeric()));
    let mut letters = String::new();
    letters.extend(words.next());
    letters.extend(words.next_back());
    if letters.is_empty() {
        letters.push('?');
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_take_the_first_and_the_last_name() {
        assert_eq!(initials("Anneke Vos"), "AV");
        assert_eq!(initials("  ines  maria okafor "), "io");
        assert_eq!(initials("Élodie"), "É");
        assert_eq!(initials("(Joel) Haddad"), "JH");
        assert_eq!(initials("李 小龙"), "李小");
        assert_eq!(initials(" - "), "?");
    }
}
