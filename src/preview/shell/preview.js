/* The page around the two sites: it keeps them as they are built, and shows them anew in their place when they change.
   All that comes from files is put in as text. */
(() => {
  'use strict';
  const HOME = { guide: 'facilitator/index.html', members: 'members/index.html' };
  const OTHER = { guide: 'members', members: 'guide' };
  const find = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const make = (tag, text = '', cls = '') => Object.assign(document.createElement(tag), { textContent: text, className: cls });
  const show = (element, shown) => { element.hidden = !shown; return element; };
  const state = find('.state'), tell = find('.tell'), panel = find('#problems');
  let number = 0; // of what was last told

  /* What a reader has done to a page: where she is, what she has typed, chosen and opened. */
  const isTyped = control => !['checkbox', 'radio', 'file', 'submit', 'button', 'reset'].includes(control.type);
  const isChanged = control => isTyped(control) ? (control.tagName === 'SELECT' ? ![...control.options].every(o => o.selected === o.defaultSelected) : control.value !== control.defaultValue)
    : control.type === 'file' ? false : control.checked !== control.defaultChecked;
  const nameOf = control => JSON.stringify([control.tagName, control.type, control.name || control.id, isTyped(control) ? '' : control.value]);
  const controlsOf = page => {
    const named = new Map();
    for (const control of all('input, textarea, select', page)) {
      const name = nameOf(control), nth = named.get(name)?.length ?? 0;
      if (!nth) named.set(name, []);
      named.get(name).push(control);
    }
    return named;
  };
  const done = frame => {
    const page = frame.contentDocument, view = frame.contentWindow, fields = [];
    for (const [name, controls] of controlsOf(page)) {
      controls.forEach((control, nth) => { if (isChanged(control)) fields.push({ name, nth, value: control.value, checked: control.checked }); });
    }
    // what stands at the top of the window says more than a number, where the page grows above it
    const top = view.scrollY > 0 ? all('main [id]', page).find(element => element.getBoundingClientRect().bottom > 0) : null;
    const active = page.activeElement, holds = active && /^(INPUT|TEXTAREA|SELECT)$/.test(active.tagName);
    const nth = holds ? controlsOf(page).get(nameOf(active))?.indexOf(active) : -1;
    return {
      fields, x: view.scrollX, y: view.scrollY,
      top: top && { id: top.id, at: top.getBoundingClientRect().top },
      open: all('details', page).map(details => details.open),
      focus: holds && { name: nameOf(active), nth, from: active.selectionStart, to: active.selectionEnd },
    };
  };
  /** Does it again on a new page. Gives false, and does nothing, when something typed has no place there. */
  const again = (frame, { fields, x, y, top, open, focus }) => {
    const page = frame.contentDocument, view = frame.contentWindow, named = controlsOf(page);
    const controlOf = ({ name, nth }) => named.get(name)?.[nth];
    if (!fields.every(controlOf)) return false;
    for (const field of fields) {
      const control = controlOf(field);
      if (isTyped(control)) control.value = field.value; else control.checked = field.checked;
      for (const event of ['input', 'change']) control.dispatchEvent(new view.Event(event, { bubbles: true }));
    }
    const details = all('details', page);
    if (details.length === open.length) details.forEach((one, nth) => { one.open = open[nth]; });
    const mark = top && page.getElementById(top.id);
    const to = mark ? view.scrollY + mark.getBoundingClientRect().top - top.at : y;
    view.scrollTo({ left: x, top: to, behavior: 'instant' });
    const control = focus && controlOf(focus);
    if (control) {
      control.focus({ preventScroll: true });
      if (focus.from !== null && isTyped(control)) try { control.setSelectionRange(focus.from, focus.to); } catch { /* not every field has a cursor */ }
    }
    return true;
  };

  /** One site. */
  const pane = name => {
    const root = find(`#${name}`), stage = find('.stage', root), here = find('.here', root), lines = find('.lines', root), list = find('ul', lines);
    const part = name => find(`[data-act=${name}]`, root);
    let frame = null, coming = null; // what is seen, and what will be when it has loaded
    let url = HOME[name], hash = '', mark = null, since = 0; // what is seen, and the number that it was loaded at
    let place = null, twin = null, parts = [], blocks = new WeakMap();

    const load = (next, kept) => {
      coming?.remove();
      const loading = make('iframe', '', 'coming'), begun = number;
      coming = loading;
      loading.title = root.getAttribute('aria-label');
      loading.addEventListener('load', () => {
        if (loading !== frame) {
          if (loading !== coming) return;
          const misses = kept && !again(loading, kept);
          show(find('.notice', root), misses);
          if (misses) {
            find('.notice span', root).textContent = 'This page has changed, and something that you typed has no place on the new one.';
            loading.remove();
            coming = null;
            return;
          }
          frame?.remove();
          loading.classList.remove('coming');
          [frame, coming] = [loading, null];
          since = begun;
        }
        arrived();
      });
      loading.src = `/${next}${kept ? hash : ''}`;
      stage.append(loading);
    };
    /** A page is there, by our doing or by the reader's. */
    const arrived = () => {
      show(here, false);
      blocks = new WeakMap();
      mark = null;
      let at = null;
      try { at = frame.contentWindow.location; at = at.protocol === 'about:' ? null : { url: at.pathname.slice(1), hash: at.hash }; } catch { /* another website */ }
      if (!at) { [place, parts, twin] = [null, [], null]; draw(); return; }
      ({ url, hash } = at);
      const page = frame.contentDocument;
      page.addEventListener('pointerover', event => point(event.target));
      page.addEventListener('scroll', () => show(here, false), { passive: true });
      frame.contentWindow.addEventListener('pagehide', () => { since = number; show(here, false); });
      remember();
      ask();
    };
    const reload = () => { if (frame) load(url, done(frame)); };

    /* Which file and line something comes from. */
    const survey = () => {
      const page = frame.contentDocument;
      for (const part of parts) {
        const element = page.getElementById(part.id);
        const block = element?.closest('li.part, section, figure, article, fieldset, .field, .tip');
        for (const one of [block, element]) if (one && !blocks.has(one)) { blocks.set(one, part); break; }
      }
    };
    const point = target => {
      let block = target;
      while (block && !blocks.has(block)) block = block.parentElement;
      if (!block) return;
      const part = blocks.get(block), { top, right } = block.getBoundingClientRect();
      here.textContent = `Line ${part.line}`;
      here.title = `Open ${part.file} at line ${part.line}`;
      here.onclick = () => open(part);
      show(here, true);
      here.style.top = `${Math.max(4, top + 4)}px`;
      here.style.left = `${Math.min(frame.offsetLeft + right, stage.clientWidth) - here.offsetWidth - 4}px`;
    };
    const open = async ({ file, line }) => {
      try {
        const answer = await fetch(`/-/open?file=${encodeURIComponent(file)}&line=${line}`, { method: 'POST' });
        state.textContent = answer.ok ? `Opened ${file}.` : await answer.text();
      } catch { state.textContent = 'copebook does not answer.'; }
    };
    const draw = () => {
      const file = find('.file', root), note = find('.note', root);
      file.textContent = place?.file ?? '';
      file.title = place?.file ?? '';
      show(part('open'), place);
      show(part('twin'), twin);
      show(lines, parts.length);
    };
    lines.addEventListener('toggle', () => {
      if (!lines.open) return;
      list.replaceChildren(...parts.flatMap(part => {
        const element = frame.contentDocument.getElementById(part.id);
        if (!element) return [];
        const words = (find('h1, h2, h3, h4, legend, label, .q', element) ?? element).textContent.trim() || element.closest('.field')?.textContent.trim() || part.id;
        const row = make('li'), button = make('button', `${words.replace(/\s+/g, ' ').slice(0, 60)} `);
        button.type = 'button';
        button.append(make('small', `${part.file === place?.file ? '' : `${part.file}, `}line ${part.line}`));
        button.addEventListener('click', () => { lines.open = false; open(part); });
        row.append(button);
        return [row];
      }));
    });
    lines.addEventListener('keydown', event => { if (event.key === 'Escape') { lines.open = false; find('summary', lines).focus(); } });
    part('open').addEventListener('click', () => open(place));
    part('home').addEventListener('click', () => load(HOME[name]));
    part('twin').addEventListener('click', () => {
      panes[OTHER[name]].go(twin);
      const view = find(`[name=view][value=${OTHER[name]}]`);
      if (document.body.dataset.view !== 'both') { view.checked = true; choose(view.value); }
    });
    part('anew').addEventListener('click', () => { show(find('.notice', root), false); load(url); });
    part('phone')?.addEventListener('click', event => {
      event.target.setAttribute('aria-pressed', String(root.classList.toggle('phone')));
      show(here, false);
    });

    return {
      get url() { return url; },
      get at() { return url + hash; },
      set at(wanted) { [url, hash] = [wanted.replace(/#.*/, ''), wanted.replace(/^[^#]*/, '')]; },
      go: next => load(next),
      open,
      /** What the server says of the page that was asked for. */
      take(asked, pages, now) {
        show(find('.none', root), pages === 'none');
        if (pages === 'none' || asked !== url) return;
        if (!frame) { if (!coming) load(now.mark ? url + hash : HOME[name]); return; }
        ({ place, twin, parts } = now);
        const note = show(find('.note', root), now.note);
        if (now.note) note.href = now.note;
        draw();
        if (now.mark === null) { if (url !== HOME[name] && !coming) load(HOME[name]); return; }
        const isNew = mark === null ? number !== since : mark !== now.mark;
        mark = now.mark;
        if (isNew) reload(); else survey();
      },
    };
  };

  /* What is wrong. It comes by itself when there is an error, and goes by itself when there is none. */
  const toggle = shown => { show(panel, shown); tell.setAttribute('aria-expanded', String(shown)); };
  tell.addEventListener('click', () => { toggle(panel.hidden); if (!panel.hidden) find('.close', panel).focus(); });
  find('.close', panel).addEventListener('click', () => { toggle(false); tell.focus(); });
  addEventListener('keydown', event => { if (event.key === 'Escape' && !panel.hidden) { toggle(false); tell.focus(); } });
  let told = '', stopped = false;
  const complain = ({ pages, problems, summary }) => {
    const now = JSON.stringify([pages, problems]);
    if (now === told) return;
    told = now;
    const stops = pages !== 'new';
    state.textContent = stops ? 'Something must be mended first.' : 'Up to date.';
    show(tell, problems.length).textContent = summary;
    tell.className = panel.className = stops ? 'error' : 'warning';
    tell.classList.add('tell');
    find('.lead', panel).textContent = pages === 'old' ? 'The pages behind this are as they were before. Mend the errors and save: this goes away by itself.'
      : pages === 'none' ? 'There are no pages yet. Mend the errors and save: they come by themselves.' : 'The pages are made all the same.';
    find('ol', panel).replaceChildren(...problems.map(problem => {
      const item = make('li', '', problem.severity), [first, ...rest] = problem.text.split('\n');
      item.append(make('strong', first));
      if (rest.length) item.append(make('pre', rest.join('\n')));
      if (problem.opens) {
        const button = make('button', 'Open the file');
        button.type = 'button';
        button.addEventListener('click', () => panes.guide.open(problem));
        item.append(button);
      }
      return item;
    }));
    if (stops) toggle(true);
    else if (stopped || !problems.length) toggle(false);
    stopped = stops;
  };

  /* The address keeps which pages are shown, for when this page itself is loaded again. */
  const remember = () => history.replaceState(null, '', `#${panes.guide.at}|${panes.members.at}`);
  const panes = { guide: pane('guide'), members: pane('members') };
  const [guide, members] = decodeURI(location.hash.slice(1)).split('|');
  if (guide?.startsWith('facilitator/') && members?.startsWith('members/')) { panes.guide.at = guide; panes.members.at = members; }

  let asking = false, more = false;
  const ask = async () => {
    if (asking) { more = true; return; }
    asking = true;
    do {
      more = false;
      const asked = { guide: panes.guide.url, members: panes.members.url };
      try {
        const answer = await fetch(`/-/now?guide=${encodeURIComponent(asked.guide)}&members=${encodeURIComponent(asked.members)}`);
        if (!answer.ok) throw new Error(answer.status);
        const now = await answer.json();
        number = now.number;
        if (!number) continue;
        complain(now);
        for (const name of ['guide', 'members']) panes[name].take(asked[name], now.pages, now[name]);
      } catch { /* the line to the server tells when it is back */ }
    } while (more);
    asking = false;
  };

  /* Only a page that is seen listens: a browser keeps few lines open to one address. */
  let source = null, pause = 500, timer;
  const listen = () => {
    source?.close();
    clearTimeout(timer);
    if (document.hidden) { source = null; return; }
    source = new EventSource('/-/events');
    source.addEventListener('open', () => { pause = 500; told = ''; });
    source.addEventListener('message', ask);
    source.addEventListener('error', () => {
      state.textContent = source.readyState === EventSource.CLOSED
        ? 'copebook was started anew: open the address that it printed.' : 'copebook does not answer. Was it ended?';
      source.close();
      pause = Math.min(pause * 2, 10000);
      timer = setTimeout(listen, pause);
    });
  };
  document.addEventListener('visibilitychange', listen);
  addEventListener('pagehide', () => source?.close());
  addEventListener('pageshow', event => { if (event.persisted) listen(); });

  const narrow = matchMedia('(max-width: 60rem)');
  const choose = view => { document.body.dataset.view = view; };
  for (const radio of all('[name=view]')) radio.addEventListener('change', () => choose(radio.value));
  const fit = () => {
    if (narrow.matches && document.body.dataset.view === 'both') { find('[value=guide]').checked = true; choose('guide'); }
  };
  narrow.addEventListener('change', fit);
  fit();
  listen();
})();
