/* Single keys of the desk and the seconds in which an act can be taken back. An extra: every key
   leads to something on the page that works without it, and none decides without a second press. */
const KEYS_OFF = "viewer-keys-off";
const keys = document.getElementById("keys");
const TYPING = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";
const FIRST = "textarea, select, input:not([type=hidden], [type=radio]), button, a[href]";

function areOff() {
  try {
    return localStorage.getItem(KEYS_OFF) === "1";
  } catch {
    return false; // storage may be switched off in this browser
  }
}

/* Open what holds the target, and put the focus where the person goes on. */
function reach(target) {
  for (let fold = target.closest("details"); fold; fold = fold.parentElement?.closest("details")) fold.open = true;
  const place = target.matches("details") ? target.querySelector(`form :is(${FIRST})`) ?? target : target;
  place.scrollIntoView({ block: "center" });
  place.focus({ preventScroll: true });
}

function follow(target) {
  if (target.matches("a[href], [data-press]")) target.click();
  else reach(target);
}

document.addEventListener("keydown", (event) => {
  if (areOff() || event.target.closest?.(TYPING) || keys?.open || event.ctrlKey || event.metaKey || event.altKey) return;
  const key = event.key.toLowerCase();
  const target = key.length === 1 && document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (key === "?" && keys) keys.showModal();
  else if (target) follow(target);
  else return;
  event.preventDefault();
});

document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-help]")) keys?.showModal();
  const hash = event.target.closest?.("a[href^='#']")?.getAttribute("href").slice(1);
  const fold = hash && document.getElementById(hash)?.closest("details");
  if (!fold) return;
  event.preventDefault();
  reach(fold);
});

document.body.addEventListener("htmx:afterSettle", () => {
  const note = document.querySelector("#note-form textarea");
  if (note) reach(note);
});

const box = document.getElementById("keys-on");
if (box) {
  box.checked = !areOff();
  box.addEventListener("change", () => {
    try {
      localStorage.setItem(KEYS_OFF, box.checked ? "0" : "1");
    } catch { /* then they stay on for this page */ }
  });
}

for (const form of document.querySelectorAll("[data-undo]")) {
  const until = Date.now() + Number(form.dataset.undo) * 1000;
  const told = form.querySelector(".num");
  const timer = setInterval(() => {
    const left = Math.ceil((until - Date.now()) / 1000);
    told.textContent = Math.max(0, left);
    if (left > 0) return;
    clearInterval(timer);
    form.querySelector("button").remove();
  }, 250);
}
