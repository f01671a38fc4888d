"""Base64 in one form, UTF-8, strict and canonical JSON (RFC 8785): what two readers cannot read differently."""

import base64
import json
import math
from typing import Any, NoReturn

from .proof_error import FailureClass, ProofError, refuse

MAX_SAFE = 2**53 - 1
"""Largest whole number up to which a float64 holds every one."""

MAX_DEPTH = 64
"""Deepest nesting of arrays and objects that is accepted."""


def from_base64(text: str, code: FailureClass, *, url_safe: bool = False) -> bytes:
    """Decode base64 with padding. What would not be encoded back to the same text is refused."""
    standard = text.replace("-", "+").replace("_", "/") if url_safe else text
    try:
        decoded = base64.b64decode(standard, validate=True)
    except ValueError:
        refuse(code, "expected base64 with padding")
    if base64.b64encode(decoded).decode() != standard:
        refuse(code, "expected canonical base64 with padding")
    return decoded


def to_utf8(text: str, code: FailureClass) -> bytes:
    """Encode well-formed text."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        refuse(code, "the text holds a lone surrogate")


def strict_json(data: bytes, *, max_bytes: int, max_depth: int = MAX_DEPTH) -> Any:
    """Read one JSON value (RFC 8259) from hostile bytes. Whole numbers come as int, others as float.

    Refuses duplicate names, invalid UTF-8, a byte order mark, lone surrogates, numbers that overflow, whole numbers that
    a float64 would change, and deep nesting: `JSON_INVALID`.
    """
    if len(data) > max_bytes:
        _invalid(f"{len(data)} bytes, more than {max_bytes}")
    try:
        value = json.loads(
            data.decode(),
            object_pairs_hook=_unique,
            parse_int=_number,
            parse_float=_number,
            parse_constant=lambda word: _invalid(f"{word} is no JSON"),
        )
    except ProofError:
        raise
    except (ValueError, RecursionError) as error:
        raise ProofError("JSON_INVALID", f"JSON: {error}") from error
    _require_bounds(value, max_depth)
    return value


def canonical_json(value: Any) -> bytes:
    """Write a value that `strict_json` gave, or one of the same types, in its one canonical form."""
    return to_utf8(_text(value), "JSON_INVALID")


def _number(token: str) -> int | float:
    value = float(token)
    if not math.isfinite(value):
        _invalid("a number overflows")
    if value.is_integer() and abs(value) <= MAX_SAFE:
        return int(value)
    if token.lstrip("-").isdigit() and _number_text(value) != token:
        _invalid("a whole number is not one that a float64 holds")
    return value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        _invalid("a name appears twice")
    return members


def _require_bounds(value: Any, left: int) -> None:
    if isinstance(value, str):
        to_utf8(value, "JSON_INVALID")
    elif isinstance(value, dict | list):
        if left == 0:
            _invalid("nested too deep")
        for part in [*value, *value.values()] if isinstance(value, dict) else value:
            _require_bounds(part, left - 1)


def _text(value: Any) -> str:
    if isinstance(value, dict):
        # Ascending by UTF-16 code units.
        names = sorted(value, key=lambda name: name.encode("utf-16-be", "surrogatepass"))
        return "{" + ",".join(f"{_text(name)}:{_text(value[name])}" for name in names) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_text, value)) + "]"
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return _number_text(float(value))


def _number_text(value: float) -> str:
    """Print a number as ECMAScript does (Number::toString, ECMA-262): the shortest digits, other limits of exponents."""
    if value == 0:
        return "0"
    mantissa, _, exponent = repr(abs(value)).partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + fraction).lstrip("0")
    # The value is 0.digits times ten to the power of `point`.
    point = len(whole) + int(exponent or 0) - (len(whole + fraction) - len(digits))
    digits = digits.rstrip("0")
    sign = "-" if value < 0 else ""
    if len(digits) <= point <= 21:
        return sign + digits.ljust(point, "0")
    if 0 < point <= 21:
        return f"{sign}{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return f"{sign}0.{'0' * -point}{digits}"
    rest = f".{digits[1:]}" if len(digits) > 1 else ""
    return f"{sign}{digits[0]}{rest}e{'+' if point > 0 else '-'}{abs(point - 1)}"


def _invalid(problem: str) -> NoReturn:
    raise ProofError("JSON_INVALID", f"JSON: {problem}")
