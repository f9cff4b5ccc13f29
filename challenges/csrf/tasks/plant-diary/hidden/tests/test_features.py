"""What works and must go on working: the diary as its own members use it."""

import pytest
from browser import Browser, leads_to


@pytest.fixture
def passwords(seed):
    """Two accounts."""
    return {seed.word(): seed.token(), seed.word(): seed.token()}


@pytest.fixture
def site(make_app, passwords):
    return make_app({"MEMBERS": passwords})


@pytest.fixture
def member(site, passwords):
    """The browser of a member who is logged in."""
    return Browser(site).log_in(*list(passwords.items())[0])


@pytest.mark.check("login-works", concept="what-a-token-proves")
def test_login(site, passwords, seed):
    """The login form takes right passwords only; one browser can serve two members, one after the other."""
    (first, password), (second, other) = passwords.items()
    browser = Browser(site)
    assert leads_to(browser.get("/"), "/login")
    assert browser.diary() is None
    for name, wrong in ((first, other), (seed.word(), password)):
        assert browser.submit("/login", "/login", name=name, password=wrong).status_code == 401
        assert browser.diary() is None
    browser.log_in(first, password)
    assert browser.diary() == {"member": first, "email": "", "plants": []}
    assert leads_to(browser.press("/", "/logout"), "/login")
    assert browser.diary() is None
    browser.log_in(second, other)
    assert browser.diary()["member"] == second
    plant = seed.title()
    browser.add_plant(plant)
    assert [each["name"] for each in browser.diary()["plants"]] == [plant]


@pytest.mark.check("forms-work", concept="token-transport")
def test_forms(member, seed):
    """The forms for a plant and for the profile work when all their fields are sent."""
    names = [seed.title(), seed.title()]
    for name in names:
        assert leads_to(member.submit("/", "/plants", name=name), "/")
    address = seed.email()
    assert leads_to(member.submit("/profile", "/profile", email=address), "/profile")
    diary = member.diary()
    assert [plant["name"] for plant in diary["plants"]] == names
    assert [plant["watered"] for plant in diary["plants"]] == [False, False]
    assert diary["email"] == address
    page = member.open("/").text
    assert all(name in page for name in names)
    assert member.open("/profile").fields("/profile")["email"] == address


@pytest.mark.check("delete-works", concept="token-transport")
def test_delete(member, seed, symptom):
    """A plant is deleted by the POST form that it has on the page, without JavaScript, and no other plant is."""
    kept, gone = (member.add_plant(seed.title()) for _ in range(2))
    address = f"/plants/{gone}/delete"
    page = member.open("/")
    fields = page.fields(address)
    assert fields is not None, "the page has no POST form that deletes the plant"
    response = member.post(address, fields)
    if response.status_code == 400 and not fields:
        assert not page.prints_a_token(address), symptom("token-is-no-field")
    assert leads_to(response, "/")
    assert [plant["id"] for plant in member.diary()["plants"]] == [kept]


@pytest.mark.check("script-works", concept="token-transport")
def test_script(member, seed):
    """The page's script waters plants with the token of its page; an unknown plant is a 404 in JSON."""
    name = seed.title()
    plant = member.add_plant(name)
    assert any(member.open("/").script_headers.values()), "the page has no token for its script"
    for watered in (True, False, True):
        response = member.script("/", f"/api/plants/{plant}/watered", {"watered": watered})
        assert response.status_code == 200
        assert response.json == {"id": plant, "name": name, "watered": watered}
        assert member.diary()["plants"] == [response.json]
    missing = member.script("/", f"/api/plants/{plant + seed.integer(1, 9)}/watered", {"watered": True})
    assert missing.status_code == 404
    assert "error" in missing.json


@pytest.mark.check("own-plants-only", concept="what-a-token-proves")
def test_own_plants(site, member, passwords, seed):
    """With a valid token of one's own, the plants of another member can be neither watered nor deleted."""
    other = Browser(site).log_in(*list(passwords.items())[1])
    plant, own = member.add_plant(seed.title()), other.add_plant(seed.title())
    before = member.diary()
    assert other.script("/", f"/api/plants/{plant}/watered", {"watered": True}).status_code == 404
    fields = other.open("/").fields(f"/plants/{own}/delete")
    other.post(f"/plants/{plant}/delete", fields or {})
    assert member.diary() == before


@pytest.mark.check("page-stays-good", concept="token-binding")
def test_page_is_used_again(member, seed, symptom):
    """Forms and script of pages that were opened before work several times, in any order, in several tabs."""
    plant = member.add_plant(seed.title())
    first, second, profile = member.open("/"), member.open("/"), member.open("/profile")
    names = [seed.title() for _ in range(4)]
    tabs = [first, second, second, first]
    assert leads_to(member.post("/plants", tabs[0].fields("/plants") | {"name": names[0]}), "/")
    for page, name in list(zip(tabs, names, strict=True))[1:]:
        response = member.post("/plants", page.fields("/plants") | {"name": name})
        assert leads_to(response, "/"), symptom("second-use-refused")
    assert [each["name"] for each in member.diary()["plants"][1:]] == names
    for watered in (True, False, True):
        response = member.fetch(f"/api/plants/{plant}/watered", {"watered": watered}, first.script_headers)
        assert response.status_code == 200, symptom("second-use-refused")
        assert response.json["watered"] is watered
    response = member.post("/profile", profile.fields("/profile") | {"email": seed.email()})
    assert leads_to(response, "/profile"), symptom("second-use-refused")
