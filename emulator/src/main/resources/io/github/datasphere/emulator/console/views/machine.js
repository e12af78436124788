// What a job took of its machine, out of the stats that its runner writes. Charts are uPlot's, loaded when first needed.
import {job as at, read} from '../api.js';
import {el, fill} from '../dom.js';
import {duration, size} from '../format.js';

const HEIGHT = 170, MOST_POINTS = 1500, EVERY = 5000;
const rate = (/** @type {number} */ value) => size(Math.round(value)) + '/s';

/** Steps of an axis of bytes. */
const DOUBLES = Array.from({length: 50}, (_, i) => 2 ** i);

/** @typedef {{title: string, told: (value: number) => string, series: {name: string, tone: string, values: (number | null)[]}[], limit?: number}} Chart */

/** @type {Promise<any> | null} */
let library = null;

/** Loads uPlot once. @returns {Promise<any>} */
function charts() {
  library ??= Promise.all([part('link', {rel: 'stylesheet', href: 'vendor/uplot.css'}), part('script', {src: 'vendor/uplot.js'})])
    .then(() => /** @type {any} */ (window).uPlot, failure => { library = null; throw failure; });
  return library;
}

/** Loads a style or a script; what was broken off is asked for again. @param {string} name @param {Record<string, any>} set */
function part(name, set, left = 3) {
  return new Promise((done, failed) => {
    const node = el(name, {...set, load: done, error: () => {
      node.remove();
      if (left > 0) setTimeout(() => part(name, set, left - 1).then(done, failed), 300);
      else failed(new Error('The charts cannot be loaded.'));
    }});
    document.head.append(node);
  });
}

/** @param {import('../app.js').View} view @param {any} job @param {HTMLElement} place */
export async function machine(view, job, place) {
  /** @type {{plot: any, card: HTMLElement}[]} */
  let drawn = [];
  let shape = '', last = 0;
  const widths = new ResizeObserver(() => drawn.forEach(one => one.plot.setSize({width: one.card.clientWidth - 32, height: HEIGHT})));
  const colours = matchMedia('(prefers-color-scheme: dark)');
  const recolour = () => { shape = ''; draw(job).catch(() => {}); };
  colours.addEventListener('change', recolour);
  const end = () => { drawn.forEach(one => one.plot.destroy()); drawn = []; widths.disconnect(); };
  const draw = async (/** @type {any} */ now) => {
    last = performance.now();
    const [stats, gpus] = await Promise.all(['.docker_stats.tsv', '.gpu_stats.tsv'].map(source => rows(now.id, source)));
    const all = [...ofMachine(stats), ...ofGpus(gpus)];
    const times = {stats: moments(stats), gpu: moments(gpus)};
    if (!all.length) {
      fill(place, el('p', {class: 'empty'}, 'There are no figures of this job: scripted jobs have none, and others after a few seconds.'));
      return;
    }
    const uPlot = await charts();
    const other = all.map(chart => chart.title + chart.series.length + (chart.limit ?? '')).join();
    if (other !== shape) {
      end();
      shape = other;
      drawn = [];
      fill(place, all.map(chart => {
        const card = el('div', {class: 'card chart', role: 'img'});
        const legend = el('div', {class: 'legend'});
        card.append(legend);
        drawn.push({plot: null, card});
        return [el('h2', {}, chart.title), card];
      }));
    }
    all.forEach((chart, i) => {
      const x = chart.title.startsWith('GPU') ? times.gpu : times.stats;
      const data = thinned([x, ...chart.series.map(one => one.values), ...(chart.limit ? [x.map(() => chart.limit ?? 0)] : [])]);
      const one = drawn[i];
      if (one.plot) one.plot.setData(data);
      else { one.plot = new uPlot(options(uPlot, chart, one.card.clientWidth - 32), data, one.card); widths.observe(one.card); }
      const told = summary(chart, x);
      one.card.setAttribute('aria-label', `${chart.title}: ${told.join(', ')}`);
      fill(/** @type {Element} */ (one.card.querySelector('.legend')), told.map(text => el('span', {}, text)));
    });
  };
  await draw(job);
  const ticking = setInterval(() => { if (!job.finishedAt && performance.now() - last >= EVERY) draw(job).catch(() => {}); }, EVERY);
  view.onLeave(() => { clearInterval(ticking); colours.removeEventListener('change', recolour); end(); });
  return async (/** @type {any} */ now) => { job = now; if (now.finishedAt || performance.now() - last >= EVERY) await draw(now); };
}

/** @param {Record<string, string>[]} stats @returns {Chart[]} */
function ofMachine(stats) {
  if (!stats.length) return [];
  const limit = Number(stats[stats.length - 1].memory_limit_bytes) || 0;
  const memory = numbers(stats, 'memory_bytes');
  const all = [
    {title: 'CPU', told: (/** @type {number} */ value) => value.toFixed(0) + ' %', series: [{name: 'CPU', tone: 'accent', values: numbers(stats, 'cpu_percent')}]},
    {title: 'Memory', told: size, series: [{name: 'Memory', tone: 'accent', values: memory}], limit},
    {title: 'Processes', told: String, series: [{name: 'Processes', tone: 'accent', values: numbers(stats, 'processes')}]},
  ];
  const received = speed(stats, 'network_received_bytes'), sent = speed(stats, 'network_sent_bytes');
  if (received.some(value => value !== null)) all.push({title: 'Network', told: rate, series: [{name: 'received', tone: 'accent', values: received}, {name: 'sent', tone: 'good', values: sent}]});
  return all.filter(chart => chart.series.some(one => one.values.some(value => value !== null)));
}

