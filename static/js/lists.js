/* Lists by keyboard (J K X Enter /), select-all, the batch bar's number and sum, remembered columns. */
(() => {
  const rows = () => [...document.querySelectorAll("[data-row]")].filter((row) => row.offsetParent !== null);
  const current = () => document.querySelector("[data-row].is-current");
  let lastId = "";

  const settle = (row, scroll) => {
    document.querySelectorAll("[data-row].is-current").forEach((one) => { one.classList.remove("is-current"); one.removeAttribute("aria-current"); });
    if (!row) return;
    row.classList.add("is-current");
    row.setAttribute("aria-current", "true");
    lastId = row.id;
    if (scroll) {
      row.setAttribute("tabindex", "-1");
      row.focus({ preventScroll: true });
      row.scrollIntoView({ block: "nearest" });
    }
  };

  const step = (by) => {
    const all = rows();
    const at = all.indexOf(current());
    settle(all[Math.max(0, Math.min(all.length - 1, at + by))], true);
  };

  const act = (row) => (row?.querySelector(".btn-act") ?? row?.querySelector("a.row-link"))?.click();

  const typing = (target) => target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const key = event.key.toLowerCase();
    if (key === "/") { document.getElementById("find")?.focus(); event.preventDefault(); return; }
    if (document.getElementById("panel")?.open) return;
    if (key === "j") step(1);
    else if (key === "k") step(-1);
    else if (key === "x") current()?.querySelector("[data-pick]")?.click();
    else if (key === "enter" && !event.target.closest("a, button, summary")) act(current());
    else return;
    event.preventDefault();
  });

  document.addEventListener("focusin", (event) => {
    const row = event.target.closest("[data-row]");
    if (row && row !== current()) settle(row, false);
  });

  const fen = (text) => Math.round(Number(String(text || "0").replaceAll(",", "")) * 100);
  const yuan = (sum) => `${Math.floor(sum / 100).toLocaleString("en-US")}.${String(sum % 100).padStart(2, "0")}`;

  const tally = () => {
    const picks = [...document.querySelectorAll("[data-pick]")];
    const chosen = picks.filter((pick) => pick.checked);
    picks.forEach((pick) => pick.closest("[data-row]")?.classList.toggle("is-picked", pick.checked));
    document.querySelectorAll("[data-pick-all]").forEach((all) => {
      all.checked = picks.length > 0 && chosen.length === picks.length;
      all.indeterminate = chosen.length > 0 && chosen.length < picks.length;
    });
    document.querySelectorAll("[data-batch]").forEach((bar) => {
      bar.hidden = chosen.length === 0;
      bar.querySelectorAll("[data-batch-count]").forEach((place) => { place.textContent = chosen.length; });
      bar.querySelectorAll("[data-batch-sum]").forEach((place) => { place.textContent = yuan(chosen.reduce((sum, pick) => sum + fen(pick.dataset.amount), 0)); });
    });
  };

  let lastPick = null;
  document.addEventListener("click", (event) => {
    const pick = event.target.closest("[data-pick]");
    if (pick && event.shiftKey && lastPick) {
      const picks = [...document.querySelectorAll("[data-pick]")];
      const [from, to] = [picks.indexOf(lastPick), picks.indexOf(pick)].sort((one, two) => one - two);
      picks.slice(from, to + 1).forEach((one) => { one.checked = pick.checked; });
    }
    if (pick) lastPick = pick;
    const clear = event.target.closest("[data-pick-none]");
    if (clear) document.querySelectorAll("[data-pick]").forEach((one) => { one.checked = false; });
    if (pick || clear) tally();
  });

  document.addEventListener("change", (event) => {
    if ("pickAll" in event.target.dataset) {
      document.querySelectorAll("[data-pick]").forEach((pick) => { pick.checked = event.target.checked; });
      tally();
    } else if (event.target.dataset.columnOf) {
      const hidden = [...document.querySelectorAll(`[data-column-of="${event.target.dataset.columnOf}"]`)].filter((box) => !box.checked).map((box) => box.value);
      localStorage.setItem(`columns:${event.target.dataset.columnOf}`, JSON.stringify(hidden));
      columns();
    }
  });

  const columns = () => {
    document.querySelectorAll("[data-columns]").forEach((table) => {
      const name = table.dataset.columns;
      const hidden = JSON.parse(localStorage.getItem(`columns:${name}`) || "[]");
      table.querySelectorAll("[data-col]").forEach((cell) => { cell.hidden = hidden.includes(cell.dataset.col); });
      document.querySelectorAll(`[data-column-of="${name}"]`).forEach((box) => { box.checked = !hidden.includes(box.value); });
    });
  };

  const begin = () => {
    columns();
    tally();
    if (!current()) settle((lastId && document.getElementById(lastId)) || rows()[0], false);
  };
  document.addEventListener("htmx:afterSettle", begin);
  begin();
})();
