/** Does what a command of OpenStack's own client does, which is not installed. */
import assert from "node:assert/strict";
import { findCredentials } from "../../../../comparison/clouds/openstack/api/credentials.ts";
import { OpenStackApi } from "../../../../comparison/clouds/openstack/api/session.ts";
import type { ServiceType } from "../../../../comparison/clouds/openstack/api/session.ts";
import { openstack } from "../../../../lab/clouds/openstack/index.ts";

/** The words that delete an object, with the collection that it is in. https://docs.openstack.org/python-openstackclient/latest/cli/command-list.html */
const deletions: Readonly<Record<string, readonly [ServiceType, string]>> = {
  "loadbalancer delete --cascade": ["load-balancer", "v2/lbaas/loadbalancers"],
  "loadbalancer listener delete": ["load-balancer", "v2/lbaas/listeners"],
  "loadbalancer pool delete": ["load-balancer", "v2/lbaas/pools"],
  "floating ip delete": ["network", "v2.0/floatingips"],
  "port delete": ["network", "v2.0/ports"],
  "security group delete": ["network", "v2.0/security-groups"],
  "security group rule delete": ["network", "v2.0/security-group-rules"],
};

/** @param url where the lab's APIs answer */
export async function asOpenStackClient(command: string, url: string): Promise<void> {
  const api = new OpenStackApi(findCredentials(openstack.environment(url)));
  const [, words = "", id = ""] = /^openstack (.+) (\S+)$/.exec(command) ?? [];
  const [, group] = /^port unset --security-group (\S+)$/.exec(words) ?? [];
  if (group !== undefined) {
    const { port } = (await api.ask("GET", "network", `v2.0/ports/${id}`)) as {
      port: { security_groups: string[] };
    };
    const rest = port.security_groups.filter((each) => each !== group);
    await api.ask("PUT", "network", `v2.0/ports/${id}`, { body: { port: { security_groups: rest } } });
    return;
  }
  const [service, collection] = deletions[words] ?? assert.fail(`unknown: ${command}`);
  const query = words.endsWith("--cascade") ? "?cascade=true" : "";
  await api.ask("DELETE", service, `${collection}/${id}${query}`);
}
