// A room: its title, its text, what the toolbar and the dialogs do.

import { readFileSync } from 'node:fs';
import path from 'node:path';

import { until } from './wait.mjs';

const TEXT = 'Text of the proposal';

/** The room screen in a tab. */
export class Room {
  #tab;
  #shares = 'Share this room';

  constructor(tab) {
    this.#tab = tab;
  }

  /** Waits until the text can be worked on. */
  async ready() {
    return this.#tab.find('textbox', TEXT);
  }

  async title() {
    const field = await this.#tab.find('textbox', 'Title of the room');
    return field.evaluate(field => field.value ?? field.innerText);
  }

  async rename(title) {
    await this.#tab.fill('textbox', 'Title of the room', title);
  }

  /** Puts the caret at the end of the text. */
  async focusEnd() {
    const text = await this.ready();
    await text.focus();
    await this.#tab.press('Control+End');
  }

  /** Types at the end of the text. */
  async write(words) {
    await this.focusEnd();
    await this.#tab.type(words);
  }

  /** Waits until the room says that the text is not kept on this device. */
  async notSaved() {
    await until('the room says that it is not kept', async () => /^(Not saved|In this tab only)/.test(await this.status()));
  }

  /** Presses a button of the toolbar. */
  async format(button) {
    await this.#tab.click('button', button);
  }

  /** Makes the caret's line another kind of line. The menu's button says which kind the line is now. */
  async kind(item) {
    await this.openKinds();
    await this.#tab.click('menuitemradio', new RegExp(`^${item}`));
  }

  /** Opens the menu of kinds of lines. */
  async openKinds() {
    const toolbar = await this.#tab.find('toolbar', 'Formatting');
    const button = await toolbar.$('button[aria-haspopup=menu]');
    await button.click();
    await this.#tab.find('menuitemradio', /^Heading 1/);
  }

  /** The text with its line ends, as it is shown. */
  async text() {
    const text = await this.ready();
    return text.evaluate(text => text.innerText.replace(/[\u200b\ufeff]/g, '').replace(/\n$/, ''));
  }

  /**
   * The text line by line as "kind: words", where marks in the words stand as elements: "bullet: <strong>Now</strong>".
   */
  async lines() {
    const text = await this.ready();
    return text.evaluate(readLines);
  }

  /** The images in the text: their words, widths, sizes on the screen, and what stands there where one is missing. */
  async images() {
    const text = await this.ready();
    return text.evaluate(text => [...text.querySelectorAll('figure[data-image]')].map(figure => {
      const image = figure.querySelector('img');
      return {
        alt: image.alt,
        width: figure.dataset.width ?? 'full',
        shown: image.complete && image.naturalWidth > 0 ? `${image.naturalWidth}x${image.naturalHeight}` : undefined,
        across: Math.round(image.getBoundingClientRect().width),
        missing: figure.querySelector('span')?.innerText,
      };
    }));
  }

  /** Waits until so many images are in the text and shown. */
  async seeImages(count) {
    return until(`${count} images are shown`, async () => {
      const images = await this.images();
      return images.length === count && images.every(image => image.shown) && images;
    });
  }

  /** Puts image files in at the caret, by the menu and the system's file dialog. */
  async pickImages(...files) {
    await this.#tab.choose('Insert', 'Image');
    const picker = await this.#tab.page.$('input[type=file][accept^="image/"]');
    await picker.uploadFile(...files);
  }

  /** Pastes files into the text, as a clipboard with a picture in it does. */
  async pasteFiles(...files) {
    const text = await this.ready();
    const given = files.map(file => [path.basename(file), readFileSync(file).toString('base64')]);
    await text.evaluate((text, given) => {
      const clipboardData = new DataTransfer();
      for (const [name, base64] of given) {
        clipboardData.items.add(new File([Uint8Array.from(atob(base64), letter => letter.charCodeAt(0))], name));
      }
      // Firefox hands out no files of an event that is made with them.
      const paste = new ClipboardEvent('paste', { bubbles: true, cancelable: true });
      Object.defineProperty(paste, 'clipboardData', { value: clipboardData });
      text.dispatchEvent(paste);
    }, given);
  }

