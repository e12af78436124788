// Marks words within nodes, which stay as they are. Where a browser cannot do that, nothing is marked.

/** @param {Iterable<Element>} places @param {string} text @param {boolean} regex @param {boolean} cases whether they matter */
export function highlight(places, text, regex, cases) {
  if (!('highlights' in CSS)) return;
  const ranges = [], pattern = text && like(text, regex, cases);
  for (const place of pattern ? places : []) {
    const texts = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      for (const found of String(node.nodeValue).matchAll(/** @type {RegExp} */ (pattern))) {
        const range = new Range();
        range.setStart(node, found.index);
        range.setEnd(node, found.index + found[0].length);
        ranges.push(range);
      }
    }
  }
  CSS.highlights.set('found', new Highlight(...ranges));
}

/** A pattern as the server has it; null where this browser does not know it. @param {string} text @param {boolean} regex @param {boolean} cases */
function like(text, regex, cases) {
  try { return new RegExp(regex ? text : text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), cases ? 'g' : 'gi'); } catch { return null; }
}
