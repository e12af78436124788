// All jobs: live, filtered and searched on the server, sorted among those that are loaded.
import {get} from '../api.js';
import {el, fill, later} from '../dom.js';
import {date, duration, ended, isActive, tone, words} from '../format.js';
import {found} from './found.js';

const STATUSES = ['CREATING', 'PREPARING', 'EXECUTING', 'UPLOADING_OUTPUT', 'CANCELLING', 'SUCCESS', 'ERROR', 'CANCELLED'];
const COLUMNS = [
  {name: 'Status', of: (/** @type {any} */ job) => job.status},
  {name: 'Job', of: (/** @type {any} */ job) => job.name || job.id},
  {name: 'Created', of: (/** @type {any} */ job) => job.createdAt},
  {name: 'Duration', of: span, number: true},
  {name: 'Type', of: type, optional: true},
  {name: 'Project', of: (/** @type {any} */ job) => job.projectId, optional: true},
];

/** @param {any} job */
function type(job) {
  return job.actualCloudInstanceType?.name ?? (job.jobParameters?.cloudInstanceTypes ?? []).map((/** @type {any} */ t) => t.name).join(', ');
}

/** How long the command runs or ran, on the emulator's clock. @param {any} job @param {number} now */
function span(job, now) {
  return job.startedAt ? Math.max(0, (job.finishedAt ? Date.parse(job.finishedAt) : now) - Date.parse(job.startedAt)) : -1;
}

/** @param {import('../app.js').View} view */
export async function jobs(view) {
  const query = {status: view.query.get('status') ?? '', query: view.query.get('query') ?? ''};
  if (view.query.has('logs')) return found(view, query.query);
  let sort = {column: 2, down: true};
  /** @type {Map<string, any>} */
  const loaded = new Map();
  /** @type {Map<string, any>} */
  const courses = new Map();
  let next = '', seen = 0, asked = 0;
  const body = el('tbody');
  const more = el('button', {click: () => inTurn(() => load(next))}, 'Older jobs');
  const empty = el('p', {class: 'empty'});
  const words = el('input', {type: 'search', placeholder: 'Name, id, project or command', 'aria-label': 'Search jobs', value: query.query, input: later(search, 250)});
  const status = el('select', {'aria-label': 'Status', change: search}, el('option', {value: ''}, 'Any status'), STATUSES.map(name => el('option', {value: name, selected: name === query.status}, title(name))));
  const heads = COLUMNS.map((column, i) => el('th', {scope: 'col', class: column.optional ? 'optional' : column.number ? 'number' : ''}, el('button', {click: () => order(i)}, column.name)));
  fill(view.place,
    el('div', {class: 'row'}, el('h1', {}, 'Jobs'), el('span', {class: 'space'}), words, el('button', {title: 'Search what jobs have printed', click: () => view.go('/jobs', {query: words.value, logs: 1})}, 'In logs'), status),
    el('p'), el('div', {class: 'card scroll'}, el('table', {}, el('thead', {}, el('tr', {}, heads)), body), empty), el('p', {class: 'row'}, more));
  // One after another: an answer from before a change must not come after it
  let last = Promise.resolve();
  const inTurn = (/** @type {() => Promise<void>} */ f) => { last = last.then(f, f); return last; };
  view.onChange(event => inTurn(() => event.jobId ? refresh(event.jobId) : load('')));
  const ticking = setInterval(() => { if ([...loaded.values()].some(job => isActive(job.status))) draw(); }, 1000);
  view.onLeave(() => clearInterval(ticking));
  await inTurn(() => load(''));

  /** Loads a page; what is rare may be among much older jobs. */
  async function load(/** @type {string} */ token) {
    const mine = ++asked;
    let page = await get('/jobs', {...query, pageSize: 100, pageToken: token});
    if (!token) { loaded.clear(); seen = 0; }
    while (!page.jobs?.length && page.nextPageToken && mine === asked && body.isConnected) {
      seen += Number(page.seen ?? 0);
      empty.hidden = false;
      empty.textContent = `None of the latest ${seen} jobs fits. Searching older ones.`;
      page = await get('/jobs', {...query, pageSize: 100, pageToken: page.nextPageToken});
    }
    if (mine !== asked) return;
    for (const job of page.jobs ?? []) loaded.set(job.id, job);
    for (const course of page.courses ?? []) courses.set(course.jobId, course);
    next = page.nextPageToken ?? '';
    draw();
  }

  async function refresh(/** @type {string} */ id) {
    if (query.status || query.query) { await load('').catch(() => {}); return; }
    try {
      const path = '/jobs/' + encodeURIComponent(id);
      const [job, course] = await Promise.all([get(path), get(path + '/course')]);
      loaded.set(id, job);
      courses.set(id, course);
    } catch (failure) {
      if (failure.status === 404) loaded.delete(id);
    }
    draw();
  }

  async function search() {
    query.query = words.value;
    query.status = status.value;
    asked++;
    view.go('/jobs', query, true);
    await inTurn(() => load(''));
  }

  function order(/** @type {number} */ column) {
    sort = {column, down: sort.column === column ? !sort.down : false};
    draw();
  }

  function draw() {
    const of = COLUMNS[sort.column].of;
    const now = view.now();
    const rows = [...loaded.values()].map(job => ({job, key: of(job, now)})).sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0) * (sort.down ? -1 : 1)).map(one => one.job);
    heads.forEach((head, i) => head.setAttribute('aria-sort', i === sort.column ? (sort.down ? 'descending' : 'ascending') : 'none'));
    const focused = document.activeElement?.getAttribute('href');
    fill(body, rows.map(row));
    if (focused && focused.startsWith('#/jobs/')) /** @type {any} */ (body.querySelector(`a[href="${CSS.escape(focused)}"]`))?.focus();
    empty.hidden = rows.length > 0;
    empty.textContent = query.query || query.status
      ? (next ? 'None of the latest jobs fits. Older ones may.' : 'No job fits.')
      : 'There are no jobs yet. Send one with any client of the service.';
    more.hidden = !next;
  }

  /** How far a job has come, or how its command ended. */
  function mark(/** @type {any} */ job) {
    const course = courses.get(job.id);
    if (isActive(job.status)) return course?.report ? progress(course.report) : null;
    const how = job.status === 'CANCELLED' ? '' : ended(course?.exit);
    return how ? el('div', {class: 'quiet'}, how) : null;
  }

  function row(/** @type {any} */ job) {
    const address = '#/jobs/' + encodeURIComponent(job.id);
    const took = span(job, view.now());
    return el('tr', {class: 'choose', click: () => { location.hash = address; }},
      el('td', {}, el('span', {class: 'status ' + tone(job.status)}, title(job.status)), mark(job)),
      el('td', {class: 'wide'}, el('a', {href: address}, job.name || job.id), job.name ? el('div', {class: 'quiet mono optional'}, job.id) : null),
      el('td', {}, date(job.createdAt)),
      el('td', {class: 'number'}, took < 0 ? '' : duration(took)),
      el('td', {class: 'optional'}, type(job)),
      el('td', {class: 'optional mono'}, job.projectId));
  }
}

const title = words;

/** @param {any} report */
export function progress(report) {
  const percent = Number(report.percent ?? 0);
  return el('div', {class: 'quiet progress', title: report.text ?? ''}, el('progress', {max: 100, value: percent, 'aria-label': 'Progress'}), ` ${percent} %`);
}
