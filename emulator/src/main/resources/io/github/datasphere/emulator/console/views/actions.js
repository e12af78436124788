// What can be done with a job; each action shows the command that does the same.
import {address, job as at, post, remove, upload} from '../api.js';
import {ask, el, say} from '../dom.js';
import {curl, isActive, size} from '../format.js';
import {sha256} from '../sha256.js';

/** @param {import('../app.js').View} view @param {any} job */
export function actions(view, job) {
  const path = at(job.id);
  const active = isActive(job.status);
  // Jobs out of a file are only looked at
  if (view.facts.readOnly) return [el('button', {click: compare}, 'Compare')];
  return [
    job.status === 'CREATING' && !job.dataCleared ? el('button', {click: () => execute(), title: curl('POST', path + ':execute')}, 'Run') : null,
    el('button', {click: again}, 'Run again'),
    active ? el('button', {click: cancel}, 'Cancel') : null,
    el('button', {click: compare}, 'Compare'),
    !active && !job.dataCleared ? el('button', {click: clear}, 'Clear data') : null,
    !job.dataCleared ? el('button', {click: live}, 'Keep for') : null,
    el('button', {click: save, title: 'As one file, which the console shows later without a server'}, 'Save'),
    active ? null : el('button', {class: 'danger', click: drop}, 'Delete'),
  ];

  function save() {
    ask('Save this job as a file?', [
      el('p', {}, 'Its timeline, calls, log and list of files, to be looked at later, or by somebody else: ', el('code', {}, 'datasphere-emulator console FILE.dsjob')),
      el('label', {}, el('input', {type: 'checkbox', name: 'files', checked: true}), 'With the contents of its files'),
      el('p', {class: 'quiet'}, 'Passwords, tokens and signed URLs are left out. What the job has printed is in it as it is.'),
    ], 'Save', async form => { el('a', {href: address(path + '/saved', {files: form.has('files') ? 1 : ''}), download: ''}).click(); }, form => curl('GET', path + '/saved' + (form.has('files') ? '?files=1' : '')) + ' -OJ');
  }

  async function execute() {
    try { await post(path + ':execute'); } catch (failure) { say(failure.message); }
  }

  function cancel() {
    ask('Cancel this job?', [
      el('p', {}, 'Its command ends, and what it has written until then is kept as the service keeps it.'),
      el('label', {}, el('input', {type: 'checkbox', name: 'graceful'}), 'Gracefully: send its signal first, and wait'),
    ], 'Cancel the job', form => post(path + ':cancel', {graceful: form.has('graceful')}), form => curl('POST', path + ':cancel', {graceful: form.has('graceful')}));
  }

  function compare() {
    ask('Compare with another job', [
      el('label', {class: 'field'}, el('span', {}, 'Its id'), el('input', {name: 'other', required: true, value: job.parentJobId ?? ''})),
    ], 'Compare', async form => view.go('/compare/' + encodeURIComponent(String(form.get('other')).trim()) + '/' + encodeURIComponent(job.id)));
  }

  function drop() {
    ask('Delete this job?', [el('p', {}, 'It is gone with its log and its files.')], 'Delete', async () => {
      await remove(path);
      view.go('/jobs');
    }, curl('DELETE', path));
  }

  function clear() {
    ask('Clear the data of this job?', [el('p', {}, 'Its files and its log are deleted. The job stays in the list.')], 'Clear', () => post(path + ':deleteData'), curl('POST', path + ':deleteData'));
  }

  function live() {
    ask('How long do its data live?', [
      el('label', {class: 'field'}, el('span', {}, 'Days from its end; empty for ever'), el('input', {name: 'days', type: 'number', min: 1, step: 1, value: '14'})),
    ], 'Set', form => post(path + ':setDataTtl', ttl(form)), form => curl('POST', path + ':setDataTtl', ttl(form)));
  }

  /** @param {FormData} form */
  function ttl(form) { return form.get('days') ? {ttl: Number(form.get('days')) * 86400 + 's'} : {}; }

  function again() {
    const asked = job.jobParameters ?? {};
    const named = (asked.arguments ?? []).map((/** @type {any} */ a) => ({...a}));
    const inputs = (asked.inputFiles ?? []).filter((/** @type {any} */ file) => file.compressionType !== 'ZIP');
    ask('Run again', [
      el('p', {class: 'quiet'}, 'A new job with the same files and command. Change what should differ.'),
      el('label', {class: 'field'}, el('span', {}, 'Name'), el('input', {name: 'name', value: job.name ?? ''})),
      named.map((/** @type {any} */ a) => el('label', {class: 'field'}, el('span', {}, 'Argument ' + a.name), el('input', {name: 'arg:' + a.name, value: a.value ?? ''}))),
      el('label', {class: 'field'}, el('span', {}, 'Variables, one NAME=value a line'), el('textarea', {name: 'vars', rows: 3, value: Object.entries(asked.env?.vars ?? {}).map(([k, v]) => k + '=' + v).join('\n')})),
      inputs.length ? el('details', {}, el('summary', {}, 'Files: ' + inputs.length), inputs.map((/** @type {any} */ file, /** @type {number} */ i) =>
        el('label', {class: 'field'}, el('span', {}, `Instead of ${file.desc?.path || file.desc?.var}, ${size(Number(file.sizeBytes ?? 0))}`), el('input', {type: 'file', name: 'file:' + i})))) : null,
      el('label', {class: 'field'}, el('span', {}, 'Instance types, with commas'), el('input', {name: 'types', value: (asked.cloudInstanceTypes ?? []).map((/** @type {any} */ t) => t.name).join(', ')})),
    ], 'Run', async form => {
      const changed = await changedFiles(form, inputs);
      const operation = await post(path + ':clone', overrides(form, named, changed.map(one => one.file)));
      const id = operation.metadata?.jobId ?? operation.response?.id;
      const wanted = new Set((operation.response?.uploadFiles ?? []).map((/** @type {any} */ file) => file.file?.sha256));
      for (const one of changed) if (wanted.has(one.file.sha256)) await upload(at(id) + '/files/' + one.file.sha256, one.content);
      await post(at(id) + ':execute');
      view.go('/jobs/' + id);
    }, form => {
      const put = chosen(form, inputs).map(one => ({desc: one.desc, sha256: 'ITS_SHA256', sizeBytes: String(one.content.size)}));
      return [curl('POST', path + ':clone', overrides(form, named, put)), put.length ? curl('PUT', '/jobs/NEW_ID/files/ITS_SHA256') + ' -T FILE' : '', curl('POST', '/jobs/NEW_ID:execute')].filter(Boolean).join('\n');
    });
  }

  /** The files that the user has chosen in place of the job's. */
  function chosen(/** @type {FormData} */ form, /** @type {any[]} */ inputs) {
    return inputs.map((input, i) => ({desc: input.desc, content: form.get('file:' + i)}))
      .filter(one => one.content instanceof File && one.content.name);
  }

  async function changedFiles(/** @type {FormData} */ form, /** @type {any[]} */ inputs) {
    return Promise.all(chosen(form, inputs).map(async ({desc, content}) =>
      ({content, file: {desc, sha256: await sha256(content), sizeBytes: String(content.size), compressionType: 'NONE'}})));
  }

  function overrides(/** @type {FormData} */ form, /** @type {any[]} */ named, /** @type {any[]} */ inputFiles) {
    const vars = Object.fromEntries(String(form.get('vars')).split('\n').filter(line => line.includes('=')).map(line => [line.slice(0, line.indexOf('=')).trim(), line.slice(line.indexOf('=') + 1)]));
    return {
      name: form.get('name'),
      jobParametersOverrides: {
        inputFiles,
        arguments: named.map(a => ({name: a.name, value: form.get('arg:' + a.name)})).filter((a, i) => a.value !== (named[i].value ?? '')),
        env: {vars},
        cloudInstanceTypes: String(form.get('types')).split(',').map(name => name.trim()).filter(Boolean).map(name => ({name})),
      },
    };
  }
}
