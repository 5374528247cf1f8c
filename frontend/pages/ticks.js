// Ticks in the first column: the bar of common acts appears with the first one and tells how many.
document.addEventListener("change", (event) => {
  const box = event.target;
  if (!box.matches("[data-tick], [data-tick-all]")) return;
  const form = box.form ?? box.closest("form");
  const ticks = [...form.querySelectorAll("[data-tick]")];
  if (box.matches("[data-tick-all]")) for (const tick of ticks) tick.checked = box.checked;
  const count = ticks.filter((tick) => tick.checked).length;
  for (const bar of form.querySelectorAll("[data-bulk]")) {
    bar.classList.toggle("is-on", count > 0);
    for (const told of bar.querySelectorAll("[data-count]")) told.textContent = count;
  }
});
