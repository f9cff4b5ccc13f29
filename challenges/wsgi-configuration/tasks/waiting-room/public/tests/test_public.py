"""Some of what the brief asks for. The tests that decide are more, and use other values.

The server listens on port 8000, which has to be free.
"""


def test_the_server_draws_a_number_and_stops(start):
    server = start("server", env={"DESK_WORKERS": "1"})
    client = server.client()
    response = client.post("/numbers")
    assert response.status_code == 201
    assert response.json["number"] == 1
    assert response.json["link"].endswith("/numbers/1")
    assert client.get("/status").status_code == 200
    server.signal("TERM")
    assert server.wait(10) == 0
