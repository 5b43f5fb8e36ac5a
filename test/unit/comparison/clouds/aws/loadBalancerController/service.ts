/** A Service that names the controller by its class, and what the controller makes of it. */
import assert from "node:assert/strict";
import { predict } from "../../../../../../comparison/clouds/aws/loadBalancerController/predict.ts";
import type {
  AwsClusterFacts,
  NlbFacts,
  NlbListenerFacts,
  RuleFacts,
  TargetGroupFacts,
} from "../../../../../../comparison/clouds/aws/model.ts";
import type { ServiceFacts } from "../../../../../../comparison/model/service.ts";
import { cluster as usual, service as withType, subnet } from "../cloudControllerManager/cluster.ts";

/** Subnets with the role of both schemes. */
export const cluster: AwsClusterFacts = {
  ...usual,
  subnets: [
    subnet("us-west-2a", "10.0.0.0/20", { tags: roles() }),
    subnet("us-west-2b", "10.0.16.0/20", { tags: roles() }),
  ],
};

function roles(): Record<string, string> {
  return { "kubernetes.io/role/elb": "1", "kubernetes.io/role/internal-elb": "1" };
}

/** @param annotations by what follows the common prefix */
export function service(
  changes: Partial<ServiceFacts> = {},
  annotations: Readonly<Record<string, string>> = {},
): ServiceFacts {
  return withType(
    { loadBalancerClass: "service.k8s.aws/nlb", loadBalancerSourceRanges: [], ...changes },
    { type: undefined, ...annotations },
  );
}

export interface Made {
  readonly loadBalancer: NlbFacts;
  readonly nodes: readonly RuleFacts[];
  readonly balancer: readonly RuleFacts[];
}

export function made(of: ServiceFacts, inCluster: AwsClusterFacts = cluster): Made {
  const predicted = predict(of, inCluster);
  if (predicted.kind !== "made") throw new Error(`${predicted.kind}: ${predicted.reason}`);
  const { nodes, loadBalancer: balancer } = predicted.firewall;
  return { loadBalancer: predicted.loadBalancer, nodes, balancer };
}

export function onlyListener(of: ServiceFacts): NlbListenerFacts {
  const [first, ...others] = made(of).loadBalancer.listeners;
  assert.ok(first !== undefined && others.length === 0);
  return first;
}

export function onlyGroup(of: ServiceFacts): TargetGroupFacts {
  const [first, ...others] = made(of).loadBalancer.pools;
  assert.ok(first !== undefined && others.length === 0);
  return first;
}

/** As `tcp 80-443 from 10.0.0.0/8`. */
export function inWords(rules: readonly RuleFacts[]): string[] {
  return rules.map(
    ({ ipProtocol, fromPort, toPort, source }) => `${ipProtocol} ${fromPort}-${toPort} from ${source}`,
  );
}
