"""The sample, loaded once for all tests of a file that only read it."""

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask

from kstthc_training import clock
from kstthc_training.db import db
from kstthc_training.sample.commands import load_sample
from tests.conftest import NOW
from tests.support import databases

TODAY = date(2026, 3, 18)


@pytest.fixture(scope="module", params=databases.ENGINES)
def province(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The product with the sample of a Wednesday; a file may ask for more by `SAMPLE = {...}`."""
    product = databases.product_on(str(request.param), tmp_path_factory)
    with clock.frozen(NOW), product.app_context():
        load_sample(TODAY, **getattr(request.module, "SAMPLE", {}))
        yield product
        db.session.remove()


@pytest.fixture
def reader(province: Flask) -> Iterator[None]:
    """Somebody who reads the shared province anew and leaves nothing behind."""
    yield
    db.session.rollback()
