/** OpenStack as the lab has it: the real Keystone, Neutron and Octavia, HAProxy as load balancers, and the real cloud controller manager. */
import { join } from "node:path";
import type { LabCloud } from "../cloud.ts";
import { cloudConfig, controller } from "./controller/controller.ts";
import { apiAddress, ids, provider, region, services, user, zoneOf } from "./layout.ts";
import { plugin } from "./plugin/plugin.ts";
import { openstackRequirements } from "./requirements.ts";
import { apiPort } from "./settings.ts";

export const openstack: LabCloud = {
  name: "openstack",
  title: "OpenStack",
  apiAddress,
  apiPort,
  quotas: {},
  python: {
    piece: "openstack",
    requirements: join(import.meta.dirname, "services/requirements.txt"),
    builders: join(import.meta.dirname, "services/build-requirements.txt"),
    prepare: join(import.meta.dirname, "services/prepare.py"),
  },
  // Octavia and HAProxy have the clocks of their settings.
  scalesTime: false,
  programs: { piece: "openstackprograms", programs: [controller, plugin] },
  requirements: openstackRequirements,
  plugin: { name: "openstack" },
  shapes: ["usual"],
  // What the nodes' ports have in common.
  machineGroups: () => [ids.securityGroup],
  account: {
    subnetId: ids.subnet,
    securityGroupId: ids.securityGroup,
    floatingNetworkId: ids.externalNetwork,
    loadbalancerProvider: provider,
  },
  processes: { api: ["openstack-api", "keystone", "neutron", "octavia"], controller: controller.name },
  controllerConfig: cloudConfig,
  zoneOf,
  // https://docs.openstack.org/python-openstackclient/latest/cli/man/openstack.html#environment-variables
  environment: (apiUrl) => ({
    OS_AUTH_URL: `${apiUrl}${services.keystone.prefix}/v3`,
    OS_USERNAME: user.name,
    OS_PASSWORD: user.password,
    OS_PROJECT_NAME: user.project,
    OS_USER_DOMAIN_ID: user.domain,
    OS_PROJECT_DOMAIN_ID: user.domain,
    OS_REGION_NAME: region,
    OS_IDENTITY_API_VERSION: "3",
    // A cloud of the user's own clouds.yaml would win.
    OS_CLOUD: "",
  }),
  names: () => ({
    domainOf: () => undefined,
    addressesOf: () => undefined,
    aliasOf: () => undefined,
  }),
  certificates: () =>
    Promise.reject(new Error("the lab's OpenStack has no Barbican, so its load balancers cannot end TLS")),
  evidence:
    "A result of the lab is evidence about Kubernetes, the OpenStack cloud controller manager, the APIs of Keystone, Neutron and Octavia, Pulumi and the program. About a cloud's amphorae and its network it only shows what OpenStack documents.",
  behaviours: async () => (await import("./fidelity/table.ts")).behaviours,
  connect: async () => (await import("./connected.ts")).connectedOpenStack,
};
