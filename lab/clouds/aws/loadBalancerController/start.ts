/** Runs the AWS Load Balancer Controller in labs that have it, and keeps the others free of it. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ControlPlaneFiles } from "../../../cluster/controlPlane.ts";
import { flags } from "../../../cluster/controlPlane.ts";
import type { Kubectl } from "../../../cluster/kubectl.ts";
import { clusterName } from "../../../layout.ts";
import { controllerObjects as objectsFile } from "../../../tools/optionalController.ts";
import { until } from "../../../until.ts";
import type { CloudRun } from "../../cloud.ts";
import { controllerEnvironment } from "../controllerEnvironment.ts";
import { awsEndpoint, region } from "../layout.ts";
import { loadBalancerController, webhookUrl } from "./controller.ts";
import { controllerObjects, ownLabel, webhookKinds } from "./objects.ts";

export interface ControllerStart extends Pick<ControlPlaneFiles, "certificates" | "kubeconfigs"> {
  readonly kubectl: Pick<Kubectl, "deleteLabelled">;
  readonly run: Pick<CloudRun, "loadBalancerController" | "start" | "throwIfFailing">;
  readonly vpcId: string;
}

const { name } = loadBalancerController;
const [, webhook] = loadBalancerController.identities;
const healthAddress = "127.0.0.1:61779";

/** Generous, for machines that are busy with a build. */
const startTimeoutMs = 60_000;

/** What a cluster must have before the controller starts; nothing if the lab has none. @param certificates directory of the lab's */
export function objectsToApply(
  certificates: string,
  { loadBalancerController: directory }: Pick<CloudRun, "loadBalancerController">,
): readonly object[] {
  if (directory === undefined) return [];
  const rendered = readFileSync(join(directory, objectsFile), "utf8");
  return controllerObjects(rendered, readFileSync(join(certificates, "ca.crt")));
}

/** Resolves when the controller serves its webhooks, or at once if the lab has none. */
export async function runLoadBalancerController(start: ControllerStart): Promise<void> {
  const { certificates, kubeconfigs, run, vpcId } = start;
  if (run.loadBalancerController === undefined) return removeWebhooks(start);
  run.start(name, {
    program: join(run.loadBalancerController, name),
    args: controllerFlags({ kubeconfig: join(kubeconfigs, name), certificates, vpcId }),
    env: controllerEnvironment,
  });
  const isReady = (): Promise<boolean> => {
    run.throwIfFailing(name);
    return answers(`http://${healthAddress}/readyz`);
  };
  await until(name, isReady, startTimeoutMs);
}

/** An earlier start may have had the controller. The API server would refuse what it can no longer ask it about. */
async function removeWebhooks({ certificates, kubectl }: ControllerStart): Promise<void> {
  if (existsSync(join(certificates, `${name}.crt`))) await kubectl.deleteLabelled(webhookKinds, ownLabel);
}

/** The command line. https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/configurations/ */
export function controllerFlags({
  kubeconfig,
  certificates,
  vpcId,
}: {
  readonly kubeconfig: string;
  readonly certificates: string;
  readonly vpcId: string;
}): string[] {
  return flags({
    "cluster-name": clusterName,
    "aws-region": region,
    "aws-vpc-id": vpcId,
    // By the SDK's service ids. The controller ignores other keys.
    "aws-api-endpoints": ["EC2", "Elastic Load Balancing v2"].map((id) => `${id}=${awsEndpoint}`).join(","),
    // These are for Application Load Balancers, and the emulated API does not have them.
    "enable-shield": "false",
    "enable-waf": "false",
    "enable-wafv2": "false",
    kubeconfig,
    // A single instance needs no election.
    "enable-leader-election": "false",
    "webhook-bind-port": new URL(webhookUrl).port,
    "webhook-cert-dir": certificates,
    "webhook-cert-file": `${webhook?.file ?? ""}.crt`,
    "webhook-key-file": `${webhook?.file ?? ""}.key`,
    "health-probe-bind-addr": healthAddress,
    // Nothing reads its metrics.
    "metrics-bind-addr": "0",
  });
}

const answers = (url: string): Promise<boolean> =>
  fetch(url, { signal: AbortSignal.timeout(1_000) }).then(
    ({ ok }) => ok,
    () => false,
  );
