/* Messages, the live region, and what to say when a request is lost. */
(() => {
  const say = (text) => {
    const region = document.getElementById("live");
    if (!region) return;
    region.textContent = "";
    window.setTimeout(() => { region.textContent = text; }, 50);
  };

  const show = (text, level) => {
    const box = document.getElementById("messages");
    if (!box) return;
    const message = document.createElement("div");
    message.className = `message is-${level}`;
    const words = document.createElement("p");
    words.textContent = text;
    message.append(words);
    box.append(message);
    window.setTimeout(() => message.remove(), level === "error" ? 12000 : 4000);
  };

  window.shanzhi = { say, show };

  const settle = () => {
    document.querySelectorAll("#messages .is-success, #messages .is-info").forEach((message) => {
      window.setTimeout(() => message.remove(), 8000);
    });
  };

  document.addEventListener("click", (event) => {
    const close = event.target.closest("[data-close]");
    if (close) close.closest(".message")?.remove();
  });
  document.addEventListener("announce", (event) => say(event.detail.value ?? ""));
  document.addEventListener("notify", (event) => show(event.detail.value ?? "", "info"));
  document.addEventListener("htmx:sendError", () => show(document.body.dataset.offline, "error"));
  document.addEventListener("htmx:responseError", () => show(document.body.dataset.offline, "error"));

  /* A lost session answers with the sign-in page: go there as a page, the drafts stay. */
  document.addEventListener("htmx:beforeSwap", (event) => {
    const answer = event.detail.xhr;
    if (answer?.responseText?.includes("data-sign-in")) {
      event.detail.shouldSwap = false;
      window.location.assign(answer.responseURL);
    }
  });
  document.addEventListener("htmx:afterSettle", settle);
  settle();
})();
