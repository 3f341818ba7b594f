// What pages do beyond links and forms. Nothing here is needed to get work done, and all of it hangs on attributes, so
// what htmx swaps in needs no setting up. Other scripts find the tools of this one in `window.page`.
(() => {
  "use strict";

  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const on = (type, act, options) => document.addEventListener(type, act, options);
  const onClick = (selector, act) =>
    on("click", (event) => {
      const hit = event.target.closest?.(selector);
      if (hit) act(hit, event);
    });
  const byId = (id) => document.getElementById(id);
  const words = (name) => byId("thong-bao")?.dataset[name] ?? "";

  document.documentElement.classList.add("js");

  // ---- Menus (data-menu): one open at a time, closed by Escape, by a click elsewhere and by leaving with Tab
  const closeMenus = (except) =>
    all("[data-menu][open]").forEach((menu) => {
      if (menu !== except) menu.open = false;
    });
  on("click", (event) => closeMenus(event.target.closest?.("[data-menu]")));
  on("focusin", (event) => closeMenus(event.target.closest?.("[data-menu]")));
  on("keydown", (event) => {
    const menu = event.key === "Escape" && document.querySelector("[data-menu][open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });

  // ---- Light or dark (data-theme-form) shows at once; the form makes the server remember
  on("submit", (event) => {
    const theme = event.submitter?.value;
    const form = event.target;
    if (!theme || !form.matches("[data-theme-form]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    document.documentElement.dataset.theme = theme;
    all("[name=theme]", form).forEach((button) => button.setAttribute("aria-pressed", button.value === theme));
    const body = new FormData(form, event.submitter);
    fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(() => say(words("offline"), "problem"));
  }, true);

  // ---- Placeholders (data-insert) go where one was typing last, among the fields that take them (data-fills)
  let filled = null;
  on("focusin", (event) => {
    if (event.target.matches?.("[data-fills]")) filled = event.target;
  });
  onClick("[data-insert]", (button) => {
    const field = filled?.isConnected ? filled : document.querySelector("textarea[data-fills]");
    if (!field) return;
    field.focus();
    field.setRangeText(button.dataset.insert, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });

  // ---- Dialogs: data-open="#id" opens one, data-close closes it, data-shown is open from the start
  function openDialog(dialog) {
    if (!dialog || dialog.matches(":modal")) return;
    dialog.removeAttribute("open");
    dialog.showModal();
  }
  onClick("[data-open]", (button, event) => {
    const dialog = document.querySelector(button.dataset.open);
    if (!dialog) return;
    event.preventDefault();
    closeMenus();
    openDialog(dialog);
  });
  onClick("[data-close]", (button, event) => {
    const closed = button.closest("[data-toast], dialog");
    if (!closed) return;
    if (closed.matches("[data-toast]")) closed.remove();
    else if (!closed.matches("[data-shown]") || !button.matches("a")) {
      event.preventDefault();
      closed.close();
    }
  });
  on("click", (event) => {
    const dialog = event.target;
    if (!dialog.matches?.("dialog.dlg:modal")) return;
    const box = dialog.getBoundingClientRect();
    const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
    if (!inside) dialog.close();
  });

  // ---- Questions that come up after a choice (data-shown-if, data-shown-value); the server counts no answer to others
  const showAsked = () =>
    all("[data-shown-if]").forEach((part) => {
      const chosen = document.querySelector(`[name="${part.dataset.shownIf}"]:checked`);
      part.hidden = chosen?.value !== part.dataset.shownValue || chosen.closest("[hidden]") !== null;
    });
  on("change", showAsked);
  showAsked();

  // ---- "Are you sure?" (data-confirm) before what leaves the building; without script the form simply goes
  function ask({ title, text = "", yes = "", bad = false }) {
    const dialog = byId("hoi-lai");
    const agree = dialog.querySelector("[value=yes]");
    byId("hoi-lai-title").textContent = title;
    byId("hoi-lai-text").textContent = text;
    agree.textContent = yes || agree.dataset.label;
    agree.classList.toggle("btn--bad", bad);
    agree.classList.toggle("btn--go", !bad);
    dialog.returnValue = "";
    dialog.showModal();
    dialog.querySelector("[value=no]").focus();
    return new Promise((settle) => {
      dialog.addEventListener("close", () => settle(dialog.returnValue === "yes"), { once: true });
    });
  }
  onClick("#hoi-lai [value]", (button) => button.closest("dialog").close(button.value));
  const agreed = new WeakSet();
  on("submit", async (event) => {
    const form = event.target;
    const button = event.submitter;
    const asking = [button, form].find((element) => element?.dataset.confirm);
    if (!asking || agreed.delete(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { confirm: title, confirmText: text, confirmYes: yes, confirmBad: bad } = asking.dataset;
    if (!(await ask({ title, text, yes, bad: bad !== undefined }))) return;
    agreed.add(form);
    form.requestSubmit(button);
  }, true);
  on("htmx:confirm", async (event) => {
    const { ctx, issueRequest, dropRequest } = event.detail;
    event.preventDefault();
    if (await ask({ title: ctx.confirm })) issueRequest();
    else dropRequest();
  });

  // ---- A form being sent shows it (data-busy="words" on its button) and takes no second press (data-busy="none" does)
  const sending = new Map();
  const PATIENCE = 20000; // a download answers without leaving the page, so the button comes back by itself
  function showBusy(button) {
    const label = [...button.childNodes];
    const spinner = Object.assign(document.createElement("span"), { className: "spin" });
    button.setAttribute("aria-busy", "true");
    button.replaceChildren(spinner, ...(button.dataset.busy ? [button.dataset.busy] : label));
    return () => {
      button.removeAttribute("aria-busy");
      button.replaceChildren(...label);
    };
  }
  function release(form) {
    const held = sending.get(form);
    if (!held) return;
    clearTimeout(held.timer);
    held.restore?.();
    sending.delete(form);
  }
  on("submit", (event) => {
    const form = event.target;
    const button = event.submitter;
    if (form.method !== "post" || form.dataset.busy === "none") return;
    if (sending.has(form)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    const held = { timer: setTimeout(() => release(form), PATIENCE) };
    sending.set(form, held);
    setTimeout(() => { // once the form's data, with the button's own value, has been read
      if (sending.get(form) === held && button?.matches(".btn")) held.restore = showBusy(button);
    });
  }, true);
  on("htmx:finally:request", (event) => release(event.detail.ctx.request.form));
  addEventListener("pageshow", (event) => {
    if (event.persisted) [...sending.keys()].forEach(release);
  });

  // ---- Copying (data-copy="#id" or the text itself), printing, going back
  async function copied(text, source) {
    try {
      await navigator.clipboard.writeText(text); // there over https and on this very machine only
      return true;
    } catch {
      if (!source) return false;
      if (source.select) source.select();
      else getSelection().selectAllChildren(source);
      return document.execCommand("copy");
    }
  }
  onClick("[data-copy]", async (button) => {
    const source = button.dataset.copy.startsWith("#") ? document.querySelector(button.dataset.copy) : null;
    const text = (source ? source.value ?? source.textContent : button.dataset.copy).trim();
    const done = await copied(text, source);
    say(done ? words("copied") : text, done ? "success" : "problem");
  });
  onClick("[data-print]", () => print());
  onClick("[data-back]", () => history.back());
  onClick("[data-reload]", () => location.reload());

  // ---- Toasts (data-toast) leave by themselves, but not while somebody reads or holds them; problems stay
  const STAY = { plain: 6000, undo: 10000 };
  function shelf() {
    const box = byId("thong-bao");
    const dialog = all("dialog:modal").at(-1); // what lies outside a modal dialog is neither heard nor pressed
    if (dialog && !dialog.contains(box)) dialog.append(box);
    return box;
  }
  on("close", (event) => {
    const box = byId("thong-bao");
    if (event.target.contains(box)) document.body.append(box);
  }, true);
  function say(text, category = "success") {
    const toast = Object.assign(document.createElement("div"), { className: category === "problem" ? "toast toast--bad" : "toast" });
    const line = Object.assign(document.createElement("span"), { className: "grow", textContent: text });
    const close = Object.assign(document.createElement("button"), { type: "button", className: "toast__x" });
    close.innerHTML = '<svg class="i" aria-hidden="true"><use href="#i-x"/></svg>';
    close.setAttribute("aria-label", words("close"));
    close.dataset.close = "";
    toast.dataset.toast = category;
    toast.append(line, close);
    shelf()?.append(toast);
    time(toast);
  }
  on("app:say", ({ detail }) => say(detail.text, detail.category)); // how the scripts of single pages speak
  function time(toast) {
    toast.dataset.timed = "";
    if (toast.dataset.toast === "problem") return;
    const stay = toast.querySelector("form") ? STAY.undo : STAY.plain;
    let timer;
    const stop = () => clearTimeout(timer);
    const start = () => {
      stop();
      timer = setTimeout(() => toast.remove(), stay);
    };
    ["mouseenter", "focusin"].forEach((type) => toast.addEventListener(type, stop));
    ["mouseleave", "focusout"].forEach((type) => toast.addEventListener(type, start));
    start();
  }

  // ---- Waiting for the server: the bar on top, and words when it fails. data-quiet and polling do without.
  let waiting = 0;
  const quiet = ({ sourceElement: source }) => source?.matches?.("[hx-trigger*=every], [data-quiet], [data-quiet] *");
  const wait = (by) => (event) => {
    if (quiet(event.detail.ctx)) return;
    waiting = Math.max(0, waiting + by);
    byId("dang-tai")?.classList.toggle("is-on", waiting > 0);
  };
  on("htmx:before:request", wait(1));
  on("htmx:finally:request", wait(-1));
  on("htmx:response:error", (event) => {
    const { ctx } = event.detail;
    if (quiet(ctx) || ctx.hx?.redirect || [409, 422].includes(ctx.response.status)) return;
    const page = new DOMParser().parseFromString(ctx.text, "text/html");
    const lines = ["h1", ".oops > p", "#so-loi"].map((selector) => page.querySelector(selector)?.textContent.trim());
    say(lines.filter(Boolean).join(" · ") || words("failed"), "problem");
  });
  on("htmx:error", (event) => {
    if (event.detail.ctx && !quiet(event.detail.ctx)) say(words("offline"), "problem");
  });

  // ---- What is new (app:look): parts of the page that listen for it ask, while somebody has the page before him
  const LOOK_EVERY = 60000;
  const look = () => {
    if (document.visibilityState === "visible") document.body.dispatchEvent(new CustomEvent("app:look"));
  };
  setInterval(look, LOOK_EVERY);
  on("visibilitychange", look);

  // ---- The summary of errors takes the focus, and its lines lead into the fields
  onClick(".errsum a[href^='#']", (link, event) => {
    const field = byId(decodeURIComponent(link.hash.slice(1)));
    if (!field) return;
    event.preventDefault();
    (field.closest(".field") ?? field).scrollIntoView({ block: "center" });
    field.focus({ preventScroll: true });
  });

  // Another button that changes the page takes the summary away, as a page fetched anew would have none.
  on("htmx:before:swap", (event) => {
    if (event.detail.ctx.sourceElement.matches?.("button[name=act]")) byId("can-sua")?.closest(".errsum").remove();
  });

  // ---- What a fresh page, or a fresh part of it, needs
  function centre(tab) {
    const bar = tab.parentElement;
    const gap = tab.getBoundingClientRect().left - bar.getBoundingClientRect().left;
    bar.scrollLeft += gap - (bar.clientWidth - tab.offsetWidth) / 2;
  }
  function settle(parts) {
    parts.flatMap((part) => (part.matches(".errsum") ? [part] : all(".errsum", part)))[0]?.focus();
    all(".tabs [aria-current], .sidenav [aria-current]").forEach(centre);
    all("[data-toast]:not([data-timed])").forEach(time);
    all("dialog[data-shown][open]").forEach(openDialog);
  }
  on("htmx:after:settle", (event) => settle(event.detail.newContent.filter((node) => node.nodeType === Node.ELEMENT_NODE)));

  // A live region is read out when something enters it, so what the page came with enters once more.
  const greetings = all("#thong-bao > [data-toast]");
  greetings.forEach((toast) => toast.remove());
  setTimeout(() => shelf()?.append(...greetings), 100);
  settle([document.body]);
  greetings.forEach(time);

  window.page = { all, on, onClick, say, ask, openDialog };
})();
