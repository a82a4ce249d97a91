/* What JavaScript adds to every member page: leaving at once, reading comfort, printing.
   Everything else works without it. Nothing is stored, nothing is sent. */
(() => {
  'use strict';
  const root = document.documentElement;
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  for (const e of all('.js[hidden]')) e.hidden = false;

  /* Leave: blank first, then forget what was typed, then take this page's place in the history. */
  const title = document.title, link = document.querySelector('.leave');
  const leave = event => {
    if (event) event.preventDefault();
    root.classList.add('gone');
    document.title = ' ';
    say(link.dataset.now);
    dispatchEvent(new Event('leaving')); // a worksheet that is kept writes down what it has not yet
    for (const form of document.forms) form.reset();
    location.replace(link.href);
  };
  link.addEventListener('click', leave);
  // a screen reader hears how many presses are left; a live region must be there before its words are
  const live = document.createElement('p');
  live.className = 'vh live'; live.setAttribute('role', 'status');
  document.body.append(live);
  const say = words => { live.textContent = words; };
  // Shift three times within five seconds does the same. Not when Shift was held for another key (a capital
  // letter), nor while writing on a touch screen, whose keyboard presses Shift by itself.
  const touch = matchMedia('(pointer: coarse)');
  const writing = () => touch.matches && /^(INPUT|TEXTAREA)$/.test(document.activeElement?.tagName);
  let presses = 0, timer, held = false;
  addEventListener('keyup', event => {
    if (event.key === 'Shift' && !held && !writing()) {
      clearTimeout(timer);
      timer = setTimeout(() => { presses = 0; say(''); }, 5000);
      presses += 1;
      if (presses === 3) leave(); else say(presses === 1 ? link.dataset.two : link.dataset.one);
    } else if (event.key !== 'Shift') { presses = 0; say(''); }
    held = event.shiftKey;
  });
  // the browser may bring the blanked page back from its memory
  addEventListener('pageshow', () => { root.classList.remove('gone'); document.title = title; presses = 0; });

  /* Aa: size, light, space. It lasts as long as the page. */
  const aa = document.querySelector('.aa');
  for (const input of all('input', aa)) input.addEventListener('change', () => { root.dataset[input.name] = input.value; });
  addEventListener('pointerdown', event => { if (!aa.contains(event.target)) aa.open = false; });
  aa.addEventListener('keydown', event => { if (event.key === 'Escape') { aa.open = false; aa.firstElementChild.focus(); } });

  /* Printing: from any button that says so. */
  document.addEventListener('click', event => { if (event.target.closest('[data-act=print]')) print(); });
})();
