// Pages that follow what happens: the stream of events, and the newer page that takes the place of the old.

let $, $$, say, enhance, wantsToBeTold, afterwards;

/** Begins on a page that has something to follow, or that changes something and stays. */
export function begin(page) {
  ({ $, $$, say, enhance, wantsToBeTold, afterwards } = page);
  isMoving = moves(document);
  follow();
  // A page that is left or kept for Back holds no stream; when it comes back, it catches up.
  addEventListener('pagehide', () => {
    leave?.();
    leave = undefined;
  });
  // Of the width alone: a phone's window changes its height as one scrolls.
  let width = innerWidth;
  addEventListener('resize', () => {
    if (innerWidth === width) return;
    width = innerWidth;
    for (const element of $$('[data-room]')) element.style.minHeight = '';
  });
  addEventListener('pageshow', ({ persisted }) => { if (persisted && $('#main').dataset.live) refresh(); });
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

let isRefreshing = false;
let isStale = false;

export async function refresh() {
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

/** What came into a list waits for a click, so that nothing moves under who reads it. */
function hold(next) {
  for (const list of $$('[data-holds]')) {
    const newer = next.getElementById(list.id);
    const button = $(`[data-held="${list.id}"]`, next);
    if (!newer || !button) continue;
    const known = new Set([...list.children].map(({ id }) => id));
    const fresh = [...newer.children].filter(({ id }) => !known.has(id)).length;
    if (!fresh) continue;
    // Those that are shown stay where they are, each as it is now.
    newer.replaceChildren(...[...list.children].map((row) => next.getElementById(row.id) ?? row.cloneNode(true)));
    button.textContent = `Show ${fresh} new ${fresh === 1 ? newer.dataset.holds.replace(/s$/, '') : newer.dataset.holds}`;
    button.hidden = false;
  }
}

let isHolding = true;

/** Shows what has waited, with the next page that comes. */
export function release() {
  isHolding = false;
  return refresh();
}

function show(next) {
  enhance(next);
  if (isHolding) hold(next);
  isHolding = true;
  const focused = document.activeElement;
  if (document.title !== next.title) say(next.title.replace(/ · Scriptorium$/, ''));
  document.title = next.title;
  document.body.dataset.stand = next.body.dataset.stand;
  // The tab of a page in the background tells by its icon.
  const [icon, newIcon] = [document, next].map((page) => $('link[rel=icon]', page));
  if (icon.href !== newIcon.href) icon.href = newIcon.href;
  const before = tasks(document);
  isMoving = moves(next);
  const height = (element) => element.getBoundingClientRect().height;
  const rooms = $$('[data-room]').map((element) => [element, height(element)]);
  for (const id of ['connection', 'attention', 'main']) morph(document.getElementById(id), next.getElementById(id));
  for (const run of afterwards) run();
  // What has gone leaves its room, so that nothing below it moves under who reads.
  for (const [element, room] of rooms) if (height(element) < room) element.style.minHeight = `${room}px`;
  const after = tasks(document);
  // The desk lists a task as long as it is under way.
  for (const [id, task] of before) if (isUnderWay(task) && !isUnderWay(after.get(id))) notify(id, task.title, after.get(id)?.state);
  if (focused !== document.body && !focused.isConnected) $('#main').focus({ preventScroll: true });
}

// A word outside the browser when a task has ended, for who asked for it and looks elsewhere

const underWay = ['waiting', 'queued', 'sending', 'running'];
const isUnderWay = (task) => underWay.includes(task?.state);

/** The tasks that a page shows, by id. */
function tasks(page) {
  return new Map($$('[data-task]', page).map((element) => [
    element.dataset.task,
    { state: element.dataset.state, title: $('h1, .what a', element).textContent },
  ]));
}

function notify(id, title, state = 'ended') {
  if (!('Notification' in window) || !wantsToBeTold() || !document.hidden) return;
  const words =
    { succeeded: 'The scripts are here.', cancelled: 'It was cancelled.', ended: 'It has come to its end.' }[state] ?? 'It needs a look.';
  // Tabs that see the same replace each other's.
  const told = new Notification(title, { body: words, tag: `task-${id}`, icon: $('link[rel=icon]').href });
  told.onclick = () => {
    window.focus();
    location.assign(`/tasks/${id}`);
    told.close();
  };
}

// One tab holds the stream of events and tells the others, since a browser opens few connections to one host.

/** A page under way says so to browsers without JavaScript, too. */
const moves = (page) => $('head noscript', page) !== null;
let isMoving = false;
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
  if (kind === 'stand') {
    if (id !== document.body.dataset.stand) refresh();
    return;
  }
  const subjects = ($('#main').dataset.live ?? '').split(' ');
  const at = subjects.indexOf(kind);
  if (at < 0) return;
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
        lookBack(hear);
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

/** Tells how much has happened by now, to who may have missed some of it. */
async function lookBack(tell) {
  try {
    const response = await fetch('/events/stand');
    // Who was signed out learns it from the page.
    if (response.redirected) refresh();
    else if (response.ok) tell(`stand ${await response.text()}`);
  } catch { /* Not reachable: the stream will say so, and open again. */ }
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
    source.onopen = () => lookBack(tell);
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
