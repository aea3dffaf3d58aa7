"use strict";
// Whom lines hold, reckoned while they move. Knows no map, and nothing of the page.
// A customer is {at: [lat, lon], visits, needed_s, sales}; what it has not counts as nothing.
(() => {
  const sum = (customers, members, name) =>
    members.reduce((found, n) => found + (customers[n][name] ?? 0), 0);

  callcycle.tally = (customers) => {
    const { shapes } = callcycle;
    const times = new Uint8Array(customers.length); // in how many territories each lies
    const members = new Map(); // of a territory: the customers' numbers
    const totals = new Map(); // of a territory: what they weigh together
    const within = (territory) => {
      const [south, west, north, east] = shapes.box(territory);
      const found = [];
      customers.forEach(({ at }, n) => {
        const [lat, lon] = at;
        if (lat >= south && lat <= north && lon >= west && lon <= east &&
          shapes.contains(territory, at)) found.push(n);
      });
      return found;
    };
    return {
      /** Count again what these hold now; `gone` hold nobody any more. */
      update(territories, gone = []) {
        for (const one of [...territories, ...gone]) {
          for (const n of members.get(one) ?? []) times[n] -= 1;
          members.delete(one);
          totals.delete(one);
        }
        for (const one of territories) {
          const found = within(one);
          for (const n of found) times[n] += 1;
          members.set(one, found);
        }
      },
      of(territory) {
        const own = members.get(territory) ?? [];
        if (!totals.has(territory)) totals.set(territory, {
          customers: own.length, visits: sum(customers, own, "visits"),
          needed_s: sum(customers, own, "needed_s"), sales: sum(customers, own, "sales"),
        });
        return totals.get(territory);
      },
      members: (territory) => members.get(territory) ?? [],
      /** Numbers of those whom no territory holds, or several. */
      outside: () => customers.flatMap((_, n) => (times[n] === 0 ? [n] : [])),
      shared: () => customers.flatMap((_, n) => (times[n] > 1 ? [n] : [])),
    };
  };
})();
