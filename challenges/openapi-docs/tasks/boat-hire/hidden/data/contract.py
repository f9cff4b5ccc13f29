"""An OpenAPI document read as a contract: which operations it has, what it lets in, which replies keep it.

Bodies and replies are judged by openapi-core. It gets a copy of the document with the prefix of ``servers`` written
into the paths, and without parameters and security: those are judged here, since openapi-core cannot read every legal
way to write them (a parameter whose type is a list, a scheme called ``Bearer``).
"""

import json
import re
from urllib.parse import urljoin, urlsplit

from openapi_core import Config, OpenAPI
from openapi_core.contrib.werkzeug import WerkzeugOpenAPIRequest, WerkzeugOpenAPIResponse
from openapi_core.exceptions import OpenAPIError
from openapi_schema_validator import OAS30Validator, OAS31Validator, oas30_format_checker, oas31_format_checker
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Response

METHODS = ("get", "put", "post", "delete", "patch")
JSON = "application/json"


class Contract:
    """One document. A route is a pair such as ``("GET", "/api/boats/{}")``, whatever the parameter's name is."""

    def __init__(self, document):
        assert isinstance(document, dict), "the document is no JSON object"
        self.document = document
        self.operations = {}
        self._parameters = {}
        for template, item in (document.get("paths") or {}).items():
            item = self.resolve(item)
            for method in METHODS:
                if method in item:
                    self._add(method, template, item)
        config = Config(spec_validator_cls=None)
        self._core = OpenAPI.from_dict(self._simplified(), config=config)
        self._bodies = OpenAPI.from_dict(self._simplified(headers=False), config=config)

    def _add(self, method, template, item):
        operation = item[method]
        servers = operation.get("servers") or item.get("servers") or self.document.get("servers") or [{"url": "/"}]
        addresses = [shape(prefix(server) + template) for server in servers]
        route = method.upper(), next((each for each in addresses if each.startswith("/api/")), addresses[0])
        self.operations[route] = operation
        parameters = [self.resolve(each) for each in (*item.get("parameters", ()), *operation.get("parameters", ()))]
        self._parameters[route] = {(each.get("in"), each.get("name")): each for each in parameters}

    def _simplified(self, headers=True):
        """The document as openapi-core gets it, with or without the headers of responses."""
        left_out = ("parameters", "security", "servers", "callbacks")
        paths = {}
        for (method, path), operation in self.operations.items():
            kept = {key: value for key, value in operation.items() if key not in left_out}
            responses = {key: dict(self.resolve(each)) for key, each in kept.get("responses", {}).items()}
            for each in () if headers else responses.values():
                each.pop("headers", None)
            kept["responses"] = responses
            paths.setdefault(named(path), {})[method.lower()] = kept
        rest = {key: self.document[key] for key in ("openapi", "info", "components") if key in self.document}
        return {**rest, "paths": paths}

    def resolve(self, node):
        """What a local reference leads to."""
        for _ in range(30):
            if not (isinstance(node, dict) and isinstance(node.get("$ref"), str)):
                break
            target = self.document
            for step in node["$ref"].removeprefix("#").strip("/").split("/"):
                target = target[step.replace("~1", "/").replace("~0", "~")]
            node = target
        assert isinstance(node, dict), "a reference of the document leads nowhere"
        return node

    def operation(self, method, path):
        """The operation that the document has for a route."""
        assert (method, path) in self.operations, f"the document has no {method} {path}"
        return self.operations[method, path]

    # Requests

    def allows(self, method, path, body):
        """Whether the document lets a JSON body in."""
        self.operation(method, shape(path))
        request = EnvironBuilder(method=method, path=filled(path), data=json.dumps(body), content_type=JSON)
        try:
            self._core.validate_request(WerkzeugOpenAPIRequest(request.get_request()))
        except OpenAPIError:
            return False
        return True

    def query_parameter(self, method, path, name):
        """The schema of a query parameter."""
        self.operation(method, path)
        found = self._parameters[method, path].get(("query", name))
        assert found is not None, f"the document has no query parameter {name}"
        return found["schema"] if "schema" in found else next(iter(found["content"].values()))["schema"]

    def allows_text(self, schema, text):
        """Whether a schema lets a parameter's text in: as the text it is, or as the number that it writes."""
        return any(self.is_valid(schema, value) for value in readings(text))

    def is_valid(self, schema, value):
        """Whether a value is valid by a schema of this document."""
        old = str(self.document.get("openapi")).startswith("3.0")
        validator, formats = (OAS30Validator, oas30_format_checker) if old else (OAS31Validator, oas31_format_checker)
        root = {
            **self.resolve(schema),
            "components": self.document.get("components", {}),
            "paths": self.document["paths"],
        }
        return validator(root, format_checker=formats).is_valid(value)

    def default(self, schema):
        """The default that a schema gives, itself or in one of its parts."""
        schema = self.resolve(schema)
        if "default" in schema:
            return schema["default"]
        parts = [part for word in ("allOf", "anyOf", "oneOf") for part in schema.get(word, ())]
        return next((found for found in map(self.default, parts) if found is not None), None)

    def examples(self, method, path):
        """All examples of a whole request body."""
        body = self.resolve(self.operation(method, path).get("requestBody", {}))
        content = body.get("content", {})
        media = content.get(JSON) or next(iter(content.values()), {})
        schema = self.resolve(media.get("schema", {}))
        named_ones = [self.resolve(each) for each in media.get("examples", {}).values()]
        found = [each["value"] for each in named_ones if "value" in each]
        found += [place["example"] for place in (media, schema) if "example" in place]
        listed = schema.get("examples", [])
        return found + (listed if isinstance(listed, list) else [])

    # Replies

    def statuses(self, method, path):
        """The statuses that an operation has under their own numbers."""
        return {
            int(key) for key in self.operation(method, path).get("responses", {}) if re.fullmatch("[0-9]{3}", str(key))
        }

    def response(self, method, path, status):
        return self.resolve(self.operation(method, path)["responses"][str(status)])

    def flaw(self, method, path, reply):
        """What of a reply the document does not allow; None if it keeps all that the document says."""
        return self._flaw(self._core, method, path, reply)

    def _flaw(self, core, method, path, reply):
        self.operation(method, shape(path))
        if reply.status_code not in self.statuses(method, shape(path)):
            return f"{reply.status_code} is not documented for {method} {shape(path)}"
        if reply.data and not self.response(method, shape(path), reply.status_code).get("content"):
            return f"{reply.status_code} of {method} {shape(path)} is documented without a body"
        request = WerkzeugOpenAPIRequest(EnvironBuilder(method=method, path=filled(path)).get_request())
        try:
            core.validate_response(request, WerkzeugOpenAPIResponse(reply))
        except OpenAPIError as error:
            return f"{method} {shape(path)}: {error}: {error.__cause__}"
        return None

    def conforms(self, method, path, status, payload):
        """Whether a reply with this body would keep what the document says of bodies."""
        reply = Response(json.dumps(payload), status, content_type=JSON)
        return self._flaw(self._bodies, method, path, reply) is None

    # Security

    def demands_bearer(self, method, path):
        """Whether an operation can only be called with a bearer token, by the document."""
        wanted = self._security(method, path)
        return bool(wanted) and all(any(map(self._is_bearer, alternative)) for alternative in wanted)

    def is_open(self, method, path):
        """Whether an operation can be called without any token, by the document."""
        wanted = self._security(method, path)
        return not wanted or {} in wanted

    def _security(self, method, path):
        return self.operation(method, path).get("security", self.document.get("security", []))

    def _is_bearer(self, name):
        scheme = self.resolve(self.document.get("components", {}).get("securitySchemes", {}).get(name, {}))
        return scheme.get("type") == "http" and str(scheme.get("scheme")).lower() == "bearer"


def prefix(server):
    """The path that a server puts before all others."""
    values = {name: str(variable.get("default", "")) for name, variable in server.get("variables", {}).items()}
    url = re.sub(r"\{([^}]+)\}", lambda found: values.get(found[1], ""), server.get("url", "/"))
    return urlsplit(urljoin("http://localhost/openapi.json", url)).path.rstrip("/")


def shape(path):
    """A path without the names or values of its parameters: ``/api/boats/{}``."""
    return re.sub(r"\{[^}]*\}|(?<=/)[0-9]+(?=/|$)", "{}", path)


def named(path):
    return path.replace("{}", "{id}")


def filled(path):
    """A path with numbers for parameters, as a request has it."""
    return path.replace("{}", "1")


def readings(text):
    """What a query parameter's text may stand for."""
    found = [text]
    if re.fullmatch(r"-?[0-9]+", text):
        found.append(int(text))
    elif re.fullmatch(r"-?[0-9]+\.[0-9]+", text):
        found.append(float(text))
    return found
