"""Jinja without the detours that our templates never need; what they print is the same.

A page of a case imports forty times and calls three hundred times. Jinja compares all globals
at every import and asks every callable in six ways whether it wants the context; a third of the
time of a page went there.
"""

from __future__ import annotations

from pathlib import Path
from types import FunctionType
from typing import Any

from flask import Flask
from jinja2 import FileSystemBytecodeCache, Template
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, Macro
from jinja2.utils import internalcode

_PASSES = "jinja_pass_arg"


class PageTemplate(Template):
    """A template whose macros, imported without context, are made once.

    Jinja makes them anew when the importing template has globals of its own; ours have none
    (nobody hands ``globals`` to ``get_template``).
    """

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        if self._module is None:
            self._module = self.make_module()
        return self._module


class PageContext(Context):
    """A context that calls macros and plain functions straight away, all else as Jinja does."""

    @internalcode
    def call(__self, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805 - as in Jinja
        """What ``{{ thing(…) }}`` calls."""
        kind = type(__obj)
        if kind is Macro:
            kwargs.pop("_loop_vars", None)
            kwargs.pop("_block_vars", None)
            return __obj(__self.eval_ctx, *args, **kwargs)
        if kind is FunctionType and _PASSES not in __obj.__dict__:
            kwargs.pop("_loop_vars", None)
            kwargs.pop("_block_vars", None)
            return __obj(*args, **kwargs)
        return super().call(__obj, *args, **kwargs)


def install_jinja(app: Flask, kept: Path | None = None) -> None:
    """Let the application's templates be of these kinds; call it before the first is loaded.

    ``kept``: the directory where what they are compiled to is kept; compiling all takes seconds.
    """
    app.jinja_env.template_class = PageTemplate
    app.jinja_env.context_class = PageContext
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True)
        app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(kept))


def load_templates(app: Flask) -> None:
    """Load the templates of all pages, which the processes of a server then share.

    Without it the first request for a page waits in every process until it is compiled. Those of
    papers belong to the PDF engine, those that begin with ``_`` to tests.
    """
    for name in app.jinja_env.list_templates(filter_func=_is_page):
        app.jinja_env.get_template(name)


def _is_page(name: str) -> bool:
    return name.endswith(".html") and not name.startswith("documents/") and "/_" not in name
