"""Writes the samples again: `python -m field_api.sample.generate [NAME [FOLDER]]`.

Deterministic: the same sources give the same bytes. What is real in a sample and what is invented
stands in its `README.md`.
"""

import sys
from collections.abc import Callable
from pathlib import Path

from field_api.sample import SAMPLES, SampleName
from field_api.sample.malta import generate as malta
from field_api.sample.shandong import generate as shandong

# each writes a sample's files into a folder and gives lines that tell of them
GENERATORS: dict[SampleName, Callable[[Path], list[str]]] = {
    SampleName.MALTA: lambda folder: [str(load) for load in malta.generate(folder)],
    SampleName.SHANDONG: shandong.generate,
}

if __name__ == "__main__":
    _, *wanted = sys.argv
    for name in [SampleName(one) for one in wanted[:1]] or SAMPLES:
        print(*GENERATORS[name](Path(wanted[1]) if wanted[1:] else SAMPLES[name].folder), sep="\n")
