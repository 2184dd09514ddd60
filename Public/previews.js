// Shows what stands under the addresses of a text field, one a line. The browser fetches it, never the server.

import { element, row } from './media.js';

const $ = (selector, root = document) => root.querySelector(selector);
const atMost = 50;

/** As an address has to be written, or nothing for one that is none. */
function encoded(line) {
  if (!/^https?:\/\/[^\s/?#]/i.test(line)) return undefined;
  return line
    .replace(/%(?![0-9a-f]{2})/gi, '%25')
    .replace(/[^A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]+/g, (part) => encodeURIComponent(part.toWellFormed?.() ?? part));
}

const lost = {
  image: 'Does not load here. The service would leave this image out without a word.',
  video: 'Does not play here. Make sure that anyone can open the address.',
};

class Previews {
  #list;
  #control;
  #kind;
  #rows = new Map();
  #measured = new Map();
  #timer;

  constructor(list) {
    this.#list = list;
    this.#kind = list.dataset.kind;
    this.#control = list.closest('form').elements[list.dataset.previews];
    this.#control.addEventListener('input', () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#look(), 500);
    });
    this.#control.form.addEventListener('submit', () => this.#tell(), { capture: true });
    this.#look();
  }

  #look() {
    const lines = [...new Set(this.#control.value.split('\n').map((line) => line.trim()).filter(Boolean))].slice(0, atMost);
    for (const [line, item] of this.#rows) {
      if (lines.includes(line)) continue;
      item.remove();
      this.#rows.delete(line);
    }
    for (const line of lines) {
      const item = this.#rows.get(line) ?? this.#row(line);
      this.#rows.set(line, item);
      this.#list.append(item);
    }
    this.#list.hidden = lines.length === 0;
  }

  #row(line) {
    const address = encoded(line);
    if (address === undefined) return this.#remark(line, 'Not a web address: begin with https:// or http://.');
    if (address !== line) return this.#offer(line, address);
    const name = decodeURIComponent(address.split(/[?#]/)[0].split('/').pop().replace(/%(?![0-9a-f]{2})/gi, '%25')) || address;
    return row(this.#kind, address, name, {
      lost: lost[this.#kind],
      onFacts: ({ width, height, duration }) => this.#measured.set(line, [width || 0, height || 0, Math.round((duration || 0) * 1000)]),
    });
  }

  #remark(line, words, ...more) {
    const said = element('div', { className: 'said' }, element('p', { className: 'error', textContent: words }), ...more);
    return element('li', {}, element('div', { className: 'what' }, element('p', { className: 'name', textContent: line }), said));
  }

  #offer(line, address) {
    const button = element('button', { type: 'button', className: 'plain', textContent: `Use ${address}` });
    button.addEventListener('click', () => {
      this.#control.value = this.#control.value.split('\n').map((other) => other.trim() === line ? address : other).join('\n');
      this.#control.dispatchEvent(new Event('input', { bubbles: true }));
      this.#control.focus();
      this.#look();
    });
    return this.#remark(line, 'It holds characters that have to be encoded.', button);
  }

  /** What was measured goes along, so that the library can show it. */
  #tell() {
    const field = this.#control.form.elements.video_measured;
    if (!field || this.#kind !== 'video') return;
    field.value = [...this.#measured].map(([address, numbers]) => `${numbers.join(' ')} ${address}`).join('\n');
  }
}

for (const list of document.querySelectorAll('[data-previews]')) if ($('form')) new Previews(list);
