"""Any string as a query, over HTTP and at the terminal: an answer that can be written down."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import quote_from_bytes

from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from index.query import Query, Sort
from portal.output import json_line
from portal.resources import resources
from portal.results_json import result_page_to_json
from portal.results_text import as_text
from tests.hostile import queries

if TYPE_CHECKING:
    from tests.portal.conftest import Served

examples = hypothesis_settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@examples
@given(
    text=queries,
    sort=st.sampled_from(["", *Sort]),
    limit=st.integers(1, 100),
    offset=st.integers(0, 10_000),
    explain=st.sampled_from(["", "0", "1"]),
)
def test_any_query_is_answered_or_refused_over_http(
    served: Served, text: str, sort: str, limit: int, offset: int, explain: str
) -> None:
    sent = quote_from_bytes(text[:1200].encode("utf-8", "surrogatepass"))
    address = f"/api/v1/search?q={sent}&sort={sort}&limit={limit}&offset={offset}&explain={explain}"
    answer = served.client.get(address)
    if answer.status_code == 422:
        assert {"q"} == {place for each in answer.json()["detail"] for place in each["loc"]} - {"query"}
        return
    assert answer.status_code == 200
    assert len(answer.json()["hits"]) <= limit
    assert ("explain" in answer.json()) == (explain == "1")


@examples
@given(st.binary(max_size=200))
def test_bytes_that_are_no_text_are_answered_over_http(served: Served, sent: bytes) -> None:
    for address in ("/api/v1/search?q=", "/api/v1/suggest?q=", "/api/v1/translations?word="):
        assert served.client.get(address + quote_from_bytes(sent)).status_code in (200, 422)


@examples
@given(queries, st.booleans())
def test_any_answer_can_be_printed(served: Served, text: str, explain: bool) -> None:
    page = resources().search.ask(Query(text), explain=explain)
    for line in (as_text(page).encode(), json_line(result_page_to_json(page)).encode()):
        assert line.endswith(b"\n")
    assert json.loads(json_line(result_page_to_json(page)))["total"] == page.total
