// Forms: focus on what is wrong, never send twice, keep what was typed through a dead session until it is saved or he signs out.
const KEPT = "kept:";
const kept = (form) => KEPT + (form.dataset.keep || location.pathname);

function restore(form) {
  const saved = sessionStorage.getItem(kept(form));
  if (!saved || document.getElementById("problems")) return;
  for (const [name, value] of JSON.parse(saved)) {
    const field = form.elements.namedItem(name);
    if (field && "value" in field && !field.value && field.type !== "hidden") field.value = value;
  }
}

const typed = (form) =>
  [...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken" && name !== "uuid");

for (const form of document.querySelectorAll("form[data-keep]")) {
  restore(form);
  form.addEventListener("input", () => sessionStorage.setItem(kept(form), JSON.stringify(typed(form))));
}

// The page after a save says what was kept and is now safe.
for (const mark of document.querySelectorAll("[data-saved]")) sessionStorage.removeItem(KEPT + mark.dataset.saved);

for (const form of document.querySelectorAll("form[data-forget], form[data-sign-in]"))
  form.addEventListener("submit", () => {
    if (form.matches("[data-forget]")) sessionStorage.clear();
  });

document.addEventListener("submit", (event) => {
  if (event.target.dataset.sent) return void event.preventDefault();
  if (event.target.method === "post") event.target.dataset.sent = "yes";
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

document.getElementById("problems")?.focus();
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-sends]")) event.target.form.requestSubmit();
});
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) print();
});
