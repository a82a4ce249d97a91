// The screen for the group: the arrow keys go from part to part, where nobody leads it from run mode, and the screen stays awake.
(() => {
  'use strict';
  const links = [...document.querySelectorAll('.present nav a')];
  const at = () => links.findIndex(link => link.hash === location.hash);
  const show = () => links.forEach((link, index) => {
    if (index === at()) link.setAttribute('aria-current', 'step'); else link.removeAttribute('aria-current');
  });
  const wake = () => { if (!document.hidden) navigator.wakeLock?.request('screen').catch(() => {}); };
  const way = document.dir === 'rtl' ? -1 : 1, moves = { ArrowRight: way, ArrowLeft: -way, PageDown: 1, PageUp: -1 };
  addEventListener('keydown', event => {
    const move = moves[event.key];
    if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const to = links[at() + move];
    if (to) location.replace(to.href);
  });
  addEventListener('hashchange', show);
  addEventListener('visibilitychange', wake);
  show(); wake();
})();
