"""How reports are shown: what `afterlaunch` plugs into `Report.display`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from afterlaunch import whole
from afterlaunch.errors import BadOption

if TYPE_CHECKING:
    from os import PathLike

    import anywidget

    from afterlaunch.results import AnyChart, Report

ENDINGS = (".html", ".htm", ".png", ".json")


def check_target(path: str | PathLike[str]) -> Path:
    """Return where a report is to be saved; raise `BadOption` on another ending, `BadFile` where the folder is missing.

    What takes long can ask before it begins.
    """
    target = Path(path)
    if target.suffix.lower() not in ENDINGS:
        raise BadOption(
            f"cannot save to {target.name!r}: the ending {target.suffix!r} is not one of .html, .png, .json"
        )
    whole.check_folder(target)
    return target


class Shown:
    """Shows reports in notebooks and writes them to files; loads what it needs on first use."""

    def bundle(self, report: Report) -> dict[str, object]:
        """Return what a notebook cell shows, by MIME type."""
        from afterlaunch.export.bundle import make_bundle  # noqa: PLC0415  (keeps `import afterlaunch` quick)

        return make_bundle(report)

    def widget(self, report: Report) -> anywidget.AnyWidget:
        """Return the panel as a widget, the same one each time."""
        from afterlaunch.widgets.panel import widget_of  # noqa: PLC0415  (ipywidgets takes .2 s to import)

        return widget_of(report)

    def chart(self, chart: AnyChart) -> AnyChart:
        """Return the same chart, showing itself as a picture that needs no network."""
        from afterlaunch.export.charts import offline  # noqa: PLC0415  (altair takes .3 s to import)

        return offline(chart)

    def save(self, report: Report, path: str | PathLike[str], *, rows: bool) -> None:
        """Write the report as `.html`, `.png` or `.json`, atomically; raise `BadOption` on another ending."""
        from afterlaunch.export import page, payload_json  # noqa: PLC0415  (keeps `import afterlaunch` quick)
        from afterlaunch.export.card import draw_card  # noqa: PLC0415

        target = check_target(path)
        match target.suffix.lower():
            case ".png":
                content = draw_card(report.payload(rows=rows))
            case ".json":
                content = payload_json.as_json(report.to_dict()).encode()
            case _:
                content = page.make_page(report, rows=rows).encode()
        whole.write(target, content)
