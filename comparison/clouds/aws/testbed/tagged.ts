/** Tags on load balancers of both ways. */
import type { ResourceTransformation } from "@pulumi/pulumi";

/** The cloud controller manager puts these tags on what it makes. https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/docs/service_controller.md */
const tagsAnnotation = "service.beta.kubernetes.io/aws-load-balancer-additional-resource-tags";

interface ServiceProps {
  readonly metadata: { readonly annotations?: Readonly<Record<string, string>> };
  readonly spec: { readonly type: string };
}

/** For the option `transformations` of an exposure. */
export function tagged(key: string, value: string): ResourceTransformation {
  return ({ type, props, opts }) => {
    if (type === "aws:lb/loadBalancer:LoadBalancer")
      return { props: { ...(props as object), tags: { [key]: value } }, opts };
    if (type !== "kubernetes:core/v1:Service") return undefined;
    const service = props as ServiceProps;
    if (service.spec.type !== "LoadBalancer") return undefined;
    const annotations = { ...service.metadata.annotations, [tagsAnnotation]: `${key}=${value}` };
    return { props: { ...service, metadata: { ...service.metadata, annotations } }, opts };
  };
}
