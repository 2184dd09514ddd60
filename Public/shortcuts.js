// What the keys do, and the switch for who would rather not have them.

const everywhere = [['?', 'show this'], ['/', 'search']];
const withScripts = [['← →', 'from script to script']];
// Not for who only reads.
const forWriters = [['n', 'new brief'], ['s', 'star the one in focus']];
const writes = () => document.querySelector('a[href="/tasks/new"], form[action="/tasks/new"]') !== null;

let dialog;

export function open() {
  dialog ??= make();
  if (!dialog.open) dialog.showModal();
}

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function make() {
  const row = ([keys, words]) =>
    element('div', {}, element('dt', {}, element('kbd', { textContent: keys })), element('dd', { textContent: words }));
  const keys = element('input', { type: 'checkbox', checked: localStorage.getItem('keys') !== 'off' });
  keys.addEventListener('change', () => localStorage.setItem('keys', keys.checked ? 'on' : 'off'));
  const close = element('button', { className: 'button', textContent: 'Close', autofocus: true });
  const title = element('h2', { id: 'shortcuts-title', textContent: 'Keyboard' });
  const made = element(
    'dialog', {}, title,
    element('dl', {}, ...everywhere.map(row), ...withScripts.map(row), ...(writes() ? forWriters.map(row) : [])),
    element('label', { className: 'check' }, keys, ' Single keys do this'),
    element('form', { method: 'dialog' }, close));
  made.setAttribute('aria-labelledby', title.id);
  document.body.append(made);
  return made;
}
