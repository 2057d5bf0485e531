// What is easier with a script and works without one: sorting and filtering tables, copying an address.
"use strict";

// The same folding as on the command line, so far as readers notice: case, marks, hamza and its carriers, digits.
const LETTERS = { "ٱ": "ا", "ى": "ي", "ی": "ي", "ة": "ه", "ک": "ك", "ـ": "", "œ": "oe", "æ": "ae" };
const fold = (text) =>
  text.normalize("NFKD").toLowerCase().replace(/[\p{M}\p{Cf}]/gu, "")
    .replace(/[ٱىیةکـœæ]/g, (letter) => LETTERS[letter])
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x0660))
    .replace(/[\p{Pd}'’"`]/gu, " ");

const keyOf = (cell) => (cell && cell.dataset.value !== undefined ? Number(cell.dataset.value) : fold(cell ? cell.textContent.trim() : ""));

const compare = (one, other) => {
  if (one === "" || other === "") return (one === "") - (other === ""); // what is not known comes last
  if (typeof one === "number" && typeof other === "number") return one - other;
  return String(one).localeCompare(String(other), document.documentElement.lang);
};

const sortBy = (table, heading) => {
  const descending = heading.getAttribute("aria-sort") === "ascending";
  for (const each of table.tHead.rows[0].cells) each.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", descending ? "descending" : "ascending");
  const body = table.tBodies[0];
  const rows = [...body.rows].map((row) => [keyOf(row.cells[heading.cellIndex]), row]);
  rows.sort(([one], [other]) => (one === "" || other === "" || !descending ? compare(one, other) : compare(other, one)));
  body.append(...rows.map(([, row]) => row));
};

// A number as people write it who read the page, in the country of the project.
const grouped = (number) =>
  new Intl.NumberFormat(document.documentElement.dataset.numbers, { maximumFractionDigits: 20 }).format(number);

// A drawing that is wider than the page is shown from the middle of what it links to, where most of it is.
for (const drawing of document.querySelectorAll(".drawing")) {
  const edge = drawing.getBoundingClientRect().x;
  const marks = [...drawing.querySelectorAll("a")].map((each) => each.getBoundingClientRect());
  const middle = marks.reduce((sum, each) => sum + each.x + each.width / 2 - edge, 0) / marks.length;
  if (drawing.scrollWidth > drawing.clientWidth && marks.length) drawing.scrollBy({ left: middle - drawing.clientWidth / 2, behavior: "instant" });
}

for (const table of document.querySelectorAll("table.sortable")) {
  for (const heading of table.tHead.rows[0].cells) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    button.addEventListener("click", () => sortBy(table, heading));
    heading.append(button);
  }
  const rows = [...table.tBodies[0].rows];
  const label = document.createElement("label");
  const input = Object.assign(document.createElement("input"), { type: "search" });
  const shown = document.createElement("output");
  label.append(`${table.dataset.filter} `, input);
  const box = document.createElement("div");
  box.className = "filter";
  box.append(label, shown);
  table.closest(".wide").before(box);
  const texts = new Map();
  input.addEventListener("input", () => {
    const words = fold(input.value).split(/\s+/).filter(Boolean);
    let count = 0;
    for (const row of rows) {
      if (!texts.has(row)) texts.set(row, fold(row.textContent));
      row.hidden = !words.every((word) => texts.get(row).includes(word));
      count += !row.hidden;
    }
    shown.textContent = `${table.dataset.shown}: ${count}`;
  });
}

for (const code of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break; // not from `file:` in every browser
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = code.dataset.copy;
  button.addEventListener("click", () => navigator.clipboard.writeText(code.textContent).then(() => (button.textContent += " ✓"), () => {}));
  code.after(button);
}

// The first page leads to the reader's language, unless its address has a fragment, as that of a link back does.
if (document.documentElement.dataset.choose && !location.hash) {
  const tags = [...document.querySelectorAll("a.language")].map((link) => link.hreflang);
  const wanted = navigator.languages.flatMap((tag) => [tag.toLowerCase(), tag.toLowerCase().split("-")[0]]);
  const tag = wanted.find((each) => tags.includes(each));
  if (tag) location.replace(`${tag}/index.html`);
}
