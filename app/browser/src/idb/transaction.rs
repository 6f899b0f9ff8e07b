//! One transaction: all of it is kept, or nothing.

use std::pin::Pin;

use indexed_db_futures::{
    database::Database,
    prelude::Build,
    transaction::{Transaction, TransactionDurability, TransactionMode, TransactionOptions},
};

use super::fault::{Fault, TransactionHandle};

/// Reads from `stores`.
pub(super) async fn read<T>(
    db: &Database,
    stores: &[&str],
    work: impl AsyncFnOnce(&Transaction<'_>) -> Result<T, Fault>,
) -> Result<T, Fault> {
    let (transaction, handle) = begin(db, stores, TransactionMode::Readonly)?;
    work(&transaction).await.map_err(|fault| fault.or_reason_of(&handle))
}

/// Writes to `stores`. `Ok` means that it is on the disk: with less than strict durability a power cut took writes
/// that had been reported as kept. `work` may wait for nothing but its own requests, or the browser commits early.
pub(super) async fn write<T>(
    db: &Database,
    stores: &[&str],
    work: impl AsyncFnOnce(&Transaction<'_>) -> Result<T, Fault>,
) -> Result<T, Fault> {
    let (transaction, handle) = begin(db, stores, TransactionMode::Readwrite)?;
    let done = match work(&transaction).await {
        Ok(value) => commit(transaction).await.map(|()| value),
        // The transaction is dropped, which rolls it back.
        Err(fault) => Err(fault),
    };
    done.map_err(|fault| fault.or_reason_of(&handle))
}

fn begin<'a>(
    db: &'a Database,
    stores: &[&str],
    mode: TransactionMode,
) -> Result<(Transaction<'a>, TransactionHandle), Fault> {
    let durability = match mode {
        TransactionMode::Readwrite => TransactionDurability::Strict,
        _ => TransactionDurability::Default,
    };
    let options = TransactionOptions::new().with_durability(durability);
    let transaction = db.transaction(stores).with_mode(mode).with_options(options).build()?;
    let handle = TransactionHandle::of(&transaction);
    Ok((transaction, handle))
}

fn commit(transaction: Transaction<'_>) -> Pin<Box<dyn Future<Output = Result<(), Fault>> + '_>> {
    Box::pin(async { Ok(transaction.commit().await?) })
}
