// The map in its frame: it has no origin of its own, so that all goes by messages.

const MESSAGE = "callcycle:editor";

/** `told(event, values)` hears of everything; the answer sends orders, those given before the map
 * is ready once it is. */
export function framed(iframe, told) {
  let ready = false;
  const waiting = [];
  const send = (does, ...values) => {
    if (!ready) waiting.push([does, values]);
    else iframe.contentWindow.postMessage({ type: MESSAGE, does, values }, "*");
  };
  addEventListener("message", ({ source, data }) => {
    if (source !== iframe.contentWindow || data?.type !== MESSAGE) return;
    if (data.event === "ready") {
      ready = true;
      for (const [does, values] of waiting.splice(0)) send(does, ...values);
    } else told(data.event, data);
  });
  iframe.contentWindow?.postMessage({ type: MESSAGE, does: "hello", values: [] }, "*");
  return send;
}
