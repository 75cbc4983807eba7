"""A server as ours must not be: it says "filed" first and files afterwards.

Only the control of the kill test runs it: there acknowledged requests must be seen to be lost.
"""

import threading
import time
from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any

from wsgi import app as careful

Environment = dict[str, Any]


def app(environment: Environment, start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer a sent form at once; hand it to the real application a moment later."""
    if environment["REQUEST_METHOD"] != "POST":
        answer: Iterable[bytes] = careful(environment, start_response)
        return answer
    body = environment["wsgi.input"].read(int(environment.get("CONTENT_LENGTH") or 0))
    later = environment | {"wsgi.input": BytesIO(body)}
    threading.Thread(target=_do, args=(later,), daemon=True).start()
    start_response("303 See Other", [("Location", "/requests/filed"), ("Content-Length", "0")])
    return []


def _do(environment: Environment) -> None:
    time.sleep(0.2)
    list(careful(environment, lambda *_args: lambda _data: None))
