/** Makers of load balancers on AWS that have no model here, by the marks on their objects. */
import type { Owner } from "../../../model/owner.ts";
import { annotationNamed } from "../annotations/names.ts";
import type { Marks } from "../owners.ts";

type Tags = Readonly<Record<string, string>>;

export interface Maker extends Marks {
  /** In sentences. */
  readonly title: string;
  readonly owner: Owner;
  /** Keys of the tags by which it finds its objects. */
  readonly tags: readonly RegExp[];
  /** Where its marks are documented. */
  readonly source: string;
}

/** A maker that serves LoadBalancer Services. */
export interface ServiceController extends Maker {
  readonly classes: readonly string[];
  /** Values of the annotation `aws-load-balancer-type` by which Services without a class are its own. */
  readonly types: readonly string[];
  readonly finalizer: string;
}

function maker(
  about: Pick<Maker, "title" | "source"> & { readonly name: string; readonly descriptions?: RegExp },
  ...tags: readonly RegExp[]
): Maker {
  const { name, title, source, descriptions } = about;
  return {
    title,
    owner: `other: ${name}`,
    tags,
    source,
    hasTags: (found: Tags) => Object.keys(found).some((key) => tags.some((tag) => tag.test(key))),
    hasDescription: (description) => descriptions?.test(description) ?? false,
  };
}

export const typeAnnotation = annotationNamed("type");

export const serviceControllers: readonly ServiceController[] = [
  {
    ...maker(
      {
        name: "AWS Load Balancer Controller",
        title: "the AWS Load Balancer Controller",
        source: "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/nlb/",
        // Of rules that let its load balancers reach the nodes.
        descriptions: /^elbv2\.k8s\.aws\//,
      },
      /^elbv2\.k8s\.aws\/cluster$/,
      /^service\.k8s\.aws\/(?:stack|resource)$/,
    ),
    classes: ["service.k8s.aws/nlb"],
    types: ["external", "nlb-ip"],
    finalizer: "service.k8s.aws/resources",
  },
  {
    ...maker(
      {
        name: "EKS Auto Mode",
        title: "EKS Auto Mode",
        source: "https://docs.aws.amazon.com/eks/latest/userguide/auto-configure-nlb.html",
      },
      /^service\.eks\.amazonaws\.com\/(?:stack|resource)$/,
      /^eks:eks-cluster-name$/,
    ),
    classes: ["eks.amazonaws.com/nlb"],
    types: [],
    finalizer: "service.eks.amazonaws.com/resources",
  },
];

/** They make load balancers for other things than Services, such as the API server. */
const others: readonly Maker[] = [
  maker(
    {
      name: "Cluster API",
      title: "Cluster API",
      source: "https://github.com/kubernetes-sigs/cluster-api-provider-aws/blob/main/api/v1beta2/tags.go",
    },
    /^sigs\.k8s\.io\/cluster-api-provider-aws\//,
  ),
  maker(
    {
      name: "kops",
      title: "kops",
      source: "https://github.com/kubernetes/kops/blob/master/upup/pkg/fi/cloudup/awsup/aws_cloud.go",
    },
    /^kops\.k8s\.io\//,
    /^k8s\.io\/kops\//,
  ),
];

export const makers: readonly Maker[] = [...serviceControllers, ...others];
