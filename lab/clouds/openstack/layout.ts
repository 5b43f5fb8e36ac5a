/** The OpenStack side of the lab's map: where the API listens, who uses it, and the ids of the furnished project. Data only. */
import { internet } from "../../layout.ts";
import type { NodeLayout } from "../../layout.ts";

/** The region of a usual installation. */
export const region = "RegionOne";

/** Who programs and the controller are. Anyone who can reach the lab may be that. */
export const user = { name: "lab", password: "lab", project: "lab", domain: "default" } as const;

/** The same in every lab, since programs name them in their configuration. As services/layout.py has them. */
export const ids = {
  subnet: "5d0ad7a4-9d3c-4f8e-8a57-2f1f3a8c0001",
  securityGroup: "5d0ad7a4-9d3c-4f8e-8a57-2f1f3a8c0002",
  externalNetwork: "5d0ad7a4-9d3c-4f8e-8a57-2f1f3a8c0003",
  network: "5d0ad7a4-9d3c-4f8e-8a57-2f1f3a8c0004",
} as const;

/** Octavia's provider driver. */
export const provider = "lab";

/** The availability zone that a node is in. */
export const zoneOf = ({ zone }: Pick<NodeLayout, "zone">): string => `az-${zone}`;

/** Where all APIs answer inside the lab, each below its prefix. */
export const apiAddress = { host: "127.0.0.1", port: 5080 } as const;

/** The APIs, with DevStack's prefixes, and where each listens itself. As services/layout.py has them. */
export const services = {
  keystone: { prefix: "/identity", port: 5001, ready: "/v3" },
  neutron: { prefix: "/networking", port: 9697, ready: "/" },
  octavia: { prefix: "/load-balancer", port: 9877, ready: "/" },
} as const;
export type Service = keyof typeof services;

/** Where processes in the router's network namespace reach the APIs. */
export const apiInside = `http://${apiAddress.host}:${apiAddress.port}`;

/** The same for the client outside. */
export const apiFromOutside = `http://${internet.gateway}:${apiAddress.port}`;
