"""The made-up list and the bundled one, indexed once."""

import pytest
from made_up_list import RECORDS

from licet.parties import Index
from licet.parties.screening import default_index


@pytest.fixture(scope="session")
def index() -> Index:
    return Index(RECORDS, version="2026-01-01/test")


@pytest.fixture(scope="session")
def full() -> Index:
    return default_index()
