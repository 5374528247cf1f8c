// Menus are <details>: one open at a time, closed by a click elsewhere or Esc.
const menus = () => document.querySelectorAll("details.chip[open], details.drop[open]");

document.addEventListener("click", (event) => {
  for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus()) {
    menu.open = false;
    menu.querySelector("summary")?.focus();
  }
});

// On a narrow screen the tab of this page may lie outside the strip.
document.querySelector(".tabs [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });
