"""The shape of the routes, on an empty database."""


def test_a_new_database_reaches_the_head(runner):
    assert runner.invoke(["db", "upgrade"]).exit_code == 0
    assert runner.invoke(["db", "check"]).exit_code == 0


def test_an_empty_database_goes_down_and_up(runner):
    assert runner.invoke(["db", "upgrade"]).exit_code == 0
    assert runner.invoke(["db", "downgrade", "9e63d5a8f241"]).exit_code == 0
    assert runner.invoke(["db", "upgrade"]).exit_code == 0


def test_a_volunteer_has_a_list_of_skills(runner, client):
    runner.invoke(["db", "upgrade"])
    nora = {"name": "Nora Lind", "phone": "555 0102", "skills": ["sewing", "radios"]}
    added = client.post("/volunteers", json=nora)
    assert added.status_code == 201
    assert added.json == {"id": 1} | nora
    assert client.get("/volunteers").json == [{"id": 1} | nora]


def test_a_repair_has_a_status(runner, client):
    runner.invoke(["db", "upgrade"])
    client.post("/volunteers", json={"name": "Nora Lind", "phone": None, "skills": []})
    kettle = {"volunteer": 1, "item": "kettle", "minutes": 30}
    added = client.post("/repairs", json=kettle)
    assert added.status_code == 201
    assert added.json == {"id": 1, **kettle, "status": "waiting", "remark": None, "notes": []}
    done = client.put("/repairs/1", json={"status": "fixed", "remark": None})
    assert done.status_code == 200
    assert client.get("/repairs").json == [{"id": 1, **kettle, "status": "fixed", "remark": None, "notes": []}]
