/** The way without a controller: what the component of the program makes for a Service. */
import { InputPropertiesError } from "@pulumi/pulumi";
import type { MadeFor, OwnArguments } from "../clouds/manifests.ts";
import type { ServiceFacts } from "../model/service.ts";
import { declared } from "../plan/facts.ts";
import type { Alone } from "../plan/facts.ts";
import { planProgram } from "../plan/plan.ts";
import type { Ground } from "./ground.ts";

/** The component with its arguments, and what it makes, or why it does not take the arguments. */
export interface Own {
  readonly name: string;
  readonly given: OwnArguments;
  readonly result:
    | { readonly kind: "declared"; readonly exposure: Alone }
    | { readonly kind: "refused"; readonly reasons: readonly string[] };
}

/** Declares the component without a cluster or an account. @param like what the load balancer must equal; undefined for the component's defaults */
export async function ownWay(service: ServiceFacts, like: MadeFor | undefined, ground: Ground): Promise<Own> {
  const { manifests, network, cluster, services } = ground;
  const given = manifests.ownArguments(service, like, services);
  const name = manifests.ownName(service, given);
  try {
    const program = await planProgram(network.configuration, [], () =>
      manifests.declareOwn(name, given, cluster),
    );
    return {
      name,
      given,
      result: { kind: "declared", exposure: declared({ ...program, cloud: ground.cloud, cluster }, name) },
    };
  } catch (error) {
    if (!(error instanceof InputPropertiesError)) throw error;
    return {
      name,
      given,
      result: {
        kind: "refused",
        reasons: error.errors.map(({ propertyPath, reason }) => `${propertyPath}: ${reason}`),
      },
    };
  }
}
