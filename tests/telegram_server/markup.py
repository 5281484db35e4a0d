"""What does Telegram make of a text in HTML parse mode? Words of its refusals as in tdlib's tests."""

import html
import re
from dataclasses import dataclass, field

from tests.telegram_server.refusal import bad_request

_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
    "a": "text_link",
    "pre": "pre",
    "code": "code",
    "blockquote": "blockquote",
}
_ENTITY = re.compile(r"&(?:(lt|gt|amp|quot)|#(?:x([0-9a-fA-F]+)|([0-9]+)));?")
_NAME = re.compile(r"[^\s>]*")
_ATTRIBUTE = re.compile(r"[^\s=]*")
_TOKEN = re.compile(r"[A-Za-z0-9.\-]*")
_SPACE = re.compile(r"\s*")


def utf16_length(text: str) -> int:
    """Length in UTF-16 units, the way Telegram counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@dataclass
class _Open:
    tag: str
    at: int
    attributes: dict[str, str]


@dataclass
class Parser:
    """One pass over a text; positions in refusals are byte offsets."""

    source: str
    at: int = 0
    text: str = ""
    entities: list[dict[str, object]] = field(default_factory=list)
    opened: list[_Open] = field(default_factory=list)

    def parse(self) -> "Parser":
        while self.at < len(self.source):
            if self.source.startswith("</", self.at):
                self._end_tag()
            elif self.source[self.at] == "<":
                self._start_tag()
            else:
                self._letter()
        if self.opened:
            raise self._refuse(f'Can\'t find end tag corresponding to start tag "{self.opened[-1].tag}"')
        self.entities.sort(key=lambda entity: (entity["offset"], -int(str(entity["length"]))))
        return self

    def _refuse(self, reason: str, at: int | None = None) -> Exception:
        place = "" if at is None else f" at byte offset {self._bytes(at)}"
        return bad_request(f"can't parse entities: {reason}{place}")

    def _bytes(self, at: int) -> int:
        return len(self.source[:at].encode("utf-8", "surrogatepass"))

    def _take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.source, self.at)
        assert match is not None
        self.at = match.end()
        return match.group()

    def _peek(self) -> str:
        return self.source[self.at : self.at + 1]

    def _letter(self) -> None:
        match = _ENTITY.match(self.source, self.at)
        if match is None or not (letter := _decoded(match)):
            letter, self.at = self._peek(), self.at + 1
        else:
            self.at = match.end()
        if "\ud800" <= letter <= "\udfff":
            raise self._refuse(
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            )
        self.text += letter

    def _start_tag(self) -> None:
        begin, self.at = self.at, self.at + 1
        tag = self._take(_NAME).lower()
        if not self._peek():
            raise self._refuse("Unclosed start tag", begin)
        if tag not in _TAGS:
            raise self._refuse(f'Unsupported start tag "{tag}"', begin)
        attributes = self._attributes(tag, begin)
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise self._refuse('Tag "span" must have class "tg-spoiler"', begin)
        self.opened.append(_Open(tag, utf16_length(self.text), attributes))

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        found: dict[str, str] = {}
        while True:
            self._take(_SPACE)
            if self._peek() == ">":
                self.at += 1
                return found
            if not self._peek():
                raise self._refuse("Unclosed start tag", begin)
            name = self._take(_ATTRIBUTE)
            if not name:
                raise self._refuse(f'Empty attribute name in the tag "{tag}"', begin)
            self._take(_SPACE)
            if not self._peek():
                raise self._refuse(f'Unclosed start tag "{tag}"', begin)
            if self._peek() != "=":
                raise self._refuse(f'Expected equal sign in declaration of an attribute of the tag "{tag}"', begin)
            self.at += 1
            self._take(_SPACE)
            if not self._peek():
                raise self._refuse(f'Unclosed start tag "{tag}"', begin)
            found[name.lower()] = self._value(begin)

    def _value(self, begin: int) -> str:
        quote = self._peek()
        if quote not in {'"', "'"}:
            start, value = self.at, self._take(_TOKEN)
            if self._peek() and not self._peek().isspace() and self._peek() != ">":
                raise self._refuse("Unexpected end of name token", start)
            return value
        end = self.source.find(quote, self.at + 1)
        if end < 0:
            raise self._refuse("Unclosed start tag", begin)
        value, self.at = self.source[self.at + 1 : end], end + 1
        return html.unescape(value)

    def _end_tag(self) -> None:
        begin, self.at = self.at, self.at + 2
        if not self.opened:
            raise self._refuse("Unexpected end tag", begin)
        tag = self._take(_NAME).lower()
        self._take(_SPACE)
        if self._peek() != ">":
            raise self._refuse("Unclosed end tag", begin)
        self.at += 1
        opened = self.opened.pop()
        if tag and tag != opened.tag:
            raise self._refuse(
                f'Unmatched end tag at byte offset {self._bytes(begin)}, expected "</{opened.tag}>", found "</{tag}>"'
            )
        length = utf16_length(self.text) - opened.at
        if length:
            entity: dict[str, object] = {"type": _TAGS[opened.tag], "offset": opened.at, "length": length}
            if opened.tag == "a":
                entity["url"] = opened.attributes.get("href", "")
            self.entities.append(entity)


def _decoded(match: re.Match[str]) -> str:
    name, hexadecimal, decimal = match.groups()
    if name:
        return html.unescape(f"&{name};")
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    return chr(code) if 0 < code < 0x110000 else ""


def parse_html(source: str) -> tuple[str, list[dict[str, object]]]:
    """Text and entities of an HTML text; a ``Refusal`` in Telegram's words when it is not well formed."""
    parser = Parser(source).parse()
    return parser.text, parser.entities
