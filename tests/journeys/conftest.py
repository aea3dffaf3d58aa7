"""The service that all journeys share, planned once a run."""

from tests.journeys.served import planned, service

__all__ = ["planned", "service"]
