/*
 * The page's script. It reads the steps that stand in the page, shows the chosen one's bytes beside its fields, and moves
 * from step to step. Texts go in as text, never as markup.
 */

/** The script, whole. */
export const PAGE_SCRIPT = `'use strict';
(() => {
  const steps = JSON.parse(document.getElementById('x-steps').textContent);
  const inspector = document.getElementById('x-inspector');
  const byNumber = new Map(steps.map((step) => [step.number, step]));
  const COLOURS = 5, PER_ROW = 8;
  let chosen;

  const el = (name, props, ...children) => {
    const node = Object.assign(document.createElement(name), props);
    node.append(...children);
    return node;
  };

  const leavesOf = (step) => step.fields.filter((field) => !field.parts && field.length > 0);

  function dump(step) {
    const bytes = step.hex.match(/../g) ?? [];
    const leaves = leavesOf(step);
    const leafAt = new Array(bytes.length);
    leaves.forEach((leaf, i) => { for (let at = leaf.at; at < leaf.at + leaf.length; at += 1) leafAt[at] = i; });
    const isMasked = (at) => step.masks.some(([from, to]) => at >= from && at < to);
    const pre = el('div', { className: 'x-dump' });
    for (let start = 0; start < bytes.length; start += PER_ROW) {
      const part = bytes.slice(start, start + PER_ROW);
      pre.append(el('span', { className: 'x-off' }, start.toString(16).padStart(4, '0') + '  '));
      const cells = (textOf) => part.map((byte, i) => {
        const at = start + i, leaf = leafAt[at];
        const begins = leaf !== undefined && leaves[leaf].at === at && at > 0 ? ' x-begins' : '';
        const span = el('span', { className: (leaf === undefined ? '' : 'x-f' + (leaf % COLOURS)) + begins }, textOf(byte, at));
        span.dataset.at = at;
        return span;
      });
      cells((byte, at) => (isMasked(at) ? '\\u2022\\u2022' : byte)).forEach((span) => pre.append(span, ' '));
      pre.append(' '.repeat((PER_ROW - part.length) * 3 + 1));
      pre.append(...cells((byte, at) => {
        const code = parseInt(byte, 16);
        return isMasked(at) ? '\\u2022' : code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : '.';
      }), '\\n');
    }
    return pre;
  }

  function light(from, to) {
    for (const span of inspector.querySelectorAll('[data-at]')) span.classList.toggle('x-on', span.dataset.at >= from && span.dataset.at < to);
    for (const row of inspector.querySelectorAll('tr[data-from]')) {
      row.classList.toggle('x-on', Number(row.dataset.from) === from && Number(row.dataset.to) === to);
    }
  }

  function fieldTable(step) {
    const leaves = leavesOf(step);
    const body = el('tbody', {});
    for (const field of step.fields) {
      const leaf = leaves.indexOf(field);
      const name = el('td', { className: leaf < 0 ? '' : 'x-f' + (leaf % COLOURS) }, '\\u00a0'.repeat(field.depth * 2) + field.name);
      const value = el('td', {}, field.value, ...(field.doc ? [el('small', {}, field.doc)] : []));
      const row = el('tr', {}, el('td', {}, field.range), name, value);
      row.dataset.from = field.at;
      row.dataset.to = field.at + field.length;
      row.addEventListener('mouseenter', () => light(field.at, field.at + field.length));
      row.addEventListener('mouseleave', () => light(-1, -1));
      body.append(row);
    }
    const heads = ['bytes', 'field', 'value'].map((text) => el('th', { scope: 'col' }, text));
    return el('table', { className: 'x-fields' }, el('thead', {}, el('tr', {}, ...heads)), body);
  }

  function choose(number, { scroll = true } = {}) {
    const step = byNumber.get(number);
    if (!step) return;
    chosen = number;
    for (const each of document.querySelectorAll('.x-chosen')) each.classList.remove('x-chosen');
    for (const each of document.querySelectorAll('[data-step="' + number + '"]')) {
      each.classList.add('x-chosen');
      if (scroll && each.getClientRects().length > 0) each.scrollIntoView({ block: 'nearest' });
    }
    const size = step.hex.length / 2;
    const count = size === 0 ? 'no bytes' : size + (size === 1 ? ' byte' : ' bytes');
    inspector.replaceChildren(
      el('div', { className: 'x-keys' }, 'step ' + number + ' \\u00b7 ' + count + ' \\u00b7 \\u2191 \\u2193 or k j: the one before, the next'),
      el('h2', {}, step.title),
      ...(step.why ? [el('p', { className: 'x-why' }, step.why)] : []),
      ...(size > 0 ? [dump(step)] : []),
      ...(step.fields.length > 0 ? [fieldTable(step)] : []),
      ...(step.problem ? [el('p', { className: 'x-problem' }, 'Not all of it can be read: ' + step.problem + '.')] : []),
    );
    for (const span of inspector.querySelectorAll('[data-at]')) {
      const at = Number(span.dataset.at);
      const field = leavesOf(step).find((leaf) => at >= leaf.at && at < leaf.at + leaf.length);
      if (field) span.addEventListener('mouseenter', () => light(field.at, field.at + field.length));
    }
  }

  function move(by) {
    const index = steps.findIndex((step) => step.number === chosen);
    const next = steps[Math.max(0, Math.min(steps.length - 1, index + by))];
    if (next) choose(next.number);
  }

  function show(view) {
    for (const button of document.querySelectorAll('[data-view]')) {
      const isIt = button.dataset.view === view;
      button.setAttribute('aria-pressed', String(isIt));
      document.getElementById('x-' + button.dataset.view).classList.toggle('x-hidden', !isIt);
    }
    if (chosen !== undefined) choose(chosen);
  }

  document.addEventListener('click', (event) => {
    const view = event.target.closest('[data-view]');
    if (view) return show(view.dataset.view);
    const step = event.target.closest('[data-step]');
    if (step) choose(Number(step.dataset.step), { scroll: false });
  });
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const by = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1, Home: -steps.length, End: steps.length }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    move(by);
  });
  addEventListener('hashchange', () => choose(Number(location.hash.slice(1))));

  show('ladder');
  const asked = Number(location.hash.slice(1));
  const first = byNumber.get(asked) ?? steps.find((step) => step.hex !== '') ?? steps[0];
  if (first) choose(first.number, { scroll: asked === first.number });
})();
`;
