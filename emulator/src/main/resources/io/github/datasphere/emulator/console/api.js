// Requests and streams of events. The console knows the emulator through these alone.
const BASE = '/api/v1', AGAIN = 300;

const NOT_LET_IN = 'This browser is no longer let in: open the link that `datasphere-emulator console` prints.';

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
  const {answer, text} = await sent(method, path, body);
  if (!answer.ok) {
    if (answer.status === 401) throw new Refusal(401, NOT_LET_IN);
    let message = text;
    try { message = JSON.parse(text).error.message } catch { /* the text is the message */ }
    throw new Refusal(answer.status, message);
  }
  return text ? JSON.parse(text) : {};
}

/**
 * What only reads is asked again if it was broken off: see whole.js. What changes something may have been done.
 * @param {string} method @param {string} path @param {string | Blob} [body]
 */
async function sent(method, path, body) {
  for (let left = method === 'GET' ? 2 : 0; ; left--) {
    try {
      const answer = await fetch(BASE + path, {method, body});
      return {answer, text: await answer.text()};
    } catch {
      if (left <= 0) throw new Refusal(0, method === 'GET' ? 'The server does not answer. The console tries again by itself.' : 'The server did not answer: it may have done this or not. Look, then try again.');
      await new Promise(done => setTimeout(done, AGAIN));
    }
  }
}

/** @param {string} path @param {Record<string, any>} [query] */
export const get = (path, query = {}) => send('GET', path + params(query));
/** Reads what is no JSON. @param {string} path @param {Record<string, any>} query */
export async function read(path, query) {
  const {answer, text} = await sent('GET', path + params(query));
  if (!answer.ok) throw new Refusal(answer.status, text);
  return text;
}
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

const FIRST_PAUSE = 1000, LONGEST_PAUSE = 30000;
/** Losses that end sooner are not told: a network came or went. */
const SHORT_LOSS = 2500;

/**
 * Listens until it is closed. After a loss the browser comes back by itself, after a refusal this does.
 * @param {() => string} path where, at each new beginning @param {Record<string, (data: any) => void>} on
 * @param {(there: boolean, why?: string) => void} [link]
 * @returns {() => void} ends it
 */
export function listen(path, on, link = () => {}) {
  let source = /** @type {EventSource | null} */ (null), timer = 0, pause = FIRST_PAUSE, over = false, telling = 0;
  const lost = (/** @type {string | undefined} */ why) => { telling ||= setTimeout(() => { if (!over) link(false, why); }, SHORT_LOSS); };
  const open = () => {
    const mine = source = new EventSource(BASE + path());
    for (const [name, handle] of Object.entries(on)) {
      mine.addEventListener(name, event => handle(JSON.parse(/** @type {MessageEvent} */ (event).data)));
    }
    mine.onopen = () => { pause = FIRST_PAUSE; clearTimeout(telling); telling = 0; link(true); };
    mine.onerror = async () => {
      lost(undefined);
      if (mine.readyState !== EventSource.CLOSED) return;
      timer = setTimeout(open, pause);
      pause = Math.min(2 * pause, LONGEST_PAUSE);
      const refused = await get('/server').then(() => false, failure => failure.status === 401);
      if (refused && !over && mine === source) { clearTimeout(telling); link(false, NOT_LET_IN); }
    };
  };
  open();
  return () => { over = true; clearTimeout(timer); clearTimeout(telling); source?.close(); };
}
