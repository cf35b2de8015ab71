"""What the API does is what its OpenAPI document says: schemathesis tries to prove otherwise."""

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode

from fihris.web.app import create_app
from fihris.web.settings import Limits, ServeSettings

# An address that is too long is refused before anything in it is read.
CONFIG = schemathesis.Config.from_dict(
    {
        "checks": {
            "negative_data_rejection": {"expected-statuses": [400, 404, 405, 409, 413, 414]},
            "positive_data_acceptance": {"expected-statuses": [200, 404, 409, 414]},
        }
    }
)


@pytest.fixture(scope="module")
def operations(specimen_index):
    site = ServeSettings(specimen_index, host="0.0.0.0", limits=Limits(per_second=0))
    app = create_app(site)
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", app, config=CONFIG)
    return [result.ok() for result in schema.get_all_operations()]


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_every_answer_is_as_described(operations, mode):
    assert len(operations) == 9
    for operation in operations:

        @settings(
            max_examples=15,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(generation_mode=mode))
        def conforms(case):
            case.call_and_validate()

        try:
            conforms()
        except Unsatisfiable:
            assert mode is GenerationMode.NEGATIVE  # no address of this operation is a wrong one
