/* <form data-attend>: filters the list while a name is typed and counts the ticks. Without this
   script the search button does it on the server, and saving counts. */
const form = document.querySelector("form[data-attend]");
const boxes = form.querySelectorAll("[name=present]");
const ticked = () => [...boxes].filter((box) => box.checked).length;
const present = form.querySelector("[data-present]");
const hidden = Number(present.textContent) - ticked();

form.addEventListener("change", () => { present.textContent = hidden + ticked(); });
form.addEventListener("input", (event) => {
  if (!event.target.matches("[data-find]")) return;
  const words = event.target.value.trim().toLowerCase();
  for (const row of form.querySelectorAll("[data-row]")) row.hidden = !row.textContent.toLowerCase().includes(words);
});
