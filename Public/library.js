// The library: counts beside the filters, the chosen scripts, stars without leaving the page and the keyboard.

let $, $$, say, refresh;

/** Begins on a page. */
export function begin(page) {
  ({ $, $$, say, refresh } = page);
  page.afterwards.push(() => { for (const form of $$('form[data-counts]')) countFilters(form); });
  for (const form of $$('form[data-counts]')) countFilters(form);
  document.addEventListener('keydown', keys);
  document.addEventListener('change', ({ target }) => {
    if (target.matches('[data-choose-all]')) for (const box of $$('input[name="script"]')) box.checked = target.checked;
    chosenScripts();
  });
  document.addEventListener('submit', (event) => {
    if (!event.submitter?.matches('#scripts .star, #results button')) return;
    event.preventDefault();
    star(event.submitter);
  });
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
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, textarea, select, dialog, [contenteditable]')) return;
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
  if (event.key.toLowerCase() === 's' && at >= 0 && localStorage.getItem('keys') !== 'off') {
    const button = $('.star, [name$="star"]', papers[at]);
    if (button) star(button);
    event.preventDefault();
  }
}
