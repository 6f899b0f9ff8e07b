// Draws the pages of one PDF file away from the page, so that nothing there waits for it. The page (app/browser/src/pages.rs)
// hands over the compiled program (app/pages) and the file, asks for pages, and ends this worker when it is done, or when the
// file was too much for the program.
//
// { module, file }          the program and the bytes    → { sizes }, widths and heights in points, or { fault }
// { page, width }           a page from 0, in pixels     → { page, width, pixels }
//
// A fault is "damaged", "locked", or "stopped" when the program cannot go on.
const FAULTS = { [-1]: "damaged", [-2]: "locked" };
let program;

addEventListener("message", async ({ data }) => {
  try {
    if (data.module) await open(data.module, new Uint8Array(data.file));
    else draw(data.page, data.width);
  } catch {
    postMessage({ fault: "stopped" });
  }
});

async function open(module, file) {
  program = (await WebAssembly.instantiate(module, {})).exports;
  const place = program.place(file.length);
  new Uint8Array(program.memory.buffer, place, file.length).set(file);
  const count = program.open();
  if (count <= 0) postMessage({ fault: FAULTS[count] ?? "damaged" });
  else postMessage({ sizes: new Float32Array(answer()) });
}

function draw(page, width) {
  const drawn = program.draw(page, width);
  const pixels = answer();
  postMessage({ page, width: drawn, pixels }, [pixels]);
}

/** A copy: the program's memory moves when it grows. */
function answer() {
  const start = program.answer();
  return program.memory.buffer.slice(start, start + program.answer_length());
}
