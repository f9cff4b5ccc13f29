"""The OpenAPI document. Requests come from the types that the views check with; replies are written here."""

from typing import Any

from pydantic import TypeAdapter

from .schemas import boat_changes, boat_query, new_boat, new_hire

Json = dict[str, Any]

EXAMPLES = {
    "NewBoat": {
        "code": "K-12",
        "name": "Otter",
        "kind": "kayak",
        "seats": 2,
        "note": "new paddles",
        "key_code": "4711",
    },
    "BoatChanges": {"name": "Otter II", "note": None},
    "NewHire": {"guest": "Ada", "hours": 3},
}
ERRORS = {
    400: "The body is not JSON.",
    401: "The token is missing or wrong.",
    404: "There is no such thing.",
    409: "It can't be done as things are.",
    422: "The request breaks a rule.",
}


def reply_object(**properties: Json) -> Json:
    return {"type": "object", "properties": properties, "required": list(properties)}


def ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


INTEGER = {"type": "integer"}
STRING = {"type": "string"}

REPLIES = {
    "Health": reply_object(status=STRING),
    "Boat": reply_object(
        id=INTEGER,
        code=STRING,
        name=STRING,
        kind=STRING,
        seats=INTEGER,
        note={"type": ["string", "null"]},
    ),
    "Boats": reply_object(boats={"type": "array", "items": ref("Boat")}, total=INTEGER),
    "Hire": reply_object(
        id=INTEGER,
        boat_id=INTEGER,
        guest=STRING,
        hours=INTEGER,
        price={"type": "string", "pattern": r"^[0-9]+\.[0-9]{2}$"},
        returned_on={"type": ["string", "null"], "format": "date"},
    ),
    "Error": reply_object(code=INTEGER, status={"type": "string", "minLength": 1}),
}


def request_schema(adapter: TypeAdapter[Any]) -> Json:
    return adapter.json_schema()


def operation(
    name: str,
    summary: str,
    success: int,
    reply: str | None,
    errors: tuple[int, ...] = (),
    *,
    body: str | None = None,
    token: bool = False,
    headers: Json | None = None,
    parameters: list[Json] | None = None,
) -> Json:
    responses: Json = {str(success): {"description": "Done."}}
    if reply:
        responses[str(success)]["content"] = {"application/json": {"schema": ref(reply)}}
    if headers:
        responses[str(success)]["headers"] = headers
    for code in errors:
        responses[str(code)] = {
            "description": ERRORS[code],
            "content": {"application/json": {"schema": ref("Error")}},
        }
    if token:
        responses["401"]["headers"] = {"WWW-Authenticate": {"schema": STRING}}
    result: Json = {"operationId": name, "summary": summary, "responses": responses}
    if parameters:
        result["parameters"] = parameters
    if body:
        result["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": ref(body), "example": EXAMPLES[body]}},
        }
    if token:
        result["security"] = [{"bearer": []}]
    return result


def path_id(name: str) -> list[Json]:
    return [{"name": name, "in": "path", "required": True, "schema": INTEGER}]


def query_parameters() -> list[Json]:
    properties = request_schema(boat_query)["properties"]
    return [{"name": name, "in": "query", "schema": schema} for name, schema in properties.items()]


DOCUMENT: Json = {
    "openapi": "3.1.0",
    "info": {"title": "Boat hire", "version": "1.0.0"},
    "paths": {
        "/api/health": {"get": operation("getHealth", "Is the API up?", 200, "Health")},
        "/api/boats": {
            "get": operation("listBoats", "List boats", 200, "Boats", (422,), parameters=query_parameters()),
            "post": operation(
                "addBoat",
                "Add a boat",
                201,
                "Boat",
                (400, 401, 409, 422),
                body="NewBoat",
                token=True,
                headers={"Location": {"description": "The URL of the boat", "required": True, "schema": STRING}},
            ),
        },
        "/api/boats/{boat_id}": {
            "parameters": path_id("boat_id"),
            "get": operation("getBoat", "Show a boat", 200, "Boat", (404,)),
            "patch": operation(
                "changeBoat", "Change a boat", 200, "Boat", (400, 401, 404, 422), body="BoatChanges", token=True
            ),
            "delete": operation("removeBoat", "Remove a boat", 204, None, (401, 404, 409), token=True),
        },
        "/api/boats/{boat_id}/hires": {
            "parameters": path_id("boat_id"),
            "post": operation(
                "hireBoat", "Hire a boat", 201, "Hire", (400, 401, 404, 409, 422), body="NewHire", token=True
            ),
        },
        "/api/hires/{hire_id}/return": {
            "parameters": path_id("hire_id"),
            "post": operation("returnBoat", "Return a boat", 200, "Hire", (401, 404, 409), token=True),
        },
    },
    "components": {
        "schemas": {
            "NewBoat": request_schema(new_boat),
            "BoatChanges": request_schema(boat_changes),
            "NewHire": request_schema(new_hire),
            **REPLIES,
        },
        "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
    },
}
