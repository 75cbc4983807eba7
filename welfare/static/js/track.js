/* The secret of the QR code stands behind the # of the address, where no server sees it. */
(() => {
  "use strict";
  const form = document.querySelector("[data-secret-from-address]");
  const found = /[#&]s=([0-9-]{9,11})/.exec(decodeURIComponent(location.hash));
  if (!form || !found) return;
  form.elements.secret.value = found[1];
  history.replaceState(null, "", location.pathname + location.search);
  form.querySelector("button[type=submit]").focus();
})();
