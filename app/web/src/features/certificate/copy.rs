//! The words of certificates, and of verifying one.

use session::deal::{Finding, Unreadable, Whose};

pub(super) const CERTIFICATE: &str = "Certificate of acceptance";
pub(super) const AMOUNT: &str = "Amount";
pub(super) const FIRST_YEAR: &str = "in the first year, before tax";
pub(super) const BETWEEN: &str = "Between";
pub(super) const SEALED: &str = "Sealed";
pub(super) const FINGERPRINT: &str = "Fingerprint";
pub(super) const NOT_YET: &str = "Not signed yet";
pub(super) const FOR_BUYER: &str = "For the buyer";
pub(super) const FOR_SELLER: &str = "For the seller";
pub(super) const SIMPLE: &str = "A simple electronic signature. Names and e-mail addresses are as the signers gave them; times are those of their devices.";
pub(super) const DRAWN: &str = "Drawn signature";

pub(super) const TITLE: &str = "Verify a certificate";
pub(super) const ABOUT: &str = "Open a certificate that Handsel made. It is checked on this device alone, without a network, and without asking either side.";
pub(super) const DROP: &str = "Drop a certificate here";
pub(super) const DROP_MORE: &str = "A file that ends in .handsel-certificate.";
pub(super) const PICK: &str = "Choose a certificate";
pub(super) const ANOTHER: &str = "Choose another one";
pub(super) const HOLDS: &str = "This certificate holds";
pub(super) const HOLDS_MORE: &str = "Nothing in it was changed since both sides signed.";
pub(super) const CHANGED: &str = "This certificate was changed";
pub(super) const CHANGED_MORE: &str = "Do not rely on it. What is not as it was signed:";
pub(super) const CHECKED: &str = "What was checked";
pub(super) const NOT_CHECKED: &str = "What nobody can check from a file";
pub(super) const CLAIMED: &str =
    "Names, roles and e-mail addresses: they are what the signers wrote themselves.";
pub(super) const CLOCKS: &str = "Times: they are those of the signers' own devices.";
pub(super) const LATER: &str =
    "What the room's owner did elsewhere, such as withdrawing a link before it was used to sign.";
pub(super) const OWNER: &str = "Key of the room's owner";
pub(super) const KNOWN: &str = "It is the owner's key of a room on this device:";
pub(super) const UNKNOWN: &str = "No room on this device has this owner. Compare the key with one that you trust before you rely on who signed.";
pub(super) const OTHER_OWNER: &str =
    "A room on this device has the same name and another owner. This certificate is not of that room.";
pub(super) const TOO_LARGE: &str = "This file is too large for a certificate.";
pub(super) const UNREAD: &str = "The browser could not read this file. Choose it again.";

/// Why a file is no certificate.
pub(super) fn unreadable(why: Unreadable) -> &'static str {
    match why {
        Unreadable::NotOne => "This file is not a certificate of Handsel, or its beginning was changed.",
        Unreadable::OtherVersion(_) => {
            "This certificate was made by another version of Handsel. Reload the page to get the newest one."
        }
        Unreadable::Damaged => {
            "This certificate is cut or damaged: it does not say what it holds any more. Ask for it again."
        }
    }
}

/// Something that is not as it was signed. `who` names the signer of an acceptance; `part` a part of what was sealed.
pub(super) fn finding(
    finding: &Finding,
    who: impl Fn(usize) -> String,
    part: impl Fn(&str) -> String,
) -> String {
    match finding {
        Finding::File => "The file as a whole does not fit its own checksum.".to_owned(),
        Finding::Seal => "The seller's seal: who was to sign what, and until when.".to_owned(),
        Finding::Acceptance(at) => format!("The signature of {}.", who(*at)),
        Finding::Countersignature => "The seller's countersignature.".to_owned(),
        Finding::Incomplete => {
            "The signatures do not make up an agreement: somebody's is missing, or came too late.".to_owned()
        }
        Finding::Key(Whose::Sealer) => {
            "The key that sealed: nothing shows that the room's owner let it in.".to_owned()
        }
        Finding::Key(Whose::Countersigner) => {
            "The key that countersigned: nothing shows that the room's owner let it in.".to_owned()
        }
        Finding::Key(Whose::Acceptor(at)) => {
            format!(
                "The key of {}: nothing shows that the room's owner let it in to sign for the buyer.",
                who(*at)
            )
        }
        Finding::Part(name) => format!("{}.", part(name)),
        Finding::Sealed => "What was sealed, as a whole: it is not what was signed.".to_owned(),
        Finding::Image(at) => format!("Image {} of what was sealed.", at + 1),
    }
}

pub(super) fn part_holds(part: &str) -> String {
    format!("{part}: as it was sealed.")
}

pub(super) fn accepted_by(name: &str) -> String {
    format!("{name} accepted exactly this.")
}

pub(super) fn countersigned_by(name: &str) -> String {
    format!("{name} countersigned exactly this for the seller.")
}

/// By which link a key was let in.
pub(super) fn let_in(whose: &str, link: &str) -> String {
    match link {
        "" => format!("The room's owner let in the key that {whose}."),
        link => format!("The room's owner let in the key that {whose}, by the link for {link}."),
    }
}

pub(super) fn whose(whose: Whose) -> &'static str {
    match whose {
        Whose::Sealer => "sealed",
        Whose::Acceptor(_) => "accepted",
        Whose::Countersigner => "countersigned",
    }
}

pub(super) fn signer(at: usize) -> String {
    format!("signer {}", at + 1)
}

pub(super) fn by(when: &str, who: &str) -> String {
    if who.is_empty() { when.to_owned() } else { format!("{when} by {who}") }
}

pub(super) fn amount(money: &str) -> String {
    format!("{money} {FIRST_YEAR}")
}
