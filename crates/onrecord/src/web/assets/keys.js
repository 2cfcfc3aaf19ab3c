// Keyboard shortcuts: an addition, never a need. Every page works the same without this file.
(function () {
  "use strict";
  var KEY = "onrecord-shortcuts";
  var help = document.getElementById("shortcuts");
  var on = document.getElementById("shortcuts-on");
  if (!help || !on || !help.showModal) return;

  function allowed() {
    try { return localStorage.getItem(KEY) !== "off"; } catch (_) { return true; }
  }
  on.checked = allowed();
  on.addEventListener("change", function () {
    try { localStorage.setItem(KEY, on.checked ? "on" : "off"); } catch (_) { /* kept for this page only */ }
  });
  var open = document.getElementById("shortcuts-open");
  if (open) {
    open.hidden = false;
    open.addEventListener("click", function () { help.showModal(); });
  }

  function step(by) {
    var items = Array.prototype.filter.call(document.querySelectorAll("main [data-item]"), function (item) {
      return item.getClientRects().length > 0;
    });
    if (!items.length) return;
    var at = items.indexOf(document.activeElement.closest ? document.activeElement.closest("[data-item]") : null);
    var next = items[at < 0 ? (by > 0 ? 0 : items.length - 1) : Math.min(items.length - 1, Math.max(0, at + by))];
    var target = next.matches("a") ? next : next.querySelector("a");
    if (!target) { next.tabIndex = -1; target = next; }
    target.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  }

  var places = { h: "/", s: "/stories", t: "/said", w: "/who", p: "/position", o: "/outlets", f: "/search" };
  var go = 0;
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || help.open) return;
    var typing = event.target.closest && event.target.closest("input:not([type=checkbox]), select, textarea, [contenteditable]");
    if (typing) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (!on.checked) return;
    if (go && Date.now() - go < 3000 && places[event.key]) {
      go = 0;
      event.preventDefault();
      location.href = places[event.key];
      return;
    }
    go = 0;
    switch (event.key) {
      case "j": step(1); break;
      case "k": step(-1); break;
      case "g": go = Date.now(); return;
      case "?": help.showModal(); break;
      case "/":
        var box = document.getElementById("q") || document.getElementById("site-q");
        if (!box) return;
        box.focus();
        box.select();
        break;
      default: return;
    }
    event.preventDefault();
  });
})();
