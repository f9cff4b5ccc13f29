"""Results, a task, a topic and questions to build reports of: small, whole and like the real ones."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from harness.domain.content import (
    Concept,
    Domain,
    Level,
    Misconception,
    Option,
    Pool,
    Question,
    Status,
    Task,
    TaskKind,
    Topic,
)
from harness.domain.verdicts import (
    Basis,
    Diagnosed,
    Environment,
    GradeResult,
    Limit,
    LimitHit,
    LimitSource,
    Outcome,
    StartFailure,
    StartProblem,
    Verdict,
)
from harness.reports.build import build_report
from harness.reports.model import Audience, Report

NOWHERE = Path("nowhere")

TOPIC = Topic(
    slug="application-factory",
    title="Application factory",
    domain=Domain.FUNDAMENTALS,
    order=1,
    status=Status.PUBLISHED,
    concepts={
        "extension-binding": Concept(
            "extension-binding",
            "An extension object is made once, unbound, and `init_app` binds it to each app that the factory makes.",
            "Why is `db = SQLAlchemy()` written outside the factory?",
        ),
        "late-configuration": Concept(
            "late-configuration",
            "A factory reads its configuration when it is called, so that each app can have another one.",
            "When is `os.environ` read, and what follows from that?",
        ),
        "blueprint-registration": Concept(
            "blueprint-registration",
            "A blueprint records routes; they become the app's own when the factory registers it.",
            "What happens when a blueprint is registered twice?",
        ),
        "command-registration": Concept(
            "command-registration",
            "A command added to `app.cli` belongs to that app and runs in its context.",
            "How does `flask init-db` find its app?",
        ),
    },
    misconceptions={
        "extension-inside-factory": Misconception(
            "extension-inside-factory",
            "each call of the factory could make extension objects of its own",
            "extension-binding",
        ),
        "environment-at-import": Misconception(
            "environment-at-import",
            "the environment that counts were the one in force when the module is imported",
            "late-configuration",
        ),
    },
    folder=NOWHERE,
)

TASK = Task(
    topic="application-factory",
    slug="library",
    title="A library that is made by a factory",
    summary="Turn a module-level app into a factory that tests and deployments can call.",
    kind=TaskKind.BUILD,
    level=Level.JUNIOR,
    minutes=25,
    pool=Pool.PRACTICE,
    status=Status.PUBLISHED,
    revision=1,
    entry="library:create_app",
    preload=("flask", "flask_sqlalchemy"),
    packages=("Flask", "Flask-SQLAlchemy"),
    limits="standard",
    config={},
    folder=NOWHERE,
)

BINDING_QUESTION = Question(
    topic="application-factory",
    slug="where-db-lives",
    kind="single",
    level=Level.JUNIOR,
    pool=Pool.PRACTICE,
    status=Status.PUBLISHED,
    revision=1,
    concepts=("extension-binding",),
    references=("Flask documentation: Application Factories, 'Factories & Extensions'",),
    stem="""
A project's models inherit from `db.Model`, and its tests make several apps:

```python
def create_app(config):
    app = Flask(__name__)
    app.config.from_mapping(config)
    db = SQLAlchemy()          # (1)
    db.init_app(app)
    from . import models       # uses its own ``db``
    return app
```

What does the **second** app of a test session see when a view runs `db.session.scalars(select(Book))`?
""",
    explanation="""
An extension object is the *same* for all apps; what differs from app to app is kept in `app.extensions`. `init_app`
puts it there, and `current_app` finds it again during a request.
""",
    options=(
        Option(
            "not-registered",
            "A `RuntimeError`: this app was never registered with the `db` that the models use",
            "The models' `db` is another object than the one that `init_app` was called on.",
            correct=True,
        ),
        Option(
            "own-tables",
            "Its own empty tables, since each call made a `db` of its own",
            "It would be so if the models were made anew in each call. They are imported once, and they stay bound to "
            "the one `db` that stood there at that time.",
            misconception="extension-inside-factory",
        ),
        Option(
            "first-tables",
            "The first app's rows, since the engine is shared by all apps",
            "Engines are kept per app, in `app.extensions`, so two bound apps never share rows by accident.",
        ),
        Option(
            "import-error",
            "An `ImportError`: a module can't be imported inside a function",
            "An import statement may stand in a function; it is run when the function is called.",
        ),
        Option(
            "no-context",
            "A `RuntimeError`: working outside of application context",
            "A view runs inside the context that the request pushed.",
        ),
        Option(
            "nothing",
            "An empty list, because `create_all` was never called",
            "A missing table raises `OperationalError`; it does not read as empty.",
        ),
    ),
    folder=NOWHERE,
)

COMMAND_QUESTION = replace(
    BINDING_QUESTION,
    slug="where-commands-live",
    concepts=("command-registration",),
    references=("Flask documentation: Command Line Interface, 'Custom Commands'",),
    stem="""
