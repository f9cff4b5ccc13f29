"""Your tests go here, or into more files named test_*.py beside this one."""


def test_wallets_are_listed(client):
    response = client.get("/wallets")
    assert response.status_code == 200
