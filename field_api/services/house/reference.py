"""Writes the OpenAPI document as one plain page to read."""

import json
from html import escape
from typing import Any

STYLE = """
:root { color-scheme: light dark; --line: #8884; --accent: #0a6; }
body { font: 15px/1.5 system-ui, "Noto Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif;
  max-width: 60rem; margin: 0 auto; padding: 1.5rem; }
section { border-top: 1px solid var(--line); padding: 1rem 0; }
h2 { margin: 2.5rem 0 0.5rem; } h3 { margin: 0; font: 600 15px/1.5 ui-monospace, monospace; }
h3 b { color: var(--accent); display: inline-block; min-width: 4.5rem; }
h3 a { color: inherit; text-decoration: none; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
td, th { border-bottom: 1px solid var(--line); padding: 4px 8px 4px 0; text-align: left;
  vertical-align: top; }
pre { overflow: auto; padding: 12px; background: #8881; border-radius: 6px; font-size: 13px; }
summary { cursor: pointer; } nav li { font-family: ui-monospace, monospace; font-size: 13px; }
"""


def page(document: dict[str, Any]) -> str:
    """An HTML page of an OpenAPI document: no script, its style from /docs/style.css."""
    by_tag: dict[str, list[tuple[str, str, dict[str, Any]]]] = {}
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            by_tag.setdefault(operation["tags"][0], []).append((method, path, operation))
    parts = [
        "<!doctype html><html lang='en'><head><meta charset='utf-8'>",
        "<meta name='viewport' content='width=device-width'>",
        f"<title>{escape(document['info']['title'])} API</title>",
        "<link rel='stylesheet' href='/docs/style.css'></head><body>",
        f"<h1>{escape(document['info']['title'])} API {escape(document['info']['version'])}</h1>",
        f"<p>{escape(document['info'].get('description', ''))}</p>",
        "<p>Log in, then send <code>Authorization: Bearer …</code>. Errors are "
        "<code>application/problem+json</code> with a stable <code>code</code>. "
        "The same for programs: <a href='/openapi.json'>openapi.json</a>.</p><nav><ul>",
    ]
    for operations in by_tag.values():
        for method, path, operation in operations:
            parts.append(
                f"<li><a href='#{escape(operation['operationId'])}'>"
                f"{method.upper()} {escape(path)}</a></li>"
            )
    parts.append("</ul></nav>")
    for tag, operations in by_tag.items():
        parts.append(f"<h2>{escape(tag)}</h2>")
        parts += [_operation(*operation) for operation in operations]
    return "".join([*parts, "</body></html>"])


def _operation(method: str, path: str, operation: dict[str, Any]) -> str:
    anchor = escape(operation["operationId"])
    parts = [
        f"<section id='{anchor}'><h3><a href='#{anchor}'><b>{method.upper()}</b> "
        f"{escape(path)}</a></h3><p>{escape(operation.get('description', ''))}</p>"
    ]
    if parameters := operation.get("parameters"):
        parts.append("<table><tr><th>Parameter</th><th>In</th><th>Meaning</th></tr>")
        for one in parameters:
            need = "" if one.get("required") else " (optional)"
            parts.append(
                f"<tr><td><code>{escape(one['name'])}</code>{need}</td><td>{escape(one['in'])}</td>"
                f"<td>{escape(one.get('description', ''))}</td></tr>"
            )
        parts.append("</table>")
    if body := operation.get("requestBody"):
        parts.append(_example("Body", body))
    parts.append("<table><tr><th>Answer</th><th>Meaning</th></tr>")
    for status, answer in sorted(operation["responses"].items()):
        parts.append(f"<tr><td>{status}</td><td>{escape(answer['description'])}</td></tr>")
    parts.append("</table>")
    for status, answer in sorted(operation["responses"].items()):
        if status < "300" and "content" in answer:
            parts.append(_example(f"Answer {status}", answer))
    return "".join([*parts, "</section>"])


def _example(title: str, part: dict[str, Any]) -> str:
    example = next(iter(part["content"].values())).get("example")
    if example is None:
        return ""
    text = escape(json.dumps(example, indent=2, ensure_ascii=False))
    return f"<details open><summary>{title}, by example</summary><pre>{text}</pre></details>"
