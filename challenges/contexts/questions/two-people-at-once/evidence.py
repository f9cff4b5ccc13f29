"""What Ada is answered while Bob's request runs in another thread: pairs (observed, claimed)."""

import threading

from flask import Flask, g, request, session


def ada():
    current = {}
    app = Flask(__name__)
    app.secret_key = "for this run only"
    ada_waits, bob_waits, done = threading.Event(), threading.Event(), threading.Event()

    def wait_for_the_database():
        if request.form["name"] == "ada":
            ada_waits.set()
            bob_waits.wait(10)
        else:
            bob_waits.set()
            done.wait(10)

    @app.post("/report")
    def report():
        name = request.form["name"]
        current["name"] = name
        g.name = name
        session["name"] = name
        wait_for_the_database()
        return f"{current['name']} {g.name} {session['name']}"

    answers = {}

    def send(name):
        answers[name] = app.test_client().post("/report", data={"name": name}).text

    first, second = (threading.Thread(target=send, args=[name]) for name in ("ada", "bob"))
    first.start()
    ada_waits.wait(10)
    second.start()
    first.join()
    done.set()
    second.join()
    return answers["ada"]


def right():
    return ada(), "bob ada ada"


def all_apart():
    return ada(), "ada ada ada"


def all_shared():
    return ada(), "bob bob bob"


def g_shared():
    return ada(), "bob bob ada"


def session_shared():
    return ada(), "bob ada bob"


def swapped():
    return ada(), "ada bob ada"
