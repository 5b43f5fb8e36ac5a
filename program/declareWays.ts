/** Declares the stack's ways, each with its app. */
import type { ComponentResourceOptions, Resource } from "@pulumi/pulumi";
import { EchoApp } from "../components/core/index.ts";
import type { Settings } from "../config.ts";
import type { Connection, DeclaredWay } from "./clouds/cloud.ts";

/** The name of a way's resources at the top of the tree. */
export const topName = (way: string): string => way.toLowerCase();

/**
 * In the order of the settings: what a way shares with those after it is declared before them.
 *
 * @param transformations of all resources of the ways
 * @returns by the way's name
 */
export function declareWays(
  { app, cloud: { ways, samePods }, exposure, ports }: Settings,
  connection: Pick<Connection, "providers" | "shared" | "declare">,
  { transformations }: Required<Pick<ComponentResourceOptions, "transformations">>,
): Readonly<Record<string, DeclaredWay>> {
  const { providers } = connection;
  // The ways share nothing but code, unless clients move from one to another: then they find the same pods, whichever ways there are.
  const common = samePods ? new EchoApp("nodeport", app, { providers }) : undefined;
  const apps = ways.map((way) => ({
    way,
    app: common ?? new EchoApp(topName(way.name), app, { providers }),
  }));
  const dependsOn: Resource[] = [
    ...connection.shared(
      "nodeport",
      { ...exposure.nodePort, ports: ports.nodePort },
      { providers, transformations },
    ),
  ];
  return Object.fromEntries(
    apps.map(({ way, app: { namespace, selector } }) => {
      const declared = connection.declare(
        way,
        topName(way.name),
        { ...exposure[way.type], namespace, selector, ports: ports[way.type] },
        {
          providers,
          transformations,
          // A way of the program that waited for the rules of another would be a cycle of waits: rules are declared once node ports are known.
          dependsOn: way.type === "loadBalancer" ? [...dependsOn] : [],
        },
      );
      dependsOn.push(...(declared.shared ?? []));
      return [way.name, declared];
    }),
  );
}
