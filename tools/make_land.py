"""Make ``desk/data/land.json``, the coastlines under the desk's maps, from a TopoJSON of Natural Earth's land.

    python tools/make_land.py land-50m.json src/takhrij/desk/data/land.json

Natural Earth is in the public domain. Coastlines only: the desk draws no border between states. Arcs are thinned by the
method of Douglas and Peucker (1973), less within the Arab world than elsewhere, and what is left smaller than that is dropped.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

Point = tuple[float, float]
#: West, south, east, north of what is drawn finely, in degrees; tolerance there and elsewhere.
FINE = (-20.0, -5.0, 65.0, 46.0)
NEAR, FAR = 0.02, 0.2
GRID = 1e-2


def decoded(topology: dict[str, Any]) -> list[list[Point]]:
    """The arcs in degrees."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)
    return arcs


def thinned(points: list[Point]) -> list[Point]:
    """An arc with fewer points. A ring is cut where it is widest, so that it stays one."""
    if len(points) < 4:
        return points
    first = points[0]
    if first == points[-1]:
        far = max(range(len(points)), key=lambda i: (points[i][0] - first[0]) ** 2 + (points[i][1] - first[1]) ** 2)
        return [*_thin(points[: far + 1])[:-1], *_thin(points[far:])]
    return _thin(points)


def _thin(points: list[Point]) -> list[Point]:
    keep = {0, len(points) - 1}
    waiting = [(0, len(points) - 1)]
    while waiting:
        start, end = waiting.pop()
        worst, at = 0.0, -1
        for i in range(start + 1, end):
            off = _distance(points[i], points[start], points[end]) / _tolerance(points[i])
            if off > worst:
                worst, at = off, i
        if worst > 1:
            keep.add(at)
            waiting += [(start, at), (at, end)]
    return [points[i] for i in sorted(keep)]


def _tolerance(point: Point) -> float:
    west, south, east, north = FINE
    return NEAR if west <= point[0] <= east and south <= point[1] <= north else FAR


def _distance(point: Point, a: Point, b: Point) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    along = 0.0 if not length else max(0.0, min(1.0, ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / length))
    return float(((point[0] - a[0] - along * dx) ** 2 + (point[1] - a[1] - along * dy) ** 2) ** 0.5)


def encoded(points: list[Point]) -> list[list[int]]:
    """An arc as steps on the grid."""
    steps: list[list[int]] = []
    x = y = 0
    for lon, lat in points:
        at = round((lon + 180) / GRID), round((lat + 90) / GRID)
        if steps and at == (x, y):
            continue
        steps.append([at[0] - x, at[1] - y])
        x, y = at
    return steps


def _walked(steps: list[list[int]]) -> list[Point]:
    x = y = 0
    points: list[Point] = []
    for dx, dy in steps:
        x, y = x + dx, y + dy
        points.append((x * GRID, y * GRID))
    return points


def _area(points: list[Point]) -> float:
    """Twice the area within a ring in square degrees, its sign the way round."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, [*points[1:], points[0]], strict=True))


def main() -> None:
    """Read, thin, write."""
    topology = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    wide = decoded(topology)
    arcs = [encoded(thinned(arc)) for arc in wide]
    # A ring that thinning has flattened or turned around would stand for all the world but itself.
    sound = [
        _area(_walked(thin)) * _area(arc) > 0 and abs(_area(_walked(thin))) > 4 * GRID
        for thin, arc in zip(arcs, wide, strict=True)
    ]
    polygons: list[list[list[int]]] = []
    for shape in topology["objects"]["land"]["geometries"]:
        for polygon in shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]:
            rings = [ring for ring in polygon if len(ring) > 1 or sound[ring[0] if ring[0] >= 0 else ~ring[0]]]
            if rings and rings[0] == polygon[0]:
                polygons.append(rings)
    used = sorted({i if i >= 0 else ~i for polygon in polygons for ring in polygon for i in ring})
    at = {old: new for new, old in enumerate(used)}
    renumbered = [[[at[i] if i >= 0 else ~at[~i] for i in ring] for ring in polygon] for polygon in polygons]
    out = {
        "#": "Coastlines by Natural Earth, which is in the public domain, thinned by tools/make_land.py.",
        "type": "Topology",
        "transform": {"scale": [GRID, GRID], "translate": [-180, -90]},
        "objects": {"land": {"type": "MultiPolygon", "arcs": renumbered}},
        "arcs": [arcs[i] for i in used],
    }
    Path(sys.argv[2]).write_text(json.dumps(out, separators=(",", ":")) + "\n", "utf-8")


if __name__ == "__main__":
    main()
