/** The two exposures, as the stack's outputs describe them. */
import { cloudNamed } from "../comparison/clouds/index.ts";
import type { BySide } from "../comparison/result/bySide.ts";
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

/** @throws if an output is missing, naming it: the program has not run to its end, or a move has removed a way */
export function exposuresOf(outputs: Outputs, settings: Pick<LabSettings, "cloud">): DeployedExposures {
  const [nodePort, loadBalancer] = (["nodePort", "loadBalancer"] as const).map((name) =>
    exposureOf(outputs, name, settings),
  ) as [DeployedExposure, DeployedExposure];
  return { nodePort, loadBalancer };
}

/** The same as the sides of a comparison. @throws as `exposuresOf` */
export function bothSides(outputs: Outputs, settings: Pick<LabSettings, "cloud">): BySide<DeployedExposure> {
  const { nodePort, loadBalancer } = exposuresOf(outputs, settings);
  return { left: nodePort, right: loadBalancer };
}

/** The stack's ways that are deployed, in the order of the program. */
export function allExposuresOf(outputs: Outputs, settings: Pick<LabSettings, "cloud">): DeployedExposure[] {
  return cloudNamed(settings.cloud)
    .ways.filter(({ name }) => outputs[name] !== undefined)
    .map(({ name }) => exposureOf(outputs, name, settings));
}

/** @throws as `exposuresOf` */
export function exposureOf(
  outputs: Outputs,
  name: string,
  { cloud }: Pick<LabSettings, "cloud">,
): DeployedExposure {
  const { ways } = cloudNamed(cloud);
  if (outputs[name] === undefined && ways.some((way) => outputs[way.name] !== undefined))
    throw new Error(
      `the stack has no way ${name}: its weightedName has no weight for it; a move there makes it: npm run move -- --to ${name.toLowerCase()}`,
    );
  return exposure(outputs, name, ways.find((way) => way.name === name)?.title ?? name);
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
