/** The bed as scenarios need it: found in order, or deployed. */
import type { Bed } from "../../comparison/scenarios/testbed/bed.ts";
import { bedHealthy, isBedHealthy } from "../../comparison/scenarios/testbed/health.ts";
import { variants } from "../../comparison/scenarios/testbed/variants.ts";
import type { VariantName } from "../../comparison/scenarios/testbed/variants.ts";
import { touch } from "../../comparison/scenarios/actions/touch.ts";
import type { Lab } from "../../lab/lab.ts";
import type { LabSettings } from "../../lab/settings.ts";
import type { Report } from "../progress.ts";
import { forgetBed, readBedRecord, writeBedRecord } from "./bedRecord.ts";
import type { Targets } from "./bedRecord.ts";
import { bedDirectory, deployBed, keyOfBed, openBed } from "./bedStack.ts";
import { labBed } from "./labBed.ts";

export interface Providing {
  readonly lab: Lab;
  readonly settings: LabSettings;
  /** Of every Pulumi command. */
  readonly environment: Record<string, string>;
  readonly signal: AbortSignal;
}

export interface ProvidedBed {
  /** For a scenario, which reports by its own means. */
  readonly bedFor: (report: Report) => Bed;
  /** In words, what had to be done. */
  readonly changes: string;
  /** Leaves it for whoever needs it next. Not after something went amiss: what is left of that is for the next to find. */
  readonly leaveInOrder: () => void;
}

/** Resolves when every load balancer takes traffic. */
export async function provideBed(providing: Providing, report: Report): Promise<ProvidedBed> {
  const { lab, settings, environment, signal } = providing;
  const directory = bedDirectory(settings);
  const key = keyOfBed(settings);
  let opened: ReturnType<typeof openBed> | undefined;
  const stack = (): ReturnType<typeof openBed> => (opened ??= openBed(settings, environment));
  const provided = (targets: Targets, changes: string): ProvidedBed => {
    const bedFor = labBed({ lab, settings, stack, targets, signal });
    return {
      bedFor,
      changes,
      leaveInOrder: () => {
        writeBedRecord(directory, { key, lab: lab.initPid, targets: targetsOf(bedFor(report)) });
      },
    };
  };

  const record = readBedRecord(directory);
  forgetBed(directory);
  if (record?.key === key && record.lab === lab.initPid) {
    const found = provided(record.targets, "as they were");
    if (await isBedHealthy(found.bedFor(report))) return found;
    signal.throwIfAborted();
  }
  const { targets, changes } = await deployBed(await stack(), undefined, { report, signal, refresh: true });
  const deployed = provided(targets, changes);
  // What a killed run took away behind the cloud controller's back nobody else brings back.
  const bed = deployed.bedFor(report);
  await Promise.all(Object.values(targets).map(({ right }) => touch(bed, right)));
  report("waiting for healthy targets");
  await bedHealthy(bed);
  return deployed;
}

function targetsOf(bed: Bed): Targets {
  const names = Object.keys(variants) as VariantName[];
  return Object.fromEntries(names.map((name) => [name, bed.targets(name)])) as Targets;
}
