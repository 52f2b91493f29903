"""What a notebook cell gets to choose from."""

from __future__ import annotations

import base64
import gzip
import json
import re

import pytest
from tests.export.samples import SampleReport, make_column, make_payload

from afterlaunch.export import bundle as bundles
from afterlaunch.export.bundle import PANEL, WIDGET_VIEW, make_bundle
from afterlaunch.results import Selection


@pytest.fixture(scope="module")
def bundle():
    return make_bundle(SampleReport())


def unpacked(html):
    """Return what an HTML output holds in packed form: the runtime and the data."""
    return [gzip.decompress(base64.b64decode(text)).decode() for text in re.findall(r'unpack\("([^"]+)"\)', html)]


def test_a_bundle_has_a_panel_a_page_a_picture_and_a_text(bundle):
    assert set(bundle) == {PANEL, "text/html", "image/png", "text/plain"}
    assert set(bundle[PANEL]) == {"id", "payload", "state"}
    assert bundle["text/plain"] == SampleReport().summary()


def test_a_bundle_is_json(bundle):
    json.dumps(bundle, allow_nan=False)


def test_the_page_holds_the_same_data_as_the_panel(bundle):
    assert json.loads(unpacked(bundle["text/html"])[1]) == json.loads(json.dumps(bundle[PANEL]))


def test_the_same_report_gives_the_same_bundle(bundle):
    assert make_bundle(SampleReport()) == bundle


def test_the_picture_stands_in_the_page_and_says_the_verdict(bundle):
    assert f'alt="{SampleReport().sentence}"' in bundle["text/html"]
    assert bundle["image/png"] in bundle["text/html"]


def test_nothing_in_a_page_is_asked_of_the_network(bundle):
    html = re.sub(r'unpack\("[^"]+"\)', "", bundle["text/html"])
    assert "http:" not in html
    assert "https:" not in html
    assert "fetch(" not in html


def test_what_was_chosen_is_in_the_bundle():
    report = SampleReport()
    before = make_bundle(report)["text/html"]
    report.selection = Selection(column="dewp")
    after = make_bundle(report)
    assert after[PANEL]["state"]["selection"]["column"] == "dewp"
    assert after["text/html"] != before


def test_a_front_end_that_needs_a_widget_view_gets_one(monkeypatch):
    monkeypatch.setattr(bundles, "needs_widget_view", lambda: True)
    report = SampleReport()
    view = make_bundle(report)[WIDGET_VIEW]
    assert view == {"version_major": 2, "version_minor": 0, "model_id": report.widget.model_id}


def test_voila_gets_no_panel_of_ours(monkeypatch):
    monkeypatch.setattr(bundles, "in_voila", lambda: True)
    assert PANEL not in make_bundle(SampleReport())


@pytest.mark.parametrize(
    "name", ["<img src=x onerror=alert(1)>", "</script><script>alert(1)</script>", '"><b>', "<!--"]
)
def test_a_name_cannot_become_markup(name):
    payload = make_payload((make_column(name, 0.5, "drifted"),))
    html = make_bundle(SampleReport(payload))["text/html"]
    runtime, data = unpacked(html)
    assert json.loads(data)["payload"]["columns"][0]["name"] == name
    rest = html.replace(base64.b64encode(gzip.compress(runtime.encode(), 9, mtime=0)).decode(), "")
    assert name not in rest
