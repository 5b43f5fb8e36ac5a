/** Provides the testbed that scenarios need: finds a healthy one, or deploys it. */
import { cloudNamed } from "../../comparison/clouds/index.ts";
import { labOperations } from "../labOperations.ts";
import type { Testbed } from "../../comparison/scenarios/testbed/testbed.ts";
import { testbedHealthy, isTestbedHealthy } from "../../comparison/scenarios/testbed/health.ts";
import { variantNames } from "../../comparison/scenarios/testbed/variants.ts";
import { touch } from "../../comparison/scenarios/testbed/touch.ts";
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import type { Lab } from "../../lab/lab.ts";
import type { LabSettings } from "../../lab/settings.ts";
import type { Report } from "../progress.ts";
import { forgetTestbed, readTestbedRecord, writeTestbedRecord } from "./testbedRecord.ts";
import type { Targets } from "./testbedRecord.ts";
import { keyOfTestbed, otherController, testbedDirectory } from "./testbedPlace.ts";
import { labTestbed } from "./labTestbed.ts";

export interface Providing {
  readonly lab: Lab;
  readonly settings: LabSettings;
  /** Of every Pulumi command. */
  readonly environment: Record<string, string>;
  readonly signal: AbortSignal;
}

export interface ProvidedTestbed {
  /** The testbed for one scenario. `report` shows its progress. */
  readonly testbedFor: (report: Report) => Testbed;
  /** What was deployed, in words. */
  readonly changes: string;
  /** Records that the testbed is healthy, so that the next run can use it without deploying. Not to be called after a failure: the next run then repairs it. */
  readonly recordHealthy: () => void;
}

/** Resolves when every load balancer accepts traffic. */
export async function provideTestbed(providing: Providing, report: Report): Promise<ProvidedTestbed> {
  const { lab, settings, environment, signal } = providing;
  const directory = testbedDirectory(settings);
  const key = keyOfTestbed(settings);
  let opened: Promise<Stack> | undefined;
  const open = async (): Promise<Stack> =>
    (await import("./testbedStack.ts")).openTestbed(settings, environment);
  const stack = (): Promise<Stack> => (opened ??= open());
  const cloud = cloudNamed(settings.cloud);
  const controller = otherController(settings);
  const [operations, expectations] = await Promise.all([
    labOperations(settings, controller),
    cloud.expectations(controller),
  ]);
  const provided = (targets: Targets, changes: string): ProvidedTestbed => {
    const testbedFor = labTestbed({
      lab,
      settings,
      cloud,
      controller,
      operations,
      expectations,
      stack,
      targets,
      signal,
    });
    return {
      testbedFor,
      changes,
      recordHealthy: () => {
        writeTestbedRecord(directory, { key, lab: lab.initPid, targets: targetsOf(testbedFor(report)) });
      },
    };
  };

  const record = readTestbedRecord(directory);
  forgetTestbed(directory);
  if (record?.key === key && record.lab === lab.initPid) {
    const found = provided(record.targets, "as they were");
    if (await isTestbedHealthy(found.testbedFor(report))) return found;
    signal.throwIfAborted();
  }
  const { deployTestbed } = await import("./testbedStack.ts");
  const { targets, changes } = await deployTestbed(await stack(), undefined, {
    settings,
    report,
    signal,
    refresh: true,
  });
  const deployed = provided(targets, changes);
  // An interrupted run may have deleted what the cloud controller made. The controller repairs that only when it sees a change of the Service.
  const testbed = deployed.testbedFor(report);
  await Promise.all(Object.values(targets).map(({ right }) => touch(testbed, right)));
  report("waiting for healthy targets");
  await testbedHealthy(testbed);
  return deployed;
}

function targetsOf(testbed: Testbed): Targets {
  return Object.fromEntries(variantNames.map((name) => [name, testbed.targets(name)])) as Targets;
}
