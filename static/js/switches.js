/* Theme, text size, 万元, copying, menus: what one click turns over. */
(() => {
  const root = document.documentElement;
  const remember = (name, value) => { document.cookie = `${name}=${value};path=/;max-age=31536000;samesite=lax`; };

  const units = (button) => {
    const box = button.closest("[data-units]") ?? document;
    const unit = button.dataset.unit;
    box.querySelectorAll("[data-wan]").forEach((figure) => { figure.textContent = unit === "wan" ? figure.dataset.wan : figure.dataset.yuan; });
    box.querySelectorAll("[data-unit-word]").forEach((word) => { word.textContent = unit === "wan" ? word.dataset.unitWan : word.dataset.unitYuan; });
    box.querySelectorAll("button[data-unit]").forEach((one) => one.setAttribute("aria-pressed", String(one.dataset.unit === unit)));
  };

  const copy = async (button) => {
    await navigator.clipboard.writeText(button.dataset.copy);
    window.shanzhi.say(document.body.dataset.copied);
    window.shanzhi.show(`${document.body.dataset.copied} ${button.dataset.copy}`, "info");
  };

  document.addEventListener("click", (event) => {
    const target = event.target.closest("[data-theme-set], [data-text-toggle], button[data-unit], [data-copy], [data-print]");
    document.querySelectorAll("details.menu[open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
    if (!target) return;
    if (target.dataset.themeSet) {
      root.dataset.bsTheme = target.dataset.themeSet;
      remember("theme", target.dataset.themeSet);
    } else if ("textToggle" in target.dataset) {
      root.dataset.text = root.dataset.text === "large" ? "normal" : "large";
      remember("text", root.dataset.text);
    } else if (target.dataset.unit) {
      units(target);
    } else if ("copy" in target.dataset) {
      event.preventDefault();
      copy(target);
    } else {
      window.print();
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = document.querySelector("details.menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
    event.stopPropagation();
  });

  document.addEventListener("change", (event) => {
    if ("autosubmit" in event.target.dataset) event.target.form?.requestSubmit();
  });
})();
