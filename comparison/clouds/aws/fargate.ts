/** Nodes of AWS Fargate: each is a network interface for one pod, without an instance and without kube-proxy. */
import type { NodeFacts } from "../../model/cluster.ts";

/** https://docs.aws.amazon.com/eks/latest/userguide/fargate.html, and pkg/backend/endpoint_utils.go of the AWS Load Balancer Controller */
const label = "eks.amazonaws.com/compute-type";

/** https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/pkg/providers/v1/variant/fargate/fargate.go (fargateNodeNamePrefix) */
const prefix = "fargate-";

/** By its label, or by the last part of its providerID where the labels are not known. */
export const isOnFargate = ({ instanceId, labels = {} }: NodeFacts): boolean =>
  labels[label] === "fargate" || instanceId.startsWith(prefix);
