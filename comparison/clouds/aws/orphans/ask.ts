/** Asks AWS for what a cluster's controller left behind. It only reads. */
import type { OrphansFound } from "../../../model/orphan.ts";
import { known } from "../../../model/sourceResult.ts";
import type { SourceResult } from "../../../model/sourceResult.ts";
import { given } from "../../../sources/asking.ts";
import type { Ask } from "../../../sources/asking.ts";
import type { ClusterObjects } from "../../reader.ts";
import { prices } from "../cost/prices.ts";
import type { AwsClients } from "../sources/clients.ts";
import { readClassic, readClassicGroups } from "../sources/classic.ts";
import { controllerSecurityGroups } from "../sources/controllerGroups.ts";
import { readIngressRules } from "../sources/firewall.ts";
import { allLoadBalancers, allTargetGroups } from "../sources/inventory.ts";
import { readNodeNetwork } from "../sources/nodeNetwork.ts";
import { tagsOf } from "../sources/tags.ts";
import { classicKind, classicOrphansIn } from "./classic.ts";
import { orphansIn } from "./orphans.ts";

export async function askOrphans(
  { elb, elbv2, ec2 }: AwsClients,
  { nodes, services }: ClusterObjects,
  ask: Ask,
): Promise<SourceResult<OrphansFound>> {
  const network = given({ "the nodes": nodes }, (facts) =>
    ask("EC2 API", (signal) => readNodeNetwork(ec2, facts["the nodes"], signal)),
  );
  const rules = given({ "the nodes' instances": network }, (facts) =>
    ask("EC2 API", (signal) =>
      readIngressRules(ec2, facts["the nodes' instances"].allSecurityGroups, signal),
    ),
  );
  const objects = ask("ELBv2 API", async (signal) => {
    const [place, loadBalancers, targetGroups] = await Promise.all([
      elbv2.config.region(),
      allLoadBalancers(elbv2, signal),
      allTargetGroups(elbv2, signal),
    ]);
    const arns = [
      ...loadBalancers.map(({ LoadBalancerArn = "" }) => LoadBalancerArn),
      ...targetGroups.map(({ TargetGroupArn = "" }) => TargetGroupArn),
    ];
    return { place, loadBalancers, targetGroups, tags: await tagsOf(elbv2, arns, signal) };
  });
  const classic = ask("ELB API", (signal) => readClassic(elb, signal));
  const classicGroups = given({ "the nodes' instances": network }, (facts) =>
    ask("EC2 API", (signal) => readClassicGroups(ec2, facts["the nodes' instances"].clusterName, signal)),
  );
  const controllerGroups = given({ "the nodes' instances": network }, (facts) =>
    ask("EC2 API", (signal) => controllerSecurityGroups(ec2, facts["the nodes' instances"], signal)),
  );
  return given(
    {
      "the Services": services,
      "the nodes' instances": network,
      "the load balancers": objects,
      "the Classic Load Balancers": classic,
      "the nodes' rules": rules,
      "the Classic Load Balancers' security groups": classicGroups,
      "the AWS Load Balancer Controller's security groups": controllerGroups,
    },
    (facts) => {
      const { place, ...existing } = facts["the load balancers"];
      const common = {
        clusterName: facts["the nodes' instances"].clusterName,
        services: facts["the Services"],
        rules: facts["the nodes' rules"],
      };
      const orphans = [
        ...orphansIn({
          ...existing,
          ...common,
          controllerGroups: facts["the AWS Load Balancer Controller's security groups"],
        }),
        ...classicOrphansIn({
          ...facts["the Classic Load Balancers"],
          ...common,
          groups: facts["the Classic Load Balancers' security groups"],
        }),
      ];
      return Promise.resolve(
        known({
          cluster: common.clusterName,
          place,
          // What costs most comes first.
          orphans: orphans.toSorted((a, b) => b.monthlyDollars - a.monthlyDollars),
          prices: pricesOf(orphans),
          limits,
        }),
      );
    },
  );
}

/** Where the prices are from, and of which day. */
function pricesOf(orphans: readonly { readonly kind: string }[]): string {
  const { date, region, source, classic } = prices;
  const ofClassic = orphans.some(({ kind }) => kind === classicKind)
    ? `; of Classic Load Balancers of ${classic.date}: ${classic.source}`
    : "";
  return `Prices of ${date} in ${region}, without traffic: ${source}${ofClassic}`;
}

const limits = [
  "Load balancers and target groups without the tags of a controller and this cluster (kubernetes.io/service-name and kubernetes.io/cluster/<name>, or service.k8s.aws/stack and elbv2.k8s.aws/cluster) are not looked at, and neither are security groups that no controller made.",
  "Rules described as elbv2.k8s.aws/targetGroupBinding=shared can also be for a TargetGroupBinding that somebody has written. Before you delete one, look at kubectl get targetgroupbindings --all-namespaces.",
  "Rules that let in a security group are looked at if the controller made the group for a Classic Load Balancer, not if a Service's annotation named it.",
  "AWS keeps rules for the same protocol, ports and source once. Before you delete a rule, check that no other load balancer uses its port.",
];
