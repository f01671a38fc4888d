"""A JSON object that is read member by member; what is not as expected is refused with one failure class."""

import re
from collections.abc import Sequence
from typing import Any, NoReturn, Self

from .encoding import MAX_SAFE
from .proof_error import FailureClass, refuse

SHA256 = re.compile(r"[0-9a-f]{64}")


class JsonFields:
    """Members of an object. `path` says where it stands, for messages."""

    def __init__(self, value: Any, code: FailureClass, path: str) -> None:
        self._code: FailureClass = code
        self._path = path
        if not isinstance(value, dict):
            refuse(code, f"{path}: expected an object")
        self._object: dict[str, Any] = value

    def only(self, *names: str) -> Self:
        """Refuse members of other names."""
        for name in self._object:
            if name not in names:
                self.fail(name, "is unknown")
        return self

    def value(self, name: str) -> Any:
        """Give the member as it is; None where it is absent or null."""
        return self._object.get(name)

    def has(self, name: str) -> bool:
        """Tell whether there is such a member."""
        return name in self._object

    def object(self, name: str) -> "JsonFields":
        """Give a member that is an object."""
        return JsonFields(self.value(name), self._code, f"{self._path}.{name}")

    def array(self, name: str) -> list[Any]:
        """Give a member that is an array."""
        value = self.value(name)
        if not isinstance(value, list):
            self.fail(name, "expected an array")
        return value

    def objects(self, name: str) -> list["JsonFields"]:
        """Give a member that is an array of objects."""
        return [
            JsonFields(value, self._code, f"{self._path}.{name}[{index}]")
            for index, value in enumerate(self.array(name))
        ]

    def text(self, name: str, pattern: re.Pattern[str]) -> str:
        """Give a text that matches as a whole."""
        value = self.value(name)
        if not isinstance(value, str) or not pattern.fullmatch(value):
            self.fail(name, f"expected text like {pattern.pattern}")
        return value

    def sha256(self, name: str) -> str:
        """Give 64 lower-case hexadecimal digits."""
        return self.text(name, SHA256)

    def sha256_or_null(self, name: str) -> str | None:
        """Give a digest, or None where the member is there and null."""
        return None if self.has(name) and self.value(name) is None else self.sha256(name)

    def integer(self, name: str, minimum: int = 0, maximum: int = MAX_SAFE) -> int:
        """Give a whole number in a range."""
        value = self.value(name)
        if not isinstance(value, int) or isinstance(value, bool) or not minimum <= value <= maximum:
            self.fail(name, f"expected a whole number from {minimum} to {maximum}")
        return value

    def boolean(self, name: str) -> bool:
        """Give true or false."""
        value = self.value(name)
        if not isinstance(value, bool):
            self.fail(name, "expected true or false")
        return value

    def word(self, name: str, words: Sequence[str]) -> str:
        """Give one of the words."""
        value = self.value(name)
        if not isinstance(value, str) or value not in words:
            self.fail(name, f"expected one of {', '.join(words)}")
        return value

    def fail(self, name: str, problem: str) -> NoReturn:
        """Refuse the object for one of its members."""
        refuse(self._code, f"{self._path}.{name}: {problem}")
