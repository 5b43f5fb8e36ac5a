/** Builds kwok from its Go module into the benchmarks' cache, separately from the lab's programs. */
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { run } from "../../lab/tools/command.ts";
import { goEnvironment } from "../../lab/tools/go.ts";
import { provideDirectory } from "../cache.ts";

/** https://pkg.go.dev/sigs.k8s.io/kwok */
const version = "v0.8.0";
const programs = ["kwok", "kwokctl"];

/** @returns the directory of the executables */
export async function provideKwok(report: (line: string) => void, signal: AbortSignal): Promise<string> {
  const directory = await provideDirectory(`kwok-${version}`, async (to) => {
    const building = join(to, "building");
    await mkdir(join(building, "tmp"), { recursive: true });
    let compiled = 0;
    await run(
      "go",
      ["install", "-v", "-trimpath", ...programs.map((name) => `sigs.k8s.io/kwok/cmd/${name}@${version}`)],
      {
        cwd: to,
        env: { ...goEnvironment(building, false), GOBIN: join(to, "bin") },
        signal,
        onLine: (line) => {
          compiled += line.startsWith("go: ") ? 0 : 1;
          report(`kwok ${version}: ${compiled} packages compiled, the last ${line}`);
        },
      },
    );
    await rm(building, { recursive: true, force: true });
  });
  return join(directory, "bin");
}
