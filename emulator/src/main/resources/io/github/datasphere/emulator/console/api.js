// Requests and streams of events. The console knows the emulator through these alone.
const BASE = '/api/v1';

/** A refusal, in the words of the server. */
export class Refusal extends Error {
  /** @param {number} status @param {string} message */
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** @param {string} method @param {string} path @param {any} [body] @returns {Promise<any>} */
const send = (method, path, body) => exchange(method, path, body === undefined ? undefined : JSON.stringify(body));

/** @param {string} method @param {string} path @param {string | Blob} [body] @returns {Promise<any>} */
async function exchange(method, path, body) {
  let answer;
  try {
    answer = await fetch(BASE + path, {method, body});
  } catch {
    throw new Refusal(0, 'The server does not answer. The console tries again by itself.');
  }
  const text = await answer.text();
  if (!answer.ok) {
    let message = text;
    try { message = JSON.parse(text).error.message } catch { /* the text is the message */ }
    throw new Refusal(answer.status, message);
  }
  return text ? JSON.parse(text) : {};
}

/** @param {string} path @param {Record<string, any>} [query] */
export const get = (path, query = {}) => send('GET', path + params(query));
/** @param {string} path @param {any} [body] */
export const post = (path, body = {}) => send('POST', path, body);
/** Puts the content of a file there. @param {string} path @param {Blob} content */
export const upload = (path, content) => exchange('PUT', path, content);
/** @param {string} path */
export const remove = path => send('DELETE', path);

/** @param {Record<string, any>} query */
export function params(query) {
  const set = Object.entries(query).filter(([, value]) => value !== '' && value !== undefined && value !== null && value !== false);
  return set.length ? '?' + new URLSearchParams(set.map(([name, value]) => [name, String(value)])) : '';
}

/** Where a path of the face is, for links. @param {string} path @param {Record<string, any>} [query] */
export const address = (path, query = {}) => BASE + path + params(query);

/** @param {string} id */
export const job = id => '/jobs/' + encodeURIComponent(id);

/**
 * Listens until it is closed; the browser comes back by itself after a loss.
 * @param {string} path @param {Record<string, (data: any) => void>} on @param {(there: boolean) => void} [link]
 * @returns {() => void} ends it
 */
export function listen(path, on, link = () => {}) {
  const source = new EventSource(BASE + path);
  for (const [name, handle] of Object.entries(on)) {
    source.addEventListener(name, event => handle(JSON.parse(/** @type {MessageEvent} */ (event).data)));
  }
  source.onopen = () => link(true);
  source.onerror = () => link(false);
  return () => source.close();
}
