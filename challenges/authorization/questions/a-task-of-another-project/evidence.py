"""What the view answers to Ben for three addresses: the title, or the status."""

from flask import Flask, abort
from flask_login import FlaskLoginClient, LoginManager, UserMixin, current_user, login_required
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

CLAIMED = ["task 5", 404, 404]


def answers(load):
    db = SQLAlchemy()

    class User(UserMixin, db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)

    class Project(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)

    class Membership(db.Model):
        project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), primary_key=True)
        user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)

    class Task(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
        title: Mapped[str]

    app = Flask(__name__)
    app.config.update(SECRET_KEY="evidence", SQLALCHEMY_DATABASE_URI="sqlite://")
    app.test_client_class = FlaskLoginClient
    db.init_app(app)
    LoginManager(app).user_loader(lambda key: db.session.get(User, int(key)))

    @app.get("/projects/<int:project_id>/tasks/<int:task_id>")
    @login_required
    def show_task(project_id, task_id):
        if db.session.get(Membership, (project_id, current_user.id)) is None:
            abort(404)
        task = load(db, Project, Task, project_id, task_id)
        return {"title": task.title}

    with app.app_context():
        db.create_all()
        db.session.add_all([User(id=2), Project(id=1), Project(id=2), Membership(project_id=1, user_id=2)])
        owners = {4: 1, 5: 1, 9: 2}
        db.session.add_all([Task(id=n, project_id=owner, title=f"task {n}") for n, owner in owners.items()])
        db.session.commit()
        client = app.test_client(user=db.session.get(User, 2))
    found = [client.get(path) for path in ("/projects/1/tasks/5", "/projects/1/tasks/9", "/projects/2/tasks/9")]
    return [answer.json["title"] if answer.status_code == 200 else answer.status_code for answer in found]


def by_key():
    return answers(
        lambda db, project, task, project_id, task_id: db.one_or_404(db.select(task).filter_by(id=task_id))
    ), CLAIMED


def join():
    def load(db, project, task, project_id, task_id):
        return db.one_or_404(db.select(task).join(project).filter(task.id == task_id))

    return answers(load), CLAIMED


def two_tables():
    def load(db, project, task, project_id, task_id):
        return db.one_or_404(db.select(task).filter(task.id == task_id, project.id == project_id))

    return answers(load), CLAIMED


def key_of_two():
    return answers(lambda db, project, task, project_id, task_id: db.get_or_404(task, (task_id, project_id))), CLAIMED


def both_columns():
    def load(db, project, task, project_id, task_id):
        return db.one_or_404(db.select(task).filter_by(id=task_id, project_id=project_id))

    return answers(load), CLAIMED


def first_of_project():
    def load(db, project, task, project_id, task_id):
        return db.first_or_404(db.select(task).filter(task.project_id == project_id))

    return answers(load), CLAIMED
