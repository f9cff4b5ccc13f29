import pytest


@pytest.mark.check("says-hello", concept="pages")
def test_the_page_says_hello(client):
    """The page answers Hello."""
    response = client.get("/")
    assert response.status_code == 200
    assert response.text == "Hello"
