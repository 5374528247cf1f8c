// A button that copies a text into the clipboard; where the browser forbids it, the text is marked for copying by hand.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  const field = button && document.getElementById(button.dataset.copy);
  if (!field) return;
  field.focus();
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    document.execCommand("copy");
  }
  button.classList.add("is-done");
  button.setAttribute("data-sign", "✓");
});
