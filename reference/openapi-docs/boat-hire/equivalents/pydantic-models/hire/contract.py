"""Joins a route, its models and its part of the document: what is registered here is both served and described."""

import json
from http import HTTPStatus

from flask import Blueprint, Response, abort, current_app, request
from pydantic import BaseModel, ValidationError
from pydantic.json_schema import models_json_schema

from . import shapes

REF = "#/components/schemas/{model}"
SECURITY = {"type": "http", "scheme": "bearer", "description": "the token of the boat hire"}


class Described(Blueprint):
    """A blueprint that remembers what was said of its operations."""

    def __init__(self, name: str, prefix: str) -> None:
        super().__init__(name, __name__, url_prefix=prefix)
        self.paths: dict[str, dict] = {}

    def operation(
        self, method, path, status, reply=None, *, body=None, query=None, token=False, errors=(), headers=None
    ):
        """Register a view: it gets path ids by name, then ``body`` or ``query`` as a model."""

        def register(view):
            def endpoint(**ids):
                if token and request.headers.get("Authorization") != "Bearer " + current_app.config["API_TOKEN"]:
                    abort(401)
                try:
                    if body:
                        ids["body"] = body.model_validate_json(request.get_data()) if parsed() else None
                    if query:
                        ids["query"] = query.model_validate(request.args.to_dict())
                except ValidationError as error:
                    return problem(422, [each["msg"] for each in error.errors()])
                result = view(**ids)
                extra = result[1] if isinstance(result, tuple) else {}
                return answer(status, reply, result[0] if isinstance(result, tuple) else result, extra)

            self.add_url_rule(path, view.__name__, endpoint, methods=[method])
            template = self.url_prefix + path.replace("<int:", "{").replace(">", "}")
            codes = {*errors, *([401] if token else []), *([400, 422] if body else []), *([422] if query else [])}
            self.paths.setdefault(template, {})[method.lower()] = describe(
                view, template, status, reply, body, query, token, sorted(codes), headers
            )
            return view

        return register


def parsed() -> bool:
    """Whether the body is JSON: otherwise 400."""
    try:
        json.loads(request.get_data())
    except ValueError:
        abort(400)
    return True


def answer(status, model: type[BaseModel] | None, value, headers) -> Response:
    text = "" if model is None else model.model_validate(value).model_dump_json()
    return Response(text, status, headers, mimetype="application/json")


def problem(status: int, details=()) -> Response:
    reply = shapes.Problem(code=status, status=HTTPStatus(status).phrase, details=list(details))
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else {}
    return answer(status, shapes.Problem, reply, headers)


def content(model: type[BaseModel]) -> dict:
    return {"application/json": {"schema": {"$ref": REF.format(model=model.__name__)}}}


def describe(view, template, status, reply, body, query, token, errors, headers) -> dict:
    """The operation object."""
    success = {"description": HTTPStatus(status).phrase}
    if reply:
        success["content"] = content(reply)
    if headers:
        success["headers"] = {name: {"schema": {"type": "string"}} for name in headers}
    failure = {"description": "Refused", "content": content(shapes.Problem)}
    found = {
        "operationId": view.__name__,
        "summary": view.__doc__,
        "parameters": path_parameters(template) + (query_parameters(query) if query else []),
        "responses": {str(status): success, **{str(code): failure for code in errors}},
    }
    if body:
        found["requestBody"] = {"required": True, "content": content(body)}
    if token:
        found["security"] = [{"BoatHireToken": []}]
    return found


def path_parameters(template: str) -> list[dict]:
    names = [part.strip("{}") for part in template.split("/") if part.startswith("{")]
    return [{"name": name, "in": "path", "required": True, "schema": {"type": "integer"}} for name in names]


def query_parameters(model: type[BaseModel]) -> list[dict]:
    schema = model.model_json_schema(ref_template=REF)
    return [{"name": name, "in": "query", "schema": each} for name, each in schema["properties"].items()]


def document(blueprint: Described) -> dict:
    """The whole document, OpenAPI 3.1."""
    bodies = [(model, "validation") for model in (shapes.NewBoat, shapes.Changes, shapes.NewHire)]
    replies = [(model, "serialization") for model in (shapes.Health, shapes.Boats, shapes.Hire, shapes.Problem)]
    _, schemas = models_json_schema(bodies + replies, ref_template=REF)
    for each in schemas["$defs"]["Changes"]["properties"].values():
        each.pop("default")  # what is not sent stays: there is no default
    return {
        "openapi": "3.1.1",
        "info": {"title": "Boat hire", "version": "2026.1"},
        "paths": blueprint.paths,
        "components": {"schemas": schemas["$defs"], "securitySchemes": {"BoatHireToken": SECURITY}},
    }
