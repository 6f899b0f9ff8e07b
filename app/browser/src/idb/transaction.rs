//! One transaction: all of it is kept, or nothing.

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
    let transaction = db.transaction(stores).with_mode(TransactionMode::Readonly).build()?;
    let handle = TransactionHandle::of(&transaction);
    work(&transaction).await.map_err(|fault| fault.or_reason_of(&handle))
}

/// Writes to `stores`. `Ok` means that it is on the disk: with less than strict durability a power cut took writes
/// that had been reported as kept. `work` may wait for nothing but its own requests, or the browser commits early.
pub(super) async fn write<T>(
    db: &Database,
    stores: &[&str],
    work: impl AsyncFnOnce(&Transaction<'_>) -> Result<T, Fault>,
) -> Result<T, Fault> {
    let transaction = db
        .transaction(stores)
        .with_mode(TransactionMode::Readwrite)
        .with_options(TransactionOptions::new().with_durability(TransactionDurability::Strict))
        .build()?;
    let handle = TransactionHandle::of(&transaction);
    let done = async {
        // Left early by `?`, the transaction is dropped, which rolls it back.
        let value = work(&transaction).await?;
        transaction.commit().await?;
        Ok(value)
    };
    done.await.map_err(|fault: Fault| fault.or_reason_of(&handle))
}
