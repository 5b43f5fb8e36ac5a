/** What the emulated AWS API needs of the machine. */
import { atLeast, packages } from "../../requirements/table.ts";
import type { Requirement } from "../../requirements/table.ts";

export const awsRequirements: readonly Requirement[] = [
  {
    name: "Python 3.10 or newer",
    slow: true,
    // The Requires-Python of moto 5.2.5.
    why: "the emulated AWS API is moto",
    check: (machine) => atLeast(machine, "python3", ["--version"], [3, 10]),
    remedy: () => packages(["python3"], ["python3"], ["python"]),
  },
  {
    name: "Python's venv module",
    slow: true,
    why: "moto is installed into a virtual environment",
    check: async (machine) => {
      const { status } = await machine.run("python3", ["-c", "import venv, ensurepip"]);
      return status === 0 ? undefined : "python3 cannot import venv and ensurepip";
    },
    remedy: () => packages(["python3-venv"], ["python3"], ["python"]),
  },
];
