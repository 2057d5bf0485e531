"use strict";
// Finds records by their names, as `ssekg find` does: what people leave out, add or confuse when they type does not
// count. The rules come from the program, with the names; a name that is almost spelt so is found if nothing else is.
globalThis.searchIndex = (() => {
  const root = new URL(".", document.currentScript.src);
  let rules, languages, sorts, parts;
  let entries = [];
  const loaded = new Map();

  const begin = (given) => {
    ({ rules, languages, parts } = given);
    for (const kind of ["particles", "signs"]) rules[kind] = new Set(rules[kind]);
    rules.definite = new RegExp(rules.definite, "u");
    sorts = given.sorts.map(([labels, words]) => ({ labels, words: words.split(" ") }));
    entries = given.entries.map(read);
  };

  // The digits of a script follow each other from nought to nine.
  const digit = (character) => {
    let value = 0;
    while (/\p{Nd}/u.test(String.fromCodePoint(character.codePointAt(0) - value - 1))) value++;
    return String(value % 10);
  };
  const fold = (text) =>
    [...text.normalize("NFKD").toLowerCase().replaceAll("ß", "ss").replaceAll("ς", "σ").normalize("NFKD")]
      .map((each) => rules.letters[each] ?? each)
      .join("")
      .replace(/\p{Nd}/gu, digit)
      .replace(/[\p{Pd}\p{Pi}\p{Pf}'"`′‚„ʹʻʼʽ−⁃˗]/gu, " ")
      .replace(/[\p{Cf}\p{M}]/gu, "")
      .replace(/(?<=\d)[./](?=\d)/g, " ")
      .trim()
      .replace(/\s+/gu, " ");

  const wordsOf = (text) => fold(text).match(/[\p{L}\p{N}_]+/gu) ?? [];
  const isNumber = (word) => /^\p{Nd}/u.test(word);
  const significant = (text) => {
    const words = wordsOf(text);
    const kept = words.filter(
      (word, at) => !rules.particles.has(word) && !(rules.signs.has(word) && isNumber(words[at + 1] ?? "")),
    );
    return (kept.length ? kept : words).map((word) => word.replace(rules.definite, ""));
  };

  const read = ([address, sort, ...texts]) => {
    const labels = texts.slice(0, languages.length);
    const slug = address.split(/[/#]/).pop();
    const names = [...new Set([...texts, slug])].filter(Boolean).map((text) => {
      const words = significant(text);
      return { text: text === slug ? "" : text, words, numbers: words.filter(isNumber), run: wordsOf(text).join("") };
    });
    return { address, labels, sort: sorts[sort], names, words: new Set(names.flatMap((name) => name.words)) };
  };

  // What it costs to take a word for one of others: nothing, one if it was only begun, none at all if it is another.
  const cost = (word, others) => {
    let best = null;
    for (const other of others) {
      if (other === word) return [0, other];
      if (!best && word.length > 1 && !isNumber(word) && other.startsWith(word)) best = [1, other];
    }
    return best;
  };
  const edits = (word) => (word.length < 4 || /\d/.test(word) ? 0 : word.length < 8 ? 1 : 2);
  const nearly = (word, others) => {
    const exact = cost(word, others);
    const most = edits(word);
    if (exact || !most) return exact;
    let best = null;
    for (const other of others) {
      if (Math.abs(other.length - word.length) > most || !edits(other)) continue;
      const far = distance(word, other);
      if (far <= most && (!best || 2 * far < best[0])) best = [2 * far, other];
    }
    return best;
  };
  // Letters that are missing, added, others, or have changed places.
  const distance = (one, other) => {
    const rows = [...Array(one.length + 1)].map((_, row) => [row, ...Array(other.length).fill(0)]);
    rows[0] = [...Array(other.length + 1).keys()];
    for (let i = 1; i <= one.length; i++) {
      for (let j = 1; j <= other.length; j++) {
        const same = one[i - 1] === other[j - 1] ? 0 : 1;
        rows[i][j] = Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + same);
        if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
          rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
        }
      }
    }
    return rows[one.length][other.length];
  };

  const follows = (numbers, wanted) =>
    numbers.some((_, at) => wanted.every((number, step) => numbers[at + step] === number)) || !wanted.length;

  // How well a name answers: [not whole, what speaks against it, words that it has beyond], null if it does not.
  const match = (entry, name, asked, run, compare) => {
    if (name.run === run && (!name.numbers.length || name.words.join() === asked.join())) return [0, 0, 0];
    const found = asked.map((word) => compare(word, name.words));
    if (!found.some(Boolean)) return run.length > 3 && name.run.startsWith(run) ? [1, 3, 1] : null;
    const strange = asked.filter((_, at) => !found[at]);
    if (!strange.every((word) => cost(word, entry.words) || cost(word, entry.sort.words))) return null;
    if (!follows(name.numbers, asked.filter((word, at) => found[at] && isNumber(word)))) return null;
    const matched = new Set(found.filter(Boolean).map(([, other]) => other));
    const missing = name.words.filter((word) => !matched.has(word) && !entry.sort.words.includes(word)).length;
    const price = found.reduce((sum, each) => sum + (each ? each[0] : 0), 0);
    const against = price + strange.length + (missing ? 2 : 0);
    return [missing || price ? 1 : 0, against, missing];
  };
  const better = (one, other) => one[0] - other[0] || one[1] - other[1] || one[2] - other[2];

  const rank = (asked, run, compare) => {
    const found = [];
    entries.forEach((entry, position) => {
      let best = null;
      for (const name of entry.names) {
        const order = match(entry, name, asked, run, compare);
        if (order && (!best || better(order, best.order) < 0)) best = { entry, order, name: name.text, position };
      }
      if (best) found.push(best);
    });
    return found.sort((one, other) => better(one.order, other.order) || one.position - other.position);
  };

  const script = (path) => {
    if (!loaded.has(path)) {
      loaded.set(path, new Promise((resolve, reject) => {
        const element = document.createElement("script");
        element.onload = resolve;
        element.onerror = reject;
        element.src = new URL(path, root);
        document.head.append(element);
      }));
    }
    return loaded.get(path);
  };
  const take = (more) => {
    const known = new Set(entries.map((each) => each.address));
    entries.push(...more.map(read).filter((each) => !known.has(each.address)));
  };

  // The entries that answer a text, the best first.
  const find = async (text) => {
    const asked = significant(text);
    const run = wordsOf(text).join("");
    if (!asked.length) return [];
    const wanted = new Set(asked.map((word) => [...word].slice(0, 2).join("")));
    await Promise.all([...wanted].filter((key) => parts.includes(key)).map((key) => script(`assets/search/${parts.indexOf(key)}.js`)));
    const found = rank(asked, run, cost);
    return found.length ? found : rank(asked, run, nearly);
  };

  return { begin, take, find, fold, significant, languages: () => languages };
})();
