"""Modules that are loaded when somebody first asks for something in them, not when they are imported.

A package that we need may import others for what we don't do with it, which takes longer than the work itself.
"""

import sys
from importlib.machinery import PathFinder
from importlib.util import find_spec, module_from_spec
from types import ModuleType
from typing import Any


class _LateModule(ModuleType):
    """A module of which only the name and the place are known."""

    def __getattr__(self, name: str) -> Any:
        """What is in it, once it is loaded; its folder is asked for by who imports a module in it."""
        spec = self.__spec__
        if (name.startswith("__") and name != "__path__") or spec is None or spec.loader is None:
            raise AttributeError(name)
        self.__class__ = ModuleType  # type: ignore[assignment]
        if spec.submodule_search_locations is not None:
            self.__path__ = list(spec.submodule_search_locations)
        spec.loader.exec_module(self)
        return getattr(self, name)


def load_late(*names: str) -> None:
    """Have modules loaded late, in whatever imports them; those that are loaded or are not there stay so."""
    for name in names:
        package = name.rpartition(".")[0]
        found = find_spec(package) if package else None
        spec = PathFinder.find_spec(name, found.submodule_search_locations if found else None)
        if name not in sys.modules and spec is not None:
            module = module_from_spec(spec)
            module.__dict__.pop("__path__", None)
            module.__class__ = _LateModule
            sys.modules[name] = module
