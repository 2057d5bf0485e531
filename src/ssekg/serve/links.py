"""What goes with an answer in its header Link (RFC 8288): the same thing in other forms, the licence, the data set."""

from urllib.parse import unquote

from ssekg.project.settings import Project
from ssekg.serve.linked_data import Thing
from ssekg.serve.permanent_iris import HTML, MEDIA_TYPES, PermanentIris, quoted, relative


class Links:
    """The links of the answers of a release."""

    def __init__(self, project: Project, iris: PermanentIris) -> None:
        """Take the things that have documents in several forms."""
        self._project = project
        self._iris = iris

    def of_file(self, path: str) -> str:
        """The links of a file of the release."""
        return self.of(path, self._thing_in(path))

    def of(self, path: str, thing: Thing | None = None) -> str:
        """The links of what is at a path, which may be about a thing."""
        up = relative(path)
        found = [_link(up + quoted(target), "alternate", **more) for target, more in self._others(path, thing)]
        described = _link(f"{up}void.ttl", "describedby", type="text/turtle")
        return ", ".join([*found, described, _link(quoted(self._project.licence), "license")])

    def language_of(self, path: str) -> str | None:
        """The language of a page, None for what is no page or has none."""
        tags = self._project.languages
        folder, _, rest = path.partition("/")
        found = folder if rest else path.removesuffix(".html").rpartition(".")[2]
        return found if found in tags and path.endswith(".html") else None

    def _others(self, path: str, thing: Thing | None) -> list[tuple[str, dict[str, str]]]:
        found: list[tuple[str, dict[str, str]]] = []
        for form in self._iris.forms_of(thing) if thing else ():
            kind = MEDIA_TYPES[form][0]
            if thing and form == HTML:
                pages = self._iris.pages_of(thing.page)
                found += [(page, {"type": kind, "hreflang": tag}) for tag, page in pages.items() if page != path]
            elif thing and path != f"{thing.path}.{form}":
                found.append((f"{thing.path}.{form}", {"type": kind}))
        return found

    def _thing_in(self, path: str) -> Thing | None:
        folder, _, rest = path.partition("/")
        if folder == "id" or folder in self._project.languages:
            return self._iris.things.get(unquote(unquote(rest.removesuffix(".jsonld").removesuffix(".html"))))
        return None


def _link(target: str, relation: str, **parameters: str) -> str:
    more = "".join(f'; {name}="{value}"' for name, value in parameters.items())
    return f'<{target}>; rel="{relation}"{more}'
