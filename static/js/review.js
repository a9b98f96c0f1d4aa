/* Lights up a box on the page and its row together. An extra: the links work without it. */
for (const [type, on] of [["mouseover", true], ["focusin", true], ["mouseout", false], ["focusout", false]]) {
  document.addEventListener(type, (event) => {
    const field = event.target.closest?.("[data-field]")?.dataset.field;
    if (!field) return;
    for (const twin of document.querySelectorAll(`[data-field="${CSS.escape(field)}"]`)) twin.classList.toggle("on", on);
  });
}
