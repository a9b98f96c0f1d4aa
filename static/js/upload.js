/* <form data-upload>: gathers photos one by one, says how each looks, sends them with progress, and
   tries again with the same hidden "key" when the network drops. Advice never stops anybody from
   sending. Without this script the form is plain multipart. */
const bags = new WeakMap();
const bag = (form) => bags.get(form) ?? bags.set(form, []).get(form);
const advice = new WeakMap(); // of a file: sentences
const part = (form, name) => form.querySelector(`[data-${name}]`);
const say = (form, word, extra = "") => { part(form, "status").textContent = (form.dataset[word] ?? "") + extra; };
let work = Promise.resolve(); // one photo is open at a time, whatever is tapped meanwhile
let isHurried = false;
let instead = null; // the file that the next photo replaces

function button(form, word, file, act) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "btn quiet sm", textContent: form.dataset[word], onclick: act });
  made.setAttribute("aria-label", `${form.dataset[word]} ${file.name}`);
  return made;
}

function list(form) {
  part(form, "chosen").replaceChildren(...bag(form).map((file, at) => {
    const row = document.createElement("li");
    const name = Object.assign(document.createElement("span"), { textContent: `${at + 1}. ${file.name} (${Math.ceil(file.size / 1024)} KB)` });
    row.append(name, button(form, "remove", file, () => { bag(form).splice(at, 1); list(form); }));
    if (advice.get(file)?.length) advise(form, file, row);
    return row;
  }));
  for (const input of form.querySelectorAll("input[type=file]")) input.required = false;
  label(form);
}

function advise(form, file, row) {
  const again = button(form, "again", file, () => { instead = file; form.querySelector("[capture]").click(); });
  row.firstChild.after(again);
  for (const sentence of advice.get(file)) {
    const note = part(form, "advice").content.cloneNode(true);
    note.querySelector("[data-sentence]").textContent = sentence;
    row.append(note);
  }
}

function label(form) {
  const words = part(form, "send");
  words.dataset.plain ??= words.textContent;
  words.textContent = bag(form).some((file) => advice.get(file)?.length) ? form.dataset.anyway : words.dataset.plain;
}

async function take(form, files) {
  for (const file of files) {
    const place = bag(form).indexOf(instead);
    instead = null;
    bag(form).splice(place < 0 ? bag(form).length : place, place < 0 ? 0 : 1, await window.shrinkPhoto(file));
  }
  list(form);
  const { limits, words } = JSON.parse(form.dataset.coach);
  for (const file of bag(form)) {
    if (isHurried || advice.has(file)) continue;
    const seen = await window.coachPhoto(file, limits);
    advice.set(file, (seen?.faults ?? []).slice(0, 2).map((code) => words[code]));
    const at = bag(form).indexOf(file);
    if (at < 0 || !advice.get(file).length) continue;
    advise(form, file, part(form, "chosen").children[at]);
    label(form);
    part(form, "heard").textContent = `${at + 1}. ${file.name}: ${advice.get(file).join(" ")}`;
  }
}

document.addEventListener("change", (event) => {
  const form = event.target.type === "file" && event.target.closest("form[data-upload]");
  if (!form) return;
  const files = [...event.target.files];
  event.target.value = "";
  isHurried = false;
  if (!("many" in form.dataset)) bag(form).length = 0;
  form.dataset.taking = "";
  work = work.then(() => take(form, files)).finally(() => { delete form.dataset.taking; });
});
document.addEventListener("cancel", () => { instead = null; }, true);

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-upload]");
  if (!form || !(bag(form).length || "taking" in form.dataset)) return;
  event.preventDefault();
  isHurried = true;
  await work;
  const body = new FormData(form, event.submitter);
  const field = form.querySelector("input[type=file]").name;
  body.delete(field);
  for (const file of bag(form)) body.append(field, file, file.name);
  send(form, body, event.submitter, 1);
});

function send(form, body, button, attempt) {
  const bar = part(form, "progress");
  const request = new XMLHttpRequest();
  const again = () => {
    if (attempt < 5) {
      say(form, "retry", ` (${attempt + 1}/5)`);
      setTimeout(send, 1000 * 2 ** attempt, form, body, button, attempt + 1);
      return;
    }
    say(form, "failed");
    bar.hidden = true;
    if (button) button.disabled = false;
  };
  bar.hidden = false;
  if (button) button.disabled = true;
  say(form, "sending");
  request.upload.onprogress = (step) => { bar.max = step.total; bar.value = step.loaded; };
  request.onload = () => (request.status > 501 ? again() : show(request));
  request.onerror = request.ontimeout = again;
  request.timeout = 120000;
  request.open("POST", form.action);
  request.send(body);
}

/* The answer is a whole page: it takes the place of this one, so that its messages are not lost. */
let shown = location.href.split("#")[0];
function show(request) {
  const page = new DOMParser().parseFromString(request.responseText, "text/html");
  for (const extra of page.querySelectorAll("noscript, script")) extra.remove();
  document.title = page.title;
  document.body.replaceWith(page.body);
  history[request.responseURL === shown ? "replaceState" : "pushState"](null, "", request.responseURL);
  shown = request.responseURL;
  document.querySelector("#error-summary, main")?.focus();
  scrollTo(0, 0);
}
window.addEventListener("popstate", () => {
  if (location.href.split("#")[0] !== shown) location.reload();
});
