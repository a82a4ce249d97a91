// The session page: the start time typed in, three depths of one plan. Both live in the address only.
(() => {
  'use strict';
  const plan = copebookPlan, root = document.documentElement;
  const controls = document.querySelector('.controls'), start = document.getElementById('start');
  root.classList.add('scripted');

  /* The address holds the state; a link within the page would wipe it, so it is put back after the jump. */
  let kept = location.hash.includes('=') ? location.hash : '';
  const address = {
    get: () => plan.read(kept),
    set(changes) {
      kept = plan.write({ ...plan.read(kept), ...changes });
      history.replaceState(null, '', kept || location.pathname + location.search);
      dispatchEvent(new Event('copebook-address'));
    },
  };
  addEventListener('hashchange', () => {
    if (location.hash.includes('=')) { kept = location.hash; dispatchEvent(new Event('copebook-address')); } else if (kept) history.replaceState(null, '', kept);
  });
  globalThis.copebookAddress = address;

  /* Clock times as they are read in this country, without am and pm: a session does not last that long. */
  const same = language => language.split('-')[0].toLowerCase();
  const locale = (navigator.languages ?? []).find(language => same(language) === same(root.lang)) ?? root.lang;
  const half = new Intl.DateTimeFormat(locale, { hour: 'numeric' }).resolvedOptions().hour12;
  address.time = minutes => {
    const [hours, rest] = plan.time(minutes).split(':');
    return half ? `${+hours % 12 || 12}:${rest}` : `${hours}:${rest}`;
  };

  // Without a start, times are hours and minutes from it, as in the page.
  const marks = [...document.querySelectorAll('.at')].map(element => ({ element, text: element.textContent, after: plan.clock(element.textContent) }));
  const length = plan.clock(document.querySelector('.ends .at').textContent);
  function show() {
    const { start: from, depth } = address.get();
    const begins = plan.clock(from);
    for (const { element, text, after } of marks) {
      element.textContent = begins === null ? text : address.time(begins + after);
      if (element.dateTime) element.dateTime = begins === null ? `PT${Math.floor(after / 60)}H${after % 60}M` : plan.time(begins + after);
    }
    root.classList.toggle('timed', begins !== null);
    for (const [name, after] of [['.starts', 0], ['.ends-at', length]]) document.querySelector(name).textContent = begins === null ? '' : address.time(begins + after);
    if (document.activeElement !== start) start.value = begins === null ? '' : plan.time(begins);
    root.dataset.depth = ['points', 'sheet'].includes(depth) ? depth : 'script';
    for (const radio of controls.querySelectorAll('[name=depth]')) {
      radio.checked = radio.value === root.dataset.depth;
      radio.parentNode.classList.toggle('on', radio.checked);
    }
  }
  start.addEventListener('input', () => address.set({ start: start.value }));
  controls.addEventListener('change', event => {
    if (event.target.name === 'depth') address.set({ depth: event.target.value === 'script' ? '' : event.target.value });
  });
  addEventListener('copebook-address', show);
  // the browser may bring back how the form stood when the page was left
  addEventListener('pageshow', show);
  show();
})();
