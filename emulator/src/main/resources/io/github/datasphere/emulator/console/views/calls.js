// Every call of the service: when, how long, what came of it, and its messages.
import {get} from '../api.js';
import {copy, el, fill} from '../dom.js';
import {date, duration} from '../format.js';
import {command, grpcurl, python} from '../copies.js';

const CODES = ['OK', 'CANCELLED', 'UNKNOWN', 'INVALID_ARGUMENT', 'DEADLINE_EXCEEDED', 'NOT_FOUND', 'ALREADY_EXISTS', 'PERMISSION_DENIED', 'RESOURCE_EXHAUSTED', 'FAILED_PRECONDITION', 'ABORTED', 'OUT_OF_RANGE', 'UNIMPLEMENTED', 'INTERNAL', 'UNAVAILABLE', 'DATA_LOSS', 'UNAUTHENTICATED'];
const MOST = 500;
const EVERY = 2000;

/** @param {import('../app.js').View} view */
export async function calls(view) {
  const chosen = view.path[1];
  /** @type {Map<string, any>} */
  const known = new Map();
  let revision = '0', shown = '', asked = 0, loading = false;
  const body = el('tbody'), detail = el('div'), empty = el('p', {class: 'empty'}, 'No calls yet. They are noted from the first look at the console on.');
  const filter = el('input', {type: 'search', 'aria-label': 'Filter calls', placeholder: 'Method, code, client or text', value: view.query.get('query') ?? '', input: () => { view.go(place(), {query: filter.value}, true); draw(); }});
  const more = el('p', {class: 'quiet'});
  fill(view.place,
    el('div', {class: 'row'}, el('h1', {}, 'Calls'), el('span', {class: 'space'}), filter),
    el('p'), el('div', {class: 'card scroll'}, el('table', {}, el('thead', {}, el('tr', {}, ['#', 'At', 'Call', 'Result', 'Took', 'Size', 'Client'].map((name, i) => el('th', {scope: 'col', class: (i > 3 && i !== 4 ? 'optional ' : '') + (i === 4 || i === 5 ? 'number' : '')}, name)))), body), empty), more, detail);
  if (chosen) await show(chosen).catch(failure => fill(detail, el('p', {class: 'empty'}, failure.message)));
  // The view is there before an old journal has come whole
  const first = load();
  const ticking = setInterval(() => load().catch(() => {}), EVERY);
  view.onLeave(() => { clearInterval(ticking); known.clear(); });
  await first;

  /** Loads what has begun or changed since the last time; at first all. */
  async function load() {
    if (loading) return;
    loading = true;
    try {
      let token = '', since = revision, next = '';
      do {
        const page = await get('/calls', {pageSize: 1000, pageToken: token, changedAfter: since === '0' ? '' : since});
        next ||= page.revision ?? '0';
        for (const call of page.exchanges ?? []) known.set(call.number, call);
        token = page.nextPageToken ?? '';
        if ((page.exchanges ?? []).length || !body.firstChild) draw();
        if ((page.exchanges ?? []).some((/** @type {any} */ call) => call.number === shown)) show(shown).catch(() => {});
      } while (token);
      revision = next;
    } finally { loading = false; }
  }

  const place = () => shown ? '/calls/' + shown : '/calls';

  function draw() {
    const words = filter.value.toLowerCase();
    const fit = [];
    const all = [...known.values()].sort((a, b) => Number(b.number) - Number(a.number));
    for (const call of all) {
      if (!words || (result(call) + JSON.stringify(call)).toLowerCase().includes(words)) fit.push(call);
      if (fit.length > MOST) break;
    }
    const focused = document.activeElement?.getAttribute('href');
    fill(body, fit.slice(0, MOST).map(call => el('tr', {class: 'choose', click: () => open(call.number)},
      el('td', {class: 'number quiet'}, call.number), el('td', {}, date(call.at)),
      el('td', {class: 'wide'}, el('a', {href: '#/calls/' + call.number, click: (/** @type {Event} */ event) => { event.preventDefault(); event.stopPropagation(); open(call.number); }}, call.method), el('span', {class: 'quiet'}, ' ' + call.service), call.faults?.length ? el('div', {class: 'status bad'}, 'fault ordered') : null),
      el('td', {}, el('span', {class: 'status ' + tone(call)}, result(call))),
      el('td', {class: 'number'}, took(call)),
      el('td', {class: 'optional number quiet'}, Number(call.replies ?? 0) > 1 ? call.replies + ' messages' : ''),
      el('td', {class: 'optional quiet wide'}, call.client))));
    if (focused?.startsWith('#/calls/')) /** @type {any} */ (body.querySelector(`a[href="${CSS.escape(focused)}"]`))?.focus({preventScroll: true});
    empty.hidden = fit.length > 0;
    if (known.size && !fit.length) empty.textContent = 'No call fits.';
    more.textContent = fit.length > MOST ? `The latest ${MOST} are shown: filter to see older ones.` : '';
  }

  async function open(/** @type {string} */ number) {
    await show(number).catch(failure => fill(detail, el('p', {class: 'empty'}, failure.message)));
    detail.scrollIntoView({block: 'nearest'});
  }

  async function show(/** @type {string} */ number) {
    const mine = ++asked;
    const call = (await get('/calls/' + encodeURIComponent(number))).exchanges[0];
    if (mine !== asked) return;
    shown = number;
    view.go(place(), {query: filter.value}, true);
    const request = stripped(call.request);
    const job = request.jobId ?? request.sourceJobId ?? call.reply?.metadata?.jobId ?? call.reply?.id;
    const line = command(call, request);
    fill(detail,
      el('h2', {}, `#${call.number} ${call.service}/${call.method}`),
      el('p', {class: 'quiet'}, [date(call.at), took(call) && 'took ' + took(call), call.client].filter(Boolean).join(' · '),
        typeof job === 'string' && job ? [' · ', el('a', {href: '#/jobs/' + encodeURIComponent(job)}, 'its job')] : null),
      (call.faults ?? []).map((/** @type {string} */ fault) => el('p', {class: 'status bad'}, 'Fault ordered by the test: ' + fault)),
      el('div', {class: 'row'},
        el('button', {click: () => copy(grpcurl(call, request))}, 'Copy as grpcurl'),
        line ? el('button', {click: () => copy(line)}, 'Copy as datasphere') : null,
        el('button', {click: () => copy(python(call, request))}, 'Copy as Python'),
        el('button', {click: () => copy(JSON.stringify(request, null, 2))}, 'Copy request'),
        el('button', {click: () => { asked++; shown = ''; detail.replaceChildren(); view.go('/calls', {query: filter.value}, true); }}, 'Close')),
      el('div', {class: 'grid'},
        el('div', {}, el('h2', {}, 'Request'), el('div', {class: 'card'}, el('pre', {}, JSON.stringify(request, null, 2)))),
        el('div', {}, el('h2', {}, call.messages?.length ? `Messages (${call.replies})` : 'Answer'),
          el('div', {class: 'card'},
            call.status?.code ? el('p', {class: 'status bad'}, `${result(call)}: ${call.status.message ?? ''}`) : null,
            call.messages?.length ? stream(call) : el('pre', {}, call.reply ? JSON.stringify(stripped(call.reply), null, 2) : 'none')))));
  }
}

