"""Queries that take all time or memory, or end the process that reads them, and what becomes of each."""

from typing import Final

_PRODUCT: Final = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"
_VALUES: Final = " ".join(f"VALUES ?v{i} {{ {' '.join(map(str, range(40)))} }}" for i in range(8))
_DOUBLED: Final = " ".join(f"BIND(CONCAT(?v{i}, ?v{i}) AS ?v{i + 1})" for i in range(40))
_TEN: Final = "$0" * 10

# Ended: they would go on for hours, or take all memory.
ENDED: Final = {
    "product": f"SELECT (COUNT(*) AS ?n) {{ {_PRODUCT} }}",
    "sort": f"SELECT * {{ {_PRODUCT} }} ORDER BY ?i",
    "group": f"SELECT ?a ?d (COUNT(*) AS ?n) {{ {_PRODUCT} }} GROUP BY ?a ?d",
    "paths": "SELECT (COUNT(*) AS ?n) { ?a (!<x:y>|^!<x:z>)* ?b . ?b (!<x:y>)* ?c . ?c (!<x:y>)* ?d }",
    "doubling": f"SELECT ?z {{ BIND('aaaaaaaaaaaaaaaa' AS ?v0) {_DOUBLED} BIND(STRLEN(?v40) AS ?z) }}",
    "values": f"SELECT (COUNT(*) AS ?n) {{ {_VALUES} }}",
    "sorted values": f"SELECT * {{ {_VALUES} }} ORDER BY ?v1",
    "construct": f"CONSTRUCT {{ ?a ?b ?c }} {{ {_PRODUCT} FILTER(?c = ?f && ?a != ?d) }} ORDER BY ?i",
    "long sum": f"ASK {{ FILTER({'1+' * 100_000}1 > 0) }}",
    "long path": f"ASK {{ ?s {'<x:p>/' * 30_000}<x:p> ?o }}",
    "many unions": f"ASK {{ {'{ ?s ?p ?o } UNION ' * 10_000}{{ ?a ?b ?c }} }}",
    "large pattern": "SELECT * { ?s ?p ?o FILTER REGEX(STR(?o), '(((((a{1,100}){1,100}){1,100}){1,100}))') }",
}
# Refused before anybody evaluates them, or with the answer that they would have become.
REFUSED: Final = {
    "rows": (f"SELECT * {{ {_PRODUCT} }}", "answer-too-large"),
    "distinct": (f"SELECT DISTINCT * {{ {_PRODUCT} }}", "answer-too-large"),
    "growing": (f"SELECT (REPLACE(REPLACE(STR(?o), '.', '{_TEN}'), '.', '{_TEN * 20}') AS ?x) {{ ?s ?p ?o }}", None),
    "braces": (f"SELECT * {'{' * 20_000}{'}' * 20_000}", "query-too-deep"),
    "negations": (f"ASK {{ FILTER({'!' * 100_000}true) }}", "query-too-deep"),
    "negations apart": (f"ASK {{ FILTER({'! ' * 100_000}true) }}", "query-too-deep"),
    "service": ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "query-leaves-graph"),
    "service in disguise": ("SELECT * { SERVICESILENT<http://127.0.0.1:1/> { ?s ?p ?o } }", "query-syntax"),
    "update": ("DELETE WHERE { ?s ?p ?o }", "query-syntax"),
    "two": ("ASK {} ASK {}", "query-syntax"),
    "elsewhere": ("SELECT * FROM <http://example.org/> { ?s ?p ?o }", "graph-elsewhere"),
    "elsewhere by name": ("PREFIX x: <http://x/> SELECT * FROM NAMED x:y { ?s ?p ?o }", "graph-elsewhere"),
}
# Answered: the engine's regular expressions take no time that grows without end.
ANSWERED: Final = {
    "backtracking": f"SELECT * {{ BIND('{'a' * 60}!' AS ?x) FILTER REGEX(?x, '^(a+)+$') }}",
}
