// Files of a job: what there is, looked at here or downloaded.
import {address, get, job as at} from '../api.js';
import {el, fill} from '../dom.js';
import {size} from '../format.js';

const MOST_SHOWN = 256 * 1024;
const IMAGES = /\.(png|jpe?g|gif|webp|svg)$/i;
const TABLES = /\.(csv|tsv)$/i;

/** @param {import('../app.js').View} view @param {any} job @param {HTMLElement} place */
export async function files(view, job, place) {
  const look = el('div');
  const draw = async (/** @type {any} */ now) => {
    const all = (await get(at(now.id) + '/files')).files ?? [];
    fill(place,
      el('div', {class: 'card scroll'}, all.length
        ? el('table', {}, el('thead', {}, el('tr', {}, ['File', 'Kind', 'Size', 'sha256', ''].map((name, i) => el('th', {scope: 'col', class: i === 3 ? 'optional' : ''}, name)))),
          el('tbody', {}, all.map((/** @type {any} */ file) => row(now, file))))
        : el('p', {class: 'empty'}, 'This job has no files.')),
      !view.facts.readOnly && all.some((/** @type {any} */ file) => file.there) ? el('p', {class: 'row'}, el('a', {href: address(at(now.id) + '/files.zip'), download: true}, 'Download all as one zip')) : null,
      look);
  };
  await draw(job);
  const asked = view.query.get('file');
  const wanted = asked && ((await get(at(job.id) + '/files')).files ?? []).find((/** @type {any} */ file) => nameOf(file) === asked && file.there);
  if (wanted) await show(job, wanted);
  return draw;

  function row(/** @type {any} */ now, /** @type {any} */ file) {
    const name = nameOf(file);
    return el('tr', {},
      el('td', {class: 'wide mono'}, name), el('td', {}, file.kind), el('td', {class: 'number'}, size(Number(file.sizeBytes ?? 0))),
      el('td', {class: 'mono optional', title: file.sha256}, file.sha256.slice(0, 12)),
      el('td', {}, file.there
        ? el('div', {class: 'row'}, file.archive ? null : el('button', {click: () => show(now, file)}, 'Look'), el('a', {href: address(contentOf(now, file), {name: name + (file.archive ? '.zip' : '')}), download: true}, 'Download'))
        : el('span', {class: 'quiet'}, now.dataCleared ? 'cleared' : view.facts.readOnly ? 'not saved' : 'not stored')));
  }

  async function show(/** @type {any} */ now, /** @type {any} */ file) {
    const name = nameOf(file), bytes = Number(file.sizeBytes ?? 0);
    const source = address(contentOf(now, file), {name, show: 1});
    view.go(at(now.id) + '/files', {file: name}, true);
    fill(look, el('h2', {}, name), el('div', {class: 'card'}, el('p', {class: 'quiet'}, 'Reading.')));
    const card = look.lastElementChild;
    if (IMAGES.test(name)) { fill(card, el('img', {class: 'shown', src: source, alt: name})); return; }
    const answer = await fetch(source);
    const head = new Uint8Array(await beginning(answer));
    if (head.includes(0)) { fill(card, el('p', {class: 'quiet'}, 'Binary content: download it.')); return; }
    const text = new TextDecoder().decode(head);
    fill(card,
      /\.html?$/i.test(name) ? el('p', {}, el('a', {href: source, target: '_blank', rel: 'noopener'}, 'Open as a page'), el('span', {class: 'quiet'}, ' in a tab without scripts and without rights')) : null,
      TABLES.test(name) ? table(text, name) : el('pre', {}, /\.json$/i.test(name) ? pretty(text) : text),
      bytes > MOST_SHOWN ? el('p', {class: 'quiet'}, `The first ${size(MOST_SHOWN)} of ${size(bytes)}.`) : null);
  }
}

/** @param {any} file */
const nameOf = file => file.path || file.var;

/** @param {any} job @param {any} file */
const contentOf = (job, file) => at(job.id) + '/files/' + file.sha256;

/** @param {Response} answer */
async function beginning(answer) {
  const reader = /** @type {ReadableStream} */ (answer.body).getReader();
  const parts = [];
  let had = 0;
  while (had < MOST_SHOWN) {
    const {done, value} = await reader.read();
    if (done) break;
    parts.push(value);
    had += value.length;
  }
  reader.cancel();
  return (await new Blob(parts).arrayBuffer()).slice(0, MOST_SHOWN);
}

/** @param {string} text */
function pretty(text) {
  try { return JSON.stringify(JSON.parse(text), null, 2) } catch { return text }
}

/** @param {string} text @param {string} name */
function table(text, name) {
  const by = name.toLowerCase().endsWith('tsv') ? '\t' : ',';
  const rows = text.split(/\r?\n/).filter(Boolean).slice(0, 200).map(line => cells(line, by));
  return el('div', {class: 'scroll'}, el('table', {}, el('thead', {}, el('tr', {}, (rows[0] ?? []).map(cell => el('th', {scope: 'col'}, cell)))),
    el('tbody', {}, rows.slice(1).map(row => el('tr', {}, row.map(cell => el('td', {class: 'mono'}, cell)))))));
}

/** @param {string} line @param {string} by */
function cells(line, by) {
  const all = [];
  let cell = '', inside = false;
  for (let i = 0; i < line.length; i++) {
    if (line[i] === '"') { if (inside && line[i + 1] === '"') { cell += '"'; i++; } else inside = !inside; }
    else if (line[i] === by && !inside) { all.push(cell); cell = ''; }
    else cell += line[i];
  }
  return [...all, cell];
}
