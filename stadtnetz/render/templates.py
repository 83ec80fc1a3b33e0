"""Templates: from views to text, and from every failure to a diagnostic at its line.

Templates come from the sources that were read at the start of a build, never from the disk, so that a page
is made from exactly the bytes whose fingerprint it carries. Everything is escaped; what is undefined is an
error. Which templates and assets a page uses is read from the templates before anything is rendered.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from jinja2 import BaseLoader, StrictUndefined
from jinja2.exceptions import TemplateError, TemplateNotFound, TemplateSyntaxError, UndefinedError

from stadtnetz.diagnostics import Diagnostic, Span, problem
from stadtnetz.i18n import Texts, texts
from stadtnetz.render.assets import ASSETS_FOLDER, Assets, UnknownAssetError
from stadtnetz.render.compiled import Compiled, SharedCode
from stadtnetz.render.references import Named, cycles, named_in
from stadtnetz.render.shared import Shared, remembering
from stadtnetz.render.writing import WritingEnvironment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from types import TracebackType

    from jinja2 import Environment

    from stadtnetz.source import Sources

__all__ = ["TEMPLATES_FOLDER", "Renderer", "TemplateFailure", "is_template"]

TEMPLATES_FOLDER = "templates/"
_ENDINGS = (".html", ".xml", ".txt")

_FAILURES = (
    *(TemplateError, UnknownAssetError, RecursionError),
    *(ArithmeticError, AttributeError, LookupError, TypeError, ValueError),
)
"""What an expression in a template can raise."""


class TemplateFailure(Exception):  # noqa: N818 (it is the template that erred, and this carries the report)
    """A page could not be rendered."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.code)
        self.diagnostic = diagnostic


