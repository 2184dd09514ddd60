// The teleprompter: it rolls at the speed of the words, and turns for the mirror.

export function begin({ $ }) {
  const main = $('[data-prompter]');
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
