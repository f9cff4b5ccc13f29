"""The two statuses of each request, and whether they differ: claimed is that they do."""

from flask import Flask, abort, request
from flask_login import FlaskLoginClient, LoginManager, UserMixin, current_user, login_required
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Mapped, mapped_column


def differ(method, path="", body=None):
    db = SQLAlchemy()

    class User(UserMixin, db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)

    class Project(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        owner_id: Mapped[int]
        name: Mapped[str] = mapped_column(default="")
        text: Mapped[str] = mapped_column(default="")

    app = Flask(__name__)
    app.config.update(SECRET_KEY="evidence", SQLALCHEMY_DATABASE_URI="sqlite://")
    app.test_client_class = FlaskLoginClient
    db.init_app(app)
    LoginManager(app).user_loader(lambda key: db.session.get(User, int(key)))

    def own(number):
        query = db.select(Project).filter_by(id=number, owner_id=current_user.id)
        return db.one_or_404(query)

    @app.put("/projects/<int:number>")
    @login_required
    def rename(number):
        name = request.get_json().get("name") or abort(400)
        own(number).name = name
        db.session.commit()
        return "", 204

    @app.delete("/projects/<int:number>")
    @login_required
    def delete(number):
        query = db.delete(Project).filter_by(id=number, owner_id=current_user.id)
        db.session.execute(query)
        db.session.commit()
        return "", 204

    @app.post("/projects/<int:number>/copies")
    @login_required
    def copy(number):
        text = db.get_or_404(Project, number).text
        name = request.get_json().get("name") or abort(400)
        owner_id = own(number).owner_id
        db.session.add(Project(name=name, text=text, owner_id=owner_id))
        db.session.commit()
        return "", 201

    with app.app_context():
        db.create_all()
        db.session.add_all([User(id=1), User(id=2), Project(id=7, owner_id=1)])
        db.session.commit()
        ben = app.test_client(user=db.session.get(User, 2))
    sent = {} if body is None else {"json": body}
    statuses = [ben.open(f"/projects/{number}{path}", method=method, **sent).status_code for number in (7, 8)]
    return statuses[0] != statuses[1], statuses


def found(*request):
    answer, _ = differ(*request)
    return answer, True


def copy_named():
    return found("POST", "/copies", {"name": "x"})


def rename_empty():
    return found("PUT", "", {})


def rename_named():
    return found("PUT", "", {"name": "x"})


def copy_empty():
    return found("POST", "/copies", {})


def deletion():
    return found("DELETE")


def get():
    return found("GET")
