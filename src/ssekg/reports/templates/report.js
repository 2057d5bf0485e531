"use strict";
(() => {
  const form = document.querySelector("form");
  const list = document.querySelector(".findings");
  const findings = [...list.querySelectorAll(".finding")];
  const fold = (text) => text.normalize("NFKD").replace(/[\p{M}\u0640\u2066-\u2069]/gu, "").toLowerCase();
  const texts = findings.map((finding) => fold(finding.textContent + " " + finding.dataset.file));

  const filter = () => {
    const severities = new Set([...form.severity].filter((box) => box.checked).map((box) => box.value));
    const code = form.code.value;
    const words = fold(form.text.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    findings.forEach((finding, index) => {
      const { severity, code: own } = finding.dataset;
      const fits = severities.has(severity) && (!code || code === own) && words.every((w) => texts[index].includes(w));
      finding.hidden = !fits;
      shown += fits ? 1 : 0;
    });
    for (const group of list.querySelectorAll(".group")) {
      const visible = group.querySelectorAll(".finding:not([hidden])").length;
      group.hidden = visible === 0;
      group.querySelector(".count").textContent = visible;
    }
    document.querySelector("output").textContent = shown;
    document.querySelector(".no-match").hidden = shown > 0;
  };

  const regroup = () => {
    const groups = new Map();
    for (const finding of findings) {
      const key = finding.dataset[form.group.value];
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(finding);
    }
    const template = document.querySelector("template").content.firstElementChild;
    const notes = [...list.querySelectorAll(".more")];
    const sections = [...groups].map(([key, members]) => {
      const section = template.cloneNode(true);
      section.querySelector(".name").textContent = key || section.querySelector(".name").textContent;
      section.querySelector("details").append(...members);
      return section;
    });
    list.replaceChildren(...sections, ...notes);
    filter();
  };

  form.hidden = false;
  document.querySelector(".status").hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const kind of ["input", "change"]) {
    form.addEventListener(kind, (event) => (event.target.name === "group" ? regroup() : filter()));
  }
  window.addEventListener("beforeprint", () => {
    for (const details of list.querySelectorAll(".group > details")) details.open = true;
  });
  regroup();
})();
