/* The page at the door. Marks go into the store first and to the server when it can be reached; what
   is shown is what the server said last with this device's own unsent marks laid over it. */
(async () => {
  const place = document.querySelector("[data-door]"), { dataset } = place;
  const words = JSON.parse(document.querySelector("[data-words]").dataset.words);
  const say = (key, name = "", time = "") => words[key].replace("%s", name).replace("%t", time);
  const find = (what) => document.querySelector(what);
  const session = Number(dataset.session), MOST = 400, EVERY = 20000, SOON = 4000, CLOCK_OFF = 120000;
  const rows = new Map([...document.querySelectorAll("[data-seat]")].map((row) => [row.dataset.seat, row]));
  const clock = (at) => new Date(at).toLocaleTimeString("id-ID", { hour: "2-digit", minute: "2-digit" });
  const hex = (raw) => [...new Uint8Array(raw)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const bytes = (text) => new TextEncoder().encode(text);
  const uuid = () => {  // crypto.randomUUID exists only where there is HTTPS
    const raw = crypto.getRandomValues(new Uint8Array(16));
    raw[6] = (raw[6] & 15) | 64;
    raw[8] = (raw[8] & 63) | 128;
    return hex(raw).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  };
  const store = await doorStore.open();
  const key = `session ${session}`;
  const state = (await store.state(key)) || { seats: {}, ahead: 0, roster: "" };
  let device = await store.state("device");
  if (!device) await store.remember("device", device = uuid());
  let queue = await store.queue(session), isSending = false, chosen = null, isClosed = false;
  queue.sort((one, two) => one.at - two.at);

  // --- what is shown ---
  const base = (row) => state.seats[row.dataset.seat] || [Number(row.dataset.in || 0), Number(row.dataset.left || 0)];
  function standing(row) {
    let [came, left] = base(row), isOwn = false;
    for (const mark of queue) {
      if (String(mark.seat) !== row.dataset.seat) continue;
      isOwn = true;
      if (mark.what === "in") { came ||= mark.at; left = 0; }
      else if (mark.what === "out") left ||= mark.at;
      else came = left = 0;
    }
    return { came, left, isOwn };
  }
  function show(row) {
    const { came, left, isOwn } = standing(row);
    row.classList.toggle("is-in", Boolean(came));
    const said = !came ? "" : left ? say("gone") : say("at", "", clock(came));
    row.querySelector("i").textContent = isOwn ? `${said} · ${say("queued")}` : said;
    return came ? 1 : 0;
  }
  const guests = () => queue.filter((mark) => mark.what === "walk_in").length;
  function showAll() {
    let count = guests();
    for (const row of rows.values()) count += show(row);
    find("[data-count]").textContent = count;
    const unsent = find("[data-unsent]");
    unsent.hidden = !queue.length;
    unsent.textContent = say("unsent", queue.length);
  }
  function tell(where, kind, text) {
    const note = find(where);
    note.hidden = !text;
    note.className = `state ${kind}`;
    note.textContent = text;
  }
  const status = (kind, text) => tell("[data-state]", kind, text);
  const trouble = (text) => tell("[data-trouble]", "bad", text);
  function answer(kind, text) {
    const open = document.querySelector("dialog[open] [data-said]");
    if (open) Object.assign(open, { hidden: false, className: `state ${kind}`, textContent: text });
    else status(kind, text);
    if (navigator.vibrate) navigator.vibrate(kind === "ok" ? 60 : [60, 60, 60]);
  }

  // --- marks ---
  async function mark(row, facts) {
    const one = { id: uuid(), session, at: Date.now(), seat: row ? Number(row.dataset.seat) : null, ...facts };
    queue.push(one);
    try { await store.put(one); } catch { trouble(say("storage")); }
    showAll();
    send();
    return one;
  }
  const nameOf = (row) => row.querySelector("b").textContent;
  async function arrive(row, facts) {
    const { came } = standing(row);
    if (came) { answer("warn", say("already", nameOf(row), clock(came))); return; }
    await mark(row, { what: "in", ...facts });
    answer("ok", say(Date.now() - state.ahead > Number(dataset.late) ? "late" : "present", nameOf(row)));
  }
  async function byPass(text) {
    const digest = hex(await crypto.subtle.digest("SHA-256", bytes(text))).slice(0, 24);
    return [...rows.values()].find((row) => row.dataset.pass === digest);
  }
  async function byCode(text) {
    const basis = await crypto.subtle.importKey("raw", bytes(text), "PBKDF2", false, ["deriveBits"]);
    const how = { name: "PBKDF2", hash: "SHA-256", salt: bytes(`door:${session}`), iterations: 1000 };
    const digest = hex(await crypto.subtle.deriveBits(how, basis, 64));
    return [...rows.values()].find((row) => row.dataset.code === digest);
  }
  const isOfOther = (text) => {
    const raw = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    return [5, 6, 7, 8].reduce((number, place) => number * 256 + raw.charCodeAt(place), 0) !== session;
  };
  async function read(text) {
    const onPaper = /^MB:(\d+):(\d+)$/.exec(text);
    if (onPaper) {
      const row = Number(onPaper[1]) === session && rows.get(onPaper[2]);
      if (!row) { answer("bad", say("other")); return; }
      await arrive(row, { via: "paper", reason: say("paper") });
      return;
    }
    const pass = /(?:^|\/)([\w-]{32})\/?$/.exec(text.trim());
    if (pass) {
      const row = await byPass(pass[1]);
      if (row) { await arrive(row, { via: "pass", proof: pass[1] }); return; }
      if (isOfOther(pass[1])) { answer("bad", say("other")); return; }
      await mark(null, { what: "in", via: "pass", proof: pass[1] });
      answer("warn", say("unknown"));
      return;
    }
    const code = text.replace(/[\s.-]/g, "").toUpperCase().replaceAll("5", "S");
    const row = await byCode(code);
    if (!row) { answer("bad", say("no_code")); return; }
    await arrive(row, { via: "code", proof: code });
  }

  // --- sending ---
  const told = ({ id, what, via, at, seat, proof, reason, guest }) => ({ id, what, via, at, seat, proof, reason, guest });
  const body = (marks, facts = {}) => ({ device, sent_at: Date.now(), unsent: queue.length - marks.length, scans: marks.map(told), ...facts });
  async function post(marks, facts) {
    const token = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1] || "";
    const reply = await fetch(dataset.sync, { method: "POST", body: JSON.stringify(body(marks, facts)), headers: { "Content-Type": "application/json", "X-CSRFToken": token } });
    if (reply.redirected || reply.status === 403) throw new Error("sign_in");
    if (!reply.ok) throw new Error("server");
    return reply.json();
  }
  async function learn(reply) {
    const gone = new Set(Object.keys(reply.scans));
    const lost = queue.filter((one) => reply.scans[one.id]?.[0] === "refused");
    queue = queue.filter((one) => !gone.has(one.id));
    state.seats = reply.seats;
    state.ahead = Date.now() - reply.now;
    isClosed = !reply.open;
    await store.remember(key, state);
    await store.drop([...gone]);
    if (lost.length) trouble(lost.map((one) => say("not_counted", rows.has(String(one.seat)) ? nameOf(rows.get(String(one.seat))) : "?", reply.scans[one.id][1])).join(" · "));
    const minutes = Math.round(state.ahead / 60000);
    if (Math.abs(state.ahead) >= CLOCK_OFF) trouble(say("clock", minutes));
    if (reply.disagreements) trouble(say("disagree", reply.disagreements));
    if (reply.roster !== dataset.roster && state.roster !== reply.roster && !queue.length && !find("dialog[open]")) {
      state.roster = reply.roster;
      await store.remember(key, state);
      location.reload();
    }
  }
  async function send(facts) {
    if (isSending) return false;
    isSending = true;
    try {
      let before;
      do {
        before = queue.length;
        await learn(await post(queue.slice(0, MOST), facts));
      } while (queue.length && queue.length < before);
      status(isClosed ? "warn" : "ok", say(isClosed ? "closed" : "sent"));
      return true;
    } catch (problem) {
      const known = problem.message === "sign_in" || problem.message === "server";
      status("warn", say(known ? problem.message : "no_signal"));
      if (queue.length && navigator.onLine) setTimeout(send, SOON);
      return false;
    } finally {
      isSending = false;
      showAll();
    }
  }

  // --- the page ---
  const dialogs = Object.fromEntries([...document.querySelectorAll("[data-dialog]")].map((one) => [one.dataset.dialog, one]));
  async function openCamera() {
    dialogs.camera.showModal();
    try { await doorCamera.start(find("[data-video]"), dataset.jsqr, read); } catch { answer("bad", say("no_camera")); }
  }
  dialogs.camera.addEventListener("close", doorCamera.stop);
  function openPerson(row) {
    chosen = row;
    const { came, left } = standing(row);
    find("[data-name]").textContent = nameOf(row);
    find("[data-now]").textContent = !came ? say("out") : left ? say("gone") : say("at", "", clock(came));
    find("[data-if-out]").hidden = Boolean(came);
    find("[data-if-in]").hidden = !came;
    find("[data-what=out]").hidden = Boolean(left);
    find("[data-renew]").href = find("[data-renew]").getAttribute("href").replace(/\/\d+\//, `/${row.dataset.seat}/`);
    dialogs.person.showModal();
  }
  async function byHand(button) {
    const typed = find("#why").value.trim();
    const reason = button.dataset.reason ? button.textContent : typed;
    if (!reason) { find("#why").focus(); return; }
    dialogs.person.close();
    await arrive(chosen, { via: "hand", reason });
    find("#why").value = "";
  }
  async function change(what) {
    dialogs.person.close();
    await mark(chosen, { what, via: "hand" });
    answer("ok", say(what === "out" ? "left" : "undone", nameOf(chosen)));
  }
  function exportFile() {
    const file = new Blob([JSON.stringify(body(queue, { unsent: 0 }))], { type: "application/json" });
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(file), download: `pintu-${session}-${device.slice(0, 4)}.json` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }
  async function forget() {
    if (queue.length) { trouble(say("not_forgotten")); return; }
    await store.forget(key);
    (await navigator.serviceWorker?.getRegistration())?.active?.postMessage({ forget: true });
    status("off", say("forgotten"));
  }
  const acts = {
    "[data-open]": (button) => (button.dataset.open === "camera" ? openCamera() : dialogs[button.dataset.open].showModal()),
    "[data-close]": (button) => button.closest("dialog").close(),
    "[data-reason]": byHand,
    "[data-what]": (button) => change(button.dataset.what),
    "[data-seat] button": (button) => openPerson(button.closest("[data-seat]")),
    "[data-send]": () => send(),
    "[data-export]": exportFile,
    "[data-done]": async () => { if (await send({ done: true })) status("ok", say("done")); },
    "[data-forget]": forget,
  };
  document.addEventListener("click", (event) => {
    for (const [what, act] of Object.entries(acts)) {
      const button = event.target.closest(what);
      if (button) { act(button); return; }
    }
  });
  find("[data-code-form]").addEventListener("submit", (event) => {
    event.preventDefault();
    const field = find("#typed");
    if (field.value.trim()) read(field.value.trim());
    field.value = "";
    field.focus();
  });
  find("[data-guest-form]")?.addEventListener("submit", async (event) => {
    const guest = Object.fromEntries(new FormData(event.target));
    const isFull = [...rows.keys()].length + guests() >= Number(dataset.capacity);
    await mark(null, { what: "walk_in", via: "hand", reason: say("in"), guest });
    event.target.reset();
    answer(isFull ? "warn" : "ok", say(isFull ? "full" : "guest", guest.name));
  });
  find("[data-find]").addEventListener("input", (event) => {
    const wanted = event.target.value.trim().toLowerCase();
    let seen = 0;
    for (const row of rows.values()) {
      row.hidden = !row.querySelector("span").textContent.toLowerCase().includes(wanted);
      seen += row.hidden ? 0 : 1;
    }
    find("[data-nobody]").hidden = seen > 0;
  });
  document.addEventListener("door:read", (event) => read(event.detail));

  // --- beginning ---
  find("[data-device]").textContent = say("device", device.slice(0, 4).toUpperCase());
  if (Date.now() > Number(dataset.until) && !queue.length) await forget();
  if (!store.isKept) trouble(say("storage"));
  showAll();
  async function keepPage() {
    if (!navigator.serviceWorker) { status("warn", say("insecure")); return; }
    navigator.serviceWorker.addEventListener("message", (event) => {
      place.dataset.ready = event.data.kept ? "yes" : "no";
      if (event.data.kept && !queue.length) status("ok", say("ready"));
    });
    await navigator.serviceWorker.register(dataset.worker);
    const { active } = await navigator.serviceWorker.ready;
    const parts = [...document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src]")].map((one) => one.href || one.src);
    const icon = document.querySelector("svg use")?.getAttribute("href").split("#")[0];
    active.postMessage({ keep: [location.href, icon, ...parts, ...(doorCamera.hasOwn ? [] : [dataset.jsqr])].filter(Boolean) });
    navigator.storage?.persist?.();
  }
  if (navigator.onLine) await keepPage().catch(() => status("warn", say("no_signal")));
  await send();
  setInterval(send, EVERY);
  addEventListener("online", () => send());
  document.addEventListener("visibilitychange", () => document.hidden || send());
})();
