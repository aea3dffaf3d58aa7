"use strict";
// Boundaries as data: territories that share corners. Knows no map, and nothing of the page.
// A territory is {code, name, rep, version, polygons}; a polygon is a list of rings, a ring a list
// of corners (lat, lon) in which the last is not the first again.
(() => {
  const DECIMALS = 7;
  const LEAST_CORNERS = 3;
  const round = (n) => Number(n.toFixed(DECIMALS));
  const same = (a, b) => a[0] === b[0] && a[1] === b[1];
  const rings = (territories) => territories.flatMap((one) => one.polygons.flat());

  const shapes = {
    same,
    /** A place as corners are kept. */
    place: (at) => at.map(round),

    /** From rings as they are drawn elsewhere, whose ends meet. */
    opened: (polygons) => polygons.map((polygon) => polygon.map((ring) => {
      const corners = ring.map(([lat, lon]) => [round(lat), round(lon)]);
      return same(corners[0], corners[corners.length - 1]) ? corners.slice(0, -1) : corners;
    })),

    contains: (territory, [lat, lon]) => territory.polygons.some((polygon) =>
      polygon.reduce((inside, ring) => {
        for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
          const [[y, x], [py, px]] = [ring[i], ring[j]];
          if (y > lat !== py > lat && lon < ((px - x) * (lat - y)) / (py - y) + x) inside = !inside;
        }
        return inside;
      }, false)),

    /** Moves a corner in every territory that has it, so that neighbours stay neighbours. */
    move(territories, from, to) {
      const place = to.map(round);
      for (const ring of rings(territories))
        ring.forEach((corner, n) => { if (same(corner, from)) ring[n] = [...place]; });
      return place;
    },

    /** A new corner on the line from a to b, in every territory that has this line. */
    insert(territories, a, b, at) {
      const place = at.map(round);
      for (const ring of rings(territories))
        for (let n = ring.length - 1; n >= 0; n -= 1) {
          const next = ring[(n + 1) % ring.length];
          if ((same(ring[n], a) && same(next, b)) || (same(ring[n], b) && same(next, a)))
            ring.splice(n + 1, 0, [...place]);
        }
      return place;
    },

    /** Takes a corner away wherever a ring keeps enough of them; answers whether it went. */
    remove(territories, corner) {
      const having = rings(territories).filter((ring) => ring.some((one) => same(one, corner)));
      if (having.some((ring) => ring.length <= LEAST_CORNERS)) return false;
      for (const ring of having)
        ring.splice(0, ring.length, ...ring.filter((one) => !same(one, corner)));
      return true;
    },

    /** Whether polygons hold the same ground by the same corners, wherever their rings begin. */
    alike: (some, others) => plain(some) === plain(others),

    /** The territories that have one of these corners. */
    having: (territories, corners) => territories.filter((one) =>
      one.polygons.some((polygon) => polygon.some((ring) =>
        ring.some((corner) => corners.some((wanted) => same(corner, wanted)))))),

    /** Every place in rings at which a corner stands, to be moved without looking again. */
    standing: (territories, corner) => territories.flatMap((one) =>
      one.polygons.flatMap((polygon) => polygon.flatMap((ring) =>
        ring.flatMap((other, n) => (same(other, corner) ? [{ one, ring, n }] : []))))),

    /** South, west, north, east. */
    box(territory) {
      const found = [Infinity, Infinity, -Infinity, -Infinity];
      for (const [ring] of territory.polygons)
        for (const [lat, lon] of ring) {
          if (lat < found[0]) found[0] = lat;
          if (lon < found[1]) found[1] = lon;
          if (lat > found[2]) found[2] = lat;
          if (lon > found[3]) found[3] = lon;
        }
      return found;
    },

    /** Splits a territory along a line that enters and leaves it once; the parts' polygons, or
     * null. Neighbours get the new corners, too; its other islands stay with the first part. */
    split(territories, territory, line) {
      for (const polygon of territory.polygons) {
        if (polygon.length > 1) continue; // where there is a hole, there is no line
        const parts = cutRing(territories, territory, polygon[0], line);
        if (parts) {
          const others = territory.polygons.filter((one) => one !== polygon);
          return [[[parts[0]], ...others], [[parts[1]]]];
        }
      }
      return null;
    },

    /** GeoJSON's rings as ours: latitude first. */
    latFirst: ({ type, coordinates }) => (type === "Polygon" ? [coordinates] : coordinates)
      .map((polygon) => polygon.map((ring) => ring.map(([lon, lat]) => [lat, lon]))),

    /** As GeoJSON: longitude first, each ring ending where it begins. */
    feature: (territory) => ({
      type: "Feature",
      properties: {
        code: territory.code, name: territory.name,
        ...(territory.hidden && !territory.rep ? {} : { rep_code: territory.rep }),
        ...(territory.version === null ? {} : { version: territory.version }),
        ...(territory.district ? { district_code: territory.district } : {}),
      },
      geometry: {
        type: "MultiPolygon",
        coordinates: territory.polygons.map((polygon) => polygon.map((ring) =>
          [...ring, ring[0]].map(([lat, lon]) => [lon, lat]))),
      },
    }),
  };

  const plain = (polygons) => polygons.map((polygon) => polygon.map((ring) => {
    const texts = ring.map(String);
    const from = texts.indexOf([...texts].sort()[0]);
    const turned = [...texts.slice(from), ...texts.slice(0, from)];
    const back = [turned[0], ...turned.slice(1).reverse()];
    return [turned, back].map((one) => one.join(" ")).sort()[0];
  }).sort().join("|")).sort().join("/");

  const cutRing = (territories, territory, ring, line) => {
    const hits = [];
    for (let s = 0; s + 1 < line.length; s += 1)
      for (let n = 0; n < ring.length; n += 1) {
        const hit = crossing(line[s], line[s + 1], ring[n], ring[(n + 1) % ring.length]);
        if (hit) hits.push({ s, n, along: s + hit.t, at: hit.at.map(round) });
      }
    if (hits.length !== 2) return null;
    hits.sort((a, b) => a.along - b.along);
    const [enter, leave] = hits;
    const ends = [enter, leave].map(({ n, at }) => [ring[n], ring[(n + 1) % ring.length], at]);
    const middle = line.slice(enter.s + 1, leave.s + 1).map((corner) => corner.map(round));
    if (enter.n === leave.n) return null;
    const walk = (from, to) => {
      const corners = [];
      for (let n = (from.n + 1) % ring.length; ; n = (n + 1) % ring.length) {
        corners.push(ring[n]);
        if (n === to.n) break;
      }
      return corners;
    };
    const one = [enter.at, ...walk(enter, leave), leave.at, ...[...middle].reverse()];
    const two = [leave.at, ...walk(leave, enter), enter.at, ...middle];
    ends.forEach(([a, b, at]) =>
      shapes.insert(territories.filter((other) => other !== territory), a, b, at));
    return [one, two];
  };

  const crossing = (a, b, c, d) => {
    const [ry, rx] = [b[0] - a[0], b[1] - a[1]];
    const [sy, sx] = [d[0] - c[0], d[1] - c[1]];
    const across = rx * sy - ry * sx;
    if (!across) return null;
    const [qy, qx] = [c[0] - a[0], c[1] - a[1]];
    const t = (qx * sy - qy * sx) / across;
    const u = (qx * ry - qy * rx) / across;
    if (t < 0 || t >= 1 || u < 0 || u >= 1) return null;
    return { t, at: [a[0] + t * ry, a[1] + t * rx] };
  };

  callcycle.shapes = shapes;
})();
