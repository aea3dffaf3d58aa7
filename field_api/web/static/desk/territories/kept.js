// An unsaved drawing, kept in this browser for its person until it is sent or thrown away.

const NAME = "callcycle-drawing";

export function keeper(person, unit) {
  const key = `${NAME}-${person}-${unit}`;
  return {
    keep(drawing) {
      try {
        localStorage.setItem(key, JSON.stringify({ ...drawing, at: new Date().toISOString() }));
        return true;
      } catch {
        return false; // no room: the person is told
      }
    },
    read() {
      try {
        return JSON.parse(localStorage.getItem(key) ?? "null");
      } catch {
        return null;
      }
    },
    forget: () => localStorage.removeItem(key),
  };
}
