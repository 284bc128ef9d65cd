/* The side panel: opens when htmx fills it, closes by Esc, the cross or the answer's "panel-close"; focus goes back. */
(() => {
  const panel = document.getElementById("panel");
  if (!panel) return;
  let opener = null;

  const close = () => {
    if (!panel.open) return;
    panel.close();
    panel.replaceChildren();
    opener?.isConnected && opener.focus();
    opener = null;
  };

  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.target !== panel) return;
    const menu = event.detail.elt.closest("details.menu");
    if (!panel.open) opener = menu ? menu.querySelector("summary") : document.activeElement;
    if (menu) menu.open = false;
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target !== panel || !panel.childElementCount) return;
    panel.classList.toggle("is-wide", Boolean(panel.querySelector("[data-wide]")));
    if (!panel.open) panel.show();
    const first = panel.querySelector(".is-invalid, .refused, [autofocus]") ?? panel.querySelector("#panel-title");
    first?.setAttribute("tabindex", first.matches("input, select, textarea, button, a") ? "0" : "-1");
    first?.focus();
  });
  document.addEventListener("click", (event) => { if (event.target.closest("[data-panel-close]") && panel.open) { event.preventDefault(); close(); } });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && panel.open) close(); });
  document.addEventListener("panel-close", close);
})();
