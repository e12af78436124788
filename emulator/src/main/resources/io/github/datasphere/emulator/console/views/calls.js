// Every call of the service: when, what came of it, and its messages.
import {get} from '../api.js';
import {copy, el, fill} from '../dom.js';
import {date, quoted} from '../format.js';

const CODES = ['OK', 'CANCELLED', 'UNKNOWN', 'INVALID_ARGUMENT', 'DEADLINE_EXCEEDED', 'NOT_FOUND', 'ALREADY_EXISTS', 'PERMISSION_DENIED', 'RESOURCE_EXHAUSTED', 'FAILED_PRECONDITION', 'ABORTED', 'OUT_OF_RANGE', 'UNIMPLEMENTED', 'INTERNAL', 'UNAVAILABLE', 'DATA_LOSS', 'UNAUTHENTICATED'];
const MOST = 1000;

/** @param {import('../app.js').View} view */
export async function calls(view) {
  const chosen = view.path[1];
  /** @type {Map<string, any>} */
  let known = new Map();
  const body = el('tbody'), detail = el('div'), empty = el('p', {class: 'empty'}, 'No calls yet. They are noted from the first look at the console on.');
  const filter = el('input', {type: 'search', 'aria-label': 'Filter calls', placeholder: 'Method, code, client or text', value: view.query.get('query') ?? '', input: () => { view.go('/calls', {query: filter.value}, true); draw(); }});
  fill(view.place,
    el('div', {class: 'row'}, el('h1', {}, 'Calls'), el('span', {class: 'space'}), filter),
    el('p'), el('div', {class: 'card scroll'}, el('table', {}, el('thead', {}, el('tr', {}, ['#', 'At', 'Call', 'Result', 'Client'].map((name, i) => el('th', {scope: 'col', class: i === 4 ? 'optional' : ''}, name)))), body), empty), detail);
  await load();
  if (chosen && known.has(chosen)) show(known.get(chosen));
  const ticking = setInterval(() => load().catch(() => {}), 2000);
  view.onLeave(() => clearInterval(ticking));

  async function load() {
    /** @type {Map<string, any>} */
    const all = new Map();
    let token = '';
    do {
      const page = await get('/calls', {pageSize: 1000, pageToken: token});
      for (const call of page.exchanges ?? []) all.set(call.number, call);
      token = page.nextPageToken ?? '';
    } while (token);
    const before = JSON.stringify([...known.values()].map(call => [call.number, call.replies, call.status]));
    known = all;
    if (before !== JSON.stringify([...all.values()].map(call => [call.number, call.replies, call.status])) || !body.firstChild) draw();
  }

  function draw() {
    const words = filter.value.toLowerCase();
    const fit = [...known.values()].filter(call => !words || (result(call) + JSON.stringify(call)).toLowerCase().includes(words)).reverse().slice(0, MOST);
    fill(body, fit.map(call => el('tr', {class: 'choose', click: () => show(call)},
      el('td', {class: 'number quiet'}, call.number), el('td', {}, date(call.at)),
      el('td', {class: 'wide'}, el('a', {href: '#/calls/' + call.number, click: (/** @type {Event} */ event) => { event.preventDefault(); show(call); }}, call.method), el('span', {class: 'quiet'}, ' ' + call.service)),
      el('td', {}, el('span', {class: 'status ' + (!call.status ? 'busy' : call.status.code ? 'bad' : 'good')}, result(call))),
      el('td', {class: 'optional quiet wide'}, call.client))));
    empty.hidden = fit.length > 0;
    if (known.size && !fit.length) empty.textContent = 'No call fits.';
  }

  function show(/** @type {any} */ call) {
    view.go('/calls/' + call.number, {query: filter.value}, true);
    const request = stripped(call.request);
    fill(detail,
      el('h2', {}, `#${call.number} ${call.service}/${call.method}`),
      el('div', {class: 'row'},
        el('button', {click: () => copy(grpcurl(call, request))}, 'Copy as grpcurl'),
        el('button', {click: () => copy(python(call, request))}, 'Copy as Python'),
        el('button', {click: () => copy(JSON.stringify(request, null, 2))}, 'Copy request'),
        el('button', {click: () => { detail.replaceChildren(); view.go('/calls', {query: filter.value}, true); }}, 'Close')),
      el('div', {class: 'grid'},
        el('div', {}, el('h2', {}, 'Request'), el('div', {class: 'card'}, el('pre', {}, JSON.stringify(request, null, 2)))),
        el('div', {}, el('h2', {}, Number(call.replies ?? 0) > 1 ? `Last of ${call.replies} answers` : 'Answer'),
          el('div', {class: 'card'}, call.status?.code ? el('p', {class: 'status bad'}, `${result(call)}: ${call.status.message ?? ''}`) : null, el('pre', {}, call.reply ? JSON.stringify(stripped(call.reply), null, 2) : 'none')))));
    detail.scrollIntoView({block: 'nearest'});
  }
}

/** @param {any} call */
const result = call => call.status ? CODES[call.status.code ?? 0] ?? String(call.status.code) : 'goes on';

/** @param {any} any */
function stripped(any) {
  if (!any) return {};
  const {'@type': type, ...fields} = any;
  return type && Object.keys(fields).length === 1 && 'value' in fields ? fields.value : fields;
}

const PACKAGES = /** @type {Record<string, string>} */ ({ProjectJobService: 'yandex.cloud.datasphere.v2.jobs', ProjectService: 'yandex.cloud.datasphere.v2', OperationService: 'yandex.cloud.operation', IamTokenService: 'yandex.cloud.iam.v1', ApiEndpointService: 'yandex.cloud.endpoint'});

/** @param {any} call @param {any} request */
const grpcurl = (call, request) => `grpcurl -plaintext -H "authorization: Bearer $YC_IAM_TOKEN" \\\n  -d ${quoted(JSON.stringify(request))} \\\n  "$DATASPHERE_EMULATOR_GRPC" ${PACKAGES[call.service] ?? ''}.${call.service}/${call.method}`;

/** @param {any} call @param {any} request */
function python(call, request) {
  const place = call.service === 'OperationService' ? 'yandex.cloud.operation.operation_service' : 'yandex.cloud.datasphere.v2.jobs.project_job_service';
  const name = call['request']?.['@type']?.split('.').pop() ?? call.method + 'Request';
  return `import os, grpc\nfrom google.protobuf import json_format\nfrom ${place}_pb2 import ${name}\nfrom ${place}_pb2_grpc import ${call.service}Stub\n\n`
    + `channel = grpc.insecure_channel(os.environ["DATASPHERE_EMULATOR_GRPC"])\nrequest = json_format.Parse(${JSON.stringify(JSON.stringify(request))}, ${name}())\n`
    + `print(${call.service}Stub(channel).${call.method}(request, metadata=[("authorization", "Bearer " + os.environ["YC_IAM_TOKEN"])]))`;
}
