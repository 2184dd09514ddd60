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
    const date = new Date(time.dateTime);
    if (isNaN(date)) continue;
    time.textContent = date.toLocaleString([], styles[time.dataset.style ?? 'full']);
    time.title = date.toLocaleString([], { dateStyle: 'full', timeStyle: 'long' });
  }
  for (const button of $$('button[data-copy], button[data-copy-text], button[data-print], button[data-prompt]', root)) button.hidden = false;
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

// Taking over a newer version of the page, so that focus, selection and opened details stay where they are

function morph(old, next) {
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.data !== next.data) old.data = next.data;
    return;
  }
  for (const { name } of [...old.attributes]) {
    const isOurs = ['open', 'data-label', 'list', 'tabindex'].includes(name);
    if (!next.hasAttribute(name) && !isOurs) old.removeAttribute(name);
  }
  for (const { name, value } of next.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);

  let place = old.firstChild;
  for (const child of [...next.childNodes]) {
    const same = counterpart(place, child, old);
    if (!same) {
      if (child.id?.startsWith('script-')) child.classList.add('arrived');
      old.insertBefore(child, place);
    } else {
      if (same === place) place = place.nextSibling;
      else old.insertBefore(same, place);
      morph(same, child);
    }
  }
  while (place) {
    const rest = place.nextSibling;
    place.remove();
    place = rest;
  }
}

/** The node that `child` is a newer version of: by id where it has one, else by its place. */
function counterpart(place, child, parent) {
  if (child.id) return [...parent.children].find((element) => element.id === child.id);
  return place && !place.id && place.nodeName === child.nodeName ? place : undefined;
}

/** What the library does with a page that was taken over. */
let afterwards = () => {};

let isRefreshing = false;
let isStale = false;

async function refresh() {
  isStale = true;
  if (isRefreshing) return;
  isRefreshing = true;
  while (isStale) {
    isStale = false;
    try {
      const response = await fetch(location.href, { headers: { Accept: 'text/html' } });
      // Signed out meanwhile: the way in is a page of its own.
      if (response.redirected) return location.reload();
      // A page of an error is not what is looked at; the next event or round tries again.
      if (response.ok) show(new DOMParser().parseFromString(await response.text(), 'text/html'));
    } catch { /* The app is not reachable: when it is back, the stream opens again and this runs anew. */ }
  }
  isRefreshing = false;
  follow();
}

function show(next) {
  enhance(next);
  const focused = document.activeElement;
  if (document.title !== next.title) say(next.title.replace(/ · Scriptorium$/, ''));
  document.title = next.title;
  isMoving = moves(next);
  for (const id of ['connection', 'attention', 'main']) morph(document.getElementById(id), next.getElementById(id));
  afterwards();
  if (focused !== document.body && !focused.isConnected) $('#main').focus({ preventScroll: true });
}

// Live pages. One tab holds the stream of events and tells the others, since a browser opens few connections to one host.

/** A page under way says so to browsers without JavaScript, too. */
const moves = (page) => $('head noscript', page) !== null;
let isMoving = moves(document);
let leave;

/** Listens as long as the page has something to listen to. */
function follow() {
  const subject = $('#main').dataset.live;
  if (subject && !leave) leave = listen();
  if (!subject) {
    leave?.();
    leave = undefined;
  }
}

function hear(event) {
  const [kind, id] = event.split(' ');
  const subjects = ($('#main').dataset.live ?? '').split(' ');
  const at = subjects.indexOf(kind);
  if (event !== 'again' && at < 0) return;
  // `task 42` is about that one, `task` about any.
  const wanted = subjects[at + 1];
  if (/^\d+$/.test(wanted) && id && wanted !== id) return;
  refresh();
}

function listen() {
  const ending = new AbortController();
  const channel = new BroadcastChannel('scriptorium');
  channel.onmessage = ({ data }) => hear(data);
  const tell = (event) => {
    channel.postMessage(event);
    hear(event);
  };
  // What time alone changes, and what an event did not tell.
  const round = setInterval(() => { if (isMoving && !document.hidden) refresh(); }, 15_000);
  const ended = new Promise((resolve) => ending.signal.addEventListener('abort', resolve));

  const hold = async () => {
    if (ending.signal.aborted) return;
    const close = stream(tell);
    await ended;
    close();
  };
  if (navigator.locks) {
    navigator.locks.request('scriptorium-events', { ifAvailable: true }, (lock) => lock ? hold() : 'taken')
      .then((result) => {
        if (result !== 'taken') return;
        // Another tab tells us from now on; what happened since our page was made, nobody does.
        refresh();
        return navigator.locks.request('scriptorium-events', { signal: ending.signal }, hold);
      })
      .catch(() => {});
  } else {
    hold();
  }
  return () => {
    ending.abort();
    clearInterval(round);
    channel.close();
  };
}

function stream(tell) {
  let source;
  let retry;
  const open = () => {
    source = new EventSource('/events');
    for (const kind of ['task', 'video', 'connection', 'script']) {
      source.addEventListener(kind, ({ data }) => tell(data ? `${kind} ${data}` : kind));
    }
    // What happened between the page, or the stream before, and this one was not heard.
    source.onopen = () => tell('again');
    // A broken stream opens itself again; one that was refused does not.
    source.onerror = () => {
      if (source.readyState !== EventSource.CLOSED) return;
      retry = setTimeout(open, 5000);
      // Who was signed out learns it from the page.
      refresh();
    };
  };
  open();
  return () => {
    clearTimeout(retry);
    source.close();
  };
}

// Beginning

enhance(document);
for (const form of $$('form')) if ($('[data-summary], [data-upload]', form)) summarize(form);
for (const control of $$('[data-limit]')) count(control);
follow();
// What only pages with scripts need.
if ($('form[data-counts], #sort, [data-prompter]')) {
  import('./library.js').then(({ begin }) => { afterwards = begin({ $, $$, say, refresh }); });
}

document.addEventListener('click', ({ target }) => {
  const button = target.closest('button[data-copy], button[data-copy-text]');
  if (button) copy(button);
  if (target.closest('[data-print]')) print();
});
document.addEventListener('input', ({ target }) => {
  if (target.dataset.limit) count(target);
  if (target.form) summarize(target.form);
});
// A page that is left or kept for Back holds no stream; when it comes back, it catches up.
addEventListener('pagehide', () => {
  leave?.();
  leave = undefined;
});
addEventListener('pageshow', ({ persisted }) => { if (persisted && $('#main').dataset.live) refresh(); });
