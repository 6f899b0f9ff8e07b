// The recovery file: everything in this origin's `handsel` database as one JSON file. It needs nothing of the
// program, for it is there for the time when the program no longer runs.
//
// { format, version, saved, database: { name, version }, stores: [{ name, keyPath, records: [{ key, value }] }] }
//
// Bytes are written as { "$bytes": base64 }, dates as { "$date": text }, whole numbers too large for JSON as
// { "$integer": text } and what no script may read, such as keys that the browser keeps to itself, as
// { "$unreadable": kind }.
const NAME = "handsel";

/** Hands the file to the browser as a download. Resolves to how it went: saved, nothing or unread. */
export async function saveRecoveryFile() {
  try {
    const database = await open();
    if (!database) return "nothing";
    const parts = await fileOf(database);
    database.close();
    download(new Blob(parts, { type: "application/json" }));
    return "saved";
  } catch (error) {
    console.error(error);
    return "unread";
  }
}

/** The database, or nothing when there is none. Opening must not make one: the program would take it for its own. */
function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME);
    request.onupgradeneeded = () => {
      request.onerror = (event) => {
        event.preventDefault();
        resolve();
      };
      request.transaction.abort();
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** The text of the file in pieces, for one string might grow longer than a browser allows. */
async function fileOf(database) {
  const head = {
    format: "handsel recovery",
    version: 1,
    saved: new Date().toISOString(),
    database: { name: database.name, version: database.version },
  };
  const parts = [JSON.stringify(head).slice(0, -1), ',"stores":['];
  for (const [index, name] of [...database.objectStoreNames].entries()) {
    const { keyPath, records } = await recordsOf(database, name);
    if (index > 0) parts.push(",");
    parts.push(JSON.stringify({ name, keyPath }).slice(0, -1), ',"records":[');
    for (const [at, { key, value }] of records.entries()) {
      parts.push(at > 0 ? ",\n" : "\n", JSON.stringify({ key: await plain(key), value: await plain(value) }));
    }
    parts.push("]}");
  }
  parts.push("]}\n");
  return parts;
}

function recordsOf(database, name) {
  return new Promise((resolve, reject) => {
    const store = database.transaction(name).objectStore(name);
    const records = [];
    const request = store.openCursor();
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const cursor = request.result;
      if (!cursor) return resolve({ keyPath: store.keyPath, records });
      records.push({ key: cursor.primaryKey, value: cursor.value });
      cursor.continue();
    };
  });
}

/** A stored value as JSON can hold it. */
async function plain(value) {
  if (typeof value === "bigint") return { $integer: String(value) };
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Date) return { $date: value.toISOString() };
  if (value instanceof ArrayBuffer) return { $bytes: base64(new Uint8Array(value)) };
  if (ArrayBuffer.isView(value)) return { $bytes: base64(new Uint8Array(value.buffer, value.byteOffset, value.byteLength)) };
  if (value instanceof Blob) return { $bytes: base64(new Uint8Array(await value.arrayBuffer())), type: value.type };
  if (Array.isArray(value)) return Promise.all(value.map(plain));
  if (value instanceof Map) return { $map: await plain([...value]) };
  if (value instanceof Set) return { $set: await plain([...value]) };
  if (Object.getPrototypeOf(value) !== Object.prototype) return { $unreadable: value.constructor.name };
  const entries = Object.entries(value).map(async ([name, inner]) => [name, await plain(inner)]);
  return Object.fromEntries(await Promise.all(entries));
}

function base64(bytes) {
  const step = 0x8000;
  let text = "";
  for (let at = 0; at < bytes.length; at += step) text += String.fromCharCode(...bytes.subarray(at, at + step));
  return btoa(text);
}

function download(blob) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `handsel-recovery-${new Date().toISOString().slice(0, 10)}.json`;
  link.click();
  // The address must live until the browser has taken the file; the page is at its end anyway.
}
