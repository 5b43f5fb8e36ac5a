/** What Pulumi was creating when it was interrupted, among what may be left behind. */
import type { RemovableOrphan } from "../comparison/model/orphan.ts";
import { interruptedCreationsIn } from "./stackState.ts";

/** @param deployment the state, as `pulumi stack export` prints it */
export function interruptedCreations(deployment: unknown, stack: string): RemovableOrphan[] {
  return interruptedCreationsIn(deployment).map(({ type, urn }) => ({
    kind: "interrupted creation",
    name: `${type.split(":").at(-1) ?? type} ${urn.split("::").at(-1) ?? ""}`,
    id: urn,
    reason: "Pulumi was interrupted while it created this; it may exist, and the stack does not know it",
    monthlyDollars: 0,
    parts: [],
    // It asks about each such resource: https://www.pulumi.com/docs/iac/cli/commands/pulumi_refresh/
    commands: [`pulumi refresh --stack ${stack}`],
  }));
}
