// The digest of a file, part by part: browsers have none for pages without https, nor for more than fits into memory.
const K = new Uint32Array(64), FIRST = new Uint32Array(8);
for (let n = 2, had = 0; had < 64; n++) {
  let prime = true;
  for (let d = 2; d * d <= n; d++) if (n % d === 0) prime = false;
  if (!prime) continue;
  const part = (/** @type {number} */ root) => ((root - Math.floor(root)) * 2 ** 32) >>> 0;
  if (had < 8) FIRST[had] = part(Math.sqrt(n));
  K[had++] = part(Math.cbrt(n));
}

const w = new Uint32Array(64);
const turn = (/** @type {number} */ x, /** @type {number} */ by) => x >>> by | x << 32 - by;

/** @param {Uint32Array} state @param {Uint8Array} from @param {number} at */
function block(state, from, at) {
  for (let i = 0; i < 16; i++, at += 4) w[i] = from[at] << 24 | from[at + 1] << 16 | from[at + 2] << 8 | from[at + 3];
  for (let i = 16; i < 64; i++) {
    const a = w[i - 15], b = w[i - 2];
    w[i] = w[i - 16] + (turn(a, 7) ^ turn(a, 18) ^ a >>> 3) + w[i - 7] + (turn(b, 17) ^ turn(b, 19) ^ b >>> 10);
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i++) {
    const one = h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + (e & f ^ ~e & g) + K[i] + w[i] | 0;
    const two = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + (a & b ^ a & c ^ b & c) | 0;
    h = g; g = f; f = e; e = d + one | 0; d = c; c = b; b = a; a = one + two | 0;
  }
  [a, b, c, d, e, f, g, h].forEach((value, i) => { state[i] += value; });
}

/** @param {Blob} file @returns {Promise<string>} in lower-case hexadecimal */
export async function sha256(file) {
  const state = FIRST.slice();
  let left = new Uint8Array(0);
  const take = (/** @type {Uint8Array} */ part) => {
    const all = left.length ? new Uint8Array([...left, ...part]) : part;
    let at = 0;
    for (; at + 64 <= all.length; at += 64) block(state, all, at);
    left = all.slice(at);
  };
  const reader = file.stream().getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    // A copy of a whole part would be dear: only what completes the block before
    const need = left.length ? Math.min(64 - left.length, next.value.length) : 0;
    if (need) take(next.value.subarray(0, need));
    take(next.value.subarray(need));
  }
  const end = new Uint8Array(left.length < 56 ? 64 : 128);
  end.set(left);
  end[left.length] = 0x80;
  new DataView(end.buffer).setBigUint64(end.length - 8, BigInt(file.size) * 8n);
  for (let at = 0; at < end.length; at += 64) block(state, end, at);
  return [...state].map(word => word.toString(16).padStart(8, '0')).join('');
}
