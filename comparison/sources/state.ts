/** A stack's state as a source: the existing objects that its program declared. */
import * as v from "valibot";
import type { Cloud } from "../clouds/cloud.ts";
import type { Owner } from "../model/owner.ts";
import { known } from "../model/sourceResult.ts";
import type { SourceResult } from "../model/sourceResult.ts";
import type { WeightedRecord } from "../model/weightedRecord.ts";

/** The objects that a program declared, by their ids in the cloud and the cluster. */
export interface Declared extends DeclaredInCloud {
  /** Services as {@link serviceKey}. */
  readonly services: ReadonlySet<string>;
}

/** The cloud's objects that a program declared. */
export interface DeclaredInCloud {
  /** Of load balancers, listeners, pools and firewall openings. */
  readonly ids: ReadonlySet<string>;
  /** Members of pools, as {@link memberKey}. */
  readonly members: ReadonlySet<string>;
  /** Ids of pools with a group of machines attached: the cloud makes the group's machines members. */
  readonly attachedPools: ReadonlySet<string>;
  /** By ids of the program's pools, who registers their members instead of the program. */
  readonly poolsOfControllers: ReadonlyMap<string, Owner>;
}

export function serviceKey(namespace: string, name: string): string {
  return `${namespace}/${name}`;
}

export function memberKey(poolId: string, memberId: string): string {
  return `${poolId} ${memberId}`;
}

const text = v.optional(v.string());

/** The part of a deployment's resource that is read here: https://github.com/pulumi/pulumi/blob/v3.246.0/sdk/go/common/apitype/core.go (ResourceV3) */
const resource = v.object({
  type: v.string(),
  id: text,
  /** It was replaced, and waits for its deletion. */
  delete: v.optional(v.boolean(), false),
  /** The program read it, and did not make it. */
  external: v.optional(v.boolean(), false),
  outputs: v.optional(v.record(v.string(), v.unknown()), {}),
});

export type StateResource = v.InferOutput<typeof resource>;

const exported = v.object({ deployment: v.object({ resources: v.optional(v.array(resource), []) }) });

const service = v.object({ metadata: v.object({ namespace: v.string(), name: v.string() }) });

/** @param deployment what `pulumi stack export` prints, parsed */
export function declaredIn(
  deployment: unknown,
  { declaredIn: inCloud }: Pick<Cloud, "declaredIn">,
): SourceResult<Declared> {
  const parsed = v.safeParse(exported, deployment);
  if (!parsed.success) {
    const path = v.getDotPath(parsed.issues[0]) ?? "the whole";
    return unreachable(
      `the stack's state is not the output of pulumi stack export: ${path} is not as expected`,
    );
  }
  const resources = ownedIn(parsed.output);
  if (resources.length === 0) return unreachable("the stack's state is empty: the stack deployed nothing");
  return known({
    ...inCloud(resources),
    services: new Set(
      outputsOf(resources, /^kubernetes:core\/v1:Service$/, service).map(({ metadata }) =>
        serviceKey(metadata.namespace, metadata.name),
      ),
    ),
  });
}

/** The records that a program declared to lead clients by weight; none if the state is not readable or empty. @param deployment as in {@link declaredIn} */
export function weightedRecordsIn(
  deployment: unknown,
  { weightedRecordsIn: inCloud }: Pick<Cloud, "weightedRecordsIn">,
): readonly WeightedRecord[] {
  const parsed = v.safeParse(exported, deployment);
  if (!parsed.success) return [];
  return inCloud(ownedIn(parsed.output));
}

/** Without those that are to be deleted, and those that were only read. */
const ownedIn = ({ deployment }: v.InferOutput<typeof exported>): readonly StateResource[] =>
  deployment.resources.filter((each) => !each.delete && !each.external);

/** Outputs of a type's resources. A resource that was never made has none, and owns nothing. */
export function outputsOf<T extends v.GenericSchema>(
  resources: readonly StateResource[],
  type: RegExp,
  schema: T,
): v.InferOutput<T>[] {
  return resources
    .filter((each) => type.test(each.type))
    .map((each) => v.safeParse(schema, each.outputs))
    .flatMap((parsed) => (parsed.success ? [parsed.output] : []));
}

function unreachable(reason: string): SourceResult<never> {
  return { kind: "unreachable", reason };
}
