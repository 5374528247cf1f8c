"""A body that announces too much is refused by its length alone."""

import pytest


@pytest.mark.parametrize("path", ["/two-sheets/", "/imports/"])
def test_two_hundred_megabytes_are_refused_unread(client, db, path):
    answer = client.generic(
        "POST", path, b"x", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH="209715200"
    )
    assert answer.status_code == 413
    assert "超过" in answer.content.decode()


def test_an_ordinary_form_passes(client, db):
    assert client.post("/two-sheets/", {"place": ""}).status_code == 422
