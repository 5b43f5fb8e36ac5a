/** The program on an account that a tool has furnished: what it finds, or how it refuses. The answers are those of the shapes' tables; whether the lab's account has them, tests on the emulated API show. */
import assert from "node:assert/strict";
import { chooseSubnets } from "../../../../../components/aws/subnets.ts";
import { findClusterNetwork } from "../../../../../components/index.ts";
import type { KnownNetwork } from "../../../../../components/index.ts";
import type { shapes } from "../../../../../lab/clouds/aws/account/shapes/index.ts";
import { autoscalingGroupsOf, shapeNamed } from "../../../../../lab/clouds/aws/account/shapes/index.ts";
import { nodeGroupOf } from "../../../../../lab/clouds/aws/account/shapes/shape.ts";
import type { AccountShape } from "../../../../../lab/clouds/aws/account/shapes/shape.ts";
import { zoneOf } from "../../../../../lab/clouds/aws/layout.ts";
import { nodes, spareNodes } from "../../../../../lab/layout.ts";
import { callsOf } from "../../../components/aws/answeringAccount.ts";
import type { AnsweringAccount } from "../../../components/aws/answeringAccount.ts";
import { declare } from "../../../components/core/declaring.ts";

/** What EC2 would answer of a shape. Names stand for ids. */
function accountOf(shape: AccountShape): AnsweringAccount {
  const zones = nodes.map((node) => zoneOf(node));
  const ofNodes = nodes.map((node) => {
    const { securityGroups, instanceTags } = nodeGroupOf(shape, node.zone);
    return [node.name, { groups: securityGroups, tags: instanceTags(node.name) }] as const;
  });
  const others = (shape.otherInstances ?? []).map(
    ({ name, securityGroups, tags }) => [name, { groups: securityGroups, tags }] as const,
  );
  const { publicSubnet } = shape;
  return {
    instances: Object.fromEntries([...ofNodes, ...others]),
    securityGroups: Object.fromEntries(shape.securityGroups.map(({ name, tags }) => [name, { tags }])),
    subnets: Object.fromEntries([
      ...zones.map((zone) => [`nodes-${zone}`, shape.nodeSubnet(zone)] as const),
      ...zones.flatMap((zone) =>
        publicSubnet === undefined ? [] : [[`public-${zone}`, publicSubnet(zone)] as const],
      ),
    ]),
    autoscalingGroups: Object.fromEntries(
      shape.nodeGroups.flatMap(({ zones: letters, autoscalingGroup }) =>
        autoscalingGroup === undefined
          ? []
          : [
              [
                autoscalingGroup.name,
                {
                  tags: autoscalingGroup.tags,
                  subnets: letters.map((zone) => `nodes-${zoneOf({ zone })}`).join(","),
                },
              ],
            ],
      ),
    ),
  };
}

const find = async (shape: AccountShape, known?: KnownNetwork) =>
  (
    await declare(() => findClusterNetwork("dev", known), {
      preview: true,
      calls: callsOf(accountOf(shape)),
    })
  ).result;

const names = nodes.map(({ name }) => name);

interface Expectation {
  /** The nodes' security group, or why the program refuses. */
  readonly group: string | RegExp;
  /** What the refusal's remedy sets, and the group that the program then finds. */
  readonly remedy?: { readonly known: KnownNetwork; readonly group: string };
  /** Which subnets the load balancers are in, or what to do about it. */
  readonly subnets: "nodes" | "public" | RegExp;
  /** Names of managed node groups, of which the program finds the Auto Scaling groups. */
  readonly nodeGroupNames?: readonly string[];
}

const groupNamed = (shape: AccountShape, part: string): string => {
  const found = shape.securityGroups.find(({ name }) => name.includes(part));
  return (found ?? assert.fail(`no group ${part}`)).name;
};

const clusterGroup = "eks-cluster-sg-dev-1523901234";