class Renderer:
    """All templates of a build, in all languages.

    Call `check` first: `render` reports the same mistakes, but only the first one, and only those that the
    pages it is asked for run into.
    """

    def __init__(
        self, sources: Sources, assets: Assets, base_path: str, compiled: Compiled | None = None
    ) -> None:
        """`compiled` is for whoever renders again and again in one process."""
        self._assets = assets
        self._base_path = base_path
        self._texts: dict[str, str] = {}
        self._undecodable: list[Diagnostic] = []
        for path, file in sources.files.items():
            if is_template(path):
                self._decode(path, file.data)
        self._compiled = compiled or Compiled()
        self._compiled.limit(len(self._texts))
        self._code = SharedCode(self._compiled.code)
        self._environments: dict[str, Environment] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of all templates."""
        return tuple(sorted(self._texts))

    def check(self) -> tuple[Diagnostic, ...]:
        """Read all templates and report what is wrong with them, without rendering anything."""
        found = list(self._undecodable)
        for missing in self._assets.missing:
            place = Span.at(missing.line, 1)
            found.append(_missing("asset-missing", missing.path, place, missing.name, self._assets.paths))
        read: dict[str, Named] = {}
        for name in self.names:
            try:
                # The tree alone would pass unknown filters and tests; those show when it is compiled.
                self._environment("de").get_template(name)
                read[name] = self._named(name)
            except TemplateSyntaxError as error:
                found.append(self._syntax_error(error))
        for name, named in read.items():
            found += self._references_that_fail(name, named)
        for chain in cycles({name: frozenset(named.constant) for name, named in read.items()}):
            path = TEMPLATES_FOLDER + chain[0]
            found.append(problem("template-cycle", path, Span.at(1, 1), chain=" → ".join(chain)))
        return tuple(found)

    def closure(self, template: str) -> tuple[str, ...]:
        """Return the names of a template and of all that it extends, includes and imports, sorted."""
        found: set[str] = set()
        waiting = [template]
        while waiting:
            name = waiting.pop()
            if name in self._texts and name not in found:
                found.add(name)
                waiting += self._named(name).constant
        return tuple(sorted(found))

    def asset_names(self, template: str) -> tuple[str, ...]:
        """Return the plain names of the assets that a template and its closure name, sorted."""
        named = {asset for name in self.closure(template) for asset, _ in self._named(name).assets}
        return tuple(sorted(named))

    def render(self, template: str, language: str, context: Mapping[str, object]) -> str:
        """Fill a template. Raises TemplateFailure."""
        try:
            return self._environment(language).get_template(template).render(context)
        except _FAILURES as error:
            raise TemplateFailure(self._failure(error, template)) from error

    def _decode(self, path: str, data: bytes) -> None:
        try:
            self._texts[path.removeprefix(TEMPLATES_FOLDER)] = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            before = data[: error.start]
            column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
            place = Span.at(before.count(b"\n") + 1, column)
            wrong = f"0x{data[error.start]:02X}"
            self._undecodable.append(problem("template-encoding", path, place, byte=wrong))

    def _environment(self, language: str) -> Environment:
        words = texts(language)
        if words.language not in self._environments:
            self._environments[words.language] = self._make_environment(words)
        return self._environments[words.language]

    def _make_environment(self, words: Texts) -> Environment:
        environment = WritingEnvironment(
            loader=_SourcesLoader(self._texts),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            extensions=["jinja2.ext.i18n"],
            bytecode_cache=self._code,
            cache_size=-1,
            auto_reload=False,
        )
        environment.globals["base_path"] = self._base_path
        install: Callable[..., None] = environment.install_gettext_callables  # type: ignore[attr-defined]
        catalogue = words.catalogue
        install(catalogue.gettext, catalogue.ngettext, newstyle=True, pgettext=catalogue.pgettext)
        gettext = remembering(catalogue.gettext)
        environment.offer(asset=self._assets.url, shared=Shared(), gettext=gettext, _=gettext)
        return environment

    def _named(self, name: str) -> Named:
        known = self._compiled.named
        key = name, self._texts[name]
        if key not in known:
            tree = self._environment("de").parse(self._texts[name], name, TEMPLATES_FOLDER + name)
            known[key] = named_in(tree)
        return known[key]

    def _references_that_fail(self, name: str, named: Named) -> Iterator[Diagnostic]:
        path = TEMPLATES_FOLDER + name
        for reference, line in named.templates:
            if reference is None:
                yield problem("template-dynamic", path, Span.at(line, 1))
            elif reference not in self._texts:
                yield _missing("template-missing", path, Span.at(line, 1), reference, self._texts)
        for asset, line in named.assets:
            if asset not in self._assets.paths:
                yield _missing("asset-missing", path, Span.at(line, 1), asset, self._assets.paths)

    def _syntax_error(self, error: TemplateSyntaxError) -> Diagnostic:
        path = error.filename or TEMPLATES_FOLDER + (error.name or "")
        return problem("template-error", path, Span.at(error.lineno, 1), reason=error.message or "")

    def _failure(self, error: Exception, template: str) -> Diagnostic:
        if isinstance(error, TemplateSyntaxError):
            return self._syntax_error(error)
        path, line = _last_template_line(error.__traceback__) or (TEMPLATES_FOLDER + template, 1)
        place = Span.at(line, 1)
        if isinstance(error, UnknownAssetError):
            return _missing("asset-missing", path, place, error.name, self._assets.paths)
        if isinstance(error, TemplateNotFound):
            return _missing("template-missing", path, place, str(error.name), self._texts)
        code = "template-undefined" if isinstance(error, UndefinedError) else "template-failed"
        return problem(code, path, place, reason=str(error) or type(error).__name__)


class _SourcesLoader(BaseLoader):
    """Gives Jinja the texts that were read at the start."""

    def __init__(self, contents: Mapping[str, str]) -> None:
        self._contents = contents

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, None]:  # noqa: ARG002 (Jinja's interface)
        if template not in self._contents:
            raise TemplateNotFound(template)
        return self._contents[template], TEMPLATES_FOLDER + template, None


def is_template(path: str) -> bool:
    """Tell whether a source is a template: assets are not, nor is anything that lies beside them."""
    return (
        path.startswith(TEMPLATES_FOLDER) and path.endswith(_ENDINGS) and not path.startswith(ASSETS_FOLDER)
    )


def _missing(code: str, path: str, place: Span, name: str, known: Iterable[str]) -> Diagnostic:
    close = get_close_matches(name, list(known), n=1)
    return problem(code, path, place, name=name, suggestion=close[0] if close else "")


def _last_template_line(traceback: TracebackType | None) -> tuple[str, int] | None:
    """Return path and line of the innermost frame that belongs to a template."""
    found = None
    while traceback is not None:
        path = traceback.tb_frame.f_code.co_filename
        if path.startswith(TEMPLATES_FOLDER):
            found = path, traceback.tb_lineno
        traceback = traceback.tb_next
    return found
