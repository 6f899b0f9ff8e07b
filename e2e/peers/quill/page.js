// A stranger's page: Quill bound to a Yjs document by y-quill, and nothing of ours. `quill.test.mjs` bundles it.

import Quill from 'quill';
import { QuillBinding } from 'y-quill';
import * as Y from 'yjs';

import 'quill/dist/quill.snow.css';

const doc = new Y.Doc();
const made = [];
doc.on('update', (update, origin) => origin !== 'bridge' && made.push(update));

/** What the other side of a bridge calls. */
window.peer = {
  /** Takes in what others wrote; the editor begins with the first of it. */
  receive(update) {
    Y.applyUpdate(doc, update, 'bridge');
    window.quill ??= begin();
  },

  /** What was written here since the last time, update by update. */
  passOn: () => made.splice(0),

  known: () => Y.encodeStateVector(doc),

  /** The text as the shared document has it, and as the editor does. */
  shared: () => doc.getText('section/main').toDelta(),
  shown: () => window.quill.getContents().ops,
};

function begin() {
  const quill = new Quill('#editor', {
    theme: 'snow',
    modules: {
      toolbar: false,
      history: { userOnly: true },
      // Signs that become lists would change a line's kind while the other side does.
      keyboard: { bindings: { 'list autofill': null } },
    },
  });
  new QuillBinding(doc.getText('section/main'), quill);
  return quill;
}
