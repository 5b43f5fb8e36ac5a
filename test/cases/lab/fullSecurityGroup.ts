/** Rules of both ways in one security group. */
import type { LabCase } from "./labCase.ts";

export const fullSecurityGroup: LabCase = {
  name: "rules-of-the-security-group",
  file: "fullSecurityGroup.ts",
  title: "The security group of the nodes is full, as a program finds it",
  people: "Four ports for five offices, both ways in one cluster: 37 rules each, and AWS allows 60.",
  right: "The preview adds up both ways and says that they exceed the quota.",
  sources: [
    "https://github.com/kubernetes/kubernetes/issues/96840",
    "https://github.com/kubernetes/kubernetes/issues/93514",
    "https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups",
  ],
  steps: [
    {
      does: "The program is previewed.",
      run(lab) {
        lab.configure({
          loadBalancerSourceRanges: [
            "192.0.2.0/28",
            "192.0.2.16/28",
            "198.51.100.0/28",
            "203.0.113.0/28",
            "203.0.113.16/28",
          ],
          ports: [
            { name: "http", port: 80 },
            { name: "alt", port: 8080 },
            { name: "admin", port: 8081 },
            { name: "metrics", port: 9090 },
          ],
        });
        return lab.command("pulumi", "preview", "--non-interactive");
      },
      exit: 0,
      says: [/need 37 inbound rules .*, 69 together if it is the same group; allowed are 60/],
    },
  ],
};
