"""What `callcycle serve --lan` brings: a certificate, the addresses, and the page of trust."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import typer

from crm.errors import Refused
from crm.text import N_
from field_api.lan.addresses import Reached, of_this_machine
from field_api.lan.authority import Papers, papers
from field_api.wording import Language, say

EVERYBODY = "0.0.0.0"  # noqa: S104  (that is what the option asks for)
LOOPBACK = "127.0.0.1"
FOLDER = "lan"
MOST_PORT = 65534  # the page of trust has the next one


@dataclass(frozen=True, kw_only=True)
class Lan:
    """How the service is reached in the office's network."""

    host: str
    port: int
    reached: Reached

    @property
    def url(self) -> str:
        """The address of the service."""
        return f"https://{self.reached.first}:{self.port}"


def lan_of(host: str, port: int, workers: int) -> Lan:
    """The network as asked for: with the default address everybody's. Raises `Refused`."""
    if workers > 1:
        raise Refused(N_("--lan answers by one process; leave --workers out."))
    if not 0 < port <= MOST_PORT:
        raise Refused(N_("--lan needs two ports, {port} and the next; name one."), port=port)
    answered = EVERYBODY if host == LOOPBACK else host
    return Lan(host=answered, port=port, reached=of_this_machine(answered))


def certified(lan: Lan, data_dir: Path) -> Papers:
    """The certificate that the service shows, made or renewed where need be."""
    return papers(data_dir / FOLDER, lan.reached, now=datetime.now(UTC))


@contextmanager
def announced(lan: Lan, shown: Papers, language: Language) -> Iterator[None]:
    """While the block runs the page of trust answers; the addresses are printed."""
    import segno

    from field_api.lan.trust import PAGE, told

    with told(lan.host, lan.port + 1, shown.authority, lan.url, shown.fingerprint) as port:
        page = f"http://{lan.reached.first}:{port}{PAGE}"
        for text, params in (
            (N_("Phones open {url}."), {"url": lan.url}),
            (N_("A phone that does not trust it yet begins at {page}:"), {"page": page}),
            (N_("The certificate's fingerprint: {print}"), {"print": shown.fingerprint}),
        ):
            typer.echo(say(language, text, **params))
        segno.make(page, error="m").terminal(compact=True)
        yield
