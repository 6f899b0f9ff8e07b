//! The words of the processes to begin with.

use terms::process::Starter;

pub(in crate::features::team) fn about_starter(starter: Starter) -> (&'static str, &'static str) {
    match starter {
        Starter::Long => ("Many people, many months", "For large contracts that several people decide on."),
        Starter::Short => ("Few people, some weeks", "For subscriptions and smaller orders."),
    }
}

/// The words of the processes to begin with, by the keys that [`Starter::process`] asks for.
pub(in crate::features::team) fn starter(key: &str) -> String {
    let words = match key {
        "long" => "Many people, many months",
        "short" => "Few people, some weeks",
        "l-qualify" | "s-qualify" => "Qualify",
        "l-discover" => "Discover",
        "l-design" => "Design",
        "l-propose" | "s-propose" => "Propose",
        "l-negotiate" => "Negotiate",
        "l-close" | "s-close" => "Close",
        "s-show" => "Show",
        "l-qualify/research" => "Read up on the company",
        "l-qualify/first-call" | "s-qualify/first-call" => "Have the first call",
        "l-qualify/problem" | "s-qualify/problem" => "Names a problem that we solve",
        "l-qualify/visit" => "Comes to the room",
        "l-discover/interview" => "Interview those who have the problem",
        "l-discover/meet-buyer" => "Meet who decides about the money",
        "l-discover/criteria" => "Says by what they will decide",
        "l-discover/people" => "Brings colleagues along",
        "l-design/draft" => "Write the proposal together",
        "l-design/demonstrate" => "Show it working",
        "l-design/read" => "Reads the proposal",
        "l-design/plan" => "Confirms the plan",
        "l-propose/send" | "s-propose/send" => "Give the proposal",
        "l-propose/present" => "Present it to those who decide",
        "l-propose/price" | "s-propose/price" => "Looks at the price",
        "l-propose/options" => "Chooses among the options",
        "l-negotiate/agree-terms" => "Agree the terms",
        "l-negotiate/terms" => "Says what of the terms must change",
        "l-close/seal" | "s-close/seal" => "Seal what was agreed",
        "l-close/hand-over" => "Hand over to those who deliver",
        "l-close/accept" | "s-close/accept" => "Accepts",
        "s-show/demonstrate" => "Show it working",
        "s-show/visit" => "Comes to the room",
        other => other,
    };
    words.to_owned()
}
