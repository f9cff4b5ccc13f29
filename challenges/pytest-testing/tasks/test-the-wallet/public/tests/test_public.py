"""Shows that the kit is complete. Your own tests go into files beside this one."""


def test_wallets_are_listed(client):
    response = client.get("/wallets")
    assert response.status_code == 200
