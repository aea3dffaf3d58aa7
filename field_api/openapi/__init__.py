"""The OpenAPI document."""

from field_api.openapi.document import document, operation_id, operations, summary
from field_api.openapi.words import PARAMETERS, TAGS

__all__ = ["PARAMETERS", "TAGS", "document", "operation_id", "operations", "summary"]
