"use strict";
// The tools and figures of an editor that stands alone: beside the map, saving to the service that
// it came from or into a file.
callcycle.editorPanel = (edited, panel) => {
  const { el, say } = callcycle;
  const { drawing, does, map, view } = edited;
  const saving = callcycle.saving(view.api);
  const list = el("ul", { class: "list editor-list" });
  const verdict = el("p", { class: "notes", role: "status" });
  const answer = el("div", { class: "answer", role: "status" });
  const button = (key, click, extra = {}) =>
    el("button", { class: "tool", type: "button", ...extra, on: { click } }, say(key));
  const input = (key, change) => {
    const field = el("input", { type: "text", maxlength: 64, on: { change: () => change(field.value.trim()) } });
    return [field, el("label", {}, say(key), field)];
  };
  const [code, codeLabel] = input("editor.code", (value) => does.set("code", value));
  const [name, nameLabel] = input("editor.name", (value) => does.set("name", value));
  const [rep, repLabel] = input("editor.rep", (value) => does.set("rep", value || null));
  const fields = el("div", { class: "fields", hidden: true }, codeLabel, nameLabel, repLabel);
  const reason = el("input", { type: "text", maxlength: 500 });
  const effect = el("input", { type: "date" });
  const modes = [["corners", "editor.corners"], ["new", "editor.new"], ["split", "editor.split"]]
    .map(([wanted, key]) => button(key, () => does.mode(wanted), { "data-mode": wanted }));
  const done = button("editor.finish", does.finish);
  const hint = el("p", { class: "notes" });
  const back = button("editor.undo", does.undo);
  const again = button("editor.redo", does.redo);

  const row = (one) => el("li", {}, el("button", {
    "aria-pressed": String(one === edited.chosen), "data-code": one.code,
    on: { click: () => does.choose(one.code) },
  },
  el("span", { class: "what" },
    el("span", { class: "name" }, one.name || one.code),
    el("small", {}, `${one.code} · ${one.rep ?? (one.hidden ? say("editor.rep_elsewhere") : "–")}${
      drawing.isChanged(one) ? ` · ${say("editor.changed")}` : ""}`)),
  el("b", { class: "share" }, drawing.tally.of(one).customers)));
  const judge = () => {
    const [outside, shared] = [drawing.tally.outside().length, drawing.tally.shared().length];
    verdict.textContent = !drawing.customers.length ? ""
      : outside || shared
        ? `! ${outside} ${say("editor.outside")} · ${shared} ${say("editor.shared")}`
        : `✓ ${say("editor.clean")}`;
    verdict.classList.toggle("wrong", Boolean(outside || shared));
  };
  const told = () => {
    const { mode, chosen } = edited;
    modes.forEach((one) => one.setAttribute("aria-pressed", String(one.dataset.mode === mode)));
    done.hidden = mode === "corners";
    hint.textContent = say(`editor.hint_${mode}`);
    list.replaceChildren(...drawing.territories.map(row));
    judge();
    const one = chosen?.version === null ? chosen : null;
    fields.hidden = !one;
    if (one) [code.value, name.value, rep.value] = [one.code, one.name, one.rep ?? ""];
    const none = !drawing.changed().length;
    [download, check, request].forEach((tool) => { if (tool) tool.disabled = none; });
    back.disabled = !drawing.canUndo;
    again.disabled = !drawing.canRedo;
  };

  const collection = () => ({
    type: "FeatureCollection", features: drawing.features(),
    reason: reason.value.trim() || say("editor.no_reason"), cut_neighbours: true,
    ...(effect.value ? { takes_effect_on: effect.value } : {}),
  });
  const send = async (dryRun) => {
    answer.replaceChildren(say("editor.sending"));
    try {
      const { ok, told: found } = await saving.send(collection(), dryRun);
      const lines = ok
        ? [dryRun ? say("editor.would") : say("editor.asked"),
          `${found.effects.moved} ${say("editor.moved")}`,
          ...found.effects.moves.slice(0, 20).map((move) =>
            `${move.customer_code}: ${move.before ?? "–"} → ${move.after ?? "–"}`),
          ...found.effects.stranded.map((one) => `! ${one}`)]
        : [found.detail, ...(found.errors ?? []).slice(0, 20).map((one) => one.message)];
      answer.replaceChildren(...lines.map((text) => el("p", {}, text)));
      answer.classList.toggle("wrong", !ok);
      answer.dataset.state = ok ? (dryRun ? "checked" : "asked") : "refused";
    } catch {
      answer.replaceChildren(say("editor.away"));
      answer.dataset.state = "away";
    }
  };
  const download = button("editor.download", () => saving.download(collection()));
  const check = saving.online ? button("editor.check", () => send(true)) : null;
  const request = saving.online ? button("editor.ask", () => send(false), { "data-main": true }) : null;
  panel.append(...[
    el("div", { class: "tools", role: "toolbar", "aria-label": say("editor.tools") },
      modes, done, back, again),
    hint, verdict, list, fields,
    el("div", { class: "fields" },
      el("label", {}, say("editor.reason"), reason), el("label", {}, say("editor.effect"), effect)),
    el("div", { class: "tools" }, check, request, download),
    answer,
  ].filter(Boolean));
  edited.shownBy({ told, moving: judge, said: (text) => { answer.textContent = text; } });
  does.open({ territories: view.territories, customers: callcycle.customersOf(view.customers) });
  edited.collection = collection;
  map.invalidateSize();
};
