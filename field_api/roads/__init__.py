"""A road engine (OSRM) on this machine: fetched, given an extract's roads, and run.

`fetching` brings the engine, `building` makes data of an extract, `serving` answers from it. The
rest of the service knows an engine by its web address alone, so any other one will do.
"""
