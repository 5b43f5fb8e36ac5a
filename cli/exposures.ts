/** The two exposures, as the stack's outputs describe them. */
import { cloudNamed } from "../comparison/clouds/index.ts";
import { wayTitles } from "../comparison/difference/sides.ts";
import type { LabSettings } from "../lab/settings.ts";
import type { Outputs } from "./stackState.ts";

/** What identifies an exposure's objects. */
export interface DeployedExposure {
  /** The title of its way. */
  readonly way: string;
  readonly hostname: string;
  readonly url: string;
  readonly namespace: string;
  readonly service: string;
  readonly nodePorts: Readonly<Record<string, number>>;
}

export interface DeployedExposures {
  readonly nodePort: DeployedExposure;
  readonly loadBalancer: DeployedExposure;
}

/** @throws if an output is missing, naming it: the program has not run to its end */
export function exposuresOf(outputs: Outputs, { cloud }: Pick<LabSettings, "cloud">): DeployedExposures {
  const { NodePort, LoadBalancer } = wayTitles(cloudNamed(cloud));
  return {
    nodePort: exposure(outputs, "nodePort", NodePort),
    loadBalancer: exposure(outputs, "loadBalancer", LoadBalancer),
  };
}

function exposure(outputs: Outputs, key: string, way: string): DeployedExposure {
  if (outputs[key] === undefined) throw missing(key);
  const value = outputs[key].value as Partial<Record<string, unknown>>;
  const text = (name: string): string => {
    const found = value[name];
    if (typeof found !== "string" || found === "") throw missing(`${key}.${name}`);
    return found;
  };
  const { nodePorts } = value;
  if (typeof nodePorts !== "object" || nodePorts === null) throw missing(`${key}.nodePorts`);
  return {
    way,
    hostname: text("hostname"),
    url: text("url"),
    namespace: text("namespace"),
    service: text("service"),
    nodePorts: nodePorts as Record<string, number>,
  };
}

function missing(name: string): Error {
  return new Error(`the stack is not deployed: it has no output ${name}; deploy it with: npm run up`);
}
