// The frame: which view an address shows, and whether the server is there.
import {Refusal, get, listen} from './api.js';
import {el, fill, say} from './dom.js';
import {date} from './format.js';
import {jobs} from './views/jobs.js';
import {job} from './views/job.js';
import {calls} from './views/calls.js';
import {compare} from './views/compare.js';
import {time} from './views/time.js';

/** @typedef {{place: HTMLElement, path: string[], query: URLSearchParams, readonly facts: any, now: () => number, onChange: (f: (event: any) => void) => void, onLeave: (f: () => void) => void, go: (path: string, query?: Record<string, any>, quietly?: boolean) => void}} View */

const main = /** @type {HTMLElement} */ (document.getElementById('main'));
const link = /** @type {HTMLElement} */ (document.getElementById('link'));
const clock = /** @type {HTMLElement} */ (document.getElementById('clock'));
const VIEWS = {jobs: 'Jobs', calls: 'Calls', time: 'Time and tests'};
const APART = 60000;
let facts = /** @type {any} */ ({});
let changed = /** @type {((event: any) => any)[]} */ ([]);
let left = /** @type {(() => void)[]} */ ([]);
let shown = '';
let readAt = 0;

async function show() {
  const address = location.hash.slice(1) || '/jobs';
  const [path, ...rest] = address.split('?'), query = rest.join('?');
  const parts = path.split('/').filter(Boolean).map(decodeURIComponent);
  shown = address;
  left.forEach(leave => leave());
  changed = [];
  left = [];
  marked();
  const place = el('div');
  main.replaceChildren(place);
  const view = {place, path: parts, query: new URLSearchParams(query), get facts() { return facts; }, now,
    // What was asked for in a view that is left must not take its address back
    go: (/** @type {string} */ to, /** @type {any} */ set, /** @type {boolean} */ quietly) => { if (place.isConnected) go(to, set, quietly); },
    onChange: (/** @type {any} */ f) => changed.push(f), onLeave: (/** @type {any} */ f) => left.push(f)};
  document.title = 'Jobs Emulator';
  try {
    const make = parts[0] === 'calls' ? calls : parts[0] === 'time' ? time : parts[0] === 'compare' ? compare : parts.length > 1 ? job : jobs;
    await make(view);
  } catch (failure) {
    if (!place.isConnected) return;
    const gone = failure.status === 404;
    // The next event tells that the server is back
    changed = gone ? [] : [show];
    fill(place, el('div', {class: 'empty'},
      el('p', {}, gone ? 'There is no such job: it was deleted, or belongs to another world.' : failure.message),
      el('p', {}, el('a', {href: '#/jobs'}, 'All jobs'))));
  }
}

/** Goes to a view; quietly changes only the address. @param {string} path @param {Record<string, any>} [query] @param {boolean} [quietly] */
function go(path, query = {}, quietly = false) {
  const set = Object.entries(query).filter(([, value]) => value);
  const address = path + (set.length ? '?' + new URLSearchParams(set) : '');
  if (quietly) {
    shown = address;
    history.replaceState(null, '', '#' + address);
  } else {
    location.hash = address;
  }
}

/** What the emulator's clock shows, in milliseconds: the browser's own may show anything. */
function now() {
  return Date.parse(facts.now ?? new Date().toISOString()) + (facts.manualClock ? 0 : performance.now() - readAt);
}

async function readFacts() {
  facts = await get('/server');
  readAt = performance.now();
  drawFacts();
}

function drawFacts() {
  // A clock that was only moved on shows another time, too
  const virtual = facts.manualClock || Math.abs(now() - Date.now()) > APART;
  clock.textContent = facts.readOnly ? 'Saved ' + date(facts.now) : virtual && facts.now ? `Virtual time ${date(now())}, here ${date(Date.now())}` : '';
  clock.title = facts.readOnly ? 'Jobs out of a file: nothing can be changed' : facts.manualClock ? 'The emulator\'s clock stands still until it is moved' : 'The emulator\'s clock is not this browser\'s';
  const views = Object.entries(VIEWS).filter(([name]) => name !== 'time' || !facts.readOnly);
  const nav = /** @type {Element} */ (document.querySelector('nav'));
  if (nav.children.length !== views.length) {
    fill(nav, views.map(([name, title]) => el('a', {href: '#/' + name}, title)));
    marked();
  }
}

/** Marks the view that is shown. */
function marked() {
  const now = '#/' + (shown.split(/[/?]/)[1] || 'jobs');
  for (const item of document.querySelectorAll('nav a')) {
    if (item.getAttribute('href') === now) item.setAttribute('aria-current', 'page');
    else item.removeAttribute('aria-current');
  }
}

function tell(/** @type {boolean} */ there, /** @type {string} */ why = 'Server gone. Waiting for it.') {
  link.textContent = there ? '' : why;
  link.className = there ? '' : 'gone';
}

/** Tells the view what has changed. What it cannot load now it loads at the next event. @param {any} event */
function pass(event) {
  for (const f of changed) Promise.resolve(f(event)).catch(failure => { if (!(failure instanceof Refusal)) throw failure; });
}

function start() {
  let world = '', run = '';
  listen(() => '/events', {
    world: async event => {
      await readFacts().catch(() => {});
      const other = world && (event.world !== world || facts.run !== run);
      world = event.world;
      run = facts.run;
      if (other) { say('The emulator was reset, restored or started again.'); show(); }
      else pass({});
    },
    job: event => {
      if (facts.manualClock) readFacts().catch(() => {});
      pass(event);
    },
  }, tell);
  addEventListener('hashchange', () => { if (location.hash.slice(1) !== shown) show(); });
  const look = () => { if (!document.hidden) readFacts().catch(() => {}); };
  setInterval(() => { if (facts.manualClock && !facts.readOnly) look(); }, 2000);
  setInterval(look, 60000);
  addEventListener('visibilitychange', look);
  // What the server has to tell of itself comes later if it is away now
  drawFacts();
  readFacts().catch(() => {}).then(show);
}

start();
