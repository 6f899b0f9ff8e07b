// Starts the program, and shows the crash page when that fails or when the program stops later.
//
// Agreed with the program (app/web):
// - it removes #splash once it has something to show;
// - its panic hook dispatches `handsel-crash` on window, a CustomEvent whose detail is the message as text.
import { saveRecoveryFile } from "./recovery.js";

// Taken now, for the program may replace the whole page.
const page = document.getElementById("crash").content;
const sentences = document.getElementById("crash-words").content;
let crashed = false;

/** A piece of the crash page's words, from index.html. */
function words(selector) {
  return sentences.querySelector(selector).cloneNode(true);
}

/** Replaces the page. Only the first crash counts: what follows comes from the same dead program. */
function crash(cause, detail) {
  if (crashed) return;
  crashed = true;
  const find = (selector) => page.querySelector(selector);
  find(".crash-words").append(words(`[data-cause=${cause}]`));
  find("[data-act=reload]").addEventListener("click", () => location.reload());
  const result = find(".crash-result");
  find("[data-act=recover]").addEventListener("click", async () => {
    result.replaceChildren(words(`[data-result=${await saveRecoveryFile()}]`));
  });
  if (detail) {
    find("details").hidden = false;
    find("pre").textContent = detail;
  }
  document.body.replaceChildren(page);
}

/** Why this browser cannot run the program, or nothing. */
function obstacle() {
  if (!isSecureContext) return "insecure";
  if (!globalThis.WebAssembly) return "blocked";
  // The youngest thing the program needs stands for all of them.
  if (!CSS.supports("color", "light-dark(#fff, #000)") || !globalThis.indexedDB) return "old";
}

/** Whether the program itself failed: a trap, or a stack that is full. Neither reaches its panic hook. */
function isTrap(error) {
  const tooDeep = error?.name === "InternalError" || /call stack/.test(error?.message);
  return error?.name === "RuntimeError" || tooDeep;
}

/** What went wrong at the start. */
function cause(error) {
  if (isTrap(error)) return "stopped";
  const refused = error?.name === "CompileError" && /unsafe-eval|CSP|Content Security/.test(error.message);
  return refused ? "blocked" : "missing";
}

async function start() {
  const found = obstacle();
  if (found) return crash(found);
  try {
    const glue = await import(document.getElementById("glue").href);
    await glue.default({ module_or_path: document.getElementById("program").href });
  } catch (error) {
    crash(cause(error), String(error));
  }
}

addEventListener("handsel-crash", (event) => crash("stopped", event.detail));
for (const kind of ["error", "unhandledrejection"]) {
  addEventListener(kind, (event) => {
    const error = event.error ?? event.reason;
    if (isTrap(error)) crash("stopped", String(error));
  });
}
start();
