"""Numbers as people write them."""

import pytest

from ssekg.base.numbers import file_size


@pytest.mark.parametrize(
    ("size", "language", "written"),
    [
        (0, "en", "0 byte"),
        (999, "fr", "999\u202fo"),
        (1234, "en", "1.2 kB"),
        (1234, "fr", "1,2\u202fko"),
        (9_960, "en", "10 kB"),
        (45_678, "ar", "46 كيلوبايت"),
        (1_300_000, "fr", "1,3\u202fMo"),
        (5_000_000_000_000, "en", "5,000 GB"),
        (1234, "xx", "1.2 kB"),
    ],
)
def test_file_sizes_are_short_and_in_the_units_of_the_language(size: int, language: str, written: str) -> None:
    assert file_size(size, language) == written
