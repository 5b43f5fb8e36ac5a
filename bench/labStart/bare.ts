/**
 * Starts etcd and kube-apiserver as the lab does, and nothing else, in its own network namespace. Prints how long that took.
 * Usage: bare.ts BIN DIRECTORY, with the directory of the executables and an empty one for certificates and data
 */
import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { ensureCertificates } from "../../lab/cluster/certificates.ts";
import { apiServer, etcd } from "../../lab/cluster/controlPlane.ts";
import { apiServerIsReady } from "../../lab/cluster/kubectl.ts";
import type { Command } from "../../lab/supervisor/process.ts";
import { until } from "../../lab/until.ts";
import type { StartTimes } from "./enclosed.ts";
import { makeMinimalNetwork } from "./minimalNetwork.ts";

const patienceMilliseconds = 120_000;

const [bin, directory] = process.argv.slice(2);
if (bin === undefined || directory === undefined) throw new Error("usage: bare.ts BIN DIRECTORY");

await makeMinimalNetwork();
const certificates = join(directory, "certificates");
const files = { bin, certificates, etcdData: join(directory, "etcd"), kubeconfigs: directory };

const began = performance.now();
// Included in the time: a lab without state makes them too.
await ensureCertificates(certificates);
const processes = [etcd(files), apiServer(files)].map((command, index) =>
  start(command, join(directory, `${index}.log`)),
);
await until("the API server", () => apiServerIsReady(certificates), patienceMilliseconds);
const seconds = (performance.now() - began) / 1000;
console.log(JSON.stringify({ apiServer: seconds, ready: seconds } satisfies StartTimes));
for (const child of processes) child.kill("SIGKILL");

function start({ program, args, env }: Command, log: string) {
  const output = openSync(log, "w");
  const child = spawn(program, args, {
    env: { ...process.env, ...env },
    stdio: ["ignore", output, output],
  });
  closeSync(output);
  return child;
}
