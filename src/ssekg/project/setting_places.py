"""Where ssekg.toml says something."""

from ssekg.base.findings import Place
from ssekg.project.settings import PROJECT_FILE, Project


class SettingPlaces:
    """Finds the places of settings in the text of ssekg.toml."""

    def __init__(self, settings: str) -> None:
        """The text of the file; "" if there is none."""
        self._lines = settings.splitlines()

    @classmethod
    def of(cls, project: Project) -> "SettingPlaces":
        """The places in the file of a project."""
        settings = project.root / PROJECT_FILE
        return cls(settings.read_text(encoding="utf-8-sig") if settings.is_file() else "")

    def of_value(self, value: str, key: str) -> Place:
        """The place of a text on the line of a key, else that of the key."""
        for number, line in enumerate(self._lines, 1):
            start = line.find(f'"{value}"', len(key)) if line.startswith(key) else -1
            if start >= 0:
                return Place(PROJECT_FILE, number, start + 2, number, start + 2 + len(value))
        return self.of_key(key)

    def of_key(self, key: str) -> Place:
        """The place of a key; the beginning of the file if it is missing."""
        for number, line in enumerate(self._lines, 1):
            if line.startswith(f"{key} ="):
                return Place(PROJECT_FILE, number, 1, number, 1 + len(key))
        return Place(PROJECT_FILE)
