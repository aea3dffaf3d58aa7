"use strict";
// Tens of thousands of customers on one canvas: density where they are many, marks where few.
(() => {
  const GRADES = ["A", "B", "C", "D", "E", null];
  const STATES = ["not_due", "done", "late"];
  const MARKS_UP_TO = 3000; // seen at once; more are shown as density
  const CELL_PX = 10;
  const REACH_PX = 9;
  const BIG_FROM_ZOOM = 12.5;

  /** What Python packed: latitudes and longitudes in two arrays, and what each customer is. */
  const unpacked = ({ from, step, codes, at, what }) => {
    const [lats, lons] = [new Float64Array(codes.length), new Float64Array(codes.length)];
    for (let n = 0; n < codes.length; n += 1) {
      lats[n] = from[0] + at[2 * n] * step;
      lons[n] = from[1] + at[2 * n + 1] * step;
    }
    return { codes, lats, lons, what };
  };

  const Points = L.Layer.extend({
    initialize(packed) {
      this._data = unpacked(packed);
    },
    onAdd(map) {
      if (!map.getPane("points")) map.createPane("points").style.zIndex = 450;
      this._canvas = L.DomUtil.create("canvas", "points", map.getPane("points"));
      map.on("moveend viewreset resize", this._draw, this);
      map.on("click", this._click, this);
      map.on("mousemove", this._hover, this);
      matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this._recolour());
      this._recolour();
    },
    _recolour() {
      const { css } = callcycle;
      this._paper = css("--paper");
      this._act = css("--act-now");
      this._dense = css("--ink");
      this._grades = GRADES.map((grade) => css(`--grade-${(grade ?? "none").toLowerCase()}`));
      this._sprites = new Map();
      this._draw();
    },
    /** A mark drawn once and copied for each customer like it. */
    _sprite(what, radius, ratio) {
      const key = `${what}/${radius}/${ratio}`;
      if (this._sprites.has(key)) return this._sprites.get(key);
      const state = STATES[what % STATES.length];
      const size = Math.ceil((radius + 3) * 2 * ratio);
      const canvas = document.createElement("canvas");
      canvas.width = canvas.height = size;
      const ctx = canvas.getContext("2d");
      ctx.scale(ratio, ratio);
      const middle = size / ratio / 2;
      ctx.beginPath();
      ctx.arc(middle, middle, state === "not_due" ? radius * 0.7 : radius, 0, 2 * Math.PI);
      ctx.fillStyle = state === "late" ? this._act
        : this._grades[Math.floor(what / STATES.length)];
      ctx.globalAlpha = state === "not_due" ? 0.6 : 1;
      ctx.fill();
      ctx.globalAlpha = 1;
      ctx.strokeStyle = this._paper;
      ctx.stroke();
      if (state === "late" && radius > 4) {
        ctx.fillStyle = this._paper;
        ctx.font = `700 ${Math.round(radius * 1.6)}px system-ui, sans-serif`;
        ctx.textAlign = "center";
        ctx.textBaseline = "middle";
        ctx.fillText("!", middle, middle + 0.5);
      }
      this._sprites.set(key, canvas);
      return canvas;
    },
    _draw() {
      const map = this._map;
      const size = map.getSize();
      const ratio = window.devicePixelRatio || 1;
      L.DomUtil.setPosition(this._canvas, map.containerPointToLayerPoint([0, 0]));
      this._canvas.width = size.x * ratio;
      this._canvas.height = size.y * ratio;
      this._canvas.style.width = `${size.x}px`;
      this._canvas.style.height = `${size.y}px`;
      const ctx = this._canvas.getContext("2d");
      this._seen = this._inside(size);
      if (this._seen.length / 3 > MARKS_UP_TO) this._density(ctx, ratio);
      else this._marks(ctx, ratio, map.getZoom() < BIG_FROM_ZOOM ? 3.5 : 6);
      this.crowded = this._seen.length / 3 > MARKS_UP_TO;
      this.fire("drawn");
    },
    /** x, y and number of each customer in view, the overdue ones last. */
    _inside(size) {
      const { lats, lons, what } = this._data;
      const found = [[], [], []];
      const world = 256 * 2 ** this._map.getZoom();
      const origin = this._map.containerPointToLayerPoint([0, 0]).add(this._map.getPixelOrigin());
      for (let n = 0; n < lats.length; n += 1) {
        const sin = Math.sin((lats[n] * Math.PI) / 180);
        const x = world * (lons[n] / 360 + 0.5) - origin.x;
        const y = world * (0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)) - origin.y;
        if (x > -8 && y > -8 && x < size.x + 8 && y < size.y + 8)
          found[what[n] % STATES.length].push(x, y, n);
      }
      return found[0].concat(found[1], found[2]);
    },
    _marks(ctx, ratio, radius) {
      const { what } = this._data;
      for (let i = 0; i < this._seen.length; i += 3) {
        const sprite = this._sprite(what[this._seen[i + 2]], radius, ratio);
        ctx.drawImage(sprite, this._seen[i] * ratio - sprite.width / 2,
          this._seen[i + 1] * ratio - sprite.height / 2);
      }
    },
    _density(ctx, ratio) {
      const counts = new Map();
      let most = 1;
      for (let i = 0; i < this._seen.length; i += 3) {
        const key = Math.floor(this._seen[i] / CELL_PX) * 65536 + Math.floor(this._seen[i + 1] / CELL_PX) + 16;
        const count = (counts.get(key) ?? 0) + 1;
        counts.set(key, count);
        most = Math.max(most, count);
      }
      ctx.scale(ratio, ratio);
      ctx.fillStyle = this._dense;
      for (const [key, count] of counts) {
        ctx.globalAlpha = 0.12 + (0.6 * Math.log1p(count)) / Math.log1p(most);
        const [x, y] = [Math.floor(key / 65536) * CELL_PX, ((key % 65536) - 16) * CELL_PX];
        ctx.fillRect(x + 1, y + 1, CELL_PX - 2, CELL_PX - 2);
      }
    },
    _at({ x, y }) {
      if (this.crowded) return null;
      let [nearest, best] = [null, REACH_PX ** 2];
      for (let i = 0; i < this._seen.length; i += 3) {
        const far = (this._seen[i] - x) ** 2 + (this._seen[i + 1] - y) ** 2;
        if (far <= best) [nearest, best] = [this._seen[i + 2], far];
      }
      return nearest;
    },
    _hover(event) {
      const hit = this._at(event.containerPoint);
      this._map.getContainer().classList.toggle("over-point", hit !== null);
    },
    _click(event) {
      const hit = this._at(event.containerPoint);
      if (hit === null) return;
      event.taken = true;
      this.fire("chosen", { code: this._data.codes[hit] });
    },
  });

  /** Draws packed customers; answers the layer, which fires `chosen` with a code. */
  callcycle.points = (map, packed) => new Points(packed).addTo(map);
})();
