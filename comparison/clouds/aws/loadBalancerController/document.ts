/** The text of docs/load-balancer-controller.md. */
import { markdownTable } from "markdown-table";
import { annotationNames } from "./annotations.ts";
import { loadBalancerClass } from "./marks.ts";
import { refusals } from "./refusals/index.ts";
import { withoutModel } from "./whatHasNoModel.ts";

const introduction = `# What the AWS Load Balancer Controller makes, and what it refuses

The comparison has a model of the AWS Load Balancer Controller, v3.2.2 and later commits (sigs.k8s.io/aws-load-balancer-controller
v0.0.0-20260423195125-93ff3b5fdaad), with the defaults of its flags and feature gates. \`npm run load-balancer-controller\` writes this page from the model's tables.

## Which Services it serves

- those with \`loadBalancerClass: ${loadBalancerClass}\`
- without a class, those with \`${annotationNames.type}: nlb-ip\`, or \`external\` together with \`${annotationNames.targetType}: instance\` or \`ip\`; with these
  annotations also Services of type NodePort and ClusterIP
- every new LoadBalancer Service without a class, also one with \`${annotationNames.type}: nlb\`, if its webhook is installed: the Helm chart does so by default
  (\`enableServiceMutatorWebhook\`), and the webhook sets the class. \`npm run compare -- --file FILE --controller lbc\` assumes it.

## What it makes

- An internal load balancer, unless \`${annotationNames.scheme}\` or \`${annotationNames.internal}\` says otherwise.
- A security group of the load balancer's own, which lets the clients in, and one that all its load balancers share. The nodes let in the shared one: one rule for each
  protocol, from the lowest to the highest port of all its target groups. If \`${annotationNames.securityGroups}\` names groups, it makes no rules, unless
  \`${annotationNames.manageNodeRules}\` is \`true\`.
- One listener for each port number. A UDP port with the number of a TCP port gets none, and nothing says so, unless \`${annotationNames.tcpUdp}\` is \`true\`.
- Health checks every 10 s, by TCP at the node port; under \`externalTrafficPolicy: Local\` by HTTP at the healthCheckNodePort.
- Only nodes that are ready become targets.
`;

/** Seen in test/live/clouds/aws/loadBalancerController/, where the controller's sources say why. */
const seen = `
## The real one

The lab runs the controller if asked to: [lab.md](lab.md). \`test/live/clouds/aws/loadBalancerController/model.test.ts\` holds the model against it on a table of Services, and on
Services at random with several annotations each, some of which make no sense: what it makes, down to every name, attribute and rule, and the words of its refusals. What else it
showed:

- \`${annotationNames.pathMtu}: "on"\` opens ICMP of type 2 and code 3. "Fragmentation needed", which path MTU discovery
  needs, is type 3 and code 4, and stays closed ([icmp.go](https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/93ff3b5fdaad/pkg/shared_constants/icmp.go)).
- A source range with bits after its prefix, such as 203.0.113.7/24, works once. EC2 keeps it as 203.0.113.0/24; the controller takes that for another range, asks for its own again
  before it revokes the other, and EC2 refuses it (\`InvalidPermission.Duplicate\`). The Service's load balancer does not follow any change then. Without security groups it is the
  nodes' group that is stuck: no other Service of the controller gets targets, or can be deleted
  ([security_group_reconciler.go](https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/93ff3b5fdaad/pkg/networking/security_group_reconciler.go)).
- \`${annotationNames.privateLink}\` without security groups: the load balancer is made, and nothing behind it.
- A Service that it refuses after it has asked for the shared security group keeps this group in the account until the controller starts again: such a Service has no finalizer,
  so nobody says that the group is not needed any more
  ([backend_sg_provider.go](https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/93ff3b5fdaad/pkg/networking/backend_sg_provider.go)).
- An attribute that is removed from an annotation keeps its last value on AWS, and an existing load balancer keeps its name and its addresses. \`npm run compare\` lists such values
  under "Set once, changed later".`;

const unknown = `
The model cannot know what depends on the rest of the account: quotas, subnets with fewer than 8 free addresses, certificates, security groups, Elastic IP addresses
and buckets that do not exist or belong to others, and the controller's own permissions and flags.

## What the model does not follow

It predicts nothing for a Service that asks for one of these, and says so. Of an existing load balancer it does not predict the rule on the nodes, which is for the ports of
all Services of the controller, and no rules in groups that the Service names.
`;

export function controllerDocument(): string {
  const refused = refusals.map((refusal) => [
    refusal.refused,
    refusal.by === "AWS" ? "AWS" : "the controller",
    refusal.source,
  ]);
  const notModelled = withoutModel.map(({ asked, why }) => [asked, why]);
  return [
    introduction,
    "## What it refuses\n",
    'The reason is in a warning event of the Service ("Failed build model due to ...", "Failed deploy model due to ..."). The controller itself refuses some values. Others it\npasses on, and AWS refuses the request; what was made by then stays.\n',
    markdownTable([["Refused", "By", "Source"], ...refused]),
    seen,
    unknown,
    `${markdownTable([["Asked for", "Why it has no model"], ...notModelled])}\n`,
  ].join("\n");
}
