// Makes pages livelier; every page works without it.

const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

/** Tells a screen reader. */
function say(words) {
  $('#said').textContent = words;
}

const styles = {
  full: { dateStyle: 'medium', timeStyle: 'short' },
  clock: { timeStyle: 'medium', hourCycle: 'h23' },
  minute: { timeStyle: 'short' },
};

/** What the server cannot know: the reader's zone, and that buttons work. Also run on a page that is about to be taken over. */
function enhance(root) {
  for (const time of $$('time', root)) {
    // In a list of many, the text is all there is.
    if (!time.dateTime) time.dateTime = time.textContent.replace(' ', 'T');
    const date = new Date(time.dateTime);
    if (isNaN(date)) continue;
    const { style = 'full' } = time.dataset;
    time.textContent = (style === 'full' && ago(date)) || date.toLocaleString([], styles[style]);
    time.title = date.toLocaleString([], { dateStyle: 'full', timeStyle: 'long' });
  }
  for (const price of $$('data[data-currency]', root)) price.textContent = money(price);
  for (const button of $$('button[hidden]:is([data-copy], [data-copy-text], [data-print], [data-prompt], [data-shortcuts])', root)) button.hidden = false;
  for (const button of $$('button[data-notify]', root)) offerToNotify(button);
}

/** `2 minutes ago`, of what was less than a day ago; the exact time stands in the title. */
function ago(date) {
  const minutes = Math.floor((Date.now() - date) / 60_000);
  if (minutes < 0 || minutes >= 24 * 60) return undefined;
  if (minutes === 0) return 'just now';
  const words = new Intl.RelativeTimeFormat('en');
  return minutes < 60 ? words.format(-minutes, 'minute') : words.format(-Math.floor(minutes / 60), 'hour');
}

function money({ value, dataset, textContent }) {
  try {
    return new Intl.NumberFormat(dataset.in, { style: 'currency', currency: dataset.currency }).format(value);
  } catch {
    return textContent;
  }
}

// Copying

async function copy(button) {
  if (button.dataset.copyText) return copied(button, document.getElementById(button.dataset.copyText).textContent);
  const text = $('.text', document.getElementById(button.dataset.copy));
  const parts = $$('p', text).map((paragraph) => paragraph.textContent);
  if (text.dataset.sample) parts.push(`(${text.dataset.sample})`);
  return copied(button, parts.join('\n\n'));
}

async function copied(button, text) {
  const done = await write(text);
  say(done ? 'Copied' : 'Could not be copied: select the text instead');
  const label = button.firstChild;
  const before = (button.dataset.label ??= label.data);
  label.data = done ? 'Copied' : 'Select the text to copy';
  setTimeout(() => { label.data = before; }, 2000);
}

/** The clipboard exists at localhost and over https; elsewhere the old command still does it. */
async function write(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement('textarea');
    const focused = document.activeElement;
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    focused?.focus();
    return done;
  }
}

// Forms: counters and the summary repeat the server's words while one types.

const filledLines = (control) => control.value.split('\n').filter((line) => line.trim()).length;
const several = (number, noun) => `${number} ${noun}${number === 1 ? '' : 's'}`;

function count(control) {
  // A textarea's value has LF for each line end, and `length` counts UTF-16 code units: what the server counts.
  const counter = $(`[data-counter="${control.name}"]`);
  counter.textContent = `${control.value.length} / ${control.dataset.limit}`;
  counter.classList.toggle('over', control.value.length > control.dataset.limit);
}

