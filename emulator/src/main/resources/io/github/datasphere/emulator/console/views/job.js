// One job: what happened and why, its log, files and parameters, and what can be done with it.
import {Refusal, get, job as at} from '../api.js';
import {plain} from '../ansi.js';
import {el, fill} from '../dom.js';
import {date, duration, isActive, signal, tone, words} from '../format.js';
import {actions} from './actions.js';
import {files} from './files.js';
import {log} from './log.js';
import {machine} from './machine.js';
import {progress} from './jobs.js';
import {parameters} from './parameters.js';

const TABS = {'': 'Overview', log: 'Log', files: 'Files', machine: 'Machine', parameters: 'Parameters'};

const MOST_LAST = 12;

/** @param {import('../app.js').View} view */
export async function job(view) {
  const id = view.path[1], tab = view.path[2] ?? '';
  // What changes while this view is made must not be missed
  let update = /** @type {any} */ (null), missed = false;
  view.onChange(event => {
    if (event.jobId && event.jobId !== id) return;
    if (!update) { missed = true; return; }
    return refresh();
  });
  let [now, course] = await read(id);
  document.title = (now.name || id) + ' – Jobs Emulator';
  const head = el('div'), place = el('div');
  const base = '#/jobs/' + encodeURIComponent(id);
  fill(view.place, head,
    el('div', {class: 'tabs', role: 'navigation', 'aria-label': 'Of this job'}, Object.entries(TABS).map(([name, title]) =>
      el('a', {href: base + (name ? '/' + name : ''), 'aria-current': name === tab ? 'page' : null}, title))),
    place);
  const show = {log, files, machine, parameters}[tab] ?? overview;
  drawHead();
  update = await show(view, now, place, () => course) ?? (() => {});
  // If the server is gone by now, what is here stays: the next event loads it
  if (missed) await refresh().catch((/** @type {any} */ failure) => { if (!(failure instanceof Refusal)) throw failure; });

  async function refresh() {
    try {
      [now, course] = await read(id);
      drawHead();
      await update(now);
    } catch (failure) {
      if (failure.status !== 404) throw failure;
      fill(head, el('div', {class: 'card'}, el('h1', {}, 'This job was deleted'), el('p', {class: 'quiet'}, 'What was loaded before stays below. ', el('a', {href: '#/jobs'}, 'All jobs'))));
    }
  }

  function drawHead() {
    fill(head,
      el('div', {class: 'row'}, el('h1', {}, now.name || id), el('span', {class: 'status ' + tone(now.status)}, words(now.status)), el('span', {class: 'space'}), el('div', {class: 'row tools'}, actions(view, now))),
      el('div', {class: 'quiet'}, el('span', {class: 'mono'}, id), now.parentJobId ? [' · cloned from ', el('a', {href: '#/jobs/' + encodeURIComponent(now.parentJobId)}, now.parentJobId)] : null),
      isActive(now.status) && course.report ? el('p', {}, progress(course.report), course.report.text ?? '') : null,
      now.statusDetails ? el('p', {}, now.statusDetails) : null);
  }
}

/** A job, and what became of it. @param {string} id */
const read = id => Promise.all([get(at(id)), get(at(id) + '/course')]);

/** @param {import('../app.js').View} view @param {any} job @param {HTMLElement} place @param {() => any} course */
async function overview(view, job, place, course) {
  const draw = async (/** @type {any} */ now) => {
    const [timeline, system, last] = await Promise.all([
      get(at(now.id) + '/timeline').catch(() => ({})),
      get(at(now.id) + '/log/search', {text: '.', regex: 1, source: 'system', limit: 300}).catch(() => ({})),
      now.status === 'ERROR' ? lastLines(now.id).catch(() => []) : []]);
    const events = [
      {at: now.createdAt, text: 'Created'},
      ...(timeline.events ?? []).filter((/** @type {any} */ e) => !e.text.startsWith('log: ')),
      ...(system.hits ?? []).map((/** @type {any} */ hit) => ({at: hit.at, text: 'system.log: ' + hit.text})),
      ...((timeline.events ?? []).some((/** @type {any} */ e) => e.text.includes(' -> ')) ? [] : [now.startedAt && {at: now.startedAt, text: 'The command began'}, now.finishedAt && {at: now.finishedAt, text: 'Ended: ' + words(now.status)}].filter(Boolean)),
    ].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
    fill(place,
      el('div', {class: 'card'}, phases(now, timeline.events ?? [], new Date(view.now()).toISOString()),
        el('ul', {class: 'events'}, events.map(event => el('li', {}, el('time', {datetime: event.at, title: date(event.at)}, offset(event.at, now.createdAt)), el('span', {}, event.text))))),
      el('h2', {}, 'How it ended'), el('div', {class: 'card'}, ending(now, course())),
      last.length ? [el('h2', {}, 'The end of its log'), el('div', {class: 'card'}, el('pre', {}, last.join('\n')), el('p', {}, el('a', {href: '#' + at(now.id) + '/log'}, 'The whole log')))] : null);
  };
  await draw(job);
  return draw;
}

