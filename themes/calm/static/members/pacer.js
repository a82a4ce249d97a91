/* The breath: a ball goes over the hill, whose width is time: one dot a second, five rounds, then it ends by itself.
   Who asked for less motion sees the dot of each second fill, with its count in words. No sound. */
(() => {
  'use strict';
  const ROUNDS = 5, SAMPLES = 240;
  const still = matchMedia('(prefers-reduced-motion: reduce)');

  /** Where the drawn line is after a part (0 to 1) of the breath: found by its x, because width is time. */
  const along = line => {
    const points = Array.from({ length: SAMPLES + 1 }, (_, i) => line.getPointAtLength(line.getTotalLength() * i / SAMPLES));
    const from = points[0].x, width = points[SAMPLES].x - from;
    return part => {
      const x = from + width * part, after = Math.max(1, points.findIndex(point => point.x >= x));
      const a = points[after - 1], b = points[after];
      return { x, y: a.y + (b.y - a.y) * (b.x > a.x ? (x - a.x) / (b.x - a.x) : 1) };
    };
  };

  const pacer = hill => {
    const button = hill.querySelector('.go-btn'), count = hill.querySelector('.count'), end = hill.querySelector('.end');
    const svg = hill.querySelector('svg.h'), dots = [...svg.querySelectorAll('.dot circle')], words = button.dataset;
    // what is counted in each second: "Breathe in, 1"
    const beats = ['in', 'hold', 'out', 'rest'].flatMap((phase, i) =>
      Array.from({ length: +words.counts.split(' ')[i] }, (_, n) => words[phase].replace('{n}', n + 1)));
    const ball = document.createElementNS('http://www.w3.org/2000/svg', 'circle');
    ball.setAttribute('class', 'ball'); ball.setAttribute('r', '21');
    let place, start, frame, second;

    const fill = now => {
      second = now;
      dots.forEach((dot, i) => dot.classList.toggle('now', i === now));
      count.textContent = beats[now] ?? '';
    };
    const stop = () => {
      cancelAnimationFrame(frame); frame = 0;
      ball.remove(); fill(-1);
      button.textContent = words.start;
    };
    const step = now => {
      start ??= now;
      const passed = (now - start) / 1000, at = passed % beats.length;
      if (passed >= beats.length * ROUNDS) { stop(); end.textContent = words.end; return; }
      if (still.matches) {
        ball.remove();
        if (second !== Math.floor(at)) fill(Math.floor(at));
      } else {
        if (second !== -1) fill(-1);
        const { x, y } = place(at / beats.length);
        ball.setAttribute('cx', x); ball.setAttribute('cy', y);
        if (!ball.isConnected) svg.append(ball);
      }
      frame = requestAnimationFrame(step);
    };
    button.addEventListener('click', () => {
      end.textContent = '';
      if (frame) { stop(); return; }
      place ??= along(svg.querySelector('.line'));
      start = undefined;
      button.textContent = words.stop;
      frame = requestAnimationFrame(step);
    });
    button.hidden = false;
  };
  document.querySelectorAll('.hill').forEach(pacer);
})();
