/** What checkov finds in the program's Kubernetes objects, and why it stays. A finding without an answer fails, and so does an answer to what is not found any more. */

export interface Answer {
  /** As checkov words it. */
  readonly finding: string;
  readonly reason: string;
}

/** By the id of checkov's check. */
export const answers: Readonly<Record<string, Answer>> = {
  CKV_K8S_11: {
    finding: "CPU limits should be set",
    reason:
      "A limit makes the kernel stop the container for the rest of each 100 ms in which it has used its share, which would show as lost or late requests in what is measured here. It requests 10m, so neighbours are not starved.",
  },
  CKV_K8S_15: {
    finding: "Image Pull Policy should be Always",
    reason:
      "The image has an exact version, which is never published again. Always would make every start of a pod wait for the registry, and the lab has none.",
  },
  CKV_K8S_43: {
    finding: "Image should use digest",
    reason:
      "Kubernetes names its test images by version, and so does the lab, which packs the image itself: it has another digest than the registry's. A program can give the argument image with a digest.",
  },
  CKV2_K8S_6: {
    finding: "Minimize the admission of pods which lack an associated NetworkPolicy",
    reason:
      "Under externalTrafficPolicy Cluster pods see the address of a node, not the client's, so a policy would have to let all nodes in, whose addresses the program does not know. Who may connect is said by loadBalancerSourceRanges and the rules of the nodes' security group.",
  },
};
