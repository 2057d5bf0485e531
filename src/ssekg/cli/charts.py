"""`--chart FILE` of `ssekg query run`: the chart of an answer, as SVG or PNG by the name of the file."""

from typing import TYPE_CHECKING, Final

from ssekg.cli.session import Session, output_format, write

if TYPE_CHECKING:  # it brings the engine along, which the help of the command line does without
    from ssekg.queries.answers import Answer

_FORMATS: Final = {".svg": "svg", ".png": "png"}


def write_chart(session: Session, answer: "Answer", file: str) -> None:
    """Draw an answer into a file.

    Raises:
        SsekgError: the file is to be of another format, the answer can't be drawn, or the file can't be written.
    """
    from ssekg.charts.chart import chart
    from ssekg.charts.png import png

    form = output_format(file, None, _FORMATS, "svg")
    svg = chart(answer, session.project_or_carried, session.language)
    write(png(svg) if form == "png" else svg, file)
    session.say("chart-written", file=file)
