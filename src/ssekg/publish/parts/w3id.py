"""The folder for w3id.org that makes the identifiers of a project lead to its site: .htaccess and README.md.

w3id.org keeps one folder a project in the repository perma-id/w3id.org, and its Apache reads the .htaccess. That needs
mod_rewrite, and takes mod_headers where it is there.
"""

from collections.abc import Mapping
from typing import Final

from ssekg.base.language import pick
from ssekg.project.settings import Project

# Media types by form, in the order in which forms are preferred where they are wanted alike; HTML goes before all.
_FORMS: Final = {
    "JSONLD": r"application/(?:ld\+)?json",
    "TTL": "text/turtle",
    "RDF": r"application/rdf\+xml",
    "NT": "application/n-triples",
    "ANY": r"\*/\*",
    "HTML": r"(?:text/html|application/xhtml\+xml)",
}
# A media type of Accept with parameters other than q, up to a q of 1 or none; up to a q below 1, without end zeros.
_WANTED: Final = r"(?:^|,)\s*{types}\s*(?:;(?!\s*q=)[^,;]*)*"
_FULLY: Final = _WANTED + r"(?:;\s*q=1(?:\.0*)?\s*(?:;[^,]*)?)?(?:,|$)"
_PARTLY: Final = _WANTED + r";\s*q=(0\.[0-9]*[1-9])0*\s*(?:[,;]|$)"
# What a browser gets for a record: its document, since there are no pages; when there are, .html.
_PAGE: Final = ".jsonld"


def w3id_files(project: Project) -> dict[str, bytes]:
    """`w3id/.htaccess` and `w3id/README.md` for the folder of the project at w3id.org, or at any Apache.

    Both come from ssekg.toml alone. The rules are relative to the folder that `project.home` names. They go by the
    Accept header with its q values (RFC 9110), and answer for a record with 303 See Other: a thing is not its document.
    There are none for a base that does not end with /id/, where records can't be told from files.
    """
    if not project.base.endswith("/id/"):
        return {}
    rules = "\n\n".join([_header(project), *_negotiation(), _redirections(project)]) + "\n"
    return {"w3id/.htaccess": rules.encode(), "w3id/README.md": _readme(project).encode()}


def _header(project: Project) -> str:
    return f"""# {_line(project.name)}
# {_line(project.description)}
#
# Publisher: {" ".join(project.publisher.split())}
# Contact: {" ".join(project.contact.split())}
#
# This file is written from the settings of the project, so please tell the contact what should change in it.

Options +FollowSymLinks -MultiViews
RewriteEngine On

<IfModule mod_headers.c>
  Header always set Access-Control-Allow-Origin "*"
  Header always merge Vary "Accept"
</IfModule>"""


def _negotiation() -> list[str]:
    """The rules that set the variable FORM to what the client wants most.

    A form's q value is kept without zeros at its end, and is empty if the form is not wanted: values compare as texts.
    """
    values = [
        f"RewriteCond %{{HTTP_ACCEPT}} {pattern.format(types=types)} [NC]\nRewriteRule ^ - [E=Q_{form}:{value}]"
        for form, types in _FORMS.items()
        for pattern, value in ((_FULLY, "1"), (_PARTLY, "%1"))
    ]
    choices = [
        f"RewriteCond expr \"reqenv('Q_{form}') {'>=' if form == 'HTML' else '>'} reqenv('BEST')\"\n"
        f"RewriteRule ^ - [E=BEST:%{{ENV:Q_{form}}},E=FORM:{'html' if form == 'ANY' else form.lower()}]"
        for form in _FORMS
    ]
    return [
        "\n".join(["# How much each form is wanted.", *values]),
        "\n".join(["# The form that is wanted most.", "RewriteRule ^ - [E=BEST:0,E=FORM:html]", *choices]),
    ]


def _redirections(project: Project) -> str:
    site = project.site
    return f"""# Documents by their own address.
RewriteRule ^id/[^/]+/[^/]+\\.(?:jsonld|html)$ {site}$0 [R=302,L]

# A record: its page, its document, or the graph that it is in; persons are in the whole graph only.
RewriteCond %{{ENV:FORM}} =html
RewriteRule ^id/[^/]+/[^/]+$ {site}$0{_PAGE} [R=303,L]
RewriteCond %{{ENV:FORM}} =jsonld
RewriteRule ^id/[^/]+/[^/]+$ {site}$0.jsonld [R=303,L]
RewriteRule ^id/person/[^/]+$ {site}ssekg.%{{ENV:FORM}} [R=303,L]
RewriteRule ^id/[^/]+/[^/]+$ {site}ssekg-without-persons.%{{ENV:FORM}} [R=303,L]

# All records of a kind.
RewriteRule ^id/([^/.]+)/?$ {site}id/$1.jsonld [R=303,L]

# The vocabulary, in this version or an earlier one: the file says which it is. It is Turtle for everyone.
RewriteRule ^ontology(?:/[0-9][^/]*)?/?$ {site}ontology/ssekg.ttl [R=303,L]

# The JSON-LD context, by its version or the current one.
RewriteRule ^context/([0-9][^/]*?)(?:\\.jsonld)?$ {site}context/$1.jsonld [R=302,L]
RewriteRule ^context/?$ {site}ontology/context.jsonld [R=302,L]

# The project, its catalogue and its datasets: the site for people, the catalogue for programs.
RewriteCond %{{ENV:FORM}} =html
RewriteRule ^(?:id/?|catalog|dataset(?:-series)?(?:/.*)?)?$ {site} [R=303,L]
RewriteCond %{{ENV:FORM}} ^(?:jsonld|rdf)$
RewriteRule ^(?:id/?|catalog|dataset(?:-series)?(?:/.*)?)?$ {site}catalog.%{{ENV:FORM}} [R=303,L]
RewriteRule ^(?:id/?|catalog|dataset(?:-series)?(?:/.*)?)?$ {site}catalog.ttl [R=303,L]
RewriteRule ^shapes/?$ {site} [R=303,L]

# Everything else by its name in the release.
RewriteRule ^.+$ {site}$0 [R=302,L]"""


def _readme(project: Project) -> str:
    home, base = project.home, project.base
    return f"""# {_line(project.name)}

{_line(project.description)}

* Identifiers: <{home}>
* They lead to: <{project.site}>
* Publisher: {project.publisher}
* Contact: {project.contact}

## Identifiers

| identifier | leads to |
| --- | --- |
| `{base}{{kind}}/{{name}}` | a record: its document (JSON-LD), or the graph in Turtle, RDF/XML, N-Triples |
| `{base}{{kind}}` | all records of a kind (JSON-LD) |
| `{home}ontology#{{term}}` | the vocabulary (Turtle) |
| `{home}context/{{version}}` | the JSON-LD context |
| `{home}catalog`, `{home}dataset/{{name}}` | the site, or the catalogue in Turtle, RDF/XML, JSON-LD |
| `{home}{{file}}` | any other file of the current release |

The form is chosen by the `Accept` header; q values count. To try it:

```
curl -sIL -H "Accept: text/turtle" {base}place/morocco
curl -sIL -H "Accept: application/ld+json" {base}place/morocco
```

`.htaccess` and this file are written from the settings of the project with every release (its folder `w3id/`).
"""


def _line(texts: Mapping[str, str]) -> str:
    return " ".join((pick(texts, "en") or "").split())
