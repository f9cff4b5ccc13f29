"""Databases of the released revision go up, down and up again; what they hold is looked into on our side."""

from __future__ import annotations

import ast
import re

import pytest
from town import LATER, RELEASED, REVISIONS, Town

PHONES = ("id", "name", "phone")
OLD_VOLUNTEERS = ("id", "name", "tel", "skills")
NEW_REPAIRS = ("id", "volunteer_id", "item", "minutes", "status", "remark")
OLD_REPAIRS = ("id", "volunteer_id", "item", "minutes", "outcome")
NOTES = ("id", "repair_id", "text")
STATUSES = ["waiting", "fixed", "unfixed", "other"]


@pytest.fixture
def towns(make_app, new_database, files, tmp_path):
    """``towns()`` is one more database."""
    return lambda: Town(make_app, files, new_database(), tmp_path)


@pytest.fixture
def town(towns):
    return towns()


def went(result):
    done, said = result
    assert done, said


def upgraded(town):
    """The database after an upgrade that has run something new."""
    went(town.up())
    look = town.look()
    assert look.revision() != [RELEASED], "no revision follows the released ones"
    return look


def ids(seed, count):
    """Ascending ids with gaps."""
    last, found = 0, []
    for _ in range(count):
        last += seed.integer(2, 9)
        found.append(last)
    return found


def volunteer(seed, number, skills=None):
    return (number, seed.name(), seed.token()[:12], skills)


def repair(seed, number, owner, outcome="fixed"):
    return (number, owner, seed.title(2), seed.integer(0, 90), outcome)


def written(submission, pattern, revisions):
    """Whether new revisions have a pattern in them, or all that is not a revision has it."""
    texts = [
        text
        for path, text in submission.files.items()
        if path not in REVISIONS and path.endswith(".py") and path.startswith("migrations/versions/") == revisions
    ]
    return any(re.search(pattern, text) for text in texts)


def named_skills(look):
    """Each volunteer's skills by their ids."""
    found = {}
    for owner, name in look.content("skills", "volunteer_id", "name"):
        found.setdefault(owner, []).append(name)
    return found


# --- history


@pytest.mark.check("released-stay", concept="applied-revisions")
def test_released_revisions_are_untouched(submission, symptom):
    """The two released revisions are as they were."""
    for path, text in REVISIONS.items():
        assert path in submission.files, f"{path} is missing"
        same = ast.dump(ast.parse(submission.files[path])) == ast.dump(ast.parse(text))
        assert same, symptom("released-edited")


@pytest.mark.check("one-head", concept="revision-graph", seconds=40)
def test_there_is_one_head(town):
    """The history has one head, and a new database reaches it."""
    went(town.run("upgrade", "head"))
    assert len(town.look().revision()) == 1


@pytest.mark.check("empty-database", concept="migration-tests", seconds=40)
def test_an_empty_database_goes_all_the_way(town):
    """An empty database goes to the head, to the released revision and up again; tables and columns are those named."""
    for _ in range(2):
        look = upgraded(town)
        assert look.tables() == {"alembic_version", "volunteers", "skills", "repairs", "notes"}
        assert look.columns("volunteers") == {"id": True, "name": True, "phone": False}
        assert look.columns("skills") == {"id": True, "volunteer_id": True, "name": True}
        assert set(look.columns("repairs")) == set(NEW_REPAIRS)
        assert not look.columns("repairs")["remark"]
        assert look.parents("skills") == [("volunteer_id", "volunteers", "id", "CASCADE")]
        went(town.down())
        assert town.look().revision() == [RELEASED]


@pytest.mark.check("models-match", concept="migration-tests")
def test_models_match_the_tables(town, seed):
    """After the upgrade of a database with rows, the check finds no difference to the models."""
    town.fill([volunteer(seed, 3, seed.word())])
    upgraded(town)
    went(town.run("check"))


# --- upwards