const expectations: Readonly<Record<keyof typeof shapes, Expectation>> = {
  usual: { group: "dev-node", subnets: "nodes", nodeGroupNames: ["nodes"] },
  "eks-module": {
    group: groupNamed(shapeNamed("eks-module"), "dev-node"),
    subnets: "public",
    nodeGroupNames: ["workers-20261101080000000100000003"],
  },
  "eks-module-both-groups": {
    group:
      /The instance node-a has 2 security groups with the tag kubernetes\.io\/cluster\/dev: .*or set nodeSecurityGroupId/,
    remedy: {
      known: { nodeSecurityGroupId: groupNamed(shapeNamed("eks-module-both-groups"), "dev-node") },
      group: groupNamed(shapeNamed("eks-module-both-groups"), "dev-node"),
    },
    subnets: "public",
  },
  "pulumi-eks": {
    group: groupNamed(shapeNamed("pulumi-eks"), "nodeSecurityGroup"),
    subnets: /no subnet has the tag "kubernetes\.io\/role\/elb" .* name them in subnetIds/,
  },
  eksctl: { group: clusterGroup, subnets: "nodes", nodeGroupNames: ["general", "spot"] },
  "eksctl-self-managed": {
    group:
      /The nodes have different security groups: .*general.* \(node-a, node-b\) and .*spot.* \(node-c\)\. .*set nodeSecurityGroupId to a group that all nodes have/,
    remedy: {
      known: { nodeSecurityGroupId: groupNamed(shapeNamed("eksctl-self-managed"), "Shared") },
      group: groupNamed(shapeNamed("eksctl-self-managed"), "Shared"),
    },
    subnets: "nodes",
  },
  "auto-mode": {
    group: /node-a, node-b, node-c: EKS Auto Mode launched these nodes .*targetGroupBinding/,
    remedy: { known: { targetGroupBinding: true }, group: clusterGroup },
    subnets: "public",
  },
  kops: { group: "nodes.dev", subnets: "nodes" },
};

describe("an account as a tool leaves it", () => {
  for (const [name, { group, remedy, subnets, nodeGroupNames }] of Object.entries(expectations)) {
    describe(shapeNamed(name).title, () => {
      const shape = shapeNamed(name);

      it("has a node group for every zone, and only groups that it makes", () => {
        for (const { zone } of [...nodes, ...spareNodes])
          assert.equal(shape.nodeGroups.filter(({ zones }) => zones.includes(zone)).length, 1, zone);
        const made = new Set(shape.securityGroups.map((each) => each.name));
        const used = [
          ...shape.securityGroups.flatMap(({ from }) => from),
          ...[...shape.nodeGroups, ...(shape.otherInstances ?? []), ...(shape.interfaces ?? [])].flatMap(
            ({ securityGroups }) => securityGroups,
          ),
        ];
        assert.deepEqual(
          used.filter((each) => !made.has(each)),
          [],
        );
      });

      if (typeof group === "string")
        it("has nodes and a security group that the program finds", async () => {
          const found = await find(shape);
          assert.deepEqual([found.nodeInstanceIds, found.nodeSecurityGroupId], [names, group]);
        });
      else
        it("is refused with a remedy, which works", async () => {
          await assert.rejects(find(shape), group);
          const found = await find(shape, remedy?.known);
          assert.deepEqual([found.nodeInstanceIds, found.nodeSecurityGroupId], [names, remedy?.group]);
        });

      it("has subnets for public load balancers, or the program says how to name them", async () => {
        const known = remedy?.known ?? {};
        const choice = chooseSubnets((await find(shape, known)).subnets, "internet-facing");
        if (typeof subnets !== "string") {
          assert.equal(choice.kind, "none");
          assert.match(choice.problems[0]?.reason ?? "", subnets);
          return;
        }
        assert.equal(choice.kind, "chosen");
        assert.deepEqual(
          choice.subnets.map(({ id }) => id),
          nodes.map((node) => `${subnets}-${zoneOf(node)}`),
        );
      });

      it("has Auto Scaling groups by which nodes can follow, found by their own names or those of EKS", async () => {
        const own = autoscalingGroupsOf(shape);
        if (own.length === 0) {
          await assert.rejects(
            find(shape, { autoscalingGroupNames: ["nodes"] }),
            /no Auto Scaling group nodes/,
          );
          return;
        }
        const more = remedy?.known ?? {};
        const found = await find(shape, { ...more, autoscalingGroupNames: own });
        assert.deepEqual(found.autoscalingGroupNames, own);
        if (nodeGroupNames === undefined) return;
        assert.deepEqual((await find(shape, { ...more, nodeGroupNames })).autoscalingGroupNames, own);
      });
    });
  }

  it("is refused by node group names where EKS manages none", async () => {
    for (const name of ["pulumi-eks", "kops"])
      await assert.rejects(
        find(shapeNamed(name), { nodeGroupNames: ["workers"] }),
        /has no managed node group "workers".* or its Auto Scaling group in autoscalingGroupNames/,
      );
  });
});
