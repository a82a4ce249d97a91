/* Worksheets: answers live in the page until the member keeps them in this browser or saves them to a file.
   What comes back from either is checked first, and only ever shown as text. */
(() => {
  'use strict';
  const LARGEST = 1e6, MOST_ROWS = 200, PAUSE = 400, BETWEEN = ' – ';
  const root = document.documentElement;
  const src = document.currentScript.src; // none in a handout that is one file
  const PREFIX = `cb1:${new URL('..', src || location).pathname}:`;
  const AREAS = { tab: 'sessionStorage', device: 'localStorage' };
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const make = (tag, text) => { const e = document.createElement(tag); e.textContent = text; return e; };
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (hole, name) => values[name] ?? hole);
  const day = saved => { try { return new Date(saved).toLocaleDateString(root.lang, { dateStyle: 'long' }); } catch { return saved.slice(0, 10); } };

  /* The browser's storage. From a disk all pages share one, and so may a handout in one file with the host that shows it;
     inside another page nothing is shown unasked. */
  const onDisk = location.protocol === 'file:', mayKeep = src && !onDisk && top === self;
  const area = mode => { try { return mayKeep ? window[AREAS[mode]] : null; } catch { return null; } };
  const peek = (mode, key) => { try { return area(mode)?.getItem(key) ?? null; } catch { return null; } };
  const write = (mode, key, text) => {
    try { area(mode).setItem(key, text); } catch { return false; }
    return peek(mode, key) === text;
  };
  const kept = mine => Object.keys(AREAS).flatMap(mode => Object.keys(area(mode) ?? {}).filter(mine).map(key => ({ mode, key })));
  /** Deletes, then looks whether all of it is gone. */
  const erase = mine => { for (const { mode, key } of kept(mine)) area(mode).removeItem(key); return !kept(mine).length; };
  /** What cannot be read gets a name of its own, rather than be written over. */
  const setAside = (mode, key, text) => {
    let name = `${key}.bad`;
    while (![null, text].includes(peek(mode, name))) name += '.';
    return write(mode, name, text);
  };
  const isAnswer = ({ q, id, type, value, at }) => ['text', 'one', 'many'].includes(type) && Array.isArray(value) === (type === 'many')
    && [q, id, value].flat().every(text => typeof text === 'string') && (at === undefined || (Array.isArray(at) && at.every(Number.isInteger)));
  /** What was kept or saved; null where it is anything else. */
  const read = text => {
    try {
      const { v, sheet, version, saved, answers } = JSON.parse(text);
      if (text.length > LARGEST || v !== 1 || typeof version !== 'string' || Number.isNaN(Date.parse(saved)) || !answers.every(isAnswer)) return null;
      return { sheet, version, saved, answers: answers.map(({ q, id, type, value, at }) => ({ q, id, type, value, at })) };
    } catch { return null; }
  };

  /* An answer finds its question by the words of the page, however the page changes. */
  const textOf = node => {
    const copy = node.cloneNode(true);
    for (const e of all('.hint, textarea', copy)) e.replaceWith(e.matches('textarea') ? '____' : '');
    return copy.textContent.replace(/\u2060/g, '').replace(/\s+/g, ' ').trim();
  };
  const namedBy = control => (control.getAttribute('aria-labelledby') ?? '').split(' ').filter(Boolean).map(id => document.getElementById(id));
  const optionOf = control => textOf(namedBy(control)[1] ?? control.closest('label'));
  const questionOf = (control, name) => {
    const head = control.closest('.field').querySelector('legend, .q, label, .blanks'), own = namedBy(control);
    const parts = [head, ...(control.matches('textarea') ? [...control.labels, ...own] : own.slice(0, 1))];
    const words = [...new Set(parts)].map(textOf);
    // a line of a list and a gap have only a number
    const label = control.getAttribute('aria-label');
    if (words.length === 1 && label) words.push(name.match(/\d+$/)?.[0] ?? label);
    return words.join(BETWEEN);
  };
  const listOf = answers => answers.flatMap(({ q, value }) => [make('dt', q), make('dd', [value].flat().join(', '))]);

  const TOOLS = document.getElementById('tools'); // once on a page that has worksheets
  const worksheet = form => {
    const { sheet, version } = form.dataset, key = PREFIX + sheet, prefix = `${form.getAttribute('aria-labelledby')}-`;
    const tools = TOOLS.content.cloneNode(true);
    const [acts, earlier, grow] = ['.acts', '.earlier', '.grow'].map(name => tools.querySelector(name));
    const words = acts.dataset, part = name => acts.querySelector(name), button = name => part(`[data-act=${name}]`);
    // the name and the level of a heading are this worksheet's
    part('.keep').id = `${prefix}keep`; button('keep').setAttribute('aria-controls', `${prefix}keep`);
    const head = earlier.querySelector('h3'), level = +form.querySelector('header > *').localName[1];
    head.replaceWith(make(`h${Math.min(level + 1, 6)}`, head.textContent));
    const notice = make('p', ''), reply = part('[role=status]'), file = part('[type=file]'), panel = part('.opened');
    let questions, owner; // the question that a control belongs to
    let mode = null, seen = null; // where answers are kept, and what was last read or written there
    let left = []; // answers without a place
    let dirty = new Set(), since = new Set(); // answered since the last save, since the last step that can be undone
    let timer, undo, offered, warned = false;

    const survey = () => {
      const found = new Map();
      owner = new Map();
      for (const control of form.elements) {
        if (!control.name) continue;
        const type = { radio: 'one', checkbox: 'many' }[control.type] ?? 'text', name = control.name.slice(prefix.length);
        const id = type === 'many' ? name.replace(/-\w+$/, '') : name;
        if (!found.has(id)) found.set(id, { id, type, q: questionOf(control, name), controls: [] });
        found.get(id).controls.push(control);
        owner.set(control, found.get(id));
      }
      questions = [...found.values()];
    };
    const valueOf = ({ type, controls }) => {
      if (type === 'text') return controls[0].value;
      const chosen = controls.filter(control => control.checked).map(optionOf);
      return type === 'many' ? chosen : chosen[0] ?? '';
    };
    /** Gives back the options that the question does not have. */
    const answer = ({ type, controls }, value) => {
      if (type === 'text') { controls[0].value = value; return []; }
      const rest = [value].flat().filter(Boolean);
      for (const control of controls) {
        const at = rest.indexOf(optionOf(control));
        control.checked = at >= 0;
        if (at >= 0) rest.splice(at, 1);
      }
      return rest;
    };
    /** Which options are chosen: their places are the same in every language. */
    const placesOf = ({ type, controls }) => (type === 'text' ? [] : controls.flatMap((control, i) => (control.checked ? [i] : [])));
    const collect = () => [
      ...questions.map(x => ({ q: x.q, id: x.id, type: x.type, value: valueOf(x), at: placesOf(x) })).filter(a => a.value.length),
      ...left.map(({ q, id, type, value }) => ({ q, id, type, value })),
    ];
    /** The same questions have the same version in every language, and an answer to one of them has its place. */
    const inTheseWords = data => {
      if (!data || data.sheet !== sheet || data.version !== version) return data;
      growBy(data.answers.filter(a => a.at).map(({ id }) => id));
      const answers = data.answers.map(a => {
        const x = a.at && questions.find(x => x.id === a.id && x.type === a.type);
        if (!x) return a;
        const options = a.at.map(i => x.controls[i]).filter(Boolean).map(optionOf);
        return { ...a, q: x.q, value: { text: a.value, one: options[0] ?? '', many: options }[a.type] };
      });
      return { ...data, answers };
    };
    const written = () => JSON.stringify({ v: 1, sheet, version, saved: new Date().toISOString(), answers: collect() });
    /** Fills in these answers and no others; a spared question keeps its own. */
    const put = (answers, spared = new Set()) => {
      growFor(answers);
      const given = new Map(), placed = new Set();
      // a question may stand twice: then its place decides
      for (const samePlace of [true, false]) {
        for (const a of answers) {
          const x = placed.has(a) ? null : questions.find(x => !given.has(x) && x.q === a.q && x.type === a.type && (!samePlace || x.id === a.id));
          if (x) { given.set(x, a); placed.add(a); }
        }
      }
      left = answers.filter(a => !placed.has(a));
      for (const x of questions.filter(x => !spared.has(x.id))) {
        const rest = answer(x, given.get(x)?.value ?? '');
        if (rest.length) left.push({ ...given.get(x), value: x.type === 'many' ? rest : rest[0] });
      }
      earlier.hidden = !left.length;
      earlier.querySelector('dl').replaceChildren(...listOf(left));
    };

    /* A table whose rows have no names can have more of them. */
    const tables = all('table.numbered', form), rowsOf = table => table.tBodies[0].rows.length;
    const addRow = table => {
      const last = table.tBodies[0].rows[rowsOf(table) - 1], row = last.cloneNode(true), n = rowsOf(table) + 1, id = table.getAttribute('aria-labelledby');
      const head = row.querySelector('th');
      head.id = `${id}-r${n}`; head.textContent = n;
      all('textarea', row).forEach((cell, i) => {
        cell.id = cell.name = `${id}-${n}-${i + 1}`;
        cell.setAttribute('aria-labelledby', `${head.id} ${id}-c${i + 1}`);
        cell.value = '';
      });
      last.after(row);
      table.nextElementSibling.hidden = n >= MOST_ROWS;
      return row;
    };
    const growFor = answers => {
      for (const table of tables) {
        const begin = textOf(document.getElementById(table.getAttribute('aria-labelledby'))) + BETWEEN;
        growTo(table, answers.filter(a => a.q.startsWith(begin)).map(a => a.q.slice(begin.length)));
      }
      survey();
    };
    const growBy = ids => {
      for (const table of tables) {
        const begin = `${table.getAttribute('aria-labelledby').slice(prefix.length)}-`;
        growTo(table, ids.filter(id => id.startsWith(begin)).map(id => id.slice(begin.length)));
      }
      survey();
    };
    /** Makes room for the highest of these rows. */
    const growTo = (table, rows) => {
      const most = Math.min(MOST_ROWS, rows.reduce((high, row) => Math.max(high, parseInt(row, 10) || 0), 0));
      while (rowsOf(table) < most) addRow(table);
    };

    const tell = (text, back) => {
      reply.textContent = text;
      undo = back; since = new Set();
      button('undo').hidden = !back;
    };
    const show = () => {
      const state = form.querySelector('.state');
      state.textContent = words[`state_${mode ?? 'page'}`];
      state.classList.toggle('screen', !!mode); // paper need not say where it is kept
      for (const name of ['tab', 'device']) button(name).hidden = !mayKeep || mode === name;
      button('drop').hidden = !mode;
    };
    /** All that is on the page is now nowhere else. */
    const unsaved = () => { dirty = new Set(questions.map(x => x.id)); warned = false; addEventListener('beforeunload', ask); };

    const stop = () => { clearTimeout(timer); mode = seen = null; unsaved(); show(); };
    /** What another tab has kept: the newest answer to each question wins. */
    const takeIn = now => {
      if (now === null) { stop(); notice.textContent = words.gone; return; }
      const data = inTheseWords(read(now));
      if (data) { put([...data.answers, ...seen === null ? left : []], dirty); notice.textContent = words.tabs; }
      else if (!setAside(mode, key, now)) { stop(); tell(words.stuck); return; }
      seen = now;
    };
    const save = () => {
      clearTimeout(timer);
      // what another tab has kept is not written over, and what was deleted is not written again
      const now = mode && peek(mode, key);
      if (now !== seen) takeIn(now);
      if (!mode) return false;
      const text = written();
      if (!write(mode, key, text)) { tell(words.full); return false; }
      seen = text; dirty.clear();
      return true;
    };
    const flush = () => { if (mode && dirty.size) save(); };
    const keep = to => {
      if (!area(to)) { tell(words.off); return; }
      const before = [mode, seen];
      [mode, seen] = [to, null];
      if (!save()) { [mode, seen] = before; show(); return; }
      if (before[0]) area(before[0]).removeItem(key);
      tell(words[`state_${to}`]); show();
      button('drop').focus();
    };
    const load = () => {
      for (const from of Object.keys(AREAS)) {
        const now = peek(from, key), data = now && inTheseWords(read(now));
        if (now === null) continue;
        if (data) {
          [mode, seen] = [from, now];
          put(data.answers);
          notice.textContent = [fill(words.restored, { date: day(data.saved) }), data.version !== version && words.changed, left.length && words.left].filter(Boolean).join(' ');
          return;
        }
        const moved = setAside(from, key, now);
        if (moved) area(from).removeItem(key);
        notice.textContent = moved ? words.bad : words.stuck;
      }
    };

    /* On the way to this page in another language, answers that are nowhere else go along: they lie in the tab's storage between
       the two pages, and no longer. Where that cannot be, `ask` asks as ever. */
    const along = `${key}.along`;
    for (const link of all('.languages a')) link.addEventListener('click', event => {
      const stays = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
      if (!mode && !stays && dirty.size && collect().length && write('tab', along, written())) dirty.clear();
    });
    const arrive = () => {
      const data = inTheseWords(read(peek('tab', along)));
      area('tab')?.removeItem(along);
      if (data && !mode) { put(data.answers); unsaved(); }
    };

    /** All of it at once, with a way back that spares what was written since. */
    const change = (answers, said) => {
      const before = collect();
      put(answers); unsaved();
      if (mode) save(); else dirty.clear();
      tell(said, () => { put(before, since); unsaved(); if (mode) save(); tell(words.undone); });
    };
    const close = () => { panel.hidden = true; offered = null; button('open').focus(); };
    const offer = async chosen => {
      const data = chosen.size > LARGEST ? null : inTheseWords(read(await chosen.text()));
      panel.hidden = !data; offered = data;
      tell(data ? '' : words.unreadable);
      if (!data) return;
      const foreign = data.sheet !== sheet;
      panel.querySelector('p').textContent = fill(foreign ? words.foreign : words.preview, { n: data.answers.length, date: day(data.saved) });
      panel.querySelector('dl').replaceChildren();
      button('replace').hidden = foreign; button('show').hidden = !foreign;
      button(foreign ? 'show' : 'replace').focus();
    };
    const act = {
      save() {
        const link = make('a', ''), name = `${words.file_name}-${new Date().toLocaleDateString('sv')}.json`; // Swedes write 2026-11-24
        link.href = URL.createObjectURL(new Blob([written()], { type: 'application/json' }));
        link.download = name; link.click();
        setTimeout(() => URL.revokeObjectURL(link.href), 6e4);
        if (!mode) dirty.clear();
        tell(fill(words.saved, { name }));
      },
      keep() {
        const open = part('.keep').hidden;
        part('.keep').hidden = !open;
        button('keep').setAttribute('aria-expanded', open);
      },
      tab() { keep('tab'); },
      device() { keep('device'); },
      drop() {
        stop();
        tell(erase(name => name === key || name.startsWith(`${key}.`)) ? words.dropped : words.stay);
        button('device').focus();
      },
      open() { file.click(); },
      replace() {
        const { answers, version: then } = offered;
        change(answers, '');
        reply.textContent = [words.opened, then !== version && words.changed, left.length && words.left].filter(Boolean).join(' ');
        close();
      },
      show() { panel.querySelector('dl').replaceChildren(...listOf(offered.answers)); button('show').hidden = true; button('cancel').focus(); },
      cancel: close,
      clear() { change([], words.cleared); },
      undo() { undo(); button('clear').focus(); },
    };

    /* Asks once whether what is nowhere else may go. Never on "Leave", which must not wait. */
    const ask = event => {
      flush();
      if (root.classList.contains('gone') || warned || !dirty.size || !collect().length) return;
      warned = true;
      event.preventDefault();
      event.returnValue = true; // for older browsers
    };
    form.addEventListener('input', ({ target }) => {
      const id = owner.get(target)?.id;
      if (!id) return;
      dirty.add(id); since.add(id); warned = false;
      addEventListener('beforeunload', ask);
      clearTimeout(timer);
      if (mode) timer = setTimeout(save, PAUSE);
    });
    addEventListener('leaving', () => { flush(); mode = seen = null; });
    addEventListener('pagehide', flush);
    document.addEventListener('visibilitychange', () => { if (document.hidden) flush(); });
    addEventListener('storage', event => {
      if (event.key !== key && event.key !== null) return;
      const now = peek('device', key);
      if (mode === 'device' ? now === seen : mode || now === null) return;
      mode = 'device';
      takeIn(now); show();
      flush();
    });
    // The page may come back as it was left. Who was told that answers go, or has deleted them, finds none.
    addEventListener('pageshow', ({ persisted }) => {
      if (!persisted) return;
      const now = mode && peek(mode, key);
      if (mode ? now === null : warned) { stop(); put([]); dirty.clear(); notice.textContent = ''; }
      else if (now !== seen) takeIn(now);
    });

    acts.addEventListener('click', ({ target }) => act[target.closest('button')?.dataset.act]?.());
    file.addEventListener('change', () => { if (file.files[0]) offer(file.files[0]); file.value = ''; });
    if (!mayKeep) part('.who').textContent = onDisk ? words.keep_file : words.off;
    else part('.who').textContent = fill(part('.who').textContent, location);
    for (const table of tables) {
      const more = grow.cloneNode(true);
      more.addEventListener('click', () => { const row = addRow(table); survey(); row.querySelector('textarea').focus(); });
      table.after(more);
    }
    notice.className = 'notice screen'; notice.setAttribute('role', 'status');
    form.querySelector('header').append(notice);
    // in the workbook (where names have a prefix) it is one of many: it shows what is kept, and is handled on its own page
    form.append(earlier, ...(/^h\d/.test(prefix) ? [] : [acts]));
    survey(); show(); load(); arrive(); show();
  };
  if (TOOLS) all('form.sheet[data-sheet]').forEach(worksheet);

  /* Where a field does not grow by itself. */
  if (!CSS.supports('field-sizing', 'content')) {
    const grow = field => { field.style.height = 'auto'; if (field.scrollHeight > field.clientHeight) field.style.height = `${field.scrollHeight}px`; };
    addEventListener('input', ({ target }) => { if (target.matches('textarea')) grow(target); });
    addEventListener('beforeprint', () => all('textarea').forEach(grow));
  }

  /* A long answer prints as text, which can go on over a page; a field would be cut there. */
  const isLong = text => text.length > 900 || text.split('\n').length > 18;
  addEventListener('beforeprint', () => {
    for (const field of all('.sheet textarea').filter(field => isLong(field.value))) {
      const text = make('div', field.value);
      text.className = 'long paper-only';
      field.after(text);
    }
  });
  addEventListener('afterprint', () => all('.long.paper-only').forEach(text => text.remove()));

  /* The help page: what this device keeps. */
  const list = document.querySelector('.kept');
  if (list && mayKeep) {
    const mine = key => key.startsWith(PREFIX), words = list.dataset, sure = list.querySelector('.sure'), remove = list.querySelector('.delete');
    const line = ({ mode, key }) => {
      const data = read(peek(mode, key));
      return make('li', data ? fill(words[mode], { n: data.answers.length, date: day(data.saved) }) : words.bad);
    };
    const show = said => {
      const found = kept(mine);
      list.querySelector('.status').textContent = said ?? (found.length ? fill(words.some, { n: found.length }) : words.none);
      list.querySelector('ul').replaceChildren(...found.map(line));
      remove.hidden = !found.length; sure.hidden = true;
    };
    remove.addEventListener('click', () => { remove.hidden = true; sure.hidden = false; sure.querySelector('button').focus(); });
    sure.addEventListener('click', ({ target }) => {
      if (target.matches('.yes')) show(erase(mine) ? words.gone : words.stay);
      else if (target.matches('.no')) { show(); remove.focus(); }
    });
    addEventListener('storage', () => show());
    addEventListener('pageshow', () => show());
    list.hidden = false;
  }
})();
