//! The words of sealing and signing.

use session::{NotSigned, Reached, deal::Act};

pub(super) const TITLE: &str = "Accept and sign";
pub(super) const NOTHING: &str = "Nothing is sealed for signing yet.";
pub(super) const NOTHING_OWN: &str = "Seal the room as it stands: text, price, plan and files. The buyer signs exactly that, while you go on writing.";
pub(super) const NOTHING_OTHER: &str = "Once the seller has sealed the room, you can read and sign it here.";
pub(super) const FRAMED: &str =
    "This page is shown inside another one, so nothing is signed here. Open Handsel in a tab of its own.";
pub(super) const SEAL: &str = "Seal for signing";
pub(super) const SEAL_ANEW: &str = "Seal anew";
pub(super) const WITHDRAW: &str = "Withdraw the seal";
pub(super) const GONE: &str =
    "What was sealed is not on this device yet. Open the newest link or file from the seller.";

pub(super) const SEAL_LIMIT: &str = "A simple electronic signature: it shows which link signed exactly what. It does not show whose hand held the device.";
pub(super) const WHO_SIGNS: &str = "Who signs for the buyer";
pub(super) const SIGNER: &str = "Name";
pub(super) const SIGNER_MAIL: &str = "E-mail";
pub(super) const ANYBODY: &str = "Leave it empty to let anybody sign who has a link to comment or more.";
pub(super) const ADD_SIGNER: &str = "Add a signer";
pub(super) const REMOVE_SIGNER: &str = "Take away";
pub(super) const IN_ORDER: &str = "One after the other, in this order";
pub(super) const UNTIL: &str = "May be signed until";
pub(super) const UNTIL_HINT: &str = "The end of that day. Leave it empty for no end.";
pub(super) const UNTIL_OVER: &str = "This day is over.";
pub(super) const MESSAGE: &str = "Message";
pub(super) const OPTIONAL: &str = "(optional)";
pub(super) const IS_SEALED: &str = "What is sealed";
pub(super) const NO_PRICE: &str = "No price";
pub(super) const SEALED: &str = "Sealed. Share the room, so that the buyer gets it.";
pub(super) const REASON: &str = "Reason";
pub(super) const WITHDRAW_MORE: &str = "Nobody can sign it any more. Whoever signed is told why.";

pub(super) const CANNOT_CHANGE: &str = "It cannot change any more. What is changed later is not part of it.";
pub(super) const DRAFT_MOVED: &str = "The room was changed since. What is signed is what was sealed, below.";
pub(super) const SIGNERS: &str = "Who signs";
pub(super) const ANY_SIGNER: &str = "Anybody of the buyer";
pub(super) const SELLER: &str = "Seller";
pub(super) const EARLIER: &str = "Earlier seals";

pub(super) const YOUR_NAME: &str = "Your name";
pub(super) const MAIL: &str = "E-mail";
pub(super) const ROLE: &str = "Role";
pub(super) const SIGN_AS: &str = "You sign as";
pub(super) const SIGNATURE: &str = "Signature";
pub(super) const TYPE: &str = "Type";
pub(super) const DRAW: &str = "Draw";
pub(super) const PAD: &str = "Draw your signature here. To sign by keyboard, choose Type.";
pub(super) const CLEAR: &str = "Clear";
pub(super) const UNDO: &str = "Undo stroke";
pub(super) const TYPED: &str = "Your name as signature";
pub(super) const NAME_NEEDED: &str = "Say who you are: it stands on the certificate.";
pub(super) const SIGNATURE_NEEDED: &str = "Sign first: type your name or draw it.";
pub(super) const INTENT_NEEDED: &str = "Tick the sentence above, if that is what you want.";
pub(super) const ACCEPT: &str = "Accept and sign";
pub(super) const BINDS: &str = "It binds both sides once the seller has countersigned. Until then you see here whether they have received it.";
pub(super) const DECLINE: &str = "Decline";
pub(super) const DECLINE_TITLE: &str = "Decline what was sealed";
pub(super) const TAKE_BACK: &str = "Take my signature back";
pub(super) const DECLINE_MORE: &str =
    "You cannot sign this seal afterwards. The seller can seal another one.";
pub(super) const COUNTERSIGN: &str = "Countersign";
pub(super) const COUNTERSIGN_MORE: &str =
    "From then on it binds both sides, and neither can take it back here.";
pub(super) const COUNTERSIGN_INTENT: &str = "I sign for the seller what was sealed, exactly as it is above.";

pub(super) const SEND: &str = "Send it to the seller";
pub(super) const SAVE: &str = "Save the certificate";
pub(super) const PRINT: &str = "Print";
pub(super) const AGREED: &str = "Agreed";
pub(super) const AGREED_MORE: &str =
    "Both sides have signed. Save the certificate: anybody can verify it, also without the room.";
pub(super) const DESPITE: &str = "It was also withdrawn, superseded or declined, which does not undo what both had signed. Talk to each other.";
pub(super) const SIGNED_OWN: &str = "Signed by the buyer. Countersign to make it binding.";
pub(super) const SIGNED_OTHER: &str = "Signed. It binds once the seller has countersigned.";
pub(super) const PAST: &str = "The day until which this could be signed is over, by this device's clock.";
pub(super) const READY: &str = "Ready for you to read and sign.";
pub(super) const MAY_NOT: &str =
    "Your link lets you read. Ask the seller for one that lets you comment, then you can sign.";
