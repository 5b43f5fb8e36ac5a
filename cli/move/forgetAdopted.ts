/** Takes a load balancer that goes back to its controller out of the stack's state. Nothing is deleted. */
import type { AdoptedComponent, Imported } from "../../comparison/clouds/adoption.ts";
import { labStack } from "../../lab/settings.ts";
import { run } from "../../lab/tools/command.ts";
import { checkout } from "../devLab.ts";
import { readDevStack } from "../devStack.ts";
import { componentIn, heldIn } from "./adoptedComponent.ts";

interface On {
  readonly environment: Record<string, string>;
  readonly signal: AbortSignal;
}

/** @throws if the state has anything of it still: without its entry in the configuration, the next update would delete that */
export async function forgetAdopted(
  component: AdoptedComponent,
  imported: Imported["ids"],
  { environment, signal }: On,
): Promise<void> {
  const held = async () => {
    const { deployment } = await readDevStack(environment);
    const urn = componentIn(deployment, component, imported);
    return { urn, all: heldIn(deployment, urn, imported) };
  };
  const { urn } = await held();
  if (urn !== undefined)
    await run("pulumi", ["state", "delete", urn, "--target-dependents", "--yes", "--stack", labStack], {
      cwd: checkout,
      env: { ...process.env, ...environment },
      signal,
    });
  const { all } = await held();
  if (all.length > 0)
    throw new Error(
      `the state still has ${all.join(" and ")}, which the next update would delete without the entry in Pulumi.${labStack}.yaml. The entry stays; take them out: npm run pulumi -- state delete URN --target-dependents, and repeat the command`,
    );
}
