// The door: a scanner or a typed code goes straight in, one match is taken by Enter, a green screen leaves by itself.
(() => {
  const box = document.getElementById('tim');
  const codeForm = document.getElementById('nhap-ma');
  const CODE = /^[0-9a-z]{4}[ -]?[0-9a-z]{4}$/i;
  const TICKET = /^\S{24,}$/;

  function hitButtons() {
    return [...document.querySelectorAll('#ket-qua .hit button:not(:disabled)')];
  }

  function send(code) {
    codeForm.elements.code.value = code;
    codeForm.requestSubmit();
  }

  box?.addEventListener('keydown', (event) => {
    const typed = box.value.trim();
    if (event.key === 'Escape') { box.value = ''; box.dispatchEvent(new Event('input', { bubbles: true })); return; }
    if (event.key === 'ArrowDown') { hitButtons()[0]?.focus(); event.preventDefault(); return; }
    if (event.key !== 'Enter' || !typed) return;
    // What stands below counts only when it answers what is typed now: a scanner is faster than the search.
    const answered = document.getElementById('ket-qua').dataset.for === typed.replace(/\s+/g, ' ');
    const buttons = answered ? hitButtons() : [];
    const named = answered && document.querySelector('#ket-qua .hit');
    if (TICKET.test(typed) || (CODE.test(typed) && !named)) send(typed);
    else if (buttons.length === 1) buttons[0].click();
    else if (answered) buttons[0]?.focus();
    else return; // the search is asked for at once
    event.preventDefault();
  });

  document.addEventListener('keydown', (event) => {
    const buttons = hitButtons();
    const at = buttons.indexOf(document.activeElement);
    if (at < 0) return;
    if (event.key === 'ArrowDown') buttons[Math.min(at + 1, buttons.length - 1)].focus();
    else if (event.key === 'ArrowUp') (at ? buttons[at - 1] : box).focus();
    else if (event.key === 'Escape') box.focus();
    else return;
    event.preventDefault();
  });

  function greet() {
    const result = document.querySelector('[data-result]');
    if (!result) return;
    const next = result.querySelector('a');
    if (navigator.vibrate) navigator.vibrate({ ok: 60, dup: [60, 80, 60], no: [200] }[result.dataset.result]);
    if (result.dataset.result === 'ok') setTimeout(() => next.click(), 1200);
    else next.focus();
  }
  greet();
  document.addEventListener('door:answered', greet);
})();
