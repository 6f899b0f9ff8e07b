// Elements by role and name, asked of the page itself. Firefox takes most of a second to answer by its accessibility tree what
// Chromium's answers in hundredths; so Chromium's tree proves roles and names, and in Firefox this finds the same things.

/** Runs in the page: the elements of a role within `root`, by an exact name, a pattern, or any. */
export function byRole(root, role, name, pattern) {
  const TAGS = {
    button: 'button, summary, input:is([type=button], [type=submit])',
    textbox: 'textarea, input:not([list]):is(:not([type]), [type=text], [type=url], [type=email], [type=tel], [type=password])',
    searchbox: 'input[type=search]',
    dialog: 'dialog',
    link: 'a[href]',
    radio: 'input[type=radio]',
    checkbox: 'input[type=checkbox]',
    combobox: 'select, input[list]',
    table: 'table',
    columnheader: 'th',
    row: 'tr',
    cell: 'td',
    group: 'fieldset, details',
    list: 'ul, ol',
    listitem: 'li',
    img: 'img',
    complementary: 'aside',
    article: 'article',
    navigation: 'nav',
    region: 'section:is([aria-label], [aria-labelledby])',
    heading: 'h1, h2, h3, h4, h5, h6',
  };
  const words = (node, but) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    if (node.nodeType !== Node.ELEMENT_NODE || node === but || node.getAttribute('aria-hidden') === 'true') return '';
    if (node.hasAttribute('aria-label')) return node.getAttribute('aria-label');
    if (node.localName === 'img') return node.alt;
    return [...node.childNodes].map(child => words(child, but)).join('');
  };
  const fromInside = ['button', 'link', 'menuitem', 'menuitemradio', 'menuitemcheckbox', 'option', 'radio', 'checkbox', 'switch', 'tab', 'columnheader', 'rowheader', 'cell', 'row', 'heading', 'treeitem'];
  const nameOf = element => {
    const by = element.getAttribute('aria-labelledby');
    if (by) return by.split(/\s+/).map(id => words(document.getElementById(id) ?? document.createTextNode(''))).join(' ');
    if (element.hasAttribute('aria-label')) return element.getAttribute('aria-label');
    // What stands in a list is no part of the name that the label around it gives.
    if (element.labels?.length) return [...element.labels].map(label => words(label, element)).join(' ');
    const caption = element.querySelector(':scope > :is(caption, legend)');
    if (caption) return words(caption);
    const inside = fromInside.includes(role) ? [...element.childNodes].map(child => words(child)).join('') : '';
    return inside.trim() || element.getAttribute('title') || element.getAttribute('placeholder') || '';
  };
  const modal = [...document.querySelectorAll('dialog:modal')].at(-1);
  const isThere = element =>
    element.checkVisibility({ visibilityProperty: true })
    && !element.closest('[aria-hidden=true], [inert]')
    && (!modal || modal === element || modal.contains(element));
  const same = text => text.replace(/\s+/g, '');
  const fits = element => {
    if (element.hasAttribute('role') ? element.getAttribute('role') !== role : !TAGS[role] || !element.matches(TAGS[role])) return false;
    if (!isThere(element)) return false;
    if (pattern) return new RegExp(pattern.source, pattern.flags).test(nameOf(element).trim().replace(/\s+/g, ' '));
    return name === undefined || same(nameOf(element)) === same(name);
  };
  const selector = TAGS[role] ? `[role=${role}], ${TAGS[role]}` : `[role=${role}]`;
  return [...root.querySelectorAll(selector)].filter(fits);
}
