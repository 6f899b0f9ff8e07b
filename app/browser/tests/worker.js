// A browser's side of service workers, played by the tests: a real one would need a server.

class Worker extends EventTarget {
  state = "installing";
  said = [];

  postMessage(message, ports = []) {
    this.said.push(JSON.stringify(message));
    if (message.type === "build") ports[0].postMessage({ type: "build", id: "b2" });
  }

  becomes(state) {
    this.state = state;
    this.dispatchEvent(new Event("statechange"));
  }
}

class Registration extends EventTarget {
  waiting = null;
  installing = null;
  checks = 0;

  async update() {
    this.checks += 1;
    throw new TypeError("no network");
  }
}

class Container extends EventTarget {
  controller = null;
  registration = new Registration();

  async register(address, options) {
    this.registered = `${address} ${JSON.stringify(options)}`;
    return this.registration;
  }
}

let container;

export function install() {
  container = new Container();
  Object.defineProperty(navigator, "serviceWorker", { configurable: true, value: container });
}

export function uninstall() {
  Object.defineProperty(navigator, "serviceWorker", { configurable: true, value: undefined });
}

export function registered() {
  return container.registered;
}

export function checks() {
  return container.registration.checks;
}

/** A new version is found and gets as far as waiting. */
export function update() {
  const worker = new Worker();
  const { registration } = container;
  registration.installing = worker;
  registration.dispatchEvent(new Event("updatefound"));
  registration.installing = null;
  registration.waiting = worker;
  worker.becomes("installed");
}

/** The waiting version takes the page over. */
export function takeOver() {
  container.controller = container.registration.waiting;
  container.registration.waiting = null;
  container.dispatchEvent(new Event("controllerchange"));
}

export function saidToWaiting() {
  return container.registration.waiting.said.join(" ");
}
