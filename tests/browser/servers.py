"""Starting and stopping what serves panels, on loopback, with settings of its own."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parents[2]
LABEXTENSION = ROOT / "src/afterlaunch/labextension"
START_SECONDS = 90
QUIET = {"fetchNews": "false", "checkForUpdates": False}


def free_port():
    """Return a port that nobody listens on, below those that the system hands out by itself meanwhile."""
    while True:
        port = 20_000 + secrets.randbelow(12_000)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def kernel_env(**more):
    """What a kernel needs to find the package in this tree, and the made-up data of the tests."""
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    return os.environ | {"PYTHONPATH": path, "OMP_NUM_THREADS": "1", "POLARS_MAX_THREADS": "1"} | more


def jupyter_env(home, *, extension=True):
    """Folders of its own for a Jupyter server, with or without our JupyterLab extension."""
    home.mkdir(parents=True, exist_ok=True)
    settings = home / "settings/@jupyterlab/apputils-extension"
    settings.mkdir(parents=True, exist_ok=True)
    (settings / "notification.jupyterlab-settings").write_text(json.dumps(QUIET))
    if extension:
        shutil.copytree(LABEXTENSION, home / "path/labextensions/afterlaunch", dirs_exist_ok=True)
    folders = {"CONFIG_DIR": "config", "DATA_DIR": "data", "RUNTIME_DIR": "runtime", "PATH": "path"}
    env = {f"JUPYTER_{name}": str(home / folder) for name, folder in folders.items()}
    env |= {"JUPYTERLAB_SETTINGS_DIR": str(home / "settings"), "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces")}
    return kernel_env(**env, IPYTHONDIR=str(home / "ipython"))


@contextlib.contextmanager
def serve(argv, url, *, env, log):
    """Run a server until the block ends; yields when `url` answers."""
    with log.open("w") as out:
        process = subprocess.Popen(argv, env=env, stdout=out, stderr=subprocess.STDOUT, start_new_session=True)
    try:
        _wait(process, url, log)
        yield
    finally:
        _stop(process)


def _wait(process, url, log):
    end = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < end:
        if _answers(url):
            return
        time.sleep(0.2)
    raise RuntimeError(f"{url} does not answer:\n{log.read_text()[-3000:]}")


def _answers(url):
    try:
        urllib.request.urlopen(url, timeout=2).close()  # noqa: S310 (loopback)
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def _stop(process):
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)


@contextlib.contextmanager
def jupyter(app, folder, home, *, python=sys.executable, port=None, extension=True):
    """Run `jupyterlab` or `notebook` on a folder; yields its address."""
    port = port or free_port()
    env = jupyter_env(home, extension=extension)
    # Kernels and commands are looked up on the PATH.
    env["PATH"] = f"{Path(python).parent}{os.pathsep}{env['PATH']}"
    argv = [python, "-m", app, "--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}"]
    argv += ["--ServerApp.port_retries=0", f"--ServerApp.root_dir={folder}", "--ServerApp.disable_check_xsrf=True"]
    argv += ["--IdentityProvider.token=", "--ServerApp.password=", "--LabApp.expose_app_in_browser=True"]
    argv += ["--LabApp.news_url=", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"]
    argv += ["--expose-app-in-browser"] if app == "notebook" else []
    address = f"http://127.0.0.1:{port}"
    with serve(argv, f"{address}/api/status", env=env, log=home / "server.log"):
        yield address