function summarize(form) {
  const controls = form.elements;
  const media = () => {
    const videos = $$('input[name="media_list.video_id_list"]:checked', form).length;
    const images = filledLines(controls['media_list.image_url_list']);
    return [videos && several(videos, 'video'), images && several(images, 'image')].filter(Boolean).join(', ');
  };
  const shown = (name) => {
    if (name === 'media_list') return media();
    const control = controls[name];
    if (control instanceof RadioNodeList) return $(`input[name="${name}"]:checked + span`, form)?.textContent ?? '';
    return control.selectedOptions?.[0]?.textContent ?? control.value.trim();
  };
  for (const row of $$('[data-summary]', form)) {
    const words = shown(row.dataset.summary);
    $('dd', row).textContent = words;
    row.hidden = !words;
  }
  for (const button of $$('[data-ask]', form)) {
    const number = Number.parseInt(controls[button.dataset.ask].value, 10);
    button.textContent = Number.isNaN(number) ? 'Ask for scripts' : `Ask for ${several(number, 'script')}`;
  }
  for (const button of $$('[data-upload]', form)) {
    const number = filledLines(controls[button.dataset.upload]) + (controls.video_file?.files.length ?? 0);
    button.textContent = number ? `Upload ${several(number, 'video')}` : 'Upload';
  }
}

// Being told outside the browser

/** A browser that was asked once and refused is not asked again. */
function offerToNotify(button) {
  const mayAsk = 'Notification' in window && Notification.permission !== 'denied';
  button.hidden = !mayAsk;
  if (mayAsk && wantsToBeTold()) {
    button.textContent = 'You are told when it is done';
    button.disabled = true;
  }
}

const wantsToBeTold = () => Notification.permission === 'granted' && localStorage.getItem('notify') === 'yes';

async function askToNotify(button) {
  if (await Notification.requestPermission() === 'granted') localStorage.setItem('notify', 'yes');
  offerToNotify(button);
  say(wantsToBeTold() ? 'You are told when it is done' : 'This browser does not allow it');
}

// Keys, for pages with a header of their own. They can be switched off (WCAG 2.2, 2.1.4).

const hasKeys = () => localStorage.getItem('keys') !== 'off';

function press(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.target.closest('input, textarea, select, dialog, [contenteditable]') || !hasKeys()) return;
  const brief = $('.top a[href="/tasks/new"]');
  if (event.key === '?') showShortcuts();
  else if (event.key === '/') find();
  else if (event.key === 'n' && brief) brief.click();
  else return;
  event.preventDefault();
}

function find() {
  const field = $('input[type="search"]');
  if (field) field.select();
  else location.assign('/scripts#q');
}

async function showShortcuts() {
  const { open } = await import('./shortcuts.js');
  open();
}

// What some pages need besides is a module of its own, which is given this.

const page = {
  $, $$, say, enhance, wantsToBeTold,
  /** Takes over what has changed on the page. */
  refresh: async () => (await follow()).refresh(),
  /** Run when that was done. */
  afterwards: [],
};

let live;

/** From now on the page shows the present. */
function follow() {
  live ??= import('./live.js').then((module) => {
    module.begin(page);
    return module;
  });
  return live;
}

// Beginning

enhance(document);
for (const form of $$('form')) if ($('[data-summary], [data-upload]', form)) summarize(form);
for (const control of $$('[data-limit]')) count(control);
if (location.hash === '#q') $('#q')?.focus();
// "2 minutes ago" is true for a minute.
setInterval(() => { if (!document.hidden) enhance(document); }, 60_000);
// What only pages with scripts need.
if ($('form[data-counts], #sort')) import('./library.js').then(({ begin }) => begin(page));
if ($('[data-prompter]')) import('./prompter.js').then(({ begin }) => begin(page));
if ($('#main').dataset.live) follow();

document.addEventListener('click', ({ target }) => {
  const button = target.closest('button[data-copy], button[data-copy-text]');
  if (button) copy(button);
  const ask = target.closest('button[data-notify]');
  if (ask) askToNotify(ask);
  if (target.closest('[data-print]')) print();
  if (target.closest('[data-held]')) follow().then(({ release }) => release());
  if (target.closest('[data-shortcuts]')) showShortcuts();
});
if ($('[data-shortcuts]')) document.addEventListener('keydown', press);
document.addEventListener('input', ({ target }) => {
  if (target.dataset.limit) count(target);
  if (target.form) summarize(target.form);
});
