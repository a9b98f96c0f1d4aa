/* <form data-upload>: gathers photos one by one, sends them with progress, and tries again with the
   same hidden "key" when the network drops. Without this script the form is plain multipart. */
const bags = new WeakMap();
const bag = (form) => bags.get(form) ?? bags.set(form, []).get(form);
const part = (form, name) => form.querySelector(`[data-${name}]`);
const say = (form, word, extra = "") => { part(form, "status").textContent = (form.dataset[word] ?? "") + extra; };

function list(form) {
  part(form, "chosen").replaceChildren(...bag(form).map((file, at) => {
    const row = document.createElement("li");
    const drop = Object.assign(document.createElement("button"), { type: "button", className: "btn quiet sm", textContent: form.dataset.remove });
    drop.setAttribute("aria-label", `${form.dataset.remove} ${file.name}`);
    drop.onclick = () => { bag(form).splice(at, 1); list(form); };
    row.append(`${at + 1}. ${file.name} (${Math.ceil(file.size / 1024)} KB)`, drop);
    return row;
  }));
  for (const input of form.querySelectorAll("input[type=file]")) input.required = false;
}

document.addEventListener("change", async (event) => {
  const form = event.target.type === "file" && event.target.closest("form[data-upload]");
  if (!form) return;
  const files = [...event.target.files];
  event.target.value = "";
  if (!("many" in form.dataset)) bag(form).length = 0;
  for (const file of files) bag(form).push(await window.shrinkPhoto(file));
  list(form);
});

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-upload]");
  if (!form || !bag(form).length) return;
  event.preventDefault();
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
