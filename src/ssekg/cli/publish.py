"""`ssekg publish`: a checked release, swapped into place in one step."""

from collections import Counter
from dataclasses import replace
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ssekg.base.errors import AskedWronglyError
from ssekg.base.findings import Report, Severity
from ssekg.base.memory import be_frugal
from ssekg.cli.localized_click import Command, Option
from ssekg.cli.session import Session
from ssekg.project.setting_rules import is_folder_address
from ssekg.reports.text import text_report

if TYPE_CHECKING:
    from ssekg.publish.release import Published


@click.command(cls=Command)
@click.option("-o", "--output", "target", cls=Option, type=click.Path(path_type=Path), metavar="DIR")
@click.option("--base-url", cls=Option, metavar="URL")
@click.option("--previous", cls=Option, type=click.Path(path_type=Path), metavar="DIR")
@click.option("--query-engine", cls=Option, type=click.Path(path_type=Path), metavar="DIR")
@click.option("--dry-run", cls=Option, is_flag=True)
@click.option("--rollback", cls=Option, is_flag=True)
@click.pass_obj
def publish(
    session: Session,
    target: Path | None,
    base_url: str | None,
    previous: Path | None,
    query_engine: Path | None,
    dry_run: bool,
    rollback: bool,
) -> int:
    """Exit 1, and leave what is published alone, if there is a violation or the version can’t be published."""
    if base_url is not None and not is_folder_address(base_url):
        raise AskedWronglyError("bad-base-url", url=base_url)
    if rollback and (base_url or previous or query_engine or dry_run):
        raise AskedWronglyError("rollback-alone")
    if rollback:
        return _roll_back(session, target or session.project.root / "public")
    from ssekg.checks.run import check_project
    from ssekg.publish import release
    from ssekg.publish.release_store import ReleaseStore
    from ssekg.site.query_engine import QueryEngine

    project = replace(session.project, site=base_url) if base_url else session.project
    be_frugal()
    place = target or project.root / "public"
    ReleaseStore(place)  # obstacles at the target are reported before the checks, which take a while
    engine = QueryEngine.read(query_engine) if query_engine else None
    checked = check_project(project)
    if isinstance(checked, Report):
        violations = tuple(finding for finding in checked.findings if finding.severity is Severity.VIOLATION)
        click.echo(text_report(checked, violations, session.language, unfolded=session.verbose), nl=False)
        session.say("publish-refused")
        return 1
    if not project.privacy.withheld:
        session.say("nothing-withheld")
    outcome = release.publish(checked, place, previous, dry_run=dry_run, engine=engine)
    figures = {"files": str(len(outcome.files)), "triples": str(outcome.triples), "version": project.version}
    _say(session, outcome, place, figures, dry_run=dry_run)
    return 1 if outcome.warning else 0


def _say(session: Session, outcome: "Published", target: Path, figures: dict[str, str], *, dry_run: bool) -> None:
    """Say what was published or, in a dry run, would be, and how large it is or why it is not."""
    from ssekg.publish.release_store import ReleaseStore

    new = figures["version"]
    if dry_run:
        sizes: Counter[str] = Counter()
        for file in outcome.files:
            folder, slash, _ = file.path.partition("/")
            sizes[folder + slash] += file.bytes
        for name, size in sorted(sizes.items()):
            click.echo(f"{size:>12}  {name}")
        session.say("publish-would", target=str(target), size=str(ceil(sum(sizes.values()) / 1e6)), **figures)
    else:
        session.say("published", target=str(target), **figures)
    if outcome.withdrawn and not dry_run:
        session.say("withdrawn-kept", folder=str(ReleaseStore(target).root))
    if outcome.warning:
        session.say(outcome.warning.code, **outcome.warning.arguments)
    elif outcome.wanted:
        session.say("version-step", old=outcome.previous or "", new=new, wanted=outcome.wanted)


def _roll_back(session: Session, target: Path) -> int:
    from ssekg.publish.release import roll_back

    session.say("rolled-back", target=str(target), version=roll_back(target))
    return 0
