/** Makers of load balancers on AWS that have no model here, by the marks on their objects. */
import type { Owner } from "../../../model/owner.ts";
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
  readonly finalizer: string;
}

function maker(
  about: Pick<Maker, "title" | "source"> & { readonly name: string },
  ...tags: readonly RegExp[]
): Maker {
  const { name, title, source } = about;
  return {
    title,
    owner: `other: ${name}`,
    tags,
    source,
    hasTags: (found: Tags) => Object.keys(found).some((key) => tags.some((tag) => tag.test(key))),
    hasDescription: () => false,
  };
}

export const serviceControllers: readonly ServiceController[] = [
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
