// A network for the tests of transfers: what the browser would ask, and hosts that answer, break off or say nothing.

let asked = [];
let answers = [];
const { fetch } = globalThis;
const { XMLHttpRequest } = globalThis;

/** Puts the network in the place of the browser's. Each answer is for one request: { status, headers, body, cut }; none is
    no answer. */
export function connect(json) {
  asked = [];
  answers = JSON.parse(json);
  globalThis.fetch = async (address, init) => {
    const { cache, credentials, mode, referrerPolicy, signal } = init;
    const headers = [...init.headers].map(([name, value]) => `; ${name}: ${value}`).join("");
    asked.push(`GET ${address} ${mode} ${credentials} ${cache} ${referrerPolicy}${headers}`);
    const answer = answers.shift();
    if (answer?.waits) await new Promise((_, failed) => signal.addEventListener("abort", () => failed(signal.reason)));
    if (!answer) throw new TypeError("Failed to fetch");
    const pieces = (answer.body ?? "").match(/.{1,4}/g) ?? [];
    const body = new ReadableStream({
      pull(control) {
        if (pieces.length > 0) control.enqueue(new TextEncoder().encode(pieces.shift()));
        else if (answer.cut) control.error(new TypeError("network error"));
        else control.close();
      },
    });
    return new Response(answer.status === 304 ? null : body, { status: answer.status, headers: answer.headers });
  };
  globalThis.XMLHttpRequest = class extends EventTarget {
    upload = new EventTarget();
    said = "";
    status = 0;
    open(method, address) {
      this.said = `${method} ${address}`;
    }
    setRequestHeader(name, value) {
      this.said += `; ${name}: ${value}`;
    }
    getAllResponseHeaders() {
      return Object.entries(this.answer.headers ?? {}).map(([name, value]) => `${name}: ${value}\r\n`).join("");
    }
    abort() {
      this.dispatchEvent(new Event("loadend"));
    }
    send(body) {
      asked.push(`${this.said}; ${new TextDecoder().decode(body)}`);
      this.answer = answers.shift() ?? {};
      if (this.answer.waits) return;
      this.status = this.answer.status ?? 0;
      const { length } = body;
      this.upload.dispatchEvent(new ProgressEvent("progress", { lengthComputable: true, loaded: length, total: length }));
      queueMicrotask(() => this.dispatchEvent(new Event("loadend")));
    }
  };
}

export function disconnect() {
  Object.assign(globalThis, { fetch, XMLHttpRequest });
  return asked.join("\n");
}
