// While the worker is at it, look again every few seconds; without this, the link does it.
"use strict";
const place = document.querySelector("[data-reload]");
if (place) {
  setTimeout(() => {
    if (document.visibilityState === "visible") location.reload();
    else document.addEventListener("visibilitychange", () => location.reload(), { once: true });
  }, Number(place.dataset.reload) * 1000);
}
