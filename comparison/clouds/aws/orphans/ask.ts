/** Asks AWS for what a cluster's controllers and programs left behind. It only reads. */
import { serviceTag } from "../../../../components/aws/clusterTags.ts";
import { ranges } from "../../../../components/core/defaults.ts";
import type { OrphansFound } from "../../../model/orphan.ts";
import { known } from "../../../model/sourceResult.ts";
import type { SourceResult } from "../../../model/sourceResult.ts";
import { given } from "../../../sources/asking.ts";
import type { Ask } from "../../../sources/asking.ts";
import type { ClusterObjects } from "../../reader.ts";
import { prices } from "../cost/prices.ts";
import { clusterTag } from "../loadBalancerController/marks.ts";
import type { AwsClients } from "../sources/clients.ts";
import { readClassic, readClassicGroups } from "../sources/classic.ts";
import { controllerSecurityGroups } from "../sources/controllerGroups.ts";
import { readIngressRules } from "../sources/firewall.ts";
import { allLoadBalancers, allTargetGroups, groupsWithTargets } from "../sources/inventory.ts";
import { readNodeNetwork } from "../sources/nodeNetwork.ts";
import { addressesOf, networkInterfacesIn } from "../sources/interfaces.ts";
import { tagsOf } from "../sources/tags.ts";
import { classicKind, classicOrphansIn } from "./classic.ts";
import { networkOrphans } from "./network.ts";
import { orphansIn } from "./orphans.ts";
import { commandsFor } from "./removal.ts";
import { unusedNodePorts } from "./unusedNodePorts.ts";

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
    const tags = await tagsOf(elbv2, arns, signal);
    const unmarked = targetGroups.filter(({ TargetGroupArn }) => !isOfController(tags(TargetGroupArn)));
    const groups = await groupsWithTargets(elbv2, unmarked, signal);
    return { place, loadBalancers, targetGroups, tags, groups };
  });
  const classic = ask("ELB API", (signal) => readClassic(elb, signal));
  const classicGroups = given({ "the nodes' instances": network }, (facts) =>
    ask("EC2 API", (signal) => readClassicGroups(ec2, facts["the nodes' instances"].clusterName, signal)),
  );
  const controllerGroups = given({ "the nodes' instances": network }, (facts) =>
    ask("EC2 API", (signal) => controllerSecurityGroups(ec2, facts["the nodes' instances"], signal)),
  );
  const interfaces = given({ "the nodes' instances": network }, (facts) =>
    ask("EC2 API", (signal) => networkInterfacesIn(ec2, facts["the nodes' instances"].vpc, signal)),
  );
  const addresses = given({ "the nodes' instances": network }, (facts) =>
    ask("EC2 API", (signal) => addressesOf(ec2, facts["the nodes' instances"].clusterName, signal)),
  );
  return given(
    {
      "the Services": services,
      "the nodes": nodes,
      "the nodes' instances": network,
      "the load balancers": objects,
      "the Classic Load Balancers": classic,
      "the nodes' rules": rules,
      "the Classic Load Balancers' security groups": classicGroups,
      "the AWS Load Balancer Controller's security groups": controllerGroups,
      "the network interfaces": interfaces,
      "the Elastic IP addresses": addresses,
    },
    (facts) => {
      const { place, groups, ...existing } = facts["the load balancers"];
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
        ...unusedNodePorts({
          ...common,
          groups,
          vpc: facts["the nodes' instances"].vpc,
          nodes: facts["the nodes"],
          loadBalancers: existing.loadBalancers,
        }),
        ...networkOrphans({
          clusterName: common.clusterName,
          nodes: facts["the nodes"],
          loadBalancers: [
            ...existing.loadBalancers.map(({ LoadBalancerName = "" }) => LoadBalancerName),
            ...facts["the Classic Load Balancers"].loadBalancers.map(
              ({ LoadBalancerName = "" }) => LoadBalancerName,
            ),
          ],
          interfaces: facts["the network interfaces"],
          addresses: facts["the Elastic IP addresses"],
        }),
      ];
      return Promise.resolve(
        known({
          cluster: common.clusterName,
          place,
          // What costs most comes first.
          orphans: orphans
            .toSorted((a, b) => b.monthlyDollars - a.monthlyDollars)
            .map((orphan) => ({ ...orphan, commands: commandsFor(orphan) })),
          prices: pricesOf(orphans),
          limits,
        }),
      );
    },
  );
}

/** Such an object is judged by its tags, in this cluster or in another one. */
function isOfController(tags: Readonly<Record<string, string>>): boolean {
  return serviceTag in tags || clusterTag in tags;
}

/** Where the prices are from, and of which day. */
function pricesOf(orphans: readonly { readonly kind: string }[]): string {
  const { date, region, source, classic } = prices;
  const ofClassic = orphans.some(({ kind }) => kind === classicKind)
    ? `; of Classic Load Balancers of ${classic.date}: ${classic.source}`
    : "";
  return `Prices of ${date} in ${region}, without traffic: ${source}${ofClassic}`;
}

const { nodePort } = ranges;

const limits = [
  `Load balancers, target groups and rules without a controller's mark are found by their ports: they lead to nodes of the cluster at ports from ${nodePort.min} to ${nodePort.max} that no Service has. Others, and security groups that no controller made, are not looked at.`,
  "Tell a rule for a single port in that range apart from one that you have made for a program on the nodes.",
  "Rules described as elbv2.k8s.aws/targetGroupBinding=shared can also be for a TargetGroupBinding that somebody has written. Before you delete one, look at kubectl get targetgroupbindings --all-namespaces.",
  "Rules that let in a security group are looked at if the controller made the group for a Classic Load Balancer, not if a Service's annotation named it.",
  "Network interfaces are looked at in the VPC of the nodes, if their description names a load balancer or a tag of the AWS VPC CNI names the cluster; Elastic IP addresses if they have the cluster's tag.",
  "AWS keeps rules for the same protocol, ports and source once. Before you delete a rule, check that no other load balancer uses its port.",
];
