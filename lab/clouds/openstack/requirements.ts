/** What the OpenStack services need of the machine. */
import { atLeast, packages } from "../../requirements/table.ts";
import type { Requirement } from "../../requirements/table.ts";

export const openstackRequirements: readonly Requirement[] = [
  {
    name: "Python 3.11 or newer",
    slow: true,
    // The Requires-Python of keystone 30.0.0, neutron 29.0.0 and octavia 19.0.0.
    why: "the OpenStack services are programs in Python",
    check: (machine) => atLeast(machine, "python3", ["--version"], [3, 11]),
    remedy: () => packages(["python3"], ["python3"], ["python"]),
  },
  {
    name: "Python's venv module",
    slow: true,
    why: "the OpenStack services are installed into a virtual environment",
    check: async (machine) => {
      const { status } = await machine.run("python3", ["-c", "import venv, ensurepip"]);
      return status === 0 ? undefined : "python3 cannot import venv and ensurepip";
    },
    remedy: () => packages(["python3-venv"], ["python3"], ["python"]),
  },
  {
    name: "HAProxy 2.2 or newer",
    slow: true,
    why: "Octavia's load balancers are HAProxy, and so is the way to the APIs",
    check: (machine) => atLeast(machine, "haproxy", ["-v"], [2, 2]),
    remedy: () => packages(["haproxy"], ["haproxy"], ["haproxy"]),
  },
];
