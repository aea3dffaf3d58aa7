"""What OpenStreetMap extracts hold besides roads: ground to draw under maps, administrative areas.

Needs the extra `roads` (pyosmium). An extract is read in a few passes that keep only what is
wanted of it, so that the memory follows what is drawn (and a gigabyte, for a large one).
"""

ATTRIBUTION = "© OpenStreetMap contributors, ODbL"
