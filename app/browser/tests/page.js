// What a browser and a person do to the page, for the tests of its edges.

/** An input in which a person has picked a file. Hands out its change event. */
export function pick(name, text) {
  const input = document.createElement("input");
  input.type = "file";
  input.files = transferOf(name, text).files;
  const event = new Event("change");
  input.dispatchEvent(event);
  return event;
}

/** How many files the input of an event still holds. */
export function filesLeft(event) {
  return event.target.files.length;
}

export function drag(kind, name, text) {
  return new DragEvent(kind, { dataTransfer: transferOf(name, text), cancelable: true });
}

export function dragText() {
  const dataTransfer = new DataTransfer();
  dataTransfer.setData("text/plain", "only words");
  return new DragEvent("dragover", { dataTransfer, cancelable: true });
}

function transferOf(name, text) {
  const transfer = new DataTransfer();
  transfer.items.add(new File([text], name));
  return transfer;
}

/** Runs `act`, and describes the download that it starts. */
export async function download(act) {
  const { click } = HTMLAnchorElement.prototype;
  let link;
  HTMLAnchorElement.prototype.click = function () {
    link = this;
  };
  act();
  HTMLAnchorElement.prototype.click = click;
  const response = await fetch(link.href);
  return `${link.download} | ${response.headers.get("content-type")} | ${await response.text()}`;
}

/** Makes the browser open the installed app with a file. */
export async function launchWith(name, text, open) {
  const folder = await navigator.storage.getDirectory();
  const handle = await folder.getFileHandle(name, { create: true });
  const writing = await handle.createWritable();
  await writing.write(text);
  await writing.close();
  let consumer;
  const queue = { setConsumer: (given) => (consumer = given) };
  Object.defineProperty(window, "launchQueue", { configurable: true, value: queue });
  open();
  consumer({ files: [handle] });
  consumer({ files: [] });
}

/** A clipboard that works or refuses. Hands out what was copied, and how. */
export async function copied(works, act) {
  let result = "nothing";
  Object.defineProperty(navigator, "clipboard", {
    configurable: true,
    value: {
      async writeText(text) {
        if (!works) throw new DOMException("Not allowed.", "NotAllowedError");
        result = `clipboard: ${text}`;
      },
    },
  });
  document.execCommand = (command) => {
    const field = document.activeElement;
    result = `${command}: ${field.value.slice(field.selectionStart, field.selectionEnd)}`;
    return true;
  };
  const dialog = document.createElement("dialog");
  const button = document.createElement("button");
  dialog.append(button);
  document.body.append(dialog);
  dialog.showModal();
  button.focus();
  const answer = await act();
  const tidy = document.activeElement === button && dialog.children.length === 1;
  dialog.remove();
  delete navigator.clipboard;
  delete document.execCommand;
  return `${answer} ${tidy} ${result}`;
}

/** Sends an event to the window or the document. Whether the page objected. */
export function happens(kind, target) {
  // Scripts cannot construct the event that comes before leaving; this is how they get one.
  const event = document.createEvent(kind === "beforeunload" ? "BeforeUnloadEvent" : "Event");
  event.initEvent(kind, false, true);
  (target === "document" ? document : window).dispatchEvent(event);
  return event.defaultPrevented;
}

/** Pretends that the page is seen or not, and says so. */
export function becomes(state) {
  Object.defineProperty(document, "visibilityState", { configurable: true, value: state });
  document.dispatchEvent(new Event("visibilitychange"));
  delete document.visibilityState;
}

/** Another tab of some other version says something that is no bytes. */
export function babble(channel) {
  new BroadcastChannel(channel).postMessage({ kind: "words" });
}

export function without(name) {
  const own = Object.getOwnPropertyDescriptor(window, name);
  delete window[name];
  return () => Object.defineProperty(window, name, own);
}

/** From now on the reader's language is this one, for whatever formats numbers. */
export function speak(language) {
  const { NumberFormat } = Intl;
  const original = NumberFormat.original ?? NumberFormat;
  Intl.NumberFormat = class extends original {
    static original = original;
    constructor(_languages, options) { super(language, options); }
  };
}
