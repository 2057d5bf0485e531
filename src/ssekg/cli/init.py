"""`ssekg init`: a new project folder."""

from pathlib import Path

import click

from ssekg.base.files import real
from ssekg.base.language import LANGUAGES
from ssekg.cli.localized_click import Command, Option
from ssekg.cli.session import Session


@click.command(cls=Command)
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--lang", "language", cls=Option, type=click.Choice(LANGUAGES))
@click.option("--from", "release", cls=Option, type=click.Path(path_type=Path), metavar="RELEASE")
@click.pass_obj
def init(session: Session, folder: Path, language: str | None, release: Path | None) -> None:
    """Nothing is written where something is in the way."""
    from ssekg.editing.new_project import make_project
    from ssekg.project.settings import carried_project

    make_project(folder, carried_project(), language or session.language, release)
    session.say("project-made", folder=str(real(folder)))
