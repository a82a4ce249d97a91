// The arithmetic of a session: what to cut when it is late, where it stands, what its address says.
// Nothing here knows of a page, so that tests can load it alone.
(() => {
  'use strict';

  /* Clock times are minutes since midnight. */
  const clock = text => {
    const found = /^(\d{1,2}):(\d{2})$/.exec(text ?? '');
    return found && found[1] < 24 && found[2] < 60 ? found[1] * 60 + +found[2] : null;
  };
  const two = n => String(n).padStart(2, '0');
  const day = minutes => ((Math.round(minutes) % 1440) + 1440) % 1440;
  const time = minutes => `${two(Math.floor(day(minutes) / 60))}:${two(day(minutes) % 60)}`;
  /** The way from one clock time to another, at most half a day, so that midnight is no wall. */
  const between = (from, to) => day(to - from + 720) - 720;

  // What is easier to shorten: talk before practice. A part without a kind counts as talk.
  const SOFT = { teach: 0, review: 1, discuss: 2, break: 3, 'check-in': 4, practise: 5 };
  const softness = part => SOFT[part.kind] ?? 2;

  /** What a later part can give: minutes by shortening, all of them by being left out. A close gives nothing. */
  function offers(parts, current) {
    const later = parts.map((part, index) => ({ ...part, index })).slice(current + 1);
    return later.filter(part => !part.keep && part.minutes > 0).map(part => ({
      ...part, soft: softness(part), slack: Math.max(0, part.minutes - part.least), whole: part.drop ? part.minutes : 0,
    }));
  }

  const cut = (part, to) => ({ part: part.index, to, by: part.minutes - to });
  const inOrder = (a, b) => a.part - b.part;

  /**
   * The best way to make up for `late` minutes after part `current`.
   * parts: { minutes, least, drop, keep, kind }, in order. The answer: { fits, cuts: [{ part, to, by }], saved, spare }.
   * Every later part is kept, shortened (not below its least) or left out (where it may be). The best plan touches
   * the fewest parts, leaves out fewer, cuts talk before practice, and cuts no more than is needed, in this order.
   * Where even all of it is too little, `fits` is false and the cuts are all that there is.
   */
  function propose(parts, current, late) {
    const open = offers(parts, current);
    const most = open.reduce((sum, part) => sum + Math.max(part.slack, part.whole), 0);
    if (late <= 0) return { fits: true, cuts: [], saved: 0, spare: 0 };
    if (most < late) {
      const all = open.filter(part => part.slack || part.whole).map(part => cut(part, part.whole ? 0 : part.least));
      return { fits: false, cuts: all, saved: most, spare: 0 };
    }
    // Part by part, the cheapest way to each pair of minutes left out and minutes shortened: all plans are looked at,
    // without listing them, so twenty parts are no harder than ten.
    let ways = [{ out: 0, less: 0, cost: 0, last: null }];
    for (const part of open) {
      const best = new Map();
      const offer = way => {
        const key = way.out * 1e6 + way.less;
        if (!(best.get(key)?.cost < way.cost)) best.set(key, way);
      };
      for (const way of ways) {
        offer(way);
        if (way.out + way.less >= late) continue;
        if (part.slack) offer({ out: way.out, less: Math.min(way.less + part.slack, late - way.out), cost: way.cost + 100 + 3 * part.soft, last: { part, before: way.last } });
        if (part.whole) offer({ out: way.out + part.whole, less: way.less, cost: way.cost + 160 + 3 * part.soft, last: { part, gone: true, before: way.last } });
      }
      ways = [...best.values()];
    }
    const price = way => way.cost + Math.max(0, way.out - late);
    const best = ways.filter(way => way.out + way.less >= late).reduce((a, b) => (price(b) < price(a) ? b : a));

    const gone = [], less = [];
    for (let at = best.last; at; at = at.before) (at.gone ? gone : less).push(at.part);
    const cuts = gone.map(part => cut(part, 0));
    let need = late - best.out;
    for (const part of less.sort((a, b) => a.soft - b.soft || a.index - b.index)) {
      const by = Math.min(need, part.slack);
      need -= by;
      cuts.push(cut(part, part.minutes - by));
    }
    const saved = cuts.reduce((sum, each) => sum + each.by, 0);
    return { fits: true, cuts: cuts.sort(inOrder), saved, spare: saved - late };
  }

  /**
   * Where a session stands. Times are minutes since its planned start; `now` is at or after `pause` while it is paused.
   * parts: { minutes } as they are planned by now; `planned`: the minutes of the plan that was made at home.
   */
  function stand(parts, { part, since, pause }, now, planned) {
    const minutes = parts[part].minutes;
    const used = Math.max(0, Math.min(now, pause ?? now) - since);
    const left = Math.max(0, minutes - used);
    const rest = parts.slice(part + 1).reduce((sum, each) => sum + each.minutes, 0);
    const ends = Math.max(now, since) + left + rest;
    return { minutes, used, left, until: Math.max(now, since) + left, ends, late: ends - planned };
  }

  /* The address keeps all there is to know, so that a reload finds its place and nothing is stored. */
  const KEYS = ['start', 'depth', 'run', 'from', 'part', 'step', 'since', 'past', 'cut', 'more', 'pause', 'keep', 'end', 'keys', 'now'];
  const read = hash => {
    const all = new URLSearchParams(hash.replace(/^#/, ''));
    return Object.fromEntries(KEYS.filter(key => all.get(key)).map(key => [key, all.get(key)]));
  };
  const write = state => {
    const pairs = KEYS.filter(key => state[key] || state[key] === 0).map(key => `${key}=${encodeURIComponent(state[key]).replace(/%3A/g, ':').replace(/%2C/g, ',')}`);
    return pairs.length ? `#${pairs.join('&')}` : '';
  };
  /** `5:8,6:0`: numbers by part. */
  const readNumbers = text => new Map((text ?? '').split(',').map(pair => /^(\d+):(\d+)$/.exec(pair)).filter(Boolean).map(found => [+found[1], +found[2]]));
  const writeNumbers = numbers => [...numbers].sort((a, b) => a[0] - b[0]).map(pair => pair.join(':')).join(',');

  /** The parts as they are planned by now: what was cut and what was added is in the address, which anyone can edit. */
  function changed(parts, cuts, more) {
    return parts.map((part, index) => {
      let minutes = part.minutes;
      const to = cuts.get(index);
      if (to !== undefined && !part.keep && minutes > 0) minutes = to === 0 && part.drop ? 0 : Math.min(minutes, Math.max(part.least, to));
      if (minutes > 0) minutes += Math.min(240, more.get(index) ?? 0);
      return { ...part, minutes, gone: part.minutes > 0 && minutes === 0 };
    });
  }

  globalThis.copebookPlan = { clock, time, between, propose, stand, changed, read, write, readNumbers, writeNumbers };
})();
