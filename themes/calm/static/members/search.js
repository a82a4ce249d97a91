/* Search over the pages of this site. The index is a script too, so that it works from a disk. What is looked for is
   neither sent nor kept, and never stands in the address. */
(() => {
  'use strict';
  const form = document.querySelector('.find'), field = form.querySelector('input'), status = form.querySelector('[role=status]');
  const found = document.querySelector('.found'), list = found.querySelector('ol'), everything = document.querySelector('.everything');
  const words = form.dataset;

  /* A word as it is compared: no capitals, no accents, no apostrophes. */
  const LETTERS = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ı: 'i' };
  const fold = text => text.normalize('NFKD').toLowerCase().replace(/[\u0300-\u036f\u0640\u064b-\u065f\u0670'’]/g, '').replace(/[ßæœøłđı]/g, letter => LETTERS[letter]);
  const split = text => fold(text).match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];

  /* How many slips of the finger lie between two words: a letter wrong, missing, too many, or two that changed places. */
  const slips = (a, b, most) => {
    if (Math.abs(a.length - b.length) > most) return Infinity;
    let last = [], row = Array.from({ length: b.length + 1 }, (_, j) => j);
    for (let i = 1; i <= a.length; i += 1) {
      const next = [i];
      for (let j = 1; j <= b.length; j += 1) {
        next[j] = Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (a[i - 1] !== b[j - 1]));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j], last[j - 2] + 1);
      }
      last = row; row = next;
    }
    return row[b.length];
  };

  /* How well a word of the site fits a word that was typed: the same; begun by it; holding it, for languages that join
     words; or with another end ("breathing", "breathe"). */
  const fit = (typed, word) => {
    if (word === typed) return 8;
    if (word.startsWith(typed)) return 6;
    if (typed.length > 3 && word.includes(typed)) return 4;
    let same = 0;
    while (same < word.length && word[same] === typed[same]) same += 1;
    return same > 3 && Math.max(word.length, typed.length) - same < 4 ? 3 : 0;
  };
  const nearly = (typed, word) => {
    const most = typed.length < 4 ? 0 : typed.length < 8 ? 1 : 2;
    // a word that is still being typed is compared with as much of the other
    return most && (slips(typed, word, most) <= most ? 2 : slips(typed, word.slice(0, typed.length), most) <= most && 1);
  };

  /* Every word, with the parts of pages that it stands in and what it counts for there: in a title, a heading, or the text. */
  const vocabulary = new Map();
  const put = (word, part, weight) => {
    const places = vocabulary.get(word) ?? vocabulary.set(word, new Map()).get(word);
    places.set(part, Math.max(weight, places.get(part) ?? 0));
  };
  let pages, parts;
  const read = data => {
    ({ pages, parts } = data);
    for (const entry of data.words.split(' ')) {
      const [word, ...steps] = entry.split(',');
      let part = 0;
      for (const step of steps) put(fold(word), part += parseInt(step, 36), 1);
    }
    let page = -1;
    parts.forEach(([of, heading], part) => {
      for (const word of split(heading)) put(word, part, 10);
      if (of !== page) for (const word of split(pages[page = of].t)) put(word, part, 100);
    });
  };

  /* The parts that one word is found in, by what it counts for. Slips are looked for only where nothing fits well. */
  const look = typed => {
    const found = new Map();
    let best = 0;
    for (const how of [fit, nearly]) {
      if (best > 3) break;
      for (const [word, places] of vocabulary) {
        const good = how(typed, word);
        if (!good) continue;
        best = Math.max(best, good);
        for (const [part, weight] of places) found.set(part, Math.max(good * weight, found.get(part) ?? 0));
      }
    }
    return found;
  };

  /* The pages that hold all words, or else any of them; the best first. */
  const search = text => {
    const results = new Map();
    const wanted = new Set(split(text));
    for (const typed of wanted) {
      const hits = new Map();
      for (const [part, score] of look(typed)) {
        const page = parts[part][0];
        const result = results.get(page) ?? results.set(page, { page, score: 0, words: 0, parts: new Map() }).get(page);
        result.parts.set(part, score + (result.parts.get(part) ?? 0));
        // each more place where a word stands says a little
        hits.set(page, Math.max(hits.get(page) ?? 0, score) + .01);
      }
      for (const [page, score] of hits) { const result = results.get(page); result.score += score; result.words += 1; }
    }
    const sorted = [...results.values()].sort((a, b) => b.words - a.words || b.score - a.score || a.page - b.page);
    return sorted.filter(result => result.words === wanted.size || sorted[0].words < wanted.size);
  };

  /* A result is the page's card in the list, with the heading under which the words were found. */
  const cards = new Map([...everything.querySelectorAll('a')].map(link => [link.getAttribute('href'), link.closest('li')]));
  const card = result => {
    const { u, t } = pages[result.page], copy = cards.get(u).cloneNode(true);
    const [part] = [...result.parts].reduce((best, other) => (other[1] > best[1] ? other : best));
    const [, heading, anchor] = parts[part];
    if (anchor) copy.querySelector('a').setAttribute('href', `${u}#${anchor}`);
    if (heading && heading !== t) {
      const under = document.createElement('p');
      under.className = 'under';
      under.textContent = words.under.replace('{heading}', () => heading);
      copy.append(under);
    }
    return copy;
  };
  // who looks for words of a crisis gets the numbers to call before anything else
  const help = found.querySelector('ul li'), alarms = split(words.help);
  const alarming = text => help && split(text).some(typed => alarms.some(word => typed === word || (word.length > 3 && (typed.startsWith(word) || (typed.length > 3 && word.startsWith(typed))))));

  let telling;
  const show = () => {
    const text = field.value, results = text.trim().length > 1 ? search(text).filter(result => cards.has(pages[result.page].u)) : [];
    const shown = results.map(card);
    if (alarming(text)) shown.unshift(help.cloneNode(true));
    list.replaceChildren(...shown);
    found.hidden = !shown.length;
    everything.hidden = !!results.length;
    // a screen reader is told when the fingers rest
    clearTimeout(telling);
    telling = setTimeout(() => { status.textContent = text.trim().length < 2 ? '' : results.length ? words.count.replace('{count}', results.length) : words.none; }, 400);
  };

  /* Enter and the arrow keys go on to what was found, and back. */
  const step = by => {
    const links = [field, ...list.querySelectorAll('a')], at = links.indexOf(document.activeElement) + by;
    links[at]?.focus();
  };
  form.addEventListener('submit', event => { event.preventDefault(); show(); step(1); });
  field.addEventListener('input', show);
  form.addEventListener('reset', () => setTimeout(show));
  for (const place of [form, list]) {
    place.addEventListener('keydown', event => {
      if (event.key === 'ArrowDown') step(1);
      else if (event.key === 'ArrowUp') step(-1);
      else if (event.key === 'Escape') { field.value = ''; show(); field.focus(); }
      else return;
      event.preventDefault();
    });
  }

  self.copebookIndex = data => { read(data); form.classList.add('open'); if (field.value) show(); };
})();
