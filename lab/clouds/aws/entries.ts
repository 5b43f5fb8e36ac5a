/** The load balancers of the account, as candidates for the host's ports. */
import {
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeTagsCommand,
  ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Listener, LoadBalancer } from "@aws-sdk/client-elastic-load-balancing-v2";
import { hiddenTag } from "../../forward/choose.ts";
import type { EntryCandidate } from "../cloud.ts";
import { awsEndpointFromOutside, region } from "./layout.ts";

/**
 * The tags that controllers put on what they make for a Service: the cloud controller manager and the AWS Load Balancer Controller.
 * https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/pkg/providers/v1/aws_loadbalancer.go
 * https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/93ff3b5fdaad/pkg/deploy/tracking/provider.go (StackTags)
 */
const serviceTags = ["kubernetes.io/service-name", "service.k8s.aws/stack"];

let client: ElasticLoadBalancingV2Client | undefined;

export async function listeningLoadBalancers(): Promise<EntryCandidate[]> {
  const elbv2 = (client ??= new ElasticLoadBalancingV2Client({
    region,
    endpoint: awsEndpointFromOutside,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  }));
  const { LoadBalancers = [] } = await elbv2.send(new DescribeLoadBalancersCommand({}));
  return Promise.all(LoadBalancers.map((balancer) => describe(elbv2, balancer)));
}

async function describe(
  elbv2: ElasticLoadBalancingV2Client,
  balancer: LoadBalancer,
): Promise<EntryCandidate> {
  const { LoadBalancerArn = "" } = balancer;
  const [{ TagDescriptions = [] }, { Listeners = [] }] = await Promise.all([
    elbv2.send(new DescribeTagsCommand({ ResourceArns: [LoadBalancerArn] })),
    elbv2.send(new DescribeListenersCommand({ LoadBalancerArn })),
  ]);
  const tagKeys = TagDescriptions.flatMap(({ Tags = [] }) => Tags.map(({ Key = "" }) => Key));
  return candidate(balancer, tagKeys, Listeners);
}

export function candidate(
  { DNSName = "", CreatedTime }: LoadBalancer,
  tagKeys: readonly string[],
  listeners: readonly Pick<Listener, "Protocol" | "Port">[],
): EntryCandidate {
  return {
    host: DNSName,
    createdTime: CreatedTime ?? new Date(0),
    madeByController: serviceTags.some((tag) => tagKeys.includes(tag)),
    isHidden: tagKeys.includes(hiddenTag),
    ports: listeners.flatMap(({ Protocol, Port }) =>
      Protocol === "TCP" && Port !== undefined ? [Port] : [],
    ),
  };
}
