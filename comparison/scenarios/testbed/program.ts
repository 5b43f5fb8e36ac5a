/** The testbed's Pulumi program: the app for each way, and all variants of exposures in front of it. */
import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import type { Output } from "@pulumi/pulumi";
import { all } from "@pulumi/pulumi";
import { EchoApp } from "../../../components/core/index.ts";
import type { Exposure, ServicePort } from "../../../components/core/index.ts";
import type { Cloud } from "../../clouds/cloud.ts";
import type { TestbedPlace } from "../../clouds/testbed.ts";
import type { BySide } from "../../result/bySide.ts";
import { HeaderApp } from "./headerApp.ts";
import type { Target } from "./testbed.ts";
import { declared, variantNames } from "./variants.ts";
import type { Change, Variant, VariantName } from "./variants.ts";

/** Titles of the two ways. */
export function waysOn({ words }: Pick<Cloud, "words">): BySide<string> {
  return { left: `NodePort + own ${words.shortLoadBalancer}`, right: "LoadBalancer" };
}

/** Outputs by variant: both targets. */
export function testbedProgram(cloud: Cloud, place: TestbedPlace, change?: Change): PulumiFn {
  return async () => {
    const ways = waysOn(cloud);
    const testbed = await cloud.testbed();
    const connection = await testbed.connect(place);
    const app = appsOf({ left: "nodeport", right: "loadbalancer" });
    const own = variantNames.map((name) => {
      const variant = declared(name, "left", change);
      const { exposure, shared } = connection.nodePort(
        `np-${name.toLowerCase()}`,
        name,
        variant,
        podsOf(app("left", name, variant)),
      );
      return { name, shared, left: targetOf(ways.left, exposure, app("left", name, variant), variant.ports) };
    });
    const dependsOn = own.flatMap(({ shared }) => shared);
    return Object.fromEntries(
      own.map(({ name, left }) => {
        const variant = declared(name, "right", change);
        const exposure = connection.loadBalancer(
          `lb-${name.toLowerCase()}`,
          variant,
          podsOf(app("right", name, variant)),
          dependsOn,
        );
        const right = targetOf(ways.right, exposure, app("right", name, variant), variant.ports);
        return [name, { left, right }];
      }),
    );
  };
}

type App = Pick<EchoApp, "namespace" | "selector" | "deployment">;

/** @returns the app of a variant: the one that a way's variants share, or one of its own; each is declared once */
function appsOf(names: BySide<string>) {
  const apps = new Map<string, App>();
  const once = (name: string, declare: () => App): App => {
    const app = apps.get(name) ?? declare();
    apps.set(name, app);
    return app;
  };
  return (
    side: keyof BySide<unknown>,
    variant: VariantName,
    { ownPods = false, readsHeader = false }: Variant,
  ): App => {
    const name = ownPods ? `${names[side]}-${variant.toLowerCase()}` : names[side];
    const app = once(name, () => new EchoApp(name));
    if (!readsHeader) return app;
    const { namespace } = app;
    return once(`${name}-headers`, () => new HeaderApp(`${name}-headers`, { namespace }));
  };
}

function podsOf({ namespace, selector }: App): Pick<App, "namespace" | "selector"> {
  return { namespace, selector };
}

function targetOf(
  way: string,
  { addresses, service, nodePorts }: Exposure,
  { deployment }: App,
  ports: readonly ServicePort[],
): Output<Target> {
  return all([
    addresses,
    service.metadata.namespace,
    service.metadata.name,
    nodePorts,
    deployment.metadata.name,
  ]).apply(([[address], namespace, serviceName, allocated, deploymentName]) => ({
    way,
    address,
    namespace,
    service: serviceName,
    ports: Object.fromEntries(ports.map((port) => [port.name, port.port])),
    nodePorts: allocated,
    deployment: deploymentName,
  }));
}
