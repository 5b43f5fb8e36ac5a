/** What the stack's state has of a load balancer that the program has taken over. An update that was stopped may have imported a part, so any part counts. */
import type { AdoptedComponent, Imported } from "../../comparison/clouds/adoption.ts";
import { resourcesIn } from "../stackState.ts";
import type { StateResource } from "../stackState.ts";

/** Made with every update, and none of the controller's: they only register nodes. */
const attachment = "aws:lb/targetGroupAttachment:TargetGroupAttachment";

/** The component's URN, by its own type and name or by anything imported below it; undefined if the state has nothing of it. */
export function componentIn(
  deployment: unknown,
  { type, name }: AdoptedComponent,
  imported: Imported["ids"],
): string | undefined {
  const resources = resourcesIn(deployment);
  const components = resources.filter((each) => each.type === type);
  const named = components.find(({ urn = "" }) => urn.endsWith(`::${name}`));
  const parents = resources.filter(({ id }) => isAmong(imported, id)).map(({ parent }) => parent);
  return named?.urn ?? components.find(({ urn }) => parents.includes(urn))?.urn;
}

/** The URNs of what the next update would delete if the configuration had no entry any more. */
export function heldIn(
  deployment: unknown,
  component: string | undefined,
  imported: Imported["ids"],
): readonly string[] {
  return resourcesIn(deployment)
    .filter(({ urn, id }) => urn === component || isAmong(imported, id))
    .map(({ urn = "" }) => urn);
}

/** The URNs of what the program has made for the load balancer since it took it over. The controller does not know of it. */
export function addedIn(
  deployment: unknown,
  component: string,
  imported: Imported["ids"],
): readonly string[] {
  const resources = resourcesIn(deployment);
  const below = (above: string): readonly StateResource[] =>
    resources
      .filter(({ parent }) => parent === above)
      .flatMap((each) => [each, ...(each.urn === undefined ? [] : below(each.urn))]);
  return below(component)
    .filter(({ type, id, importID }) => {
      const isImported = isAmong(imported, id) || id === importID;
      return id !== undefined && type !== attachment && !isImported;
    })
    .map(({ urn = "" }) => urn);
}

const isAmong = (ids: Imported["ids"], id: string | undefined): boolean =>
  id !== undefined && ids.includes(id);
