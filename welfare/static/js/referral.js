/* The code of the QR stands behind the # of the address, where no server sees it. */
(() => {
  "use strict";
  const form = document.querySelector("[data-code-from-address]");
  const found = /[#&]c=([0-9-]{12,14})/.exec(decodeURIComponent(location.hash));
  if (!form || !found) return;
  form.elements.code.value = found[1];
  history.replaceState(null, "", location.pathname + location.search);
  form.querySelector("button[type=submit]").focus();
})();
