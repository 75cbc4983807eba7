"""A case in a worker's hands."""

from collections.abc import Callable
from typing import Any

import pytest

from tests import cast
from welfare.dispatch import services


@pytest.fixture
def given(session: Any, stage: None) -> Callable[..., str]:
    """Make a case that a worker has accepted; its number."""

    def make(worker: str = cast.KAN, **changes: Any) -> str:
        number = cast.case(**changes)
        services.offer_case(
            actor=cast.viewer(cast.ORN), number=number, worker_id=cast.viewer(worker).user_id
        )
        services.accept_case(actor=cast.viewer(worker), number=number)
        session.commit()
        return number

    return make
