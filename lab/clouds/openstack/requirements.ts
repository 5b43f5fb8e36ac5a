/** What the OpenStack services need of the machine. */
import { pythonRequirements } from "../../requirements/python.ts";
import { atLeast, packages } from "../../requirements/table.ts";
import type { Requirement } from "../../requirements/table.ts";

export const openstackRequirements: readonly Requirement[] = [
  // The version is the Requires-Python of keystone 30.0.0, neutron 29.0.0 and octavia 19.0.0.
  ...pythonRequirements(
    [3, 11],
    "the OpenStack services are programs in Python",
    "the OpenStack services are",
  ),
  {
    name: "HAProxy 2.2 or newer",
    slow: true,
    why: "Octavia's load balancers are HAProxy, and so is the way to the APIs",
    check: (machine) => atLeast(machine, "haproxy", ["-v"], [2, 2]),
    remedy: () => packages(["haproxy"], ["haproxy"], ["haproxy"]),
  },
];
