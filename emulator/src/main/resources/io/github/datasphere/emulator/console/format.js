// Times, sizes and words.
const ACTIVE = ['CREATING', 'PREPARING', 'EXECUTING', 'UPLOADING_OUTPUT', 'CANCELLING'];

/** @param {string} status */
export const isActive = status => ACTIVE.includes(status) && status !== 'CREATING';

/** @param {string} status */
export function tone(status) {
  if (status === 'SUCCESS') return 'good';
  if (status === 'ERROR') return 'bad';
  return isActive(status) ? 'busy' : '';
}

/** @param {string} status */
export const words = status => status.charAt(0) + status.slice(1).toLowerCase().replaceAll('_', ' ');

/** @param {number} bytes */
export function size(bytes) {
  const units = ['B', 'KiB', 'MiB', 'GiB'];
  let at = 0;
  for (; bytes >= 1024 && at < 3; at++) bytes /= 1024;
  return (at === 0 ? bytes : bytes.toFixed(1)) + ' ' + units[at];
}

/** @param {number} millis */
export function duration(millis) {
  const seconds = millis / 1000;
  if (seconds < 10) return seconds.toFixed(1) + ' s';
  if (seconds < 60) return Math.floor(seconds) + ' s';
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${Math.floor(seconds % 60)} s`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** @param {string | number | undefined} at */
export const date = at => at ? new Date(at).toLocaleString(undefined, {dateStyle: 'medium', timeStyle: 'medium'}) : '';

/**
 * A moment as the user wants moments: relative to a start, local, UTC, or not at all.
 * @param {string} at @param {string} mode @param {string} start
 */
export function moment(at, mode, start) {
  const time = new Date(at);
  if (mode === 'off') return '';
  if (mode === 'utc') return time.toISOString().slice(11, 23);
  if (mode === 'local') return time.toLocaleTimeString(undefined, {hour12: false}) + '.' + String(time.getMilliseconds()).padStart(3, '0');
  const seconds = (time.getTime() - new Date(start).getTime()) / 1000;
  return (seconds < 0 ? '' : '+') + seconds.toFixed(3);
}

/**
 * A place in a log as a user names it: a clock time or a date, a time since the start, or the number of a record.
 * @param {string} text @param {string} mode @param {string} start
 * @returns {{time?: string, record: number} | null}
 */
export function placeIn(text, mode, start) {
  const word = text.trim(), begun = new Date(start);
  const time = (/** @type {number} */ millis) => Number.isNaN(millis) ? null : {time: new Date(millis).toISOString(), record: 0};
  if (/^#?\d+$/.test(word)) return {record: Number(word.replace('#', ''))};
  const parts = /^(\+?)(?:(?:(\d+):)?(\d+):)?(\d+(?:\.\d+)?) ?s?$/.exec(word);
  if (parts?.[1]) return time(begun.getTime() + 1000 * (Number(parts[2] ?? 0) * 3600 + Number(parts[3] ?? 0) * 60 + Number(parts[4])));
  const clock = /^(\d{1,2}):(\d\d)(?::(\d\d(?:\.\d+)?))?$/.exec(word);
  if (!clock) return time(Date.parse(word));
  const [h, m, s] = [Number(clock[1]), Number(clock[2]), Number(clock[3] ?? 0)];
  const day = new Date(begun);
  if (mode === 'utc') day.setUTCHours(h, m, 0, s * 1000); else day.setHours(h, m, 0, s * 1000);
  // A job that has run past midnight has each time of the day later
  const wanted = clock[3] ? begun.getTime() - 1000 : begun.getTime() - 60000;
  return time(day.getTime() < wanted ? day.getTime() + 86400000 : day.getTime());
}

const SIGNALS = {1: 'SIGHUP', 2: 'SIGINT', 3: 'SIGQUIT', 4: 'SIGILL', 6: 'SIGABRT', 7: 'SIGBUS', 8: 'SIGFPE', 9: 'SIGKILL', 10: 'SIGUSR1', 11: 'SIGSEGV', 12: 'SIGUSR2', 13: 'SIGPIPE', 15: 'SIGTERM'};

/** The signal that ended a command, or nothing. @param {any} exit @returns {string} */
export const signal = exit => /** @type {any} */ (SIGNALS)[(exit?.code ?? 0) - 128] ?? '';

/** How a command ended, in a word or two; nothing if it went well. @param {any} exit */
export function ended(exit) {
  if (!exit?.code) return '';
  if (/out of memory/i.test(exit.why ?? '')) return 'out of memory';
  return signal(exit) || 'exit ' + exit.code;
}

/** A word for a shell. @param {string} word */
export const quoted = word => /^[\w./:=@-]+$/.test(word) ? word : "'" + word.replaceAll("'", "'\\''") + "'";

/** The request of an action as a command. @param {string} method @param {string} path @param {any} [body] */
export const curl = (method, path, body) =>
  `curl -X ${method} -H "Authorization: Bearer $DATASPHERE_EMULATOR_HTTP_TOKEN" \\\n  "$DATASPHERE_EMULATOR_HTTP/api/v1${path}"`
    + (body ? ` \\\n  -d ${quoted(JSON.stringify(body))}` : '');
