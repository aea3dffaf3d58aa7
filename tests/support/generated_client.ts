// A rep's morning through the client that was generated into ./client: log in, read the day, send
// a report twice, keep a promise, and be refused. Prints what came back, for the test to judge.
import {
  authLogIn,
  daysMyDay,
  importsBringIn,
  promisesKeep,
  promisesListed,
  territoriesOnMap,
  visitReportsSubmit,
  type VisitReportBody,
} from "./client";
import { client } from "./client/client.gen";

declare const process: { argv: string[]; stdout: { write(text: string): void } };

const [baseUrl, username, password, day, reportId] = process.argv.slice(2);

async function morning() {
  client.setConfig({ baseUrl });
  const stranger = await daysMyDay({ path: { day } });
  const { data: login } = await authLogIn({ body: { username, password }, throwOnError: true });
  client.setConfig({ auth: () => login.access_token });

  const { data: route } = await daysMyDay({ path: { day }, throwOnError: true });
  const stop = route.stops![0];
  const report: VisitReportBody = {
    customer_code: stop.customer.code,
    planned_visit_id: stop.planned_visit_id,
    checked_in_at: "2025-01-15T09:05:00+01:00",
    checked_out_at: "2025-01-15T09:31:00+01:00",
    outcome: "order_taken",
    satisfaction: 4,
    promises: [{ code: "sheet-1", what: "Sample sheet", due: "2025-01-17" }],
  };
  const path = { report_id: reportId };
  const first = await visitReportsSubmit({ path, body: report });
  const again = await visitReportsSubmit({ path, body: report });
  const changed = await visitReportsSubmit({ path, body: { ...report, satisfaction: 1 } });

  const kept = await promisesKeep({ path: { code: "sheet-1" }, body: { evidence: "Handed over" } });
  const owed = await promisesListed({ query: { state: "kept", limit: 10 }, throwOnError: true });
  const map = await territoriesOnMap({ throwOnError: true });
  const refused = await importsBringIn({
    body: { file: new Blob(["code,name\n"]) },
    query: { kind: "customers", dry_run: true },
  });
  return {
    stranger: stranger.error?.code,
    role: login.role,
    customer: stop.customer.name,
    sent: [first.response?.status, again.response?.status, changed.response?.status],
    differs: changed.error?.code,
    report: first.data?.report.promises?.map((promise) => promise.code),
    kept: kept.data?.standing,
    owed: owed.data.items.map((promise) => promise.code),
    territories: map.data.features.map((feature) => feature.properties.code),
    refused: refused.error?.code,
  };
}

morning().then((told) => process.stdout.write(JSON.stringify(told)));
