// Somebody who writes in one of the two editors: a caret anywhere, then keys as on a real keyboard.

export const WORDS = ['price', 'plan ', 'a', ' ', 'two days ', 'é', '😀', 'e\u0301', 'שלום ', '你好', 'x'];

/** What can be done to selected words by keys that both editors know. */
const MARKS = ['Control+b', 'Control+i', 'Control+u'];

export class Typist {
  constructor(tab, random, { root, own, kinds, undo, words = WORDS }) {
    Object.assign(this, { tab, random, root, own, kinds, undo, words });
  }

  /**
   * One operation. `alone` lets the other side catch up, before and after, where both must not do such a thing at once:
   * of two kinds that a line was given at the same time, Quill shows the one that came last, each copy its own.
   */
  async act(alone) {
    const { random, tab } = this;
    switch (random.below(14)) {
      case 0: case 1:
        await this.#select(1 + random.below(6));
        return tab.press(random.of(MARKS));
      case 2:
        await this.#select(1 + random.below(6));
        return random.of(this.own)(tab);
      case 3:
        await this.#select(1 + random.below(8));
        return tab.press(random.of(['Delete', 'Backspace']));
      case 4: case 5:
        await this.#select(0);
        return tab.press(...Array(1 + random.below(4)).fill(random.of(['Backspace', 'Backspace', 'Delete'])));
      case 6: case 7:
        await this.#select(0);
        return tab.press('Enter');
      case 8: case 9:
        return alone(async () => {
          await this.#select(random.below(3));
          await random.of(this.kinds)(tab);
        });
      case 10:
        return alone(() => tab.press(...Array(1 + random.below(2)).fill(random.of(['Control+z', this.undo]))));
      default:
        await this.#select(random.once(5) ? 3 : 0);
        return tab.type(Array.from({ length: 1 + random.below(3) }, () => random.of(this.words)).join(''));
    }
  }

  /** Puts the caret somewhere, and selects so many characters after it. */
  async #select(count) {
    await this.tab.page.evaluate(putCaret, this.root, this.random.below(2 ** 20) / 2 ** 20);
    await this.tab.press(...Array(count).fill('Shift+ArrowRight'));
  }
}

/** Runs in the page: a click between two characters, that share of the text from its start. */
function putCaret(selector, share) {
  const root = document.querySelector(selector);
  const places = [];
  for (const line of root.querySelectorAll('p, h1, h2, h3, h4, h5, h6, li')) {
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    let any = false;
    while (walker.nextNode()) {
      any = true;
      for (const { index } of new Intl.Segmenter().segment(walker.currentNode.data)) places.push([walker.currentNode, index]);
      places.push([walker.currentNode, walker.currentNode.length]);
    }
    // Behind what Quill draws at a list item's start.
    if (!any) places.push([line, line.querySelector('.ql-ui') ? 1 : 0]);
  }
  const [node, offset] = places[Math.floor(share * places.length)];
  root.focus();
  getSelection().collapse(node, offset);
}
