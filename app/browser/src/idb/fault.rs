//! What a browser answers when storage goes wrong, sorted into what the program can do about it.

use indexed_db_futures::{
    error::{DomException, Error, OpenDbError},
    internals::SystemRepr,
    transaction::Transaction,
};
use model::StoreError;

/// Why an attempt at a transaction failed.
#[derive(Debug)]
pub(super) enum Fault {
    /// The connection broke. A new one may do.
    Broken(String),
    /// The answer for the caller.
    Final(StoreError),
}

impl Fault {
    pub(super) fn damaged(why: impl Into<String>) -> Self {
        Self::Final(StoreError::Damaged(why.into()))
    }

    /// Sorts a failure by the name of its DOMException. Names not listed come from a lost connection:
    ///
    /// - iOS Safari after the page was in the background: UnknownError "Connection to Indexed Database server lost",
    ///   InvalidStateError "The database connection is closing" (https://bugs.webkit.org/show_bug.cgi?id=197050).
    /// - Chromium, when the site's data is cleared: AbortError at the transaction, InvalidStateError afterwards.
    fn named(name: &str, message: &str) -> Self {
        let why = format!("{name}: {message}");
        match name {
            "QuotaExceededError" => Self::Final(StoreError::Full(why)),
            "SecurityError" | "NotAllowedError" => Self::Final(StoreError::Refused(why)),
            "VersionError" => Self::Final(StoreError::Newer(why)),
            "ConstraintError" | "DataCloneError" | "DataError" | "EncodingError" | "NotFoundError"
            | "NotReadableError" | "ReadOnlyError" | "SyntaxError" => Self::Final(StoreError::Damaged(why)),
            _ => Self::Broken(why),
        }
    }

    /// For the caller, when no further attempt follows.
    pub(super) fn into_store_error(self) -> StoreError {
        match self {
            Self::Broken(why) => StoreError::Lost(why),
            Self::Final(error) => error,
        }
    }

    /// The reason that the browser gave for the end of the transaction, when it gave one. A full disk is told to the
    /// transaction only, and whatever was asked of it afterwards fails with a name that says nothing.
    pub(super) fn or_reason_of(self, transaction: &TransactionHandle) -> Self {
        match (self, transaction.0.error()) {
            (Self::Broken(_), Some(reason)) => Self::named(&reason.name(), &reason.message()),
            (fault, _) => fault,
        }
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        match error {
            Error::DomException(exception) => exception.into(),
            // Printing the library's other errors would bring along how all kinds of values print.
            Error::Serialisation(_) => Self::damaged("a value of another kind"),
            Error::MissingData(_) | Error::Unknown(_) => Self::Broken("the browser broke off".into()),
        }
    }
}

impl From<DomException> for Fault {
    fn from(exception: DomException) -> Self {
        let exception = web_sys::DomException::from(exception);
        Self::named(&exception.name(), &exception.message())
    }
}

/// A transaction's answer can be asked for after the transaction has been used up.
pub(super) struct TransactionHandle(web_sys::IdbTransaction);

impl TransactionHandle {
    pub(super) fn of(transaction: &Transaction<'_>) -> Self {
        Self(transaction.as_sys().clone().into())
    }
}

/// Sorts a failure to open. Browsers that keep nothing in private windows say so in several ways: no `indexedDB` at
/// all, a SecurityError, and InvalidStateError in Firefox (https://bugzilla.mozilla.org/show_bug.cgi?id=781982).
pub(super) fn refused_to_open(error: OpenDbError) -> StoreError {
    match error {
        // The library gives this name to every exception that `indexedDB.open` throws at once.
        OpenDbError::VersionZero => StoreError::Refused("indexedDB.open threw".into()),
        OpenDbError::UnsupportedEnvironment | OpenDbError::NullFactory => {
            StoreError::Refused("there is no indexedDB".into())
        }
        OpenDbError::Base(Error::DomException(DomException::InvalidStateError(exception))) => {
            StoreError::Refused(format!("InvalidStateError: {}", exception.message()))
        }
        OpenDbError::Base(error) => match Fault::from(error) {
            // Chromium, where the person's settings let sites keep nothing: UnknownError "The user denied permission to
            // access the database."
            Fault::Broken(why) if why.contains("denied") => StoreError::Refused(why),
            fault => fault.into_store_error(),
        },
    }
}
