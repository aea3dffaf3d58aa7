// Talking to the service. Four things go wrong, and each is told apart.

import { language } from "./texts.js";

const BASE = "/api/v1";
const PATIENCE_MS = 20_000;
const EMPTY = 204;
const LOGGED_OUT = 401;
const SERVER = 500;
const LATER = new Set([408, 429]); // and whatever goes wrong at the service

/** The service was not reached: the same may be sent again later. */
export class Away extends Error {}

/** It was reached and cannot just now: it is overloaded, or has a `fault` of its own. `after_s` is
 * when it wants to be asked again, 0 where it does not say. */
export class Busy extends Away {
  constructor(response, problem) {
    super(problem?.detail ?? String(response.status));
    this.fault = response.status === SERVER;
    this.told = Boolean(problem?.detail);
    this.after_s = secondsUntil(response.headers.get("retry-after"));
  }
}

/** Nobody is logged in any more. */
export class LoggedOut extends Error {}

/** The service says no; `problem` is its answer with `code` and `detail`. */
export class Refused extends Error {
  constructor(status, problem) {
    super(problem.detail ?? problem.title ?? String(status));
    this.status = status;
    this.problem = problem;
  }
}

let csrf = "";

/** What changes are sent with from now on. */
export function vouch(token) {
  csrf = token;
}

/** Ask the service. `body` is a value, or a Blob, which is sent as it is.
 * Resolves to `{status, body, headers}`; rejects with `Away`, `Busy`, `LoggedOut`, `Refused`. */
export async function call(method, path, body, headers = {}) {
  const plain = body instanceof Blob;
  const sent = { "accept-language": language, ...headers };
  if (csrf && method !== "GET") sent["x-csrf-token"] = csrf;
  if (body !== undefined) sent["content-type"] = plain ? body.type : "application/json";
  let response;
  try {
    response = await fetch(BASE + path, {
      method, headers: sent, credentials: "same-origin", cache: "no-store",
      body: body === undefined || plain ? body : JSON.stringify(body),
      signal: AbortSignal.timeout(plain ? 10 * PATIENCE_MS : PATIENCE_MS),
    });
  } catch (error) {
    throw new Away(String(error));
  }
  const json = response.status !== EMPTY
    && (response.headers.get("content-type") ?? "").includes("json");
  let answer = null;
  try {
    answer = json ? await response.json() : null;
  } catch (error) {
    throw new Away(String(error)); // cut off in the middle
  }
  if (response.status >= SERVER || LATER.has(response.status)) throw new Busy(response, answer);
  if (response.status === LOGGED_OUT && answer?.code !== "wrong_password") throw new LoggedOut();
  if (response.status >= 400) throw new Refused(response.status, answer ?? {});
  return { status: response.status, body: answer, headers: response.headers };
}

/** The seconds of a Retry-After: a number, or a date. */
function secondsUntil(value) {
  if (!value) return 0;
  const seconds = Number(value);
  const until = Number.isNaN(seconds) ? (Date.parse(value) - Date.now()) / 1000 : seconds;
  return Number.isNaN(until) ? 0 : Math.max(0, until);
}
