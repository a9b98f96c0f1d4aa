/* "/" leads to the box that finds everything, unless somebody is typing or has switched keys off. */
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.target.closest("input, textarea, select, dialog") || areOff()) return;
  const box = document.querySelector("#find");
  event.preventDefault();
  if (box?.checkVisibility()) box.focus();
  else document.querySelector(".find-link")?.click();
});

function areOff() {
  try {
    return localStorage.getItem("viewer-keys-off") === "1";
  } catch {
    return false;
  }
}
