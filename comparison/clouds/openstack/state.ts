/** The objects on OpenStack that a program declared, by the resources of its stack's state. Pulumi's ids are OpenStack's, but a member's has its pool's before it. */
import * as v from "valibot";
import type { DeclaredInCloud, StateResource } from "../../sources/state.ts";
import { memberKey, outputsOf } from "../../sources/state.ts";

const member = v.object({ poolId: v.string(), address: v.string() });

export function declaredOnOpenStack(resources: readonly StateResource[]): DeclaredInCloud {
  return {
    ids: new Set(
      resources
        .filter(({ type }) => type.startsWith("openstack:"))
        .flatMap(({ id }) => (id === undefined ? [] : [id])),
    ),
    members: new Set(
      outputsOf(resources, /^openstack:loadbalancer\/member:Member$/, member).map(({ poolId, address }) =>
        memberKey(poolId, address),
      ),
    ),
    attachedPools: new Set(),
    poolsOfControllers: new Map(),
  };
}
