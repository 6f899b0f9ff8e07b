//! The connection to the database: opened once, closed when another tab needs that, and made again when it breaks.

use std::{cell::Cell, future::pending, pin::pin, rc::Rc};

use futures_channel::oneshot;
use futures_util::{
    future::{Either, select},
    lock::Mutex,
};
use gloo::events::EventListener;
use indexed_db_futures::{Build, database::Database, internals::SystemRepr};
use model::StoreError;
use wasm_bindgen::JsCast;
use web_sys::{Event, IdbDatabase, IdbOpenDbRequest, IdbVersionChangeEvent};

use super::{
    Job, StoreEvent,
    fault::{Fault, refused_to_open},
    migrations::{VERSION, migrate},
};
use crate::timers::{sleep, spawn};

/// How long another tab may take to close its older store after it was asked to, in milliseconds.
const BLOCKED_WAIT: u32 = 1_500;

/// How long opening may take before we stop waiting. Safari can let it hang for good
/// (https://bugs.webkit.org/show_bug.cgi?id=226547). In milliseconds.
const OPEN_WAIT: u32 = 10_000;

type Events = Rc<dyn Fn(StoreEvent)>;

pub(super) struct Connection {
    name: String,
    events: Events,
    open: Mutex<Option<Open>>,
    count: Cell<u64>,
}

/// An open connection, closed when dropped.
struct Open {
    db: Database,
    number: u64,
    _listeners: [EventListener; 2],
}

impl Drop for Open {
    fn drop(&mut self) {
        self.db.clone().close();
    }
}

impl Connection {
    pub(super) async fn open(name: &str, events: Events) -> Result<Self, StoreError> {
        let connection = Self { name: name.into(), events, open: Mutex::new(None), count: Cell::new(0) };
        connection.get().await?;
        Ok(connection)
    }

    /// Does `job` on the open database; once more on a new connection when the first one turns out broken. Its second
    /// attempt comes after its first transaction may or may not have been kept, and it has to find out which.
    pub(super) async fn run(&self, job: &mut dyn Job) -> Result<(), StoreError> {
        let (db, number) = self.get().await?;
        match job.attempt(&db).await {
            Err(Fault::Broken(_)) => {}
            done => return done.map_err(Fault::into_store_error),
        }
        self.drop_numbered(number).await;
        let (db, _) = self.get().await?;
        job.attempt(&db).await.map_err(Fault::into_store_error)
    }

    async fn get(&self) -> Result<(Database, u64), StoreError> {
        let mut open = self.open.lock().await;
        if let Some(open) = &*open {
            return Ok((open.db.clone(), open.number));
        }
        let db = connect(&self.name, VERSION).await?;
        self.count.set(self.count.get() + 1);
        let number = self.count.get();
        *open = Some(Open { db: db.clone(), number, _listeners: self.watch(&db) });
        Ok((db, number))
    }

    /// Drops the broken connection, unless someone else already has.
    async fn drop_numbered(&self, number: u64) {
        let mut open = self.open.lock().await;
        if open.as_ref().is_some_and(|open| open.number == number) {
            *open = None;
        }
    }

    fn watch(&self, db: &Database) -> [EventListener; 2] {
        let (closing, events) = (db.clone(), self.events.clone());
        let superseded = EventListener::new(db.as_sys(), "versionchange", move |_| {
            closing.clone().close();
            events(StoreEvent::Superseded);
        });
        let events = self.events.clone();
        let closed = EventListener::new(db.as_sys(), "close", move |_| events(StoreEvent::Closed));
        [superseded, closed]
    }
}

/// Opens the database, and gives up when that hangs. A connection that comes too late is closed again, or it would
/// block other tabs.
async fn connect(name: &str, version: u32) -> Result<Database, StoreError> {
    let request = Database::open(name).with_version(version).build().map_err(refused_to_open)?;
    // The library's own listeners would bring along how all its errors print.
    let (blocked, is_blocked) = oneshot::channel();
    let blocked = EventListener::once(request.as_sys(), "blocked", move |_| {
        let _ = blocked.send(());
    });
    let upgrade = EventListener::once(request.as_sys(), "upgradeneeded", |event| {
        let _ = upgrade(event);
    });
    let (answer, answered) = oneshot::channel();
    spawn(async move {
        let opened = request.await;
        drop((blocked, upgrade));
        if let Err(Ok(late)) = answer.send(opened) {
            late.close();
        }
    });
    match select(answered, pin!(impatience(is_blocked))).await {
        Either::Left((Ok(opened), _)) => opened.map_err(refused_to_open),
        Either::Left((Err(_), _)) => Err(StoreError::Lost("opening was given up".into())),
        Either::Right((error, _)) => Err(error),
    }
}

/// Brings the database to this version. Where that fails, all of it is taken back and opening fails.
fn upgrade(event: &Event) -> Option<()> {
    let event = event.dyn_ref::<IdbVersionChangeEvent>()?;
    let request: IdbOpenDbRequest = event.target()?.dyn_into().ok()?;
    let db: IdbDatabase = request.result().ok()?.dyn_into().ok()?;
    if migrate(&db, event.old_version() as u32).is_err() {
        request.transaction()?.abort().ok()?;
    }
    Some(())
}

async fn impatience(is_blocked: oneshot::Receiver<()>) -> StoreError {
    let blocked = pin!(async {
        if is_blocked.await.is_err() {
            pending::<()>().await;
        }
        sleep(BLOCKED_WAIT).await;
    });
    match select(blocked, pin!(sleep(OPEN_WAIT))).await {
        Either::Left(_) => StoreError::Blocked("another tab has an older version open".into()),
        Either::Right(_) => StoreError::Lost("the browser did not open it in time".into()),
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen::prelude::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen(module = "/tests/faults.js")]
    extern "C" {
        async fn hold(name: &str, version: u32) -> JsValue;
        fn close(database: &JsValue);
        #[wasm_bindgen(js_name = upgradesFreely)]
        async fn upgrades_freely(name: &str, version: u32) -> JsValue;
    }

    #[wasm_bindgen_test]
    async fn an_older_version_in_another_tab_blocks_and_is_not_waited_for() {
        let old = hold("blocked", 1).await;
        let blocked = connect("blocked", 2).await.err();
        assert!(matches!(blocked, Some(StoreError::Blocked(_))), "{blocked:?}");
        close(&old);
        // The request from before now comes through; nobody waits for it, so it must not hold anyone up either.
        assert!(upgrades_freely("blocked", 3).await.is_truthy());
    }

    #[wasm_bindgen_test]
    async fn an_older_version_that_lets_go_does_not_block() {
        let old = Connection::open("let go", Rc::new(|_| {})).await.unwrap();
        assert!(connect("let go", VERSION + 1).await.is_ok());
        drop(old);
    }
}
