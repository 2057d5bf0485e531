// Answers queries inside the browser: Oxigraph's WebAssembly, in a worker, so that the page goes on and a query that
// takes too long can be ended with it. The graph is loaded once, from the release's own Turtle.
import init, { Store } from "./oxigraph/web.js";

let loaded;
const load = async (dump) => {
  const [reply] = await Promise.all([fetch(dump), init()]);
  if (!reply.ok) throw new Error(`${dump}: ${reply.status}`);
  const store = new Store();
  store.load(await reply.text(), { format: "text/turtle", base_iri: dump, no_transaction: true, lenient: true });
  return store;
};
const triples = (quads) =>
  [...new Set(quads.map((each) => `${each.subject} ${each.predicate} ${each.object} .`))].join("\n");

// Where a text stops being SPARQL, found as ssekg.queries.mistakes finds it: the first beginning that nothing can
// complete ends with the token that is wrong.
const TOKEN =
  /(\s+|#[^\n\r]*)|<(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>|"""(?:(?:"|"")?(?:[^"\\]|\\.))*"""|'''(?:(?:'|'')?(?:[^'\\]|\\.))*'''|"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*'|[?$][\p{L}\p{N}_]+|[\p{L}\p{N}_.-]*:(?:\\.|[\p{L}\p{N}_.:%-])*|@[A-Za-z0-9-]+|[A-Za-z_]\w*|./gsu;
const LINES = 24;
const END = "\n".repeat(LINES) + "\0";
const words = (problem) => String(problem?.message ?? problem);
const lineOf = (query) => {
  try {
    new Store().query(query);
  } catch (problem) {
    return Number(/error at (\d+):\d+/.exec(words(problem))?.[1] ?? 0);
  }
  return 0;
};
const canGoOn = (beginning) => lineOf(beginning + END) > beginning.split("\n").length - 1 + LINES;
const mistake = (query) => {
  if (!lineOf(query)) return undefined;
  const found = [...query.matchAll(TOKEN)].filter(([, skipped]) => !skipped);
  const end = ({ index, 0: text }) => index + text.length;
  let right = 0;
  let wrong = found.length;
  while (wrong - right > 1) {
    const middle = (right + wrong) >> 1;
    // The second half of an operator may follow.
    if (found.slice(middle - 1, middle + 1).some((each) => canGoOn(query.slice(0, end(each))))) right = middle;
    else wrong = middle;
  }
  const token = found.length && !canGoOn(query) ? found[wrong - 1] : undefined;
  const before = query.slice(0, token ? token.index : query.trimEnd().length).split("\n");
  return { line: before.length, column: before.at(-1).length + 1, token: token ? token[0] : "" };
};

onmessage = async ({ data: { turn, dump, query, isGraph } }) => {
  try {
    const store = await (loaded ??= load(dump));
    postMessage({ turn, isRunning: true });
    const answer = isGraph
      ? { text: triples(store.query(query)) }
      : { json: JSON.parse(store.query(query, { results_format: "json" })) };
    postMessage({ turn, answer });
  } catch (problem) {
    postMessage({ turn, problem: words(problem), mistake: loaded && mistake(query) });
  }
};
