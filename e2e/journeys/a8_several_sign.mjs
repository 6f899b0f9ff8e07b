// Two sign for the buyer, one after the other; the second declines and says why; the seller takes the seal back and seals anew.

import assert from 'node:assert/strict';

import { journey } from '../harness/journey.mjs';
import { until } from '../harness/wait.mjs';

/** Seals for these signers, in this order; answers once it is sealed. */
async function seal(tab, ...signers) {
  await tab.click('button', /^Seal (for signing|anew)$/);
  const dialog = await tab.find('dialog', 'Seal for signing');
  for (const [at, name] of signers.entries()) {
    if (at > 0) await tab.click('button', 'Add a signer', dialog);
    const fields = await until('there is a field for them', async () => {
      const all = await tab.all('textbox', 'Name', dialog);
      return all.length > at && all;
    });
    await fields[at].type(name);
  }
  if (signers.length > 1) await tab.click('checkbox', 'One after the other, in this order', dialog);
  await tab.click('button', 'Seal for signing', dialog);
  await tab.gone('dialog', 'Seal for signing');
}

/** Signs by typing. */
async function sign(tab, name) {
  await tab.fill('textbox', 'Your name', name);
  await tab.fill('textbox', 'Your name as signature', name);
  await tab.click('checkbox', 'I have read what was sealed, I accept it, and I may sign for the buyer.');
  await tab.click('button', /^Accept/);
}

/** As whom whoever looks at what is sealed would sign. */
const turn = async tab => (await tab.find('textbox', 'Your name')).evaluate(field => field.value);

/** Sends back what somebody has; the seller opens it. */
async function reply(from, to) {
  const link = await from.room.link();
  await to.visit(link);
  await to.find('navigation', 'Places in this room');
  await to.click('link', 'Sign');
}

journey('a8_several_sign_in_order_and_one_declines', { aside: true }, async ({ person }) => {
  const ines = await person('Ines');
  await ines.visit();
  await ines.home.newRoom('Month-end close');
  await ines.room.write('We close your books in five days.');
  await ines.room.saved();
  await ines.click('link', 'Sign');
  await seal(ines, 'Dana Whitfield', 'Paul Ferris');
  await ines.see('Waiting for Dana Whitfield to sign.');
  const [forDana, forPaul] = [await ines.room.link({ right: 'Comment', whom: 'Dana Whitfield' }), await ines.room.link({ right: 'Comment', whom: 'Paul Ferris' })];

  const dana = await person('Dana');
  await dana.visit(forDana);
  await dana.click('link', 'Sign');
  await sign(dana, 'Dana Whitfield');
  await dana.see('Saved here. The seller does not have it yet.');
  await reply(dana, ines);
  await ines.see('Waiting for Paul Ferris to sign.');

  // He gets the newer copy, and says no.
  const paul = await person('Paul');
  await paul.visit(forPaul);
  await paul.click('link', 'Sign');
  assert.equal(await turn(paul), 'Dana Whitfield', 'before her nobody signs as him');
  await paul.visit(await ines.room.link({ right: 'Comment', whom: 'Paul Ferris' }));
  await paul.click('link', 'Sign');
  await until('it is his turn', async () => await turn(paul) === 'Paul Ferris');
  await paul.click('button', 'Decline');
  const no = await paul.find('dialog', 'Decline what was sealed');
  await (await paul.find('textbox', 'Reason (optional)', no)).type('Five days are too long.');
  await paul.click('button', 'Decline what was sealed', no);
  await paul.gone('dialog', 'Decline what was sealed');
  await reply(paul, ines);
  await ines.see('declined: “Five days are too long.”');

  // What was sealed is taken back, and another seal takes its place, for one signer.
  await ines.click('link', 'Document');
  await ines.room.write(' Or in four.');
  await ines.room.saved();
  await ines.click('link', 'Sign');
  await seal(ines, 'Paul Ferris');
  await ines.see('Waiting for Paul Ferris to sign.');
  await ines.see('A newer seal has taken its place.');
  await paul.visit(await ines.room.link({ right: 'Comment', whom: 'Paul Ferris' }));
  await paul.click('link', 'Sign');
  await until('the new text is there', async () => (await paul.page.$eval('.sealed', sealed => sealed.innerText)).includes('Or in four.'));
  await sign(paul, 'Paul Ferris');
  await paul.see('Saved here. The seller does not have it yet.');

  // The seller withdraws it meanwhile: what came too late binds nobody.
  await ines.click('button', 'Withdraw the seal');
  const back = await ines.find('dialog', 'Withdraw the seal');
  await (await ines.find('textbox', 'Reason (optional)', back)).type('The price was wrong.');
  await ines.click('button', 'Withdraw the seal', back);
  await ines.see('withdrew it: “The price was wrong.”');
  // By now the room is too long for a link.
  const file = await paul.room.saveFile();
  await ines.room.allRooms();
  await ines.home.open(file);
  await ines.find('navigation', 'Places in this room');
  await ines.click('link', 'Sign');
  assert.deepEqual(await ines.all('button', 'Countersign'), []);
  await ines.room.allRooms();
  await ines.see('Paul Ferris declined what you sealed');
});
