"""A notebook in JupyterLab or Notebook 7, driven by its own commands."""

from __future__ import annotations

import os

import nbformat
from playwright.sync_api import expect

READY = """() => {
  const widget = window.jupyterapp?.shell?.currentWidget, kernel = widget?.sessionContext?.session?.kernel;
  return !!kernel && kernel.connectionStatus === "connected" && kernel.status === "idle"
    && widget.sessionContext.isReady && widget.content?.widgets?.length > 0;
}"""
NO_KERNEL = "() => !window.jupyterapp.shell.currentWidget.sessionContext.session?.kernel"
NO_SPLASH = "() => !document.getElementById('jupyterlab-splash')"
SAVED = "() => !window.jupyterapp.shell.currentWidget.context.model.dirty"


def write_notebook(folder, *cells, kernel="python3", name=None):
    """Write a notebook of code cells; returns its file name."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    notebook.metadata.kernelspec = {"name": kernel, "display_name": kernel, "language": "python"}
    file = name or f"n-{os.urandom(4).hex()}.ipynb"
    nbformat.write(notebook, folder / file)
    return file


class OpenNotebook:
    """A notebook that is open on a page."""

    def __init__(self, page, address, file, *, path="lab/tree"):
        self.page, self.file = page, file
        page.goto(f"{address}/{path}/{file}{'?reset' if path == 'lab/tree' else ''}")
        page.wait_for_selector(".jp-NotebookPanel .jp-Cell, .jp-Notebook .jp-Cell", timeout=90_000)

    def wait_for_kernel(self, timeout=90_000):
        self.page.wait_for_function(READY, timeout=timeout)
        return self

    def command(self, name, args="{}"):
        # A promise that a dialog holds up would never come back.
        self.page.evaluate(f"() => {{ window.jupyterapp.commands.execute({name!r}, {args}); }}")

    def run(self, cell=0):
        self.pick(cell)
        self.command("notebook:run-cell")

    def pick(self, cell):
        """Make a cell the active one, which commands are about."""
        self.page.evaluate("i => { window.jupyterapp.shell.currentWidget.content.activeCellIndex = i }", cell)

    def ask(self, source, answer):
        """Run `source` in the last cell and wait for what it prints."""
        last = self.page.evaluate(
            """source => {
              const cells = window.jupyterapp.shell.currentWidget.content.widgets;
              cells.at(-1).model.outputs.clear();
              cells.at(-1).model.sharedModel.setSource(source);
              return cells.length - 1;
            }""",
            source,
        )
        self.run(last)
        expect(self.page.locator(".jp-CodeCell").last.locator(".jp-OutputArea")).to_have_text(answer, timeout=30_000)

    def select(self, picked):
        """Set the selection of `report` in Python, to the arguments of `Selection` as they are written."""
        self.ask(f"import afterlaunch as al\nreport.selection = al.Selection({picked})\nprint(1)", "1")

    def reset(self):
        """Bring the panel of `report` back to what Python measured, with nothing picked."""
        self.ask("report.view.change(type(report.view.state)())\nprint(0)", "0")

    def save(self):
        self.command("docmanager:save")
        self.page.wait_for_function(SAVED)

    def change_theme(self, theme):
        """Change JupyterLab's theme, once nothing of the last change is under way.

        JupyterLab covers each change with its splash, taken away 200 ms later; a second change within that time has it
        taken away twice, which is an error on the page (JupyterLab's own, in 4.6).
        """
        self.page.wait_for_function(NO_SPLASH)
        if self.page.evaluate("document.body.dataset.jpThemeName") == theme:
            return
        self.command("apputils:change-theme", f"{{theme: {theme!r}}}")
        self.page.wait_for_function("theme => document.body.dataset.jpThemeName === theme", arg=theme)
        self.page.wait_for_function(NO_SPLASH)

    def give_room(self):
        """Fold JupyterLab's side bars, which leaves the width to the notebook."""
        self.page.evaluate("() => { jupyterapp.shell.collapseLeft(); jupyterapp.shell.collapseRight(); }")
        return self

    @property
    def active_cell(self):
        return self.page.evaluate("() => window.jupyterapp.shell.currentWidget.content.activeCellIndex")

    def focus_cell(self, cell):
        """Make a cell the active one, in command mode and with the focus."""
        self.pick(cell)
        self.command("notebook:enter-command-mode")
        self.page.locator(".jp-Cell.jp-mod-active").focus()

    def shut_down_kernel(self):
        self.command("kernelmenu:shutdown")
        self.page.wait_for_function(NO_KERNEL)

    def restart_kernel(self):
        self.page.evaluate("() => { window.jupyterapp.shell.currentWidget.sessionContext.restartKernel(); }")
