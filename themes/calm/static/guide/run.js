// Run mode: the session page as it is used in the room. It shows one part, its words, what to notice and how long
// it takes, and when late, what to cut. All of its state is in the address; it stores, sends and says nothing aloud.
(() => {
  'use strict';
  const plan = copebookPlan, address = copebookAddress, root = document.documentElement;
  const template = document.getElementById('run-view'), go = document.getElementById('go'), afresh = document.getElementById('afresh');
  const words = template.dataset, main = document.getElementById('main');
  const $ = (selector, from = document) => from.querySelector(selector), $$ = (selector, from = document) => [...from.querySelectorAll(selector)];

  const parts = $$('.part').map(element => ({
    element, name: $('h3', element).textContent, kind: element.dataset.kind, minutes: +(element.dataset.m ?? 0),
    least: Math.min(+(element.dataset.least ?? 0), +(element.dataset.m ?? 0)), drop: 'drop' in element.dataset, keep: 'keep' in element.dataset,
  }));
  if (!parts.length) { go.hidden = true; return; }
  const length = parts.reduce((sum, part) => sum + part.minutes, 0);

  /* Words: a pattern has holes, and a number of minutes the form that the language asks for. */
  const rules = new Intl.PluralRules(root.lang), samples = [0, 1, 2, 3, 11, 100], forms = words.minutes.split('|');
  const minutes = n => {
    const like = samples.findIndex(sample => rules.select(sample) === rules.select(n));
    return forms[like < 0 ? samples.length - 1 : like].replace('{m}', n);
  };
  const say = (pattern, values) => pattern.replace(/\{(\w+)\}/g, (hole, key) => values[key] ?? hole);
  const bold = text => make('b', '', text);
  /** The same into an element, with some of the values standing out. */
  const fill = (element, pattern, values) => element.replaceChildren(...pattern.split(/(\{\w+\})/).filter(Boolean).map(piece => values[piece.slice(1, -1)] ?? piece));
  function make(tag, name, ...inside) {
    const element = document.createElement(tag);
    if (name) element.className = name;
    element.append(...inside);
    return element;
  }
  /** A copy of what is on the page, without ids, which must stay unique. */
  function copy(element) {
    const twin = element.cloneNode(true);
    for (const each of [twin, ...$$('[id]', twin)]) each.removeAttribute('id');
    return twin;
  }

  /* State: the address in numbers. Times are minutes since the planned start. */
  function clock() {
    const fixed = plan.clock(address.get().now);      // a clock that stands still, for tests and pictures
    const date = new Date();
    return fixed ?? date.getHours() * 60 + date.getMinutes() + date.getSeconds() / 60;
  }
  function state() {
    const text = address.get();
    const since = plan.clock(text.since), start = plan.clock(text.start) ?? since ?? Math.floor(clock());
    const after = time => (time === null ? null : plan.between(start, time));
    const part = Math.min(parts.length - 1, +text.part || 0);
    const cuts = plan.readNumbers(text.cut), more = plan.readNumbers(text.more);
    const pause = after(plan.clock(text.pause)), now = after(Math.floor(clock()));
    return {
      start, part, cuts, more, pause, since: after(since) ?? 0, step: +text.step || 0, kept: +text.keep || 0,
      past: (text.past ?? '').split(',').filter(Boolean), now: pause === null ? now : Math.max(now, pause),
      parts: plan.changed(parts, cuts, more), keys: text.keys !== '0',
    };
  }
  const at = (s, after) => address.time(s.start + after);       // as it is read
  const stamp = () => plan.time(Math.floor(clock()));           // as the address has it: whole minutes
  const nextOf = s => s.parts.findIndex((part, index) => index > s.part && !part.gone);

  /* What the buttons and keys do. */
  const FRESH = { run: 1, part: 0, step: '', past: '', cut: '', more: '', pause: '', keep: '', end: '' };
  function begin() {
    const now = clock(), set = plan.clock(address.get().start);
    const wait = set === null ? null : plan.between(now, set);
    // a start that is hours away was typed for another day: then the session starts now
    const start = wait === null || wait > 120 || wait < -length - 60 ? Math.floor(now) : set;
    const since = plan.between(now, start) > 0 ? plan.time(start) : stamp();
    address.set({ ...FRESH, start: plan.time(start), from: since, since });
  }
  const running = () => address.get().since !== undefined && !address.get().end;
  const acts = {
    step(s) { if (s.step < lines.length - 1) address.set({ step: s.step + 1 }); },
    next(s) {
      const next = nextOf(s);
      if (next < 0) { address.set({ end: stamp(), pause: '' }); return; }
      const past = [...s.past.slice(0, s.part), plan.time(s.start + s.since)];
      while (past.length < next) past.push('-');
      address.set({ part: next, step: '', since: plan.time(s.start + Math.max(plan.between(s.start, Math.floor(clock())), s.since)), past: past.join(','), pause: '', end: '' });
    },
    back(s) {
      if (address.get().end) { address.set({ end: '' }); return; }
      if (s.step > 0) { address.set({ step: s.step - 1 }); return; }
      let before = s.part - 1;
      while (before >= 0 && s.parts[before].gone) before -= 1;
      if (before < 0) return;
      // the part goes on from when it really began, not from now
      const since = plan.clock(s.past[before]) ?? s.start + s.since - s.parts[before].minutes;
      address.set({ part: before, step: Math.max(0, linesOf(parts[before].element).length - 1), since: plan.time(since), past: s.past.slice(0, before).join(','), pause: '' });
    },
    pause(s) {
      if (s.pause === null) address.set({ pause: stamp() });
      else address.set({ pause: '', since: plan.time(s.start + s.since + plan.between(s.start, Math.floor(clock())) - s.pause) });
    },
    more(s) {
      if (!s.parts[s.part].minutes) return;
      address.set({ more: plan.writeNumbers(s.more.set(s.part, (s.more.get(s.part) ?? 0) + 2)) });
    },
    use(s) {
      // what she read, even if a minute has passed since
      const { cuts, fits, late, saved } = offered;
      for (const { part, to } of cuts) { s.cuts.set(part, to); s.more.delete(part); }
      address.set({ cut: plan.writeNumbers(s.cuts), more: plan.writeNumbers(s.more), keep: fits ? '' : late - saved });
      part('h1').focus();
    },
    keep() { address.set({ keep: offered.late }); part('h1').focus(); },
    undo(s) {
      for (const part of [...s.cuts.keys()]) if (part > s.part) s.cuts.delete(part);
      address.set({ cut: plan.writeNumbers(s.cuts), keep: '' });
    },
    leave() { address.set({ run: '' }); },
    'close-session'() { address.set({ run: '', from: '', since: '', ...FRESH, part: '' , run: '' }); },
    screen(s) { screen = open(screenUrl(s), 'copebook-present', 'popup,width=1100,height=700'); },
    close() { $('dialog', view).close(); },
  };

  /* The screen for the group: another window, which shows the part that is on. */
  let screen = null;
  const screenUrl = s => new URL(`${words.screen}#${parts[s.part].element.id}`, location.href).href;
  function follow(s) {
    try { if (screen && !screen.closed) screen.location.replace(screenUrl(s)); } catch { screen = null; }
  }

  /* The steps of a part, the topics that share it included, in their order. */
  const linesOf = element => $$('.steps > li', element);

  let view = null, lines = [], shown = {}, offered = null;
  const part = name => $(name, view);

  function enter(which) {
    view?.remove();
    view = document.getElementById(which).content.firstElementChild.cloneNode(true);
    shown = { which };
    main.append(view);
    root.dataset.view = 'run';
    view.addEventListener('click', event => {
      const button = event.target.closest('[data-do]');
      if (button?.localName === 'button') acts[button.dataset.do](state());
      const link = event.target.closest('.give a');
      if (link && look(link)) event.preventDefault();
    });
    view.addEventListener('change', event => { if (event.target.dataset.do === 'keys') address.set({ keys: event.target.checked ? '' : '0' }); });
  }
  function exit() {
    if (!view) return;
    const at = state().part;
    view.remove(); view = null; shown = {};
    delete root.dataset.view;
    wake(false);
    go.focus({ preventScroll: true });
    parts[at].element.scrollIntoView();
  }

  /** A handout as members see it, over the session. It is moved here from the page and back, since its ids must stay unique. */
  function look(link) {
    const dialog = part('dialog'), article = $$('.ho h3 a').find(each => each.href === link.href)?.closest('.ho'), sheet = article && $('.member', article);
    if (!sheet || !dialog.showModal) return false;
    const home = sheet.parentNode;
    part('#look-title').textContent = link.textContent;
    part('dialog .body').append(sheet);
    dialog.addEventListener('close', () => home.append(sheet), { once: true });
    dialog.showModal();
    return true;
  }

  function drawPart(s) {
    const now = s.parts[s.part], element = now.element;
    part('.kind').textContent = $('.kind', element)?.textContent ?? '';
    part('h1').textContent = now.name;
    part('.ld').replaceChildren(...[...$('.ld', element).childNodes].map(copyNode));
    part('.ch .sl').textContent = $('.when .sl', element)?.textContent ?? '';
    part('.given').replaceChildren(...$$('.what > .give', element).map(copy));
    lines = [];
    const flow = [];
    let topic = null, list = null;
    for (const line of linesOf(element)) {
      const own = line.closest('.topic');
      if (!list || own !== topic) {
        if (own && own !== topic) flow.push(make('h2', '', $('h4', own).textContent), ...$$('.give', own).map(copy));
        topic = own;
        flow.push(list = make('ol', 'steps'));
      }
      const twin = copy(line), index = lines.length;
      $('.aside', twin)?.remove();
      const button = make('button', 'to', make('span', 'vh', say(words.step, { n: index + 1 })));
      button.type = 'button';
      button.addEventListener('click', () => address.set({ step: index }));
      twin.prepend(button);
      list.append(twin);
      lines.push({ twin, line, list });
    }
    part('.flow').replaceChildren(...flow);
    part('[data-do=more]').hidden = !now.minutes;
    part('[data-do=step]').hidden = lines.length < 2;
    scrollTo(0, 0);
  }
  const copyNode = node => (node.nodeType === 1 ? copy(node) : node.cloneNode(true));

  function drawStep(s) {
    const here = Math.min(s.step, lines.length - 1);
    lines.forEach(({ twin }, index) => {
      twin.classList.toggle('here', index === here);
      twin.classList.toggle('past', index < here);
      twin.classList.toggle('far', index < here - 1);
      if (index === here) twin.setAttribute('aria-current', 'step'); else twin.removeAttribute('aria-current');
    });
    // what belongs to this step, then what belongs to its topic, then to the part
    const line = lines[here]?.line, topic = line?.closest('.topic');
    const notes = [line && $('.aside', line), topic && $(':scope > .aside', topic), $('.what > .aside', parts[s.part].element)];
    part('.side2 > .aside').replaceChildren(...notes.filter(Boolean).flatMap(aside => [...aside.children].map(copy)));
    part('[data-do=step]').disabled = here >= lines.length - 1;
    part('[data-do=back]').disabled = here <= 0 && !s.parts.some((each, index) => index < s.part && !each.gone);
  }

  /** The session in one line, and where it is. */
  function drawTrack(s, used) {
    const bars = s.parts.map((each, index) => {
      const li = make('li', [index < s.part ? 'gone' : '', each.kind === 'break' ? 'rest' : ''].join(' ').trim());
      li.style.flexGrow = Math.max(each.minutes, index === s.part ? 1 : .01);
      li.hidden = !each.minutes && index !== s.part;
      const solid = make('i', 'solid');
      solid.style.inlineSize = `${each.minutes ? 100 * (each.drop ? 0 : each.keep ? 1 : Math.min(1, each.least / each.minutes)) : 100}%`;
      li.append(solid);
      if (index === s.part) {
        const hand = make('i', 'hand');
        hand.style.insetInlineStart = `${100 * Math.min(1, each.minutes ? used / each.minutes : 0)}%`;
        li.append(hand);
      }
      return li;
    });
    part('.track').replaceChildren(...bars);
  }

  function drawTime(s) {
    const stands = plan.stand(s.parts, s, s.now, length), now = s.parts[s.part];
    part('.now').textContent = at(s, s.now);
    const [pattern, values] = s.pause !== null ? [words.paused, { since: at(s, s.pause), time: at(s, stands.ends) }]
      : s.now < s.since ? [words.waits, { time: at(s, s.since), minutes: minutes(s.since - s.now) }]
      : stands.late >= 2 ? [words.late, { time: at(s, stands.ends), minutes: minutes(stands.late) }]
      : stands.late <= -2 ? [words.ahead, { time: at(s, length), minutes: minutes(-stands.late) }]
      : [words.onTime, { time: at(s, length) }];
    fill(part('.says'), pattern, { ...values, time: bold(values.time) });

    const big = part('.big'), of = part('.of');
    if (now.minutes) {
      const [before, after] = say(words.left, { minutes: minutes(stands.left) }).split(String(stands.left));
      big.replaceChildren(make('small', '', before), bold(String(stands.left)), make('small', '', after ?? ''));
      of.textContent = stands.left > 0 ? say(words.of, { n: now.minutes, time: at(s, stands.until) }) : say(words.over, { time: at(s, s.since + now.minutes) });
      part('.gauge i').style.inlineSize = `${100 * Math.min(1, stands.left / now.minutes)}%`;
    } else { big.replaceChildren(make('small', '', words.untimed)); of.textContent = ''; }
    part('.gauge').hidden = !now.minutes;
    part('.to-end').textContent = say(words.toEnd, { minutes: minutes(Math.max(0, length - s.now)) });
    part('[data-do=pause]').textContent = s.pause === null ? words.pause : words.goOn;
    drawTrack(s, stands.used);
    drawOffer(s, stands.late);
    // once the time is caught up, a new delay is a new matter
    if (s.kept && stands.late < 3) address.set({ keep: '' });
  }

  const describe = (s, { part: index, to }) => (to
    ? [words.shorter, { name: bold(parts[index].name), minutes: minutes(to), n: s.parts[index].minutes }]
    : [words.out, { name: bold(parts[index].name.replace(/[?.!…]+$/, '')) }]);
  const inWords = ([pattern, values]) => { const element = make('span'); fill(element, pattern, values); return element; };

  /** Late by three minutes or more: what to cut. Nothing is cut unless she says so, and once she has answered it is silent until it grows. */
  function drawOffer(s, late) {
    const due = late >= 3 && late > s.kept && s.pause === null;
    const key = due ? JSON.stringify([late, s.part, s.parts.map(each => each.minutes)]) : '';
    if (shown.offer === key) return;
    const news = !shown.offer;
    shown.offer = key;
    part('.late').hidden = !due;
    if (!due) return;
    const offer = plan.propose(s.parts, s.part, late), some = offer.cuts.length > 0;
    offered = { ...offer, late };
    const lead = offer.fits ? say(words.fits, { time: at(s, length) }) : some ? words.partly : say(words.cannot, { minutes: minutes(late) });
    part('.late .lead').textContent = lead;
    part('.cuts').replaceChildren(...offer.cuts.map(cut => { const li = make('li'); fill(li, ...describe(s, cut)); return li; }));
    const close = s.parts.filter((each, index) => each.keep && index > s.part).pop();
    const then = offer.fits
      ? [offer.spare ? say(words.spare, { minutes: minutes(offer.spare) }) : '', close ? say(words.whole, { name: close.name }) : '']
      : [some ? say(words.then, { time: at(s, length + late - offer.saved), minutes: minutes(late - offer.saved) }) : words.nothing, words.tell];
    part('.so').textContent = then.filter(Boolean).join(' ');
    part('[data-do=use]').hidden = !some;
    if (news) announce(`${lead} ${offer.cuts.map(cut => inWords(describe(s, cut)).textContent).join(', ')}. ${part('.so').textContent}`);
  }
  function drawChanges(s) {
    const cuts = [...s.cuts].filter(([index]) => index > s.part && s.parts[index]?.minutes !== parts[index]?.minutes);
    part('.altered').hidden = !cuts.length;
    const list = cuts.map(([index, to]) => say(to ? words.shorter : words.out, { name: parts[index].name.replace(to ? '' : /[?.!…]+$/, ''), minutes: minutes(s.parts[index].minutes), n: parts[index].minutes }));
    part('.altered span').textContent = say(words.changed, { list: list.join(', ') });
  }
  function drawNext(s) {
    const next = s.parts[nextOf(s)];
    part('[data-do=next]').textContent = next ? say(words.next, { name: next.name }) : words.last;
    part('.nextup').hidden = !next;
    if (!next) return;
    fill(part('.nx'), next.minutes ? words.part : '{name}', { name: bold(next.name), minutes: minutes(next.minutes) });
    const lead = $('.ld', next.element);
    if (lead.textContent.trim()) part('.nx').append(' ', ...[...lead.childNodes].map(copyNode));
  }
  // what a screen reader hears: the part, the step, and the offer, once each
  const heard = line => (line ? `${$('.lab', line.twin).textContent.trim()}: ${$('.out', line.twin).textContent.trim()}` : '');
  const announce = text => { part('[role=status]').textContent = text; };

  function drawEnd(s) {
    const text = address.get();
    const took = plan.between(plan.clock(text.from) ?? plan.clock(s.past[0]) ?? s.start, plan.clock(text.end));
    part('.took').textContent = say(words.took, { planned: minutes(length), took: minutes(Math.max(0, took)) });
    const after = $('.after');
    if (after) part('.talk').replaceChildren(make('h2', '', $('h2', after).textContent), copy($('.ticks', after)));
    part('[data-do=close-session]').hidden = false;
  }

  function draw() {
    const text = address.get(), on = text.run !== undefined;
    go.textContent = running() ? go.dataset.again : go.dataset.first;
    afresh.hidden = !running();
    if (!on) { exit(); return; }
    if (!running() && !text.end) { begin(); return; }
    const s = state(), which = text.end ? 'run-end' : 'run-view', arrived = shown.which !== which;
    if (arrived) { enter(which); wake(!text.end); }
    if (text.end) { if (arrived) { drawEnd(s); part('h1').focus(); } return; }
    if (shown.part !== s.part) {
      drawPart(s); follow(s);
      part('h1').focus({ preventScroll: true });
      shown.step = undefined;
    }
    if (shown.step !== s.step) {
      drawStep(s);
      if (shown.part === s.part) announce(heard(lines[Math.min(s.step, lines.length - 1)]));
    }
    const moved = shown.step !== s.step;
    shown.part = s.part; shown.step = s.step;
    $('.keys input', view).checked = s.keys;
    drawNext(s);
    drawChanges(s);
    drawTime(s);
    if (moved && s.step > 0) $('.here', view)?.scrollIntoView({ block: 'nearest' });
  }

  /* The screen stays awake where the browser can, and asks again when the tablet wakes up. */
  let lock = null;
  async function wake(on) {
    try {
      if (on) lock = await navigator.wakeLock?.request('screen');
      else { await lock?.release(); lock = null; }
    } catch { lock = null; }
  }
  const again = () => { if (view && !document.hidden) { draw(); if (shown.which === 'run-view') wake(true); } };

  const forward = root.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight', backward = root.dir === 'rtl' ? 'ArrowRight' : 'ArrowLeft';
  const KEYS = { [forward]: 'step', [backward]: 'back', KeyN: 'next', KeyP: 'pause', Escape: 'leave' };
  addEventListener('keydown', event => {
    const act = KEYS[event.code] ?? KEYS[event.key];
    if (!view || !act || event.ctrlKey || event.metaKey || event.altKey || event.repeat && act !== 'step' || $('dialog[open]', view)) return;
    const s = state();
    if (!s.keys && act !== 'leave') return;
    if (shown.which === 'run-end' && act !== 'back' && act !== 'leave') return;
    event.preventDefault();
    acts[act](s);
  });
  go.addEventListener('click', () => {
    const text = address.get();
    // what is left from another day is no place to go on from
    const stale = !running() || Math.abs(plan.between(plan.clock(text.since), clock())) > length + 180;
    if (stale) begin(); else address.set({ run: 1 });
  });
  afresh.addEventListener('click', begin);
  addEventListener('copebook-address', draw);
  addEventListener('visibilitychange', again);
  addEventListener('pageshow', again);
  setInterval(() => { if (shown.which === 'run-view') drawTime(state()); }, 5000);
  draw();
})();
