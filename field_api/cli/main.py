"""The `callcycle` command: one line a sub-command, and one place where errors become messages."""

import errno
import io
import signal
import sys

import typer
from sqlalchemy.exc import SQLAlchemyError

from crm.errors import Refused
from crm.text import N_
from field_api.cli import (
    backups,
    calendar,
    demo,
    demo_data,
    geocode,
    grading,
    imports,
    leave,
    planning,
    region_years,
    results,
    roads,
    serve,
    territories,
    users,
    what_if,
    why,
    work,
)
from field_api.cli.options import chosen_language, close_opened, debugging, tried
from field_api.cli.outcome import DONE, FAILED, INTERRUPTED, REFUSED, WRONG_CALL
from field_api.settings import SettingsError
from field_api.wording import say

app = typer.Typer(
    name="callcycle",
    help="Plans whom a sales team visits, when, and by which way. 拜访周期",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def _root() -> None:
    """Without a callback a single command would lose its name."""


app.command("import")(imports.import_)
app.command("undo-import")(imports.undo_import)
app.command("template")(imports.template)
app.command("regions")(region_years.regions)
app.command("geocode")(geocode.geocode)
app.command("grade")(grading.grade)
app.command("plan")(planning.plan)
app.command("replan")(planning.replan)
app.command("why")(why.why)
app.command("check")(results.check)
app.command("map")(results.map_)
app.command("export")(results.export)
app.command("serve")(serve.serve)
app.command("work")(work.work)
app.command("backup")(backups.backup)
app.command("restore")(backups.restore)
app.command("demo")(demo.demo)
app.command("demo-data")(demo_data.demo_data)
app.add_typer(calendar.app, name="calendar")
app.add_typer(leave.app, name="leave")
app.add_typer(territories.app, name="territories")
app.add_typer(roads.app, name="roads")
app.add_typer(users.app, name="user")
app.add_typer(what_if.app, name="what-if")


def main() -> None:
    """Run the command line. Ends with 0 done, 1 failed, 2 wrong call, 3 refused data, 130 when
    it was told to stop."""
    # A name that the terminal cannot show ends nothing.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    # Told to end, a command ends as by Ctrl-C, and the processes that plan for it end with it.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.exit(_run())


def _run() -> int:
    try:
        app()
    except SystemExit as ended:
        if ended.code == INTERRUPTED:
            return _tell(N_("Stopped. What was not finished was not kept."), INTERRUPTED)
        return ended.code if isinstance(ended.code, int) else DONE
    except Refused as error:
        return _tell(error.text, REFUSED, **error.params)
    except SettingsError as error:
        print(error, file=sys.stderr)
        return WRONG_CALL
    except Exception as error:
        if debugging():
            raise
        return _unforeseen(error)
    finally:
        close_opened()
    return DONE


def _unforeseen(error: Exception) -> int:
    if isinstance(error, SQLAlchemyError):
        text = N_(
            "The database {url} cannot be used: {cause}. Check --db and the rights to the file."
        )
        cause = str(getattr(error, "orig", None) or error).splitlines()[0]
        return _tell(text, FAILED, url=tried(), cause=cause)
    if isinstance(error, OSError) and error.filename is not None:
        text = N_("{path} cannot be read or written: {cause}. Name another place, or free it.")
        return _tell(text, FAILED, path=error.filename, cause=error.strerror)
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        text = N_("The disk is full; make room, or name another place.")
        return _tell(text, FAILED)
    text = N_("Something unforeseen went wrong: {cause}. CALLCYCLE_DEBUG=1 shows where.")
    return _tell(text, FAILED, cause=f"{type(error).__name__}: {error}")


def _tell(text: str, code: int, /, **params: object) -> int:
    print(say(chosen_language(), text, **params), file=sys.stderr)
    return code


if __name__ == "__main__":
    main()