```python
@click.command("init-db")
def init_db():
    db.create_all()
```

Which line in `create_app` makes `flask init-db` work **with the app's context**?
""",
    explanation="`app.cli.command()` and `@with_appcontext` push the context; a plain click command has none.",
    options=(
        Option("with-context", "`app.cli.add_command(with_appcontext(init_db))`", "It pushes a context.", True),
        Option("plain", "`app.cli.add_command(init_db)`", "The command is found, and fails: no context is pushed."),
        Option("cli-group", "`cli.add_command(init_db)`", "There is no such name in a factory."),
        Option("register", "`app.register_command(init_db)`", "No such method exists."),
        Option("import", "`import commands`", "Importing a module registers nothing."),
        Option("wrap", "`app.wrap(init_db)`", "No such method exists."),
    ),
)

EXAM_QUESTION = replace(
    BINDING_QUESTION,
    slug="a-exam-item",
    pool=Pool.EXAM,
    concepts=("extension-binding", "command-registration"),
    stem="EXAM-ONLY-STEM",
)

QUESTIONS = (EXAM_QUESTION, BINDING_QUESTION, COMMAND_QUESTION)

ENVIRONMENT = Environment(
    image="sha256:3b1c0e6bd3a7f9b3a3d0a8a6f6a5f8ad3d6c8e5b7f9a0c1d2e3f4a5b6c7d8e9f",
    tag="assay-app:7d41f0c2",
    runtime="runc",
    python="3.13.5",
    libraries={"Flask": "3.1.2", "Flask-SQLAlchemy": "3.1.1", "SQLAlchemy": "2.0.44"},
)

TRACEBACK = """Traceback (most recent call last):
  File "/work/library/__init__.py", line 4, in <module>
    from flask_mongoengine import MongoEngine