@pytest.mark.check("phones-kept", concept="autogenerate-draft", seconds=40)
def test_phones_keep_their_values(town, seed, symptom):
    """Telephone numbers are the same after the upgrade, and again after the downgrade."""
    rows = [volunteer(seed, number) for number in ids(seed, 3)]
    rows.append((rows[-1][0] + 1, seed.name(), None, None))
    town.fill(rows)
    look = upgraded(town)
    expected = [row[:3] for row in rows]
    assert "phone" in look.columns("volunteers"), symptom("no-phone")
    assert any(row[2] for row in look.content("volunteers", *PHONES)), symptom("phones-gone")
    assert look.content("volunteers", *PHONES) == expected
    went(town.down())
    assert town.look().content("volunteers", "id", "name", "tel") == expected


@pytest.mark.check("skills-moved", concept="data-migrations")
def test_skills_have_rows_of_their_own(town, seed):
    """Each name in a volunteer's text is a row, in the order of the text."""
    first, second = ids(seed, 2)
    shared, *others = seed.words(4)
    mine = seed.shuffled([shared, *others[:2]])
    town.fill([volunteer(seed, first, ", ".join(mine)), volunteer(seed, second, f"{others[2]}, {shared}")])
    assert named_skills(upgraded(town)) == {first: mine, second: [others[2], shared]}


@pytest.mark.check("odd-skills", concept="data-migrations")
def test_untidy_skills_are_tidied(town, seed):
    """Spaces, empty names, repeated names and missing texts come out as the brief says."""
    numbers = ids(seed, 6)
    a, b, c = seed.words(3)
    two = f"{seed.word()} {seed.word()}"
    texts = [f" {a},,{two} ,{b},{a}, ", None, "", " , ,", f"{c},{c.title()},{c}", two]
    town.fill([volunteer(seed, number, text) for number, text in zip(numbers, texts, strict=True)])
    expected = {numbers[0]: [a, two, b], numbers[4]: [c, c.title()], numbers[5]: [two]}
    assert named_skills(upgraded(town)) == expected


@pytest.mark.check("outcomes-moved", concept="data-migrations")
def test_outcomes_become_statuses(town, seed):
    """Outcomes become a status, and other texts a remark."""
    (owner,) = ids(seed, 1)
    numbers = ids(seed, 6)
    text = seed.title()
    outcomes = ["fixed", "not fixed", text, "Fixed", "", f" {text} "]
    old = [repair(seed, number, owner, outcome) for number, outcome in zip(numbers, outcomes, strict=True)]
    town.fill([volunteer(seed, owner)], old)
    results = [("fixed", None), ("unfixed", None), *(("other", outcome) for outcome in outcomes[2:])]
    expected = [(*row[:4], *result) for row, result in zip(old, results, strict=True)]
    assert upgraded(town).content("repairs", *NEW_REPAIRS) == expected


@pytest.mark.check("waiting-filled", concept="required-columns", seconds=40)
def test_repairs_without_an_outcome_wait(towns, seed, submission, symptom):
    """Repairs that had no outcome are waiting after the upgrade."""
    owner = volunteer(seed, 4)
    relied = written(submission, r"(?<!server_)default\s*=", revisions=True)
    easy = towns()
    easy.fill([owner], [repair(seed, 2, 4)])
    assert easy.up()[0], symptom("left-to-a-default" if relied else "fails-on-rows")
    town = towns()
    numbers = ids(seed, 3)
    town.fill([owner], [repair(seed, number, 4, None) for number in numbers])
    done, said = town.up()
    assert done, (said, symptom("left-to-a-default" if relied else "left-empty"))
    look = town.look()
    assert {"status", "remark"} <= set(look.columns("repairs"))
    found = look.content("repairs", "id", "status", "remark")
    assert found == [(number, "waiting", None) for number in numbers]


