"""An IRI under the base is a record's, or that of a part of one, or of neither."""

import pytest

from ssekg.base.record_iris import RecordIri

BASE = "https://example.org/id/"


@pytest.mark.parametrize(
    ("iri", "base", "expected"),
    [
        (BASE + "quay/one", BASE, ("quay", "one", "")),
        (BASE + "quay/one#permit-1", BASE, ("quay", "one", "permit-1")),
        (BASE + "quay/one/two#a#b", BASE, ("quay", "one/two", "a#b")),
        ("https://example.org/data#quay/one", "https://example.org/data#", ("quay", "one", "")),
        (BASE + "quay", BASE, None),
        (BASE + "quay/", BASE, None),
        (BASE + "/one", BASE, None),
        (BASE + "#quay/one", BASE, None),
        ("https://example.net/id/quay/one", BASE, None),
        (BASE + "quay/one", "", None),
    ],
)
def test_parts(iri: str, base: str, expected: tuple[str, str, str] | None) -> None:
    found = RecordIri.read(iri, base)
    assert (found and (found.kind, found.name, found.part)) == expected
    if found:
        assert iri == found.record + ("#" + found.part if found.part else "")
