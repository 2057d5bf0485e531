"""In which order findings are reported: the gravest first, causes before what follows from them, then by place."""

from collections import Counter
from collections.abc import Iterable

from ssekg.base.codes import known_code
from ssekg.base.findings import Finding, Place, is_shacl
from ssekg.base.said import identity

Key = tuple[str | int, ...]


def reported(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings in their order, which is the same on every machine.

    Exact repetitions are left out; but each result of SHACL is a finding of its own.
    """
    seen: Counter[tuple[object, ...]] = Counter()
    ordered = []
    for finding in findings:
        key = (_key(finding), tuple(sorted(finding.texts.items())))
        seen[key] += 1
        if seen[key] == 1 or is_shacl(finding):
            ordered.append((key, seen[key], finding))
    return tuple(finding for _, _, finding in sorted(ordered, key=lambda each: each[:2]))


def _key(finding: Finding) -> Key:
    """What a finding is sorted by; of one severity what keeps a file from being read is first, what follows last."""
    place = finding.place or Place("")
    return (
        finding.severity.rank,
        not known_code(finding.code).stops_reading,
        finding.cause is not None,
        place.file,
        place.line or 0,
        place.column or 0,
        finding.code,
        *(str(term or "") for term in (finding.focus, finding.path, finding.value, finding.shape)),
        *(f"{name}={identity(argument)}" for name, argument in sorted(finding.arguments.items())),
    )
