"""Blocks of templates that extend each other: what Jinja2 would leave out of a page without a word."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from jinja2 import nodes

from ssekg.base.said import Said
from ssekg.base.template_errors import broken


@dataclass(frozen=True)
class Layer:
    """One template of those that make a page: its file for people, and whether a project wrote it."""

    file: str
    of_project: bool
    tree: nodes.Template

    @cached_property
    def extends(self) -> nodes.Extends | None:
        """Where it names the template that it extends; None if it extends none."""
        return self.tree.find(nodes.Extends)

    @cached_property
    def blocks(self) -> dict[str, nodes.Block]:
        """Its blocks by name."""
        return {block.name: block for block in self.tree.find_all(nodes.Block)}

    @cached_property
    def outer_blocks(self) -> list[nodes.Block]:
        """The blocks that are in no other block."""
        inner = {each.name for block in self.blocks.values() for each in block.find_all(nodes.Block)}
        return [block for name, block in self.blocks.items() if name not in inner]


def require_blocks(layers: Sequence[Layer]) -> None:
    """Refuse what has no place in what its template extends, and a page without a block that it needs.

    A block that only empties another may find none to empty.

    Args:
        layers: the template of a page, what it extends, and so on. If the last extends what is only known when the
            page is made, nothing is refused.

    Raises:
        CannotRunError: a template of a project is to blame.
    """
    if layers[-1].extends is not None:
        return
    for number, layer in enumerate(layers):
        below, above = layers[:number], layers[number + 1 :]
        for block in layer.outer_blocks if above else ():
            if block.body and not any(block.name in each.blocks for each in above):
                _blame(layer, above, block)
        for name, block in layer.blocks.items():
            if block.required and layers[0].of_project and not any(name in each.blocks for each in below):
                raise broken(layers[0].file, 1, Said("template-block-missing", {"name": name}))


def _blame(layer: Layer, above: Sequence[Layer], block: nodes.Block) -> None:
    if layer.of_project:
        raise broken(layer.file, block.lineno, Said("template-block-unknown", {"name": block.name}))
    replaced = next((each for each in reversed(above) if each.of_project), None)
    if replaced is not None:
        raise broken(replaced.file, 1, Said("template-block-missing", {"name": block.name}))
