/** The testbed's Pulumi program: the app once for each way, and all variants of exposures in front of it. */
import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import type { Output } from "@pulumi/pulumi";
import { all } from "@pulumi/pulumi";
import { EchoApp } from "../../../components/core/index.ts";
import type { Exposure, ServicePort } from "../../../components/core/index.ts";
import type { Cloud } from "../../clouds/cloud.ts";
import type { TestbedPlace } from "../../clouds/testbed.ts";
import type { BySide } from "../../result/bySide.ts";
import type { Target } from "./testbed.ts";
import { declared, variantNames } from "./variants.ts";
import type { Change } from "./variants.ts";

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
    const apps = { left: new EchoApp("nodeport"), right: new EchoApp("loadbalancer") };
    const own = variantNames.map((name) => {
      const variant = declared(name, "left", change);
      const { exposure, shared } = connection.nodePort(
        `np-${name.toLowerCase()}`,
        name,
        variant,
        podsOf(apps.left),
      );
      return { name, shared, left: targetOf(ways.left, exposure, apps.left, variant.ports) };
    });
    const dependsOn = own.flatMap(({ shared }) => shared);
    return Object.fromEntries(
      own.map(({ name, left }) => {
        const variant = declared(name, "right", change);
        const exposure = connection.loadBalancer(
          `lb-${name.toLowerCase()}`,
          variant,
          podsOf(apps.right),
          dependsOn,
        );
        return [name, { left, right: targetOf(ways.right, exposure, apps.right, variant.ports) }];
      }),
    );
  };
}

function podsOf({ namespace, selector }: EchoApp): Pick<EchoApp, "namespace" | "selector"> {
  return { namespace, selector };
}

function targetOf(
  way: string,
  { addresses, service, nodePorts }: Exposure,
  { deployment }: EchoApp,
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
