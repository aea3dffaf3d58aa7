"""Group robots: WeCom 企业微信, DingTalk 钉钉 and Slack take a JSON body at a secret address."""

from typing import Any
from urllib.parse import urlsplit

import httpx2

from crm.vocabulary import ChannelKind
from field_api.channels.not_sent import NotSent
from field_api.settings import Settings

PATIENCE_S = 10.0
CHINESE = (ChannelKind.WECOM, ChannelKind.DINGTALK)  # answer 200 with an errcode that must be 0


def allowed(settings: Settings, address: str) -> bool:
    """Whether an address is one that messages may be sent to: people name addresses themselves,
    and must not make the service call its own network."""
    try:
        parts = urlsplit(address)
    except ValueError:  # half of an IPv6 address
        return False
    secure = parts.scheme == "https" or (
        parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost")
    )
    return secure and (parts.hostname or "") in settings.webhook_host_names


def send(settings: Settings, kind: ChannelKind, address: str, *, text: str) -> None:
    """Post a text to a robot; `NotSent` when the address is not allowed or the robot refuses."""
    if not allowed(settings, address):
        raise NotSent("the address is not of a host in CALLCYCLE_WEBHOOK_HOSTS")
    try:
        answer = httpx2.post(
            address, json=_body(kind, text), timeout=PATIENCE_S, follow_redirects=False
        )
    except httpx2.HTTPError as error:
        raise NotSent(f"the robot's address: {type(error).__name__}") from None
    if answer.status_code != 200:
        raise NotSent(f"the robot answered {answer.status_code}")
    if kind in CHINESE and _errcode(answer) != 0:
        raise NotSent(f"the robot answered errcode {_errcode(answer)}")


def _body(kind: ChannelKind, text: str) -> dict[str, Any]:
    if kind is ChannelKind.SLACK:
        plain = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return {"text": plain}
    return {"msgtype": "text", "text": {"content": text}}


def _errcode(answer: httpx2.Response) -> Any:
    try:
        return answer.json().get("errcode")
    except (ValueError, AttributeError):
        return "?"
