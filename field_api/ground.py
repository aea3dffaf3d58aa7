"""What lies under the maps."""

from field_api.roads.engine import backgrounds_folder
from field_api.settings import Settings
from maps.background import look_in
from maps.views import Tiles


def ground_by(settings: Settings) -> Tiles | None:
    """What lies under the maps by the settings: their tile server, or None for drawn ground, which
    is then looked for in the data folder first."""
    look_in(backgrounds_folder(settings.data_dir))
    if not settings.tile_url:
        return None
    return Tiles(
        url=settings.tile_url,
        attribution=settings.tile_attribution,
        system=settings.tile_system,
    )


def ground_to_draw_on(settings: Settings) -> Tiles | None:
    """The same for boundaries that are drawn by hand: None where the tile server's pictures are
    shifted, on which a corner would not be where it seems."""
    tiles = ground_by(settings)
    return None if tiles and tiles.shifted else tiles