  /** Presses an image of the text, which chooses it. */
  async chooseImage(index) {
    const text = await this.ready();
    const figures = await text.$$('figure[data-image] > img');
    await figures[index].click();
    await this.#tab.find('toolbar', 'Image');
  }

  /** Waits until the text shows some words, or fits a pattern. */
  async see(words) {
    await until(`the text shows ${words}`, async () => {
      const text = await this.text();
      return typeof words === 'string' ? text.includes(words) : words.test(text);
    });
  }

  /** What the room says about where the text is kept. */
  async status() {
    const texts = await this.#tab.page.$$eval('[role=status], output', all => all.map(one => one.textContent.trim()));
    return texts.find(text => /^(Saved here|Saving…|Not saved|In this tab only)/.test(text)) ?? '';
  }

  /** Waits until everything is kept on this device. */
  async saved() {
    await until('the room says "Saved here"', async () => (await this.status()).startsWith('Saved here'));
  }

  /** Opens the dialog that shares, which has another name for whoever sends back what they got. */
  async openShare() {
    const [name, title] = await until('there is a button that shares', async () => {
      const pairs = [['Share', 'Share this room'], ['Send back', 'Send back your changes'],
        ['Invite a colleague', 'Invite a colleague']];
      for (const pair of pairs) if (await this.#tab.has('button', pair[0])) return pair;
      return false;
    });
    await this.#tab.click('button', name);
    this.#shares = title;
    return this.#tab.find('dialog', title);
  }

  /** Opens the share dialog, makes a link for `whom` that allows `right` and opens with `passphrase`, where one is asked,
   * and reads it; nothing when the
   * text is too long for a link. */
  async share({ right = 'Edit', whom = '', passphrase = '' } = {}) {
    const dialog = await this.openShare();
    const [make] = await this.#tab.all('button', 'Make the link', dialog);
    if (make) {
      if (whom) await (await this.#tab.find('textbox', 'Who is it for? (optional)', dialog)).type(whom);
      // Whoever is invited to a team's workspace owns it too.
      if (right) await (await this.#tab.find('radio', right, dialog)).evaluate(radio => radio.click());
      if (passphrase) {
        await dialog.$eval('summary', summary => summary.click());
        await (await this.#tab.find('textbox', 'Passphrase (optional)', dialog)).type(passphrase);
      }
      await make.click();
    }
    return until('the dialog offers a link or a file', async () => {
      const [field] = await this.#tab.all('textbox', 'Link', dialog);
      const link = field && (await field.evaluate(field => field.value));
      const file = (await this.#tab.all('button', 'Save room file', dialog)).length > 0;
      const tooLong = (await dialog.evaluate(dialog => dialog.innerText)).includes('too long for a link');
      return (link || (tooLong && file)) && { link: link || undefined, file };
    });
  }

  /** Makes a link and closes the dialog. */
  async link(terms) {
    const { link } = await this.share(terms);
    if (!link) throw new Error('The room is too long for a link.');
    await this.done();
    return link;
  }

  /** Has the room's copies meet over a relay ("y-websocket" or "Hocuspocus") or a signalling server. */
  async meetOver({ relay, address, token, signalling }) {
    await this.#tab.choose('More', 'Live connection');
    const dialog = await this.#tab.find('dialog', 'Live connection');
    const part = await dialog.$('details:has([role=radiogroup])');
    await part.evaluate(part => { part.open = true; });
    await (await this.#tab.find('radio', relay ?? 'None', dialog)).evaluate(radio => radio.click());
    if (relay) await this.#tab.fill('textbox', 'Address of the relay', address);
    if (token) await this.#tab.fill('textbox', 'Token (optional)', token);
    if (signalling) await this.#tab.fill('textbox', 'Signalling server (optional)', signalling);
    await (await this.#tab.find('button', 'Use these servers', dialog)).click();
    await (await this.#tab.find('button', 'Done', dialog)).click();
    await this.#tab.gone('dialog', 'Live connection');
  }

  async #codes() {
    const [open] = await this.#tab.all('dialog', 'Live connection');
    if (!open) await this.#tab.choose('More', 'Live connection');
    const dialog = open ?? await this.#tab.find('dialog', 'Live connection');
    await dialog.$$eval('details', all => { all.at(-1).open = true; });
    return dialog;
  }

  async #code(dialog) {
    return until('there is a code', async () => {
      const [field] = await this.#tab.all('textbox', 'Your code', dialog);
      return field && field.evaluate(field => field.value);
    });
  }

  /** Makes a code for another browser, in the dialog that stays open. */
  async makeCode() {
    const dialog = await this.#codes();
    await (await this.#tab.find('button', 'Make a code', dialog)).click();
    return this.#code(dialog);
  }

  /** Takes a code of another browser; gives the answer to one that asks. */
  async takeCode(code) {
    const dialog = await this.#codes();
    const isAnswer = (await this.#tab.all('textbox', 'Your code', dialog)).length > 0;
    const field = await this.#tab.find('textbox', 'Code from the other person', dialog);
    await field.evaluate((field, code) => {
      field.value = code;
      field.dispatchEvent(new Event('input', { bubbles: true }));
    }, code);
    await (await this.#tab.find('button', 'Use this code', dialog)).click();
    return isAnswer ? undefined : this.#code(dialog);
  }

  /** Closes the share dialog. */
  async done() {
    await this.#tab.click('button', 'Done');
    await this.#tab.gone('dialog', this.#shares);
  }

  /** Gives the plan, where it is on the screen, its target: a day as 2099-03-02, and what is to be reached by then. */
  async setTarget(day, reached) {
    await this.#tab.click('button', 'Set the target');
    const dialog = await this.#tab.find('dialog', 'The target');
    if (reached) await this.#tab.fill('textbox', 'What is to be reached (optional)', reached);
    await dialog.$eval('input[type=date]', (field, day) => {
      field.value = day;
      field.dispatchEvent(new Event('input', { bubbles: true }));
    }, day);
    await this.#tab.click('button', 'Set the target', dialog);
    await this.#tab.gone('dialog', 'The target');
  }

  /** Saves the room as a file through the room's menu; gives the file's path. */
  async saveFile() {
    return this.export('Save room file');
  }

  /** Takes an act of the room's menu that downloads a file; gives the file's path. */
  async export(item) {
    return this.#tab.device.downloaded(() => this.#tab.choose('More', item));
  }

  async allRooms() {
    await this.#tab.click('link', 'All rooms');
    await this.#tab.home.ready();
  }
}

/** Runs in the page: reads what a person sees of each line out of the elements that show it. */
function readLines(text) {
  const lists = { bullet: 'bullet', ordered: 'number', checked: 'ticked', unchecked: 'unticked' };
  const words = node => [...node.childNodes].map(child => {
    if (child.nodeType === Node.TEXT_NODE) return child.data.replace(/[\u200b\ufeff]/g, '');
    const inside = words(child);
    if (child.localName === 'a') return `<a ${child.getAttribute('href')}>${inside}</a>`;
    return child.localName === 'br' ? '' : `<${child.localName}>${inside}</${child.localName}>`;
  }).join('');
  const kind = ({ dataset }) => {
    const marks = [];
    if (dataset.within) marks.push(dataset.within);
    if (dataset.level) marks.push(`heading ${dataset.level}`);
    if (dataset.list) marks.push(lists[dataset.list] + (Number(dataset.indent) ? ` ${dataset.indent}` : ''));
    if ('code' in dataset) marks.push('code');
    if ('divider' in dataset) marks.push('rule');
    if ('table' in dataset) marks.push('table');
    if ('image' in dataset) marks.push('image');
    return marks.join(' ') || 'text';
  };
  return [...text.children]
    .filter(line => line.matches('p, h1, h2, h3, h4, h5, h6, figure'))
    .map(line => `${kind(line)}: ${'table' in line.dataset ? line.innerText.replace(/\s+/g, ' ').trim() : words(line)}`);
}
