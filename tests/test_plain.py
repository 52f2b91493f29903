"""Payloads come back from JSON as they were, or are named as damaged."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

import pytest

from afterlaunch.errors import BadFile
from afterlaunch.plain import read_payload


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    at: tuple[int, float]
    name: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    parts: tuple[Part, ...]
    one: Part | None
    none: Part | None


WHOLE = Whole(
    parts=(Part(at=(1, 2.5), name="a"), Part(at=(2, 3.0), name=None)), one=Part(at=(3, 4.0), name=""), none=None
)


def saved(**changed):
    return {"kind": "whole", "format": 1, "payload": json.loads(json.dumps(asdict(WHOLE)))} | changed


def test_a_payload_comes_back_as_it_was():
    assert read_payload(saved(), Whole, kind="whole", written=1) == WHOLE


def test_whole_numbers_where_floats_belong_are_floats_again():
    plain = saved()
    plain["payload"]["one"]["at"] = [3, 4]
    read = read_payload(plain, Whole, kind="whole", written=1)
    assert isinstance(read.one.at[1], float)
    assert isinstance(read.one.at[0], int)


@pytest.mark.parametrize("changed", [{"kind": "other"}, {"format": 2}])
def test_another_kind_or_format_is_named(changed):
    with pytest.raises(BadFile, match=r"no report on whole of format 1: kind '.*', format [12]"):
        read_payload(saved(**changed), Whole, kind="whole", written=1)


@pytest.mark.parametrize("payload", [None, {}, [], {"parts": [{"at": [1]}], "one": None, "none": None}])
def test_a_damaged_payload_is_named(payload):
    with pytest.raises(BadFile, match="a damaged report on whole"):
        read_payload(saved(payload=payload), Whole, kind="whole", written=1)


def test_a_missing_payload_is_named():
    with pytest.raises(BadFile, match=r"a damaged report on whole .*payload"):
        read_payload({"kind": "whole", "format": 1}, Whole, kind="whole", written=1)
