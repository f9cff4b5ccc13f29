"""The leaflets: names that look like paths, and paths that leave the folder."""

import pytest

LEAFLETS = "/tmp/flea-market/leaflets"  # noqa: S108 - as task.toml says
DRAFTS = "/tmp/flea-market/leaflets-drafts"  # noqa: S108


def fetch(client, name):
    return client.get("/leaflets", query_string={"name": name})


def store(client, name, text, draft=False):
    assert client.post("/leaflets", json={"name": name, "text": text, "draft": draft}).status_code == 201


@pytest.mark.check("leaflets-come-back", concept="path-confinement")
def test_names(client, seed):
    """Leaflets come back whole and as downloads, whatever dots, spaces, braces or umlauts are in their names."""
    word = seed.word()
    names = [
        f"{word}.txt",
        f"{word} 50% off.txt",
        f"{word} für Möbel.txt",
        f"{word} fur Mobel.txt",
        f"O'{word}.txt",
        f"{word} {{{{braces}}}} <3.txt",
        f"{word}..and..more.txt",
        f"..{word}",
        f".{word}",
        f"%2e%2e%2f{word}",
        f"{word} & {word}; $HOME.txt",
    ]
    texts = {name: f"{seed.title()} für alle\n{seed.token()}" for name in names}
    for name, text in texts.items():
        store(client, name, text)
    for name, text in texts.items():
        response = fetch(client, name)
        assert response.status_code == 200
        assert response.data.decode() == text
        assert response.headers["Content-Disposition"].startswith("attachment")
    assert fetch(client, seed.word()).status_code == 404
    assert fetch(client, "").status_code == 404
    assert client.get("/leaflets").status_code == 404
    for name in ("", ".", "..", f"../{word}", f"{word}/{word}", f"/{word}"):
        assert client.post("/leaflets", json={"name": name, "text": seed.title()}).status_code == 400


@pytest.mark.check("leaflets-stay-inside", concept="path-confinement", points=3)
def test_outside(client, seed, symptom):
    """No name leads to a file outside the folder, and no draft can be fetched."""
    name, draft = f"{seed.word()}.txt", f"{seed.word()}.txt"
    store(client, name, seed.token())
    store(client, draft, seed.token(), draft=True)
    up = "../" * 8
    for path in ("/etc/passwd", f"{up}etc/passwd", f"{name}/{up}etc/passwd", f"./{up}etc/passwd", "..", ".", "/"):
        assert fetch(client, path).status_code == 404
    up = "....//" * 8
    for path in (f"{up}etc/passwd", f"..././{up}etc/passwd", f"....//leaflets-drafts/{draft}"):
        assert fetch(client, path).status_code == 404, symptom("dots-taken-out")
    assert fetch(client, draft).status_code == 404
    for path in (f"../leaflets-drafts/{draft}", f"{DRAFTS}/{draft}", f"{LEAFLETS}/../leaflets-drafts/{draft}"):
        assert fetch(client, path).status_code == 404, symptom("folder-next-door")
    assert fetch(client, name).status_code == 200
