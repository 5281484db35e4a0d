"""What does the real Bot API say when it refuses a request?"""


class Refusal(Exception):  # noqa: N818 - the Bot API refuses; nothing of ours has failed
    """A request turned down with Telegram's own words."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def as_json(self) -> dict[str, object]:
        body: dict[str, object] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def bad_request(reason: str) -> Refusal:
    """A 400; the reason as tdlib words it."""
    return Refusal(400, f"Bad Request: {reason}")
