"""The theatre with class-based views, association objects for every link, and proxies through them."""

from flask import Flask, abort, request
from flask.views import MethodView
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.ext.associationproxy import AssociationProxy, association_proxy
from sqlalchemy.orm import DeclarativeBase, Mapped, backref, mapped_column, relationship
from werkzeug.exceptions import HTTPException


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)
OWNED = "all, delete-orphan"


class Keyed:
    id: Mapped[int] = mapped_column(primary_key=True)


class Person(Keyed, db.Model):
    name: Mapped[str]
    castings: Mapped[list["Casting"]] = relationship(backref="person", cascade=OWNED)

    def brief(self):
        return {"id": self.id, "name": self.name}

    def json(self):
        castings = sorted(self.castings, key=lambda casting: casting.production_id)
        return {
            **self.brief(),
            "directs": sorted(production.id for production in self.directs),
            "castings": [{"production": each.production_id, **each.terms()} for each in castings],
        }


class Production(Keyed, db.Model):
    title: Mapped[str]
    season: Mapped[int]
    director_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    director: Mapped[Person | None] = relationship(backref=backref("directs"))
    scenes: Mapped[list["Scene"]] = relationship(backref="production", cascade=OWNED)
    castings: Mapped[list["Casting"]] = relationship(backref="production", cascade=OWNED)

    def json(self):
        return {
            "id": self.id,
            "title": self.title,
            "season": self.season,
            "director": self.director and self.director.brief(),
            "scenes": [scene.json() for scene in sorted(self.scenes, key=lambda scene: scene.id)],
            "cast": [each.json() for each in sorted(self.castings, key=lambda casting: casting.person_id)],
        }


class Casting(Keyed, db.Model):
    __table_args__ = (UniqueConstraint("production_id", "person_id"),)
    production_id: Mapped[int] = mapped_column(ForeignKey(Production.id))
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    part: Mapped[str]
    fee: Mapped[int]

    def terms(self):
        return {"part": self.part, "fee": self.fee}

    def json(self):
        return {"person": self.person.brief(), **self.terms()}


class Scene(Keyed, db.Model):
    title: Mapped[str]
    production_id: Mapped[int] = mapped_column(ForeignKey(Production.id))
    uses: Mapped[list["Use"]] = relationship(backref="scene", cascade=OWNED)
    props: AssociationProxy[list["Prop"]] = association_proxy("uses", "prop", creator=lambda prop: Use(prop=prop))

    def take(self, names):
        """Uses just the props of these names; a use that goes on is kept."""
        wanted = {name: Prop.named(name) for name in names}
        for prop in list(self.props):
            if wanted.pop(prop.name, None) is None:
                self.props.remove(prop)
        self.props.extend(wanted.values())

    def json(self):
        return {"id": self.id, "title": self.title, "props": sorted(prop.name for prop in self.props)}


class Prop(Keyed, db.Model):
    name: Mapped[str] = mapped_column(unique=True)
    uses: Mapped[list["Use"]] = relationship(backref="prop", cascade=OWNED)

    @classmethod
    def named(cls, name):
        prop = cls.query.filter_by(name=name).first()
        if not prop:
            db.session.add(prop := cls(name=name))
            db.session.flush()
        return prop


class Use(Keyed, db.Model):
    scene_id: Mapped[int] = mapped_column(ForeignKey(Scene.id))
    prop_id: Mapped[int] = mapped_column(ForeignKey(Prop.id))


def get(model, key, status=404):
    found = db.session.get(model, key)
    if found is None:
        abort(status)
    return found


def save(thing):
    db.session.add(thing)
    db.session.commit()
    return thing.json()


def remove(*things):
    for thing in things:
        db.session.delete(thing)
    db.session.commit()
    return "", 204


class People(MethodView):
    def post(self):
        return save(Person(name=request.json["name"])), 201

    def get(self, key):
        return get(Person, key).json()

    def delete(self, key):
        return remove(get(Person, key))


class Productions(MethodView):
    def post(self):
        data = request.json
        director = None if data["director"] is None else get(Person, data["director"], 422)
        production = Production(title=data["title"], season=data["season"], director=director)
        db.session.add(production)
        for each in data["scenes"]:
            scene = Scene(title=each["title"])
            production.scenes.append(scene)
            scene.take(each["props"])
        return save(production), 201

    def get(self, key):
        return get(Production, key).json()

    def delete(self, key):
        return remove(get(Production, key))


class Seasons(MethodView):
    def delete(self, season):
        return remove(*Production.query.filter_by(season=season))


class Scenes(MethodView):
    def put(self, key):
        production = get(Production, key)
        wanted = [get(Scene, number, 422) for number in request.json["scenes"]]
        for scene in wanted:
            scene.production = production
        for scene in set(production.scenes) - set(wanted):
            production.scenes.remove(scene)
        return save(production)


class SceneProps(MethodView):
    def put(self, key):
        scene = get(Scene, key)
        scene.take(request.json["props"])
        return save(scene)


class Cast(MethodView):
    def post(self, key):
        return save(self.hire(get(Production, key), request.json)), 201

    def put(self, key):
        production = get(Production, key)
        production.castings.clear()
        db.session.flush()
        for each in request.json["cast"]:
            self.hire(production, each)
        return save(production)

    @staticmethod
    def hire(production, data):
        person = get(Person, data["person"], 422)
        if any(casting.person is person for casting in production.castings):
            abort(409)
        casting = Casting(person=person, part=data["part"], fee=data["fee"])
        production.castings.append(casting)
        return casting


class Props(MethodView):
    def get(self):
        return {"props": [{"name": prop.name, "scenes": len(prop.uses)} for prop in Prop.query.order_by(Prop.name)]}

    def delete(self, name):
        return remove(Prop.query.filter_by(name=name).first_or_404())


class Counts(MethodView):
    def get(self):
        models = {
            "people": Person,
            "productions": Production,
            "scenes": Scene,
            "castings": Casting,
            "props": Prop,
            "prop_uses": Use,
        }
        return {name: model.query.count() for name, model in models.items()}


ROUTES = [
    (People, ["/people", "/people/<int:key>"]),
    (Productions, ["/productions", "/productions/<int:key>"]),
    (Seasons, ["/seasons/<int:season>"]),
    (Scenes, ["/productions/<int:key>/scenes"]),
    (SceneProps, ["/scenes/<int:key>/props"]),
    (Cast, ["/productions/<int:key>/cast"]),
    (Props, ["/props", "/props/<name>"]),
    (Counts, ["/counts"]),
]


def create_app(config=None):
    app = Flask(__name__)
    app.config.from_mapping({"SQLALCHEMY_DATABASE_URI": "sqlite:///theatre.db"} | dict(config or {}))
    db.init_app(app)
    app.add_url_rule("/health", view_func=lambda: {"status": "ok"}, endpoint="health")
    for view, addresses in ROUTES:
        for address in addresses:
            app.add_url_rule(address, view_func=view.as_view(view.__name__.lower() + address))
    app.register_error_handler(HTTPException, lambda error: ({"error": error.name}, error.code))
    with app.app_context():
        db.create_all()
    return app
