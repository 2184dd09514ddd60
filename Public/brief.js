// Keeps the brief while it is written: a reload, a closed tab or a sign-out loses nothing.

const form = document.querySelector('form.brief');
const said = document.querySelector('[data-draft]');
const address = '/tasks/new/draft';

/** Since when something is typed that is not kept yet. */
let timer;
let isSaving = false;
/** The form itself is on its way, with all that is in it. */
let isSent = false;

const typed = () => new URLSearchParams(new FormData(form));

function later(pause) {
  clearTimeout(timer);
  timer = setTimeout(save, pause);
}

async function save() {
  if (isSaving) return later(300);
  isSaving = true;
  timer = undefined;
  try {
    let response = await post();
    // Signed out and in again, in another tab: the form gets the key of now.
    if (response.status === 403 && await renew()) response = await post();
    if (response.redirected) throw new Error('signed out');
    tell(await response.json());
  } catch {
    said.textContent = 'Not kept: the app cannot be reached, or you are signed out. It is tried again.';
    timer ??= setTimeout(save, 5000);
  }
  isSaving = false;
}

function post() {
  const body = typed().toString();
  const headers = { Accept: 'application/json', 'Content-Type': 'application/x-www-form-urlencoded' };
  // What outlives its page has 64 KiB at most (Fetch, "HTTP-network-or-cache fetch").
  return fetch(address, { method: 'POST', headers, body, keepalive: body.length < 60_000 });
}

async function renew() {
  const response = await fetch('/tasks/new');
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  const key = page.querySelector('form.brief [name="csrf_token"]')?.value;
  if (key) form.elements.csrf_token.value = key;
  return key !== undefined;
}

function tell({ words, draft, revision, submission, task }) {
  if (task) {
    const link = Object.assign(document.createElement('a'), { href: `/tasks/${task}`, textContent: 'See it' });
    return said.replaceChildren(words, ' ', link);
  }
  said.textContent = draft && words ? `${words}, ${new Date().toLocaleTimeString([], { timeStyle: 'short' })}` : words;
  form.elements.draft_revision.value = revision;
  if (submission) form.elements.submission_id.value = submission;
  // What a reload opens.
  history.replaceState(history.state, '', draft ? `/tasks/new?draft=${draft}` : '/tasks/new');
}

form.addEventListener('input', () => { if (!isSent) later(800); });
form.addEventListener('submit', () => {
  isSent = true;
  clearTimeout(timer);
});
addEventListener('pagehide', () => { if ((timer || isSaving) && !isSent) navigator.sendBeacon(address, typed()); });
// Back to a form that was sent: what is changed now is kept again.
addEventListener('pageshow', () => { isSent = false; });
