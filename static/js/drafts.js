/* What has been typed into a form[data-draft] survives a lost session: kept in this browser, three days at most,
   given back when the same form is opened again, dropped once it was accepted or when the reader signs out. */
(() => {
  const PREFIX = "draft:";
  const LIMIT = 3 * 24 * 3600 * 1000;
  const words = document.body.dataset;
  const key = (form) => PREFIX + (form.dataset.draft || form.action);
  const kept = (field) => field.name && !field.disabled && !("noDraft" in field.dataset)
    && !["password", "file", "hidden", "submit", "button"].includes(field.type);
  const fields = (form) => [...form.elements].filter(kept);
  const ticks = (field) => field.type === "checkbox" || field.type === "radio";

  const note = (form, text) => {
    const place = form.querySelector(".saved");
    if (place) place.textContent = text;
  };

  const save = (form) => {
    const values = fields(form).map((field) => [field.name, ticks(field) ? [field.value, field.checked] : field.value]);
    try {
      localStorage.setItem(key(form), JSON.stringify({ at: Date.now(), values }));
      note(form, words.saved);
    } catch { /* storage full or forbidden: typing goes on without a draft */ }
  };

  const untouched = (field) => field.tagName === "SELECT" || (ticks(field) ? field.checked === field.defaultChecked : field.value === field.defaultValue);

  const restore = (form) => {
    const stored = JSON.parse(localStorage.getItem(key(form)) || "null");
    if (!stored || form.querySelector(".is-invalid")) return;
    if (Date.now() - stored.at > LIMIT) { localStorage.removeItem(key(form)); return; }
    let changed = false;
    for (const [name, value] of stored.values) {
      for (const field of fields(form).filter((one) => one.name === name && untouched(one))) {
        if (ticks(field)) {
          if (field.value !== value[0] || field.checked === value[1]) continue;
          field.checked = value[1];
        } else {
          if (typeof value !== "string" || field.value === value) continue;
          field.value = value;
        }
        changed = true;
      }
    }
    if (changed) note(form, words.restored);
  };

  const timers = new WeakMap();
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (!form || !("draft" in form.dataset)) return;
    window.clearTimeout(timers.get(form));
    timers.set(form, window.setTimeout(() => save(form), 400));
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if ("signOut" in form.dataset) {
      Object.keys(localStorage).filter((name) => name.startsWith(PREFIX)).forEach((name) => localStorage.removeItem(name));
    } else if ("draft" in form.dataset) {
      window.clearTimeout(timers.get(form));
      save(form);
      sessionStorage.setItem("draft-sent", key(form));
    }
  });

  /* Sent and not come back with errors, and not thrown to the sign-in page: it was accepted. */
  const settle = (root) => {
    const sent = sessionStorage.getItem("draft-sent");
    if (!sent || document.querySelector("[data-sign-in]")) return;
    sessionStorage.removeItem("draft-sent");
    if (!root.querySelector(".is-invalid, .refused, .stale, .field-error")) localStorage.removeItem(sent);
  };

  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.requestConfig?.verb !== "get" && event.detail.xhr?.status < 400) settle(event.detail.elt);
    event.detail.elt.querySelectorAll?.("form[data-draft]").forEach(restore);
  });
  settle(document);
  document.querySelectorAll("form[data-draft]").forEach(restore);
})();
