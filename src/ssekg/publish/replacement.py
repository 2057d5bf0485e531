"""Whether a release may take the place of another.

A version states once and for all which data it has, and a term that was published stays declared and means the same.
"""

from collections.abc import Sequence
from typing import Final

import pyoxigraph as ox

from ssekg.base.errors import RefusedError
from ssekg.graph.store import TYPE, Graph
from ssekg.project.setting_places import SettingPlaces
from ssekg.project.settings import PROJECT_FILE, Project
from ssekg.publish.manifest import Manifest
from ssekg.publish.meanings import meanings_of, unannounced, version_of
from ssekg.publish.version_bump import Step, next_version

_NAMED: Final = 8


def refuse_lower_version(new: Manifest, published: Manifest) -> None:
    """Refuse to replace a release by one of a lower version, in the order of Semantic Versioning 2.0.

    Raises:
        RefusedError: the version is lower, and the graph is another.
    """
    from semver import Version

    is_lower = Version.parse(new.version) < Version.parse(published.version)
    if is_lower and new.whole != published.whole:
        raise RefusedError("version-goes-back", version=new.version, published=published.version)


def other_data(new: Manifest, published: Manifest, project: Project, wanted: str | None) -> RefusedError | None:
    """Why a release must not replace one of the same version: what the sources state is not the same.

    Args:
        new: the release that is to be published.
        published: the one in place, or the previous one.
        project: knows where the version is set.
        wanted: the version that the changes ask for, None if they can't be seen in the public graph.
    """
    if new.version != published.version or new.whole == published.whole:
        return None
    place = SettingPlaces.of(project).of_value(project.version, "version")
    return RefusedError(
        "version-taken",
        version=new.version,
        wanted=wanted or next_version(new.version, Step.PATCH),
        file=PROJECT_FILE,
        line=str(place.line or 1),
    )


def vanished_terms(now: Graph, before: Graph, published: str) -> RefusedError | None:
    """Why a release must not follow another: terms of the project's own that others may use are not declared any more.

    Args:
        now: the whole graph that is to be published.
        before: that of the previous release.
        published: the version of that release.
    """
    own = (term for term in _declared(before) if before.terms.is_own(term))
    vanished = sorted(term.value for term in set(own) - _declared(now))
    return RefusedError("terms-vanished", published=published, terms=_named(before, vanished)) if vanished else None


def changed_terms(now: Graph, before: Graph, published: str) -> RefusedError | None:
    """Why a release must not follow another: terms that others may use mean something else.

    Args:
        now: the whole graph that is to be published.
        before: that of the previous release.
        published: the version of that release.
    """
    version = version_of(before)
    changed = unannounced(meanings_of(before), now, version)
    if not changed:
        return None
    return RefusedError("terms-changed", published=published, terms=_named(before, changed), address=version or "–")


def _named(graph: Graph, terms: Sequence[str]) -> str:
    return ", ".join(map(graph.shortened, terms[:_NAMED])) + (", …" if len(terms) > _NAMED else "")


def _declared(graph: Graph) -> set[ox.NamedNode]:
    found = (t.subject for t in graph.own_vocabulary if t.predicate == TYPE)
    return {subject for subject in found if isinstance(subject, ox.NamedNode)}
