"use strict";
// What lies under the data: land, roads and place names, or a graticule where no file fits. Under
// a tile server's pictures too, for where it does not answer.
(() => {
  const SHOWN_FROM = { island: 0, city: 7, county: 8.5, town: 11, village: 12.5 };
  const WIDE = /[\u2e80-\u9fff\uac00-\ud7af\uff00-\uffef]/g;  // signs as wide as two letters
  const ISLAND_UNTIL = 11.5;

  callcycle.ground = (map, ground, tiles) => {
    const from = tiles ? 180 : 210; // Leaflet's pane of tiles is at 200
    for (const [name, z] of [["ground", from], ["names", from + 10]]) {
      map.createPane(name).style.zIndex = z;
      map.getPane(name).style.pointerEvents = "none";
    }
    if (!ground) return tiles ? undefined : graticule(map);
    if (ground.inland) map.getContainer().classList.add("inland");
    const renderer = L.svg({ pane: "ground", padding: 0.6 });
    const draw = (type, lines, className) =>
      lines.length &&
      type(lines, { renderer, className, interactive: false, smoothFactor: 1 }).addTo(map);
    draw(L.polygon, ground.land.map((ring) => [ring]), "land");
    draw(L.polyline, ground.coast, "coast");
    draw(L.polygon, ground.water, "water");
    draw(L.polyline, ground.borders, "border");
    draw(L.polyline, ground.minor_roads, "road minor");
    draw(L.polyline, ground.main_roads, "road casing");
    draw(L.polyline, ground.main_roads, "road main");
    names(map, ground.places);
  };

  /** Place names, the larger place first; a name that would touch another one is left out. */
  const names = (map, places) => {
    const rank = Object.keys(SHOWN_FROM);
    const sorted = [...places].sort((a, b) => rank.indexOf(a[0]) - rank.indexOf(b[0]));
    const group = L.layerGroup().addTo(map);
    const place = () => {
      group.clearLayers();
      const zoom = map.getZoom();
      const taken = [];
      for (const [kind, name, lat, lon] of sorted) {
        if (zoom < SHOWN_FROM[kind] || (kind === "island" && zoom > ISLAND_UNTIL)) continue;
        const { x, y } = map.latLngToLayerPoint([lat, lon]);
        const letters = name.length + (name.match(WIDE) || []).length;
        const half = letters * (kind === "village" ? 3.4 : 4.2) + 8;
        const box = [x - half, y - 11, x + half, y + 11];
        const touches = (other) =>
          box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1];
        if (taken.some(touches)) continue;
        taken.push(box);
        const html = callcycle.el("span", {}, name);
        const icon = L.divIcon({ className: `place ${kind}`, html, iconSize: [0, 0] });
        L.marker([lat, lon], { icon, interactive: false, keyboard: false, pane: "names" })
          .addTo(group);
      }
    };
    map.on("zoomend", place);
    place();
  };

  /** Meridians and parallels in round degrees. */
  const graticule = (map) => {
    map.getContainer().classList.add("inland");
    const renderer = L.svg({ pane: "ground", padding: 0.6 });
    const group = L.layerGroup().addTo(map);
    const draw = () => {
      group.clearLayers();
      const box = map.getBounds().pad(0.3);
      const span = Math.max(box.getNorth() - box.getSouth(), 1e-4);
      const magnitude = 10 ** Math.floor(Math.log10(span / 3));
      const step = [5, 2, 1].map((n) => n * magnitude).find((size) => span / size >= 3);
      const digits = Math.max(0, -Math.floor(Math.log10(step)));
      const line = (ends, text, at) => {
        L.polyline(ends, { renderer, className: "graticule", interactive: false }).addTo(group);
        const icon = L.divIcon({ className: "degree", html: callcycle.el("span", {}, text) });
        L.marker(at, { icon, interactive: false, keyboard: false, pane: "names" }).addTo(group);
      };
      const view = map.getBounds();
      const [south, west] = [Math.max(box.getSouth(), -85), box.getWest()];
      const [north, east] = [Math.min(box.getNorth(), 85), box.getEast()];
      for (let lat = Math.ceil(south / step) * step; lat < north; lat += step)
        line([[lat, west], [lat, east]], `${lat.toFixed(digits)}°`, [lat, view.getWest()]);
      for (let lon = Math.ceil(west / step) * step; lon < east; lon += step)
        line([[south, lon], [north, lon]], `${lon.toFixed(digits)}°`, [view.getNorth(), lon]);
    };
    map.on("moveend", draw);
    draw();
  };
})();
