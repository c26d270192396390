"""The MUSTs of the W3C's Web Annotation Data Model as a JSON schema, https://www.w3.org/TR/annotation-model/.

The same demands as in https://github.com/w3c/web-annotation-tests, with `format` enforced.
"""

from __future__ import annotations

from jsonschema import Draft202012Validator

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
URI = {"type": "string", "format": "uri"}
MOMENT = {"type": "string", "format": "date-time"}
SETS = ["Choice", "Composite", "List", "Independents"]


def _ref(name):
    return {"$ref": f"#/$defs/{name}"}


def _some(one):
    """One of a kind, or several."""
    return {"oneOf": [one, {"type": "array", "minItems": 1, "items": one}]}


def _named(kind):
    return {"anyOf": [{"const": kind}, {"type": "array", "contains": {"const": kind}}]}


def _selector(kind, **fields):
    return {"type": "object", "required": ["type", *fields], "properties": {"type": {"const": kind}, **fields}}


WHOLE, WORDS = {"type": "integer", "minimum": 0}, {"type": "string"}
TIMES = {"created": MOMENT, "modified": MOMENT, "generated": MOMENT}
RIGHTS = {"rights": _some(URI), "canonical": URI, "via": _some(URI)}
DEFINITIONS = {
    "selector": {
        "anyOf": [
            URI,
            _selector("FragmentSelector", value=WORDS),
            _selector("CssSelector", value=WORDS),
            _selector("XPathSelector", value=WORDS),
            _selector("TextQuoteSelector", exact=WORDS),
            _selector("TextPositionSelector", start=WHOLE, end=WHOLE),
            _selector("DataPositionSelector", start=WHOLE, end=WHOLE),
            _selector("RangeSelector", startSelector=_ref("selector"), endSelector=_ref("selector")),
            _selector("SvgSelector"),
        ],
        "properties": {
            "refinedBy": _some(_ref("selector")),
            "prefix": WORDS,
            "suffix": WORDS,
        },
    },
    "external": {
        "type": "object",
        "required": ["id"],
        "not": {"anyOf": [{"required": [name]} for name in ("value", "source", "target")]},
        "properties": {"id": URI, **TIMES, **RIGHTS},
    },
    "specific": {
        "type": "object",
        "required": ["source"],
        "anyOf": [
            {"required": [name]} for name in ("purpose", "selector", "state", "styleClass", "renderedVia", "scope")
        ],
        "properties": {
            "id": URI,
            "source": {"anyOf": [URI, _ref("external")]},
            "selector": _some(_ref("selector")),
            **TIMES,
            **RIGHTS,
        },
    },
    "textual": {
        "type": "object",
        "required": ["value"],
        "properties": {"id": URI, "value": WORDS, "textDirection": {"enum": ["ltr", "rtl", "auto"]}, **TIMES, **RIGHTS},
    },
    "set": {
        "type": "object",
        "required": ["type", "items"],
        "properties": {"type": {"enum": SETS}, "items": {"type": "array", "items": _ref("body")}},
    },
    "target": {"anyOf": [URI, _ref("external"), _ref("specific"), _ref("set")]},
    "body": {"anyOf": [URI, _ref("external"), _ref("specific"), _ref("textual"), _ref("set")]},
    "agent": {
        "anyOf": [URI, {"type": "object", "properties": {"id": URI, "name": _some(WORDS), "nickname": WORDS}}],
    },
    "annotation": {
        "type": "object",
        "required": ["id", "type", "target"],
        "not": {"required": ["body", "bodyValue"]},
        "properties": {
            "id": URI,
            "type": _named("Annotation"),
            "target": _some(_ref("target")),
            "body": _some(_ref("body")),
            "bodyValue": WORDS,
            "creator": _some(_ref("agent")),
            **TIMES,
            **RIGHTS,
        },
    },
    "page": {
        "type": "object",
        "required": ["id", "type", "items"],
        "properties": {
            "id": URI,
            "type": _named("AnnotationPage"),
            "startIndex": WHOLE,
            "items": {"type": "array", "items": _ref("annotation")},
        },
    },
}
COLLECTION = {
    "$defs": DEFINITIONS,
    "type": "object",
    "required": ["@context", "id", "type"],
    "properties": {
        "@context": {"anyOf": [{"const": CONTEXT}, {"type": "array", "contains": {"const": CONTEXT}}]},
        "id": URI,
        "type": _named("AnnotationCollection"),
        "label": _some(WORDS),
        "total": WHOLE,
        "first": _ref("page"),  # it might also be the address of one
        "last": URI,
    },
    "if": {"required": ["total"], "properties": {"total": {"minimum": 1}}},
    "then": {"required": ["first"]},
}
CHECKER = Draft202012Validator(COLLECTION, format_checker=Draft202012Validator.FORMAT_CHECKER)


def broken_musts(collection):
    """What a collection of annotations lacks, each as "path: why"."""
    assert {"uri", "date-time"} <= CHECKER.format_checker.checkers.keys()
    return [f"{error.json_path}: {error.message}" for error in CHECKER.iter_errors(collection)]