/** What a job printed last: most often why it failed. @param {string} id */
async function lastLines(id) {
  const page = await get(at(id) + '/log', {before: 'end', maxBytes: 16384});
  const text = (page.records ?? []).filter((/** @type {any} */ one) => ['stdout', 'stderr'].includes(one.source)).map((/** @type {any} */ one) => one.text).join('');
  return plain(text).split('\n').map(line => line.replace(/\r$/, '').split('\r').pop()).filter(Boolean).slice(-MOST_LAST);
}

/** @param {string} at @param {string} start */
function offset(at, start) {
  const millis = Date.parse(at) - Date.parse(start);
  return millis < 1 ? 'at once' : '+ ' + duration(millis);
}

/** @param {any} job @param {any[]} events @param {string} now */
function phases(job, events, now) {
  const when = (/** @type {string} */ status) => events.find(event => event.text.includes('-> ' + status))?.at;
  const end = job.finishedAt ?? (job.startedAt ? now : null);
  const begun = job.startedAt ?? when('EXECUTING');
  const saving = when('UPLOADING_OUTPUT');
  const marks = [
    {name: 'Waiting and preparing', kind: 'waiting', from: job.createdAt, to: begun ?? end},
    {name: 'Running', kind: 'running', from: begun, to: saving ?? end},
    {name: 'Storing outputs', kind: 'saving', from: saving, to: end},
  ].filter(mark => mark.from && mark.to).map(mark => ({...mark, millis: Math.max(0, Date.parse(mark.to) - Date.parse(mark.from))}));
  if (!marks.length) return el('p', {class: 'quiet'}, isActive(job.status) ? 'It waits for its turn.' : 'It was not executed yet.');
  const bar = el('div', {class: 'phases', role: 'img', 'aria-label': marks.map(mark => `${mark.name} ${duration(mark.millis)}`).join(', ')}, marks.map(mark => el('span', {class: mark.kind})));
  marks.forEach((mark, i) => { bar.children[i].style.flex = `${Math.max(mark.millis, 1)} 1 0`; });
  return [bar, el('div', {class: 'legend'}, marks.map(mark => el('span', {}, `${mark.name}: ${duration(mark.millis)}`)))];
}

/** @param {any} job @param {any} course */
function ending(job, course) {
  const exit = course.exit, by = signal(exit);
  const errors = job.fileErrors ?? [];
  return el('dl', {},
    el('dt', {}, 'Status'), el('dd', {}, words(job.status)),
    exit ? [el('dt', {}, 'Exit code'), el('dd', {}, String(exit.code ?? 0))] : null,
    by ? [el('dt', {}, 'Signal'), el('dd', {}, by)] : null,
    exit?.why ? [el('dt', {}, 'Known of it'), el('dd', {}, exit.why)] : null,
    course.cancelledBy ? [el('dt', {}, 'Cancelled by'), el('dd', {}, course.cancelledBy)] : null,
    job.statusDetails ? [el('dt', {}, 'Because'), el('dd', {}, job.statusDetails)] : null,
    job.finishedAt ? [el('dt', {}, 'At'), el('dd', {}, date(job.finishedAt))] : null,
    errors.length ? [el('dt', {}, 'Files'), el('dd', {}, errors.map((/** @type {any} */ error) => el('div', {}, `${error.outputFileDesc?.path ?? error.logFileName}: ${error.description}`)))] : null,
    el('dt', {}, 'Data'), el('dd', {}, job.dataCleared ? 'cleared' : job.dataExpiresAt ? 'kept until ' + date(job.dataExpiresAt) : 'kept'));
}