ModuleNotFoundError: No module named 'flask_mongoengine'
"""


def verdict(check: str, concept: str, title: str, outcome: str = "passed", **more: Any) -> Verdict:
    """A verdict that was observed and earns one point, unless ``more`` says otherwise."""
    values: dict[str, Any] = {"basis": Basis.OBSERVED, "seconds": 0.14, **more}
    return Verdict(check, concept, title, Outcome(outcome), **values)


def passing() -> tuple[Verdict, ...]:
    """Twelve checks, all passed; two of them guards, three self-reported."""
    reported = Basis.SELF_REPORTED
    return (
        verdict("health-answers", "blueprint-registration", "GET /health answers as it always did.", guard=True),
        verdict("books-are-listed", "blueprint-registration", "GET /books lists every book, by title."),
        verdict("unknown-book-is-404", "blueprint-registration", "An unknown book is a 404 with a JSON body."),
        verdict("two-apps-two-lists", "extension-binding", "Two apps each list only their own books.", points=2),
        verdict("second-app-has-tables", "extension-binding", "A second app can make and use its tables."),
        verdict("first-app-still-works", "extension-binding", "The first app still works after a second is made."),
        verdict("one-db-object", "extension-binding", "One extension object serves all apps.", basis=reported),
        verdict("configuration-wins", "late-configuration", "What is given to the factory wins over its defaults."),
        verdict("environment-read-late", "late-configuration", "A variable set after the import still counts."),
        verdict("default-page-size", "late-configuration", "Without configuration a page has 20 books.", guard=True),
        verdict("init-db-exists", "command-registration", "The app has an init-db command.", basis=reported),
        verdict("init-db-fills", "command-registration", "init-db makes the tables of its own app.", basis=reported),
    )


def changed(**outcomes: Any) -> tuple[Verdict, ...]:
    """The twelve verdicts with some changed: ``changed(init_db_exists={"outcome": …})``."""
    by_check = {name.replace("_", "-"): values for name, values in outcomes.items()}
    return tuple(replace(v, **by_check.get(v.check, {})) for v in passing())


def result(**more: Any) -> GradeResult:
    """A result in which everything passed, unless ``more`` says otherwise."""
    values: dict[str, Any] = {
        "run_id": "01K9RUN7Q2",
        "task": TASK.id,
        "task_revision": 1,
        "task_digest": "sha256:task0c1d2e3f",
        "submission_digest": "sha256:subm4a5b6c7d",
        "seed": "seed-9f2b7c",
        "started_at": "2025-11-22T20:31:07Z",
        "seconds": 3.42,
        "environment": ENVIRONMENT,
        "verdicts": passing(),
        **more,
    }
    return GradeResult(**values)


FAILED = {
    "outcome": Outcome.FAILED,
    "message": "assert 500 == 200",
    "traceback": "E   assert 500 == 200\nE    +  where 500 = <WrapperTestResponse [500]>.status_code",
    "output": "RuntimeError: The current Flask app is not registered with this 'SQLAlchemy' instance.",
}


def diagnosed() -> GradeResult:
    """One misconception, seen in two checks, and one failure that nothing explains."""
    return result(
        verdicts=changed(
            second_app_has_tables={**FAILED, "symptoms": ("not-registered",)},
            two_apps_two_lists=FAILED,
            init_db_fills={**FAILED, "message": "assert 2 == 0"},
        ),
        diagnosis=(Diagnosed("extension-inside-factory", ("two-apps-two-lists", "second-app-has-tables")),),
    )


def not_started() -> GradeResult:
    """The app imports a package that the image lacks."""
    return result(
        verdicts=(),
        start_failure=StartFailure(
            StartProblem.MISSING_PACKAGE,
            "library imports flask_mongoengine, which is not installed here.",
            traceback=TRACEBACK,
            output="starting up …\nreading settings from config.yml\n",
        ),
    )


def limited() -> GradeResult:
    """A time limit in one check, a crash in another, and a broken guard."""
    return result(
        seconds=11.7,
        verdicts=changed(
            books_are_listed={
                "outcome": Outcome.FAILED,
                "limit": LimitHit(Limit.TIME, LimitSource.HARNESS, "5 s"),
                "message": "no reply within 5 s",
            },
            environment_read_late={"outcome": Outcome.FAILED, "crashed": True},
            default_page_size={"outcome": Outcome.FAILED},
            two_apps_two_lists={
                "outcome": Outcome.FAILED,
                "limit": LimitHit(Limit.MEMORY, LimitSource.ENGINE, "256 MiB"),
            },
        ),
    )


def ours() -> GradeResult:
    """Two checks that could not be judged."""
    return result(
        verdicts=changed(
            init_db_exists={"outcome": Outcome.OURS, "message": "the engine refused to start a container"},
            init_db_fills={"outcome": Outcome.OURS},
            two_apps_two_lists=FAILED,
        )
    )


def faulty() -> GradeResult:
    """Nothing could be judged."""
    return result(verdicts=(), fault="docker: cannot connect to /var/run/docker.sock")


def claimed() -> GradeResult:
    """A plain suite that ran inside the container."""
    return replace(diagnosed(), claims=True, diagnosis=())


SAMPLES = {
    "passed": result,
    "diagnosed": diagnosed,
    "not-started": not_started,
    "limited": limited,
    "ours": ours,
    "fault": faulty,
    "claims": claimed,
}


def report(found: GradeResult, audience: str = "candidate", **more: Any) -> Report:
    """The report of ``found`` on the sample task."""
    values: dict[str, Any] = {"submission_name": "anna-kovacs.zip", **more}
    return build_report(found, TASK, TOPIC, QUESTIONS, Audience(audience), **values)
