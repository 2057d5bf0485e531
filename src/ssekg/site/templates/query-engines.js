"use strict";
// What answers the queries of the query page: the server's own endpoint, or Oxigraph in a worker. Each takes a query and
// gives `answer`, a promise of { json } or { text }, which fails with line and column if they are known; and `stop`. What
// loads the graph first says when it has.
globalThis.queryEngines = (root, language, words) => {
  // A query without what is no syntax: comments, texts and IRIs.
  const bare = (query) =>
    query.replace(/#[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|<[^<>\s]*>/g, (each) => (each[0] === "<" ? "<>" : each[0] === "#" ? "" : '""'));
  const isGraph = (query) => /\b(CONSTRUCT|DESCRIBE)\b/i.test(bare(query).split("{")[0]);

  const failed = (message, place) => Object.assign(new Error(message), place);
  // What the engine in the page says is in English: where it is the text of a query that is wrong, the page has words.
  const said = (problem, place) =>
    place
      ? (place.token ? words.syntax : words.incomplete).replace(/%(\w+)/g, (_, name) => `\u2068${place[name]}\u2069`).trim()
      : `${words.failed} ${problem}`;
  const endpoint = new URL("sparql", root);
  const RESULTS = "application/sparql-results+json";
  const askServer = (query) => {
    const stopping = new AbortController();
    const answer = (async () => {
      const headers = { Accept: `${RESULTS}, text/turtle;q=0.9`, "Accept-Language": language };
      const reply = await fetch(endpoint, { method: "POST", body: new URLSearchParams({ query }), headers, signal: stopping.signal });
      const text = await reply.text();
      if (!reply.ok) {
        let problem = {};
        try { problem = JSON.parse(text); } catch { /* a proxy answers in HTML */ }
        const message = [problem.title, problem.detail].filter(Boolean).join(" ") || `${words.failed} (${reply.status})`;
        throw failed(message, problem.line ? { line: Number(problem.line), column: Number(problem.column) } : {});
      }
      return reply.headers.get("Content-Type").startsWith(RESULTS) ? { json: JSON.parse(text) } : { text };
    })();
    return { answer, stop: () => stopping.abort() };
  };
  let worker;
  let turn = 0;
  const askPage = (query, running) => {
    worker ??= new Worker(new URL(words.engine, root), { type: "module" });
    const own = worker;
    const mine = ++turn;
    let end;
    const answer = new Promise((resolve, reject) => {
      end = () => {
        own.terminate();
        worker = undefined;
        reject(failed(words.stopped, { name: "AbortError" }));
      };
      own.onerror = () => reject(failed(words.failed, {}));
      own.addEventListener("message", ({ data }) => {
        if (data.turn !== mine) return;
        if (data.isRunning) running?.();
        else if (data.problem) reject(failed(said(data.problem, data.mistake), data.mistake));
        else resolve(data.answer);
      });
      own.postMessage({ turn: mine, dump: new URL(words.dump, root).href, query, isGraph: isGraph(query) });
    });
    return { answer, stop: end };
  };
  const choose = async () => {
    if (location.protocol === "file:") return undefined;
    try {
      const reply = await fetch(`${endpoint}?query=ASK%7B%7D`, { headers: { Accept: RESULTS } });
      const isEndpoint = reply.ok && (reply.headers.get("Content-Type") ?? "").startsWith(RESULTS);
      if (isEndpoint) return { ask: askServer, isServer: true, isReady: () => true };
    } catch { /* no server of ours */ }
    return words.engine ? { ask: askPage, isServer: false, isReady: () => !!worker } : undefined;
  };
  return { bare, endpoint, choose };
};
