// The library: counts beside the filters, the chosen scripts, stars without leaving the page, the keyboard, and the teleprompter.

let $, $$, say, refresh;

/** Begins on a page. What it returns is for each newer version of the page. */
export function begin(page) {
  ({ $, $$, say, refresh } = page);
  for (const form of $$('form[data-counts]')) countFilters(form);
  for (const main of $$('[data-prompter]')) prompter(main);
  if (!$('[data-prompter]')) document.addEventListener('keydown', keys);
  document.addEventListener('change', ({ target }) => {
    if (target.matches('[data-choose-all]')) for (const box of $$('input[name="script"]')) box.checked = target.checked;
    chosenScripts();
  });
  document.addEventListener('submit', (event) => {
    if (!event.submitter?.matches('#scripts button.star, #results button.star')) return;
    event.preventDefault();
    star(event.submitter);
  });
  return () => { for (const form of $$('form[data-counts]')) countFilters(form); };
}

/** What each choice of each filter would leave; asked for by itself, since it may take longer than the page. */
async function countFilters(form) {
  let known;
  try {
    const response = await fetch(form.dataset.counts);
    if (!response.ok) return;
    known = await response.json();
  } catch { return; }
  const all = $('[data-count="all"]', form);
  all.textContent = `${known.all} ${known.all === '1' ? 'script' : 'scripts'}`;
  all.hidden = false;
  for (const [name, choices] of Object.entries(known.filters)) {
    const select = $(`select[name="${name}"]`, form);
    if (select?.dataset.choice) {
      const chosen = select.value;
      select.replaceChildren(select.options[0], ...choices.map(({ value, label }) => new Option(label, value, false, value === chosen)));
    }
    const starred = name === 'starred' && $('[data-count="starred"]', form);
    if (starred) starred.textContent = `Starred (${choices[0].count})`;
    if (select) {
      for (const option of select.options) {
        const choice = choices.find(({ value }) => value === option.value);
        if (choice) option.textContent = `${choice.label} (${choice.count})`;
      }
    } else if (!starred) {
      const list = document.getElementById(`known-${name}`) ?? Object.assign(document.createElement('datalist'), { id: `known-${name}` });
      list.replaceChildren(...choices.map(({ value, count }) => new Option(`${value} (${count})`, value)));
      document.body.append(list);
      for (const input of $$(`input[name="${name}"]`)) if (input.type !== 'hidden') input.setAttribute('list', list.id);
    }
  }
}

function chosenScripts() {
  const number = $$('input[name="script"]:checked').length;
  const said = $('[data-chosen]');
  if (said) said.textContent = number ? `(${number})` : '';
}

/** Posts the form of the button and takes over what follows, so that the place on the page is kept. */
async function star(button) {
  const form = button.form;
  try {
    const body = new URLSearchParams(new FormData(form, button));
    const response = await fetch(form.action, { method: 'POST', body });
    if (!response.ok) throw new Error();
    await refresh();
    say(button.name === 'star' ? 'Starred' : 'The star is taken away');
  } catch {
    form.requestSubmit(button);
  }
}

/** Arrows go from script to script, S stars the one that is in focus. */
function keys(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, textarea, select, [contenteditable]')) return;
  const papers = $$('#scripts > article, #results > li');
  if (!papers.length) return;
  const at = papers.findIndex((paper) => paper.contains(document.activeElement));
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (step && (at >= 0 || event.key === 'ArrowRight' || event.key === 'ArrowLeft')) {
    const next = papers[at < 0 ? (step > 0 ? 0 : papers.length - 1) : Math.min(Math.max(at + step, 0), papers.length - 1)];
    next.tabIndex = -1;
    next.focus();
    event.preventDefault();
  }
  if (event.key.toLowerCase() === 's' && at >= 0) {
    const button = $('button.star', papers[at]);
    if (button) star(button);
    event.preventDefault();
  }
}

// The teleprompter

function prompter(main) {
  const text = $('.prompter-text', main);
  const tool = (name) => $(`[data-prompt="${name}"]`, main);
  const [run, speed, rate, mirror] = ['run', 'speed', 'rate', 'mirror'].map(tool);
  let last;
  let place = 0;
  /** Pixels a second: the text's own height holds its words. */
  const pace = () => {
    const style = getComputedStyle(text);
    const height = text.scrollHeight - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom);
    return height / (Math.max(1, main.dataset.words) / speed.value * 60);
  };
  const frame = (now) => {
    if (last === undefined) return;
    // Kept apart, since the browser rounds where it scrolls to.
    place += pace() * Math.min(0.1, (now - last) / 1000);
    if (Math.abs(place - text.scrollTop) > 50) place = text.scrollTop;
    text.scrollTop = place;
    last = now;
    if (text.scrollTop + text.clientHeight >= text.scrollHeight - 1) return stop();
    requestAnimationFrame(frame);
  };
  const stop = () => { last = undefined; run.textContent = 'Start'; };
  const toggle = () => {
    if (last !== undefined) return stop();
    if (text.scrollTop + text.clientHeight >= text.scrollHeight - 1) text.scrollTop = 0;
    place = text.scrollTop;
    last = performance.now();
    run.textContent = 'Stop';
    requestAnimationFrame(frame);
  };
  const tell = () => { rate.textContent = `${speed.value} words a minute`; };
  const turn = () => text.classList.toggle('mirrored', mirror.checked);
  const fill = () => document.fullscreenElement ? document.exitFullscreen() : main.requestFullscreen?.();
  run.addEventListener('click', toggle);
  speed.addEventListener('input', tell);
  mirror.addEventListener('change', turn);
  tool('full').addEventListener('click', fill);
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isButton = event.target.closest('button, a, input');
    if (event.key === ' ' && !isButton) toggle();
    else if (event.key === 'ArrowUp' || event.key === 'ArrowRight') { speed.stepUp(); tell(); }
    else if (event.key === 'ArrowDown' || event.key === 'ArrowLeft') { speed.stepDown(); tell(); }
    else if (event.key.toLowerCase() === 'm') { mirror.checked = !mirror.checked; turn(); }
    else if (event.key.toLowerCase() === 'f') fill();
    else return;
    event.preventDefault();
  });
}
