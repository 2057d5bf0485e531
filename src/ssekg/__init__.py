"""Checks, queries and publishes the knowledge graph that a project folder describes.

In Python, `ssekg.open()` gives a graph to ask (docs/python.md):

    import ssekg

    kg = ssekg.open()
    kg.query("wells-of-a-village", village="Sidi Ali").to_pandas()

The path of the data, and the order of the imports: base → project → sources → graph → queries → charts → catalogue →
shacl → checks → publish → cli and api.
"""

__version__ = "0.1.0"

# That of `typing` takes longer to import than all the rest here.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from ssekg.api.answer import Answer, Chart
    from ssekg.api.description import Description
    from ssekg.api.knowledge_graph import Found, KnowledgeGraph, Notice, open  # noqa: A004 - as in ssekg.open()
    from ssekg.base.errors import AskedWronglyError, CannotRunError, RefusedError, SsekgError

_HOMES = {
    "Answer": "ssekg.api.answer",
    "AskedWronglyError": "ssekg.base.errors",
    "CannotRunError": "ssekg.base.errors",
    "Chart": "ssekg.api.answer",
    "Description": "ssekg.api.description",
    "Found": "ssekg.api.knowledge_graph",
    "KnowledgeGraph": "ssekg.api.knowledge_graph",
    "Notice": "ssekg.api.knowledge_graph",
    "RefusedError": "ssekg.base.errors",
    "SsekgError": "ssekg.base.errors",
    "open": "ssekg.api.knowledge_graph",
}
__all__ = [
    "Answer",
    "AskedWronglyError",
    "CannotRunError",
    "Chart",
    "Description",
    "Found",
    "KnowledgeGraph",
    "Notice",
    "RefusedError",
    "SsekgError",
    "open",
]

if not TYPE_CHECKING:

    def __getattr__(name):
        """What the package offers, imported when somebody asks for it."""
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    """What the package offers."""
    return [*__all__, "__version__"]
