"""An open workshop's site. What belongs to a login stays in the database; Flask-Login knows who is here."""

from flask import Flask
from flask_login import LoginManager

from .routes import routes
from .tables import Person, database

manager = LoginManager()


@manager.user_loader
def load(key):
    return database.session.get(Person, int(key))


def create_app(config=None):
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite:///workshop.db"
    app.config["MEMBERS"] = ()
    app.config["SESSION_PROTECTION"] = None
    app.config.update(config or {})
    database.init_app(app)
    manager.init_app(app)
    app.register_blueprint(routes)
    with app.app_context():
        database.create_all()
    return app
