/** The testbed as scenarios need it: found in order, or deployed. */
import { cloudNamed } from "../../comparison/clouds/index.ts";
import { labOperations } from "../labOperations.ts";
import type { Testbed } from "../../comparison/scenarios/testbed/testbed.ts";
import { testbedHealthy, isTestbedHealthy } from "../../comparison/scenarios/testbed/health.ts";
import { variantNames } from "../../comparison/scenarios/testbed/variants.ts";
import { touch } from "../../comparison/scenarios/testbed/touch.ts";
import type { Lab } from "../../lab/lab.ts";
import type { LabSettings } from "../../lab/settings.ts";
import type { Report } from "../progress.ts";
import { forgetTestbed, readTestbedRecord, writeTestbedRecord } from "./testbedRecord.ts";
import type { Targets } from "./testbedRecord.ts";
import { testbedDirectory, deployTestbed, keyOfTestbed, openTestbed } from "./testbedStack.ts";
import { labTestbed } from "./labTestbed.ts";

export interface Providing {
  readonly lab: Lab;
  readonly settings: LabSettings;
  /** Of every Pulumi command. */
  readonly environment: Record<string, string>;
  readonly signal: AbortSignal;
}

export interface ProvidedTestbed {
  /** For a scenario, which reports by its own means. */
  readonly testbedFor: (report: Report) => Testbed;
  /** In words, what had to be done. */
  readonly changes: string;
  /** Leaves it for whoever needs it next. Not after something went amiss: what is left of that is for the next to find. */
  readonly leaveInOrder: () => void;
}

/** Resolves when every load balancer takes traffic. */
export async function provideTestbed(providing: Providing, report: Report): Promise<ProvidedTestbed> {
  const { lab, settings, environment, signal } = providing;
  const directory = testbedDirectory(settings);
  const key = keyOfTestbed(settings);
  let opened: ReturnType<typeof openTestbed> | undefined;
  const stack = (): ReturnType<typeof openTestbed> => (opened ??= openTestbed(settings, environment));
  const cloud = cloudNamed(settings.cloud);
  const operations = await labOperations(settings);
  const provided = (targets: Targets, changes: string): ProvidedTestbed => {
    const testbedFor = labTestbed({ lab, settings, cloud, operations, stack, targets, signal });
    return {
      testbedFor,
      changes,
      leaveInOrder: () => {
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
  const { targets, changes } = await deployTestbed(await stack(), undefined, {
    settings,
    report,
    signal,
    refresh: true,
  });
  const deployed = provided(targets, changes);
  // What a killed run took away behind the cloud controller's back nobody else brings back.
  const testbed = deployed.testbedFor(report);
  await Promise.all(Object.values(targets).map(({ right }) => touch(testbed, right)));
  report("waiting for healthy targets");
  await testbedHealthy(testbed);
  return deployed;
}

function targetsOf(testbed: Testbed): Targets {
  return Object.fromEntries(variantNames.map((name) => [name, testbed.targets(name)])) as Targets;
}
