// Lists: keys and ticked rows. Stands on `window.page` of app.js.
(() => {
  "use strict";

  const { all, on, onClick, openDialog } = window.page;
  const shown = (element) => element.checkVisibility?.() ?? element.offsetParent !== null;

  // ---- Keys. A single letter works where nobody is typing, and can be switched off on this machine (WCAG 2.1.4).
  // data-key="n" on a link, button or field answers to N; inside the rows of a list marked data-keys it is the row's.
  const SWITCH = "phim-tat";
  const OFF = "tat";
  const lettersOff = () => localStorage.getItem(SWITCH) === OFF;
  const typing = (element) => element.matches?.("textarea, select, [contenteditable], input:not([type=checkbox], [type=radio])");
  const withKey = (key) => `[data-key="${CSS.escape(key)}"]`;
  function press(element) {
    if (!element.matches("textarea, select, input:not([type=checkbox], [type=radio])")) return element.click();
    element.focus();
    element.select?.();
  }
  on("keydown", (event) => {
    const plain = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing;
    if (!plain || typing(event.target) || lettersOff() || document.querySelector("dialog:modal")) return;
    if (answer(event.key.toLowerCase())) event.preventDefault();
  });
  function answer(key) {
    if (key === "?") return !openDialog(document.getElementById("phim-tat"));
    if (rowAnswers(key)) return true;
    tickCurrent(key);
    const target = all(withKey(key)).find((element) => shown(element) && !element.closest("[data-keys] tbody"));
    if (target) press(target);
    return Boolean(target);
  }
  on("change", (event) => {
    if (event.target.matches("[data-keys-switch]")) localStorage.setItem(SWITCH, event.target.checked ? "" : OFF);
  });
  all("[data-keys-switch]").forEach((box) => (box.checked = !lettersOff()));

  // J and K walk the rows; Enter is the focused link's own; X ticks.
  function rowAnswers(key) {
    const list = all("[data-keys]").find(shown);
    if (!list) return false;
    const rows = all("tbody tr", list).filter(shown);
    const current = rows.findIndex((row) => row.classList.contains("cur"));
    if (key === "j" || key === "k") return walk(rows, current, key === "j" ? 1 : -1);
    const hit = rows[current]?.querySelector(key === "x" ? "[type=checkbox]" : withKey(key));
    if (hit) press(hit);
    return Boolean(hit);
  }
  // A key of the bar acts on the ticked rows, and where none is ticked on the current one.
  function tickCurrent(key) {
    const list = all("[data-keys]").find(shown);
    if (!list?.querySelector(`[data-bulk-bar] ${withKey(key)}`) || list.querySelector("[data-bulk-item]:checked")) return;
    list.querySelector("tr.cur [data-bulk-item]")?.click();
  }
  function walk(rows, current, by) {
    const inList = rows.some((row) => row.contains(document.activeElement));
    const next = rows[inList ? current + by : Math.max(current, 0)];
    if (!next) return rows.length > 0;
    const target = next.querySelector("a.name, a, button") ?? next;
    if (target === next) next.tabIndex = -1;
    target.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
    return true;
  }
  on("focusin", (event) => {
    const row = event.target.closest?.("[data-keys] tbody tr");
    if (!row) return;
    all("tr.cur", row.closest("[data-keys]")).forEach((other) => other.classList.remove("cur"));
    row.classList.add("cur");
  });

  // ---- Ticked rows (data-bulk around data-bulk-item): how many, all of them, a span with Shift
  let lastTicked;
  function count(group) {
    const items = all("[data-bulk-item]", group);
    const ticked = items.filter((item) => item.checked).length;
    items.forEach((item) => item.closest("tr")?.setAttribute("aria-selected", item.checked));
    all("[data-bulk-count]", group).forEach((place) => {
      place.textContent = (ticked === 1 ? place.dataset.one : place.dataset.other).replace("{n}", ticked);
    });
    all("[data-bulk-all]", group).forEach((box) => {
      box.checked = ticked > 0 && ticked === items.length;
      box.indeterminate = ticked > 0 && ticked < items.length;
    });
  }
  function tickAll(group, state) {
    all("[data-bulk-item]", group).forEach((item) => (item.checked = state));
    count(group);
  }
  onClick("[data-bulk-clear]", (button) => tickAll(button.closest("[data-bulk]"), false));
  onClick("[data-bulk-all]", (box) => tickAll(box.closest("[data-bulk]"), box.checked));
  onClick("[data-bulk-item]", (box, event) => {
    const group = box.closest("[data-bulk]");
    const items = all("[data-bulk-item]", group);
    const [from, to] = [items.indexOf(lastTicked), items.indexOf(box)].sort((a, b) => a - b);
    if (event.shiftKey && from >= 0) items.slice(from, to + 1).forEach((item) => (item.checked = box.checked));
    lastTicked = box;
    count(group);
  });
  const recount = () => all("[data-bulk]").forEach(count);
  on("htmx:after:settle", recount);
  recount();
})();
