import base64
import zlib

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from afterlaunch.encode import decode_counts, encode_counts

counts = st.lists(st.lists(st.integers(0, 2**50), max_size=40), min_size=1, max_size=5)


@given(counts)
def test_counts_come_back_as_they_were(blocks):
    arrays = [np.array(block, dtype=np.int64) for block in blocks]
    decoded = decode_counts(encode_counts(arrays), [len(block) for block in blocks])
    assert [one.tolist() for one in decoded] == blocks


def test_the_bytes_are_plain_leb128_in_raw_deflate():
    text = encode_counts([np.array([0, 1, 127, 128, 300])])
    assert zlib.decompress(base64.b64decode(text), -15) == bytes([0, 1, 127, 0x80, 1, 0xAC, 2])


def test_sixty_days_of_25_columns_fit_into_a_cell_output():
    rng = np.random.default_rng(0)
    blocks = [rng.poisson(1000 / 33, size=(60, 36)) for _ in range(25)]
    assert len(encode_counts(blocks)) < 100_000


def test_nothing_encodes_to_nothing():
    assert decode_counts(encode_counts([]), []) == []
