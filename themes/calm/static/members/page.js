/* What JavaScript adds to a member page: leaving at once, reading comfort, the moving breath, printing.
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

  /* The breath: a ball goes over the hill, one dot a second, five rounds. Who asked for less motion sees the dots fill instead. */
  const still = matchMedia('(prefers-reduced-motion: reduce)');
  for (const button of all('.go-btn')) {
    const hill = button.closest('.hill'), svg = hill.querySelector('svg.h'), line = svg.querySelector('.line');
    const dots = all('.dot circle', svg), seconds = +button.dataset.seconds, length = line.getTotalLength();
    const from = line.getPointAtLength(0).x, to = line.getPointAtLength(length).x;
    const ball = document.createElementNS('http://www.w3.org/2000/svg', 'circle');
    ball.setAttribute('class', 'ball'); ball.setAttribute('r', '21');
    // the hill's width is time, so the ball's place on the line is found by its x
    const place = part => {
      const x = from + (to - from) * part;
      let low = 0, high = length;
      for (let i = 0; i < 16; i += 1) { const mid = (low + high) / 2; if ((line.getPointAtLength(mid).x < x) === (to > from)) low = mid; else high = mid; }
      const point = line.getPointAtLength(low);
      ball.setAttribute('cx', point.x); ball.setAttribute('cy', point.y);
    };
    let start = 0, frame = 0;
    const stop = () => {
      cancelAnimationFrame(frame); frame = 0; ball.remove();
      for (const d of dots) d.classList.remove('now');
      button.textContent = button.dataset.start;
    };
    const step = now => {
      start ||= now;
      const passed = (now - start) / 1000;
      if (passed >= seconds * 5) { stop(); return; }
      const at = passed % seconds;
      if (still.matches) dots.forEach((d, i) => d.classList.toggle('now', i === Math.floor(at)));
      else place(at / seconds);
      frame = requestAnimationFrame(step);
    };
    button.addEventListener('click', () => {
      if (frame) { stop(); return; }
      button.textContent = button.dataset.stop;
      start = 0;
      if (!still.matches) { place(0); svg.append(ball); }
      frame = requestAnimationFrame(step);
    });
  }

  /* Worksheets: print, and room for all that was written where the browser does not make a field grow by itself. */
  for (const button of all('[data-act=print]')) button.addEventListener('click', () => print());
  if (!CSS.supports('field-sizing', 'content')) {
    const grow = area => { area.style.height = 'auto'; if (area.scrollHeight > area.clientHeight) area.style.height = `${area.scrollHeight}px`; };
    addEventListener('input', event => { if (event.target.tagName === 'TEXTAREA') grow(event.target); });
    addEventListener('beforeprint', () => all('textarea').forEach(grow));
  }
})();
