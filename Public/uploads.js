// Files: chosen or dropped, looked at before they are sent, and sent one after the other with a bar for each. Without this, the form sends
// them by itself.

import { element, row, size } from './media.js';

const say = (words) => { document.querySelector('#said').textContent = words; };

class Uploads {
  #form;
  #zone;
  #input;
  #list;
  #limit;
  #items = new Map();
  #isSending = false;
  #count = 0;

  constructor(form) {
    this.#form = form;
    this.#zone = form.querySelector('[data-drop]');
    if (!this.#zone) return;
    this.#input = form.elements.video_file;
    this.#list = form.querySelector('[data-queue]');
    this.#limit = Number(this.#zone.dataset.most);
    this.#zone.querySelector('[data-droppable]').hidden = false;
    this.#input.addEventListener('change', () => this.#show());
    form.addEventListener('submit', (event) => this.#submit(event));
    this.#takeDrops();
    addEventListener('beforeunload', (event) => { if (this.#isSending) event.preventDefault(); });
    this.#show();
  }

  // Choosing

  #takeDrops() {
    // A file that misses its place would otherwise replace the page and what was typed.
    for (const name of ['dragover', 'drop']) addEventListener(name, (event) => { if (carriesFiles(event)) event.preventDefault(); });
    this.#form.addEventListener('dragover', (event) => this.#zone.classList.toggle('over', carriesFiles(event)));
    for (const name of ['dragleave', 'drop']) this.#form.addEventListener(name, () => this.#zone.classList.remove('over'));
    this.#form.addEventListener('drop', (event) => {
      if (!carriesFiles(event) || this.#isSending) return;
      this.#choose([...this.#input.files, ...event.dataTransfer.files]);
      say(`${event.dataTransfer.files.length} files were dropped. Confirm the notice, then upload.`);
    });
  }

  #choose(files) {
    const transfer = new DataTransfer();
    for (const file of files) transfer.items.add(file);
    this.#input.files = transfer.files;
    this.#show();
    this.#form.dispatchEvent(new Event('input', { bubbles: true }));
    this.#input.dispatchEvent(new Event('input', { bubbles: true }));
  }

  #show() {
    const files = [...this.#input.files];
    for (const [file, item] of this.#items) {
      if (files.includes(file) || item.isDone) continue;
      URL.revokeObjectURL(item.address);
      item.row.remove();
      this.#items.delete(file);
    }
    for (const file of files) if (!this.#items.has(file)) this.#items.set(file, this.#item(file));
    this.#list.append(...[...this.#items.values()].map((item) => item.row));
    this.#list.hidden = this.#items.size === 0;
  }

  #item(file) {
    const address = URL.createObjectURL(file);
    const made = row('video', address, file.name, { bytes: file.size, lost: 'This browser cannot show it; the service may still take it.' });
    const bar = element('progress', { max: 1, value: 0, hidden: true, ariaLabel: `Upload of ${file.name}` });
    const remove = element('button', { type: 'button', className: 'plain', textContent: 'Remove' });
    remove.append(element('span', { className: 'unseen', textContent: ` ${file.name}` }));
    remove.addEventListener('click', () => this.#choose([...this.#input.files].filter((other) => other !== file)));
    const state = element('p', { className: 'outcome-words' });
    made.querySelector('.what').append(bar, state);
    made.append(remove);
    const item = { file, row: made, bar, state, remove, address, number: this.#count++, isDone: false };
    if (file.size > this.#limit) this.#fail(item, `It has ${size(file.size)}; at most ${size(this.#limit)} are taken.`);
    if (file.size === 0) this.#fail(item, 'It is empty: it has no bytes.');
    return item;
  }

  #fail(item, words) {
    item.row.dataset.sent = 'failed';
    item.row.querySelector('.said').replaceChildren();
    item.bar.hidden = true;
    item.state.className = 'error';
    item.state.textContent = words;
  }

  // Sending

  async #submit(event) {
    if (this.#isSending) return event.preventDefault();
    const files = [...this.#input.files];
    if (files.length === 0) return;
    event.preventDefault();
    if (!this.#isConfirmed()) return;
    this.#isSending = true;
    this.#setBusy(true);
    for (const file of files) {
      const item = this.#items.get(file);
      if (file.size === 0 || file.size > this.#limit) continue;
      const problem = await this.#send(item);
      if (problem) this.#fail(item, problem);
      else this.#finish(item);
    }
    this.#isSending = false;
    this.#setBusy(false);
    this.#choose(files.filter((file) => !this.#items.get(file).isDone));
    const failed = this.#input.files.length;
    if (failed > 0) {
      say(`${failed} of ${files.length} files could not be uploaded.`);
      this.#list.querySelector('[data-sent="failed"]')?.scrollIntoView({ block: 'center' });
    } else if (this.#form.elements.video_url.value.trim()) {
      this.#form.requestSubmit();
    } else {
      location.assign('/videos');
    }
  }

  /** The server refuses what nobody has confirmed; here it is said before half a gigabyte has gone. */
  #isConfirmed() {
    const box = this.#form.elements.notice_acknowledged;
    const said = document.getElementById('notice_acknowledged-said');
    box.closest('.notice').classList.toggle('invalid', !box.checked);
    if (box.checked) {
      box.removeAttribute('aria-invalid');
      said.replaceChildren();
      return true;
    }
    box.setAttribute('aria-invalid', 'true');
    said.replaceChildren(element('p', { className: 'error', textContent: 'Read the notice and confirm it: nothing is uploaded without.' }));
    box.focus();
    return false;
  }

  #setBusy(isBusy) {
    for (const control of this.#form.querySelectorAll('button, input[type="file"]')) control.disabled = isBusy;
    this.#form.setAttribute('aria-busy', String(isBusy));
  }

  #finish(item) {
    item.isDone = true;
    item.row.dataset.sent = 'done';
    item.bar.hidden = true;
    item.remove.remove();
    item.state.className = 'good';
    item.state.textContent = 'Uploaded';
  }

  /** What went wrong, or nothing. */
  #send(item) {
    const fields = this.#form.elements;
    const body = new FormData();
    body.append('csrf_token', fields.csrf_token.value);
    // Each file is a form of its own: sent again after a lost answer, it is known by this.
    body.append('submission_id', `${fields.submission_id.value}-${item.number}`.slice(0, 64));
    body.append('notice_acknowledged', fields.notice_acknowledged.value);
    body.append('video_file', item.file, item.file.name);
    item.row.dataset.sent = 'sending';
    item.bar.hidden = false;
    item.state.className = 'soft';
    return new Promise((resolve) => {
      const request = new XMLHttpRequest();
      request.upload.addEventListener('progress', ({ loaded, total }) => {
        item.bar.value = total ? loaded / total : 0;
        item.state.textContent = loaded < total ? `${Math.floor(item.bar.value * 100)} % of ${size(total)}` : 'is being checked';
      });
      request.addEventListener('load', () => resolve(request.status < 400 ? undefined : reason(request)));
      request.addEventListener('error', () => resolve('The connection broke off. What had come of the file was dropped; upload it again.'));
      request.open('POST', this.#form.getAttribute('action'));
      request.send(body);
    });
  }
}

const carriesFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes('Files');

/** The server's words, out of its page. */
function reason(request) {
  const page = new DOMParser().parseFromString(request.responseText, 'text/html');
  const words = [...page.querySelectorAll('.mistakes li, .outcome.warning p, .lost p')].map((said) => said.textContent.trim());
  return words.find(Boolean) ?? `It could not be uploaded (${request.status}).`;
}

for (const form of document.querySelectorAll('form[data-uploads]')) new Uploads(form);
