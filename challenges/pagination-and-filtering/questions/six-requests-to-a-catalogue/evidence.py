"""The status of each request."""

from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column


def status(address):
    db = SQLAlchemy()

    class Product(db.Model):
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[str]

    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    with app.app_context():
        db.create_all()
        db.session.add_all(Product(name=f"Lamp {n}") for n in range(45))
        db.session.commit()

    @app.get("/products")
    def products():
        query = select(Product).order_by(Product.id)
        if q := request.args.get("q"):
            query = query.where(Product.name.contains(q))
        page = db.paginate(query, max_per_page=50)
        return [product.name for product in page]

    return app.test_client().get(address).status_code


def second_of_fifty():
    return status("/products?page=2&per_page=50"), 404


def third():
    return status("/products?page=3"), 404


def too_many():
    return status("/products?page=1&per_page=500"), 404


def no_match():
    return status("/products?q=zzz"), 404


def second_of_forty_four():
    return status("/products?page=2&per_page=44"), 404


def page_twice():
    return status("/products?page=1&page=9"), 404
