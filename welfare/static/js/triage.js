/* Triage by keyboard: a key opens its form or follows its link; standard texts; live preview. */
(() => {
  "use strict";
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const typing = (node) => node.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");

  const go = (target) => {
    const fold = target.closest("details");
    if (!fold) { target.click(); return; }
    fold.open = true;
    fold.scrollIntoView({ block: "nearest" });
    const first = fold.querySelector("input:not([type=hidden]), select, textarea, button");
    if (first) first.focus();
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    const target = all("[data-key]").find((node) => node.dataset.key === event.key);
    if (target) { event.preventDefault(); go(target); }
  });

  all("[data-put]").forEach((button) => button.addEventListener("click", () => {
    const fields = all(`form[method=post] input[name="${button.dataset.put}"]`);
    fields.forEach((field) => { field.value = button.dataset.value; });
    const shown = fields.find((field) => field.offsetParent);
    if (shown) shown.focus();
  }));

  const preview = (area) => {
    const box = document.querySelector(`[data-preview-of="${area.dataset.preview}"]`);
    if (!box) return;
    const agency = area.form.querySelector("select[name=agency]");
    const lead = agency ? `${agency.selectedOptions[0].textContent}\n` : "";
    box.querySelector("[data-preview-text]").textContent = lead + area.value;
    box.hidden = !area.value.trim();
  };
  all("[data-preview]").forEach((area) => {
    area.form.addEventListener("input", () => preview(area));
    preview(area);
  });
  all("[data-fill]").forEach((select) => select.addEventListener("change", () => {
    const text = document.querySelector(`[data-fill-text="${select.dataset.fill}-${select.value}"]`);
    const area = select.form.querySelector("textarea");
    if (!text || !area) return;
    area.value = text.content.textContent.trim();
    area.dispatchEvent(new Event("input", { bubbles: true }));
    area.focus();
  }));
})();
