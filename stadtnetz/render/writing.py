"""How Jinja writes values into pages, done in fewer steps and with the same result.

A page has some four hundred values and fifty calls of macros. Jinja makes every value a `Markup` before it is joined
with the rest, and looks at everything that is called whether it wants the context; both take longer than the work.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from jinja2 import Environment
from jinja2.compiler import CodeGenerator
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping

    from jinja2 import nodes
    from jinja2.compiler import Frame

__all__ = ["WritingEnvironment", "written"]

_special = re.compile("[&<>'\"]").search


def written(value: object) -> str:
    """Return a value as it is written into a page: escaped, unless it is markup already."""
    kind = type(value)
    if kind is Markup:
        return value  # type: ignore[return-value]
    if kind is str and not _special(value):  # type: ignore[call-overload]
        return value  # type: ignore[return-value]
    return escape(value)


class _Generator(CodeGenerator):
    """Writes values by `written` where Jinja would by `escape`."""

    def _output_child_pre(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.written(")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802 - Jinja's interface
        """Call without handing over what a loop or a block has set: no function of ours asks for it."""
        bare = frame.copy()
        bare.loop_frame = bare.block_frame = False
        super().visit_Call(node, bare, forward_caller=forward_caller)


class _Context(Context):
    """Calls macros and our own functions without asking them what they want to be given: it is always the same."""

    environment: WritingEnvironment

    def call(self, called: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - Jinja's interface
        own = id(called) in self.environment.own
        if not own and type(called) is not Macro:
            return super().call(called, *args, **kwargs)
        return called(*args, **kwargs) if own else called(self.eval_ctx, *args, **kwargs)


class WritingEnvironment(Environment):
    """An environment of Jinja that writes values in this way."""

    code_generator_class = _Generator
    context_class = _Context
    written = staticmethod(written)

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - Jinja's interface
        super().__init__(**options)
        self.own: set[int] = set()
        """The identities of functions that are given what the template says, and nothing else."""

    def offer(self, **functions: Callable[..., object]) -> None:
        """Make functions known to all templates; they want neither the context nor the environment."""
        self.globals.update(functions)
        self.own.update(map(id, functions.values()))

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return what a template knows, in one mapping: imports ask for all its names each time."""
        return {**self.globals, **(d or {})}
