"""Excel workbooks: the first sheet that has anything on it."""

import os
import pickle
import subprocess
import sys
from pathlib import Path

from crm.spreadsheets.table import Table, UnreadableFile
from crm.text import N_

READER = "crm.spreadsheets.workbook_cells"
PATIENCE_S = 120.0


def read_workbook(path: Path, content: bytes) -> Table:
    """The rows of the first sheet with content; `UnreadableFile` when it is no workbook, or one
    that takes more memory or time to read than any list of customers does."""
    try:
        ended = subprocess.run(  # noqa: S603  (what is run is ours; the file is its input)
            [sys.executable, "-m", READER],
            input=pickle.dumps((str(path), content)),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE_S,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(p or os.getcwd() for p in sys.path)},
            check=True,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        raise UnreadableFile(
            N_(
                "{path} is too large to be read once it is unpacked, often by a stray cell far "
                "below or to the right. Copy the table alone into a new workbook, or save it as "
                "CSV."
            ),
            path=path,
        ) from None
    answer = pickle.loads(ended.stdout)  # noqa: S301  (of a process of our own)
    if isinstance(answer, Table):
        return answer
    text, params = answer
    raise UnreadableFile(text, **params)
