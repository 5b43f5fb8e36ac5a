/** The command that starts the emulated AWS API, and the check whether it answers. */
import { join } from "node:path";
import type { Command } from "../../../supervisor/process.ts";
import type { LabQuotas } from "../../cloud.ts";
import { accountId, region } from "../layout.ts";

export interface EmulatorOptions {
  /** The interpreter of the virtual environment with moto. */
  readonly python: string;
  /** An existing directory, which keeps the account's state over a restart. */
  readonly stateDirectory: string;
  readonly host: string;
  readonly port: number;
  /**
   * How many times faster than AWS's the emulator's clock runs: deregistration delays are divided by it.
   * @default 1
   */
  readonly timeScale?: number;
  /** The account's quotas. @default AWS's defaults */
  readonly quotas?: LabQuotas;
}

/** The command that serves the API until SIGTERM. It may be killed at any time. */
export function emulatorCommand({
  python,
  stateDirectory,
  host,
  port,
  timeScale = 1,
  quotas: { rulesPerSecurityGroup } = {},
}: EmulatorOptions): Command {
  return {
    program: python,
    args: [
      ...["-m", "emulator"],
      ...["--host", host],
      ...["--port", String(port)],
      ...["--region", region],
      ...["--state", join(stateDirectory, "account.pickle")],
      ...["--time-scale", String(timeScale)],
      ...(rulesPerSecurityGroup === undefined
        ? []
        : ["--rules-per-security-group", String(rulesPerSecurityGroup)]),
    ],
    env: {
      PYTHONPATH: import.meta.dirname,
      // No compiled modules in the checkout; moto's are in the virtual environment.
      PYTHONDONTWRITEBYTECODE: "1",
      PYTHONUNBUFFERED: "1",
      MOTO_ACCOUNT_ID: accountId,
    },
  };
}

/** Whether the API behind `endpoint` answers. */
export async function emulatorIsReady(endpoint: string): Promise<boolean> {
  try {
    const { ok } = await fetch(`${endpoint}/lab/ready`, { signal: AbortSignal.timeout(1_000) });
    return ok;
  } catch {
    return false;
  }
}
