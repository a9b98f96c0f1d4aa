/* <button data-copy="#id" [data-share] data-done="Copied">: the phone's share sheet, else the
   clipboard, else the text is selected so that it can be copied by hand. */
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  const source = button && document.querySelector(button.dataset.copy);
  if (!source) return;
  event.preventDefault();
  const text = (source.value ?? source.textContent).trim();
  try {
    if ("share" in button.dataset && navigator.share) {
      await navigator.share({ text });
      return;
    }
    await navigator.clipboard.writeText(text);
    tell(button);
  } catch (problem) {
    if (problem.name === "AbortError") return;
    if (source.select) source.select();
    else getSelection().selectAllChildren(source);
  }
});

function tell(button) {
  let status = button.parentElement.querySelector("[data-copied]");
  if (!status) {
    status = document.createElement("span");
    status.dataset.copied = "";
    status.setAttribute("role", "status");
    button.after(status);
  }
  status.textContent = button.dataset.done ?? "";
  setTimeout(() => { status.textContent = ""; }, 4000);
}
