// Lines in the logs of all jobs: the server searches them, newest jobs first.
import {get} from '../api.js';
import {el, fill, isOn, later, toggle} from '../dom.js';
import {plain} from '../ansi.js';

const MOST = 200;

/** @param {import('../app.js').View} view @param {string} text */
export async function found(view, text) {
  let asked = 0;
  view.onLeave(() => { asked++; });
  const words = el('input', {type: 'search', 'aria-label': 'Search all logs', placeholder: 'Text in any log', value: text, input: later(search, 300)});
  const cases = toggle('Aa', 'Match case', view.query.has('case'), search), regex = toggle('.*', 'Regular expression', view.query.has('regex'), search);
  const list = el('div', {class: 'card', role: 'list', hidden: true}), says = el('p', {class: 'empty', role: 'status'});
  const more = el('button', {hidden: true}, 'Older ones');
  fill(view.place,
    el('div', {class: 'row'}, el('h1', {}, 'In all logs'), el('span', {class: 'space'}), words, cases, regex, el('a', {href: '#/jobs'}, 'All jobs')),
    el('p'), list, says, el('p', {class: 'row'}, more));
  await search();

  async function search() {
    const query = {text: words.value, matchCase: isOn(cases), regex: isOn(regex)};
    view.go('/jobs', {query: words.value, logs: 1, case: query.matchCase, regex: query.regex}, true);
    fill(list);
    list.hidden = more.hidden = true;
    says.textContent = query.text ? 'Searching.' : 'Up to three lines of each job come, the newest jobs first.';
    if (query.text) await go(query, '', ++asked); else asked++;
  }

  async function go(/** @type {any} */ query, /** @type {string} */ pageToken, /** @type {number} */ mine) {
    let had = 0, done = false;
    more.hidden = true;
    try {
      while (!done && had < MOST) {
        const page = await get('/log/search', {...query, limit: MOST - had, pageToken});
        if (mine !== asked) return;
        list.append(...(page.hits ?? []).map((/** @type {any} */ hit) => line(hit, query)));
        had += page.hits?.length ?? 0;
        list.hidden = !list.firstChild;
        pageToken = page.nextPageToken ?? '';
        done = page.done === true;
      }
      says.textContent = list.firstChild ? '' : 'No job has printed this.';
      more.hidden = done;
      more.onclick = () => go(query, pageToken, ++asked);
    } catch (failure) { if (mine === asked) says.textContent = failure.message; }
  }
}

/** @param {any} hit @param {any} query */
function line(hit, query) {
  const address = '#/jobs/' + encodeURIComponent(hit.jobId) + '/log?' + new URLSearchParams({find: query.text, at: `${hit.offset ?? 0}.${hit.line ?? 0}`, ...(query.matchCase ? {case: '1'} : {}), ...(query.regex ? {regex: '1'} : {})});
  return el('div', {class: 'line', role: 'listitem'}, el('span', {class: 'at'}, hit.jobName || hit.jobId), el('a', {class: 'text mono', href: address}, plain(hit.text ?? '')));
}
