/** The browser for tests of the HTML report: an installed one, or the distribution's. */
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import type { Browser } from "playwright-core";
import { installPackages } from "../../lab/requirements/requirements.ts";
import { thisMachine } from "../../lab/requirements/machine.ts";
import type { Machine } from "../../lab/requirements/machine.ts";
import type { Requirement } from "../../lab/requirements/table.ts";
import { withLock } from "../../lab/tools/lock.ts";

const commands = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

const requirement: Requirement = {
  name: "Chromium",
  why: "the HTML report is tested in a browser",
  check: (machine) => (find(machine) === undefined ? `none of ${commands.join(", ")}` : undefined),
  remedy: () => ({
    kind: "packages",
    // Without a font, a browser draws and measures boxes.
    packages: {
      apt: ["chromium", "fonts-liberation"],
      dnf: ["chromium", "liberation-sans-fonts"],
      pacman: ["chromium", "ttf-liberation"],
    },
  }),
};

function find(machine: Machine): string | undefined {
  return commands.map((name) => machine.which(name)).find((path) => path !== undefined);
}

/** Starts a headless browser. A test's `before` must allow `installTimeout` for its installation. */
export async function openChromium(machine: Machine = thisMachine()): Promise<Browser> {
  // Test files run at the same time, and apt updates its lists for one process only.
  const executablePath = await withLock(lock, {}, () => provideChromium(machine));
  // Chromium's sandbox refuses to run as root. https://playwright.dev/docs/api/class-browsertype#browser-type-launch-option-chromium-sandbox
  return chromium.launch({ executablePath, chromiumSandbox: machine.uid !== 0 });
}

const lock = join(tmpdir(), "nodeport-vs-loadbalancer-chromium.lock");

export const installTimeout = 10 * 60_000;

/** Installs Chromium if it is missing and may be installed. @returns its path */
export async function provideChromium(machine: Machine): Promise<string> {
  if (find(machine) === undefined) {
    const lack = { requirement, found: "none" };
    await installPackages([lack], machine, (line) => console.log(`    ${line}`));
  }
  const found = find(machine);
  if (found === undefined)
    throw new Error(
      `no Chromium on the PATH (looked for ${commands.join(", ")}): install one, on Debian with "apt-get install chromium fonts-liberation"`,
    );
  return found;
}
