"""Pages written out of templates, in the reader's language."""

from functools import cache, partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from field_api.web import figures, files
from field_api.wording import Language, say

FOLDER = Path(__file__).parent / "templates"


def page(name: str, language: Language, **values: object) -> str:
    """The template `<name>.html` with its texts in a language; values are escaped."""
    template = _environment().get_template(f"{name}.html")
    return template.render(t=partial(say, language), lang=language, **values)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= figures.filters()
    environment.globals["static"] = files.address
    environment.globals["release"] = files.release
    return environment
