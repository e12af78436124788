// The log of a job: a window into something that may be very long. The server has the rest, and searches it.
import {address, get, job as at, listen} from '../api.js';
import {el, fill, isOn, later, toggle} from '../dom.js';
import {moment, placeIn} from '../format.js';
import {Screen, nodes, plain} from '../ansi.js';
import {highlight} from '../marks.js';

const MOST_ROWS = 1000;
const MOST_READ = 20000;
const PART = 256 * 1024;
/** A screen: one line a record is the most work for its bytes. */
const FIRST = 32 * 1024;
const MOST_PART = 4 * 1024 * 1024;
const MOST_HITS = 1000;
/** Rows that come each second, which the charts show. */
const FIGURES = ['.docker_stats.tsv', '.gpu_stats.tsv', 'job_progress.jsonl'];
const TIMES = {off: 'No times', relative: 'Since the start', local: 'Local time', utc: 'UTC'};

/** @param {import('../app.js').View} view @param {any} job @param {HTMLElement} place */
export async function log(view, job, place) {
  const path = at(job.id), view_path = () => path + '/log';
  const kept = (/** @type {string} */ name, /** @type {string} */ otherwise) => localStorage.getItem('log.' + name) ?? otherwise;
  let times = kept('times', 'off'), source = view.query.get('source') ?? '', raw = false, follow = !view.query.get('at') && !view.query.get('time');
  let first = 0, next = 0, end = 0, ended = false, loading = false, place_asked = 0, lastTop = 0;
  /** @type {any[]} */
  let rows = [];
  /** @type {Map<string, any>} */
  let keys = new Map();
  /** @type {Map<string, Screen>} */
  let screens = new Map();
  /** @type {{key: string, text: string}[]} */
  let hits = [];
  let hit = -1, asked = 0, stop = () => {}, lost = false, waiting = false;
  let changedRows = new Set();
  /** The record whose lines are being made. */
  let written = /** @type {any} */ (null);
  /** The line that is marked, and how the address names it. */
  let here = '', named = /** @type {Record<string, any>} */ ({});
  const count = () => hits.length === 0 ? 'no match' : `${hit + 1}/${hits.length}${hits.length >= MOST_HITS ? '+' : ''}`;

  const lines = el('div', {class: 'lines', tabindex: 0, role: 'log', 'aria-live': 'off', 'aria-label': 'Log', scroll: scrolled, keydown: keyed});
  const words = el('input', {type: 'search', 'aria-label': 'Search the log', placeholder: 'Search (/)', value: view.query.get('find') ?? '', input: later(search, 300), keydown: (/** @type {KeyboardEvent} */ e) => { if (e.key === 'Enter') { e.preventDefault(); step(e.shiftKey ? -1 : 1); } }});
  const found = el('span', {class: 'quiet', role: 'status'});
  const cases = toggle('Aa', 'Match case', view.query.has('case'), search), regex = toggle('.*', 'Regular expression', view.query.has('regex'), search);
  const filter = toggle('Filter', 'Show only the lines that match', view.query.has('filter'), () => { addressed(); drawFilter(); });
  const following = el('button', {'aria-pressed': String(follow), click: () => { follow = !follow; pressed(); if (follow) tail(); }}, 'Follow');
  const sources = el('select', {'aria-label': 'Source', change: () => { source = sources.value; follow ? tail() : show(first); search(); }}, [['', 'All sources'], ['stdout', 'stdout'], ['stderr', 'stderr'], ['system', 'system']].map(([value, name]) => el('option', {value, selected: value === source}, name)));
  const goes = el('input', {class: 'short', 'aria-label': 'Go to a time or record', placeholder: 'Go to', title: '14:05 or 2026-01-31T14:05:09Z, +90 or +1:30:00 since the start, or the number of a record', keydown: (/** @type {KeyboardEvent} */ e) => { if (e.key === 'Enter') { e.preventDefault(); go(goes.value); } }});
  const clocks = el('select', {'aria-label': 'Times', change: () => { times = clocks.value; localStorage.setItem('log.times', times); rows.forEach(paintTime); }}, Object.entries(TIMES).map(([value, name]) => el('option', {value, selected: value === times}, name)));
  const slider = el('input', {type: 'range', min: 0, max: 0, value: 0, 'aria-label': 'Place in the log', change: () => { follow = false; pressed(); show(Number(slider.value)); }});
  const where = el('span', {class: 'quiet'});
  fill(place,
    el('div', {class: 'row tools'}, words, cases, regex, filter, el('button', {'aria-label': 'Match before', click: () => step(-1)}, '↑'), el('button', {'aria-label': 'Next match', click: () => step(1)}, '↓'), found,
      el('span', {class: 'space'}), goes, sources, clocks, toggle('Raw', 'Control characters as they came', raw, () => { raw = !raw; follow ? tail() : show(first); }), following,
      el('a', {href: address(path + '/log/text', {}), download: true, title: 'All of it in one file, in the order in which it was written'}, 'Download'),
      el('a', {href: address(path + '/log.zip'), download: true, title: 'A zip with a file for each source'}, 'All as zip')),
    el('p'), el('div', {class: 'log'}, lines, el('div', {class: 'place'}, slider, where)));
  view.onLeave(() => stop());
  if (view.query.get('at')) await reveal(String(view.query.get('at'))); else if (view.query.get('time')) await toTime(String(view.query.get('time'))); else await tail();
  if (words.value) search();

  /** Keeps in the address what is seen. */
  function addressed() {
    view.go(view_path(), {find: words.value, source, case: isOn(cases), regex: isOn(regex), filter: isOn(filter), ...named}, true);
  }

  /** Goes to a time or a record, as a user names it. */
  async function go(/** @type {string} */ text) {
    const to = placeIn(text, times, begun(job));
    if (!to) tell('“' + text + '” is no time and no number of a record.');
    else if (to.time) await toTime(to.time);
    else await reveal(`${Math.max(0, Math.min(to.record, end) - 1)}.0`);
  }

  /** Shows what was written from a time on. */
  async function toTime(/** @type {string} */ time) {
    let page;
    try { page = await get(path + '/log', {time, maxBytes: 1}); } catch (failure) { tell(failure.message); return; }
    if (!page.records?.length) { if (!rows.length) await tail(); tell('Nothing was written from then on.'); return; }
    await reveal(`${page.records[0].offset ?? 0}.0`, {time});
  }

  function pressed() { following.setAttribute('aria-pressed', String(follow)); if (!follow) stop(); }

  /** Empties the page for another place; what was asked for before must not come into it. */
  function clear() {
    stop();
    empty();
    return ++place_asked;
  }

  function empty() {
    rows = []; keys = new Map(); screens = new Map(); changedRows = new Set();
    lines.replaceChildren();
  }

  /** Goes to a place; an empty page scrolls too, and that must load nothing meanwhile. */
  async function goTo(/** @type {(isAsked: () => boolean) => Promise<void>} */ load) {
    const mine = clear();
    loading = true;
    lost = false;
    try {
      await load(() => mine === place_asked);
    } catch (failure) {
      if (mine === place_asked) { lost = true; tell(failure.message); }
    } finally { if (mine === place_asked) loading = false; }
    return mine === place_asked && !lost;
  }

  /** Shows the end, and what comes. */
  function tail() { return goTo(async isAsked => {
    here = ''; named = {};
    const page = await get(path + '/log', {before: 'end', maxBytes: FIRST});
    if (!isAsked()) return;
    first = page.records?.length ? Number(page.records[0].offset ?? 0) : Number(page.nextOffset ?? 0);
    take(page);
    paint();
    await fillUp(isAsked);
    if (!isAsked()) return;
    toEnd();
    if (!ended) listenOn();
  }); }

  function toEnd() { lines.scrollTop = lines.scrollHeight; lastTop = lines.scrollTop; }

  /**
   * Loads until there is something to scroll: one record may be larger than what is asked for at once, or be of another
   * source, and what cannot be scrolled could never ask for more.
   */
  async function fillUp(/** @type {() => boolean} */ isAsked) {
    for (let bytes = FIRST; isAsked() && lines.isConnected && lines.scrollHeight < lines.clientHeight + 100; bytes = Math.min(bytes * 2, MOST_PART)) {
      if (next < end) {
        if (!await below(isAsked, bytes)) return;
      } else if (first > 0) {
        const page = await get(path + '/log', {before: first, maxBytes: bytes});
        const until = next, ends = ended;
        if (!isAsked() || !page.records?.length) return;
        empty();
        first = Number(page.records[0].offset ?? 0);
        take(page);
        while (next < until) { const rest = await get(path + '/log', {offset: next, maxBytes: MOST_PART}); if (!isAsked()) return; take(rest); }
        ended ||= ends;
        paint();
      } else {
        return;
      }
    }
  }

  /** Loads what follows; whether something did. */
  async function below(/** @type {() => boolean} */ isAsked, /** @type {number} */ bytes, /** @type {boolean} */ atEnd = false) {
    const from = next;
    const page = await get(path + '/log', {offset: from, maxBytes: bytes});
    if (!isAsked()) return false;
    take(page);
    paint(atEnd || follow);
    return next > from;
  }

  function listenOn() {
    stop = listen(() => path + '/log/stream?offset=' + next, {
      records: chunk => { take(chunk); later_paint(); },
      end: () => { ended = true; stop(); stop = () => {}; tell(); },
    }, there => { if (!there && !ended) tell('The connection is lost: what is here stays, and it goes on by itself.'); else tell(); });
  }

  function later_paint() {
    if (waiting) return;
    waiting = true;
    const now = () => { if (waiting) { waiting = false; paint(); if (follow) toEnd(); } };
    requestAnimationFrame(now);
    // A page that is not in sight has no frames, and must not keep all that comes meanwhile
    setTimeout(now, 1000);
  }

  /** Shows the log from a record on. */
  function show(/** @type {number} */ offset) { return goTo(async isAsked => {
    first = offset;
    if (offset > 0) {
      const above = await get(path + '/log', {before: offset, maxBytes: FIRST / 2});
      if (!isAsked()) return;
      if (above.records?.length) first = Number(above.records[0].offset ?? 0);
      take(above);
    }
    const page = await get(path + '/log', {offset, maxBytes: FIRST});
    if (!isAsked()) return;
    take(page);
    paint();
    await fillUp(isAsked);
    if (isAsked()) lines.scrollTop = 0;
  }); }

  function take(/** @type {any} */ page) {
    for (const record of page.records ?? []) {
      if (source ? record.source === source : !FIGURES.includes(record.source)) write(record);
    }
    next = Number(page.nextOffset ?? next);
    end = Math.max(end, next, Number(page.end ?? 0));
    ended = page.ended === true;
  }

  function write(/** @type {any} */ record) {
    written = record;
    let screen = screens.get(record.source);
    if (!screen) {
      screen = new Screen(key => {
        const row = {key, text: '', at: written.at, source: record.source, node: /** @type {any} */ (null), changed: true};
        rows.push(row);
        return row;
      });
      screens.set(record.source, screen);
    }
    const text = raw ? record.text.replace(/\r/g, '\u240d').replace(/\x1b/g, '\u241b') : record.text ?? '';
    screen.write(text, record.offset ?? '0', (key, row) => { keys.set(key, row); changedRows.add(row); });
  }

  /** Shows what was taken; what is far above goes, if the user is at the lower end. */
  function paint(/** @type {boolean} */ atEnd = follow) {
    const most = follow ? MOST_ROWS : MOST_READ;
    if (atEnd && rows.length > most) {
      const high = follow ? 0 : lines.scrollHeight;
      const gone = rows.splice(0, recordFrom(rows.length - most));
      gone.forEach(row => { row.node?.remove(); changedRows.delete(row); });
      first = Number(rows[0].key.split('.')[0]);
      if (!follow) lines.scrollTop -= high - lines.scrollHeight;
      if (keys.size > 4 * MOST_ROWS) { const alive = new Set(rows); keys.forEach((row, key) => { if (!alive.has(row)) keys.delete(key); }); }
    }
    const fresh = document.createDocumentFragment();
    for (const row of changedRows) {
      if (!row.node) {
        row.node = el('div', {class: 'line ' + row.source, 'data-at': row.key}, el('span', {class: 'at'}), el('span', {class: 'text'}));
        paintTime(row);
        fresh.append(row.node);
      }
      fill(row.node.lastChild, nodes(row.text));
      row.changed = false;
    }
    changedRows.clear();
    lines.append(fresh);
    mark();
    tell();
  }

  /** A record is dropped whole, so that it can be loaded again; unless it is larger than all that is kept. */
  function recordFrom(/** @type {number} */ cut) {
    const record = (/** @type {number} */ i) => rows[i].key.split('.')[0];
    for (let i = cut; i > 0; i--) if (record(i) !== record(i - 1)) return i;
    return cut < 2 * MOST_READ ? 0 : cut;
  }

  function paintTime(/** @type {any} */ row) { if (row.node) row.node.firstChild.textContent = moment(row.at, times, begun(job)); }

  function tell(/** @type {string} */ trouble = '') {
    slider.max = Math.max(0, end - 1);
    if (document.activeElement !== slider) slider.value = follow ? end : first;
    where.textContent = trouble || (end === 0 ? (ended ? 'This log is empty.' : 'Nothing was written yet.') : `Records ${first + 1} to ${next} of ${end}${ended ? '' : ', more may come'}`);
  }

  async function scrolled() {
    const mine = place_asked;
    if (loading || isOn(filter)) return;
    const isAsked = () => mine === place_asked;
    const left = lines.scrollHeight - lines.scrollTop - lines.clientHeight;
    if (follow && left > 60) {
      // Lines that come into sight may turn out higher than they were taken for: only going up ends it
      if (lines.scrollTop >= lastTop - 2) { toEnd(); return; }
      follow = false;
      pressed();
    }
    lastTop = lines.scrollTop;
    if (follow) return;
    if (lines.scrollTop < 40 && first > 0) {
      loading = true;
      const before = rows[0]?.key;
      // What is of another source gives nothing to scroll
      for (let bytes = PART / 2; first > 0 && rows[0]?.key === before; bytes = Math.min(bytes * 2, MOST_PART)) {
        const at = place_asked;
        const page = await get(path + '/log', {before: first, maxBytes: bytes}).catch(() => null);
        if (at !== place_asked) return;
        if (!page?.records?.length) { loading = false; return; }
        if (!await show(Number(page.records[0].offset ?? 0))) return;
      }
      lines.querySelector(`[data-at="${before}"]`)?.scrollIntoView({block: 'start'});
    } else if (left < 40 && next < end && !follow) {
      loading = true;
      const had = rows.length;
      for (let bytes = PART / 2; rows.length === had && next < end; bytes = Math.min(bytes * 2, MOST_PART)) {
        if (!await below(isAsked, bytes, true).catch(() => false)) break;
      }
      if (isAsked()) loading = false;
    }
  }

  async function search() {
    const mine = ++asked;
    const text = words.value;
    hits = []; hit = -1;
    addressed();
    if (!text) { found.textContent = ''; drawFilter(); mark(); return; }
    let offset = 0, done = false;
    try {
      while (!done && hits.length < MOST_HITS && mine === asked) {
        const page = await get(path + '/log/search', {text, regex: isOn(regex), matchCase: isOn(cases), source, offset, limit: 500});
        if (mine !== asked) return;
        for (const one of page.hits ?? []) hits.push({key: `${one.offset ?? 0}.${one.line ?? 0}`, text: one.text ?? ''});
        offset = Number(page.nextOffset ?? 0);
        done = page.done === true;
        found.textContent = done ? count() : 'searching';
      }
      hit = hits.findIndex(one => one.key === here);
      found.textContent = count();
    } catch (failure) { found.textContent = failure.message; }
    drawFilter();
    mark();
  }

  async function step(/** @type {number} */ by) {
    if (!hits.length) return;
    hit = hit < 0 ? (by > 0 ? 0 : hits.length - 1) : (hit + by + hits.length) % hits.length;
    found.textContent = count();
    await reveal(hits[hit].key);
  }

  /** Shows a line, which is loaded if it is not there. */
  async function reveal(/** @type {string} */ key, /** @type {Record<string, any>} */ place = {at: key}) {
    follow = false;
    pressed();
    if (isOn(filter)) { here = key; mark(); lines.querySelector('.here')?.scrollIntoView({block: 'center'}); return; }
    if (!keys.get(key)?.node?.isConnected && !await show(Number(key.split('.')[0]))) return;
    // What is not shown, as a record of another source, is passed by
    const least = Number(key.split('.')[0]);
    here = keys.has(key) ? key : rows.find(row => Number(row.key.split('.')[0]) >= least)?.key ?? '';
    named = place;
    addressed();
    mark();
    lines.querySelector('.here')?.scrollIntoView({block: 'center'});
  }

  function mark() {
    lines.querySelectorAll('.hit, .here').forEach((/** @type {Element} */ node) => node.classList.remove('hit', 'here'));
    for (const one of hits) keys.get(one.key)?.node?.classList.add('hit');
    (keys.get(here)?.node ?? lines.querySelector(`[data-at="${CSS.escape(here)}"]`))?.classList.add('here');
    shine();
  }

  /** Marks the words that were looked for within their lines. */
  function shine() { highlight(lines.querySelectorAll(isOn(filter) ? '.text' : '.hit .text'), words.value, isOn(regex), isOn(cases)); }

  function drawFilter() {
    if (!isOn(filter)) { if (!rows.length || !rows[0].node?.isConnected) { follow ? tail() : show(first); } return; }
    stop();
    lines.replaceChildren(...hits.map(one => el('div', {class: 'line', 'data-at': one.key}, el('span', {class: 'text'}, el('a', {href: '#' + view_path() + '?at=' + one.key}, plain(one.text))))));
    rows = [];
    shine();
  }

  function keyed(/** @type {KeyboardEvent} */ event) {
    if (event.key === '/') { event.preventDefault(); words.focus(); }
    else if (event.key === 'End') { event.preventDefault(); follow = true; pressed(); tail(); }
    else if (event.key === 'Home') { event.preventDefault(); follow = false; pressed(); show(0); }
    else if (event.key === 't') { const all = Object.keys(TIMES); times = all[(all.indexOf(times) + 1) % all.length]; clocks.value = times; localStorage.setItem('log.times', times); rows.forEach(paintTime); }
  }

  return async (/** @type {any} */ now) => {
    const other = begun(now) !== begun(job);
    job = now;
    if (other) rows.forEach(paintTime);
    if (lost) await (follow ? tail() : show(first));
    if (now.dataCleared && end > 0) tell('The data of this job were cleared: what is here stays until this page is left.');
  };
}

/** When a job has begun, or was made. @param {any} job */
const begun = job => job.startedAt ?? job.createdAt;
