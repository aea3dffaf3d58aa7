"""What makes the rep's page an application: its manifest, and what it keeps on the phone."""

import json

from crm.text import N_
from field_api.web import files
from field_api.wording import Language, say

NAME = N_("Callcycle: my day")
SHORT_NAME = N_("My day")
GROUND = "#3f4db8"
ICON_SIZES = (192, 512)
WORKER = "worker/service_worker.js"
NOT_KEPT = (  # files that the phone does not need
    "worker/",
    "desk/",
    "texts/desk",
    "style/desk",
    "vendor/htmx.org",
    "vendor/uplot",
)


def manifest(language: Language) -> str:
    """The web app manifest in a language."""
    return json.dumps(
        {
            "id": "/my-day",
            "name": say(language, NAME),
            "short_name": say(language, SHORT_NAME),
            "lang": language,
            "start_url": "/my-day",
            "scope": "/",
            "display": "standalone",
            "orientation": "portrait",
            "background_color": "#ffffff",
            "theme_color": GROUND,
            "icons": [
                {
                    "src": files.address(f"icons/icon-{size}.png"),
                    "sizes": f"{size}x{size}",
                    "type": "image/png",
                    "purpose": "any maskable",
                }
                for size in ICON_SIZES
            ],
        },
        ensure_ascii=False,
    )


def service_worker() -> str:
    """The script with the release it belongs to and the files that it keeps."""
    kept = [files.address(name) for name in files.all_files() if not name.startswith(NOT_KEPT)]
    head = {"release": files.release(), "files": kept}
    script = files.all_files()[WORKER].content.decode()
    return f"self.callcycle = {json.dumps(head)};\n{script}"
