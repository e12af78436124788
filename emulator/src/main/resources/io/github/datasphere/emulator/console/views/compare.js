// Two jobs side by side: only what differs.
import {address, get, job as at} from '../api.js';
import {el, fill} from '../dom.js';
import {duration, size, words} from '../format.js';
import {plain} from '../ansi.js';

const PART = 1 << 20, MOST_LINES = 200000, AROUND = 3;

/** @param {import('../app.js').View} view */
export async function compare(view) {
  const ids = view.path.slice(1, 3);
  const jobs = await Promise.all(ids.map(id => get(at(id))));
  const files = await Promise.all(ids.map(async id => (await get(at(id) + '/files')).files ?? []));
  const peaks = await Promise.all(ids.map(peak));
  const sides = jobs.map((job, i) => ({...facts(job, files[i]), ...(peaks[i] ? {'Most memory': size(peaks[i])} : {})}));
  const logs = el('div', {}, el('p', {class: 'quiet'}, 'Comparing.'));
  let left = false;
  const names = [...new Set(sides.flatMap(side => Object.keys(side)))];
  const differ = names.filter(name => sides[0][name] !== sides[1][name]);
  fill(view.place,
    el('h1', {}, 'Compare'), el('p', {class: 'quiet'}, `${differ.length} of ${names.length} facts differ; only these are shown.`),
    el('div', {class: 'card scroll'}, el('table', {},
      el('thead', {}, el('tr', {}, el('th', {scope: 'col'}, ''), jobs.map(job => el('th', {scope: 'col'}, el('a', {href: '#/jobs/' + encodeURIComponent(job.id)}, job.name || job.id))))),
      el('tbody', {}, differ.map(name => el('tr', {}, el('th', {scope: 'row'}, name), sides.map(side => el('td', {class: 'wide'}, el('pre', {}, side[name] ?? '–')))))))),
    el('h2', {}, 'Output'), logs);
  view.onLeave(() => { left = true; });
  fill(logs, await firstDifference(ids, jobs, () => left).catch(failure => el('p', {class: 'quiet'}, failure.message)));
}

/** The most memory that a job took; 0 if that is not known. @param {string} id */
async function peak(id) {
  const answer = await fetch(address(at(id) + '/log/text', {source: '.docker_stats.tsv'}));
  if (!answer.ok) return 0;
  const [head, ...rows] = (await answer.text()).split('\n').filter(Boolean).map(line => line.split('\t'));
  const column = (head ?? []).indexOf('memory_bytes');
  return column < 0 ? 0 : rows.reduce((most, row) => Math.max(most, Number(row[column]) || 0), 0);
}

/** The lines of stdout, part by part. @param {string} id */
async function* linesOf(id) {
  let offset = 0, rest = '', key = '0.0', ended = false;
  while (!ended) {
    const page = await get(at(id) + '/log', {offset, maxBytes: PART});
    for (const record of page.records ?? []) {
      if (record.source !== 'stdout') continue;
      let line = 0;
      if (!rest) key = `${record.offset ?? 0}.0`;
      for (let from = 0, text = record.text ?? ''; ;) {
        const stop = text.indexOf('\n', from);
        if (stop < 0) { rest += text.slice(from); break; }
        yield {key, text: rest + text.slice(from, stop)};
        rest = '';
        from = stop + 1;
        key = `${record.offset ?? 0}.${++line}`;
      }
    }
    ended = Number(page.nextOffset ?? 0) <= offset || Number(page.nextOffset ?? 0) >= Number(page.end ?? 0);
    offset = Number(page.nextOffset ?? 0);
  }
  if (rest) yield {key, text: rest};
}

/** Both outputs side by side from their first difference on. @param {string[]} ids @param {any[]} jobs @param {() => boolean} isLeft */
async function firstDifference(ids, jobs, isLeft) {
  const both = ids.map(linesOf);
  const before = /** @type {string[]} */ ([]);
  for (let number = 1; number <= MOST_LINES && !isLeft(); number++) {
    const [one, other] = await Promise.all(both.map(lines => lines.next()));
    if (one.done && other.done) return el('p', {class: 'quiet'}, `Both wrote the same ${number - 1} lines to stdout.`);
    if (one.value?.text === other.value?.text) {
      before.push(plain(one.value.text));
      if (before.length > AROUND) before.shift();
      continue;
    }
    const after = await Promise.all([one, other].map(async (first, i) => {
      const found = first.done ? [] : [first.value];
      while (found.length && found.length < AROUND) { const next = await both[i].next(); if (next.done) break; found.push(next.value); }
      return found;
    }));
    return [el('p', {class: 'quiet'}, `stdout differs from line ${number} on.`),
      el('div', {class: 'grid'}, after.map((found, i) => el('div', {class: 'card'}, el('p', {}, el('a', {href: `#/jobs/${encodeURIComponent(ids[i])}/log${found.length ? '?at=' + found[0].key : ''}`}, jobs[i].name || ids[i])),
        el('pre', {}, el('span', {class: 'quiet'}, before.map(line => line + '\n').join('')), found.length ? found.map((line, n) => n ? plain(line.text) + '\n' : [el('mark', {}, plain(line.text)), '\n']) : el('mark', {}, 'ends here')))))];
  }
  return el('p', {class: 'quiet'}, `The first ${MOST_LINES} lines of stdout are the same; the rest was not compared.`);
}

/** @param {any} job @param {any[]} files @returns {Record<string, string>} */
function facts(job, files) {
  const asked = job.jobParameters ?? {};
  const env = asked.env ?? {};
  /** @type {Record<string, string>} */
  const all = {
    Name: job.name, Status: words(job.status), Because: job.statusDetails, Command: asked.cmd, Project: job.projectId,
    Type: job.actualCloudInstanceType?.name ?? (asked.cloudInstanceTypes ?? []).map((/** @type {any} */ t) => t.name).join(', '),
    Ran: job.startedAt && job.finishedAt ? duration(Date.parse(job.finishedAt) - Date.parse(job.startedAt)) : '',
    Image: env.dockerImageSpec?.imageUrl ?? env.dockerImageResourceId, Python: env.pythonEnv?.pythonVersion,
    Requirements: (env.pythonEnv?.requirements ?? []).join('\n'), Conda: env.pythonEnv?.condaYaml, Configuration: job.config,
  };
  for (const one of asked.arguments ?? []) all['Argument ' + one.name] = one.value;
  for (const [name, value] of Object.entries(env.vars ?? {})) all['Variable ' + name] = String(value);
  for (const file of files) all[`${file.kind} ${file.path || file.var}`] = 'sha256 ' + file.sha256.slice(0, 16);
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value));
}
