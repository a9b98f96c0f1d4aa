/* [data-poll]: while a paper is being read, the part of the page that says so is fetched again every
   two seconds and takes its own place. Without this script the page reloads itself. */
setInterval(async () => {
  const part = document.querySelector("[data-poll]:not([data-asked])");
  if (!part || document.hidden) return;
  part.dataset.asked = "";
  try {
    const answer = await fetch(part.dataset.poll, { headers: { "X-Requested-With": "fetch" } });
    if (!answer.ok || answer.redirected) throw new Error(answer.status);
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("section");
    if (!fresh) return;
    part.replaceWith(fresh);
    if (!("poll" in fresh.dataset)) {
      fresh.tabIndex = -1;
      fresh.focus();
    }
  } catch {
    delete part.dataset.asked;
  }
}, 2000);
