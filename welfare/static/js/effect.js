/* What a choice does to everybody's load is drawn anew when the choice changes; without this script
   the button "show the effect" does the same. */
(() => {
  "use strict";
  const draw = (text) => {
    const page = new DOMParser().parseFromString(text, "text/html");
    document.querySelectorAll("[data-redraw]").forEach((old) => {
      const fresh = page.getElementById(old.id);
      if (fresh) old.replaceChildren(...fresh.childNodes);
    });
  };
  document.querySelectorAll("form[data-effect]").forEach((form) => {
    let asked = 0;
    let waiting = 0;
    const ask = () => {
      asked += 1;
      const mine = asked;
      const body = new FormData(form);
      body.set("do", "effect");
      fetch(form.action, { method: "POST", body, credentials: "same-origin" })
        .then((answer) => (answer.ok ? answer.text() : Promise.reject(answer.status)))
        .then((text) => { if (mine === asked) draw(text); })
        .catch(() => {});
    };
    form.addEventListener("change", (event) => {
      if (!event.target.matches("input[type=radio], select")) return;
      window.clearTimeout(waiting);
      waiting = window.setTimeout(ask, 150);
    });
  });
})();
