/* Rows that are added and dropped ([data-rows]), the calendar beside a typed day, the owners in the list of clues.
   Runs before drafts.js: the rows of a kept draft must exist before what was typed is given back. */
(() => {
  const rowsOf = (box) => [...box.querySelectorAll("[data-row-of]")];
  const ATTRIBUTES = ["name", "id", "for", "aria-describedby", "aria-labelledby"];

  const renumber = (box) => {
    const prefix = box.dataset.rows;
    const pattern = new RegExp(`(?:${prefix}|__side__)-(?:\\d+|__prefix__)-`, "g");
    const all = rowsOf(box);
    all.forEach((row, index) => {
      row.querySelectorAll(ATTRIBUTES.map((one) => `[${one}]`).join(",")).forEach((part) => {
        ATTRIBUTES.filter((one) => part.hasAttribute(one)).forEach((one) => {
          part.setAttribute(one, part.getAttribute(one).replace(pattern, `${prefix}-${index}-`));
        });
      });
      const place = row.querySelector("[data-row-place]");
      if (place) place.textContent = all.length > 1 ? index + 1 : "";
      const drop = row.querySelector("[data-row-drop]");
      if (drop) drop.hidden = all.length <= Number(box.querySelector(`[name="${prefix}-MIN_NUM_FORMS"]`).value);
    });
    box.querySelector(`[name="${prefix}-TOTAL_FORMS"]`).value = all.length;
  };

  const tell = (box) => box.dispatchEvent(new Event("rows", { bubbles: true }));

  const add = (box) => {
    const blank = box.querySelector("template[data-row-blank]");
    const fresh = blank.content.cloneNode(true).querySelector("[data-row-of]");
    const last = rowsOf(box).pop();
    last ? last.after(fresh) : blank.before(fresh);
    renumber(box);
    dress(fresh);
    owners();
    return fresh;
  };

  /* The clues name their owner by the place of a defendant: the words follow what is typed there. */
  const owners = () => {
    const box = document.querySelector('[data-rows="defendants"]');
    if (!box) return;
    const names = rowsOf(box).map((row, index) => row.querySelector('[name$="-name"]').value.trim()
      || `${row.querySelector("legend").dataset.word}${index + 1}`);
    document.querySelectorAll('select[name^="clues-"][name$="-of"]').forEach((list) => {
      const chosen = Number(list.value) || 0;
      list.replaceChildren(...names.map((name, index) => new Option(name, index, false, index === chosen)));
    });
  };

  const dress = (root) => root.querySelectorAll("[data-day-open], [data-row-add], [data-draft-drop]").forEach((one) => { one.hidden = false; });

  const begin = (root) => {
    dress(root);
    root.querySelectorAll("[data-rows]").forEach(renumber);
    root.querySelectorAll("form[data-draft]").forEach(makeRoom);
    window.setTimeout(settle, 0);
  };

  /* Once the draft is given back: what follows the typed words is reckoned anew. */
  const settle = () => {
    owners();
    document.querySelectorAll("form:has([data-rows])").forEach((form) => {
      const typed = [...form.querySelectorAll("input:not([type=hidden]), textarea")];
      if (typed.some((field) => field.name && field.value !== field.defaultValue)) form.dispatchEvent(new Event("rows"));
    });
  };

  /* As many rows as the kept draft has. */
  const makeRoom = (form) => {
    const kept = JSON.parse(localStorage.getItem(`draft:${form.dataset.draft}`) || "null");
    if (!kept || form.querySelector(".is-invalid")) return;
    form.querySelectorAll("[data-rows]").forEach((box) => {
      const pattern = new RegExp(`^${box.dataset.rows}-(\\d+)-`);
      const last = Math.max(-1, ...kept.values.map(([name]) => Number(pattern.exec(name)?.[1] ?? -1)));
      while (rowsOf(box).length <= last) add(box);
    });
  };

  const two = (number) => String(number).padStart(2, "0");
  const read = (text) => {
    const found = /(\d{4})\D+(\d{1,2})\D+(\d{1,2})/.exec(text.normalize("NFKC"));
    return found ? `${found[1]}-${two(found[2])}-${two(found[3])}` : "";
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-row-add], [data-row-drop], [data-day-open], [data-draft-drop]");
    if (!button) return;
    const box = button.closest("[data-rows]");
    if ("rowAdd" in button.dataset) {
      add(box).querySelector("input:not([type=hidden]), select, textarea")?.focus();
      tell(box);
    } else if ("rowDrop" in button.dataset) {
      button.closest("[data-row-of]").remove();
      renumber(box);
      owners();
      tell(box);
      box.querySelector("[data-row-add]")?.focus();
    } else if ("draftDrop" in button.dataset) {
      localStorage.removeItem(`draft:${button.form.dataset.draft}`);
      window.location.assign(window.location.pathname);
    } else {
      const field = button.closest(".day-field");
      const pick = field.querySelector("[data-day-pick]");
      pick.value = read(field.querySelector("[data-day]").value);
      pick.showPicker();
    }
  });

  document.addEventListener("change", (event) => {
    if (!("dayPick" in event.target.dataset) || !event.target.value) return;
    const [year, month, day] = event.target.value.split("-").map(Number);
    const text = event.target.closest(".day-field").querySelector("[data-day]");
    text.value = `${year}年${month}月${day}日`;
    text.dispatchEvent(new Event("input", { bubbles: true }));
  });
  document.addEventListener("input", (event) => { if (event.target.name?.startsWith("defendants-")) owners(); });
  document.addEventListener("htmx:afterSettle", (event) => { if (event.detail.elt.querySelector?.("form, [data-rows]")) begin(event.detail.elt); });
  /* On a long page Enter goes to the next field; only the button sends. */
  document.addEventListener("keydown", (event) => {
    const field = event.target;
    if (event.key !== "Enter" || event.isComposing || event.defaultPrevented || !field.matches?.("[data-enter-next] input, [data-enter-next] select")) return;
    event.preventDefault();
    const fields = [...field.form.elements].filter((one) => one.offsetParent !== null && !one.matches("fieldset, [type=hidden], [tabindex='-1'], .day-open"));
    fields[fields.indexOf(field) + 1]?.focus();
  });

  document.addEventListener("DOMContentLoaded", () => {
    settle();
    document.querySelector("[data-enter-next] .is-invalid")?.focus();
  });
  begin(document);
})();
