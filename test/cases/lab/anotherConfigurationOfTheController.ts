/** The cloud controller manager with other keys in its configuration file than its defaults. */
import type { CaseLab } from "./caseLab.ts";
import type { LabCase, Said } from "./labCase.ts";
import { openNodes } from "./ownBalancer.ts";

const namespace = "gov";
const services = ["portal-lb", "portal-copy-lb"];

/** People who keep the controller from opening the nodes do it themselves. */
const allNodePorts = { from: 30000, to: 32767, source: "0.0.0.0/0" };

/** Two alike Services, made by the controller as it is configured then. */
async function comparedWith(lab: CaseLab, keys: Readonly<Record<string, string>>): Promise<Said> {
  await lab.configureController(keys);
  await lab.apply("another-configuration-of-the-controller.yaml");
  for (const service of services) await lab.served(namespace, service);
  const said = await lab.compare(...services.map((service) => `${namespace}/${service}`));
  await lab.undo();
  return said;
}

/** A Service that only managed security groups keep from having a load balancer, compared with one that has one. */
async function pendingUnderManagedGroups(lab: CaseLab): Promise<Said> {
  await lab.configureController({ NLBSecurityGroupMode: "Managed" });
  await lab.apply("another-configuration-of-the-controller.yaml");
  await lab.served(namespace, "portal-lb");
  await lab.apply("terminating-tls.yaml");
  const said = await lab.compare(`${namespace}/portal-tls`, `${namespace}/portal-lb`);
  await lab.undo();
  return said;
}

export const anotherConfigurationOfTheController: LabCase = {
  name: "another-configuration-of-the-controller",
  file: "anotherConfigurationOfTheController.ts",
  title: "Three other configurations of the controller",
  people: "Keys in the controller's configuration file, as OpenShift and kops set them.",
  right:
    "Each configuration is recognised by what is found, and named. The predictions follow it and are right, and so does the reason of a Service that waits.",
  sources: [
    "https://github.com/kubernetes/cloud-provider-aws/pull/622",
    "https://github.com/kubernetes/cloud-provider-aws/pull/1158",
    "https://github.com/kubernetes/kubernetes/issues/99813",
    "https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/pkg/providers/v1/config/config.go",
  ],
  steps: [
    {
      does: "All Services share kube-proxy's health check.",
      run: (lab) => comparedWith(lab, { ClusterServiceLoadBalancerHealthProbeMode: "Shared" }),
      exit: 0,
      says: [
        /^Equivalent.*, 0 wrong/,
        "gov/portal-lb: as with ClusterServiceLoadBalancerHealthProbeMode=Shared",
        "gov/portal-copy-lb: as with ClusterServiceLoadBalancerHealthProbeMode=Shared",
      ],
    },
    {
      does: "The controller makes a security group for each load balancer.",
      run: (lab) => comparedWith(lab, { NLBSecurityGroupMode: "Managed" }),
      exit: 0,
      says: [/^Equivalent.*, 0 wrong/, "gov/portal-lb: as with NLBSecurityGroupMode=Managed"],
    },
    {
      does: "It makes one for each load balancer, and is asked to terminate TLS, which it cannot do then.",
      run: pendingUnderManagedGroups,
      exit: 2,
      says: [
        /Service gov\/portal-tls has no load balancer yet: refused: port 443 terminates TLS, and NLBSecurityGroupMode is Managed/,
        /the controller has NLBSecurityGroupMode=Managed, as what it made for .*gov\/portal-lb.* shows/,
      ],
    },
    {
      does: "The controller writes no rules for the nodes.",
      async run(lab) {
        await openNodes(lab, [allNodePorts]);
        return comparedWith(lab, { DisableSecurityGroupIngress: "true" });
      },
      exit: 0,
      says: [/^Equivalent.*, 0 wrong/, "gov/portal-lb: as with DisableSecurityGroupIngress=true"],
    },
  ],
};