/** @param {Record<string, string>[]} gpus @returns {Chart[]} */
function ofGpus(gpus) {
  return Object.keys(gpus[0] ?? {}).filter(name => /util|memory\.used|memory_used|temp/.test(name))
    .map(name => ({title: 'GPU ' + name, told: (/** @type {number} */ value) => value.toFixed(0), series: [{name, tone: 'accent', values: numbers(gpus, name)}]}));
}

/** @param {Record<string, string>[]} all */
const moments = all => all.map(row => Date.parse(row.time ?? row.timestamp) / 1000);
/** @param {Record<string, string>[]} all @param {string} name */
const numbers = (all, name) => all.map(row => { const value = parseFloat(row[name]); return Number.isFinite(value) ? value : null; });

/** Bytes a second out of bytes since the start. @param {Record<string, string>[]} all @param {string} name */
function speed(all, name) {
  const sums = numbers(all, name), at = moments(all);
  return sums.map((sum, i) => i === 0 || sum === null || sums[i - 1] === null ? null : Math.max(0, (sum - /** @type {number} */ (sums[i - 1])) / Math.max(0.001, at[i] - at[i - 1])));
}

/** Of many points each group's highest, so that no peak is lost. @param {(number | null)[][]} data */
function thinned(data) {
  const step = Math.ceil(data[0].length / MOST_POINTS);
  if (step < 2) return data;
  return data.map((values, column) => {
    const kept = [];
    for (let i = 0; i < values.length; i += step) kept.push(column === 0 ? values[i] : values.slice(i, i + step).reduce((most, value) => value === null ? most : most === null ? value : Math.max(most, value), /** @type {number | null} */ (null)));
    return kept;
  });
}

/** @param {Chart} chart @param {number[]} x */
function summary(chart, x) {
  const told = chart.series.flatMap(one => {
    const known = /** @type {number[]} */ (one.values.filter(value => value !== null));
    if (!known.length) return [];
    const name = chart.series.length > 1 ? one.name + ' ' : '';
    return [`${name}most ${chart.told(known.reduce((a, b) => Math.max(a, b)))}`, `${name}last ${chart.told(known[known.length - 1])}`];
  });
  if (chart.limit) told.push('limit ' + chart.told(chart.limit));
  return [...told, 'over ' + duration((x[x.length - 1] - x[0]) * 1000)];
}

/** @param {any} uPlot @param {Chart} chart @param {number} width */
function options(uPlot, chart, width) {
  const style = getComputedStyle(document.documentElement);
  const colour = (/** @type {string} */ name) => style.getPropertyValue('--' + name).trim();
  const axis = {stroke: colour('quiet'), grid: {stroke: colour('line'), width: 1}, ticks: {show: false}, font: '12px ' + style.fontFamily};
  const peak = Math.max(0, ...chart.series.flatMap(one => one.values.map(value => value ?? 0)));
  // A limit far above would press the curve flat: it stands in the legend then
  const withLimit = chart.limit && peak > chart.limit / 8;
  return {
    width, height: HEIGHT, legend: {show: false}, cursor: {sync: {key: 'machine'}, drag: {x: true, y: false}},
    scales: {y: {range: (/** @type {any} */ _, /** @type {number} */ __, /** @type {number} */ most) => [0, Math.max(1e-9, withLimit ? Math.max(most, chart.limit ?? 0) : peakOf(_, chart) || 1) * 1.08]}},
    axes: [axis, {...axis, size: 76, ...(chart.told === size || chart.told === rate ? {incrs: DOUBLES} : {}), values: (/** @type {any} */ _, /** @type {number[]} */ ticks) => ticks.map(tick => chart.told(tick))}],
    series: [{}, ...chart.series.map((one, i) => ({label: one.name, stroke: colour(one.tone), width: 1.5, fill: i === 0 ? colour('accent-soft') : undefined, points: {show: false}})),
      ...(chart.limit ? [{label: 'limit', stroke: colour('bad'), width: 1, dash: [5, 4], points: {show: false}}] : [])],
  };
}

/** @param {any} plot @param {Chart} chart */
const peakOf = (plot, chart) => Math.max(...chart.series.map((_, i) => (plot.data?.[i + 1] ?? []).reduce((/** @type {number} */ most, /** @type {number | null} */ value) => Math.max(most, value ?? 0), 0)));

/** @param {string} id @param {string} source @returns {Promise<Record<string, string>[]>} */
async function rows(id, source) {
  const text = await read(at(id) + '/log/text', {source}).catch(() => '');
  const [head, ...lines] = text.split('\n').filter(Boolean).map(line => line.split('\t'));
  return lines.filter(line => line.length === head.length).map(line => Object.fromEntries(head.map((name, i) => [name, line[i]])));
}
