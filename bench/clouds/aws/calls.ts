/** Calls that changed the account, from the log of the emulated AWS API. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { labCloud } from "../../../lab/clouds/index.ts";
import { labFiles } from "../../../lab/files.ts";

export const changingCalls = (labDirectory: string): number =>
  callsIn(readFileSync(join(labFiles(labDirectory).logs, `${labCloud().processes.api[0]}.log`), "utf8"));

/** Such as `2026-11-30 09:57:19,467 CreateInternetGateway - 200`: the action, what it is about, and how it ended. */
const call = /^[\d-]+ [\d:,]+ [A-Z]\w+ \S+ \d{3}\b/gm;

/** @param log as the emulator writes it: reads are not in it */
export const callsIn = (log: string): number => log.match(call)?.length ?? 0;
