from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from PIL import Image

if TYPE_CHECKING:
    from tests.portal.conftest import Served


def test_a_page_is_drawn_as_webp_in_the_width_asked_for(served: Served) -> None:
    answer = served.client.get("/pages/7k3mx9q2f1/2.webp?w=352")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "image/webp"
    with Image.open(BytesIO(answer.content)) as image:
        assert image.format == "WEBP"
        assert image.width == 352


def test_a_picture_asked_for_with_its_digest_may_be_kept(served: Served) -> None:
    digest = served.documents["deck"].current.files[0].sha512[:12]
    assert "max-age" in served.client.get(f"/pages/7k3mx9q2f1/1.webp?v={digest}").headers["cache-control"]
    assert "no-cache" in served.client.get("/pages/7k3mx9q2f1/1.webp?v=old").headers["cache-control"]


@pytest.mark.parametrize(
    "path",
    [
        "/pages/7k3mx9q2f1/3.webp",  # hidden
        "/pages/7k3mx9q2f1/4.webp",
        "/pages/7k3mx9q2f1/0.webp",
        "/pages/7k3mx9q2f1/-1.webp",
        "/pages/7k3mx9q2f2/1.webp",  # no PDF
        "/pages/7k3mx9q2f4/1.webp",  # draft
        "/pages/7k3mx9q2f6/1.webp",
        "/pages/7k3mx9q2f7/1.webp",
        "/pages/nothing/1.webp",
    ],
)
def test_there_is_no_picture_of_what_the_audience_did_not_see(served: Served, path: str) -> None:
    assert served.client.get(path).status_code == 404


def test_an_odd_width_is_no_error(served: Served) -> None:
    for width in ("x", "-3", "99999999999", ""):
        assert served.client.get(f"/pages/7k3mx9q2f1/1.webp?w={width}").status_code == 200
