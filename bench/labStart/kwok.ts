/**
 * Creates a cluster with kwokctl in its own network namespace. Prints how long that took.
 * Usage: kwok.ts KWOK BIN DIRECTORY, with the directories of kwok's and the cluster's executables, and an empty directory
 */
import { request } from "node:https";
import { delimiter, join } from "node:path";
import { until } from "../../lab/until.ts";
import { run } from "../../lab/tools/command.ts";
import type { StartTimes } from "./enclosed.ts";
import { makeMinimalNetwork } from "./minimalNetwork.ts";

const patienceMilliseconds = 120_000;
const port = 6443;

const [kwok, bin, directory] = process.argv.slice(2);
if (kwok === undefined || bin === undefined || directory === undefined)
  throw new Error("usage: kwok.ts KWOK BIN DIRECTORY");

await makeMinimalNetwork();

const began = performance.now();
const seconds = (): number => (performance.now() - began) / 1000;
const parts = ["etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler"];
const created = run(
  join(kwok, "kwokctl"),
  [
    "create",
    "cluster",
    "--runtime=binary",
    `--wait=${patienceMilliseconds / 1000}s`,
    `--kubeconfig=${join(directory, "kubeconfig")}`,
    `--kube-apiserver-port=${port}`,
    `--kwok-controller-binary=${join(kwok, "kwok")}`,
    ...parts.map((part) => `--${part}-binary=${join(bin, part)}`),
  ],
  // kwokctl finds kubectl on the PATH.
  { env: { ...process.env, KWOK_WORKDIR: directory, PATH: [bin, process.env.PATH].join(delimiter) } },
).then(seconds);
const [apiServer, ready] = await Promise.all([
  until("the API server", isReady, patienceMilliseconds).then(seconds),
  created,
]);
console.log(JSON.stringify({ apiServer, ready } satisfies StartTimes));

/** https://kubernetes.io/docs/reference/using-api/health-checks/; the certificate is not checked: kwokctl has just made it. */
function isReady(): Promise<boolean> {
  return new Promise((resolve) => {
    const ask = request(
      { host: "127.0.0.1", port, path: "/readyz", rejectUnauthorized: false, timeout: 1000 },
      (response) => {
        response.resume();
        resolve(response.statusCode === 200);
      },
    );
    ask.on("error", () => resolve(false));
    ask.on("timeout", () => ask.destroy());
    ask.end();
  });
}
