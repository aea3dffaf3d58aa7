"use strict";
// More customers than can be shown one by one: circles that count them, finer as one comes nearer.
(() => {
  const GRID_PX = 56;
  const LEAST_PX = 11;
  const MOST_PX = 25;
  const RING = 0.3; // of the radius
  const NEARER = 2; // zoom levels by a click
  const NEAREST = 16;
  const TURN = 2 * Math.PI;

  const short = (count) => (count < 1000 ? String(count)
    : `${(count / 1000).toFixed(count < 10000 ? 1 : 0).replace(/\.0$/, "")}k`);

  const Clusters = L.Layer.extend({
    initialize(packed) {
      this._data = packed;
    },
    onAdd(map) {
      if (!map.getPane("points")) map.createPane("points").style.zIndex = 450;
      this._canvas = L.DomUtil.create("canvas", "points", map.getPane("points"));
      map.on("moveend viewreset resize", this._draw, this);
      map.on("click", this._click, this);
      map.on("mousemove", this._hover, this);
      matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this._draw());
      this._draw();
    },
    /** The squares in view joined by a grid of the world's pixels, so that moving the map joins
     * them the same way. */
    _joined() {
      const { from, step, at, counts } = this._data;
      const map = this._map;
      const world = 256 * 2 ** map.getZoom();
      const origin = map.containerPointToLayerPoint([0, 0]).add(map.getPixelOrigin());
      const size = map.getSize();
      const found = new Map();
      for (let n = 0; 2 * n < at.length; n += 1) {
        const sin = Math.sin(((from[0] + at[2 * n] * step) * Math.PI) / 180);
        const x = world * ((from[1] + at[2 * n + 1] * step) / 360 + 0.5);
        const y = world * (0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI));
        const [left, top] = [x - origin.x, y - origin.y];
        if (left < -GRID_PX || top < -GRID_PX || left > size.x + GRID_PX || top > size.y + GRID_PX)
          continue;
        const key = `${Math.floor(x / GRID_PX)}/${Math.floor(y / GRID_PX)}`;
        const one = found.get(key) ?? { x: 0, y: 0, n: 0, late: 0, done: 0 };
        const count = counts[3 * n];
        one.x += left * count;
        one.y += top * count;
        one.n += count;
        one.late += counts[3 * n + 1];
        one.done += counts[3 * n + 2];
        found.set(key, one);
      }
      return [...found.values()].map((one) => ({ ...one, x: one.x / one.n, y: one.y / one.n }));
    },
    _draw() {
      const { css } = callcycle;
      const size = this._map.getSize();
      const ratio = window.devicePixelRatio || 1;
      L.DomUtil.setPosition(this._canvas, this._map.containerPointToLayerPoint([0, 0]));
      this._canvas.width = size.x * ratio;
      this._canvas.height = size.y * ratio;
      this._canvas.style.width = `${size.x}px`;
      this._canvas.style.height = `${size.y}px`;
      const ctx = this._canvas.getContext("2d");
      ctx.scale(ratio, ratio);
      this._seen = this._joined();
      const most = Math.max(1, ...this._seen.map(({ n }) => n));
      const [paper, ink, act, rest] = ["--paper", "--ink", "--act-now", "--grade-none"].map(css);
      ctx.textAlign = "center";
      ctx.textBaseline = "middle";
      for (const one of this._seen.sort((a, b) => a.n - b.n)) {
        one.radius = LEAST_PX + (MOST_PX - LEAST_PX) * Math.sqrt(one.n / most);
        const wedge = (begin, end, colour) => {
          ctx.beginPath();
          ctx.moveTo(one.x, one.y);
          ctx.arc(one.x, one.y, one.radius, begin * TURN - TURN / 4, end * TURN - TURN / 4);
          ctx.fillStyle = colour;
          ctx.fill();
        };
        const [late, done] = [one.late / one.n, (one.late + one.done) / one.n];
        wedge(0, 1, paper);
        if (done < 1) wedge(done, 1, rest);
        if (done > late) wedge(late, done, ink);
        if (late) wedge(0, late, act);
        ctx.beginPath();
        ctx.arc(one.x, one.y, one.radius * (1 - RING), 0, TURN);
        ctx.fillStyle = paper;
        ctx.fill();
        ctx.beginPath();
        ctx.arc(one.x, one.y, one.radius, 0, TURN);
        ctx.strokeStyle = paper;
        ctx.stroke();
        ctx.fillStyle = ink;
        ctx.font = `600 ${one.radius < 15 ? 9 : 11}px system-ui, sans-serif`;
        ctx.fillText(short(one.n), one.x, one.y + 0.5);
      }
    },
    _at({ x, y }) {
      return this._seen.findLast((one) => (one.x - x) ** 2 + (one.y - y) ** 2 <= one.radius ** 2);
    },
    _hover(event) {
      const hit = this._at(event.containerPoint);
      this._map.getContainer().classList.toggle("over-point", Boolean(hit));
    },
    _click(event) {
      const hit = this._at(event.containerPoint);
      if (!hit) return;
      event.taken = true;
      const { n, late, done } = hit;
      this.fire("chosen", { n, late, done });
      const map = this._map;
      map.setView(map.containerPointToLatLng([hit.x, hit.y]),
        Math.max(map.getZoom(), Math.min(NEAREST, map.getZoom() + NEARER)));
    },
  });

  /** Draws counted squares; answers the layer, which fires `chosen` with a circle's counts. */
  callcycle.clusters = (map, packed) => new Clusters(packed).addTo(map);
})();
