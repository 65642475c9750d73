"""The places that articles name as GeoJSON (RFC 7946): a point for each mention. Places without a point are left out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from takhrij.exchange.tables import place_table
from takhrij.records import Reading


def feature_collection(readings: Iterable[Reading]) -> dict[str, Any]:
    """The mentions as a ``FeatureCollection``. Longitude comes first, in degrees (WGS 84), as the format has it."""
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [row["lon"], row["lat"]]},
                "properties": {key: value for key, value in row.items() if key not in ("lat", "lon")},
            }
            for row in place_table(readings)
            if row["lat"] is not None and row["lon"] is not None
        ],
    }
