/** An AWS account for tests, which answers look-ups by what it has. */
import assert from "node:assert/strict";
import type { Calls } from "../core/declaring.ts";

export interface Instance {
  readonly groups: readonly string[];
  readonly tags?: Readonly<Record<string, string>>;
}

interface Group {
  readonly tags: Readonly<Record<string, string>>;
  readonly vpc?: string;
}

export interface AnsweringAccount {
  readonly instances: Readonly<Record<string, Instance>>;
  readonly securityGroups: Readonly<Record<string, Group>>;
  readonly subnets: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Tags and subnets. */
  readonly autoscalingGroups: Readonly<
    Record<string, { readonly tags: Readonly<Record<string, string>>; readonly subnets: string }>
  >;
}

interface Filter {
  readonly name: string;
  readonly values: readonly string[];
}

/** The filters of the EC2 and Auto Scaling APIs that are used here. */
function matches(
  id: string,
  { tags = {}, groups = [] }: { tags?: Readonly<Record<string, string>>; groups?: readonly string[] },
  filters: readonly Filter[],
): boolean {
  return filters.every(({ name, values }) => {
    if (name === "tag-key") return values.some((key) => key in tags);
    if (name.startsWith("tag:")) return values.includes(tags[name.slice("tag:".length)] ?? "");
    if (name === "instance.group-id") return groups.some((group) => values.includes(group));
    if (name === "group-id") return values.includes(id);
    throw new Error(`unexpected filter ${name}`);
  });
}

const keysOf = (
  objects: Readonly<Record<string, Parameters<typeof matches>[1]>>,
  filters: readonly Filter[],
) => Object.keys(objects).filter((id) => matches(id, objects[id]!, filters));

export function callsOf({ instances, securityGroups, subnets, autoscalingGroups }: AnsweringAccount): Calls {
  return {
    "aws:ec2/getInstances:getInstances": ({ filters, instanceStateNames }) => {
      assert.deepEqual(instanceStateNames, ["running"]);
      return { ids: keysOf(instances, filters as Filter[]) };
    },
    "aws:ec2/getInstance:getInstance": ({ instanceId }) => ({
      vpcSecurityGroupIds: [...instances[String(instanceId)]!.groups],
    }),
    "aws:ec2/getSecurityGroups:getSecurityGroups": ({ filters }) => {
      const ids = keysOf(securityGroups, filters as Filter[]);
      return { ids, vpcIds: ids.map((id) => securityGroups[id]!.vpc ?? "vpc-1") };
    },
    "aws:ec2/getSubnets:getSubnets": ({ filters }) => {
      const [{ name, values }] = filters as [Filter];
      assert.equal(name, "vpc-id");
      return { ids: values[0] === "vpc-1" ? Object.keys(subnets) : [] };
    },
    "aws:ec2/getSubnet:getSubnet": ({ id }) => ({
      id,
      availabilityZone: `zone-${String(id).slice(-1)}`,
      cidrBlock: "10.0.0.0/20",
      tags: { ...subnets[String(id)] },
    }),
    "aws:autoscaling/getAmiIds:getAmiIds": ({ names, filters = [] }) => {
      const found = keysOf(autoscalingGroups, filters as Filter[]);
      return { names: found.filter((name) => names === undefined || (names as string[]).includes(name)) };
    },
    "aws:autoscaling/getGroup:getGroup": ({ name }) => ({
      vpcZoneIdentifier: autoscalingGroups[String(name)]!.subnets,
    }),
  };
}
