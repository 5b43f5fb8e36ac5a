/** What the emulated AWS API needs of the machine. */
import { pythonRequirements } from "../../requirements/python.ts";
import type { Requirement } from "../../requirements/table.ts";

/** The version is the Requires-Python of moto 5.2.5. */
export const awsRequirements: readonly Requirement[] = pythonRequirements(
  [3, 10],
  "the emulated AWS API is moto",
  "moto is",
);
