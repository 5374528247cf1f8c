// Keys that work on every page: `/` search, `?` help, j and k along rows, x to tick, e to go to work, Enter, o, Esc.
// Never while somebody types.
const typing = (target) =>
  target.closest("input:not([type=checkbox]), textarea, select, [contenteditable], dialog[open]") !== null;

const rows = () => [...document.querySelectorAll("main [data-row]")].filter((row) => row.offsetParent !== null);

function walk(step) {
  const all = rows();
  if (!all.length) return;
  const here = all.findIndex((row) => row.classList.contains("is-here"));
  const next = all[Math.min(all.length - 1, Math.max(0, here + step))];
  for (const row of all) row.classList.toggle("is-here", row === next);
  const link = next.querySelector("a");
  link?.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
  if (document.querySelector("#panel.is-open")) link?.click();
}

const press = (selector) => {
  const found = document.querySelector(selector);
  found?.click();
  return Boolean(found);
};

const actions = {
  "/": () => {
    const field = [...document.querySelectorAll("input[type=search]")].find((input) => input.offsetParent !== null);
    field?.focus();
    return Boolean(field);
  },
  "?": () => {
    document.getElementById("keys")?.showModal();
    return true;
  },
  j: () => (walk(1), true),
  k: () => (walk(-1), true),
  x: () => press("[data-row].is-here [data-tick]"),
  // With rows ticked `e` opens their common act, else the row itself as a whole page.
  e: () => {
    if (press("[data-bulk].is-on [data-bulk-key]")) {
      document.querySelector("[data-bulk].is-on details[open] select")?.focus();
      return true;
    }
    const link = document.querySelector("main [data-row].is-here a");
    if (link) location.assign(link.href);
    return Boolean(link);
  },
  o: () => press("#panel.is-open .panel-tools a"),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
  const named = document.querySelector(`[data-key="${CSS.escape(event.key)}"]:not([disabled])`);
  if (named) {
    event.preventDefault();
    named.click();
    if (named.matches("summary")) named.parentElement.querySelector("form input:not([type=hidden]), form textarea")?.focus();
  } else if (actions[event.key]?.()) {
    event.preventDefault();
  }
});
