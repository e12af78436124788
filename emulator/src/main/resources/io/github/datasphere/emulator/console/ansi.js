// Output of programs as lines: colours become spans, carriage returns and cursor movements are folded,
// so that a progress bar is one line that moves. All else that begins with ESC vanishes.
import {el} from './dom.js';

const LONGEST = 20000, MOST_REACHED = 400;
// eslint-disable-next-line no-control-regex
const SEQUENCE = /\x1b\[([0-9;:?]*)([ -/]*[@-~])|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[@-Z\\-_]/g;

/** @param {string} text */
export const plain = text => text.replace(SEQUENCE, '');

/** Makes nodes of a line. @param {string} text @returns {Node[]} */
export function nodes(text) {
  const cut = text.length > LONGEST ? text.slice(0, LONGEST) : text;
  const made = [];
  let style = fresh(), end = 0;
  for (const found of cut.matchAll(SEQUENCE)) {
    piece(made, cut.slice(end, found.index), style);
    end = found.index + found[0].length;
    if (found[2] === 'm') style = changed(style, found[1]);
  }
  piece(made, cut.slice(end), style);
  if (text.length > LONGEST) made.push(el('span', {class: 'quiet'}, ` … ${text.length - LONGEST} more characters: download the log`));
  return made;
}

const fresh = () => ({colour: '', ground: '', bold: false, dim: false, under: false});

/** @param {Node[]} made @param {string} text @param {any} style */
function piece(made, text, style) {
  if (!text) return;
  // eslint-disable-next-line no-control-regex
  const shown = text.replace(/[\x00-\x08\x0b-\x1f\x7f]/g, '\ufffd');
  const classes = [style.bold && 'a-bold', style.dim && 'a-dim', style.under && 'a-under', /^\d$/.test(style.colour) && 'a-' + style.colour].filter(Boolean);
  if (!classes.length && !style.colour && !style.ground) { made.push(document.createTextNode(shown)); return; }
  const span = el('span', {class: classes.join(' ')}, shown);
  if (style.colour.startsWith('rgb')) span.style.color = style.colour;
  if (style.ground.startsWith('rgb')) span.style.backgroundColor = style.ground;
  made.push(span);
}

/** @param {any} before @param {string} codes */
function changed(before, codes) {
  let style = {...before};
  const all = codes.split(/[;:]/).map(Number);
  for (let i = 0; i < all.length; i++) {
    const code = all[i];
    if (code === 0) style = fresh();
    else if (code === 1) style.bold = true;
    else if (code === 2) style.dim = true;
    else if (code === 4) style.under = true;
    else if (code === 22) style.bold = style.dim = false;
    else if (code === 24) style.under = false;
    else if (code >= 30 && code <= 37) style.colour = String(code - 30);
    else if (code >= 90 && code <= 97) style.colour = String(code - 90);
    else if (code === 39) style.colour = '';
    else if (code >= 40 && code <= 47) style.ground = indexed(code - 40);
    else if (code === 49) style.ground = '';
    else if (code === 38 || code === 48) {
      const wide = all[i + 1] === 2;
      const colour = wide ? `rgb(${all.slice(i + 2, i + 5).map(n => n & 255).join(',')})` : indexed(all[i + 2] & 255);
      if (code === 38) style.colour = colour; else style.ground = colour;
      i += wide ? 4 : 2;
    }
  }
  return style;
}

/** @param {number} n */
function indexed(n) {
  if (n < 16) return ['rgb(0,0,0)', 'rgb(179,38,30)', 'rgb(22,121,74)', 'rgb(138,90,0)', 'rgb(52,87,213)', 'rgb(142,63,168)', 'rgb(13,118,128)', 'rgb(154,165,181)'][n % 8];
  if (n > 231) { const grey = 8 + (n - 232) * 10; return `rgb(${grey},${grey},${grey})` }
  const level = (/** @type {number} */ v) => v === 0 ? 0 : 55 + v * 40;
  return `rgb(${level(Math.floor((n - 16) / 36))},${level(Math.floor((n - 16) / 6) % 6)},${level((n - 16) % 6)})`;
}

/** The lines of one source, with a cursor as a terminal has it. */
export class Screen {
  /** @param {(key: string) => any} newRow makes a row: an object with text */
  constructor(newRow) {
    this.newRow = newRow;
    /** @type {any[]} */
    this.rows = [];
    this.at = 0;
    this.over = false;
  }

  /** Takes the text of a record. @param {string} text @param {string} offset @param {(key: string, row: any) => void} name */
  write(text, offset, name) {
    let line = 0;
    // eslint-disable-next-line no-control-regex
    for (const part of text.match(/\n|\r|\x1b\[\d*A|(?:(?!\x1b\[\d*A)[^\n\r])+/g) ?? []) {
      if (part === '\n') { this.at++; this.over = true; line++; }
      else if (part === '\r') this.over = true;
      else if (/^\x1b\[\d*A$/.test(part)) this.at = Math.max(0, this.at - (parseInt(part.slice(2), 10) || 1));
      else this.add(part, `${offset}.${line}`, name);
    }
    // What no cursor reaches is forgotten; a record may bring thousands of lines
    const gone = this.rows.length > MOST_REACHED ? this.rows.length - MOST_REACHED / 2 : 0;
    this.rows.splice(0, gone);
    this.at = Math.max(0, this.at - gone);
  }

  /** @param {string} part @param {string} key @param {(key: string, row: any) => void} name */
  add(part, key, name) {
    while (this.rows.length <= this.at) this.rows.push(this.newRow(key));
    const row = this.rows[this.at];
    if (this.over) row.text = /\x1b/.test(part + row.text) ? part : part + row.text.slice(part.length);
    else row.text += part;
    this.over = false;
    row.changed = true;
    name(key, row);
  }
}
