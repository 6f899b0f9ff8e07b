// What else than words goes into a text: found behind a slash, from the row of tools, and beside what is selected.

import { axeFindings } from '../harness/axe.mjs';
import { journey } from '../harness/journey.mjs';
import { until, untilEqual } from '../harness/wait.mjs';

const options = async tab => {
  const list = await tab.find('listbox', 'Insert');
  return list.$$eval('[role=option]', all => all.map(one => (one.ariaSelected === 'true' ? '> ' : '') + one.textContent.trim()));
};

journey('a2_slash_menu', {}, async ({ person }) => {
  const anna = await person('Anna');
  await anna.visit();
  await anna.home.newRoom();
  const { room } = anna;

  await room.write('/');
  await untilEqual('the menu offers kinds of lines', async () => (await options(anna)).slice(0, 3), ['> Text', 'Heading 1', 'Heading 2']);
  const findings = await axeFindings(anna, 'the open menu');
  if (findings.length > 0) throw new Error(findings.join('\n'));
  await anna.type('head');
  await untilEqual('letters narrow it down', () => options(anna), ['> Heading 1', 'Heading 2', 'Heading 3']);
  await anna.press('ArrowDown', 'Enter');
  await anna.type('What you get');
  await anna.press('Enter');
  await anna.type('/call');
  await anna.press('Enter');
  await anna.type('Only until Friday.');
  await anna.press('Enter', 'Enter');
  await anna.type('/rule');
  await anna.press('Tab');
  await anna.type('It is 1/2 of it, and/or more.');
  await anna.gone('listbox', 'Insert');
  await anna.press('Enter');
  await anna.type('/bull');
  await anna.press('Escape');
  await anna.gone('listbox', 'Insert');
  await anna.type('et');

  const wanted = [
    'heading 2: What you get',
    'callout: Only until Friday.',
    'rule: ',
    'text: It is 1/2 of it, and/or more.',
    'text: /bullet',
  ];
  await untilEqual('what was picked is there', () => room.lines(), wanted);
  await room.saved();
  await anna.reload();
  await untilEqual('it is there after a reload', () => room.lines(), wanted);

  // On a phone it stands beside the slash as well, and is no sheet at the window's edge as other menus are there.
  await anna.resize({ width: 360, height: 740 });
  await room.write(' /');
  const list = await anna.find('listbox', 'Insert');
  const corners = () => list.evaluate(list => {
    const { borderStartStartRadius, borderEndEndRadius } = getComputedStyle(list);
    return borderStartStartRadius === borderEndEndRadius;
  });
  await until('it is whole at all corners', corners);
});

journey('a2_selection_tools', { aside: true }, async ({ person }) => {
  const anna = await person('Anna');
  await anna.visit();
  await anna.home.newRoom();
  const { room } = anna;

  await room.write('One word of it');
  const shown = () => anna.page.$eval('.float .toolbar', bar => bar.checkVisibility() && getComputedStyle(bar.parentElement).display !== 'none');
  await anna.press('Home', 'Control+Shift+ArrowRight');
  await until('tools show beside the selection', shown);
  const bold = await anna.page.$('.float button[title="Bold"]');
  await bold.click();
  await anna.press('ArrowRight');
  await until('they go with the selection', async () => !(await shown()));
  await anna.press('Control+End');
  await anna.click('button', 'Alignment');
  await anna.click('menuitemradio', 'Align to the end');
  await untilEqual('the first word is bold', () => room.lines(), ['text: <strong>One</strong> word of it']);
  const aligned = () => anna.page.$eval('.prose > p', line => getComputedStyle(line).textAlign);
  await untilEqual('the line stands at the end', aligned, 'end');
});

journey('a2_backspace_gives_signs_back', { aside: true }, async ({ person }) => {
  const anna = await person('Anna');
  await anna.visit();
  await anna.home.newRoom();
  const { room } = anna;

  await room.write('- ');
  await untilEqual('signs became a list', () => room.lines(), ['bullet: ']);
  await anna.press('Backspace');
  await untilEqual('and signs again', () => room.lines(), ['text: - ']);
  await anna.type('5 degrees, **cold**');
  await untilEqual('signs became bold', () => room.lines(), ['text: - 5 degrees, <strong>cold</strong>']);
  await anna.press('Backspace');
  await untilEqual('and signs again', () => room.lines(), ['text: - 5 degrees, **cold**']);
});

journey('a2_link_at_hand', { aside: true }, async ({ person }) => {
  const anna = await person('Anna');
  await anna.visit();
  await anna.home.newRoom();
  const { room } = anna;

  await room.write('See our site now');
  await anna.press('Control+ArrowLeft', 'ArrowLeft', 'Control+Shift+ArrowLeft', 'Control+k');
  await anna.find('dialog', 'Link');
  await anna.fill('textbox', 'Address', 'quillhaven.example');
  await anna.press('Enter');
  await anna.gone('dialog', 'Link');
  await untilEqual('the word is a link', () => room.lines(), ['text: See our <a https://quillhaven.example>site</a> now']);
  await anna.press('ArrowLeft', 'ArrowRight', 'ArrowRight');
  const card = () => anna.page.$eval('.link-card', card => (card.checkVisibility() ? card.textContent.trim() : ''));
  await untilEqual('where it leads stands beside it', card, 'https://quillhaven.example');
  await (await anna.page.$('.link-card button[title="Remove link"]')).click();
  await untilEqual('the link is gone', () => room.lines(), ['text: See our site now']);
  await untilEqual('and the card with it', card, '');
});

journey('a2_says_what_was_set', { aside: true }, async ({ person }) => {
  const anna = await person('Anna');
  await anna.visit();
  await anna.home.newRoom();

  await anna.room.write('Words');
  await anna.room.saved();
  const said = () => anna.page.$$eval('p[role=status]', all => all.map(one => one.textContent).filter(Boolean));
  for (const [keys, words] of [
    ['Control+b', 'Bold on'],
    ['Control+b', 'Bold off'],
    ['Control+Alt+2', 'Heading 2'],
    ['Control+Alt+0', 'Text'],
    ['Control+Shift+9', 'Checklist'],
    ['Control+Enter', 'Ticked'],
  ]) {
    await anna.press(keys);
    await untilEqual(`${keys} is said`, said, [words]);
  }
  const second = await anna.newTab();
  await second.visit(anna.address());
  await second.room.ready();
  await anna.look();
  await untilEqual('that another came is said', said, ['Your other tab has opened this room.']);
});
