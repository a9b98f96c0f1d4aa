/* <form data-draft="URL">: each photo is looked at, made smaller and sent off in pieces as soon as it
   is taken. After a lost connection it asks how many bytes came and goes on from there, with growing
   pauses; the same photo has the same key, so nothing counts twice. Without this script the form is
   plain multipart. */
{
  const PIECE = 256 * 1024, SHORTEST = 1000, LONGEST = 30000, PATIENCE = 90000;
  const form = document.querySelector("form[data-draft]");
  if (form) begin(form);

  function begin(form) {
    const words = form.dataset;
    const part = (name, from = form) => from.querySelector(`[data-${name}]`);
    const list = part("chosen"), send = part("send"), plain = send.textContent;
    const removed = [];
    let shots = [...list.children].map((row) => ({ key: row.dataset.key, row, state: row.dataset.state, olds: [] }));
    let work = Promise.resolve(); // one photo is open at a time, whatever is tapped meanwhile
    let isSending = false, wantsOn = false, instead = null, saving = 0;

    for (const shot of shots) arm(shot);
    show();

    /* --- what is seen --- */

    function show() {
      list.replaceChildren(...shots.map((shot) => shot.row));
      shots.forEach(({ row }, at) => {
        const name = `${words.number} ${at + 1}`;
        part("number", row).textContent = name;
        const picture = row.querySelector("img");
        if (picture) picture.alt = name;
        for (const button of row.querySelectorAll("[name=move]")) {
          button.dataset.plain ??= button.getAttribute("aria-label").split(":")[0];
          button.setAttribute("aria-label", `${button.dataset.plain}: ${name}`);
        }
        part("again", row).setAttribute("aria-label", `${part("again", row).textContent} (${name})`);
        row.querySelector("[value^=up]").disabled = at === 0;
        row.querySelector("[value^=down]").disabled = at === shots.length - 1;
      });
      for (const input of form.querySelectorAll("input[type=file]")) input.required = false;
      send.textContent = shots.length ? words.next : plain;
    }

    function tell(shot, state, sentence = words[state] ?? "") {
      shot.state = shot.row.dataset.state = state;
      part("said", shot.row).textContent = sentence;
      part("progress", shot.row).hidden = state !== "sending" && state !== "offline";
    }

    function note(shot, sentence, kind) {
      const made = part("advice").content.cloneNode(true);
      made.firstElementChild.classList.replace("warn", kind);
      part("sentence", made).textContent = sentence;
      part("notes", shot.row).append(made);
      part("heard").textContent = `${part("number", shot.row).textContent}: ${sentence}`;
    }

    function arm(shot) {
      const again = part("again", shot.row);
      again.hidden = false;
      again.onclick = () => { instead = shot; form.querySelector("[capture]").click(); };
    }

    /* --- a photo is taken --- */

    form.addEventListener("change", (event) => {
      if (event.target.type !== "file") { save(); return; }
      const files = [...event.target.files], place = instead;
      instead = null;
      event.target.value = "";
      const taken = files.map((file, at) => add(file, at ? null : place));
      show();
      work = taken.reduce((before, shot) => before.then(() => prepare(shot)), work);
    });
    form.addEventListener("cancel", () => { instead = null; }, true);

    function add(file, place) {
      const shot = { key: newKey(), file, row: part("shot").content.firstElementChild.cloneNode(true), received: 0, instead: (place?.instead || place?.key) ?? "", olds: place ? [...place.olds, place.key] : [] };
      shot.row.dataset.key = shot.key;
      arm(shot);
      tell(shot, "looking");
      if (place && shots.includes(place)) {
        shots[shots.indexOf(place)] = shot;
        place.isGone = true;
      } else shots.push(shot);
      return shot;
    }

    async function prepare(shot) {
      const { limits, words: sentences } = JSON.parse(words.coach);
      const name = shot.file.name;
      shot.file = await window.shrinkPhoto(shot.file);
      if (/^image\/(jpeg|png|webp)$/.test(shot.file.type)) {
        const picture = Object.assign(new Image(72, 96), { src: URL.createObjectURL(shot.file), alt: "" });
        part("picture", shot.row).replaceChildren(picture);
        show();
      }
      const seen = await window.coachPhoto(shot.file, limits);
      for (const code of (seen?.faults ?? []).slice(0, 2)) note(shot, sentences[code], "warn");
      if (seen?.faults.length) part("heard").textContent = `${name}: ${seen.faults.map((code) => sentences[code]).join(" ")}`;
      tell(shot, "waiting");
      pump();
    }

    function newKey() {
      const bytes = crypto.getRandomValues(new Uint8Array(16));
      bytes[6] = (bytes[6] & 15) | 64;
      bytes[8] = (bytes[8] & 63) | 128;
      return [...bytes].map((byte, at) => ([4, 6, 8, 10].includes(at) ? "-" : "") + byte.toString(16).padStart(2, "0")).join("");
    }

    /* --- a photo goes off --- */

    async function pump() {
      if (isSending) return;
      isSending = true;
      let shot;
      while ((shot = shots.find((one) => one.state === "waiting"))) await sendWhole(shot);
      isSending = false;
      if (wantsOn) goOn();
    }

    async function sendWhole(shot) {
      let pause = SHORTEST;
      tell(shot, "sending");
      while (!shot.isGone) {
        let answer;
        try {
          answer = await sendPiece(shot);
          pause = SHORTEST;
        } catch {
          tell(shot, "offline");
          await rest(pause);
          pause = Math.min(2 * pause, LONGEST);
          await askHowFar(shot);
          continue;
        }
        if (answer.received !== undefined) {
          shot.received = answer.received;
          shot.instead = "";
        }
        if (shot.isGone) break;
        if (answer.state === "kept") {
          removed.push(...shot.olds.splice(0));
          save();
          tell(shot, "kept");
          return;
        }
        if (answer.sentence && answer.received === undefined || answer.state === "refused") {
          tell(shot, "refused", "");
          note(shot, answer.sentence, "bad");
          return;
        }
        tell(shot, "sending");
      }
    }

    /* Gives the server's answer; fails when there is none that helps, so that it is tried again. */
    function sendPiece(shot) {
      const body = new FormData();
      const fields = { csrfmiddlewaretoken: form.csrfmiddlewaretoken.value, key: shot.key, name: shot.file.name || "foto.jpg", size: shot.file.size, offset: shot.received, instead: shot.instead };
      for (const [name, value] of Object.entries(fields)) body.append(name, value);
      body.append("piece", shot.file.slice(shot.received, shot.received + PIECE), "piece");
      const bar = part("progress", shot.row), request = new XMLHttpRequest();
      return new Promise((done, fail) => {
        request.upload.onprogress = ({ loaded }) => { bar.value = Math.min(1, (shot.received + loaded) / shot.file.size); };
        request.onload = () => {
          if (request.status === 429 || request.status > 499) return fail(new Error(String(request.status)));
          try {
            done(JSON.parse(request.responseText));
          } catch {
            done({ sentence: words.signedout });
          }
        };
        request.onerror = request.ontimeout = request.onabort = fail;
        request.timeout = PATIENCE;
        request.open("POST", words.draft);
        request.setRequestHeader("Accept", "application/json");
        request.send(body);
      });
    }

    async function askHowFar(shot) {
      try {
        const answer = await fetch(words.draft, { headers: { Accept: "application/json" } });
        const page = (await answer.json()).pages.find((one) => one.key === shot.key);
        shot.received = page?.received ?? 0;
      } catch {
        /* still no connection */
      }
    }

    function rest(pause) {
      return new Promise((done) => {
        const timer = setTimeout(end, pause);
        addEventListener("online", end, { once: true });
        function end() { clearTimeout(timer); removeEventListener("online", end); done(); }
      });
    }

    /* --- order, removal, what was typed --- */

    form.addEventListener("click", (event) => {
      const button = event.target.closest("[name=move]");
      if (!button) return;
      event.preventDefault();
      const at = shots.findIndex((shot) => shot.row.contains(button));
      const [verb] = button.value.split(":"), shot = shots[at];
      shots.splice(at, 1);
      if (verb === "remove") {
        shot.isGone = true;
        removed.push(shot.key, ...shot.olds);
      } else shots.splice(at + (verb === "up" ? -1 : 1), 0, shot);
      show();
      (verb === "remove" ? form.querySelector("[capture]") : button.disabled ? shot.row.querySelector("[name=move]:enabled") : button).focus();
      save();
    });

    function fill() {
      form.order.value = shots.map((shot) => shot.key).join(",");
      form.removed.value = removed.join(",");
    }

    function save() {
      clearTimeout(saving);
      saving = setTimeout(() => {
        fill();
        const body = new FormData(form);
        body.delete("files");
        fetch(words.arrange, { method: "POST", body, redirect: "manual" }).catch(() => { /* sent again with "go on" */ });
      }, 400);
    }

    form.addEventListener("submit", (event) => {
      if (!shots.length) return;
      event.preventDefault();
      wantsOn = true;
      goOn();
    });

    async function goOn() {
      const status = part("status");
      await work;
      if (shots.some((shot) => ["refused", "lost"].includes(shot.state))) {
        wantsOn = false;
        status.textContent = words.mend;
        return;
      }
      if (shots.some((shot) => shot.state !== "kept")) {
        status.textContent = words.hold;
        return;
      }
      clearTimeout(saving);
      fill();
      for (const input of form.querySelectorAll("input[type=file]")) input.disabled = true;
      form.submit();
    }
  }
}
