"""A saved page: whole, closed to the network, and its own text only."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest
from tests.export.samples import SampleReport

from afterlaunch.export.page import make_page


@pytest.fixture(scope="module")
def page():
    return make_page(SampleReport(), rows=False)


def test_only_the_scripts_of_the_page_may_run(page):
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]+)"', page)
    (script,) = re.findall(r'<script type="module">(.*)</script>', page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")
    assert "'unsafe-inline'" not in policy.split("style-src")[0]


def test_a_page_has_the_sentence_as_its_title(page):
    assert f"<title>{SampleReport().sentence}</title>" in page


def test_the_same_report_gives_the_same_page(page):
    assert make_page(SampleReport(), rows=False) == page


def test_rows_are_in_a_page_when_asked_for(page):
    assert make_page(SampleReport(), rows=True) != page
