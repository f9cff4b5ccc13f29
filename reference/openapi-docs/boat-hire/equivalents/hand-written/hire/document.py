"""The OpenAPI document, version 3.0. Paths are relative to the server ``/api``."""

KINDS = ["kayak", "canoe", "pedalo", "rowing"]

CODE = {"type": "string", "pattern": "^[A-Z]{1,3}-[0-9]{1,3}$"}
NAME = {"type": "string", "minLength": 1, "maxLength": 40}
SEATS = {"type": "integer", "minimum": 0, "exclusiveMinimum": True, "maximum": 12}
NOTE = {"type": "string", "maxLength": 200, "nullable": True}
KEY_CODE = {"type": "string", "minLength": 4, "maxLength": 4, "pattern": "^[0-9]*$"}


def ref(kind, name):
    return {"$ref": f"#/components/{kind}/{name}"}


def body(schema, **more):
    return {"required": True, "content": {"application/json": {"schema": ref("schemas", schema), **more}}}


def reply(description, schema=None, **more):
    found = {"description": description, **more}
    if schema:
        found["content"] = {"application/json": {"schema": ref("schemas", schema)}}
    return found


def errors(*statuses):
    return {str(status): ref("responses", f"E{status}") for status in statuses}


def query(name, schema):
    return {"name": name, "in": "query", "schema": schema}


def path_id(name):
    return {"name": name, "in": "path", "required": True, "schema": {"type": "integer"}}


SCHEMAS = {
    "Kind": {"type": "string", "enum": KINDS},
    "Health": {"type": "object", "required": ["status"], "properties": {"status": {"type": "string"}}},
    "Error": {
        "type": "object",
        "required": ["code", "status"],
        "properties": {"code": {"type": "integer"}, "status": {"type": "string", "minLength": 1}},
    },
    "BoatIn": {
        "type": "object",
        "additionalProperties": False,
        "required": ["code", "name", "kind", "seats", "key_code"],
        "properties": {
            "code": CODE,
            "name": NAME,
            "kind": ref("schemas", "Kind"),
            "seats": SEATS,
            "note": NOTE,
            "key_code": KEY_CODE,
        },
        "example": {"code": "ROW-7", "name": "Heron", "kind": "rowing", "seats": 4, "key_code": "0042"},
    },
    "BoatPatch": {
        "type": "object",
        "additionalProperties": False,
        "properties": {"name": NAME, "seats": SEATS, "note": NOTE, "key_code": KEY_CODE},
    },
    "BoatBase": {
        "type": "object",
        "required": ["code", "name", "kind", "seats", "note"],
        "properties": {
            "code": {"type": "string"},
            "name": {"type": "string"},
            "kind": {"allOf": [ref("schemas", "Kind")]},
            "seats": {"type": "integer"},
            "note": NOTE,
        },
    },
    "Boat": {
        "allOf": [
            ref("schemas", "BoatBase"),
            {"type": "object", "required": ["id"], "properties": {"id": {"type": "integer"}}},
        ]
    },
    "Boats": {
        "type": "object",
        "required": ["boats", "total"],
        "properties": {
            "boats": {"type": "array", "items": ref("schemas", "Boat")},
            "total": {"type": "integer", "minimum": 0},
        },
    },
    "HireIn": {
        "type": "object",
        "additionalProperties": False,
        "required": ["guest", "hours"],
        "properties": {
            "guest": {"type": "string", "minLength": 1, "maxLength": 60},
            "hours": {"type": "integer", "enum": [1, 2, 3, 4, 5, 6, 7, 8]},
        },
    },
    "Hire": {
        "type": "object",
        "required": ["id", "boat_id", "guest", "hours", "price", "returned_on"],
        "properties": {
            "id": {"type": "integer"},
            "boat_id": {"type": "integer"},
            "guest": {"type": "string"},
            "hours": {"type": "integer"},
            "price": {"type": "string", "pattern": r"^\d+\.\d\d$"},
            "returned_on": {"type": "string", "format": "date", "nullable": True},
        },
    },
}

PATHS = {
    "/health": {
        "get": {"operationId": "health", "security": [], "responses": {"200": reply("It is up", "Health")}},
    },
    "/boats": {
        "get": {
            "operationId": "boats",
            "security": [],
            "parameters": [
                query("kind", ref("schemas", "Kind")),
                query("min_seats", SEATS),
                ref("parameters", "Limit"),
                query("offset", {"type": "integer", "minimum": 0, "default": 0}),
            ],
            "responses": {"200": reply("Boats", "Boats"), **errors(422)},
        },
        "post": {
            "operationId": "boats-new",
            "requestBody": body("BoatIn"),
            "responses": {
                "201": reply(
                    "The new boat", "Boat", headers={"location": {"required": True, "schema": {"type": "string"}}}
                ),
                **errors(400, 401, 409, 422),
            },
        },
    },
    "/boats/{id}": {
        "parameters": [path_id("id")],
        "get": {
            "operationId": "boat",
            "security": [{}],
            "responses": {"200": reply("The boat", "Boat"), **errors(404)},
        },
        "patch": {
            "operationId": "boat-change",
            "requestBody": body(
                "BoatPatch",
                examples={"name": {"value": {"name": "Grebe"}}, "key": ref("examples", "NewKey")},
            ),
            "responses": {"200": reply("The boat", "Boat"), **errors(400, 401, 404, 422)},
        },
        "delete": {
            "operationId": "boat-delete",
            "responses": {"204": reply("It is gone"), **errors(401, 404, 409)},
        },
    },
    "/boats/{id}/hires": {
        "parameters": [path_id("id")],
        "post": {
            "operationId": "hire-new",
            "requestBody": body("HireIn", example={"guest": "Mira", "hours": 1}),
            "responses": {"201": reply("The hire", "Hire"), **errors(400, 401, 404, 409, 422)},
        },
    },
    "/hires/{hire}/return": {
        "post": {
            "operationId": "hire-return",
            "parameters": [path_id("hire")],
            "responses": {"200": reply("The hire", "Hire"), **errors(401, 404, 409)},
        },
    },
}

DOCUMENT = {
    "openapi": "3.0.3",
    "info": {"title": "Boat hire", "version": "1"},
    "servers": [{"url": "/api"}],
    "security": [{"token": []}],
    "paths": PATHS,
    "components": {
        "schemas": SCHEMAS,
        "parameters": {"Limit": query("limit", {"type": "integer", "minimum": 1, "maximum": 50, "default": 20})},
        "examples": {"NewKey": {"value": {"key_code": "1234", "note": None}}},
        "responses": {f"E{status}": reply("An error", "Error") for status in (400, 401, 404, 409, 422)},
        "securitySchemes": {"token": {"type": "http", "scheme": "Bearer"}},
    },
}
