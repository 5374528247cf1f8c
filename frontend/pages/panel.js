// On a wide screen a row opens beside the list, under its own address; without this script the link is a plain link.
const wide = matchMedia("(min-width: 1100px)");
let list = location.pathname + location.search;

function close({ push = true } = {}) {
  const panel = document.getElementById("panel");
  if (!panel?.classList.contains("is-open")) return false;
  panel.classList.remove("is-open");
  panel.replaceChildren();
  if (push) history.pushState(null, "", list);
  document.querySelector("[data-row].is-here a")?.focus();
  return true;
}

async function open(link, { push = true } = {}) {
  const panel = document.getElementById("panel");
  const answer = await fetch(link, { headers: { "HX-Request": "true", "HX-Target": "panel" }, credentials: "same-origin" });
  if (!answer.ok && answer.status !== 404 && answer.status !== 403) return location.assign(link);
  panel.innerHTML = await answer.text();
  window.htmx?.process(panel);
  panel.classList.add("is-open");
  panel.scrollTop = 0;
  if (push) history.pushState({ panel: link }, "", link);
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-close-panel]")) return void close();
  const link = event.target.closest("a[data-panel]");
  const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
  if (!link || !plain || !wide.matches) return;
  event.preventDefault();
  if (!document.querySelector("#panel.is-open")) list = location.pathname + location.search;
  for (const row of document.querySelectorAll("[data-row]")) row.classList.toggle("is-here", row.contains(link));
  open(link.href);
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !document.querySelector("dialog[open]")) close();
});

addEventListener("popstate", (event) => {
  if (event.state?.panel) open(event.state.panel, { push: false });
  else if (!close({ push: false })) location.reload();
});

// A button in the panel returns to the list beside it, not to the record's own page.
document.addEventListener("submit", (event) => {
  const next = event.target.closest("#panel.is-open") && event.target.elements.namedItem("next");
  if (next) next.value = list;
});
