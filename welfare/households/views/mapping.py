"""The map of the registry: a picture and a list, and the same as data for the map that moves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from flask import current_app, jsonify, request, url_for
from werkzeug.wrappers import Response

from welfare.core import audit
from welfare.core.i18n import gettext as _
from welfare.core.outskirts import far_km
from welfare.core.security.permissions import Permission, Viewer
from welfare.core.web import requires, the_viewer
from welfare.core.web.edge import allow_pictures_from
from welfare.core.web.templating import language
from welfare.households.queries.map import Chosen, MapData, VillageOnMap, chosen_house, map_data
from welfare.households.queries.map_svg import (
    chosen_svg,
    classes_in_words,
    shade,
    villages_svg,
)
from welfare.households.views.blueprint import Page, blueprint, page


@dataclass(frozen=True, slots=True)
class VillageLine:
    """A village as the list has it, with where its numbers lead."""

    village: VillageOnMap
    name: str
    households_url: str
    cases_url: str


@blueprint.get("/registry/map")
@requires(Permission.VIEW_REGISTRY)
def map_page() -> Page:
    """Villages with their households and open cases; with ``?house=`` one house among others."""
    viewer = the_viewer()
    chosen = _chosen(viewer)
    data = map_data(viewer=viewer, far_km=far_km())
    _note(viewer, chosen)
    _allow_tiles()
    return page(
        "map.html",
        lines=_lines(data, viewer),
        data=data,
        chosen=chosen,
        picture=chosen_svg(chosen) if chosen and chosen.place else villages_svg(data),
        legend=classes_in_words(),
        far_km=f"{far_km():g}",
    )


@blueprint.get("/registry/map.json")
@requires(Permission.VIEW_REGISTRY)
def map_json() -> Response:
    """The same numbers and places as GeoJSON, for the map that can be moved."""
    viewer = the_viewer()
    chosen = _chosen(viewer)
    data = map_data(viewer=viewer, far_km=far_km())
    _note(viewer, chosen)
    settings = current_app.config["SETTINGS"]
    return jsonify(
        type="FeatureCollection",
        features=[
            *(_cell(one.south, one.west, data.step, one.households) for one in data.cells),
            *(_village(line) for line in _lines(data, viewer) if line.village.lat is not None),
            *_houses(chosen),
        ],
        tiles={"address": settings.tiles, "credit": settings.tiles_credit},
    )


def _chosen(viewer: Viewer) -> Chosen | None:
    asked = request.args.get("house", "").strip()
    return chosen_house(asked, viewer=viewer) if asked else None


def _note(viewer: Viewer, chosen: Chosen | None) -> None:
    if chosen is not None:
        audit.read(viewer, "household", chosen.number, "mapped")


def _allow_tiles() -> None:
    origin = current_app.config["SETTINGS"].tiles_origin
    if origin:
        allow_pictures_from(origin)


def _lines(data: MapData, viewer: Viewer) -> list[VillageLine]:
    lines = [_line(village, viewer) for village in data.villages]
    unknown = data.elsewhere
    return [*lines, _line(unknown, viewer)] if unknown.households or unknown.cases else lines


def _line(village: VillageOnMap, viewer: Viewer) -> VillageLine:
    no = village.village_no
    sees_cases = viewer.can(Permission.VIEW_CASES) or viewer.can(Permission.VIEW_ALL_CASES)
    name = village.name_en if language() == "en" and village.name_en else village.name_th
    return VillageLine(
        village,
        name or _("Village not known"),
        url_for("households.households", village=no) if no else "",
        f"/desk/cases?village={no}" if sees_cases else "",
    )


def _point(lat: float, lng: float) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [lng, lat]}


def _feature(geometry: dict[str, Any], **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def _village(line: VillageLine) -> dict[str, Any]:
    one = line.village
    return _feature(
        _point(one.lat or 0.0, one.lng or 0.0),
        kind="village",
        village=one.village_no,
        name=line.name,
        households=one.households,
        cases=one.cases,
        households_url=line.households_url,
        cases_url=line.cases_url,
    )


def _cell(south: float, west: float, step: float, households: int) -> dict[str, Any]:
    north, east = south + step, west + step
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    area = {"type": "Polygon", "coordinates": [ring]}
    return _feature(area, kind="cell", households=households, colour=shade(households))


def _houses(chosen: Chosen | None) -> list[dict[str, Any]]:
    if chosen is None or chosen.place is None:
        return []
    return [
        _feature(
            _point(house.lat, house.lng),
            kind="chosen" if house is chosen.place else "house",
            address=house.address,
            metres=house.metres,
            url=f"/desk/households/{quote(house.number)}",
        )
        for house in (chosen.place, *chosen.neighbours)
    ]
