/* Refreshes countdowns by the server's moment plus the time this page has been open; the text itself comes from the server. */
(() => {
  const words = document.body.dataset;
  const served = Date.parse(document.documentElement.dataset.now);
  const opened = performance.now();
  const now = () => served + (performance.now() - opened);
  const count = (pattern, number) => pattern.replace("{count}", number);

  const span = (milliseconds) => {
    const minutes = Math.floor(Math.abs(milliseconds) / 60000);
    const days = Math.floor(minutes / 1440);
    const hours = Math.floor(minutes / 60) % 24;
    const rest = minutes % 60;
    if (days >= 7) return count(words.day, days);
    if (days) return count(words.day, days) + (hours ? ` ${count(words.hour, hours)}` : "");
    if (hours) return count(words.hour, hours) + (rest ? ` ${count(words.minute, rest)}` : "");
    return count(words.minute, rest);
  };

  const draw = { past: '<rect x="1" y="1" width="10" height="10" rx=".6" fill="currentColor"/>', near: '<path d="M6 .9 11.6 11H.4z" fill="currentColor"/>' };

  const refresh = (mark) => {
    const due = Date.parse(mark.dataset.due);
    const left = due - now();
    const state = left < 0 ? "past" : now() >= Date.parse(mark.dataset.warn) ? "near" : "running";
    mark.querySelector(".due-text").textContent = (state === "past" ? words.past : words.left).replace("{span}", span(left));
    if (!mark.classList.contains(`due-${state}`)) {
      mark.classList.remove("due-past", "due-near", "due-running");
      mark.classList.add(`due-${state}`);
      const shape = mark.querySelector(".shape");
      if (shape && draw[state]) {
        shape.setAttribute("class", `shape shape-${state}`);
        shape.innerHTML = draw[state];
      }
    }
  };

  const all = () => document.querySelectorAll("[data-due]").forEach(refresh);
  window.setInterval(all, 30000);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) all(); });
})();
