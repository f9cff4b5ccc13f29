"""The boat hire, with a document that is written by hand beside the views."""

from flask import Flask
from werkzeug.exceptions import HTTPException

from .document import DOCUMENT
from .models import db
from .views import bp


def create_app(config=None):
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite:///hire.db"
    app.config.from_mapping(config or {})
    db.init_app(app)
    app.register_blueprint(bp)

    @app.get("/openapi.json")
    def openapi():
        return DOCUMENT

    @app.errorhandler(HTTPException)
    def as_json(error):
        headers = {"WWW-Authenticate": "Bearer"} if error.code == 401 else {}
        return {"code": error.code, "status": error.name, "detail": error.description}, error.code, headers

    with app.app_context():
        db.create_all()
    return app
