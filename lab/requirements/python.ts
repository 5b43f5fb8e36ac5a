/** What a cloud whose lab has programs in Python needs of the machine. */
import { atLeast, packages } from "./table.ts";
import type { Requirement } from "./table.ts";

/**
 * @param minimum the Requires-Python of the programs
 * @param programs what they are, such as `the emulated AWS API is moto`
 * @param installed what is installed into a virtual environment, such as `moto is`
 */
export const pythonRequirements = (
  minimum: readonly [number, number],
  programs: string,
  installed: string,
): readonly Requirement[] => [
  {
    name: `Python ${minimum.join(".")} or newer`,
    slow: true,
    why: programs,
    check: (machine) => atLeast(machine, "python3", ["--version"], minimum),
    remedy: () => packages(["python3"], ["python3"], ["python"]),
  },
  {
    name: "Python's venv module",
    slow: true,
    why: `${installed} installed into a virtual environment`,
    check: async (machine) => {
      const { status } = await machine.run("python3", ["-c", "import venv, ensurepip"]);
      return status === 0 ? undefined : "python3 cannot import venv and ensurepip";
    },
    remedy: () => packages(["python3-venv"], ["python3"], ["python"]),
  },
];
