// Storage that goes wrong, for the tests of the store.
const NAME = "handsel";

function settled(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Opens the database past the program, keeps the connection whatever happens, and hands it out. */
export function hold(name, version) {
  return settled(indexedDB.open(name, version));
}

export function close(database) {
  database.close();
}

/** Whether a newer version can be opened at once. */
export function upgradesFreely(name, version) {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, version);
    request.onsuccess = () => {
      request.result.close();
      resolve(true);
    };
    request.onblocked = () => resolve(false);
    request.onerror = () => reject(request.error);
  });
}

export function forget(name = NAME) {
  return settled(indexedDB.deleteDatabase(name));
}

/** Writes `value`, given as JSON, past the program. */
export async function write(store, json) {
  const database = await hold(NAME);
  await settled(database.transaction(store, "readwrite").objectStore(store).put(JSON.parse(json)));
  database.close();
}

/** What `read` finds, with bytes as their kind and length. */
export async function stored(store) {
  const database = await hold(NAME);
  const rows = await settled(database.transaction(store).objectStore(store).getAll());
  database.close();
  return JSON.stringify(rows, (_, value) => (value instanceof Uint8Array ? `${value.length} bytes` : value));
}

/** Makes the database as version 1 of the store laid it out, with one room and one setting. */
export async function makeFirstVersion(room) {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => {
    const { result: database } = request;
    const rooms = database.createObjectStore("rooms", { keyPath: "id" });
    const entries = database.createObjectStore("entries", { keyPath: ["room", "place"] });
    entries.createIndex("hash", ["room", "hash"], { unique: true });
    database.createObjectStore("chains", { keyPath: ["room", "author", "doc"] });
    const settings = database.createObjectStore("settings");
    rooms.put(room);
    settings.put("Ines", "name");
  };
  (await settled(request)).close();
}

/** Replaces a member until the returned function is called. */
function replace(target, name, descriptor) {
  const own = Object.getOwnPropertyDescriptor(target, name);
  Object.defineProperty(target, name, { ...descriptor, configurable: true });
  return () => (own ? Object.defineProperty(target, name, own) : delete target[name]);
}

/** The browser has no storage. */
export function withoutStorage() {
  return replace(window, "indexedDB", { get: () => undefined });
}

/** The browser throws at opening. */
export function refusingStorage() {
  return replace(IDBFactory.prototype, "open", {
    value() {
      throw new DOMException("The operation is insecure.", "SecurityError");
    },
  });
}

/** The next transaction finds its connection closing, as on iOS after the page was in the background. */
export function breakNextTransaction() {
  const undo = replace(IDBDatabase.prototype, "transaction", {
    value() {
      undo();
      this.close();
      throw new DOMException("The database connection is closing.", "InvalidStateError");
    },
  });
}

/** Every transaction finds its connection closing. */
export function breakEveryTransaction() {
  return replace(IDBDatabase.prototype, "transaction", {
    value() {
      throw new DOMException("The database connection is closing.", "InvalidStateError");
    },
  });
}

/** The next commit is carried out, but the connection is lost before the answer. */
export function loseNextAnswer() {
  const { commit } = IDBTransaction.prototype;
  const undo = replace(IDBTransaction.prototype, "commit", {
    value() {
      undo();
      commit.call(this);
      throw new DOMException("Connection to Indexed Database server lost.", "UnknownError");
    },
  });
}

/** The next commit finds the disk full: the transaction ends with a reason that no request has. */
export function fillDisk() {
  const undo = replace(IDBTransaction.prototype, "commit", {
    value() {
      undo();
      Object.defineProperty(this, "error", { value: new DOMException("The disk is full.", "QuotaExceededError") });
      this.abort();
    },
  });
}

/** How the transactions since were made: mode and durability. */
export function watchTransactions() {
  const seen = [];
  const { transaction } = IDBDatabase.prototype;
  const undo = replace(IDBDatabase.prototype, "transaction", {
    value(...how) {
      const made = transaction.apply(this, how);
      seen.push(`${made.mode} ${made.durability}`);
      return made;
    },
  });
  return () => {
    undo();
    return [...new Set(seen)].join(", ");
  };
}
