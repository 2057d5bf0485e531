"""The pages of a project's site in its languages, each with the same header and footer."""

from collections.abc import Callable, Mapping

from ssekg.base.html import Templates, words_language
from ssekg.project.settings import Project

Values = Callable[[str], Mapping[str, object]]
"""What a page shows, by its language."""


class Site:
    """Makes the pages of one project."""

    def __init__(self, project: Project) -> None:
        """Pages in the languages of the project, by its templates and the tool's."""
        self._project = project
        self._templates = Templates("ssekg.site", project.templates)

    def pages(self, name: str, template: str, values: Values) -> dict[str, bytes]:
        """`NAME.{language}.html` in UTF-8 for each language of the project.

        Raises:
            CannotRunError: a template of the project can't be used.
        """
        return {
            f"{name}.{language}.html": self.page(name, template, language, values(language))
            for language in self._project.languages
        }

    def page(self, name: str, template: str, language: str, values: Mapping[str, object]) -> bytes:
        """One page in UTF-8; `name` is that of its files, without the language.

        Raises:
            CannotRunError: a template of the project can't be used.
        """
        project = self._project
        return self._templates.page(
            template,
            language,
            words_language(language, project.default_language),
            name=name,
            project=project,
            languages=project.languages,
            release=f"{project.version} ({project.date.isoformat()})",
            **values,
        ).encode()
