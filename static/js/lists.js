// Lists: keys, ticked rows, tabs within a page, boxes that suggest. Stands on `window.page` of app.js.
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

  // ---- Tabs within a page (role=tab); tabs that are pages of their own are plain links
  function pick(tab) {
    all("[role=tab]", tab.closest("[role=tablist]")).forEach((other) => {
      const chosen = other === tab;
      other.setAttribute("aria-selected", chosen);
      other.tabIndex = chosen ? 0 : -1;
      document.getElementById(other.getAttribute("aria-controls")).hidden = !chosen;
    });
    tab.focus();
  }
  onClick("[role=tab]", (tab, event) => {
    event.preventDefault();
    pick(tab);
  });
  on("keydown", (event) => {
    const tab = event.target.closest?.("[role=tab]");
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!tab || !by) return;
    const tabs = all("[role=tab]", tab.closest("[role=tablist]"));
    event.preventDefault();
    pick(tabs[(tabs.indexOf(tab) + by + tabs.length) % tabs.length]);
  });

  // ---- A text box that suggests (data-combo; "submit" sends the form at once). htmx fills the list with role=option,
  // each with data-value and perhaps data-label; what is chosen goes to [data-combo-value], what is typed empties it.
  const combo = (element) => element.closest?.("[data-combo]");
  const inputOf = (box) => box.querySelector("[role=combobox]");
  const optionsOf = (box) => all("[role=option]", box);
  const valueOf = (box) => box.querySelector("[data-combo-value]");
  function unfold(box, wanted) {
    const options = optionsOf(box);
    const list = box.querySelector("[role=listbox]");
    options.forEach((option, index) => (option.id ||= `${list.id}-${index}`));
    list.hidden = !wanted || options.length === 0;
    inputOf(box).setAttribute("aria-expanded", !list.hidden);
    mark(box, null);
  }
  function mark(box, chosen) {
    optionsOf(box).forEach((option) => option.setAttribute("aria-selected", option === chosen));
    if (!chosen) return inputOf(box).removeAttribute("aria-activedescendant");
    inputOf(box).setAttribute("aria-activedescendant", chosen.id);
    return chosen.scrollIntoView({ block: "nearest" });
  }
  function choose(box, option) {
    inputOf(box).value = option.dataset.label ?? option.firstChild.textContent.trim();
    if (valueOf(box)) valueOf(box).value = option.dataset.value;
    unfold(box, false);
    if (box.dataset.combo === "submit") inputOf(box).form.requestSubmit();
  }
  on("keydown", (event) => {
    if (!event.target.matches?.("[role=combobox]")) return;
    const box = combo(event.target);
    const options = optionsOf(box);
    const marked = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
    const open = event.target.getAttribute("aria-expanded") === "true";
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by && options.length) {
      if (!open) unfold(box, true);
      mark(box, options[(marked + by + options.length + (marked < 0 && by < 0)) % options.length]);
    } else if (event.key === "Enter" && open && marked >= 0) choose(box, options[marked]);
    else if (event.key === "Escape" && open) unfold(box, false);
    else return;
    event.preventDefault();
  });
  on("input", (event) => {
    const box = event.target.matches("[role=combobox]") && combo(event.target);
    if (box && valueOf(box)) valueOf(box).value = "";
  });
  on("pointerdown", (event) => {
    if (event.target.closest?.("[data-combo] [role=option]")) event.preventDefault(); // the box keeps the focus
  });
  onClick("[data-combo] [role=option]", (option) => choose(combo(option), option));
  on("focusout", (event) => {
    const box = combo(event.target);
    if (box && !box.contains(event.relatedTarget)) unfold(box, false);
  });
  on("htmx:after:settle", (event) => {
    const box = combo(event.target);
    if (box) unfold(box, box.contains(document.activeElement));
  });
})();
