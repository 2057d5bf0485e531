"""Parts are inside their record, under what the record calls them."""

from typing import Any

from ssekg.graph.readable import readable_context
from ssekg.graph.store import Graph
from ssekg.publish.parts.frames import Frames
from tests.graphs import BASE, ONTOLOGY, parsed


def framed(turtle: str, record: str) -> dict[str, Any]:
    graph = Graph(BASE, parsed(turtle), ONTOLOGY)
    return Frames(graph.data, readable_context(graph), BASE).framed(BASE + record)


def test_a_part_that_points_to_its_record_twice_is_under_the_name_that_the_record_has_for_it() -> None:
    """The other property, which comes first by its IRI, says that it is about the record; it stays inside the part."""
    programme = framed(
        '<programme/a#x> sse:about <programme/a> ; sse:budgetOf <programme/a> ; sse:remark "a part" .', "programme/a"
    )
    assert programme == {
        "id": f"{BASE}programme/a",
        "budgets": [
            {"id": f"{BASE}programme/a#x", "sse:about": {"id": f"{BASE}programme/a"}, "sse:remark": "a part"},
        ],
    }


def test_a_part_without_such_a_name_is_under_the_first_property_reversed() -> None:
    programme = framed("<programme/a#x> sse:within <programme/a> ; sse:about <programme/a> .", "programme/a")
    (part,) = programme["@reverse"]["sse:about"]
    assert part["sse:within"] == {"id": f"{BASE}programme/a"}
