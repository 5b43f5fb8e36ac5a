/** The order in which Pulumi's engine changes an account: creations and updates as the program declares them, then all deletions. */
import { isDeepStrictEqual } from "node:util";
import type { PlannedResource } from "../../../../../comparison/plan/monitor.ts";
import type { Account } from "./account.ts";

type Inputs = Readonly<Record<string, unknown>>;

interface Object_ {
  readonly type: string;
  readonly id: string;
  readonly inputs: Inputs;
  readonly trigger: unknown;
}

/** A resource of a program, with the names that it had in earlier versions. */
export interface Declared {
  readonly resource: PlannedResource;
  readonly formerNames: readonly string[];
  /** Where it was below a parent of another type. @default nowhere */
  readonly formerPlaces?: readonly { readonly parentType: string; readonly name: string }[];
  /** Replaces it when it changes. */
  readonly replacementTrigger?: unknown;
}

/** Inputs by whose change the aws provider replaces the object. https://www.pulumi.com/registry/packages/aws/api-docs/lb/ */
const replacing: Readonly<Record<string, readonly string[]>> = {
  LoadBalancer: ["internal", "loadBalancerType", "subnets"],
  TargetGroup: ["port", "protocol", "targetType", "vpcId"],
  Listener: ["loadBalancerArn"],
  TargetGroupAttachment: ["targetGroupArn", "targetId", "port"],
  Attachment: ["autoscalingGroupName", "lbTargetGroupArn"],
  SecurityGroup: ["vpcId", "description"],
  SecurityGroupEgressRule: ["securityGroupId"],
  SecurityGroupIngressRule: ["securityGroupId"],
};

/** Inputs that may change, but neither from nothing nor to nothing. */
const neverFromNothing: Readonly<Record<string, readonly string[]>> = { LoadBalancer: ["securityGroups"] };

export class Stack {
  readonly #account: Account;
  #state: ReadonlyMap<string, Object_> = new Map();
  #created = 0;

  constructor(account: Account) {
    this.#account = account;
  }

  /** How many objects the updates have created. */
  get created(): number {
    return this.#created;
  }

  /** @param step called after each change of the account */
  update(declared: readonly Declared[], step: () => void = () => undefined): void {
    const before = new Map(this.#state);
    const after = new Map<string, Object_>();
    const replaced: Object_[] = [];
    const ids = new Map<string, string>();
    for (const { resource, formerNames, formerPlaces = [], replacementTrigger: trigger } of declared) {
      const type = resource.type.split(":").at(-1)!;
      if (replacing[type] === undefined) continue;
      const parentType = parentTypeOf(resource);
      const keyOf = (name: string, below = parentType): string => `${below} ${type} ${name}`;
      const key = keyOf(resource.name);
      const keys = [
        key,
        ...formerNames.map((name) => keyOf(name)),
        ...formerPlaces.map(({ name, parentType }) => keyOf(name, parentType)),
      ];
      const former = keys.find((name) => before.has(name));
      const old = former === undefined ? undefined : before.get(former);
      if (former !== undefined) before.delete(former);
      const inputs = withIds(resource.inputs, ids);
      // The target groups of a replaced load balancer are replaced with it.
      const withIt = type === "TargetGroup" && replaced.some((object) => object.type === "LoadBalancer");
      const isTriggered = old !== undefined && old.trigger !== trigger;
      if (old !== undefined && !withIt && !isTriggered && !replaces(type, old.inputs, inputs)) {
        if (!isDeepStrictEqual(old.inputs, inputs)) this.#account.update(type, old.id, old.inputs, inputs);
        after.set(key, { ...old, inputs });
      } else {
        const id = `${type} ${resource.name} ${(++this.#created).toString()}`;
        this.#account.create(type, id, inputs);
        after.set(key, { type, id, inputs, trigger });
        if (old !== undefined) replaced.push(old);
      }
      ids.set(`${type} ${resource.name}`, after.get(key)!.id);
      step();
    }
    // What depends on others is deleted before them, so the last created first.
    for (const object of [...before.values(), ...replaced].sort(byType)) {
      this.#account.delete(object.type, object.id, object.inputs);
      step();
    }
    this.#state = after;
  }
}

/** The mocks' URNs have the type of the parent. */
function parentTypeOf({ urn }: PlannedResource): string {
  const [parentType = "", ...others] = urn.split("::")[2]!.split("$");
  return others.length === 0 ? "" : parentType;
}

const deletionOrder = [
  "Listener",
  "TargetGroupAttachment",
  "Attachment",
  "TargetGroup",
  "LoadBalancer",
  "SecurityGroupIngressRule",
  "SecurityGroupEgressRule",
  "SecurityGroup",
];

const byType = (a: Object_, b: Object_): number =>
  deletionOrder.indexOf(a.type) - deletionOrder.indexOf(b.type);

const replaces = (type: string, before: Inputs, after: Inputs): boolean =>
  replacing[type]!.some((input) => !isDeepStrictEqual(before[input], after[input])) ||
  (neverFromNothing[type] ?? []).some(
    (input) => (before[input] === undefined) !== (after[input] === undefined),
  );

/** The mocks' ARNs, and the ids of security groups, name a resource; here they become the id of the object that the resource has now. */
function withIds(inputs: Inputs, ids: ReadonlyMap<string, string>): Inputs {
  const types: Readonly<Record<string, string>> = { lb: "LoadBalancer", tg: "TargetGroup" };
  return JSON.parse(JSON.stringify(inputs), (_key, value: unknown) => {
    const [, group] = /^(.*)-id$/.exec(String(value)) ?? [];
    if (group !== undefined) return ids.get(`SecurityGroup ${group}`)!;
    const [, kind = "", name = ""] = /^arn:(lb|tg):(.*)$/.exec(String(value)) ?? [];
    return kind === "" ? value : ids.get(`${types[kind]!} ${name}`)!;
  }) as Inputs;
}
