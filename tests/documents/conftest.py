"""Sample deeds are drawn once for all tests of this room."""

from pathlib import Path

import pytest

from workflows.sample_deeds import SampleDeed, write_samples


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> dict[str, SampleDeed]:
    """Give the six samples by name."""
    folder: Path = tmp_path_factory.mktemp("sample-deeds")
    return {sample.name: sample for sample in write_samples(folder)}
