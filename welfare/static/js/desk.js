/* The desk by keyboard: / search, j k move, Enter open, x select, 1-9 choose a worker, ? help; and the bulk bar. */
(() => {
  "use strict";
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const rows = () => all("[data-rows] tbody tr");
  const typing = (node) => node.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");

  const here = () => rows().findIndex((row) => row.classList.contains("is-here"));
  const move = (step) => {
    const list = rows();
    if (!list.length) return;
    const now = here();
    const next = now < 0 ? 0 : Math.min(Math.max(now + step, 0), list.length - 1);
    list.forEach((row, n) => row.classList.toggle("is-here", n === next));
    const link = list[next].querySelector("a[href]");
    if (link) link.focus({ preventScroll: true });
    list[next].scrollIntoView({ block: "nearest" });
  };
  const help = () => {
    const dialog = document.getElementById("keys");
    if (dialog && !dialog.open) dialog.showModal();
  };
  const keys = {
    "/": () => { const box = document.querySelector("[data-search]"); if (box) { box.focus(); box.select(); } },
    j: () => move(1),
    k: () => move(-1),
    x: () => { const box = rows()[here()]?.querySelector(".pick"); if (box) box.click(); },
    "?": help,
  };
  for (let n = 1; n < 10; n += 1) {
    keys[n] = () => { const radio = all("[data-digits] input[type=radio]")[n - 1]; if (radio) { radio.checked = true; radio.focus(); } };
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const act = keys[event.key];
    if (act && !document.querySelector("dialog[open]")) { event.preventDefault(); act(); }
  });
  all("[data-keys]").forEach((button) => button.addEventListener("click", help));

  all("form").filter((form) => form.querySelector("[data-bulk-bar]")).forEach((form) => {
    const bar = form.querySelector("[data-bulk-bar]");
    const count = bar.querySelector("[data-bulk-count]");
    const picks = () => all(".pick:not([data-pick-all])", form);
    const show = () => {
      const n = picks().filter((box) => box.checked).length;
      bar.classList.toggle("is-on", n > 0);
      count.textContent = count.dataset.text.replace("{n}", n);
    };
    form.addEventListener("change", (event) => {
      if (event.target.matches("[data-pick-all]")) picks().forEach((box) => { box.checked = event.target.checked; });
      show();
    });
    show();
  });
})();
