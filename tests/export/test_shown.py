"""What `afterlaunch` plugs into reports."""

from __future__ import annotations

import json

import pytest
from tests.export.samples import SampleReport

from afterlaunch.errors import BadFile, BadOption
from afterlaunch.export import Shown, embed


@pytest.mark.parametrize(("name", "start"), [("r.html", b"<!doctype html>"), ("r.PNG", b"\x89PNG"), ("r.json", b"{")])
def test_the_ending_says_what_is_written(tmp_path, name, start):
    Shown().save(SampleReport(), tmp_path / name, rows=False)
    assert (tmp_path / name).read_bytes().startswith(start)


def test_saved_json_has_no_nan(tmp_path):
    Shown().save(SampleReport(), str(tmp_path / "r.json"), rows=False)
    assert json.loads((tmp_path / "r.json").read_text())["nothing"] is None


def test_another_ending_is_refused_by_name(tmp_path):
    with pytest.raises(BadOption, match=r"r\.docx.*\.html, \.png, \.json"):
        Shown().save(SampleReport(), tmp_path / "r.docx", rows=False)


def test_a_missing_front_end_says_how_to_get_it(monkeypatch, tmp_path):
    monkeypatch.setattr(embed, "STATIC", tmp_path)
    with pytest.raises(BadFile, match="make build"):
        Shown().bundle(SampleReport())


def test_the_widget_is_the_same_each_time():
    report = SampleReport()
    assert Shown().widget(report) is Shown().widget(report)
