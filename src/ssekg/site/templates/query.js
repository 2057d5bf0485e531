"use strict";
// The query page: an editor that knows the graph's terms and names, and answers as tables with names. Queries go to the
// server's own endpoint if there is one, else to the engine of the release, else the page leads to the files.
(() => {
  const form = document.getElementById("query");
  const words = form.dataset;
  const root = new URL(words.root, location.href);
  const language = document.documentElement.lang;
  const { prefixes, base, languages, kinds, terms, columns, examples } = globalThis.queryData;
  const part = (name) => document.getElementById(`query-${name}`);
  const element = (name, attributes = {}, ...content) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...content);
    return made;
  };
  const named = (texts) => [language, ...languages].map((tag) => texts[languages.indexOf(tag)]).find(Boolean) ?? "";
  // A text of the page with its places filled: `%count` by the value of that name.
  const filled = (text, values) => text.replace(/%(\w+)/g, (_, name) => values[name]);
  const say = (text) => (part("status").textContent = text);
  const { bare, endpoint, choose } = globalThis.queryEngines(root, language, words);

  // A PREFIX line for each prefix that a query uses, does not declare, and that the graph knows.
  const missing = (query) => {
    const found = [...bare(query).matchAll(/(PREFIX\s+)?\b([A-Za-z][\w-]*):/gi)];
    const declared = new Set(found.filter(([, keyword]) => keyword).map(([, , name]) => name));
    const used = new Set(found.map(([, , name]) => name).filter((name) => prefixes[name] && !declared.has(name)));
    return [...used].map((name) => `PREFIX ${name}: <${prefixes[name]}>\n`).join("");
  };
  const shortened = (iri) => {
    if (iri.startsWith(base)) return iri.slice(base.length);
    const [name, namespace] = Object.entries(prefixes).find(([, each]) => iri.startsWith(each)) ?? [];
    return name && /^[A-Za-z_][\w-]*$/.test(iri.slice(namespace.length)) ? `${name}:${iri.slice(namespace.length)}` : iri;
  };

  // What can follow: variables of the query, terms by prefixed name or by name, and behind `<` records by name.
  let index;
  const loadIndex = () =>
    (index ??= new Promise((resolve, reject) => {
      if (globalThis.searchIndex) return resolve(globalThis.searchIndex);
      const script = element("script", { src: new URL("search.js", root) });
      script.onload = () => resolve(globalThis.searchIndex);
      script.onerror = reject;
      document.head.append(script);
    }));
  const options = terms.map(([name, labels, count]) => ({ label: name, detail: named(labels), boost: Math.log10(count + 1) - 9, labels }));
  const complete = async (context) => {
    const variable = context.matchBefore(/[?$]\w*/);
    if (variable) {
      const found = new Set(context.state.doc.toString().match(/[?$]\w+/g));
      found.delete(variable.text);
      return { from: variable.from, options: [...found].map((label) => ({ label })) };
    }
    const record = context.matchBefore(/<[^<>\n]*/);
    if (record) {
      const found = await (await loadIndex()).find(record.text.slice(1).replace(base, ""));
      const isRecord = ({ entry }) => kinds.includes(entry.address.split("/")[0]) && !entry.address.includes("#");
      const records = found.filter(isRecord).slice(0, 20);
      const option = ({ entry }) => ({ label: named(entry.labels), detail: entry.address, apply: `<${base}${entry.address}>` });
      return { from: record.from, options: records.map(option), filter: false };
    }
    const word = context.matchBefore(/[\p{L}_][\p{L}\p{M}\w:-]*/u);
    if (!word || (word.text.length < 2 && !context.explicit)) return null;
    const { fold } = await loadIndex();
    const typed = fold(word.text);
    const fits = ({ label, labels }) =>
      label.toLowerCase().startsWith(typed) || label.toLowerCase().includes(`:${typed}`) || labels.some((each) => fold(each).includes(typed));
    return { from: word.from, options: options.filter(fits), filter: false };
  };

  const holder = part("editor").attachShadow({ mode: "open" });
  const editor = globalThis.queryEditor({ parent: holder, text: "", label: words.label, complete, run: () => form.requestSubmit() });

  let engine;

  // Names of the things in an answer, which are asked for like anything else.
  const names = new Map(terms.map(([name, labels]) => [name, named(labels)]));
  const NAMING = ["http://www.w3.org/2004/02/skos/core#prefLabel", "http://www.w3.org/2000/01/rdf-schema#label", "http://purl.org/dc/terms/title"];
  const learn = async (iris) => {
    for (let start = 0; start < iris.length; start += 300) {
      const values = iris.slice(start, start + 300).map((iri) => `<${iri}>`).join(" ");
      const paths = NAMING.map((each) => `<${each}>`).join("|");
      const { json } = await engine.ask(`SELECT DISTINCT ?thing ?name WHERE { VALUES ?thing { ${values} } ?thing ${paths} ?name FILTER(isLiteral(?name)) }`).answer;
      const order = [language, ...languages];
      const rank = (tag) => (order.includes(tag) ? order.indexOf(tag) : order.length);
      const rows = json.results.bindings.sort((one, other) => rank(one.name["xml:lang"]) - rank(other.name["xml:lang"]));
      for (const { thing, name } of rows) if (!names.has(thing.value)) names.set(thing.value, name.value);
    }
  };
  // A part of a record that has no name goes by that of the record.
  const nameOf = (iri) => {
    const [record, part] = iri.startsWith(base) ? iri.split("#") : [iri];
    const name = names.get(iri) ?? names.get(shortened(iri));
    return name ?? (part && names.has(record) ? `${names.get(record)} (${part})` : shortened(iri));
  };

  const page = (iri) => {
    const path = iri.startsWith(base) ? iri.slice(base.length) : "";
    const [record, anchor] = path.split("#");
    return kinds.includes(record.split("/")[0]) ? new URL(`${language}/${record}.html${anchor ? `#${anchor}` : ""}`, root) : iri;
  };
  const isWeb = (iri) => /^https?:/.test(iri);
  const shown = (term) => {
    if (!term) return "";
    if (term.type !== "uri") return element("bdi", term["xml:lang"] ? { lang: term["xml:lang"] } : {}, term.value);
    const name = element("bdi", {}, nameOf(term.value));
    return isWeb(term.value) ? element("a", { href: page(term.value), title: term.value }, name) : name;
  };
  const NUMERIC = /#(integer|decimal|double|float|int|long|nonNegativeInteger|positiveInteger)$/;
  const isNumber = (term) => !!term && NUMERIC.test(term.datatype ?? "");
  // Whole numbers of four digits in all rows are years, whose digits are in no groups.
  const isYear = (term) => !term || (isNumber(term) && /^(1[5-9]|20)\d\d$/.test(term.value));
  const numeral = (term) => (Number.isFinite(Number(term.value)) ? grouped(term.value) : term.value);
  const isDate = (term) => !!term && /#(date|dateTime|gYear|gYearMonth)$/.test(term.datatype ?? "");
  const MOST = 1000;

  const show = async (answer) => {
    const place = part("rows");
    part("chart").hidden = true;
    if (answer.text !== undefined) {
      place.replaceChildren(element("pre", { dir: "ltr", tabindex: "0" }, answer.text));
    } else if (answer.json.boolean !== undefined) {
      place.replaceChildren(element("p", {}, answer.json.boolean ? words.yes : words.no));
    } else {
      const variables = answer.json.head.vars;
      const all = answer.json.results.bindings;
      const rows = all.slice(0, MOST);
      const iris = rows.flatMap((row) => Object.values(row)).filter((term) => term.type === "uri" && /^[^<>"{}|^`\\\s]+$/.test(term.value));
      const wanted = iris.flatMap(({ value }) => [value, value.split("#")[0]]);
      await learn([...new Set(wanted)].filter((iri) => !names.has(iri)));
      const heading = (each) => {
        const title = named(asked?.columns[each] ?? columns[each] ?? []);
        return title ? element("bdi", { title: `?${each}` }, title) : element("bdi", { dir: "ltr" }, each);
      };
      const years = new Set(variables.filter((each) => rows.every((row) => isYear(row[each]))));
      const cell = (each, term) => (isNumber(term) && !years.has(each) ? element("bdi", {}, numeral(term)) : shown(term));
      const isOfNumbers = (each) => rows.some((row) => isNumber(row[each]));
      const head = element("tr", {}, ...variables.map((each) =>
        element("th", isOfNumbers(each) ? { scope: "col", class: "number" } : { scope: "col" }, heading(each))));
      const body = rows.map((row) =>
        element("tr", {}, ...variables.map((each) => element("td", isNumber(row[each]) ? { class: "number" } : isDate(row[each]) ? { class: "whole" } : {}, cell(each, row[each])))));
      const table = element("table", {}, element("thead", {}, head), element("tbody", {}, ...body));
      place.replaceChildren(element("div", { class: "wide", tabindex: "0", role: "region", "aria-labelledby": "query-answer-title" }, table));
      draw(variables.filter((each) => !years.has(each)), rows);
      say(filled(all.length > MOST ? words.rowsShown : words.rows, { count: grouped(all.length), shown: grouped(MOST) }));
    }
    part("answer").hidden = false;
  };

  // Bars for the last column of numbers, under the names in the first column of others.
  const draw = (variables, rows) => {
    const value = variables.findLast((each) => rows.every((row) => isNumber(row[each]) && Number(row[each].value) >= 0));
    const name = variables.find((each) => rows.every((row) => row[each] && !isNumber(row[each])));
    if (!value || !name || rows.length < 2 || rows.length > 60) return;
    const most = Math.max(...rows.map((row) => Number(row[value].value))) || 1;
    const bars = rows.flatMap((row) => {
      const term = row[name];
      const label = term.type === "uri" ? nameOf(term.value) : term.value;
      const bar = element("meter", { min: 0, max: most, value: row[value].value, "aria-label": label });
      return [element("dt", {}, element("bdi", {}, label)), element("dd", {}, bar, " ", element("bdi", { dir: "ltr" }, numeral(row[value])))];
    });
    part("bars").replaceChildren(...bars);
    part("chart").hidden = false;
  };

  const complain = (problem) => {
    const { line, column, message } = problem; // the words name the place
    part("error").replaceChildren(element("bdi", {}, message));
    part("error").hidden = false;
    if (line) editor.mark(line, column, message);
    say("");
  };

  let current;
  const run = async () => {
    const added = missing(editor.text);
    if (added) editor.text = added + editor.text;
    editor.clear();
    history.replaceState(null, "", `#query=${encodeURIComponent(editor.text)}`);
    part("error").hidden = true;
    part("answer").hidden = true;
    current?.stop();
    say(engine.isReady() ? words.running : words.loading);
    part("stop").hidden = false;
    const own = (current = engine.ask(editor.text, () => say(words.running)));
    own.answer.catch(() => {});
    try {
      const answer = await own.answer;
      if (own === current) {
        say("");
        await show(answer);
      }
    } catch (problem) {
      if (own === current) {
        if (problem.name === "AbortError") say(words.stopped);
        else complain(problem);
      }
    } finally {
      if (own === current) {
        current = undefined;
        part("stop").hidden = true;
      }
    }
  };

  // What can be copied: a link, and the same question for other programs.
  const quoted = (query) => `"""${query.replaceAll("\\", "\\\\").replaceAll('"""', '\\"\\"\\"')}\n"""`;
  const copies = {
    share: () => `${location.href.split("#")[0]}#query=${encodeURIComponent(editor.text)}`,
    curl: () => `curl -H "Accept: text/csv" --data-urlencode query@- ${endpoint} <<'SPARQL'\n${editor.text}\nSPARQL\n`,
    python: () =>
      engine?.isServer
        ? `from urllib.parse import urlencode\nfrom urllib.request import Request, urlopen\n\nquery = ${quoted(editor.text)}\ndata = urlencode({"query": query}).encode()\nwith urlopen(Request("${endpoint}", data, {"Accept": "text/csv"})) as reply:\n    print(reply.read().decode())\n`
        : `from urllib.request import urlopen\n\nfrom pyoxigraph import QueryResultsFormat, RdfFormat, Store\n\nstore = Store()\nstore.load(urlopen("${new URL(words.dump, words.site)}"), RdfFormat.TURTLE)\nquery = ${quoted(editor.text)}\nprint(store.query(query).serialize(format=QueryResultsFormat.CSV).decode())\n`,
  };
  for (const [name, text] of Object.entries(copies)) {
    part(name).addEventListener("click", async () => {
      part("copy").textContent = text();
      part("copy").hidden = false;
      try {
        await navigator.clipboard.writeText(text());
        say(words.copied);
      } catch {
        getSelection().selectAllChildren(part("copy")); // then the reader copies it
      }
    });
  }

  // A question of the library, whose columns have titles of their own, and what is asked for: a VALUES block for each
  // parameter, as on the command line. What is given comes from the address of the page: `?question=NAME&PARAMETER=VALUE`.
  let asked;
  const TERMS = {
    integer: (text) => (/^[+-]?\d+$/.test(text) ? text : null),
    decimal: (text) => (/^[+-]?\d+(\.\d+)?$/.test(text) ? `"${text}"^^<http://www.w3.org/2001/XMLSchema#decimal>` : null),
    date: (text) => (/^\d{4}-\d\d-\d\d$/.test(text) ? `"${text}"^^<http://www.w3.org/2001/XMLSchema#date>` : null),
    string: (text) => JSON.stringify(text),
  };
  TERMS.year = TERMS.integer;
  TERMS.language = TERMS.string;
  const thing = (text) => (/^[^<>"{}|^`\\\s]+$/.test(text) ? `<${text.includes(":") ? text : base + text}>` : null);
  const ask = (question, given = new URLSearchParams()) => {
    asked = question;
    const [head, tail] = question.text;
    const values = Object.entries(question.parameters).flatMap(([name, [variable, type]]) => {
      const found = given.getAll(name).filter(Boolean).map(TERMS[type] ?? thing).filter(Boolean);
      return found.length ? [` VALUES ?${variable} { ${found.join(" ")} }`] : [];
    });
    editor.text = tail === undefined ? `${head}\n${values.join("")}`.trim() : `${head}${values.join("")}${tail}`;
  };

  const themes = new Map();
  examples.forEach(({ titles, theme }, at) => {
    const group = named(theme);
    if (!themes.has(group)) themes.set(group, group ? element("optgroup", { label: group }) : part("example"));
    themes.get(group).append(element("option", { value: at }, named(titles)));
  });
  part("example").append(...[...themes.values()].filter((each) => each !== part("example")));
  part("example").addEventListener("change", () => {
    const chosen = examples[part("example").value];
    if (chosen) ask(chosen);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (engine) run();
  });
  part("stop").addEventListener("click", () => current?.stop());

  choose().then((chosen) => {
    engine = chosen;
    part("none").hidden = !!engine;
    part("run").disabled = !engine;
    part("curl").hidden = !engine?.isServer;
    part("where").textContent = engine ? (engine.isServer ? words.onServer : words.inPage) : "";
    form.hidden = false;
    const shared = new URLSearchParams(location.hash.slice(1)).get("query");
    const given = new URLSearchParams(location.search);
    const wanted = examples.findIndex(({ name }) => name === given.get("question"));
    part("example").value = shared ? "" : String(Math.max(wanted, 0));
    if (shared) editor.text = shared;
    else if (examples.length) ask(examples[Math.max(wanted, 0)], given);
    else editor.text = "SELECT * WHERE { ?thing ?property ?value } LIMIT 10";
    if ((shared || wanted >= 0) && engine) run();
  });
})();
