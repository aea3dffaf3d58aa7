"""Signs of life."""

from typing import Literal

from pydantic import ConfigDict

from field_api.schemas.values import Shape


class AliveAnswer(Shape):
    """The process lives."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"status": "alive"}]})

    status: Literal["alive"] = "alive"


class ReadyAnswer(Shape):
    """The service can work; `revision` is that of the tables."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"status": "ready", "revision": "0003"}]}
    )

    status: Literal["ready"] = "ready"
    revision: str
