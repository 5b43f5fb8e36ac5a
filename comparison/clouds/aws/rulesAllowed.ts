/** How many inbound rules a security group may have. Only the account knows whether AWS has raised its quota, and reading it takes one more API and permission. */
import { defaultQuotas } from "../../../components/aws/quotas.ts";

const allowed = defaultQuotas.rulesPerSecurityGroup;

/** @param what the rules that are counted */
export function rulesAllowed(what: string) {
  return {
    allowed,
    what: `${what}; AWS allows ${allowed} unless the quota was raised`,
    source:
      "https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups",
  };
}
