// What is known of an image or a video before it is sent: shown beside the control, and said when the service will mind.

const megabyte = 1024 * 1024;
const ratios = [[9, 16], [16, 9], [1, 1]];

/** `3.2 MB` */
export function size(bytes) {
  if (bytes < 1024) return `${bytes} bytes`;
  if (bytes < megabyte) return `${Math.round(bytes / 1024)} kB`;
  const megabytes = bytes / megabyte;
  return `${megabytes < 10 ? Math.round(megabytes * 10) / 10 : Math.round(megabytes)} MB`;
}

/** Encoders round to blocks, so that 1080 lines may be 1088: two percent are no other ratio. */
const fits = (width, height) => ratios.find(([across, up]) => Math.abs(width * up - height * across) * 50 <= height * across);

function facts({ width, height, duration, bytes }) {
  const parts = [];
  if (duration) parts.push(`${Math.floor(Math.round(duration) / 60)}:${String(Math.round(duration) % 60).padStart(2, '0')}`);
  if (width && height) parts.push(fits(width, height)?.join(':') ?? `${(width / height).toFixed(2)}:1`, `${width} × ${height}`);
  if (bytes) parts.push(size(bytes));
  return parts.join(' · ');
}

function warnings({ width, height, duration, bytes }) {
  const list = [];
  if (width && height && !fits(width, height)) list.push('The service takes 9:16, 16:9 and 1:1.');
  if (duration && (duration < 15 || duration > 60)) list.push('15 to 60 seconds give the best scripts.');
  if (bytes > 10 * megabyte) list.push('More than 10 MB: better not exceeded.');
  return list;
}

export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** A line of a list of previews: the picture, its name, and what there is to say of it. */
export function row(kind, source, name, { bytes, onFacts, lost } = {}) {
  const said = element('div', { className: 'said' });
  const words = element('p', { className: 'soft', textContent: bytes ? size(bytes) : 'is being looked at' });
  const picture = kind === 'image'
    ? element('img', { alt: '', referrerPolicy: 'no-referrer', decoding: 'async' })
    : element('video', { muted: true, playsInline: true, preload: 'metadata' });
  picture.className = 'thumb';
  picture.setAttribute('aria-hidden', 'true');
  const item = element('li', {}, picture, element('div', { className: 'what' }, element('p', { className: 'name', textContent: name }), words, said));

  const seen = () => {
    const known = kind === 'image'
      ? { width: picture.naturalWidth, height: picture.naturalHeight }
      : { width: picture.videoWidth, height: picture.videoHeight, duration: Number.isFinite(picture.duration) ? picture.duration : 0 };
    // Another site tells the length only where it wants to.
    known.bytes = bytes ?? performance.getEntriesByName(source).at(-1)?.encodedBodySize;
    words.textContent = facts(known);
    item.dataset.seen = 'yes';
    said.replaceChildren(...(kind === 'image' ? [] : warnings(known)).map((text) => element('p', { className: 'warning', textContent: text })));
    onFacts?.(known);
  };
  picture.addEventListener(kind === 'image' ? 'load' : 'loadedmetadata', seen);
  picture.addEventListener('error', () => {
    item.dataset.seen = 'no';
    words.textContent = bytes ? size(bytes) : '';
    said.replaceChildren(element('p', { className: 'warning', textContent: lost }));
  });
  picture.src = kind === 'image' || source.startsWith('blob:') ? source : `${source}#t=0.1`;
  return item;
}