pub(super) const SEE: &str = "See it";
pub(super) const GO_SIGN: &str = "Read and sign";
pub(super) const CERTIFICATE: &str = "See the certificate";
pub(super) const PREVIEW: &str = "The certificate as it will be";

/// How far an answer has come.
pub(super) fn reached(reached: Reached) -> &'static str {
    match reached {
        Reached::Kept => "Saved here. The seller does not have it yet.",
        Reached::Sent => "Sent. The seller has not said yet that it came.",
        Reached::Received => "Received by the seller.",
    }
}

pub(crate) fn not_signed(why: NotSigned) -> String {
    let words = match why {
        NotSigned::Undecided(count) => return undecided(count),
        NotSigned::NoRights => {
            "This room was made without rights, so nobody can sign in it. Make a new room and copy the text there."
        }
        NotSigned::NotStanding => {
            "This seal was withdrawn, superseded or agreed meanwhile. Nothing was signed."
        }
        NotSigned::Past => {
            "The day until which this could be signed is over, by this device's clock. Nothing was signed."
        }
        NotSigned::NotTheirTurn => {
            "Somebody signs before you, or this is signed already. Nothing was signed."
        }
        NotSigned::Declined => "You declined this seal. The seller can seal another one for you to sign.",
        NotSigned::NotAccepted => "Not everybody has signed yet. Nothing was signed.",
        NotSigned::NotHere => {
            "What was sealed is not wholly on this device yet, so nothing was signed. Open the newest link or file."
        }
        NotSigned::Nameless => "Say who you are, and sign. Nothing was signed yet.",
    };
    words.to_owned()
}

/// What somebody else signed, as it came.
pub(super) fn act_of_others(act: &Act) -> Option<String> {
    Some(match act {
        Act::Sealed(_) => "The seller has sealed the room for signing.".to_owned(),
        Act::Withdrawn(it) => withdrawn(&it.reason),
        Act::Accepted(it) => format!("{} has accepted and signed.", it.who.name),
        Act::Declined(it) => declined_by(&it.name, &it.reason),
        Act::Countersigned(_) => "Both sides have signed. It is agreed.".to_owned(),
        Act::Received(_) => return None,
    })
}

pub(super) fn sealed_by(who: &str, when: &str) -> String {
    if who.is_empty() { format!("Sealed on {when}") } else { format!("Sealed by {who} on {when}") }
}

pub(super) fn valid_until(day: &str) -> String {
    format!("May be signed until {day}.")
}

pub(super) fn intent(buyer: &str) -> String {
    match buyer {
        "" => "I have read what was sealed, I accept it, and I may sign for the buyer.".to_owned(),
        buyer => format!("I have read what was sealed, I accept it for {buyer}, and I may sign for them."),
    }
}

pub(super) fn accept_for(money: &str) -> String {
    format!("Accept for {money} in the first year")
}

pub(super) fn declined_by(who: &str, reason: &str) -> String {
    let who = if who.is_empty() { "Somebody of the buyer" } else { who };
    if reason.is_empty() { format!("{who} declined.") } else { format!("{who} declined: “{reason}”") }
}

pub(super) fn withdrawn(reason: &str) -> String {
    if reason.is_empty() {
        "The seller withdrew it.".to_owned()
    } else {
        format!("The seller withdrew it: “{reason}”")
    }
}

pub(super) const SUPERSEDED: &str = "A newer seal has taken its place.";

pub(super) fn waiting_for(names: &[String]) -> String {
    match names {
        [] => "Waiting for the buyer to sign.".to_owned(),
        names => format!("Waiting for {} to sign.", names.join(", ")),
    }
}

/// A signature, and by the link for whom its key came.
pub(super) fn signed_on(when: &str, link: &str, name: &str) -> String {
    if link.is_empty() || link == name {
        format!("Signed {when}")
    } else {
        format!("Signed {when}, by the link for {link}")
    }
}

pub(super) const NOT_SIGNED_YET: &str = "Has not signed yet";
pub(super) const TOOK_BACK: &str = "Took it back";

pub(super) const NOT_PUBLISHED: &str = "The draft of the price is not published, and is not in it.";
pub(super) fn to_undecided(count: usize) -> &'static str {
    if count == 1 { "Go to it" } else { "Go to the first" }
}

pub(super) fn undecided(count: usize) -> String {
    if count == 1 {
        "1 suggestion waits for a yes or no. Accept or decline it, then seal.".to_owned()
    } else {
        format!("{count} suggestions wait for a yes or no. Accept or decline them, then seal.")
    }
}

pub(super) fn comments_open(count: usize) -> String {
    if count == 1 {
        "1 comment is not settled. It is not part of what is sealed.".to_owned()
    } else {
        format!("{count} comments are not settled. They are not part of what is sealed.")
    }
}

pub(super) fn sections(count: usize) -> String {
    if count == 1 { "Text: 1 section".to_owned() } else { format!("Text: {count} sections") }
}

pub(super) fn price(money: Option<&str>) -> String {
    money.map_or_else(
        || NO_PRICE.to_owned(),
        |money| format!("Price: {money} in the first year, before tax, with the choices as they are"),
    )
}

pub(super) fn steps(count: usize) -> String {
    match count {
        0 => "No plan".to_owned(),
        1 => "Plan: 1 step".to_owned(),
        count => format!("Plan: {count} steps"),
    }
}

pub(super) fn files(count: usize) -> String {
    match count {
        0 => "No files".to_owned(),
        1 => "1 file, by its fingerprint".to_owned(),
        count => format!("{count} files, by their fingerprints"),
    }
}
