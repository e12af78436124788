// What a job took of its machine, out of the stats that its runner writes.
import {address, job as at} from '../api.js';
import {el, fill} from '../dom.js';
import {duration, size} from '../format.js';

const SPACE = 'http://www.w3.org/2000/svg';
const WIDTH = 720, HEIGHT = 150, MOST_POINTS = 700;

/** @param {import('../app.js').View} view @param {any} job @param {HTMLElement} place */
export async function machine(view, job, place) {
  let last = 0;
  const draw = async (/** @type {any} */ now) => {
    last = Date.now();
    const [stats, gpus] = await Promise.all(['.docker_stats.tsv', '.gpu_stats.tsv'].map(source => rows(now.id, source)));
    fill(place, stats.length || gpus.length ? [
      chart('CPU', stats, 'cpu_percent', value => value.toFixed(0) + ' %'),
      chart('Memory', stats, 'memory_bytes', size, 'memory_limit_bytes'),
      chart('Processes', stats, 'processes', String),
      ...Object.keys(gpus[0] ?? {}).filter(name => /util|memory\.used|memory_used/.test(name)).map(name => chart('GPU ' + name, gpus, name, value => value.toFixed(0))),
    ] : el('p', {class: 'empty'}, 'There are no figures of this job: scripted jobs have none, and others after a few seconds.'));
  };
  await draw(job);
  const ticking = setInterval(() => { if (!job.finishedAt && Date.now() - last > 4000) draw(job).catch(() => {}); }, 5000);
  view.onLeave(() => clearInterval(ticking));
  return async (/** @type {any} */ now) => { job = now; await draw(now); };
}

/** @param {string} id @param {string} source @returns {Promise<Record<string, string>[]>} */
async function rows(id, source) {
  const answer = await fetch(address(at(id) + '/log/text', {source}));
  if (!answer.ok) return [];
  const [head, ...lines] = (await answer.text()).split('\n').filter(Boolean).map(line => line.split('\t'));
  return lines.filter(line => line.length === head.length).map(line => Object.fromEntries(head.map((name, i) => [name, line[i]])));
}

/** @param {string} title @param {Record<string, string>[]} all @param {string} name @param {(value: number) => string} told @param {string} [limitName] */
function chart(title, all, name, told, limitName) {
  const points = all.map(row => ({at: Date.parse(row.time ?? row.timestamp), value: parseFloat(row[name])})).filter(point => Number.isFinite(point.at) && Number.isFinite(point.value));
  if (!points.length) return null;
  const limit = limitName ? Number(all[all.length - 1][limitName]) : 0;
  const peak = points.reduce((most, point) => Math.max(most, point.value), 0);
  const top = Math.max(peak, limit && peak > limit / 8 ? limit : 0) * 1.08 || 1;
  const from = points[0].at, span = Math.max(1, points[points.length - 1].at - from);
  const x = (/** @type {number} */ at) => (at - from) / span * WIDTH;
  const y = (/** @type {number} */ value) => HEIGHT - value / top * HEIGHT;
  const step = Math.ceil(points.length / MOST_POINTS);
  const path = [];
  for (let i = 0; i < points.length; i += step) {
    const group = points.slice(i, i + step);
    path.push(`${x(group[0].at).toFixed(1)},${y(Math.max(...group.map(point => point.value))).toFixed(1)}`);
  }
  if (path.length === 1) path.push(`${WIDTH},${path[0].split(',')[1]}`);
  const drawing = svg('svg', {viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', role: 'img', class: 'chart', 'aria-label': `${title}: at most ${told(peak)} in ${duration(span)}`},
    svg('polygon', {class: 'area', points: `0,${HEIGHT} ${path.join(' ')} ${path[path.length - 1].split(',')[0]},${HEIGHT}`}),
    svg('polyline', {class: 'curve', points: path.join(' ')}),
    limit && limit <= top ? svg('line', {class: 'limit', x1: 0, x2: WIDTH, y1: y(limit), y2: y(limit)}) : null);
  return [el('h2', {}, title), el('div', {class: 'card'}, drawing, el('div', {class: 'legend'}, el('span', {}, 'Most: ' + told(peak)), el('span', {}, 'Last: ' + told(points[points.length - 1].value)), limit ? el('span', {}, 'Limit: ' + told(limit)) : null, el('span', {}, 'Over ' + duration(span))))];
}

/** @param {string} name @param {Record<string, any>} set @param {...(Element | null | false | 0)} children */
function svg(name, set, ...children) {
  const node = document.createElementNS(SPACE, name);
  for (const [key, value] of Object.entries(set)) node.setAttribute(key, String(value));
  node.append(.../** @type {Element[]} */ (children.filter(Boolean)));
  return node;
}
