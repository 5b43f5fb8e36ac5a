/** Where the scenarios' testbed is deployed, and what it is made of. Apart from its stack, since the Automation API takes half a second to load and a testbed that is found needs none. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { withoutUndefined } from "../../components/core/withoutUndefined.ts";
import { cloudNamed } from "../../comparison/clouds/index.ts";
import type { TestbedPlace } from "../../comparison/clouds/testbed.ts";
import { labCloud } from "../../lab/clouds/index.ts";
import { hiddenTag, hiddenWord } from "../../lab/forward/choose.ts";
import { clusterName } from "../../lab/layout.ts";
import { labStack } from "../../lab/settings.ts";
import type { LabSettings } from "../../lab/settings.ts";
import { checkout } from "../devLab.ts";
import { readStackConfiguration } from "../stackConfiguration.ts";
import { testbedKey } from "./testbedRecord.ts";

export const projectName = "scenarios";

export const placeOf = (settings: LabSettings): TestbedPlace => ({
  clusterName,
  machineGroups: labCloud(settings.cloud).machineGroups(settings.shape),
  account: labCloud(settings.cloud).account,
  tag: { key: hiddenTag, value: projectName, word: hiddenWord },
  ...withoutUndefined({ controller: otherController(settings) }),
});

/** The controller that the stack dev names, if it is not the cloud's default one: the scenarios then run against it. */
export function otherController({ cloud }: Pick<LabSettings, "cloud">): string | undefined {
  const { project, values } = readStackConfiguration(checkout, labStack);
  const other = labCloud(cloud).loadBalancerController?.name;
  return values[`${project}:controller`] === other ? other : undefined;
}

export function testbedDirectory({ directory }: LabSettings): string {
  return join(directory, "testbed");
}

/** Whether there was ever a testbed on this lab. */
export function hasTestbed(settings: LabSettings): boolean {
  return existsSync(testbedDirectory(settings));
}

/** The configuration of the stack dev. The kubeconfig's path is relative to the checkout there. */
export function providerConfiguration({ cloud, kubeconfig }: LabSettings): Record<string, string> {
  const { values } = readStackConfiguration(checkout, labStack);
  const packages = [cloudNamed(cloud).pulumiPackage, "kubernetes"];
  const ofProviders = Object.entries(values).filter(([key]) => packages.includes(key.split(":")[0] ?? ""));
  return { ...Object.fromEntries(ofProviders), "kubernetes:kubeconfig": kubeconfig };
}

/** A key that changes with what would be deployed. */
export function keyOfTestbed(settings: LabSettings): string {
  return testbedKey(cloudNamed(settings.cloud).name, [placeOf(settings), providerConfiguration(settings)]);
}
