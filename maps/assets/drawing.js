"use strict";
// A drawing: territories as they are now, how they were, and every step between. Knows no map.
// A step replaces the polygons that it changes, so that those it leaves are told by their identity.
(() => {
  const MOST_STEPS = 200;

  callcycle.drawing = () => {
    const { shapes } = callcycle;
    let territories = [];
    let removed = [];
    let past = [];
    let future = [];
    let first = new Map(); // code -> the territory as it came
    let customers = [];
    let tally = callcycle.tally([]);
    let homes = []; // by customer, the code of where it came from

    const copies = () => territories.map((one) => ({ ...one }));
    const count = () => {
      tally = callcycle.tally(customers);
      tally.update(territories);
    };
    const steps = (from, to) => {
      if (!from.length) return false;
      to.push({ territories: copies(), removed });
      ({ territories, removed } = from.pop());
      count();
      return true;
    };
    const isChanged = (one) => {
      const was = first.get(one.code);
      return !was || one.polygons !== was.polygons || one.name !== was.name || one.rep !== was.rep;
    };

    return {
      get territories() { return territories; },
      get removed() { return removed; },
      get customers() { return customers; },
      get tally() { return tally; },
      get canUndo() { return past.length > 0; },
      get canRedo() { return future.length > 0; },
      isChanged,
      changed: () => territories.filter(isChanged),
      isDirty: () => removed.length > 0 || territories.some(isChanged),

      /** Begin with what is in force. */
      open(found, people) {
        territories = found.map((one) => ({ ...one, polygons: shapes.opened(one.rings) }));
        first = new Map(copies().map((one) => [one.code, one]));
        customers = people;
        [removed, past, future] = [[], [], []];
        count();
        homes = customers.map(() => null);
        for (const one of territories) for (const n of tally.members(one)) homes[n] ??= one.code;
      },

      /** A step begins; what it will change is named, and comes apart from how it was. */
      begin(affected) {
        past.push({ territories: copies(), removed });
        if (past.length > MOST_STEPS) past.shift();
        future = [];
        for (const one of affected) one.polygons = structuredClone(one.polygons);
      },
      /** The step that was begun is none. */
      giveUp() {
        ({ territories, removed } = past.pop());
        count();
      },
      /** What the step left as it was is told to be so. */
      settle() {
        const before = new Map(past.at(-1)?.territories.map((one) => [one.code, one.polygons]));
        for (const one of territories) {
          const was = before.get(one.code);
          if (was && was !== one.polygons && shapes.alike(was, one.polygons)) one.polygons = was;
        }
      },
      undo: () => steps(past, future),
      redo: () => steps(future, past),

      add(one) {
        territories.push(one);
        tally.update([one]);
      },
      take(one) {
        territories = territories.filter((other) => other !== one);
        tally.update([], [one]);
        const was = first.get(one.code);
        if (was) removed = [...removed, { code: was.code, version: was.version }];
      },

      /** Lay features over what is drawn, in one step or as part of the last: those of known
       * codes take this form, others are new, those `gone` are no more. */
      lay(features, gone = [], sameStep = false) {
        if (!sameStep) this.begin([]);
        for (const { geometry, properties } of features) {
          const wanted = {
            code: properties.code, name: properties.name, rep: properties.rep_code ?? null,
            polygons: shapes.opened(shapes.latFirst(geometry)),
          };
          const there = territories.find((one) => one.code === wanted.code);
          const was = first.get(wanted.code);
          if (there) Object.assign(there, wanted, "rep_code" in properties ? {} : { rep: there.rep });
          else territories.push({
            ...wanted, district: properties.district_code ?? null, version: was?.version ?? null,
            hidden: was?.hidden ?? false,
          });
          removed = removed.filter((one) => one.code !== wanted.code);
        }
        for (const code of gone) {
          const one = territories.find((other) => other.code === code);
          if (one) this.take(one);
        }
        this.settle();
        count();
      },

      /** Customers who would be another territory's: [number, before, after]. */
      moves() {
        const after = customers.map(() => null);
        for (const one of territories) for (const n of tally.members(one)) after[n] ??= one.code;
        return homes.flatMap((before, n) => (before === after[n] ? [] : [[n, before, after[n]]]));
      },
      features: () => territories.filter(isChanged).map(shapes.feature),
    };
  };
})();