@pytest.mark.check("status-required", concept="required-columns")
def test_a_status_must_be_given(town, seed, submission, symptom):
    """A repair has a status of its own: the column takes no NULL, and nothing fills it in."""
    town.fill([volunteer(seed, 3)])
    look = upgraded(town)
    statement = "INSERT INTO repairs (id, volunteer_id, item, minutes, status) VALUES (?, 3, ?, 5, ?)"
    assert look.takes(statement, 1, seed.word(), "fixed")
    assert not look.takes(statement, 2, seed.word(), None), symptom("takes-null")
    unsaid = "INSERT INTO repairs (id, volunteer_id, item, minutes) VALUES (3, 3, ?, 5)"
    wanted = written(submission, "server_default", revisions=False)
    assert not look.takes(unsaid, seed.word()), symptom("default-declared" if wanted else "default-stays")


@pytest.mark.check("status-checked", concept="autogenerate-draft")
def test_the_database_knows_the_statuses(town, seed, submission, symptom):
    """The database lets in the four statuses and no other, by a constraint of the given name."""
    town.fill([volunteer(seed, 3)])
    look = upgraded(town)
    statement = "INSERT INTO repairs (volunteer_id, item, minutes, status) VALUES (3, ?, 5, ?)"
    for status in STATUSES:
        assert look.takes(statement, seed.word(), status)
    declared = written(submission, "ck_repairs_status", revisions=False)
    assert not look.takes(statement, seed.word(), seed.word()), symptom("not-in-a-revision" if declared else "no-check")
    assert re.search(r"\bck_repairs_status\b", look.sql()), symptom("other-name")


@pytest.mark.check("skill-once", concept="constraint-names")
def test_no_skill_twice(town, seed, symptom):
    """The database refuses a skill that the volunteer has, by a constraint of the given name."""
    town.fill([volunteer(seed, 3), volunteer(seed, 8)])
    look = upgraded(town)
    statement = "INSERT INTO skills (volunteer_id, name) VALUES (?, ?)"
    name = seed.word()
    assert look.takes(statement, 3, name)
    assert look.takes(statement, 8, name)
    assert not look.takes(statement, 3, name), symptom("twice")
    named = re.search(r"constraint\s+\S+\s+unique|create\s+unique\s+index", look.sql())
    assert re.search(r"\buq_skills_volunteer_id_name\b", look.sql()), symptom(
        "other-name" if named else "without-a-name"
    )


@pytest.mark.check("children-survive", concept="batch-mode", seconds=40)
def test_rows_that_point_to_others_survive(town, seed, symptom):
    """Repairs and notes survive the upgrade and the downgrade, and belong to what they belonged to."""
    owners, numbers = ids(seed, 2), ids(seed, 4)
    repairs = [repair(seed, number, seed.choice(owners)) for number in numbers]
    notes = [(number, seed.choice(numbers), seed.title()) for number in ids(seed, 5)]
    town.fill([volunteer(seed, owner) for owner in owners], repairs, notes)
    for moved in (lambda: upgraded(town), lambda: went(town.down()) or town.look()):
        look = moved()
        left = look.content("repairs", *OLD_REPAIRS[:4]), look.content("notes", *NOTES)
        assert [len(rows) for rows in left] == [len(repairs), len(notes)], symptom("children-gone")
        assert left == ([row[:4] for row in repairs], notes)
        assert look.rows("PRAGMA foreign_key_check") == []


def assert_old_rules(look, seed, symptom, **given):
    """What both releases have in common. ``given`` is what a repair needs beside the common columns."""
    assert look.parents("repairs") == [("volunteer_id", "volunteers", "id", "CASCADE")]
    assert look.parents("notes") == [("repair_id", "repairs", "id", "CASCADE")]
    assert look.columns("notes") == dict.fromkeys(NOTES, True)
    required = look.columns("repairs")
    assert all(required[name] for name in ("id", "volunteer_id", "item", "minutes"))
    assert look.columns("volunteers")["name"]
    assert ["name"] in look.indexed("volunteers"), symptom("index-gone")
    assert ["volunteer_id"] in look.indexed("repairs"), symptom("index-gone")
    names = ["volunteer_id", "item", "minutes", *given]
    statement = f"INSERT INTO repairs ({', '.join(names)}) VALUES (3, ?, ?{', ?' * len(given)})"
    assert look.takes(statement, seed.word(), 0, *given.values())
    assert not look.takes(statement, seed.word(), -1, *given.values()), symptom("check-gone")