/** The messages of a stream one by one, each with its distance from the one before. @param {any} call */
function stream(call) {
  let before = Date.parse(call.at), last = 0;
  return el('ol', {class: 'messages'}, call.messages.map((/** @type {any} */ message) => {
    const at = Date.parse(message.at), number = Number(message.number);
    const gap = number > last + 1 ? el('li', {class: 'quiet'}, `${number - last - 1} messages are not kept`) : null;
    const row = el('li', {}, el('details', {}, el('summary', {}, el('span', {class: 'quiet'}, `#${number} + ${duration(at - before)} `), brief(message.content)), el('pre', {}, JSON.stringify(stripped(message.content), null, 2))));
    before = at; last = number;
    return [gap, row];
  }));
}

/** @param {any} content */
const brief = content => { const text = JSON.stringify(stripped(content)); return text.length > 90 ? text.slice(0, 90) + ' …' : text; };

/** @param {any} call */
const result = call => call.status ? CODES[call.status.code ?? 0] ?? String(call.status.code) : 'goes on';
/** @param {any} call */
const tone = call => !call.status ? 'busy' : call.status.code ? 'bad' : 'good';
/** @param {any} call */
const took = call => call.endedAt ? millis(Date.parse(call.endedAt) - Date.parse(call.at)) : '';
/** @param {number} time */
const millis = time => time < 1000 ? time + ' ms' : duration(time);

/** @param {any} any */
function stripped(any) {
  if (!any) return {};
  const {'@type': type, ...fields} = any;
  return type && Object.keys(fields).length === 1 && 'value' in fields ? fields.value : fields;
}
