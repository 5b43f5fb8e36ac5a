/** The testbed on the lab. */
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import type { Testbed } from "../../comparison/scenarios/testbed/testbed.ts";
import type { Cloud } from "../../comparison/clouds/cloud.ts";
import type { Expectations } from "../../comparison/clouds/expectations.ts";
import { optionalTestbedFeatures, testbedFeatures } from "../../comparison/clouds/feature.ts";
import type { Feature, OptionalTestbedFeature, TestbedFeature } from "../../comparison/clouds/feature.ts";
import type { CloudOperations } from "../../comparison/clouds/operations.ts";
import { systemClock } from "../../comparison/clock.ts";
import { KubernetesCluster } from "../../comparison/scenarios/testbed/kubernetesCluster.ts";
import { loadKubeconfig } from "../../comparison/sources/kubernetes/kubeconfig.ts";
import type { Lab } from "../../lab/lab.ts";
import { internet } from "../../lab/layout.ts";
import type { LabSettings } from "../../lab/settings.ts";
import type { Report } from "../progress.ts";
import { clientProgram } from "./clientProgram.ts";
import { labCertificates } from "./labCertificates.ts";
import type { Targets } from "./testbedRecord.ts";
import { labFaults } from "./labFaults.ts";
import { trafficClient } from "./trafficClient.ts";

export interface DeployedTestbed {
  readonly lab: Lab;
  readonly settings: LabSettings;
  readonly cloud: Cloud;
  readonly operations: CloudOperations;
  /** That serves the LoadBalancer Services; undefined if it is the cloud's default one. */
  readonly controller: string | undefined;
  readonly expectations: Expectations;
  /** Opens it, for a scenario that deploys something else. */
  readonly stack: () => Promise<Stack>;
  /** As they were deployed last. */
  readonly targets: Targets;
  readonly signal: AbortSignal;
}

/**
 * What scenarios can use on the lab.
 *
 * @param controller that serves the LoadBalancer Services; undefined if it is the cloud's default one
 */
export const featuresOf = (
  cloud: Pick<Cloud, "features">,
  controller: string | undefined,
  { loadBalancerProxy = false }: Pick<LabSettings, "loadBalancerProxy">,
): Set<Feature> =>
  new Set<Feature>([
    ...cloud.features(controller),
    ...(Object.keys(testbedFeatures) as TestbedFeature[]),
    ...(loadBalancerProxy ? (Object.keys(optionalTestbedFeatures) as OptionalTestbedFeature[]) : []),
  ]);

/** @returns what makes the testbed for a scenario, which reports by its own means */
export function labTestbed({
  lab,
  settings,
  cloud,
  controller,
  operations,
  expectations,
  stack,
  targets,
  signal,
}: DeployedTestbed): (report: Report) => Testbed {
  const shared = {
    features: featuresOf(cloud, controller, settings),
    clock: systemClock(signal),
    timeScale: settings.timeScale,
    clocks: cloud.clocks,
    words: cloud.words,
    expectations,
    ...trafficClient(() => clientProgram(lab), signal),
    clientAddress: internet.client,
    cluster: new KubernetesCluster(loadKubeconfig(settings.kubeconfig)),
    cloud: operations,
    faults: labFaults(lab, settings, controller, signal),
    certificates: labCertificates(settings),
    signal,
  };
  let current = targets;
  return (report) => ({
    ...shared,
    report,
    targets: (variant) => current[variant],
    deploy: async (change, { refresh = false } = {}) => {
      const { deployTestbed } = await import("./testbedStack.ts");
      current = (await deployTestbed(await stack(), change, { settings, report, signal, refresh })).targets;
    },
  });
}