@pytest.mark.check("rules-stay", concept="batch-mode")
def test_old_rules_stay(town, seed, symptom):
    """Constraints, foreign keys and indexes that the brief does not name are there after the upgrade."""
    town.fill([volunteer(seed, 3)])
    assert_old_rules(upgraded(town), seed, symptom, status="fixed")


@pytest.mark.check("foreign-keys-enforced", concept="batch-mode")
def test_foreign_keys_are_enforced(town, seed):
    """The app stores no repair for a volunteer who does not exist."""
    went(town.up())
    client = town.app(TESTING=False, PROPAGATE_EXCEPTIONS=False).test_client()
    sent = {"volunteer": seed.integer(2, 99), "item": seed.word(), "minutes": 5}
    assert client.post("/repairs", json=sent).status_code >= 400
    assert town.look().content("repairs", "id") == []


@pytest.mark.check("later-models", concept="data-migrations", seconds=40)
def test_revisions_outlive_the_models(towns, seed, files, symptom):
    """The upgrade and the downgrade work while every model has a column that its table does not have."""
    owner = volunteer(seed, 3, ", ".join(seed.words(2)))
    repairs = [repair(seed, 2, 3), repair(seed, 5, 3, seed.title())]
    plain, town = towns(), towns()
    for each in (plain, town):
        each.fill([owner], repairs, [(4, 2, seed.word())])
    upgraded(plain)
    went(plain.down())
    files.write("/srv/app/later_release.py", LATER.encode())
    for command in (["upgrade"], ["downgrade", RELEASED]):
        app = town.app()
        app.call("later_release:add_columns")
        done = app.test_cli_runner().invoke(["db", *command])
        assert done.exit_code == 0, (done.exception or done.output[-600:], symptom("reads-the-models-of-today"))
    assert town.look().content("repairs", *OLD_REPAIRS) == plain.look().content("repairs", *OLD_REPAIRS)


# --- downwards


@pytest.mark.check("old-tables-back", concept="lossy-downgrades", seconds=40)
def test_the_downgrade_brings_back_the_tables(town, seed, symptom):
    """After the downgrade the tables have the released columns and rules, and no others."""
    town.fill([volunteer(seed, 3)])
    upgraded(town)
    went(town.down())
    look = town.look()
    assert look.revision() == [RELEASED]
    assert look.tables() == {"alembic_version", "volunteers", "repairs", "notes"}
    assert look.columns("volunteers") == {"id": True, "name": True, "tel": False, "skills": False}
    assert set(look.columns("repairs")) == set(OLD_REPAIRS)
    assert not look.columns("repairs")["outcome"]
    assert_old_rules(look, seed, symptom)


@pytest.mark.check("old-data-back", concept="lossy-downgrades", seconds=40)
def test_the_downgrade_brings_back_the_data(town, seed, symptom):
    """After the downgrade skills and outcomes are again in their old columns."""
    owners, numbers = ids(seed, 3), ids(seed, 5)
    texts = [", ".join(seed.words(3)), seed.word(), None]
    outcomes = ["fixed", "not fixed", seed.title(), "Not fixed", ""]
    volunteers = [volunteer(seed, owner, text) for owner, text in zip(owners, texts, strict=True)]
    repairs = [repair(seed, number, owners[0], outcome) for number, outcome in zip(numbers, outcomes, strict=True)]
    town.fill(volunteers, repairs)
    upgraded(town)
    went(town.down())
    look = town.look()
    skills, found = look.content("volunteers", "id", "skills"), look.content("repairs", *OLD_REPAIRS)
    assert any(text for _, text in skills), symptom("comes-back-empty")
    assert any(row[-1] for row in found), symptom("comes-back-empty")
    assert skills == [(row[0], row[3]) for row in volunteers]
    assert found == repairs


