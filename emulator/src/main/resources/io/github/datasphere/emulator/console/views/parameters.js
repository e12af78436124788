// What a job was asked to do.
import {copy, el, fill} from '../dom.js';
import {date, size} from '../format.js';

/** @param {import('../app.js').View} view @param {any} job @param {HTMLElement} place */
export async function parameters(view, job, place) {
  const draw = (/** @type {any} */ now) => {
    const asked = now.jobParameters ?? {};
    const env = asked.env ?? {};
    fill(place,
      el('h2', {}, 'Command'), el('div', {class: 'card'}, el('pre', {}, asked.cmd ?? ''), el('p', {class: 'row'}, el('button', {click: () => copy(asked.cmd ?? '')}, 'Copy'))),
      el('h2', {}, 'Parameters'),
      el('div', {class: 'card'}, el('dl', {}, [
        ['Created', date(now.createdAt)], ['By', now.createdById], ['Project', now.projectId], ['Description', now.desc],
        ['Instance types', (asked.cloudInstanceTypes ?? []).map((/** @type {any} */ t) => t.name).join(', ')],
        ['Runs on', now.actualCloudInstanceType?.name],
        ['Image', env.dockerImageSpec?.imageUrl ?? env.dockerImageResourceId], ['Python', env.pythonEnv?.pythonVersion],
        ['Working storage', asked.extendedWorkingStorage && asked.extendedWorkingStorage.sizeGb + ' GB'],
        ['Datasets', (asked.datasetIds ?? []).join(', ')], ['S3 mounts', (asked.s3MountIds ?? []).join(', ')],
        ['Data', size(Number(now.dataSizeBytes ?? 0))],
      ].filter(([, value]) => value).map(([name, value]) => [el('dt', {}, name), el('dd', {}, value)]))),
      pairs('Arguments', (asked.arguments ?? []).map((/** @type {any} */ a) => [a.name, a.value])),
      pairs('Variables', Object.entries(env.vars ?? {})),
      env.pythonEnv?.condaYaml ? [el('h2', {}, 'Conda'), el('div', {class: 'card'}, el('pre', {}, env.pythonEnv.condaYaml))] : null,
      env.pythonEnv?.requirements ? [el('h2', {}, 'Requirements'), el('div', {class: 'card'}, el('pre', {}, env.pythonEnv.requirements.join('\n')))] : null,
      now.config ? [el('h2', {}, 'Configuration file'), el('div', {class: 'card'}, el('pre', {}, now.config))] : null);
  };
  draw(job);
  return draw;
}

/** @param {string} title @param {any[]} all */
function pairs(title, all) {
  return all.length ? [el('h2', {}, title), el('div', {class: 'card'}, el('dl', {class: 'mono'}, all.map(([name, value]) => [el('dt', {}, name), el('dd', {}, value)])))] : null;
}
