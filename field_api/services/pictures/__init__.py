"""The maps of the plans in force: plain views of what is known, drawn by the maps room."""

from field_api.services.pictures.draw import Drawn, draw_maps

__all__ = ["Drawn", "draw_maps"]
