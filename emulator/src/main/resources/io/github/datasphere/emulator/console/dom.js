// Nodes from data. Text is only ever text: nothing here takes markup.

/**
 * Makes an element.
 * @param {string} name
 * @param {Record<string, any>} [set] attributes; functions become listeners, null is left out
 * @param {...any} children nodes, texts, lists of them, or null
 * @returns {any}
 */
export function el(name, set = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(set)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === 'function') node.addEventListener(key, value);
    else if (key === 'value' || key === 'checked') node[key] = value;
    else node.setAttribute(key, value === true ? '' : String(value));
  }
  put(node, children);
  return node;
}

/** Adds children. @param {Element} node @param {any[]} children */
export function put(node, children) {
  for (const child of children.flat(5)) {
    if (child !== null && child !== undefined && child !== false) {
      node.append(child instanceof Node ? child : String(child));
    }
  }
}

/** Replaces what an element has. @param {Element} node @param {...any} children */
export function fill(node, ...children) {
  node.replaceChildren();
  put(node, children);
}

/** Tells something for a few seconds. @param {string} text */
export function say(text) {
  const line = el('p', {}, text);
  document.getElementById('says')?.append(line);
  setTimeout(() => line.remove(), 8000);
}

/** Copies a text. @param {string} text */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    say('Copied.');
  } catch {
    say('This browser lets no page copy from an address without https: select the text instead.');
  }
}

/**
 * Asks in a dialog; the answer is what the action returns, or nothing if it was given up.
 * @param {string} title @param {any[]} content @param {string} verb @param {(form: FormData) => Promise<any>} action
 * @param {string | ((form: FormData) => string)} [command] what does the same in a shell, with what the form says now
 */
export function ask(title, content, verb, action, command) {
  const wrong = el('p', {role: 'alert', class: 'status bad', hidden: true});
  const form = el('form', {method: 'dialog', submit: async (/** @type {Event} */ event) => {
    event.preventDefault();
    go.disabled = true;
    try {
      await action(new FormData(form));
      dialog.close();
    } catch (failure) {
      wrong.hidden = false;
      wrong.textContent = failure instanceof Error ? failure.message : String(failure);
    } finally {
      go.disabled = false;
    }
  }});
  const go = el('button', {class: 'main', type: 'submit'}, verb);
  const same = el('pre', {class: 'command'});
  const tell = () => { same.textContent = typeof command === 'function' ? command(new FormData(form)) : command; };
  form.addEventListener('input', tell);
  put(form, [
    el('h2', {}, title), content, wrong,
    command ? el('details', {}, el('summary', {class: 'quiet'}, 'The same as a command'), same) : null,
    el('div', {class: 'row'}, el('span', {class: 'space'}), el('button', {type: 'button', click: () => dialog.close()}, 'Back'), go),
  ]);
  tell();
  const dialog = el('dialog', {'aria-label': title, close: () => dialog.remove()}, form);
  document.body.append(dialog);
  dialog.showModal();
}

/** Waits with an action until nothing has asked for it for a while. @param {() => void} f @param {number} millis */
export function later(f, millis) {
  let timer = 0;
  return () => { clearTimeout(timer); timer = setTimeout(f, millis); };
}

/** Whether a button that stays pressed is. @param {Element} button */
export const isOn = button => button.getAttribute('aria-pressed') === 'true';

/** A button that stays pressed. @param {string} name @param {string} title @param {boolean} on @param {() => void} f */
export const toggle = (name, title, on, f) => el('button', {'aria-pressed': String(on), title, click: (/** @type {any} */ event) => { event.currentTarget.setAttribute('aria-pressed', String(!isOn(event.currentTarget))); f(); }}, name);
