// Asking the desk's own addresses for data. What is refused is thrown in the service's words.

import { logInAgain, t } from "../main.js";

const LOGGED_OUT = 401;
const csrf = document.querySelector('meta[name="csrf"]')?.content ?? "";

/** The service says no: `detail` for people, `status`, and the whole `problem`. */
export class No extends Error {
  constructor(status, problem) {
    super(problem.detail ?? t("The service answered {status}. Nothing was changed; try again.", { status }));
    this.status = status;
    this.problem = problem;
  }
}

/** Nobody answers: the same may be asked again. */
export class Silence extends Error {}

/** JSON for JSON. Rejects with `No`, `Silence`, or the signal's reason. */
export async function ask(method, path, body, { signal } = {}) {
  let answer;
  let told;
  try {
    answer = await fetch(path, {
      method, signal, credentials: "same-origin", cache: "no-store",
      headers: {
        accept: "application/json", "accept-language": document.documentElement.lang,
        ...(method === "GET" ? {} : { "x-csrf-token": csrf, "content-type": "application/json" }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    told = answer.status === 204 ? null : await answer.json();
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Silence(t("The service cannot be reached. Nothing was changed; try again when it can."));
  }
  if (answer.status === LOGGED_OUT) logInAgain();
  if (!answer.ok) throw new No(answer.status, told ?? {});
  return told;
}
