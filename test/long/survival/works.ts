/** Tells whether a process works by giving it work. Each function resolves when the work is done, and cleans up. */
import assert from "node:assert/strict";
import {
  CreateLoadBalancerCommand,
  DeleteLoadBalancerCommand,
  DescribeLoadBalancersCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { V1ConfigMap, V1Deployment, V1Pod, V1Service } from "@kubernetes/client-node";
import { inside } from "../../../lab/lab.ts";
import { clusterDomain, nodeNetwork } from "../../../lab/layout.ts";
import { ownProgram } from "../../../lab/program.ts";
import { run } from "../../../lab/tools/command.ts";
import { loadBalancerNamed, loadBalancersIn, targetsOf } from "../../live/clouds/aws/account.ts";
import { persistently } from "./subject.ts";
import type { Subject } from "./subject.ts";

export type Work = (subject: Subject) => Promise<void>;

const namespace = "default";

/** Each name is used once, so that no earlier object is mistaken for a new one. */
let made = 0;
const newName = (): string => `work-${++made}`;

/** The API server and etcd: they store an object. */
export const storing: Work = async (subject) => {
  const name = newName();
  await persistently("a ConfigMap created", subject, () =>
    subject.core
      .createNamespacedConfigMap({
        namespace,
        body: Object.assign(new V1ConfigMap(), { metadata: { name } }),
      })
      .catch(unlessItIsThere),
  );
  await gone("the ConfigMap", subject, () => subject.core.deleteNamespacedConfigMap({ namespace, name }));
};

/** kube-controller-manager: it observes a Deployment. */
export const controlling: Work = async (subject) => {
  const name = newName();
  const labels = { work: name };
  await subject.apps.createNamespacedDeployment({
    namespace,
    body: Object.assign(new V1Deployment(), {
      metadata: { name },
      spec: {
        replicas: 0,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: await podSpec(subject) },
      },
    }),
  });
  await persistently("a Deployment observed", subject, async () => {
    const { status } = await subject.apps.readNamespacedDeployment({ namespace, name });
    return status?.observedGeneration;
  });
  await subject.apps.deleteNamespacedDeployment({ namespace, name, propagationPolicy: "Foreground" });
  await gone("the Deployment", subject, () => subject.apps.readNamespacedDeployment({ namespace, name }));
};

/** kube-scheduler: it assigns a node to a pod. */
export const scheduling: Work = (subject) => withPod(subject, {}, ({ spec }) => spec?.nodeName !== undefined);

/** A node's kubelet and containerd: they run a pod on this node. */
export const runningPods =
  (nodeName: string): Work =>
  (subject) =>
    withPod(subject, { nodeName }, ({ status }) => status?.phase === "Running");

/** A node's kube-proxy: it adds a new Service's address to the node's rules. */
export const programmingRules =
  (node: string): Work =>
  (subject) =>
    withService(subject, { type: "ClusterIP" }, async ({ spec }) => {
      const { command, args } = inside(subject.lab, node, ["nft", "list", "table", "ip", "kube-proxy"]);
      const rules = await run(command, args, { signal: subject.signal });
      return rules.includes(spec?.clusterIP ?? "no address");
    });

/** The cloud controller manager: it provisions a load balancer for a Service. */
export const provisioningLoadBalancer: Work = (subject) =>
  withService(subject, { type: "LoadBalancer", loadBalancerSourceRanges: ["192.0.2.0/24"] }, ({ status }) =>
    Promise.resolve((status?.loadBalancer?.ingress ?? []).length > 0),
  );

/** The AWS API. */
export const answeringAwsApi: Work = async (subject) => {
  await persistently("an answer of the AWS API", subject, () => loadBalancersIn(subject.aws.elbv2));
};

/** The data plane: a new load balancer becomes active. */
export const activatingLoadBalancer: Work = async ({ ways: { left }, ...subject }) => {
  const { elbv2 } = subject.aws;
  const { AvailabilityZones = [] } = await loadBalancerNamed(subject.aws.elbv2, left.hostname);
  const { LoadBalancers = [] } = await elbv2.send(
    new CreateLoadBalancerCommand({
      Name: newName(),
      Type: "network",
      Subnets: AvailabilityZones.map(({ SubnetId = "" }) => SubnetId),
    }),
  );
  const LoadBalancerArn = LoadBalancers[0]?.LoadBalancerArn ?? "";
  await persistently("an active load balancer", subject, async () => {
    const described = await elbv2.send(
      new DescribeLoadBalancersCommand({ LoadBalancerArns: [LoadBalancerArn] }),
    );
    return described.LoadBalancers?.[0]?.State?.Code === "active" || undefined;
  });
  await elbv2.send(new DeleteLoadBalancerCommand({ LoadBalancerArn }));
};

