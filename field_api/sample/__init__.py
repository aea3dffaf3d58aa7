"""The samples that ship with the product, one description each."""

from field_api.sample.description import DemoUser, Sample, SampleFile, SampleName
from field_api.sample.malta import MALTA
from field_api.sample.shandong import SHANDONG

SAMPLES = {sample.name: sample for sample in (MALTA, SHANDONG)}

__all__ = ["MALTA", "SAMPLES", "SHANDONG", "DemoUser", "Sample", "SampleFile", "SampleName"]
