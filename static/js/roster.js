// The roster by keyboard and by press: a cell changes at once, the server's answer stands, Ctrl+Z takes back.
(() => {
  const KEYS = { ' ': 'present', m: 'late', s: 'left_early', p: 'excused', v: 'absent', Delete: 'none', Backspace: 'none' };
  const ATTENDED = ['present', 'late', 'left_early'];
  const done = [];
  let sent = 0, counted = 0;

  const form = () => document.querySelector('[data-roster]');
  const legend = (status) => form().querySelector(`[data-status="${status}"]`);
  const statusOf = (cell) => cell.getAttribute('aria-labelledby').match(/k-([a-z_]+)/)[1];

  function total(row) {
    const attended = [...row.querySelectorAll('.slot')].filter((cell) => ATTENDED.includes(statusOf(cell)));
    row.querySelector('[data-present]').textContent = attended.length;
  }

  function show(cell, status) {
    const sample = legend(status);
    cell.className = `slot${sample.dataset.class}`;
    cell.textContent = sample.dataset.sign;
    cell.setAttribute('aria-labelledby', cell.getAttribute('aria-labelledby').replace(/k-[a-z_]+/, `k-${status}`));
    total(cell.closest('tr'));
  }

  function say(text) {
    document.dispatchEvent(new CustomEvent('app:say', { detail: { text, category: 'problem' } }));
  }

  async function post(cell, status, nonce, undoing) {
    const body = new FormData();
    body.set('o', cell.value);
    body.set('status', status);
    body.set('nonce', nonce);
    if (undoing) body.set('undo', '1');
    const token = form().elements.csrf_token.value;
    return fetch(form().action, { method: 'POST', body, headers: { Accept: 'application/json', 'X-CSRFToken': token } });
  }

  // The same nonce is sent again when the line breaks, so that a mark that did arrive counts once.
  async function postTwice(cell, status, undoing) {
    const nonce = crypto.randomUUID ? crypto.randomUUID() : [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, '0')).join('');
    try {
      return await post(cell, status, nonce, undoing);
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 1500));
      return post(cell, status, nonce, undoing);
    }
  }

  async function set(cell, status, { undoing = false } = {}) {
    const before = statusOf(cell);
    if (before === status) return;
    show(cell, status);
    cell.setAttribute('aria-busy', 'true');
    const turn = ++sent;
    try {
      const answer = await postTwice(cell, status, undoing);
      const truth = await answer.json();
      if (!answer.ok) throw new Error(truth.problem);
      show(cell, truth.status);
      cell.closest('tr').querySelector('[data-last]').textContent = truth.last;
      count(turn, truth);
      if (!undoing) done.push({ value: cell.value, before });
    } catch (problem) {
      show(cell, before);
      say(problem.message && problem.name === 'Error' ? problem.message : form().dataset.lost);
    } finally {
      cell.removeAttribute('aria-busy');
    }
  }

  // An answer that was overtaken tells of fewer marks than the page shows already.
  function count(turn, { counts, seen }) {
    if (turn < counted) return;
    counted = turn;
    for (const [session, present] of Object.entries(counts)) {
      const place = form().querySelector(`[data-count="${session}"]`);
      if (place) place.textContent = present.toLocaleString(document.documentElement.lang);
    }
    tell(seen);
  }

  // The tab counts as the page came with it: a figure, and none at all for nobody.
  function tell(seen) {
    const tab = document.querySelector('.tabs [aria-current="page"]');
    const figure = tab.querySelector('.n') ?? Object.assign(document.createElement('span'), { className: 'n' });
    figure.textContent = seen;
    if (!seen) figure.remove();
    else if (!figure.isConnected) tab.append(' ', figure);
  }

  function undo() {
    const last = done.pop();
    const cell = last && form().querySelector(`button[value="${last.value}"]`);
    if (!cell) return;
    cell.focus();
    set(cell, last.before, { undoing: true });
  }

  function move(cell, key) {
    const row = cell.closest('tr');
    const at = cell.closest('td').cellIndex;
    if (key === 'ArrowLeft' || key === 'ArrowRight') {
      const cells = [...row.querySelectorAll('button.slot')];
      return cells[cells.indexOf(cell) + (key === 'ArrowLeft' ? -1 : 1)];
    }
    let next = row;
    do next = key === 'ArrowUp' ? next.previousElementSibling : next.nextElementSibling;
    while (next && !next.cells[at]?.querySelector('button.slot'));
    return next?.cells[at].querySelector('button.slot');
  }

  document.addEventListener('click', (event) => {
    const cell = event.target.closest('[data-roster] button.slot');
    if (!cell) return;
    event.preventDefault();
    const chosen = form().elements.status.value;
    set(cell, statusOf(cell) === chosen ? 'none' : chosen);
  });

  document.addEventListener('keydown', (event) => {
    if (!form()) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'z' && !event.target.matches('input, textarea')) {
      event.preventDefault();
      undo();
      return;
    }
    const cell = event.target.closest?.('[data-roster] button.slot');
    if (!cell || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key.startsWith('Arrow')) {
      move(cell, event.key)?.focus();
      event.preventDefault();
      return;
    }
    const status = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!status) return;
    event.preventDefault();
    set(cell, status);
  });
})();
