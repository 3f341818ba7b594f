// The camera of the door: a ticket held before it goes in by itself, and the page stays for whoever comes next.
(() => {
  const panel = document.querySelector('[data-camera]');
  if (!panel) return;
  const start = document.querySelector('[data-camera-start]');
  const why = document.querySelector('[data-camera-why]');
  const view = panel.querySelector('video');
  const codeForm = document.getElementById('nhap-ma');
  const WANTED = { video: { facingMode: { ideal: 'environment' }, width: { ideal: 1280 } } };
  const REASONS = { NotAllowedError: 'denied', SecurityError: 'denied', NotFoundError: 'missing', NotReadableError: 'busy' };
  const LONGEST = 300;
  const BETWEEN = 120;
  const STILL_THERE = 3000; // a ticket that stays before the camera is read once
  const KEPT = 'door-camera';
  let stream = null;
  let last = { code: '', seen: 0 };
  let unsent = { code: '', nonce: '' };

  const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));
  const random = () => [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, '0')).join('');

  function explain(reason) {
    why.textContent = why.dataset[reason];
  }

  // What a browser can't read by itself is read by a script of ours, fetched only then.
  async function openReader() {
    const formats = (await window.BarcodeDetector?.getSupportedFormats().catch(() => [])) ?? [];
    const Reader = formats.includes('qr_code') ? window.BarcodeDetector : (await import(panel.dataset.reader)).BarcodeDetector;
    return new Reader({ formats: ['qr_code'] });
  }

  async function open() {
    why.textContent = '';
    start.disabled = true;
    try {
      stream = await navigator.mediaDevices.getUserMedia(WANTED);
      view.srcObject = stream;
      panel.hidden = false;
      start.hidden = true;
      await view.play();
      sessionStorage.setItem(KEPT, '1');
      watch(await openReader());
    } catch (problem) {
      close();
      explain(REASONS[problem.name] ?? 'none');
    } finally {
      start.disabled = false;
    }
  }

  function close() {
    stream?.getTracks().forEach((track) => track.stop());
    stream = null;
    panel.hidden = true;
    start.hidden = false;
    sessionStorage.removeItem(KEPT);
  }

  async function watch(reader) {
    const watched = stream;
    while (stream && stream === watched) {
      if (!document.hidden && !document.querySelector('[data-result]')) await look(reader);
      await pause(BETWEEN);
    }
  }

  async function look(reader) {
    const [found] = await reader.detect(view).catch(() => []);
    const code = found?.rawValue.trim().slice(0, LONGEST);
    if (!code) return;
    const isNew = code !== last.code || Date.now() - last.seen > STILL_THERE;
    last = { code, seen: Date.now() };
    if (isNew) await send(code);
  }

  // A ticket whose answer was lost is sent again as the same press, so that it counts once.
  async function send(code) {
    if (unsent.code !== code) unsent = { code, nonce: random() };
    const body = new FormData(codeForm);
    body.set('code', code);
    body.set('nonce', unsent.nonce);
    try {
      const answer = await fetch(codeForm.action, { method: 'POST', body });
      if (answer.redirected) { location.reload(); return; } // signed out meanwhile
      show(new DOMParser().parseFromString(await answer.text(), 'text/html'));
      unsent = { code: '', nonce: '' };
    } catch {
      last = { code: '', seen: 0 };
      document.dispatchEvent(new CustomEvent('app:say', { detail: { text: why.dataset.lost, category: 'problem' } }));
      await pause(STILL_THERE);
    }
  }

  function show(page) {
    const result = page.querySelector('[data-result]');
    if (!result) throw new Error('no result');
    document.querySelector('[data-inside]').replaceWith(page.querySelector('[data-inside]'));
    document.querySelector('.scanpage').after(result);
    document.dispatchEvent(new CustomEvent('door:answered'));
  }

  // While the camera runs, the next person needs no new page.
  document.addEventListener('click', (event) => {
    const next = event.target.closest('[data-result] a');
    if (!next || !stream) return;
    event.preventDefault();
    last.seen = Date.now();
    next.closest('[data-result]').remove();
  });

  panel.querySelector('[data-camera-stop]').addEventListener('click', close);
  start.addEventListener('click', open);

  if (!navigator.mediaDevices?.getUserMedia) {
    start.hidden = true;
    explain('none');
  } else if (sessionStorage.getItem(KEPT)) {
    navigator.permissions?.query({ name: 'camera' }).then(({ state }) => { if (state === 'granted') open(); }, () => {});
  }
})();
