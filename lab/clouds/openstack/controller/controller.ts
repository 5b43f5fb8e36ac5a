/** The OpenStack cloud controller manager: which one the lab compiles, and how it runs. */
import type { CloudProgram } from "../../cloud.ts";
import { section } from "../../cloudController.ts";
import { ids, provider, region, services, user } from "../layout.ts";

const version = "v1.35.0";

export const controller: CloudProgram = {
  name: "openstack-cloud-controller-manager",
  source: import.meta.dirname,
  package: "k8s.io/cloud-provider-openstack/cmd/openstack-cloud-controller-manager",
  linkerFlags: [`-X k8s.io/component-base/version.gitVersion=${version}`],
};

/** https://github.com/kubernetes/cloud-provider-openstack/blob/v1.35.0/docs/openstack-cloud-controller-manager/using-openstack-cloud-controller-manager.md */
export function cloudConfig(): string {
  return [
    section("Global", {
      "auth-url": `http://127.0.0.1:${services.keystone.port}${services.keystone.prefix}/v3`,
      // Not by way of the host.
      "os-endpoint-type": "internal",
      username: user.name,
      password: user.password,
      "tenant-name": user.project,
      "domain-id": user.domain,
      region,
    }),
    section("LoadBalancer", {
      "lb-provider": provider,
      "subnet-id": ids.subnet,
      "floating-network-id": ids.externalNetwork,
      "create-monitor": "true",
      "manage-security-groups": "true",
    }),
  ].join("\n");
}
