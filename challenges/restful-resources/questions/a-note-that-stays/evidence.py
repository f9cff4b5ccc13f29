"""What is stored after the PUT: pairs (observed, claimed)."""

from flask import Flask, request

CLAIMED = {5: {"title": "Paint", "done": True}}


def stored(change):
    app = Flask(__name__)
    tasks = {5: {"title": "Paint", "note": "blue", "done": False}}

    @app.put("/tasks/<int:number>")
    def replace(number):
        change(tasks, number, request.get_json())
        return tasks[number]

    app.test_client().put("/tasks/5", json={"title": "Paint", "done": True})
    return tasks


def in_place():
    def change(tasks, number, data):
        tasks[number] |= data

    return stored(change), CLAIMED


def spread():
    def change(tasks, number, data):
        tasks[number] = {**tasks[number], **data}

    return stored(change), CLAIMED


def old_wins():
    def change(tasks, number, data):
        tasks[number] = data | tasks[number]

    return stored(change), CLAIMED


def by_key():
    def change(tasks, number, data):
        for key in data:
            tasks[number][key] = data[key]

    return stored(change), CLAIMED


def whole():
    def change(tasks, number, data):
        tasks[number] = data

    return stored(change), CLAIMED


def all_tasks():
    return stored(lambda tasks, number, data: tasks.update(data)), CLAIMED
