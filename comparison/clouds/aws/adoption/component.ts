/** What the program makes of a load balancer that it has taken over. */
import type { ImportedLoadBalancer } from "../../../../components/aws/index.ts";
import type { AdoptedComponent, Imported } from "../../adoption.ts";

/** In the program it has the beginning of the name that the controller made of the Service's UID. Names of target groups begin with it, and AWS has short ones. */
export const component = (loadBalancerName: string): AdoptedComponent => ({
  type: "exposure:index:NetworkLoadBalancer",
  name: loadBalancerName.slice(0, 12),
});

/** @throws if somebody has removed what names the objects in AWS */
export function imported(given: Readonly<Record<string, unknown>>): Imported {
  const { import: of } = given as { readonly import?: ImportedLoadBalancer };
  if (of === undefined)
    throw new Error(
      "its entry has no key import, which says what the objects are called in AWS; restore the entry as it was",
    );
  const { name, arn, listeners, rules } = of;
  return {
    name,
    ids: [
      arn,
      ...listeners.flatMap((listener) => [listener.arn, listener.targetGroup.arn]),
      ...rules.map(({ id }) => id),
    ],
  };
}
