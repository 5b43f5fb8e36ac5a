/** The clouds that the benchmarks can run on. */
import { defaultCloud } from "../../lab/clouds/index.ts";
import { aws } from "./aws/index.ts";
import type { BenchCloud } from "./cloud.ts";

const benchClouds: readonly BenchCloud[] = [aws];

/** @throws if the benchmarks do not run on this cloud */
export function benchCloud(name: string = defaultCloud.name): BenchCloud {
  const found = benchClouds.find((cloud) => cloud.name === name);
  if (found === undefined) throw new Error(`there are no benchmarks on "${name}"`);
  return found;
}
