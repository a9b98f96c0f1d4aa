/* Makes the page of a document larger and smaller, turns and moves it, and goes between a value and
   its box, by pointer, fingers and keys. An extra: without it the picture and its links are there. */
const page = document.querySelector(".viewer .page");
const drawing = page?.querySelector("svg");
const tools = document.getElementById("look");
const keys = document.getElementById("keys");
const KEYS_OFF = "viewer-keys-off";
const [LEAST, MOST, STEP, READABLE, COMFORTABLE] = [0.2, 6, 1.25, 16, 26];
const { width, height } = drawing ? drawing.viewBox.baseVal : {};
const TURNS = [
  [width, height, ""],
  [height, width, `translate(${height} 0) rotate(90)`],
  [width, height, `translate(${width} ${height}) rotate(180)`],
  [height, width, `translate(0 ${width}) rotate(270)`],
];
let scale = 1;
let quarters = 0;

/* Zoom so that the point of the page under (x, y) stays where it is; the middle when not told. */
function zoom(wanted, x, y) {
  const frame = page.getBoundingClientRect();
  const [toX, toY] = [x ?? frame.left + frame.width / 2, y ?? frame.top + frame.height / 2];
  const before = drawing.getBoundingClientRect();
  const [partX, partY] = [(toX - before.left) / before.width, (toY - before.top) / before.height];
  scale = Math.min(MOST, Math.max(LEAST, wanted));
  drawing.style.width = `${scale * 100}%`;
  tools.querySelector("output").textContent = `${Math.round(scale * 100)}%`;
  const after = drawing.getBoundingClientRect();
  page.scrollLeft += after.left + partX * after.width - toX;
  page.scrollTop += after.top + partY * after.height - toY;
}

function whole() {
  const style = getComputedStyle(page);
  const room = parseFloat(style.maxHeight) || page.clientHeight;
  const [w, h] = TURNS[quarters];
  const inner = page.clientWidth - parseFloat(style.paddingLeft) * 2;
  zoom((room - parseFloat(style.paddingTop) * 2) / (inner * (h / w)));
}

function turn() {
  quarters = (quarters + 1) % 4;
  const [w, h, transform] = TURNS[quarters];
  drawing.setAttribute("viewBox", `0 0 ${w} ${h}`);
  document.getElementById("sheet").setAttribute("transform", transform);
}

const ACTS = {
  larger: () => zoom(scale * STEP),
  smaller: () => zoom(scale / STEP),
  width: () => zoom(1),
  whole,
  turn,
};

/* Bring a box into the middle, large enough to be read. */
function show(box) {
  const print = box.querySelector("rect");
  const tall = () => Math.min(print.getBoundingClientRect().height, print.getBoundingClientRect().width);
  if (tall() < READABLE) {
    const wide = print.getBoundingClientRect().width / scale;
    zoom(Math.min((scale * COMFORTABLE) / tall(), Math.max(scale, (page.clientWidth * 0.9) / wide)));
  }
  const [at, frame] = [print.getBoundingClientRect(), page.getBoundingClientRect()];
  page.scrollLeft += at.left + at.width / 2 - (frame.left + frame.width / 2);
  page.scrollTop += at.top + at.height / 2 - (frame.top + frame.height / 2);
  page.scrollIntoView({ block: "nearest" });
  for (const lit of document.querySelectorAll(".box.found")) lit.classList.remove("found");
  box.classList.add("found");
}

function go(row) {
  row.scrollIntoView({ block: "center" });
  row.querySelector("a, button")?.focus({ preventScroll: true });
  const link = row.querySelector("a[href^='#box-']");
  const box = link && document.querySelector(CSS.escape ? `#${CSS.escape(link.hash.slice(1))}` : link.hash);
  if (box) show(box);
}

/* The next row that somebody should look at; when there is none, the next row. */
function step(by) {
  const every = [...document.querySelectorAll("tr[data-field], li[data-field]")];
  const odd = every.filter((row) => row.matches(".b, .w") || row.querySelector(".id.b, .id.w"));
  const rows = odd.length ? odd : every;
  const now = rows.indexOf(document.activeElement.closest("tr[data-field], li[data-field]"));
  if (rows.length) go(rows[(now < 0 && by < 0 ? rows.length - 1 : now + by + rows.length) % rows.length]);
}

function follow(rel) {
  document.querySelector(`.viewer a[rel=${rel}]`)?.click();
}

const KEYS = {
  "+": ACTS.larger, "=": ACTS.larger, "-": ACTS.smaller, w: ACTS.width, f: whole, r: turn,
  j: () => step(1), k: () => step(-1), n: () => follow("next"), p: () => follow("prev"),
};

function areOff() {
  try {
    return localStorage.getItem(KEYS_OFF) === "1";
  } catch {
    return false; // storage may be switched off in this browser
  }
}

function listen() {
  tools.hidden = false;
  for (const link of document.querySelectorAll(".viewer [data-plain]")) link.hidden = true;
  tools.addEventListener("click", (event) => ACTS[event.target.closest("[data-look]")?.dataset.look]?.());

  document.addEventListener("keydown", (event) => {
    const isTyping = event.target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
    if (areOff() || isTyping || keys?.open || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = KEYS[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    act();
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href^='#box-'], a.box");
    const hash = link?.getAttribute("href").slice(1);
    const target = hash && document.getElementById(hash);
    if (!target) return;
    event.preventDefault();
    if (!target.matches(".box")) return go(target);
    show(target);
    target.focus({ preventScroll: true });
  });

  page.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    zoom(scale * STEP ** (-event.deltaY / 100), event.clientX, event.clientY);
  }, { passive: false });
  drag();
  pinch();
  const first = /^#box-\w+$/.test(location.hash) && document.querySelector(location.hash);
  if (first) show(first);
}

function drag() {
  let from = null;
  page.addEventListener("pointerdown", (event) => {
    const onBar = event.offsetX > page.clientWidth || event.offsetY > page.clientHeight;
    const isOurs = event.pointerType === "mouse" && event.button === 0;
    if (isOurs && !event.target.closest("a") && !(event.target === page && onBar)) {
      from = [event.clientX, event.clientY];
      getSelection()?.removeAllRanges();
      page.setPointerCapture(event.pointerId);
    }
  });
  page.addEventListener("pointermove", (event) => {
    if (!from) return;
    page.scrollLeft -= event.clientX - from[0];
    page.scrollTop -= event.clientY - from[1];
    from = [event.clientX, event.clientY];
  });
  for (const end of ["pointerup", "pointercancel"]) page.addEventListener(end, () => { from = null; });
}

function pinch() {
  let last = 0;
  const apart = ([one, two]) => Math.hypot(one.clientX - two.clientX, one.clientY - two.clientY);
  page.addEventListener("touchstart", (event) => { last = event.touches.length === 2 ? apart(event.touches) : 0; }, { passive: true });
  page.addEventListener("touchmove", (event) => {
    if (event.touches.length !== 2 || !last) return;
    event.preventDefault();
    const [one, two] = event.touches;
    const now = apart(event.touches);
    zoom((scale * now) / last, (one.clientX + two.clientX) / 2, (one.clientY + two.clientY) / 2);
    last = now;
  }, { passive: false });
}

if (drawing && tools) listen();
