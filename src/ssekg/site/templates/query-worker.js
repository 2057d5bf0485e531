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

onmessage = async ({ data: { turn, dump, query, isGraph } }) => {
  try {
    const store = await (loaded ??= load(dump));
    const answer = isGraph
      ? { text: triples(store.query(query)) }
      : { json: JSON.parse(store.query(query, { results_format: "json" })) };
    postMessage({ turn, answer });
  } catch (problem) {
    postMessage({ turn, problem: String(problem?.message ?? problem) });
  }
};