@pytest.mark.check("new-rows-back", concept="lossy-downgrades", seconds=40)
def test_new_rows_go_down_too(town, seed, symptom):
    """What the new release has written stands in the old columns after the downgrade."""
    upgraded(town)
    client = town.app().test_client()
    skills, remark = seed.words(3), seed.title()
    sent = {"name": seed.name(), "phone": seed.token()[:12]}
    owner = client.post("/volunteers", json={**sent, "skills": skills}).json["id"]
    other = client.post("/volunteers", json={"name": seed.name(), "phone": None, "skills": []}).json["id"]
    numbers = []
    for status in STATUSES:
        item = {"volunteer": owner, "item": seed.word(), "minutes": 5}
        numbers.append(client.post("/repairs", json=item).json["id"])
        new = {"status": status, "remark": remark if status == "other" else None}
        assert client.put(f"/repairs/{numbers[-1]}", json=new).status_code == 200
    went(town.down())
    look = town.look()
    found = look.content("repairs", "id", "outcome")
    assert any(outcome for _, outcome in found), symptom("comes-back-empty")
    assert found == list(zip(numbers, [None, "fixed", "not fixed", remark], strict=True))
    assert look.content("volunteers", "id", "skills") == [(owner, ", ".join(skills)), (other, None)]


@pytest.mark.check("up-down-up", concept="migration-tests", seconds=40)
def test_up_down_and_up_again(town, seed):
    """A database that goes up, down and up again has the same rows as after the first time."""
    owners, numbers = ids(seed, 3), ids(seed, 4)
    volunteers = [volunteer(seed, owner, ", ".join(seed.words(2))) for owner in owners]
    outcomes = ["fixed", "not fixed", seed.title(), "Fixed"]
    repairs = [repair(seed, number, owners[1], outcome) for number, outcome in zip(numbers, outcomes, strict=True)]
    town.fill(volunteers, repairs, [(number, numbers[2], seed.title()) for number in ids(seed, 2)])

    def everything(look):
        tables = {"volunteers": PHONES, "repairs": NEW_REPAIRS, "notes": NOTES}
        return named_skills(look), {table: look.content(table, *names) for table, names in tables.items()}

    first = everything(upgraded(town))
    went(town.down())
    assert everything(upgraded(town)) == first
    assert first[0]
    assert first[1]["repairs"]


# --- the app


@pytest.mark.check("app-answers", concept="data-migrations")
def test_the_app_works_with_the_new_tables(town, seed):
    """The routes show what the old database held, and store what is new."""
    words, title = seed.words(2), seed.title()
    old = volunteer(seed, 4, ", ".join(words))
    town.fill([old], [repair(seed, 6, 4, title)], [(1, 6, words[0]), (2, 6, words[1])])
    upgraded(town)
    client = town.app().test_client()
    (item, minutes), skills = town.look().rows("SELECT item, minutes FROM repairs")[0], seed.words(3)
    shown = {"id": 4, "name": old[1], "phone": old[2], "skills": words}
    assert client.get("/volunteers").json == [shown]
    row = {"id": 6, "volunteer": 4, "item": item, "minutes": minutes}
    was = row | {"status": "other", "remark": title, "notes": words}
    assert client.get("/repairs").json == [was]
    sent = {"name": seed.name(), "phone": None, "skills": skills}
    answer = client.post("/volunteers", json=sent)
    assert (answer.status_code, answer.json) == (201, {"id": answer.json["id"]} | sent)
    assert client.get("/volunteers").json == [shown, answer.json]
    sent = {"volunteer": answer.json["id"], "item": seed.word(), "minutes": 10}
    added = client.post("/repairs", json=sent)
    new = {"id": added.json["id"], **sent, "status": "waiting", "remark": None, "notes": []}
    assert (added.status_code, added.json) == (201, new)
    ended = client.put("/repairs/6", json={"status": "fixed", "remark": None})
    assert (ended.status_code, ended.json) == (200, was | {"status": "fixed", "remark": None})
    assert client.get("/repairs").json == [ended.json, new]
    assert client.put("/repairs/9999", json={"status": "fixed", "remark": None}).status_code == 404
