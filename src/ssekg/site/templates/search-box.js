"use strict";
// Makes a field of each place for the search, which is a link without script: a combobox (WAI-ARIA), whose list of
// what is found is read with the arrows, closed by Escape and announced. The index is loaded when somebody types.
(() => {
  const MOST = 8;
  const language = document.documentElement.lang;
  let index;
  const load = (address) =>
    (index ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.onload = () => resolve(globalThis.searchIndex);
      script.onerror = reject;
      script.src = address;
      document.head.append(script);
    }));
  const element = (name, attributes = {}, ...content) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...content);
    return made;
  };

  // A text in the page's language, else in another, marked as such.
  const worded = (index, texts) => {
    const tags = index.languages();
    const tag = [language, ...tags].find((each) => texts[tags.indexOf(each)]);
    const text = texts[tags.indexOf(tag)] ?? "";
    return element("bdi", tag === language ? {} : { lang: tag }, text);
  };

  const enhance = (place, number) => {
    const { index: address, root, label, hint, none, count } = place.dataset;
    const id = `search-${number}`;
    const field = element("input", {
      type: "search", id, role: "combobox", autocomplete: "off", spellcheck: "false", placeholder: hint,
      "aria-expanded": "false", "aria-controls": `${id}-list`, "aria-autocomplete": "list",
    });
    const list = element("ul", { id: `${id}-list`, role: "listbox", "aria-label": label, hidden: "" });
    const status = element("p", { role: "status", class: "search-status" });
    place.replaceChildren(element("label", { for: id }, label), field, list, status);

    let active = -1;
    let asked = 0;
    const options = () => [...list.children];
    const choose = (position) => {
      active = position;
      options().forEach((each, at) => each.setAttribute("aria-selected", String(at === active)));
      if (active < 0) field.removeAttribute("aria-activedescendant");
      else {
        field.setAttribute("aria-activedescendant", options()[active].id);
        options()[active].scrollIntoView({ block: "nearest" });
      }
    };
    const close = () => {
      choose(-1);
      list.hidden = true;
      field.setAttribute("aria-expanded", "false");
    };
    const go = (option) => {
      const [page, anchor] = option.dataset.address.split("#");
      location.assign(`${root}${language}/${page}.html${anchor ? `#${anchor}` : ""}`);
    };

    const option = (index, { entry, name }, at) => {
      const label = worded(index, entry.labels);
      const other = label.textContent === name || !name ? [] : [" ", element("bdi", { class: "search-name" }, name)];
      const sort = element("span", { class: "search-sort" }, worded(index, entry.sort.labels));
      return element(
        "li", { role: "option", id: `${id}-${at}`, "aria-selected": "false", "data-address": entry.address },
        label, ...other, " ", sort,
      );
    };
    const show = async () => {
      const turn = ++asked;
      const text = field.value.trim();
      if (!text) {
        status.textContent = "";
        close();
        return;
      }
      const index = await load(address);
      const found = await index.find(text);
      if (turn !== asked) return;
      list.replaceChildren(...found.slice(0, MOST).map((each, at) => option(index, each, at)));
      list.hidden = !found.length;
      field.setAttribute("aria-expanded", String(!list.hidden));
      choose(-1);
      status.classList.toggle("heard", found.length > 0); // the list shows it
      status.textContent = found.length ? count.replace("%count", grouped(found.length)) : none;
    };

    field.addEventListener("focus", () => load(address));
    field.addEventListener("input", show);
    field.addEventListener("keydown", (event) => {
      const last = options().length - 1;
      if (event.key === "Escape" && !list.hidden) close();
      else if (event.key === "Enter" && !list.hidden) go(options()[Math.max(active, 0)]);
      else if (event.key === "ArrowDown" && list.hidden) show();
      else if (event.key === "ArrowDown" && last >= 0) choose(active < last ? active + 1 : 0);
      else if (event.key === "ArrowUp" && !list.hidden) choose(active > 0 ? active - 1 : last);
      else return;
      event.preventDefault();
    });
    field.addEventListener("blur", close);
    // The field keeps the focus, so that the list is there when the button is released.
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target.closest("li");
      if (option) go(option);
    });
  };
  document.querySelectorAll(".search[data-index]").forEach(enhance);
})();
