// A bare editable element: no text model, no store, nobody else. What it costs is what the browser and the measuring
// itself cost, so the part of our time that is ours is what lies above it.
const root = document.getElementById("text");

function paragraph(words) {
  const line = document.createElement("p");
  line.textContent = words;
  return line;
}

window.bench = {
  ready: Promise.resolve(),
  root: () => root,
  load: (paragraphs) => root.replaceChildren(...paragraphs.map(paragraph)),
  focusAt(share) {
    const line = root.children[Math.min(root.children.length - 1, Math.floor(root.children.length * share))];
    const words = line.firstChild;
    root.focus({ preventScroll: true });
    getSelection().collapse(words, share === 0 ? 0 : Math.floor(words.length / 2));
    line.scrollIntoView({ block: "center" });
  },
  getText: () => Array.from(root.children, (line) => line.textContent).join("\n"),
};