/** The VPC's resolver: it finds both load balancers. */
export const resolving: Work = async (subject) => {
  for (const { hostname } of [subject.ways.left, subject.ways.right])
    await persistently(`an address of ${hostname}`, subject, () => subject.client.resolve4(hostname));
};

/** The cluster's DNS: it finds a new Service by its name. */
export const namingServices: Work = (subject) =>
  withService(subject, { type: "ClusterIP" }, async ({ metadata, spec }) => {
    const name = `${metadata?.name ?? ""}.${namespace}.svc.${clusterDomain}`;
    const { directory } = subject.project;
    const look = ownProgram(directory, "comparison/sources/resolve.ts", [name, nodeNetwork.clusterDns]);
    const { command, args } = inside(subject.lab, "router", [look.program, ...look.args]);
    const found = await run(command, args, { signal: subject.signal });
    return found.includes(spec?.clusterIP ?? "no address");
  });

/** The entry ports for browsers on the host. */
export const servingEntryPorts: Work = async (subject) => {
  const { nodePort, loadBalancer } = subject.project.settings.ports;
  for (const port of [nodePort, loadBalancer])
    await persistently(`an answer on port ${port}`, subject, async () => {
      const answer = await fetch(`http://127.0.0.1:${port}/hostname`, { signal: AbortSignal.timeout(5000) });
      assert.equal(answer.status, 200);
      return answer.text();
    });
};

/** A whole node with its pods: the pods are back in the Services, and the targets are healthy. */
export const runningNode =
  (node: string): Work =>
  async (subject) => {
    await runningPods(node)(subject);
    await programmingRules(node)(subject);
    await everythingReady(subject);
  };

/** Every pod ready, every target healthy. */
export const everythingReady: Work = async (subject) => {
  await persistently("every pod ready and every target healthy", subject, async () => {
    const { items } = await subject.core.listPodForAllNamespaces();
    const ready = items.every(({ status }) =>
      status?.conditions?.some((condition) => condition.type === "Ready" && condition.status === "True"),
    );
    const states = await Promise.all(
      [subject.ways.left, subject.ways.right].map(({ hostname }) => targetsOf(subject.aws.elbv2, hostname)),
    );
    const healthy = states.every(
      (targets) =>
        targets.length > 0 && targets.every(({ TargetHealth }) => TargetHealth?.State === "healthy"),
    );
    return (ready && healthy) || undefined;
  });
};

async function withPod(
  subject: Subject,
  where: { readonly nodeName?: string },
  done: (pod: V1Pod) => boolean,
): Promise<void> {
  const name = newName();
  const { core } = subject;
  await core.createNamespacedPod({
    namespace,
    body: Object.assign(new V1Pod(), { metadata: { name }, spec: { ...(await podSpec(subject)), ...where } }),
  });
  await persistently("a pod's state", subject, async () =>
    done(await core.readNamespacedPod({ namespace, name })) ? true : undefined,
  );
  await core.deleteNamespacedPod({ namespace, name, gracePeriodSeconds: 0 });
  await gone("the pod", subject, () => core.readNamespacedPod({ namespace, name }));
}

async function withService(
  subject: Subject,
  spec: { readonly type: string; readonly loadBalancerSourceRanges?: readonly string[] },
  done: (service: V1Service) => Promise<boolean>,
): Promise<void> {
  const name = newName();
  const { core } = subject;
  const annotations = { "service.beta.kubernetes.io/aws-load-balancer-type": "nlb" };
  await core.createNamespacedService({
    namespace,
    body: Object.assign(new V1Service(), {
      metadata: { name, annotations },
      spec: { ...spec, ports: [{ port: 80 }] },
    }),
  });
  await persistently("a Service's state", subject, async () =>
    (await done(await core.readNamespacedService({ namespace, name }))) ? true : undefined,
  );
  await core.deleteNamespacedService({ namespace, name });
  await gone("the Service", subject, () => core.readNamespacedService({ namespace, name }));
}

/** Uses the app's image, which every node has. */
async function podSpec({ apps, ways: { left } }: Subject): Promise<object> {
  const { items } = await apps.listNamespacedDeployment({ namespace: left.namespace });
  const image = items[0]?.spec?.template.spec?.containers[0]?.image;
  assert.ok(image !== undefined, `there is no Deployment in ${left.namespace}`);
  return { containers: [{ name: "work", image, args: ["pause"] }], terminationGracePeriodSeconds: 0 };
}

async function gone(what: string, subject: Subject, read: () => Promise<unknown>): Promise<void> {
  await persistently(`${what} gone`, subject, async () => {
    try {
      await read();
      return undefined;
    } catch (error) {
      if (codeOf(error) === 404) return true;
      throw error;
    }
  });
}

/** A call whose answer was lost may have succeeded. */
function unlessItIsThere(error: unknown): true {
  if (codeOf(error) === 409) return true;
  throw error;
}

const codeOf = (error: unknown): unknown => (error as { code?: unknown }).code;
