/** Rules of security groups count against the quota of the project, whatever group they are in. */
import type { RuleFacts } from "../model.ts";

/** Neutron's default, which a cloud may have changed. neutron 29.0.0, neutron/conf/quota.py (quota_security_group_rule) */
const allowed = 100;

export function openings(rules: readonly RuleFacts[]) {
  return {
    needed: rules.length,
    allowed,
    what: `security group rules of the project; Neutron allows ${allowed} unless the quota was changed`,
    source:
      "https://docs.openstack.org/neutron/latest/configuration/neutron.html#quotas.quota_security_group_rule",
  };
}
