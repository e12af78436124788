// The clock, faults, what is undone, savepoints: what tests do.
import {get, post} from '../api.js';
import {ask, el, fill, say} from '../dom.js';
import {curl, date} from '../format.js';

/** The savepoints that were made here; a restore draws the view anew, and must not lose them. @type {string[]} */
let kept = [];
let keptIn = '';

/** @param {import('../app.js').View} view */
export async function time(view) {
  view.onChange(draw);
  await draw();

  async function draw() {
    const [facts, clock, undone] = await Promise.all([get('/server'), get('/clock'), get('/undone').catch(() => ({}))]);
    const scripted = facts.runner === 'scripted';
    if (keptIn !== facts.run) { kept = []; keptIn = facts.run; }
    fill(view.place,
      el('h1', {}, 'Time and tests'),
      el('h2', {}, 'Clock'),
      el('div', {class: 'card'},
        el('p', {}, el('strong', {}, date(clock.now)), el('span', {class: 'quiet'}, clock.manual ? ' – stands still until it is moved' : ' – goes on by itself, and can be moved on')),
        el('div', {class: 'row'}, [['1 minute', '60s'], ['1 hour', '3600s'], ['1 day', '86400s'], ['14 days', '1209600s']].map(([name, by]) => el('button', {click: () => act(() => post('/clock:move', {advance: by})), title: curl('POST', '/clock:move', {advance: by})}, '+ ' + name)),
          el('button', {click: () => ask('Move the clock on', [el('label', {class: 'field'}, el('span', {}, 'By so many seconds'), el('input', {name: 'by', type: 'number', min: 0, step: 'any', value: '60'}))], 'Move', async form => { await post('/clock:move', {advance: form.get('by') + 's'}); await draw(); }, form => curl('POST', '/clock:move', {advance: form.get('by') + 's'}))}, 'By …'))),
      el('h2', {}, 'Faults'),
      el('div', {class: 'card'}, el('p', {class: 'quiet'}, 'Lets a call of the clients fail.'), el('button', {click: fault}, 'Order a fault')),
      el('h2', {}, 'Undone'),
      el('div', {class: 'card'}, (undone.problems ?? []).length ? el('ul', {}, undone.problems.map((/** @type {string} */ problem) => el('li', {}, problem))) : el('p', {class: 'quiet'}, 'Nothing: no job runs, no script and no fault is left over.')),
      el('h2', {}, 'World'),
      el('div', {class: 'card row'},
        scripted ? el('button', {click: () => act(async () => { kept.push((await post('/savepoints')).savepointId); say('Kept as ' + kept.at(-1) + '.'); }), title: curl('POST', '/savepoints')}, 'Save') : null,
        kept.map(id => el('button', {click: () => act(() => post(back(id))), title: curl('POST', back(id))}, 'Back to ' + id)),
        el('button', {class: 'danger', click: () => ask('Begin an empty world?', [el('p', {}, 'All jobs, files, scripts and faults of this emulator are gone.')], 'Reset', () => post('/reset', {manualClock: facts.manualClock === true}), curl('POST', '/reset', {manualClock: true}))}, 'Reset')),
      el('h2', {}, 'Server'),
      el('div', {class: 'card'}, el('dl', {}, [['Version', facts.version || 'unpackaged'], ['Jobs run', facts.runner], ['gRPC', facts.grpc], ['gRPC, TLS', facts.tls], ['HTTP', facts.http], ['CONNECT', facts.proxy]].filter(([, value]) => value).map(([name, value]) => [el('dt', {}, name), el('dd', {class: 'mono'}, value)]))));
  }

  function back(/** @type {string} */ id) { return `/savepoints/${encodeURIComponent(id)}:restore`; }

  async function act(/** @type {() => Promise<any>} */ action) {
    try { await action(); await draw(); } catch (failure) { say(failure.message); }
  }

  function fault() {
    ask('Order a fault', [
      el('label', {class: 'field'}, el('span', {}, 'Method, such as Create; PUT and GET for files'), el('input', {name: 'method', value: 'Get', required: true})),
      el('label', {class: 'field'}, el('span', {}, 'Code'), el('select', {name: 'code'}, [[14, 'UNAVAILABLE'], [8, 'RESOURCE_EXHAUSTED'], [13, 'INTERNAL'], [4, 'DEADLINE_EXCEEDED'], [16, 'UNAUTHENTICATED'], [7, 'PERMISSION_DENIED']].map(([code, name]) => el('option', {value: code}, name)))),
      el('label', {class: 'field'}, el('span', {}, 'For the next so many calls'), el('input', {name: 'next', type: 'number', min: 1, value: '1'})),
    ], 'Order', async form => {
      await post('/faults', ordered(form));
      await draw();
    }, form => curl('POST', '/faults', ordered(form)));
  }

  /** @param {FormData} form */
  function ordered(form) {
    const method = String(form.get('method')), text = 'ordered in the console';
    return {method, next: Number(form.get('next')), ...(method === 'PUT' || method === 'GET' ? {respondWith: {status: 503, text}} : {failWith: {code: Number(form.get('code')), message: text}})};
  }
}
