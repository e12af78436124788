// Two jobs side by side: only what differs.
import {get, job as at} from '../api.js';
import {el, fill} from '../dom.js';
import {duration, words} from '../format.js';

/** @param {import('../app.js').View} view */
export async function compare(view) {
  const ids = view.path.slice(1, 3);
  const jobs = await Promise.all(ids.map(id => get(at(id))));
  const files = await Promise.all(ids.map(async id => (await get(at(id) + '/files')).files ?? []));
  const sides = jobs.map((job, i) => facts(job, files[i]));
  const names = [...new Set(sides.flatMap(side => Object.keys(side)))];
  const differ = names.filter(name => sides[0][name] !== sides[1][name]);
  fill(view.place,
    el('h1', {}, 'Compare'), el('p', {class: 'quiet'}, `${differ.length} of ${names.length} facts differ; only these are shown.`),
    el('div', {class: 'card scroll'}, el('table', {},
      el('thead', {}, el('tr', {}, el('th', {scope: 'col'}, ''), jobs.map(job => el('th', {scope: 'col'}, el('a', {href: '#/jobs/' + encodeURIComponent(job.id)}, job.name || job.id))))),
      el('tbody', {}, differ.map(name => el('tr', {}, el('th', {scope: 'row'}, name), sides.map(side => el('td', {class: 'wide'}, el('pre', {}, side[name] ?? '–')))))))));
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
