/** A cluster whose nodes are on no cloud, and a cluster whose controller does not come. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KubeConfig, KubernetesObjectApi } from "@kubernetes/client-node";
import { RunningApiServer } from "../../live/providers/runningApiServer.ts";
import { liveTools } from "../../live/tools.ts";
import { saidBy } from "./caseLab.ts";
import type { CaseLab } from "./caseLab.ts";
import type { LabCase, Said } from "./labCase.ts";
import { objectsIn } from "./objects.ts";

let server: RunningApiServer;
let kubeconfig = "";

/** A real API server with a Node of k3s. */
async function startElsewhere(lab: CaseLab): Promise<void> {
  const { bin } = await liveTools();
  server = await RunningApiServer.start(bin);
  const directory = mkdtempSync(join(tmpdir(), "elsewhere-"));
  kubeconfig = join(directory, "kubeconfig");
  lab.afterwards(async () => {
    await server.stop();
    rmSync(directory, { recursive: true });
  });
  writeFileSync(kubeconfig, server.kubeconfig);
  const config = new KubeConfig();
  config.loadFromString(server.kubeconfig);
  const objects = KubernetesObjectApi.makeApiClient(config);
  for (const object of objectsIn("no-aws-at-all.yaml")) await objects.create(object);
}

const compared = (lab: CaseLab): Promise<Said> =>
  lab.command(
    "compare",
    ...["--service", "default/hello", "--service", "default/hello-lb"],
    ...["--kubeconfig", kubeconfig],
  );

const elsewhere = /the cluster's node is no instance on AWS \(.*k3s:\/\/node-1.*\)/;

export const noAwsAtAll: LabCase = {
  name: "no-aws-at-all",
  file: "noAwsAtAll.ts",
  title: "No AWS at all",
  people:
    "kind, minikube or k3s: a Service of type LoadBalancer is pending for ever, or has an address of another provider's. Pulumi waits ten minutes.",
  right:
    "The comparison ends at once with the reason. A deployment that waits says for what, and goes on when the controller comes.",
  sources: [
    "https://github.com/pulumi/pulumi-kubernetes/issues/1915",
    "https://github.com/k3s-io/k3s/issues/9511",
    "https://kubernetes.io/docs/concepts/services-networking/service/#loadbalancer",
  ],
  steps: [
    {
      does: "The nodes are k3s's, and the Service is pending.",
      async run(lab) {
        await startElsewhere(lab);
        return compared(lab);
      },
      exit: 2,
      says: [elsewhere],
    },
    {
      does: "The Service has the address of a node, as k3s's ServiceLB gives it.",
      async run(lab) {
        const status = { loadBalancer: { ingress: [{ ip: "192.168.1.10" }] } };
        const target = "/api/v1/namespaces/default/services/hello-lb/status";
        await server.call("PATCH", target, { status });
        return compared(lab);
      },
      exit: 2,
      says: [elsewhere, "another provider gave it"],
    },
    {
      does: "No controller runs on the lab while the program is deployed. It is started once the deployment says what it waits for.",
      async run(lab) {
        await lab.holdController();
        const { child, ended } = lab.project.start("up");
        const isWaiting = (said: Buffer): boolean => said.includes("has no load balancer yet");
        await new Promise<void>((resolve) => {
          child.stdout?.on("data", (said: Buffer) => {
            if (isWaiting(said)) resolve();
          });
          child.once("close", () => resolve());
        });
        await lab.releaseController();
        return saidBy(await ended);
      },
      exit: 0,
      says: ["has no load balancer yet", "http://"],
    },
  ],
};
