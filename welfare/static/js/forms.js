/* What makes forms nicer where there is JavaScript. Nothing needs it, nothing typed is stored. */
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("js");
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const fill = (text, n) => text.replace("{n}", n);

  /* What is wrong is read first. */
  const summary = document.querySelector("[data-focus]");
  if (summary) summary.focus();

  /* One press sends once: the server's one-time key is the rule, this is the sign. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || "again" in form.dataset || event.defaultPrevented) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    const button = event.submitter;
    if (button) { button.classList.add("is-busy"); button.setAttribute("aria-disabled", "true"); }
  });
  addEventListener("pageshow", () => {
    all("form[data-sent]").forEach((form) => delete form.dataset.sent);
    all(".is-busy").forEach((b) => { b.classList.remove("is-busy"); b.removeAttribute("aria-disabled"); });
  });

  /* How many characters are left. */
  all("[data-counter]").forEach((box) => {
    const note = document.getElementById(box.dataset.counter);
    const show = () => {
      const left = Number(box.dataset.limit) - box.value.length;
      note.textContent = left < 0 ? fill(note.dataset.over, -left) : fill(note.dataset.left, left);
      note.classList.toggle("is-over", left < 0);
      if (note.dataset.near) note.hidden = left > Number(note.dataset.near);
    };
    box.addEventListener("input", show);
    if (box.value) show();
  });

  /* The sum of the answers chosen so far; what it means is said once it is saved. */
  all("form[data-sum]").forEach((form) => {
    const note = form.querySelector("[data-sum-total]");
    form.addEventListener("change", () => {
      const chosen = all("input[type=radio]:checked", form).filter((box) => box.name.startsWith("adl_"));
      note.textContent = fill(note.dataset.sumTotal, chosen.reduce((sum, box) => sum + Number(box.value), 0));
    });
  });

  /* Photos: shown at once, no more than the office takes. */
  all("[data-photos]").forEach((drop) => {
    const input = drop.querySelector("input[type=file]");
    const list = drop.querySelector("[data-photos-list]");
    const message = drop.querySelector("[data-photos-message]");
    input.addEventListener("change", () => {
      const most = Number(drop.dataset.most);
      if (input.files.length > most) {
        const kept = new DataTransfer();
        [...input.files].slice(0, most).forEach((file) => kept.items.add(file));
        input.files = kept.files;
        message.textContent = drop.dataset.tooMany;
        message.hidden = false;
      } else {
        message.hidden = true;
      }
      list.replaceChildren(...[...input.files].map((file) => {
        const item = document.createElement("li");
        const figure = document.createElement("figure");
        const picture = document.createElement("img");
        const caption = document.createElement("figcaption");
        picture.alt = "";
        picture.src = URL.createObjectURL(file);
        picture.onload = picture.onerror = () => URL.revokeObjectURL(picture.src);
        caption.textContent = file.name;
        figure.append(picture, caption);
        item.append(figure);
        return item;
      }));
    });
  });

  /* Where the phone is, when its owner presses for it. */
  all("[data-locate]").forEach((button) => {
    const message = button.parentElement.querySelector("[data-locate-message]");
    button.addEventListener("click", () => {
      const failed = () => { button.classList.remove("is-busy"); message.textContent = button.dataset.failed; };
      if (!navigator.geolocation) { failed(); return; }
      button.classList.add("is-busy");
      navigator.geolocation.getCurrentPosition(({ coords }) => {
        button.classList.remove("is-busy");
        document.getElementById(button.dataset.lat).value = coords.latitude.toFixed(6);
        document.getElementById(button.dataset.lng).value = coords.longitude.toFixed(6);
        message.textContent = fill(button.dataset.found, Math.ceil(coords.accuracy));
      }, failed, { enableHighAccuracy: true, timeout: 15000 });
    });
  });

  all("[data-copy]").forEach((button) => button.addEventListener("click", async () => {
    if (!navigator.clipboard) { getSelection().selectAllChildren(button.previousElementSibling); return; }
    await navigator.clipboard.writeText(button.dataset.copy);
    button.querySelector("span").textContent = button.dataset.copied;
  }));

  all("[data-print]").forEach((button) => button.addEventListener("click", () => print()));

  /* The size of text changes in place, so that a half-filled form stays as it is. */
  all("[data-size]").forEach((link) => link.addEventListener("click", (event) => {
    event.preventDefault();
    const size = link.dataset.size;
    root.className = root.className.replace(/text-\d/, `text-${size}`);
    all("[data-size]").forEach((other) => {
      if (other.dataset.size === size) other.setAttribute("aria-current", "true");
      else other.removeAttribute("aria-current");
    });
    fetch(`/?size=${size}`, { credentials: "same-origin" }).catch(() => {});
  }));

  /* An open menu closes on a press elsewhere and on Escape. */
  const menus = () => all("details.menu[open], .rail-sheet details[open]");
  document.addEventListener("click", (event) => menus().forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  }));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") menus().forEach((menu) => { menu.open = false; menu.querySelector("summary").focus(); });
  });
})();
